"""`examgen judge`: one response against one key, for other tools."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from examgen.answers.judge import judge, judge_record
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.options import as_json
from examgen.faults import Fault, visible

LONGEST = 200_000
"""Characters of a line of JSON; a response is refused long before."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="KIND KEY RESPONSE")
@click.option("--jsonl", is_flag=True, help="Judge the objects on standard input, one a line.")
@as_json
def command(words: tuple[str, ...], jsonl: bool, as_json: bool) -> int:
    """Judge RESPONSE against KEY, both in a student's notation; KIND is a kind of answer or auto.

    With --jsonl every line of standard input is an object with kind, key, response and perhaps
    options, and is answered by one line, in the same order.
    """
    if jsonl:
        return judge_lines(line.decode("utf-8", "replace") for line in sys.stdin.buffer)
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


def judge_lines(lines: Iterable[str]) -> int:
    """Answer every line; a malformed one is a finding, and the others are judged."""
    code = DONE
    for answer in map(judge_line, lines):
        click.echo(dump(answer))
        if "error" in answer:
            code = FINDINGS
    return code


def judge_line(line: str) -> dict[str, Any]:
    """The answer to one line."""
    try:
        if len(line) > LONGEST:
            raise ValueError(f"a line of {len(line)} characters; allowed are {LONGEST}")
        return judge_record(json.loads(line))
    except (ValueError, RecursionError) as error:
        return {"error": visible(str(error)) or "too deeply nested"}


def dump(data: dict[str, Any]) -> str:
    """One line of JSON; what is no text stays escaped."""
    return json.dumps(data)
