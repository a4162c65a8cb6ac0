"""Takes articles out for good: text, original, index, report, and what stories and accounts held of them.

Nothing findable stays: deleted pages are overwritten (SQLite's ``secure_delete``), the full-text indexes are merged,
and the log is written back, so that the words are not in the files either. A feed's memory of having named an article
stays, without its claims, so that the article is not fetched again.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from twosource.store import reports, stories
from twosource.store.article_rows import outlet_key
from twosource.store.articles import indexed_words
from twosource.store.crashing import point
from twosource.store.database import AT_ONCE, Database, Writing, listing


class Forgotten(NamedTuple):
    """How many articles are gone, how many originals with them, and how many of the articles were in a story."""

    articles: int = 0
    originals: int = 0
    in_stories: int = 0


def article(db: Database, name: str) -> Forgotten:
    """Forget the article of that id; other versions of it stay."""
    row = db.one("SELECT number FROM article WHERE id = :id", id=name)
    return _forget(db, [row["number"]] if row else [])


def feed(db: Database, url: str, *, articles: bool) -> Forgotten:
    """Forget a feed, its queue and quarantine, and with ``articles`` those that came by it."""
    row = db.one("SELECT number FROM feed WHERE url = :url", url=url)
    if row is None:
        return Forgotten()
    gone = _forget(db, _numbers(db, "feed = :feed", feed=row["number"])) if articles else Forgotten()
    with db.writing() as w:
        w.run("DELETE FROM feed WHERE number = :feed", feed=row["number"])
    return gone


def outlet(db: Database, name: str) -> Forgotten:
    """Forget all articles of an outlet, whatever the case and accents of its name."""
    return _forget(db, _numbers(db, "outlet_key = :key", key=outlet_key(name)))


def older_than(db: Database, at: float) -> Forgotten:
    """Forget the articles whose time (`articles.Listed.at`) lies before ``at``."""
    return _forget(db, _numbers(db, "at < :at", at=at))


def _numbers(db: Database, where: str, **values: float | str) -> list[int]:
    return [row["number"] for row in db.rows(f"SELECT number FROM article WHERE {where} ORDER BY number", **values)]


def _forget(db: Database, numbers: Sequence[int]) -> Forgotten:
    """Forget articles, some in each transaction; what is done stays done if it is stopped in between."""
    total = Forgotten()
    for start in range(0, len(numbers), AT_ONCE):
        with db.writing() as w:
            gone = _forget_some(w, numbers[start : start + AT_ONCE])
        total = Forgotten(*map(sum, zip(total, gone, strict=True)))
    if total.articles:
        db.scrub()
    return total


def _forget_some(w: Writing, numbers: Sequence[int]) -> Forgotten:
    among = listing(numbers)
    here = f"IN {among.sql}"
    w.drop_words("article_words", indexed_words(w, numbers))
    reports.drop(w, numbers)
    in_stories = stories.drop(w, numbers)
    originals = [r[0] for r in w.rows(f"SELECT DISTINCT original FROM article WHERE number {here}", **among.values)]
    w.run(f"UPDATE entry SET claimed = '{{}}' WHERE article {here}", **among.values)
    point("mid_forget")
    articles = w.run(f"DELETE FROM article WHERE number {here}", **among.values)
    return Forgotten(articles, _unshared(w, filter(None, originals)), in_stories)


def _unshared(w: Writing, originals: Iterable[str]) -> int:
    """Delete the originals that no article has any more."""
    among = listing(originals)
    return w.run(
        f"DELETE FROM original WHERE sha256 IN {among.sql} "
        "AND NOT EXISTS (SELECT 1 FROM article a WHERE a.original = original.sha256)",
        **among.values,
    )
