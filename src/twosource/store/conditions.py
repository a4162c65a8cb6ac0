"""A query as conditions on stored articles or quotations, in SQL that both databases understand.

What was typed is always a parameter. Words go to the full-text index by `Database.words`; names of outlets and feeds,
of which there are few, are compared here, so that both databases fold them alike.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from twosource.store.database import Condition, Database, Reading, Value
from twosource.store.query import Bounds, Field, Query, Term
from twosource.store.settle import resolved
from twosource.store.wording import Phrase, keys

MOST_NAMES = 500
"""Outlets or feeds that one term may stand for."""

FEW_NAMES = 20
"""Outlets whose articles are fetched by outlet; with more, articles are gone through by time until a page is full."""

COMMON = 2_000
"""Quotations or figures from which on articles are gone through by time, with a look at each one's own; fewer are
fetched, and their articles sorted, at 1.5 µs for each (20,000 articles, 2026-11-22).
"""

NOTHING = Condition("1 = 0", {})


def conditions(db: Database, query: Query) -> Condition:
    """Return the condition on ``article a``."""
    return Builder(db, db, query).condition


class Builder:
    """Makes one condition of a query: on ``article a``, or with ``quoted`` on ``quotation q`` joined with it."""

    def __init__(self, db: Database, reading: Database | Reading, query: Query, *, quoted: bool = False) -> None:
        self._db = db
        self._reading = reading
        self._quoted = quoted
        self._values: dict[str, Value] = {}
        self._units = [g for g in query.groups if all(t.field == "unit" and not t.no for t in g)]
        self._speakers = [g for g in query.groups if all(t.field == "speaker" and not t.no for t in g)]
        self._said = any(t.field == "said" and not t.no for t in query.terms)
        self._figures = any(t.field == "figure" and not t.no for t in query.terms)
        self.condition = Condition(" AND ".join(self._groups(query.groups)) or "1 = 1", self._values)

    def _groups(self, groups: Sequence[tuple[Term, ...]]) -> list[str]:
        plain = [g for g in groups if all(t.field == "words" and not t.no for t in g)]
        found = []
        if plain:
            found.append(self._words(tuple(tuple(map(_phrase, g)) for g in plain)))
        for group in groups:
            if group in plain or self._implied(group):
                continue
            found.append("(" + " OR ".join(map(self._term, group)) + ")")
        return found

    def _implied(self, group: tuple[Term, ...]) -> bool:
        """Units stand in the conditions of figures, one speaker in those of what was said."""
        if self._figures and group in self._units:
            return True
        return not self._quoted and self._said and len(self._speakers) == 1 and group in self._speakers

    def _term(self, term: Term) -> str:
        sql = _TERMS[term.field](self, term)
        return f"NOT coalesce({sql}, FALSE)" if term.no else f"({sql})"

    def _value(self, value: Value) -> str:
        name = f"t{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def _sought(self, table: str, number: str, clauses: tuple[tuple[Phrase, ...], ...]) -> str:
        found = self._db.words(table, number, clauses, name=f"t{len(self._values)}_")
        self._values.update(found.values)
        return found.sql

    def _listed(self, values: Sequence[Value]) -> str:
        return "(" + ", ".join(map(self._value, values)) + ")"

    def _words(self, clauses: tuple[tuple[Phrase, ...], ...]) -> str:
        """Words of articles, or of quotations. A plus keeps SQLite from fetching every match before it sorts."""
        if not self._quoted:
            return self._sought("article_words", "+a.number", clauses)
        sql = self._sought("quotation_words", "q.number", clauses)
        return f"+{sql}" if self._common("quotation q", sql) else sql

    def _common(self, table: str, where: str) -> bool:
        """Tell whether at least `COMMON` rows meet the condition."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {where} LIMIT {COMMON}) few"
        row = self._reading.one(sql, **self._values)
        return row is not None and row[0] >= COMMON

    def _with(self, table: str, name: str, where: str) -> str:
        """The condition that one of the article's own rows in a table meets another one.

        In the look at each article the columns are hidden from SQLite, so that it finds the rows by their article.
        """
        sql = f"SELECT {name}.article FROM {table} {name} WHERE {where} LIMIT {COMMON}"
        few = [row[0] for row in self._reading.rows(sql, **self._values)]
        if len(few) < COMMON:
            return f"a.number IN {numbered(few)}"
        hidden = where.replace("f.unit IN", "coalesce(f.unit, '') IN").replace("f.high", "+f.high")
        hidden = hidden.replace("f.low", "+f.low").replace("q.number IN", "+q.number IN")
        return f"EXISTS (SELECT 1 FROM {table} {name} WHERE {name}.article = a.number AND {hidden})"

    def words(self, term: Term) -> str:
        """Return the condition for a word or phrase."""
        return self._words(((_phrase(term),),))

    def said(self, term: Term) -> str:
        """Return the condition for words inside a quotation; with one speaker asked for, inside theirs."""
        clauses = ((_phrase(term),),)
        if self._quoted:
            return self._words(clauses)
        if len(self._speakers) != 1 or term.no:
            return self._with("quotation", "q", self._sought("quotation_words", "q.number", clauses))
        spoken = " OR ".join(map(self._spoken, self._speakers[0]))
        inside = self._sought("quotation_words", "+q.number", clauses)
        return f"+a.number IN (SELECT q.article FROM quotation q WHERE ({spoken}) AND {inside})"

    def _spoken(self, term: Term) -> str:
        words = self._sought("speaker_words", "p.number", ((_phrase(term),),))
        return f"q.speaker IN (SELECT p.number FROM speaker p WHERE {words})"

    def speaker(self, term: Term) -> str:
        """Return the condition that somebody of that name is quoted."""
        if self._quoted:
            return self._spoken(term)
        return f"+a.number IN (SELECT q.article FROM quotation q WHERE {self._spoken(term)})"

    def outlet(self, term: Term) -> str:
        """Return the condition for an outlet by words of its name, or its domain."""
        sought = keys(str(term.value))
        names = [key for key in _outlets(self._reading) if _holds(key.split(), sought)][:MOST_NAMES]
        column = "a.outlet_key" if len(names) <= FEW_NAMES else "coalesce(a.outlet_key, '')"
        found = f"{column} IN {self._listed(names)}" if names else NOTHING.sql
        return f"{found} OR a.domain = {self._value(str(term.value))}" if "." in str(term.value) else found

    def feed(self, term: Term) -> str:
        """Return the condition that a feed whose address or title holds those words brought the article."""
        sought = keys(str(term.value))
        rows = self._reading.rows("SELECT number, url, title FROM feed ORDER BY number")
        numbers = [n for n, url, title in rows if _holds(keys(f"{url} {title or ''}"), sought)][:MOST_NAMES]
        if not numbers:
            return NOTHING.sql
        among = self._listed(numbers)
        return f"a.feed IN {among} OR a.number IN (SELECT g.article FROM sighting g WHERE g.feed IN {among})"

    def time(self, term: Term) -> str:
        """Return the condition that the article is of that time."""
        at = _bounds(term)
        parts = []
        if at.low is not None:
            parts.append(f"a.at >= {self._value(at.low)}")
        if at.high is not None:
            parts.append(f"a.at < {self._value(at.high)}")
        return " AND ".join(parts)

    def figure(self, term: Term) -> str:
        """Return the condition that a figure lies in bounds; a range does where it shares a number with them."""
        of = _bounds(term)
        parts = [self._unit(group) for group in self._units if not term.no]
        if of.low is not None:
            parts.append(f"f.high {'>' if of.low_open else '>='} {self._value(of.low)}")
        if of.high is not None:
            parts.append(f"f.low {'<' if of.high_open else '<='} {self._value(of.high)}")
        return self._with("figure", "f", " AND ".join(parts))

    def _unit(self, group: Sequence[Term]) -> str:
        return f"f.unit IN {self._listed([str(t.value) for t in group])}"

    def unit(self, term: Term) -> str:
        """Return the condition that a figure is counted in that unit."""
        return self._with("figure", "f", self._unit([term]))

    def story(self, term: Term) -> str:
        """Return the condition that the article is in the story of that id, or the one it was merged into."""
        row = self._reading.one("SELECT number FROM story WHERE id = :id", id=str(term.value))
        if row is None:
            return NOTHING.sql
        story = self._value(resolved(self._reading, row[0]))
        return f"a.number IN (SELECT m.article FROM membership m WHERE m.story = {story})"

    def lang(self, term: Term) -> str:
        """Return the condition that the article is in that language."""
        return f"a.language = {self._value(str(term.value))}"


def numbered(numbers: Iterable[int]) -> str:
    """Return the numbers of rows as a list for IN; of none at all one that nothing is in."""
    return "(" + (", ".join(str(int(n)) for n in dict.fromkeys(numbers)) or "NULL") + ")"


def _phrase(term: Term) -> Phrase:
    return term.value if isinstance(term.value, Phrase) else Phrase(keys(str(term.value)))


def _bounds(term: Term) -> Bounds:
    return term.value if isinstance(term.value, Bounds) else Bounds(None, None)


def _holds(words: Sequence[str], sought: Sequence[str]) -> bool:
    """Tell whether ``sought`` stands in a row in ``words``."""
    n = len(sought)
    return n > 0 and any(tuple(words[i : i + n]) == tuple(sought) for i in range(len(words) - n + 1))


def _outlets(db: Database | Reading) -> list[str]:
    """The folded names of all outlets, each found by one step in the index."""
    sql = (
        "WITH RECURSIVE outlets (name) AS (SELECT min(outlet_key) FROM article UNION ALL "
        "SELECT (SELECT min(a.outlet_key) FROM article a WHERE a.outlet_key > o.name) FROM outlets o "
        "WHERE o.name IS NOT NULL) SELECT name FROM outlets WHERE name IS NOT NULL"
    )
    return [row[0] for row in db.rows(sql)]


_TERMS: Mapping[Field, Callable[[Builder, Term], str]] = {
    "words": Builder.words,
    "said": Builder.said,
    "speaker": Builder.speaker,
    "outlet": Builder.outlet,
    "feed": Builder.feed,
    "after": Builder.time,
    "before": Builder.time,
    "on": Builder.time,
    "figure": Builder.figure,
    "unit": Builder.unit,
    "story": Builder.story,
    "lang": Builder.lang,
}
