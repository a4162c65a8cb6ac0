"""The command that shows a store in the browser, with a desk beside it that groups and accounts what is added there."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twosource.commands.shared import BESIDE, STORE, in_store, opened, place
from twosource.console import EXIT_CODES, say
from twosource.errors import Busy

if TYPE_CHECKING:
    from twosource.store.database import Database

PATIENCE = 5.0
"""Seconds that the desk is given to end when the server ends."""


@click.command(epilog=EXIT_CODES, short_help="Show the newsroom in the browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; this machine alone, so far.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any free one.")
@click.option("--token", envvar="TWOSOURCE_TOKEN", metavar="WORD", help="Who changes anything has to show it.")
@click.option("--private", is_flag=True, help="The token is needed to read, too.")
@click.option("--open-to-all", is_flag=True, help="Whoever reaches it may change things, without a token.")
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="Another name that the server is called by; https://NAME where a proxy in front speaks https.",
)
@click.option("--watch", is_flag=True, help="Also ask the followed feeds, as 'twosource watch' does.")
@click.option("--demo", is_flag=True, help="Show the bundled story, in a store that is thrown away.")
@in_store
def serve(
    *, host: str, port: int, token: str | None, private: bool, open_to_all: bool, allow_host: tuple[str, ...],
    watch: bool, demo: bool, store: str | None,
) -> None:  # fmt: skip
    """Show the stories of the store in the browser, and take texts, corrections and notes there.

    Only this machine is answered, unless --host says otherwise. Nothing is fetched, unless --watch is given or somebody
    adds an address. Behind a proxy others reach it too: give --allow-host and --token.

    \b
    Examples:
      twosource serve --demo
      twosource serve --watch
      twosource serve --host 0.0.0.0 --token "$SECRET" --allow-host news.example.org
      twosource serve --token "$SECRET" --allow-host https://news.example.org
    """  # noqa: D301
    from twosource.web import pauses

    pauses.before()
    from twosource.web.serving import Serving
    from twosource.web.serving import serve as run
    from twosource.web.stored import StoreNewsroom

    serving = Serving(host=host, port=port, token=token, private=private, open_to_all=open_to_all, hosts=allow_host)
    with _place(store, demo=demo) as address, opened(address, make=True) as db, contextlib.ExitStack() as beside:
        if demo:
            _fill(db)
        desks: list[subprocess.Popen[bytes]] = []

        def ready(where: str) -> None:
            pauses.afterwards()
            say(f"open {where} (Ctrl-C ends)")
            desks.append(beside.enter_context(_desk_beside(address, watch=watch)))

        with _ending_in_order():
            run(StoreNewsroom(db), serving, ready=ready, desk_runs=lambda: _runs(db, desks))


def _runs(db: "Database", desks: list[subprocess.Popen[bytes]]) -> bool:
    """Tell whether a desk works on the store: ours, or the one because of which ours ended at once."""
    if not desks or desks[0].poll() is None:
        return True
    try:
        with db.holding("desk"):
            return False
    except Busy:
        return True


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a process that is told to end (SIGTERM) end what stands beside it, too."""

    def end(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _place(store: str | None, *, demo: bool) -> Iterator[str | None]:
    """The store to show; for a demo one in a folder that goes with the program."""
    if not demo:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="twosource-demo-", ignore_cleanup_errors=True) as folder:
        yield str(Path(folder) / "news.db")


def _fill(db: "Database") -> None:
    """Put the bundled story in; the desk that runs beside reads it."""
    from importlib.resources import as_file, files

    from twosource.desk.intake import take_in
    from twosource.sources.files import articles
    from twosource.store import runs

    run = runs.begin(db, "demo", time.time())
    with as_file(files("twosource") / "demo") as folder:
        for _ in take_in(db, articles([str(folder)]), run=run, clock=time.time):
            pass
    runs.end(db, run, time.time())


@contextlib.contextmanager
def _desk_beside(address: str | None, *, watch: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Run a desk in a process of its own, so that reading articles keeps no page waiting; none if one runs already."""
    command = [sys.executable, "-m", "twosource", "watch", "--quiet", *([] if watch else ["--offline"])]
    env = os.environ | {STORE: place(address), BESIDE: str(os.getpid())}
    beside = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        yield beside
    finally:
        beside.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            beside.wait(PATIENCE)
        beside.kill()
