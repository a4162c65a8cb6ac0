"""What `twosource list` lists: one function a table, from the store to rows that are both JSON and lines for people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twosource.commands.shared import iso
from twosource.desk.channels import bare
from twosource.render.lines import clipped
from twosource.store import accounts, alerts, articles, feeds, judgements, quarantine, runs, stories
from twosource.store.database import Database
from twosource.store.shelf import Order

FIRST_WORDS, BEGINNING = 80, 4_000
"""Columns that are shown of a text without a title, and characters of it that are looked at."""

TEXTS_AT_ONCE = 100
"""Texts that are held at a time."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a table is wanted; ``since`` is in seconds UTC."""

    limit: int
    order: Order = "newest"
    outlet: str | None = None
    since: float | None = None
    every: bool = False


def _stories(db: Database, asked: Asked) -> list[Row]:
    least = 1 if asked.every else 2
    found = stories.listed(db, order=asked.order, since=asked.since, limit=asked.limit, least=least)
    return [
        {"id": s.id, "last": iso(s.last), "reports": s.size, "origins": s.origins, "conflicts": s.conflicts,
         "account_due": s.stale, "locked": s.locked, "title": s.title}
        for s in found
    ]  # fmt: skip


def _articles(db: Database, asked: Asked) -> list[Row]:
    found = articles.listed(db, outlet=asked.outlet, since=asked.since, limit=asked.limit)
    begun = _begun(db, [a.id for a in found if not a.title])
    return [
        {"id": a.id, "at": iso(a.at), "outlet": a.outlet, "title": a.title, "begins": begun.get(a.id), "url": a.url,
         "story": a.story}
        for a in found
    ]  # fmt: skip


def _begun(db: Database, names: Sequence[str]) -> dict[str, str]:
    """The first words of articles without a title, by their ids: of their first line that says something."""
    said: dict[str, str] = {}
    for start in range(0, len(names), TEXTS_AT_ONCE):
        for article in articles.get(db, names[start : start + TEXTS_AT_ONCE]):
            first = next((" ".join(line.split()) for line in article.text[:BEGINNING].splitlines() if line.strip()), "")
            said[article.id] = clipped(first, FIRST_WORDS)
    return said


def _feeds(db: Database, asked: Asked) -> list[Row]:
    return [
        {"url": f.url, "status": f.status, "kind": f.kind, "title": f.title, "outlet": f.outlet,
         "ok": iso(f.last_ok), "next": iso(f.next_poll), "error": f.last_error}
        for f in feeds.all(db)[: asked.limit]
    ]  # fmt: skip


def _conflicts(db: Database, asked: Asked) -> list[Row]:
    return [
        {"id": c.id, "seen": iso(c.first_seen), "certainty": c.certainty, "kind": c.kind, "why": c.why,
         "sides": [{"outlet": s.outlet, "words": s.words} for s in c.sides], "story": c.story, "title": c.title}
        for c in accounts.conflicts(db, since=asked.since, limit=asked.limit)
    ]  # fmt: skip


def _rejects(db: Database, asked: Asked) -> list[Row]:
    return [
        {"number": q.number, "at": iso(q.at), "reason": q.reject.reason, "name": q.reject.name,
         "message": q.reject.message, "tries": q.tries}
        for q in quarantine.all(db, limit=asked.limit)
    ]  # fmt: skip


def _runs(db: Database, asked: Asked) -> list[Row]:
    return [
        {"number": r.number, "command": r.command, "started": iso(r.started), "ended": iso(r.ended), "seen": r.seen,
         "stored": r.stored, "known": r.known, "rejected": dict(r.rejected), "deferred": r.deferred}
        for r in runs.listed(db, asked.limit)
    ]  # fmt: skip


def _log(db: Database, asked: Asked) -> list[Row]:
    return [
        {"number": j.number, "at": iso(j.at), "by": j.by, "kind": j.kind, "about": dict(j.payload),
         "articles": list(j.placed), "reason": j.reason, "undone_by": j.undone_by}
        for j in judgements.all(db, limit=asked.limit)
    ]  # fmt: skip


def _alerts(db: Database, asked: Asked) -> list[Row]:
    return [
        {"number": q.number, "at": iso(q.at), "state": q.state, "kind": q.alert.kind, "key": q.alert.key,
         "channel": bare(q.alert.channel), "error": q.error}
        for q in alerts.listed(db, limit=asked.limit)
    ]  # fmt: skip


def _searches(db: Database, asked: Asked) -> list[Row]:
    return [
        {"name": s.name, "query": s.query, "of": list(s.kinds), "to": [bare(c) for c in s.channels]}
        for s in alerts.all(db)[: asked.limit]
    ]


TABLES: Mapping[str, Callable[[Database, Asked], Sequence[Row]]] = {
    "stories": _stories,
    "articles": _articles,
    "feeds": _feeds,
    "conflicts": _conflicts,
    "rejects": _rejects,
    "runs": _runs,
    "log": _log,
    "alerts": _alerts,
    "searches": _searches,
}
"""All tables by the name a person asks for."""


def line(row: Row) -> str:
    """Return a row as a line for people: its values in order, empty ones left out."""
    return " · ".join(told for name, value in row.items() if (told := _told(name, value)))


def _told(name: str, value: object) -> str:
    if value is None or value in ("", [], {}, False):
        return ""
    if value is True:
        return name.replace("_", " ")
    if isinstance(value, int) and name in _LINES:
        return f"{name.replace('_', ' ')} {value}".strip()
    if isinstance(value, int) and name != "number":
        return f"{value:,} {_ONE.get(name, name) if value == 1 else name}"
    if isinstance(value, list):
        return ", ".join(_told("", one) for one in value)
    if isinstance(value, dict):
        return " ".join(f"{key} {_told('', one)}".strip() for key, one in value.items())
    return _short(str(value)) if name in _TIMES else str(value)


def _short(when: str) -> str:
    """A time as people read it: to the minute, and a day alone for its first moment."""
    return when[:16].replace("T", " ").removesuffix(" 00:00")


_ONE = {"reports": "report", "origins": "origin", "conflicts": "conflict", "tries": "try"}
"""What one of them is called."""

_LINES = frozenset({"undone_by"})
"""Columns that hold the number of a line of the log."""

_TIMES = frozenset({"at", "last", "seen", "started", "ended", "ok", "next"})
"""Columns that hold times, where they are text."""
