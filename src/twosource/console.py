"""Standard output and standard error: data, messages, progress, and how a run ends.

Data is written as it is; messages and progress pass `visible`, so that no name or text can steer a terminal.
"""

import os
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from twosource.render.lines import Look

DONE, FAILED, USAGE, NO_COMMON_EVENT, FAIL_ON, DISK, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 4, 5, 130, 141
"""Exit codes of the contract; the last two are what a shell shows for an interrupted or cut-off program."""

EXIT_CODES = """\b
Exit codes:
  0 done   1 an input failed (the others are still printed)   2 usage
  3 the inputs tell no common event   4 a --fail-on condition holds
  5 store or disk trouble        Where several are true: 5, then 1, 3, 4."""

QUIET_SECONDS = 1.0
"""Seconds of work before progress is shown on a terminal."""


class Commands(click.Group):
    """The group of commands: any error a user can cause becomes one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; errors of ours and of the disk end it with a message, a closed pipe without one."""
        from twosource.errors import StateError, StoreError, TwosourceError

        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
            ctx.exit(PIPE_CLOSED)
        except (StateError, StoreError) as wrong:
            _stop(ctx, str(wrong), DISK)
        except TwosourceError as wrong:
            _stop(ctx, str(wrong), FAILED)
        except OSError as wrong:
            _discard_output()
            _stop(ctx, f"{wrong.filename or 'standard output'}: {wrong.strerror or wrong}", DISK)
        return result

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - click's own signature
        """Run and exit; an interrupt ends with 130 and no trace."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as wrong:
            wrong.show()
            code = wrong.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else DONE)


def _stop(ctx: click.Context, message: str, code: int) -> NoReturn:
    say(message)
    ctx.exit(code)


def _discard_output() -> None:
    """Let the interpreter's last flush go nowhere: the reader of our output is gone, or its disk is full."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - open until the end


def say(message: str) -> None:
    """Print a message for people on standard error, on one line."""
    from twosource.anchor import visible

    click.echo(f"twosource: {visible(message)}", err=True)


def write(text: str) -> None:
    r"""Write data to standard output at once; what its encoding cannot hold is written as ``\uXXXX``."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def look(*, plain: bool) -> "Look":
    """Return how this terminal is to be written to; without one, 80 columns and no colour."""
    from shutil import get_terminal_size

    from twosource.render.lines import MAX_WIDTH, MIN_WIDTH, Look

    width = max(MIN_WIDTH, min(MAX_WIDTH, get_terminal_size((80, 24)).columns))
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    ascii_only = plain or not (sys.stdout.encoding or "").lower().startswith("utf")
    return Look(width, sys.stdout.isatty() and not plain and not dumb, ascii_only)


class Progress:
    """One line on standard error that says what is going on: on a terminal, and only once work has taken a while."""

    def __init__(self, *, quiet: bool) -> None:
        """Start the clock."""
        self._live = sys.stderr.isatty() and not quiet
        self._started = time.monotonic()
        self._shown = False

    def show(self, words: str) -> None:
        """Put ``words`` in place of what is shown."""
        from twosource.anchor import visible

        if self._live and time.monotonic() - self._started > QUIET_SECONDS:
            click.echo(f"\r\x1b[K{visible(words)[:78]}", err=True, nl=False)
            self._shown = True

    def clear(self) -> None:
        """Take the line away, before anything else is written."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False
