"""What the commands over a store have in common: which store, how a run is reported, how lists and times are shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twosource.console import say, write

if TYPE_CHECKING:
    from twosource.store.database import Database
    from twosource.store.runs import Run
    from twosource.store.stories import Story

STORE = "TWOSOURCE_STORE"
"""Environment variable that names the store."""

FILE = "news.db"
"""The store in the user's data folder, where none is named."""

_AGE = re.compile(r"(\d{1,6})\s?(h|d|w|m|y)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}

in_store = click.option(
    "--store", metavar="PLACE", envvar=STORE, help=f"A file, or postgresql://… ({STORE} says the same)."
)
as_json = click.option("--json", "json", is_flag=True, help="JSON, one line each.")
limited = click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Lines at most.")
by_whom = click.option(
    "--by", metavar="NAME", envvar="USER", default="someone", help="Who says so (else your user name)."
)
says_why = click.option("--why", "reason", metavar="WORDS", default="", help="Why, for those who read the log.")


def place(store: str | None) -> str:
    """Return the store that is meant: the one named, else the one in the user's data folder."""
    if store:
        return store
    from platformdirs import user_data_path

    return str(user_data_path("twosource", appauthor=False) / FILE)


@contextmanager
def opened(store: str | None, *, readonly: bool = False) -> "Iterator[Database]":
    """Open the store that is meant for as long as the block lasts; its folder is made where it is ours."""
    from twosource.errors import StoreError
    from twosource.store import open_store

    address = place(store)
    if readonly and "://" not in address and not Path(address).exists():
        raise StoreError(f"{address}: there is no store yet; 'twosource add' makes one")
    if not store and not readonly:
        Path(address).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_store(address, readonly=readonly) as db:
        yield db


def tell(run: "Run", *, quiet: bool) -> None:
    """Say on standard error where all that a run has seen has gone."""
    if quiet:
        return
    from twosource.render.phrases import counted

    rejected = sum(run.rejected.values())
    parts = [f"{run.stored:,} stored", f"{run.known:,} known", f"{rejected:,} rejected", f"{run.deferred:,} deferred"]
    reasons = ", ".join(f"{reason} {many:,}" for reason, many in sorted(run.rejected.items()))
    say(f"{counted(run.seen, 'article')} seen: {', '.join(parts)}" + (f" ({reasons})" if reasons else ""))


def told(lines: Sequence[Mapping[str, Any]]) -> None:
    """Print one JSON object a line."""
    from twosource.render.json import dumps

    for line in lines:
        write(dumps(line) + "\n")


def moment(at: float | None) -> str:
    """Return seconds UTC as "2026-11-22 16:40", in UTC; "" for None."""
    if at is None:
        return ""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
    except (OverflowError, OSError, ValueError):
        return ""


def iso(at: float | None) -> str | None:
    """Return seconds UTC in RFC 3339, or None."""
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return None


def since(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Return a day, a date-time, or an age such as 36h, 7d or 2w, in seconds UTC; for click options."""
    if value is None:
        return None
    if found := _AGE.fullmatch(value.strip()):
        return (datetime.now(UTC) - timedelta(hours=int(found[1]) * _HOURS[found[2].lower()])).timestamp()
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r}: write a day (2026-11-22), a time, or an age such as 36h, 7d, 2w"
        ) from None
    return (when if when.tzinfo else when.astimezone()).timestamp()


def the_story(db: "Database", given: str) -> "Story":
    """Return the story with that id, or the only one whose id begins so (`story-` may be left out).

    Raises:
        UnknownLabel: there is none, or several begin so.

    """
    from twosource.errors import UnknownLabel
    from twosource.store import stories

    if found := stories.get(db, given):
        return found
    begun = given if given.startswith("story-") else f"story-{given}"
    rows = db.rows("SELECT id FROM story WHERE id >= :low AND id < :high LIMIT 3", low=begun, high=f"{begun}\uffff")
    names = {stories.resolve(db, row["id"]) for row in rows}
    if len(names) != 1:
        raise UnknownLabel(f"{given!r}: " + ("several stories begin so" if names else "there is no such story"))
    story = stories.get(db, names.pop() or "")
    if story is None:
        raise UnknownLabel(f"{given!r}: there is no such story")
    return story
