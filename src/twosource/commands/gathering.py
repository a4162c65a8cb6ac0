"""Commands that bring articles in: by hand, from feeds all day, and once more from the quarantine."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from twosource.commands.shared import BESIDE, age, as_json, in_store, iso, opened, tell, told
from twosource.console import DONE, EXIT_CODES, FAILED, Progress, say
from twosource.errors import StoreError

if TYPE_CHECKING:
    from twosource.desk.newsroom import Desk, Round
    from twosource.desk.pace import Pace
    from twosource.errors import InputError
    from twosource.sources.fetch import Fetcher
    from twosource.sources.given import Given
    from twosource.store.database import Database
    from twosource.store.runs import Run

MOST_COUNTED = 1_000
"""Stories that wait for their account, counted at most."""

PARENT_LOOK = 2.0
"""Seconds between two looks whether the server beside a desk is still there."""

KINDNESS = 5
"""By how much a desk beside a server gives way to it (`nice`): a page is waited for, an account is not.

Only once the store has an account: until then all wait for the first one. With 10 from the start a busy machine took
12 s to the bundled story's (2026-11-22).
"""

KIND_LOOK = 1.0
"""Seconds between two looks whether there is an account."""

GOES_ON = "the 'twosource watch' that runs goes on with them"
READS_ALONE = "another process goes on with them, but asks no feed: 'twosource serve --watch' or 'twosource watch' does"

private = click.option(
    "--allow-private", metavar="HOST-or-CIDR", multiple=True, help="An address on your own network that may be asked."
)
quietly = click.option("--quiet", "-q", is_flag=True, help="Only errors on standard error.")


@click.command(epilog=EXIT_CODES, short_help="Put articles into the store, follow feeds.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--outlet", metavar="NAME", help="Who published them, where they do not say it better.")
@click.option("--once", is_flag=True, help="Take a feed's entries as they stand in it, and do not follow it.")
@private
@as_json
@quietly
@in_store
@click.pass_context
def add(
    ctx: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    outlet: str | None,
    once: bool,
    allow_private: tuple[str, ...],
    json: bool,
    quiet: bool,
    store: str | None,
) -> None:
    """Put each INPUT into the store and give its articles their stories.

    An INPUT is what 'twosource read' takes (files, folders, JSON Lines, WARC, e-mail), a web address, or an OPML list.
    A feed, a sitemap or a list of feeds is followed from now on: 'twosource watch' asks it again. What is in the store
    already is known and not stored twice, so a run that was interrupted is simply run again.

    \b
    Examples:
      twosource add reports/ archive.jsonl crawl.warc.gz
      twosource add https://gazette.example/feed.xml
      twosource add subscriptions.opml && twosource watch
    """  # noqa: D301
    from twosource.desk.pace import Pace
    from twosource.sources.given import Given

    progress = Progress(quiet=quiet)
    failed = False
    with (
        _interrupted(progress),
        opened(store, make=True) as db,
        _fetching(inputs, allow_private) as fetcher,
    ):
        desk = _desk(db, fetcher, Pace(progress.show), progress)
        with desk.open("add", alone=False) as run:
            for name in inputs:
                for wrong in _taken(db, fetcher, name, Given(outlet=outlet), run, progress, follow=not once):
                    progress.clear()
                    failed = _said(wrong, quiet=quiet) or failed
            desk.gather(run)
            ledger = desk.close_run(run)
        _report(ledger, desk.done, progress, json=json, quiet=quiet)
        if not (json or quiet):
            _advise(db, ledger, leads=desk.leads)
    ctx.exit(FAILED if failed else DONE)


@contextlib.contextmanager
def _interrupted(progress: Progress) -> Iterator[None]:
    """Say after an interrupt that nothing is lost by it."""
    try:
        yield
    except KeyboardInterrupt:
        progress.clear()
        say("interrupted; what was stored stays, and the same command goes on from there")
        raise


def _taken(
    db: "Database", fetcher: "Fetcher | None", name: str, given: "Given", run: int, progress: Progress, *, follow: bool
) -> "Iterator[InputError]":
    """Take one input in; yield what could not be had and what is to be told."""
    from twosource.desk.addresses import add_address, add_list
    from twosource.desk.intake import take_in
    from twosource.sources.files import articles

    progress.show(f"fetching {name}" if _is_address(name) else f"reading {name}")
    if _is_address(name) and fetcher is not None:
        yield from add_address(db, fetcher, name, given=given, run=run, clock=time.time, follow=follow).wrong
        return
    if name.lower().endswith(".opml"):
        yield from add_list(db, name, run=run, clock=time.time).wrong
        return
    stored = 0
    for batch in take_in(db, articles([name], given, versions=True), run=run, clock=time.time):
        stored += len(batch.stored)
        progress.show(f"reading {name}: {stored:,} articles")
        yield from (*batch.rejected, *batch.notices)


def _is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _said(wrong: "InputError", *, quiet: bool) -> bool:
    """Say what is to be said of an input; tell whether it is an error."""
    from twosource.sources.given import Notice

    notice = isinstance(wrong, Notice)
    if not (notice and quiet):
        say(str(wrong))
    return not notice


@contextlib.contextmanager
def _fetching(inputs: tuple[str, ...], private: tuple[str, ...]) -> "Iterator[Fetcher | None]":
    """A fetcher where an address is given: nothing else opens the door to the network."""
    if not any(map(_is_address, inputs)):
        yield None
        return
    from twosource.sources.fetch import Fetcher

    with Fetcher(allow_private=private) as fetcher:
        yield fetcher


def _desk(
    db: "Database",
    fetcher: "Fetcher | None",
    pace: "Pace",
    progress: Progress,
    **more: Any,  # noqa: ANN401 - Desk's own
) -> "Desk":
    from twosource.desk.newsroom import Desk

    return Desk(db, clock=time.time, tell=_aloud(progress), fetcher=fetcher, pace=pace, **more)


def _aloud(progress: Progress) -> "Callable[[str], None]":
    """Takes a line for people, in place of the progress that is shown."""

    def said(line: str) -> None:
        progress.clear()
        say(line)

    return said


def _report(ledger: "Run", done: "Round", progress: Progress, *, json: bool, quiet: bool) -> None:
    """Say where all that a run saw went, and what was made of it."""
    progress.clear()
    if json:
        told([{
            "run": ledger.number, "command": ledger.command, "started": iso(ledger.started), "ended": iso(ledger.ended),
            "seen": ledger.seen, "stored": ledger.stored, "known": ledger.known, "rejected": ledger.rejected,
            "deferred": ledger.deferred, "grouped": done.grouped, "accounts": done.accounted, "alerts": done.alerts,
            "forgotten": done.forgotten,
        }])  # fmt: skip
    else:
        tell(ledger, done, quiet=quiet)


def _advise(db: "Database", ledger: "Run", *, leads: bool) -> None:
    """Say what a person may want to do next."""
    from twosource.render.phrases import counted
    from twosource.store import stories

    if ledger.rejected:
        say("'twosource list rejects' names what was rejected, 'twosource retry' tries it again")
    if not leads:
        from twosource.desk.presence import feeds_asked

        say(GOES_ON if feeds_asked(db) else READS_ALONE)
        return
    waiting = len(stories.stale(db, MOST_COUNTED))
    if ledger.stored and waiting:
        more = "more than " if waiting == MOST_COUNTED else ""
        say(
            f"{more}{counted(waiting, 'account')} to be made: 'twosource watch --once' makes them, 'twosource show' one"
        )


@click.command(epilog=EXIT_CODES, short_help="Run the newsroom: feeds, stories, accounts, alerts.")
@click.option("--once", is_flag=True, help="Do all that is due now, and end.")
@click.option("--offline", is_flag=True, help="Ask nobody: group and account what others add.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, help="Read so many at once, each in a process.")
@click.option("--fast", is_flag=True, help="Read by rules alone: about twice as fast, finds less.")
@click.option("--keep", metavar="AGE", callback=age, help="Forget articles when they are older than that (180d).")
@private
@as_json
@quietly
@in_store
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    *,
    once: bool,
    offline: bool,
    jobs: int,
    fast: bool,
    keep: float | None,
    allow_private: tuple[str, ...],
    json: bool,
    quiet: bool,
    store: str | None,
) -> None:
    """Ask the followed feeds when they are due, fetch what they announce, group it, account it, and send alerts.

    Runs until it is interrupted (Ctrl-C, or SIGTERM), and may be killed at any moment: the next one goes on from there.

    \b
    Examples:
      twosource watch
      twosource watch --once --quiet          for cron
    """  # noqa: D301
    from twosource import state
    from twosource.desk.delivery import Channels
    from twosource.desk.pace import Pace
    from twosource.desk.presence import FETCHES, OFFLINE
    from twosource.sources.fetch import Fetcher

    progress = Progress(quiet=quiet)
    pace = Pace(progress.show)
    with opened(store) as db, Fetcher(allow_private=allow_private) as door:
        fetcher = None if offline else door
        channels = None if offline else Channels(door, show=_aloud(progress))
        ways = {"channels": channels, "owners": state.owners(), "keep": keep}
        desk = _desk(db, fetcher, pace, progress, jobs=jobs, fast=fast, **ways)
        with _stoppable(pace.stop, progress), _beside(pace.stop, db), desk.open(OFFLINE if offline else FETCHES) as run:
            if once:
                desk.gather(run, accounts=True)
            else:
                desk.watch(run)
            ledger = desk.close_run(run)
    _report(ledger, desk.done, progress, json=json, quiet=quiet)
    ctx.exit(DONE)


@contextlib.contextmanager
def _stoppable(stop: threading.Event, progress: Progress) -> Iterator[None]:
    """Let an interrupt or SIGTERM set ``stop`` as long as the block lasts; a second one ends the program as usual."""

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)
        progress.clear()
        say("ending after this step; once more ends at once")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _beside(stop: threading.Event, db: "Database") -> Iterator[None]:
    """End with the server that this desk runs beside, and give way to it; does nothing for a desk of its own."""
    if server := os.environ.get(BESIDE):
        threading.Thread(target=_end_with, args=(stop, server), daemon=True).start()
        threading.Thread(target=_give_way, args=(stop, db), daemon=True).start()
    yield


def _end_with(stop: threading.Event, server: str) -> None:
    """Set ``stop`` when the server that this desk runs beside is gone, however and whenever it ended."""
    while str(os.getppid()) == server:
        if stop.wait(PARENT_LOOK):
            return
    stop.set()


def _give_way(stop: threading.Event, db: "Database") -> None:
    """Be nice to the server as soon as the store has something to show."""
    with contextlib.suppress(StoreError):
        while not db.one("SELECT 1 FROM story WHERE origins IS NOT NULL LIMIT 1"):
            if stop.wait(KIND_LOOK):
                return
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, os.getpid(), KINDNESS)


@click.command(epilog=EXIT_CODES, short_help="Try again what could not be used.")
@click.argument("numbers", nargs=-1, type=click.IntRange(1), metavar="[NUMBER...]")
@click.option("--reason", metavar="REASON", help="All that were rejected for this reason.")
@as_json
@quietly
@in_store
@click.pass_context
def retry(
    ctx: click.Context, /, *, numbers: tuple[int, ...], reason: str | None, json: bool, quiet: bool, store: str | None
) -> None:
    """Try again what 'twosource list rejects' lists: the NUMBERs given, those of a reason, or all.

    Files are read again where they lie; pages that a feed named are queued for 'twosource watch'.

    \b
    Examples:
      twosource retry
      twosource retry --reason not_an_article
    """  # noqa: D301
    from twosource.desk.pace import Pace
    from twosource.desk.retrying import retried

    progress = Progress(quiet=quiet)
    failed = False
    with _interrupted(progress), opened(store) as db:
        desk = _desk(db, None, Pace(progress.show), progress)
        _chosen(db, numbers, reason)
        with desk.open("retry", alone=False) as run:
            for wrong in retried(db, numbers, reason, run=run, clock=time.time):
                progress.clear()
                failed = _said(wrong, quiet=quiet) or failed
            desk.gather(run)
            ledger = desk.close_run(run)
    _report(ledger, desk.done, progress, json=json, quiet=quiet)
    ctx.exit(FAILED if failed else DONE)


def _chosen(db: "Database", numbers: tuple[int, ...], reason: str | None) -> None:
    """See that what is to be tried stands in quarantine."""
    from twosource.errors import UnknownLabel
    from twosource.store import quarantine

    known = quarantine.reasons(db)
    if reason is not None and reason not in known:
        there = f"there are: {', '.join(known)}" if known else "nothing is in quarantine"
        raise UnknownLabel(f"nothing was rejected for {reason!r}; {there}")
    for number in numbers:
        if not db.one("SELECT 1 FROM quarantine WHERE number = :number", number=number):
            raise UnknownLabel(f"there is no reject {number}; 'twosource list rejects' lists them")
