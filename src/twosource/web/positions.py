"""Where a speaker said something else at another time, as pages, lists and the API show it.

What was said is asked of the store; of very many quotations those that recur are read closely (`align.recurring`).
What was found is kept until anything that the speaker said, or where it stands, is another.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from twosource.article import Span, hull
from twosource.render.annotate import in_place
from twosource.report import Report
from twosource.store import reports
from twosource.store.database import Database, listing
from twosource.store.search import QUOTED, Quoted, quoted
from twosource.web import links
from twosource.web.moments import day_of
from twosource.web.outgoing.tables import Cell
from twosource.web.templating import short

if TYPE_CHECKING:
    from twosource.align.positions import Change, Position

MOST_SAID = 5_000
"""Quotations of a speaker that are looked at, the latest."""

MOST_READ = 80
"""Quotations that are read closely: of 5,000 finding them takes 0.12 s, reading them 0.06 s (2026-11-22)."""

MOST_KEPT = 500
"""Speakers whose changes are kept for one store."""

KINDS: Mapping[str, str] = {
    "intent": "will or will not",
    "stance": "for or against",
    "denial": "so or not so",
    "certainty": "how certain",
    "figure": "another figure",
    "update": "a count that grew",
    "silence": "a silence broken",
}
"""Kinds of changes, as people read them."""

SIDE = ("day", "recalled", "outlet", "words", "article", "start", "end", "quotation", "story", "page")
COLUMNS = ("id", "kind", "certainty", "why", *(f"early_{name}" for name in SIDE), *(f"late_{name}" for name in SIDE))

AROUND = 240
"""Code points of a quotation shown on each side of the words that changed."""

LONGEST = 400
"""Code points of a reason that a page shows."""

DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a change. ``day`` is an ISO day; ``recalled`` says that it was said before that day. ``parts`` are
    the quotation's words before, in and after ``span``; ``also`` how many other reports tell the same. ``said`` says
    that its story has it as a telling, which beliefs that reports ascribe are not.
    """

    article: str
    quotation: str
    story: str | None
    outlet: str | None
    title: str | None
    day: str
    recalled: bool
    span: Span
    parts: tuple[str, str, str]
    also: int
    said: bool

    @property
    def page(self) -> str:
        """The address of the place in its article."""
        return links.article(self.article, self.span)

    @property
    def evidence(self) -> str:
        """The address of the telling in its story, of its place where it is in none."""
        return links.telling(self.story, self.quotation) if self.story and self.said else self.page


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change of position (`align.positions.Change`) with both sides for display."""

    id: str
    kind: str
    sure: bool
    why: str
    early: Side
    late: Side

    @property
    def certainty(self) -> str:
        """Either "sure" or "possible"."""
        return "sure" if self.sure else "possible"


_kept: WeakKeyDictionary[Database, OrderedDict[int, tuple[str, tuple[Changed, ...]]]] = WeakKeyDictionary()
_lock = Lock()


def changed(db: Database, number: int) -> tuple[Changed, ...]:
    """Return the changes of position of the speaker of that number, the sure ones first."""
    tag = _tag(db, number)
    with _lock:
        kept = _kept.setdefault(db, OrderedDict())
        if number in kept and kept[number][0] == tag:
            kept.move_to_end(number)
            return kept[number][1]
    found = _changed(db, number)
    with _lock:
        kept[number] = tag, found
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return found


def _tag(db: Database, number: int) -> str:
    """What is another whenever the quotations of a speaker are, or the stories that they stand in."""
    sql = (
        "SELECT count(*) AS n, max(q.number) AS last, sum(q.number) AS whole, sum(m.story) AS stories, "
        "sum(m.story * q.number) AS placed FROM quotation q "
        "LEFT JOIN membership m ON m.article = q.article WHERE q.speaker = :number"
    )
    row = db.one(sql, number=number)
    return " ".join(str(row[name]) for name in ("n", "last", "whole", "stories", "placed")) if row else ""


def _changed(db: Database, number: int) -> tuple[Changed, ...]:
    near = _near(db, number)
    read = {report.id: report for report in reports.get(db, dict.fromkeys(q.article for q in near))}
    known = {(q.article, q.id): q for q in near}
    from twosource.align.positions import changes  # 75 ms that no server needs before it answers (2026-11-22)
    from twosource.align.utterances import Said

    said = [
        Said(read[article], quotation, day_of(q.at), q.story)
        for (article, name), q in known.items()
        if article in read
        for quotation in read[article].quotations
        if quotation.id == name
    ]
    return tuple(_shown(change, known, read) for change in changes(said))


def _near(db: Database, number: int) -> list[Quoted]:
    """The quotations of a speaker that are read closely."""
    sql = (
        "SELECT q.number, q.at, q.words FROM quotation q WHERE q.speaker = :number "
        "ORDER BY q.at DESC, q.number DESC LIMIT :most"
    )
    rows = db.rows(sql, number=number, most=MOST_SAID)
    from twosource.align.recurring import recurring

    chosen = recurring([(int(row["at"] // DAY), row["words"]) for row in rows], MOST_READ)
    if len(chosen) < 2:
        return []
    among = listing([rows[i]["number"] for i in chosen])
    return list(quoted(db.rows(f"{QUOTED} WHERE q.number IN {among.sql} ORDER BY q.at, q.number", **among.values)))


def _shown(change: "Change", known: Mapping[tuple[str, str], Quoted], read: Mapping[str, Report]) -> Changed:
    early, late = (
        _side(place, known[place.article, place.quotation], read[place.article])
        for place in (change.early, change.late)
    )
    sure = change.certainty == "sure"
    return Changed(id=change.id, kind=change.kind, sure=sure, why=change.why, early=early, late=late)


def _side(place: "Position", q: Quoted, report: Report) -> Side:
    text, quotation = report.article.text, next(x for x in report.quotations if x.id == place.quotation)
    whole = hull((*quotation.content, place.span))
    first, last = max(whole.start, place.span.start - AROUND), min(whole.end, place.span.end + AROUND)
    parts = text[first : place.span.start], place.span.of(text), text[place.span.end : last]
    return Side(
        article=place.article,
        quotation=place.quotation,
        story=q.story,
        outlet=q.outlet,
        title=q.title,
        day=(place.when.end if place.when.before else place.when.start) or day_of(q.at),
        recalled=place.when.before,
        span=place.span,
        parts=parts,
        also=len(place.also),
        said=q.act == "said",
    )


def shown(one: Changed) -> dict[str, object]:
    """Return a change for a page."""
    return {
        "id": one.id, "kind": KINDS[one.kind], "update": one.kind == "update", "sure": one.sure,
        "why": in_place(one.why)[:LONGEST], "sides": [_side_shown(side) for side in (one.early, one.late)],
    }  # fmt: skip


def _side_shown(side: Side) -> dict[str, object]:
    before, words, after = (in_place(part) for part in side.parts)
    return {
        "when": f"before {side.day}" if side.recalled else side.day,
        "outlet": short(side.outlet, 80) or "an outlet without a name",
        "title": short(side.title, 160),
        "before": before, "words": words, "after": after, "also": side.also,
        "page": side.page, "evidence": side.evidence, "held": side.story is not None and side.said,
    }  # fmt: skip


def row(one: Changed) -> tuple[Cell, ...]:
    """Return a change as a row with the columns `COLUMNS`."""
    return one.id, one.kind, one.certainty, one.why, *_cells(one.early), *_cells(one.late)


def _cells(side: Side) -> tuple[Cell, ...]:
    return (
        side.day, side.recalled, side.outlet, side.parts[1], side.article, side.span.start, side.span.end,
        side.quotation, side.story, side.page,
    )  # fmt: skip
