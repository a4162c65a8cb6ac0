"""What the commands over a store have in common: which store, how a run is reported, how lists and times are shown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from twosource.console import DISK, look, say, write

if TYPE_CHECKING:
    from twosource.desk.newsroom import Round
    from twosource.store.database import Database
    from twosource.store.runs import Run
    from twosource.store.stories import Story

STORE = "TWOSOURCE_STORE"
"""Environment variable that names the store."""

BESIDE = "TWOSOURCE_BESIDE"
"""Environment variable by which a server tells its desk whose child it is, so that it ends when the server is gone."""

FILE = "news.db"
"""The store in the user's data folder, where none is named."""

SERVERS = ("postgresql://", "postgres://")
"""How the address of a store on a server begins."""

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
    if store is None:
        from platformdirs import user_data_path

        return str(user_data_path("twosource", appauthor=False) / FILE)
    if not store.strip() or "\0" in store:
        raise click.UsageError(f"--store and {STORE} name a file or postgresql://…, and {store!r} is neither")
    if "://" in store and not store.startswith(SERVERS):
        raise click.UsageError(f"{_secretless(store)}: a store is a file or postgresql://…")
    return store


def _secretless(address: str) -> str:
    return address.partition("://")[0] + "://…"


@contextmanager
def opened(store: str | None, *, readonly: bool = False, make: bool = False) -> "Iterator[Database]":
    """Open the store that is meant for as long as the block lasts, and end with exit code 5 where there is trouble.

    Only with ``make`` a store is made where there is none, and the folder of the user's own one with it.
    """
    from twosource.store import open_store

    with store_trouble():
        address = place(store)
        _there(address, make=make)
        if store is None and make:
            Path(address).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open_store(address, readonly=readonly) as db:
            yield db


def may_write(store: str | None) -> bool:
    """Tell whether the store that is meant may be written, as far as its file and folder say."""
    import os

    address = place(store)
    return "://" in address or (os.access(address, os.W_OK) and os.access(Path(address).parent, os.W_OK))


def _there(address: str, *, make: bool) -> None:
    """See that a file that is to be opened is there, or can be made."""
    from twosource.errors import StoreError

    if "://" in address or Path(address).exists():
        return
    if not make:
        raise StoreError(f"{address}: there is no store yet; 'twosource add' makes one")
    folder = Path(address).parent
    if address != place(None) and not folder.is_dir():
        raise StoreError(f"{address}: there is no folder {folder} to make a store in")


@contextmanager
def store_trouble() -> Iterator[None]:
    """End the command with exit code 5 and the message where the store, or its disk, is in the way of the block."""
    from twosource.errors import StoreError

    try:
        yield
    except StoreError as wrong:
        say(str(wrong))
        click.get_current_context().exit(DISK)


def tell(run: "Run", done: "Round", *, quiet: bool) -> None:
    """Say on standard error where all that a run has seen has gone, and what was made of it."""
    if quiet:
        return
    from twosource.render.phrases import counted

    rejected = sum(run.rejected.values())
    parts = [f"{run.stored:,} stored", f"{run.known:,} known", f"{rejected:,} rejected", f"{run.deferred:,} deferred"]
    reasons = ", ".join(f"{reason} {many:,}" for reason, many in sorted(run.rejected.items()))
    say(f"{counted(run.seen, 'article')} seen: {', '.join(parts)}" + (f" ({reasons})" if reasons else ""))
    if run.command in ("watch", "desk"):
        made = f"{counted(done.accounted, 'account')} made, {counted(done.alerts, 'alert')}"
        say(made + (f", {counted(done.forgotten, 'article')} forgotten" if done.forgotten else ""))


def lines(listed: Iterable[str]) -> None:
    """Print one line for each: on a terminal in two lines of it at most, into a pipe whole."""
    import sys

    from twosource.render.lines import Sheet, shown

    if not sys.stdout.isatty():
        for line in listed:
            write(shown(line) + "\n")
        return
    sheet = Sheet(look(plain=False))
    for line in listed:
        sheet.add([(shown(line), "")], hang=2, most=2)
    write(sheet.text() if sheet.lines else "")


def told(lines: Sequence[Mapping[str, Any]]) -> None:
    """Print one JSON object a line."""
    from twosource.render.json import dumps

    for line in lines:
        write(dumps(line) + "\n")


def moment(at: float | None) -> str:
    """Return seconds UTC as "2026-11-22 16:40", in UTC; a day alone for its first moment, "" for None."""
    if at is None:
        return ""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    except (OverflowError, OSError, ValueError):
        return ""


def iso(at: float | None) -> str | None:
    """Return seconds UTC in RFC 3339, or None."""
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return None


def age(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Return an age such as 36h, 7d or 2w in seconds; for click options."""
    if value is None:
        return None
    if (found := _AGE.fullmatch(value.strip())) and int(found[1]):
        return int(found[1]) * _HOURS[found[2].lower()] * 3600.0
    raise click.BadParameter(f"{value!r}: write an age such as 36h, 7d, 2w or 6m")


def since(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Return a day, a date-time, or an age such as 36h, 7d or 2w, in seconds UTC; for click options."""
    if value is None:
        return None
    if found := _AGE.fullmatch(value.strip()):
        return datetime.now(UTC).timestamp() - int(found[1]) * _HOURS[found[2].lower()] * 3600.0
    try:
        when = datetime.fromisoformat(value)
        return (when if when.tzinfo else when.astimezone()).timestamp()
    except (ValueError, OverflowError, OSError):  # the last two: a day that the platform's clock does not reach
        raise click.BadParameter(
            f"{value!r}: write a day (2026-11-22), a time, or an age such as 36h, 7d, 2w"
        ) from None


def the_story(db: "Database", given: str) -> "Story":
    """Return the story with that id, or the only one whose id begins so (`story-` may be left out).

    Raises:
        UnknownLabel: there is none, or several begin so.

    """
    from twosource.store import stories

    if found := stories.get(db, given):
        return found
    names = {stories.resolve(db, name) or name for name in _begun(db, "story", given, "story-")}
    where = "'twosource list --all' lists them"
    return stories.get(db, _only(given, "story", names, where)) or _unknown(given, "story", where)


def the_article(db: "Database", given: str) -> str:
    """Return the id of the article with that id, or of the only one whose id begins so (`a-` may be left out).

    Raises:
        UnknownLabel: there is none, or several begin so.

    """
    if db.one("SELECT 1 FROM article WHERE id = :id", id=given):
        return given
    return _only(given, "article", set(_begun(db, "article", given, "a-")), "'twosource list articles' lists them")


def the_one(db: "Database", given: str) -> "Story | str":
    """Return the story, or the id of the article, that is called or begins so; an article goes by its exact id first.

    Raises:
        UnknownLabel: there is none, or several begin so.

    """
    from twosource.store import stories

    if found := stories.get(db, given):
        return found
    if db.one("SELECT 1 FROM article WHERE id = :id", id=given):
        return given
    if _begun(db, "story", given, "story-"):
        return the_story(db, given)
    if _begun(db, "article", given, "a-"):
        return the_article(db, given)
    return _unknown(given, "story or article", "'twosource list' lists stories, 'twosource list articles' articles")


def _begun(db: "Database", table: str, given: str, prefix: str) -> list[str]:
    """Ids that begin as given, with the prefix or without; three at most."""
    found: list[str] = []
    for begun in (given, prefix + given) if given.strip() else ():
        sql = f"SELECT id FROM {table} WHERE id >= :low AND id < :high ORDER BY id LIMIT 3"  # noqa: S608 - a word of ours
        found += [row["id"] for row in db.rows(sql, low=begun, high=f"{begun}\uffff")]
    return found


def _only(given: str, what: str, names: set[str], where: str) -> str:
    from twosource.errors import UnknownLabel

    if len(names) > 1:
        raise UnknownLabel(f"{given!r} may be any of {', '.join(sorted(names)[:3])}: give more of it")
    return next(iter(names), "") or _unknown(given, what, where)


def _unknown(given: str, what: str, where: str) -> NoReturn:
    from twosource.errors import UnknownLabel

    raise UnknownLabel(f"{given!r}: there is no such {what}; {where}")
