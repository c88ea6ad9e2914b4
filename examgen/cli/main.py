"""The command `examgen`: finds the subcommand and turns faults into lines and exit codes."""

from __future__ import annotations

import errno
import importlib
import sys
import traceback

import click

from examgen import __version__
from examgen.cli.codes import BUG, DONE, INTERRUPTED, MISSING_TOOL, USAGE
from examgen.cli.garbage import collect_rarely
from examgen.cli.printing import print_anywhere
from examgen.faults import Fault, Faults, MissingTool, alternatives

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where there is no room for what is written."""
COMMANDS = {
    "generate": "Draw a practice exam: paper, answer sheet and key.",
    "preview": "Open an exam's paper or key in the browser.",
    "render": "Write the pages of an exam again, in other formats or another look.",
    "check": "Show students how grading will read their sheet.",
    "grade": "Grade answer sheets and say what went wrong.",
    "show": "Print one drawn question with its key and mistakes.",
    "bank": "List, check and begin banks of questions.",
    "mark": "Mark by hand the answers that need a person.",
    "regrade": "Drop, accept or correct answers afterwards, with a preview.",
    "practice": "Draw the next exam, aimed at what went wrong in this one.",
    "stats": "Analyse the questions: how hard, how telling, what to look at.",
    "judge": "Judge one response against one key, for other tools.",
    "doctor": "Show which PDF engines are here, and how to get the others.",
}
"""Each is `command` in the module of its name, imported only when it is called."""


class Lazy(click.Group):
    """A group whose commands are imported when they are called, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The commands' names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"examgen.cli.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; of an unknown one, which was probably meant."""
        is_name = bool(args) and not args[0].startswith("-") and not ctx.resilient_parsing
        if is_name and args[0] not in COMMANDS:
            ctx.fail(f"No such command {args[0]!r}; {alternatives(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The overview, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="examgen")
def examgen() -> None:
    """Practice exams for machine-learning courses, with exact answers and an auto-grader."""


def main() -> None:
    """Run the command line and exit with its code."""
    collect_rarely()
    print_anywhere()
    sys.exit(run())


def run() -> int:
    """The exit code of the command on the command line."""
    try:
        return examgen.main(standalone_mode=False) or DONE
    except click.ClickException as error:
        error.show()
        return USAGE
    except (Fault, Faults) as fault:
        click.echo(f"examgen: {fault}", err=True)
        return MISSING_TOOL if isinstance(fault, MissingTool) else USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("examgen: interrupted", err=True)
        return INTERRUPTED
    except (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError) as error:
        # Missing files are faults of their own; these are places that may not be read or written.
        found = f"it cannot be used ({error.strerror})"
        click.echo(
            f"examgen: {Fault(str(error.filename), found, 'a place that you may use')}", err=True
        )
        return USAGE
    except OSError as error:
        if error.errno not in FULL:
            return tell_of_a_bug()
        # Files that cannot be written are faults of their own: this is where output was sent.
        found = f"it cannot be written ({error.strerror})"
        click.echo(f"examgen: {Fault('standard output', found, 'room for it')}", err=True)
        return USAGE
    except Exception:  # whatever it is, it is ours: the traceback is what a report needs
        return tell_of_a_bug()


def tell_of_a_bug() -> int:
    """Print what a report of the exception needs; the exit code."""
    traceback.print_exc()
    click.echo("examgen: this is a bug in examgen, not in your files", err=True)
    return BUG
