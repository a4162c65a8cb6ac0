"""What is given by hand (files, folders, archives) on its way into the store: in batches, each stored whole or not at
all, and every input accounted for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.article import Article
from twosource.desk.places import absolute
from twosource.errors import InputError
from twosource.store import articles, quarantine, runs
from twosource.store.article_rows import Incoming
from twosource.store.articles import Outcome
from twosource.store.database import Database, listing, parts
from twosource.store.quarantine import Reject

if TYPE_CHECKING:
    from twosource.sources.given import Notice

MOST_IN_BATCH = 500
"""Articles that are stored in one transaction: 500 took 0.13 s to commit in our measurements (notes, section 4)."""

MOST_CHARACTERS = 8_000_000
"""Code points of text that are stored in one transaction: bounds memory where articles are long."""

Clock = Callable[[], float]
"""Seconds since 1970 in UTC."""

Found = Article | InputError

REASONS = {"NotAnArticle": "not_an_article", "OtherJson": "not_an_article"}
"""Words for kinds of `InputError`, under which rejects are counted."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of one batch: the articles with their outcomes, what could not be read, and what is to be told."""

    stored: tuple[tuple[Article, Outcome], ...]
    rejected: tuple[InputError, ...]
    notices: "tuple[Notice, ...]"


def take_in(db: Database, found: Iterable[Found], *, run: int, clock: Clock) -> Iterator[Batch]:
    """Store what is found, batch by batch; each is durable when it is yielded. ``run`` keeps the ledger.

    Raises:
        StoreError: nothing of the current batch was stored; what was yielded before is safe.

    """
    from twosource.sources.given import Notice  # 25 ms that a server need not take before it answers (2026-11-22)

    for batch in _batches(found):
        good = [f for f in batch if isinstance(f, Article)]
        told = tuple(f for f in batch if isinstance(f, Notice))
        bad = tuple(f for f in batch if isinstance(f, InputError) and not isinstance(f, Notice))
        now = clock()
        runs.noted(db, run, seen=len(good) + len(bad))
        outcomes = articles.add(db, [Incoming(article=article) for article in good], run=run, now=now)
        _set_aside(db, bad, run, now)
        yield Batch(tuple(zip(good, outcomes, strict=True)), bad, told)


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    characters = 0
    for one in found:
        batch.append(one)
        characters += len(one.text) if isinstance(one, Article) else 0
        if len(batch) >= MOST_IN_BATCH or characters >= MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def reason_of(wrong: InputError) -> str:
    """Return the word under which an unreadable input is counted."""
    return REASONS.get(type(wrong).__name__, "unreadable")


def _set_aside(db: Database, bad: Sequence[InputError], run: int, now: float) -> None:
    """Put what cannot be used into quarantine, in place of what stood there of the same place in the same file."""
    rejects = [_reject(wrong) for wrong in bad]
    former: list[int] = []
    for some in parts(list(dict.fromkeys(reject.name for reject in rejects))):
        among = listing(some)
        sql = f"SELECT number FROM quarantine WHERE source = 'file' AND name IN {among.sql}"  # noqa: S608 - parameters
        former += [row["number"] for row in db.rows(sql, **among.values)]
    quarantine.put(db, rejects, run=run, now=now)
    for numbers in parts(former):
        quarantine.settle(db, [int(number) for number in numbers if number is not None])


def _reject(wrong: InputError) -> Reject:
    return Reject(source="file", name=absolute(wrong.name), reason=reason_of(wrong), message=wrong.reason)
