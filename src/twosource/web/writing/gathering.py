"""Texts, files and addresses that a person adds: stored, put into stories, and accounted while they wait.

By default all is left to the desk's grouping. A person who wants to compare exactly these gets a story of exactly
these: those that are new are put there, those that other stories have are moved there in the person's name, and the
story is locked, so that the machine does not take it apart. All of that are lines of the log and can be undone.
"""

import contextlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from twosource.article import Article, stable_id
from twosource.desk.addresses import add_address
from twosource.desk.intake import take_in
from twosource.errors import Busy, FetchError, InputError
from twosource.sources.contents import from_web
from twosource.sources.fetch import Fetcher
from twosource.sources.files import LINES, from_stream
from twosource.sources.given import Given, Known, Notice
from twosource.sources.jsonl import from_fields
from twosource.sources.pages import looks_like_page
from twosource.sources.web import received
from twosource.store import runs, shelf, stories
from twosource.store.articles import Outcome
from twosource.store.database import Database
from twosource.store.lines import Refused
from twosource.stories.judgements import Assignment, Reason
from twosource.web.writing.renewing import seats, stories_of

FOLLOWED = ("feed", "sitemap", "opml")
"""Kinds of addresses that are followed, not read."""

LEAST, MOST = 2, 50
"""Articles that may be compared with each other alone."""

TAGS = 3
"""Ends of elements in a pasted text that make it a page's source: a text about HTML names one or two."""

_CLOSED = re.compile(r"</(?:p|div|span|a|h[1-6]|li|ul|b|i|em|strong|article|section|blockquote|body)>", re.IGNORECASE)

Found = Article | InputError


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of what a person added: ids of articles in order, what could not be used, feeds that are followed,
    and the stories of the articles as far as they have one. ``waiting``: another process groups them.
    """

    articles: tuple[str, ...]
    wrong: tuple[InputError, ...]
    followed: tuple[str, ...]
    stories: tuple[str, ...]
    waiting: bool = False


def pasted(texts: Sequence[dict[str, str]]) -> list[Found]:
    """Return pasted texts as articles; each is a form's fields: text, outlet, title, url, published.

    What is evidently a page's source is read as a page.
    """
    told = [{name: value for name, value in one.items() if value.strip()} for one in texts]
    return [from_fields(_as_page(one), f"text {n}", Known()) for n, one in enumerate(told, 1) if one.get("text")]


def _as_page(one: dict[str, str]) -> dict[str, str]:
    text = one.get("text", "")
    if looks_like_page(text, "") or sum(1 for _ in islice(_CLOSED.finditer(text), TAGS)) == TAGS:
        return {name: value for name, value in one.items() if name != "text"} | {"html": text}
    return one


def uploaded(name: str, body: bytes) -> list[Found]:
    """Return what a dropped file holds, by its content: one article, or many."""
    shown = name.replace("\\", "/").rpartition("/")[2][:200] or "a file"
    lines = shown.lower().endswith(LINES)
    return list(from_stream(BytesIO(body), shown, Known(), lines=lines, size=len(body)))


def gather(
    db: Database, found: list[Found], addresses: Sequence[str], *, fetching: Callable[[], Fetcher], by: str, alone: bool
) -> Gathered:
    """Store what was given and what the addresses lead to, and give each article its story.

    Raises:
        Refused: ``alone`` is asked for with fewer than two articles, or too many.
        StoreError: what was not stored yet is not stored.

    """
    run = runs.begin(db, "web", time.time())
    followed, read = _fetched(db, addresses, fetching, run) if addresses else ((), [])
    outcomes: list[Outcome] = []
    wrong: list[InputError] = []
    for batch in take_in(db, [*found, *read], run=run, clock=time.time):
        outcomes += [o for _, o in batch.stored]
        wrong += [*batch.rejected, *batch.notices]
    runs.end(db, run, time.time())
    names = tuple(dict.fromkeys(o.id for o in outcomes))
    waiting = False
    if alone and (names or not followed):
        _seat(db, names, by)
    else:
        waiting = not _grouped(db)
    wrong = [bad for bad in wrong if not isinstance(bad, Notice)] if outcomes else wrong
    return Gathered(names, tuple(wrong), followed, stories_of(db, names), waiting)


def _fetched(
    db: Database, addresses: Sequence[str], fetching: Callable[[], Fetcher], run: int
) -> tuple[tuple[str, ...], list[Found]]:
    """Fetch what a person named: articles are read, feeds and lists of feeds are followed from now on."""
    followed: list[str] = []
    read: list[Found] = []
    with fetching() as fetcher:
        for url in addresses:
            try:
                came = received(url, fetcher)
            except FetchError as bad:
                read.append(InputError(bad.url, bad.reason))
                continue
            if came.kind in FOLLOWED:
                added = add_address(db, fetcher, url, given=Given(), run=run, clock=time.time)
                followed += added.followed
                read += added.wrong
            else:
                read += from_web(came, Known())
    return tuple(followed), read


def _grouped(db: Database) -> bool:
    """Let the desk group what waits; tell False where another process is the desk."""
    from twosource.desk.newsroom import Desk

    desk = Desk(db, clock=time.time, tell=lambda _: None)
    try:
        with desk.open("web") as run:
            desk.gather(run)
            desk.close_run(run)
    except Busy:
        return False
    return True


def _seat(db: Database, names: Sequence[str], by: str) -> None:
    """Make a story of exactly these articles."""
    if not LEAST <= len(names) <= MOST:
        raise Refused(f"{LEAST} to {MOST} articles can be compared with each other alone; {len(names)} were found")
    now = time.time()
    target = _home(db, names, by)
    seated = dict(seats(db, names))
    fresh = [name for name in names if name not in seated]
    why = (Reason("by_hand", f"{by} compares these alone"),)
    stories.assign(db, [Assignment(name, target, 0.0, 0.0, why, new=False) for name in fresh], now)
    for story in dict.fromkeys(s for s in seated.values() if s != target):
        chosen = [name for name, s in seated.items() if s == story]
        stories.move(db, story, target, chosen, by=by, now=now, reason="compared with each other alone")
    with contextlib.suppress(Refused):  # locked already, by whoever compared the same before
        stories.lock(db, target, locked=True, by=by, now=now, reason="compared with each other alone")


def _home(db: Database, names: Sequence[str], by: str) -> str:
    """The story that these are brought together in: one that holds nothing else, else a new one."""
    seated = dict(seats(db, names))
    for story in dict.fromkeys(seated.values()):
        found = shelf.get(db, story)
        if found and found.size == sum(s == story for s in seated.values()):
            return found.id
    if seated and len(seated) == len(names):
        story = next(iter(seated.values()))
        chosen = [name for name, s in seated.items() if s == story]
        return stories.split(db, story, chosen, by=by, now=time.time(), reason="compared with each other alone")[0]
    return stable_id("story", "alone", *sorted(names))
