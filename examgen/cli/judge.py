"""`examgen judge`: one response against one key, for other tools."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

import click

from examgen.answers.judge import judge, judge_record
from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.faults import Fault, visible

LONGEST = 200_000
"""Characters of a line of JSON; a response is refused long before."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="KIND KEY RESPONSE")
@click.option("--jsonl", is_flag=True, help="Judge the objects on standard input, one a line.")
@options.as_json
def command(words: tuple[str, ...], jsonl: bool, as_json: bool) -> int:
    """Judge RESPONSE against KEY, both in a student's notation; KIND is a kind of answer or auto.

    With --jsonl every line of standard input is an object with kind, key, response and, where there
    are any, options; each is answered by one line, in the same order.
    """
    if jsonl and words:
        raise click.UsageError(f"found {len(words)} words; --jsonl reads standard input alone")
    if jsonl:
        return judge_lines(lines_of(sys.stdin.buffer), sys.stdout)
    if len(words) != 3:
        raise click.UsageError(f"found {len(words)} words; allowed are KIND KEY RESPONSE")
    try:
        judged = judge(*words)
    except ValueError as error:
        raise Fault("judge", str(error)) from None
    record = judged.record
    if as_json:
        click.echo(dump(record))
    else:
        read = f", read as {record['read']}" if record["read"] else ""
        reason = f": {record['reason']}" if record["reason"] else ""
        click.echo(visible(f"{record['verdict']}{read}{reason}"))
    return DONE


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream; of one that is too long only so much that this can be seen.

    Shells of Windows put the mark of an encoding before what they pipe.
    """
    while line := stream.readline(LONGEST + 2):
        yield line.decode("utf-8", "replace").removeprefix("\ufeff")
        while len(line) == LONGEST + 2 and not line.endswith(b"\n"):
            line = stream.readline(LONGEST + 2)


def judge_lines(lines: Iterable[str], out: TextIO) -> int:
    """Answer every line at once; a malformed one is a finding, and the others are judged."""
    code = DONE
    for answer in map(judge_line, lines):
        out.write(f"{dump(answer)}\n")
        out.flush()
        if "error" in answer:
            code = FINDINGS
    return code


def judge_line(line: str) -> dict[str, Any]:
    """The answer to one line."""
    try:
        if len(line) > LONGEST:
            raise ValueError(f"a line of more than {LONGEST} characters")
        return judge_record(json.loads(line))
    except (ValueError, RecursionError) as error:
        return {"error": visible(str(error)) or "too deeply nested"}


def dump(data: dict[str, Any]) -> str:
    """One line of JSON; what is no text stays escaped."""
    return json.dumps(data)
