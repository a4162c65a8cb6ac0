"""The store's health: what is wrong with it, what only waits, and what to do about it."""

import os
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from twosource.article import digest
from twosource.errors import StoreError
from twosource.store import quarantine, reports
from twosource.store.database import Database, Reading, Row
from twosource.store.packed import unpacked
from twosource.store.wording import Phrase, keys

LATEST = 200
"""Articles whose text is compared with its digest, the latest; all of them if it is asked for."""

SOUGHT = 100
"""Articles that are looked for by words of their own, spread over the store."""

FAILING = 10
"""Failures in a row after which a feed is named."""

ROOM = 2.0
"""Free room on the disk, in sizes of the store, below which a backup or a merge of its indexes may fail."""

State = Literal["ok", "wrong", "advice"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one look found: ``wrong`` needs mending, ``advice`` is for people to weigh."""

    name: str
    state: State
    message: str


def doctor(db: Database, *, thorough: bool = False, now: float | None = None) -> tuple[Check, ...]:
    """Look at everything; with ``thorough`` also at all texts, which takes minutes for a million articles.

    ``now`` (seconds in UTC) shows a clock that ran ahead, where it is given. Nothing is changed.
    """
    return tuple(_looks(db, thorough, now))


def _looks(db: Database, thorough: bool, now: float | None) -> Iterator[Check]:  # noqa: FBT001 - passed on
    wrong = db.check(thorough=thorough)
    yield from (Check("database", "wrong", why) for why in wrong)
    if not wrong:
        yield Check("database", "ok", "pages, keys and indexes fit together" if thorough else "no fault found")
    with db.reading() as r:
        yield _texts(r, None if thorough else LATEST)
        yield _findable(db, r)
        yield _counts(r)
        yield from _waiting(r)
        yield from _feeds(r)
        if now is not None:
            yield from _clock(r, now)
    if db.dialect == "sqlite":
        yield from _file(Path(db.address))


def _texts(r: Reading, most: int | None) -> Check:
    sql = "SELECT id, sha256, text FROM article ORDER BY number DESC"
    seen, bad = 0, []
    for row in islice(r.each(sql), most):
        seen += 1
        if not _fits(row["text"], row["sha256"]):
            bad.append(row["id"])
    if bad:
        return Check("texts", "wrong", f"{len(bad)} of {seen} texts are not what came in: {', '.join(bad[:5])}")
    return Check("texts", "ok", f"{seen} texts are what came in")


def _fits(blob: bytes, sha256: str) -> bool:
    try:
        return digest(unpacked(blob)) == sha256
    except (zlib.error, UnicodeDecodeError):
        return False


def _findable(db: Database, r: Reading) -> Check:
    """Look for articles by the first words of their texts."""
    last = r.rows("SELECT max(number) FROM article")[0][0] or 0
    step = max(1, last // SOUGHT)
    lost = [str(row["id"]) for row in _spread(r, last, step) if not _found(db, r, row["number"], row["text"])]
    if lost:
        return Check("search", "wrong", f"{len(lost)} articles are not found by their words: {', '.join(lost[:5])}")
    return Check("search", "ok", "articles are found by their words")


def _spread(r: Reading, last: int, step: int) -> Iterator[Row]:
    sql = "SELECT number, id, text FROM article WHERE number >= :at ORDER BY number LIMIT 1"
    for at in range(1, last + 1, step):
        yield from r.rows(sql, at=at)


def _found(db: Database, r: Reading, number: int, text: bytes) -> bool:
    try:
        words = keys(unpacked(text)[:400])[:4]
    except (zlib.error, UnicodeDecodeError):
        return False
    if not words:
        return True
    sought = db.words("article_words", "a.number", ((Phrase(words[:-1] or words),),))
    sql = f"SELECT 1 FROM article a WHERE a.number = :number AND {sought.sql}"
    return r.one(sql, number=number, **sought.values) is not None


def _counts(r: Reading) -> Check:
    if off := reports.miscounted(r):
        return Check("speakers", "wrong", f"{len(off)} speakers have another number of quotations than is counted")
    return Check("speakers", "ok", "quotations are counted right")


def _waiting(r: Reading) -> Iterator[Check]:
    for name, sql, what in (
        ("pages", "SELECT count(*) FROM entry WHERE state = 'pending'", "pages wait to be fetched"),
        ("stories", "SELECT count(*) FROM ungrouped", "articles wait for a story"),
        ("runs", "SELECT count(*) FROM run WHERE ended IS NULL", "runs are under way or were cut off"),
    ):
        many = r.rows(sql)[0][0]
        yield Check(name, "ok", f"{many} {what}")
    if kept := quarantine.reasons(r):
        told = ", ".join(f"{reason} {many}" for reason, many in kept.items())
        yield Check("quarantine", "advice", f"{sum(kept.values())} are kept aside, to be tried again: {told}")


def _feeds(r: Reading) -> Iterator[Check]:
    sql = (
        "SELECT url, status, failures, last_error FROM feed WHERE status = 'gone' OR failures >= :many ORDER BY number"
    )
    for row in r.rows(sql, many=FAILING):
        why = "is gone" if row["status"] == "gone" else f"failed {row['failures']} times in a row ({row['last_error']})"
        yield Check("feed", "advice", f"{row['url']} {why}")


def _clock(r: Reading, now: float) -> Iterator[Check]:
    last = r.rows("SELECT max(first_seen) FROM article")[0][0]
    if last is not None and last > now + 3600:
        yield Check("clock", "advice", f"articles came {(last - now) / 3600:.0f} hours after now: a clock ran ahead")


def _file(path: Path) -> Iterator[Check]:
    try:
        mode, size, free = path.stat().st_mode, path.stat().st_size, shutil.disk_usage(path.absolute().parent).free
    except OSError as wrong:
        raise StoreError(f"{path} cannot be looked at: {wrong.strerror or wrong}") from wrong
    if mode & 0o077 and os.name == "posix":
        yield Check("rights", "advice", f"others on this machine may read {path}: chmod 600 keeps them out")
    if free < ROOM * size:
        yield Check("room", "advice", f"{free // 1_000_000} MB are free, the store has {size // 1_000_000} MB")
    for old in sorted(path.parent.glob(f"{path.name}-version-*")):
        yield Check("old version", "advice", f"{old} is the store before it was upgraded; delete it when all is well")
