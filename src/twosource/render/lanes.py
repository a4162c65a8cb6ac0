"""The lineage of a story as lanes: time runs to the right, a text is one lane, and so is what several texts rest on.

Reports that count as one stand on one line. A briefing, an interview or a release has a line of its own, on which every
report that uses it has a mark. Places are per cent of the width, so that a page of any width shows all of it. Where one
long gap would press the other reports into one another, they stand in their order instead, and the axis says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import pairwise

from twosource.account import AccountArticle, Origin
from twosource.render.lines import named
from twosource.render.page import Page
from twosource.render.phrases import day
from twosource.render.view import outlet

SLOTS = 16
"""Columns of the time axis: marks of 22 pixels stand apart from a width of 380 pixels on."""

STACK = 4
"""Marks above one another in a column; what is more is told as a number."""

ROW = 24
"""Pixels of a row of marks."""

MOST_SOURCES = 8
"""Lines of sources that are drawn, those of most reports first; the list below the drawing has all."""

LONG_GAP = 0.4
"""Share of the whole time between two reports from which on the axis is by order, if it presses others together."""

BY_ORDER, UNDATED = "not to scale", "undated"
"""What an axis by order says, and what stands over the column of reports without a date."""

APART = 3
"""Columns that reports without a date take, where others have one: as wide as the word over them on a telephone."""

EDGE = 4.0
"""Per cent of the width before the first and behind the last column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One report on a lane: per cent from the left, pixels from the top, where it leads, and what to say of it."""

    x: float
    y: int
    letter: str
    anchor: str
    said: str
    first: bool


@dataclass(frozen=True, slots=True)
class More:
    """Reports that found no room in a column: where, and how many."""

    x: float
    y: int
    count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the drawing. ``text`` is True where its reports carry one text, False where they use one source."""

    name: str
    reports: int
    text: bool
    height: int
    start: float
    end: float
    marks: tuple[Mark, ...]
    more: tuple[More, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the time axis, per cent from the left; ``anchor`` is where its words begin: start, middle or end."""

    x: float
    words: str
    anchor: str


def lanes(page: Page) -> tuple[Lane, ...]:
    """Return the lanes of a page: texts in order of their first report, then sources of several reports."""
    axis = Axis(page.account.articles)
    by_text: dict[str, list[AccountArticle]] = defaultdict(list)
    for article in page.account.articles:
        by_text[article.origin].append(article)
    texts = [_lane(page, axis, page.view.origin(origin), told, text=True) for origin, told in by_text.items()]
    shared = [o for o in page.account.lineage.origins if o.id not in by_text and len(o.articles) > 1][:MOST_SOURCES]
    return (*texts, *(_of_source(page, axis, origin) for origin in shared))


def ticks(page: Page) -> tuple[Tick, ...]:
    """Return the labels of the axis: what is undated, the first day, the last."""
    return Axis(page.account.articles).ticks()


def begins(page: Page) -> float | None:
    """Return where time begins behind a column of undated reports, in per cent; None where there is no such column."""
    return Axis(page.account.articles).begins


def owners(page: Page) -> list[dict[str, str]]:
    """Return the owners of several outlets of the story with the letters of their reports."""
    return [{"owner": named(o.owner), "letters": page.view.letters(o.articles)} for o in page.account.lineage.owners]


def _of_source(page: Page, axis: "Axis", origin: Origin) -> Lane:
    using = [a for a in page.account.articles if a.id in set(origin.articles)]
    return _lane(page, axis, page.view.origin(origin.id), using, text=False)


def _lane(page: Page, axis: "Axis", name: str, told: Sequence[AccountArticle], *, text: bool) -> Lane:
    columns: dict[int, list[AccountArticle]] = defaultdict(list)
    for article in told:
        columns[axis.slot(article)].append(article)
    marks = [
        Mark(
            x=axis.place(slot),
            y=ROW * row + ROW // 2,
            letter=page.letter(article.id),
            anchor=page.anchor(article.id),
            said=named(f"{page.letter(article.id)}: {outlet(article)}, {axis.words(article)}"),
            first=text and axis.is_first(article, told),
        )
        for slot, held in columns.items()
        for row, article in enumerate(held[:STACK])
    ]
    more = [More(axis.place(s), ROW * STACK + ROW // 2, len(held) - STACK) for s, held in columns.items()]
    rows = min(STACK + 1, max(map(len, columns.values()), default=1))
    return Lane(
        name=named(name),
        reports=len(told),
        text=text,
        height=ROW * rows,
        start=axis.place(min(columns, default=0)),
        end=axis.place(max(columns, default=0)),
        marks=tuple(marks),
        more=tuple(m for m in more if m.count > 0),
    )


class Axis:
    """The time of publication of the reports of a story, from the first to the last, in `SLOTS` columns.

    A day without an hour stands at its noon. Undated reports stand in a column of their own, before the time begins.
    """

    def __init__(self, articles: Sequence[AccountArticle]) -> None:
        """Take the reports to place."""
        self._when = {a.id: _moment(a.published or a.published_inferred) for a in articles}
        self._hours = any(len(a.published or "") > len("2025-02-12") for a in articles)
        known = [moment for moment in self._when.values() if moment]
        self._first, self._last = min(known, default=None), max(known, default=None)
        self._undated = len(known) < len(self._when)
        self._from = APART if self._undated else 0
        self._columns = SLOTS - 1 - self._from
        self._ranks = _ranks(known, self._columns)

    @property
    def begins(self) -> float | None:
        """Where time begins, in per cent of the width, if reports without a date stand before; else None."""
        return self.place(APART) - 1.5 * EDGE if self._undated and self._first else None

    def slot(self, article: AccountArticle) -> int:
        """Return the column of a report."""
        when = self._when[article.id]
        if when is None or self._first is None or self._last is None:
            return 0
        if self._ranks:
            return self._from + round(self._ranks[when] / (len(self._ranks) - 1) * self._columns)
        return self._from + _slot(when, self._first, self._last, self._columns)

    def is_first(self, article: AccountArticle, among: Sequence[AccountArticle]) -> bool:
        """Tell whether a report was published before all others; not where only a day is known of several."""
        when = self._when[article.id]
        others = [self._when[other.id] for other in among if other is not article]
        return not others or (when is not None and all(other is not None and when < other for other in others))

    def place(self, slot: int) -> float:
        """Return where a column stands, in per cent of the width."""
        return round(EDGE + slot * (100 - 2 * EDGE) / (SLOTS - 1), 2)

    def words(self, article: AccountArticle) -> str:
        """Return when a report was published, in words."""
        when = article.published or article.published_inferred
        moment = self._when[article.id]
        if moment is None:
            return "undated"
        about = "" if article.published else "about "
        hour = f" {moment:%H:%M} UTC" if when and len(when) > 10 else ""
        return f"{about}{day(moment.date().isoformat())}{hour}"

    def ticks(self) -> tuple[Tick, ...]:
        """Return the labels of the axis."""
        found = [Tick(self.place(0) - EDGE / 2, UNDATED, "start")] if self._undated else []
        if self._first and self._last:
            hours = self._hours and 0 < (self._last - self._first).total_seconds() < 36 * 3600
            found.append(Tick(self.place(self._from) - EDGE / 2, _label(self._first, hours=hours), "start"))
            if self._ranks:
                found.append(Tick((self.place(self._from) + self.place(SLOTS - 1)) / 2, BY_ORDER, "middle"))
            if _label(self._first, hours=hours) != _label(self._last, hours=hours):
                found.append(Tick(self.place(SLOTS - 1) + EDGE / 2, _label(self._last, hours=hours), "end"))
        return tuple(found)


def _slot(when: datetime, first: datetime, last: datetime, columns: int) -> int:
    """The column of a moment on an axis to scale."""
    whole = (last - first).total_seconds()
    return round((when - first).total_seconds() / whole * columns) if whole else 0


def _ranks(known: Sequence[datetime], columns: int) -> dict[datetime, int]:
    """The moments by order, where a long gap presses others into one column; else nothing: the axis is to scale."""
    moments = sorted(set(known))
    if len(moments) < 3:
        return {}
    whole = moments[-1] - moments[0]
    gap = max(later - earlier for earlier, later in pairwise(moments))
    used = {_slot(when, moments[0], moments[-1], columns) for when in moments}
    pressed = len(used) < min(len(moments), columns + 1)
    return {when: rank for rank, when in enumerate(moments)} if pressed and gap > whole * LONG_GAP else {}


def _label(moment: datetime, *, hours: bool) -> str:
    shown = day(moment.date().isoformat())
    return f"{shown} {moment:%H:%M}" if hours else shown


def _moment(when: str | None) -> datetime | None:
    """The moment of publication in UTC; None for what is no date."""
    try:
        moment = datetime.fromisoformat(when) if when else None
        if moment is None:
            return None
        if len(when or "") <= 10:
            moment = datetime.combine(moment.date(), time(12))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
