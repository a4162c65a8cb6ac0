"""Finds the rows that a query wants, the newest first, without reading more of the indexes than a page needs.

Two ways lead to a page. Where one of the things asked for is held by few rows, these are fetched and sorted, and all
else is asked of them. Where everything is frequent, rows are gone through by time, a small part first, as a frequent
thing is met soon, and then all the rest. A small part is looked for only where its rows lie in the indexes: articles
that came together have numbers side by side. Which way is taken never changes what is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from twosource.store.conditions import Ask, Conditions, Part, Terms, numbered
from twosource.store.database import Condition, Database, Reading, Row, Value
from twosource.store.query import Field, Query, Term

FEW = 500
"""Rows that are fetched and sorted (3 µs each); what more rows hold is soon met by going through them by time."""

FIRST = 100
"""Rows of the first part. What stands in every fifth row fills a page of 20 from it; what does not is held by so few
rows that reading them all from the index takes no longer (0.3 µs each; 100,000 articles, 64 and 100 tried, 2026-11-22).
"""

NEXT = 1_000
"""Rows of the second part, at most. A step to a run takes 15 to 80 µs; one row in twenty lies by itself."""

Cursor = tuple[float, int]
"""Time and number of a row."""


class _Known(NamedTuple):
    """The few rows that alone may be found, and which asks are thereby met."""

    numbers: list[int]
    asks: tuple[Ask, ...]


class _Source(NamedTuple):
    """Where rows are read from, and their time and number there."""

    sql: str
    at: str
    number: str


class Finder:
    """Finds articles, or with ``quoted`` quotations, by their numbers, in the snapshot of ``reading``."""

    def __init__(self, db: Database, reading: Reading, query: Query, *, quoted: bool = False) -> None:
        self.conditions = Conditions(db, reading, query, quoted=quoted)
        self._reading = reading
        self._row = "q" if quoted else "a"
        table = "quotation q" if quoted else "article a"
        if quoted and self.conditions.joins:
            table += " JOIN article a ON a.number = q.article"
        at, number = f"{self._row}.at", f"{self._row}.number"
        self._plain = self._walked = _Source(f"SELECT {at}, {number} FROM {table} WHERE", at, number)
        if self.conditions.led:
            sql = "SELECT DISTINCT l.at, l.article FROM quotation l CROSS JOIN article a WHERE a.number = l.article AND"
            self._walked = _Source(sql, "l.at", "l.article")

    def newest(self, limit: int, before: Cursor | None = None) -> list[int]:
        """Return the numbers of a page, the newest first by time and number."""
        wanted = tuple(ask for ask in self.conditions.asks if not ask.negative)
        if len(wanted) == len(self.conditions.asks):
            return _numbers(self._holding(wanted, limit, before))
        found: list[Cursor] = []
        for size in (2 * limit, 8 * limit):
            rows = self._holding(wanted, size, before)
            found += self._page(self._asked(_numbers(rows), wanted), limit - len(found))
            if len(rows) < size or len(found) >= limit:
                return _numbers(found)
            before = rows[-1]
        return _numbers(found + self._rest(before, limit - len(found), ()))

    def among(self, numbers: Sequence[int], limit: int, before: Cursor | None = None) -> list[int]:
        """Return a page as `newest` does, of rows of those numbers alone."""
        return _numbers(self._of_few(_Known(list(numbers), ()), self.conditions.asks, limit, before))

    @property
    def all(self) -> Condition:
        """All that is asked, of any row."""
        return _both(self.conditions.own, self.conditions.of())

    def holding(self, numbers: Sequence[int]) -> list[int]:
        """Return those of the rows, which should lie together, that are found."""
        return _numbers(self._page(self._asked(numbers, ()), len(numbers)))

    def few(self) -> list[int] | None:
        """Return all rows that are found where few can be, in no order; else None."""
        known = self._few()
        return None if known is None else _numbers(self._page(self._asked(known.numbers, known.asks), FEW))

    def _holding(self, wanted: tuple[Ask, ...], limit: int, before: Cursor | None) -> list[Cursor]:
        """A page of rows for which the ``wanted`` hold."""
        known = self._few()
        if known is not None:
            return self._of_few(known, wanted, limit, before)
        if all(ask.groups == (self.conditions.led,) for ask in wanted):
            return self._page(self._following(before), limit, self._walked)
        return self._of_many(wanted, limit, before)

    def _of_few(self, known: _Known, wanted: tuple[Ask, ...], limit: int, before: Cursor | None) -> list[Cursor]:
        """Sort the few, and ask all else of the first of them, then of the rest."""
        where = _both(_listed(self._row, known.numbers), self.conditions.own, self._after(before, self._plain))
        if all(ask in known.asks for ask in wanted):
            return self._page(where, limit)
        ordered = _numbers(self._page(where, len(known.numbers)))
        but = (*known.asks, *(ask for ask in self.conditions.asks if ask not in wanted))
        found = self._page(self._asked(ordered[:FIRST], but), limit)
        if len(found) < limit and len(ordered) > FIRST:
            rest = _listed(self._row, ordered[FIRST:])
            found += self._page(_both(rest, self.conditions.of(Part(rest, None), known=but)), limit - len(found))
        return found

    def _of_many(self, wanted: tuple[Ask, ...], limit: int, before: Cursor | None) -> list[Cursor]:
        """Go through the rows by time: a first part, another one if that will do, all the rest."""
        but = tuple(ask for ask in self.conditions.asks if ask not in wanted or ask.groups == (self.conditions.led,))
        found: list[Cursor] = []
        size = 0 if any(ask.prefixed for ask in wanted) else FIRST
        while 0 < size <= NEXT:
            part = self._page(self._following(before), size, self._walked)
            found += self._page(self._asked(_numbers(part), but), limit - len(found))
            if len(found) >= limit or len(part) < size:
                return found
            before, size = part[-1], 2 * size * (limit - len(found)) // len(found) if found and size == FIRST else 0
        return found + self._rest(before, limit - len(found), but)

    def _rest(self, before: Cursor | None, limit: int, known: tuple[Ask, ...]) -> list[Cursor]:
        """All rows that follow, in one go."""
        where = self._following(before)
        of = self.conditions
        more = of.of(Part(where, None), known=known, led=of.led is not None)
        return self._page(_both(where, more), limit, self._walked)

    def _following(self, before: Cursor | None) -> Condition:
        """What is gone through: by what rows tell themselves, or by the quotations of who has to be quoted."""
        of = self.conditions
        return _both(of.own, self._after(before, self._walked), *([of.spoken] if of.led else []))

    def _asked(self, numbers: Sequence[int], known: tuple[Ask, ...]) -> Condition:
        """All that is asked, of rows of those numbers."""
        where = _listed(self._row, numbers)
        return _both(where, self.conditions.own, self.conditions.of(Part(where, numbers), known=known))

    def _page(self, where: Condition, limit: int, source: _Source | None = None) -> list[Cursor]:
        """The newest rows with that condition."""
        of = source or self._plain
        sql = f"{of.sql} {where.sql} ORDER BY {of.at} DESC, {of.number} DESC LIMIT :page"
        return [(at, number) for at, number in self._reading.rows(sql, **where.values, page=limit)]

    def _after(self, last: Cursor | None, source: _Source) -> Condition:
        if last is None:
            return _ALL
        sql = f"({source.at}, {source.number}) < (:before_at, :before_number)"
        return Condition(sql, {"before_at": last[0], "before_number": last[1]})

    def _few(self) -> _Known | None:
        """Return the fewest rows that one ask leaves, None where all leave many."""
        best: _Known | None = None
        for lead in _leads(self.conditions):
            found = self._led(lead)
            if found is not None and (best is None or len(found) < len(best.numbers)):
                best = _Known(found, lead.meets)
            if best is not None and len(best.numbers) <= FIRST:  # no other can make it much quicker
                break
        return best

    def _led(self, lead: "_Lead") -> list[int] | None:
        """The numbers of all rows that a lead leaves, or None where it did not give all."""
        rows = self._reading.rows(lead.rows.sql, **lead.rows.values)
        if len(rows) > FEW or lead.then is None:
            return _all(rows)
        head, condition = lead.then
        sql = f"{head} IN {numbered(row[0] for row in rows)} AND {condition.sql} LIMIT {FEW + 1}"
        return _all(self._reading.rows(sql, **condition.values))


class _Lead(NamedTuple):
    """A way to the rows that one ask leaves: a SELECT of at most `FEW` and one more; with ``then`` it gives quotations
    (or articles), and their articles (or quotations) are what is led to. ``meets`` are the asks that hold of all.
    """

    rows: Condition
    meets: tuple[Ask, ...]
    then: tuple[str, Condition] | None = None


_ALL = Condition("1 = 1", {})
_ARTICLES_OF = "SELECT DISTINCT q.article FROM quotation q WHERE q.number"
_QUOTATIONS_OF = "SELECT q.number FROM quotation q WHERE q.article"


def _leads(of: Conditions) -> Iterator[_Lead]:
    """Yield ways to few rows, the cheapest to try first."""
    for field in ("story", "feed", "speaker", "figure", "unit", "words", "said"):
        for ask in of.asks:
            if ask.only(field) and not ask.prefixed:
                yield _LEADS[field](of, ask)
    if of.speaker and not of.quoted and Ask((of.speaker,)) not in of.asks:
        yield _speaking(of, Ask((of.speaker,)))._replace(meets=())


def _led_by(of: Conditions, made: Callable[[Terms, Term], str], ask: Ask, head: str) -> Condition:
    where = Terms(of, None, "l").any(made, ask.groups[0])
    return Condition(f"{head} WHERE {where.sql} LIMIT {FEW + 1}", where.values)


def _articles(of: Conditions, rows: Condition, ask: Ask) -> _Lead:
    """By articles."""
    return _Lead(rows, (ask,), (_QUOTATIONS_OF, _ALL) if of.quoted else None)


def _story(of: Conditions, ask: Ask) -> _Lead:
    return _articles(of, _led_by(of, Terms.story, ask, "SELECT a.number FROM article a"), ask)


def _feed(of: Conditions, ask: Ask) -> _Lead:
    return _articles(of, _led_by(of, Terms.feed, ask, "SELECT a.number FROM article a"), ask)


def _counting(of: Conditions, ask: Ask) -> _Lead:
    """By figures whose lower bound fits, and by ranges that reach up to what is asked for."""
    terms = Terms(of, None, "l")
    begin, reach = terms.any(Terms.beginning, ask.groups[0]), terms.any(Terms.reaching, ask.groups[0])
    head = "SELECT f.article FROM figure f WHERE"
    sql = f"{head} {begin.sql} UNION ALL {head} {reach.sql} LIMIT {FEW + 1}"
    return _articles(of, Condition(sql, {**begin.values, **reach.values}), ask)


def _speaking(of: Conditions, ask: Ask) -> _Lead:
    column = "q.number" if of.quoted else "DISTINCT q.article"
    return _Lead(_led_by(of, Terms.spoken, ask, f"SELECT {column} FROM quotation q"), (ask,))


def _wording(of: Conditions, ask: Ask) -> _Lead:
    table = "quotation_words" if of.quoted else "article_words"
    return _Lead(of.db.some(table, ask.clauses, most=FEW + 1), (ask,))


def _saying(of: Conditions, ask: Ask) -> _Lead:
    if of.quoted:
        return _wording(of, ask)
    spoken = Terms(of, None, "l").any(Terms.spoken, of.speaker) if of.speaker else _ALL
    return _Lead(of.db.some("quotation_words", ask.clauses, most=FEW + 1), (ask,), (_ARTICLES_OF, spoken))


_LEADS: Mapping[Field, Callable[[Conditions, Ask], _Lead]] = {
    "story": _story,
    "feed": _feed,
    "speaker": _speaking,
    "figure": _counting,
    "unit": _counting,
    "words": _wording,
    "said": _saying,
}


def _both(*conditions: Condition) -> Condition:
    values: dict[str, Value] = {}
    for one in conditions:
        values |= one.values
    return Condition(" AND ".join(one.sql for one in conditions), values)


def _listed(row: str, numbers: Sequence[int]) -> Condition:
    return Condition(f"{row}.number IN {numbered(numbers)}", {})


def _numbers(rows: Sequence[Cursor]) -> list[int]:
    return [number for _, number in rows]


def _all(rows: Sequence[Row]) -> list[int] | None:
    """The first column, each value once, of an answer that was not cut off."""
    return list(dict.fromkeys(row[0] for row in rows)) if len(rows) <= FEW else None
