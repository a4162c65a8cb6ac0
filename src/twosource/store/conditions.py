"""A query as conditions on stored articles or quotations, in SQL that both databases understand.

What was typed is always a parameter. Words go to the full-text index by `Database.words`; names of outlets and feeds,
of which there are few, are compared here, so that both databases fold them alike. A condition may be made for some of
the rows alone (`Part`): it then looks into the indexes only where these rows lie.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from twosource.store.database import Condition, Database, Reading, Runs, Value, runs_of
from twosource.store.query import Bounds, Field, Query, Term
from twosource.store.settle import resolved
from twosource.store.wording import Clauses, Phrase, keys

MOST_NAMES = 500
"""Outlets or feeds that one term may stand for."""

FEW_NAMES = 20
"""Outlets whose articles are fetched by outlet; with more, articles are gone through by time until a page is full."""

MOST_SPEAKERS = 10_000
"""Speakers that one name may stand for."""

GAP, MOST_RUNS = 200, 128
"""Rows that are read over sooner than a step is made over them in an index (a step takes 15 to 60 µs, a row that holds
the word 0.3 µs, 100,000 articles, 2026-11-22), and steps at most; with more the index is read from first to last.
"""

_HIDDEN_UNIT = "coalesce(f.unit, '')"
"""The unit of a figure, so that SQLite does not look for figures by it."""

NOTHING = Condition("1 = 0", {})

Group = tuple[Term, ...]


class Ask(NamedTuple):
    """Groups of a query that are asked of an index at once: all plain words in one, each other group by itself."""

    groups: tuple[Group, ...]

    @property
    def clauses(self) -> Clauses:
        """The words of groups that are words."""
        return tuple(tuple(map(phrase_of, group)) for group in self.groups)

    @property
    def prefixed(self) -> bool:
        """Tell whether words are only begun: the index then puts all words with that beginning together first."""
        return any(isinstance(t.value, Phrase) and t.value.prefix for group in self.groups for t in group)

    @property
    def negative(self) -> bool:
        """Tell whether it only says what must not be."""
        return all(t.no for group in self.groups for t in group)

    def only(self, field: Field) -> bool:
        """Tell whether all terms are of that field, and none says what must not be."""
        return all(t.field == field and not t.no for group in self.groups for t in group)


class Part(NamedTuple):
    """Some of the articles (or quotations): the condition that tells them, and their numbers; None where they lie all
    over the table, so that knowing them would not help.
    """

    where: Condition
    numbers: Sequence[int] | None


_OWN: frozenset[Field] = frozenset({"outlet", "after", "before", "on", "lang"})
"""What an article's own row tells."""


class Conditions:
    """What a query asks of ``article a``, or with ``quoted`` of ``quotation q`` joined with it.

    ``own`` is what the rows tell by themselves, ``asks`` are all else. With ``quoted`` words are those of a quotation.
    """

    def __init__(self, db: Database, reading: Reading, query: Query, *, quoted: bool = False) -> None:
        self.db = db
        self.reading = reading
        self.quoted = quoted
        self._units = [g for g in query.groups if Ask((g,)).only("unit")]
        self._speakers = [g for g in query.groups if Ask((g,)).only("speaker")]
        self._said = any(Ask((g,)).only("said") for g in query.groups)
        self._figures = any(Ask((g,)).only("figure") for g in query.groups)
        rows = _OWN | {"speaker"} if quoted else _OWN
        own = [g for g in query.groups if all(t.field in rows for t in g)]
        self.asks = tuple(_asks([g for g in query.groups if g not in own and not self._implied(g)]))
        self._outlets: dict[str, list[str]] = {}
        self._speaking: dict[Phrase, list[int]] = {}
        self.own = Terms(self, None, "o").all([Ask((g,)) for g in own])

    @property
    def joins(self) -> bool:
        """Tell whether a quotation's condition looks at its article."""
        return "a." in self.own.sql or not all(
            t.field in {"words", "said"} for a in self.asks for g in a.groups for t in g
        )

    @property
    def units(self) -> Sequence[Group]:
        """What figures have to be counted in."""
        return self._units

    @property
    def speaker(self) -> Group | None:
        """Who has to have said what said: looks for, where exactly one is asked for."""
        return self._speakers[0] if len(self._speakers) == 1 else None

    @property
    def spoken(self) -> Condition:
        """The condition on a quotation ``l`` that the first of those is its speaker who have to be quoted."""
        return Terms(self, None, "s").any(Terms.leading, self._speakers[0])

    @property
    def led(self) -> Group | None:
        """Whose quotations lead to all that is asked for; nobody's where quotations are what is looked for."""
        return self._speakers[0] if self._speakers and not self.quoted else None

    def of(self, part: Part | None = None, *, known: Collection[Ask] = (), led: bool = False) -> Condition:
        """Return what the asks come to, but for those that are ``known`` to hold; for the rows of ``part`` alone.

        ``led`` says that the rows are found by quotations ``l`` of the speaker who has to have said it.
        """
        return Terms(self, part, "t", led=led).all([ask for ask in self.asks if ask not in known])

    def _implied(self, group: Group) -> bool:
        """Units stand in the conditions of figures that must be there, one speaker in those of what was said."""
        if self._figures and group in self._units:
            return True
        return not self.quoted and self._said and len(self._speakers) == 1 and group in self._speakers

    def outlets(self, sought: str) -> list[str]:
        """Return the folded names of outlets that have those words in a row."""
        if sought not in self._outlets:
            words = keys(sought)
            self._outlets[sought] = [key for key in _outlets(self.reading) if _holds(key.split(), words)][:MOST_NAMES]
        return self._outlets[sought]

    def speakers(self, name: Phrase) -> list[int]:
        """Return the numbers of the speakers that have those words in their names, the most quoted ones."""
        if name not in self._speaking:
            sought = self.db.words("speaker_words", "p.number", ((name,),), name="name")
            sql = f"SELECT p.number FROM speaker p WHERE {sought.sql} ORDER BY p.quotations DESC LIMIT :most"
            rows = self.reading.rows(sql, **sought.values, most=MOST_SPEAKERS)
            self._speaking[name] = [row[0] for row in rows]
        return self._speaking[name]

    def feeds(self, sought: str) -> list[int]:
        """Return the numbers of feeds whose address or title has those words in a row."""
        words = keys(sought)
        rows = self.reading.rows("SELECT number, url, title FROM feed ORDER BY number")
        return [n for n, url, title in rows if _holds(keys(f"{url} {title or ''}"), words)][:MOST_NAMES]

    def story(self, name: str) -> int | None:
        """Return the number of the story of that id, or the one it was merged into."""
        row = self.reading.one("SELECT number FROM story WHERE id = :id", id=name)
        return None if row is None else resolved(self.reading, row[0])


def _asks(groups: Sequence[Group]) -> Iterable[Ask]:
    plain = tuple(g for g in groups if Ask((g,)).only("words"))
    if plain:
        yield Ask(plain)
    yield from (Ask((g,)) for g in groups if g not in plain)


class Terms:
    """Writes conditions, with parameters of its own whose names begin with ``prefix``."""

    def __init__(self, conditions: Conditions, part: Part | None, prefix: str, *, led: bool = False) -> None:
        self._of = conditions
        self._led = led
        self._part = part
        self._prefix = prefix
        self._values: dict[str, Value] = {}
        self._own_runs: Runs | None = None
        self._said_runs: Runs | None = None

    def all(self, asks: Sequence[Ask]) -> Condition:
        """Return the condition that all asks hold."""
        return Condition(" AND ".join(map(self._ask, asks)) or "1 = 1", self._values)

    def any(self, made: Callable[["Terms", Term], str], terms: Iterable[Term]) -> Condition:
        """Return the condition that one of the terms holds, each written by ``made``."""
        return Condition("(" + " OR ".join(made(self, term) for term in terms) + ")", self._values)

    def _ask(self, ask: Ask) -> str:
        if ask.only("words"):
            return self._plain(ask.clauses)
        return " AND ".join(map(self._either, ask.groups))

    def _either(self, terms: Sequence[Term]) -> str:
        return "(" + " OR ".join(map(self._term, terms)) + ")"

    def _term(self, term: Term) -> str:
        sql = _TERMS[term.field](self, term)
        return f"NOT coalesce({sql}, FALSE)" if term.no else f"({sql})"

    def _value(self, value: Value) -> str:
        name = f"{self._prefix}{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def _listed(self, values: Iterable[Value]) -> str:
        return "(" + ", ".join(map(self._value, values)) + ")"

    def _sought(self, table: str, number: str, clauses: Clauses, within: Runs | None) -> str:
        name = f"{self._prefix}{len(self._values)}_"
        found = self._of.db.words(table, number, clauses, name=name, within=within)
        self._values.update(found.values)
        return found.sql

    def _runs(self) -> Runs | None:
        """Where the part's rows lie."""
        if self._part and self._part.numbers is not None and self._own_runs is None:
            self._own_runs = runs_of(self._part.numbers, gap=GAP, most=MOST_RUNS)
        return self._own_runs

    def _quotations(self) -> Runs | None:
        """Where the quotations of the part's articles lie."""
        if self._of.quoted:
            return self._runs()
        if self._part and self._part.numbers is not None and self._said_runs is None:
            where = self._part.where
            sql = f"SELECT q.number FROM article a JOIN quotation q ON q.article = a.number WHERE {where.sql}"
            self._said_runs = runs_of(
                (n for (n,) in self._of.reading.rows(sql, **where.values)), gap=GAP, most=MOST_RUNS
            )
        return self._said_runs

    def _plain(self, clauses: Clauses) -> str:
        """Words of articles, or of quotations. A plus keeps SQLite from fetching every match before it sorts."""
        if self._of.quoted:
            return self._sought("quotation_words", "+q.number", clauses, self._runs())
        return self._sought("article_words", "+a.number", clauses, self._runs())

    def words(self, term: Term) -> str:
        """Return the condition for a word or phrase."""
        return self._plain(((phrase_of(term),),))

    def said(self, term: Term) -> str:
        """Return the condition for words inside a quotation; with one speaker asked for, inside theirs."""
        clauses = ((phrase_of(term),),)
        if self._of.quoted:
            return self._plain(clauses)
        if self._led and self._of.speaker and not term.no:
            return self._sought("quotation_words", "+l.number", clauses, None)
        found = self._sought("quotation_words", "+q.number" if self._part else "q.number", clauses, self._quotations())
        if self._of.speaker and not term.no:
            found = f"{found} AND ({' OR '.join(f'+{self.spoken(t)}' for t in self._of.speaker)})"
        if self._part:
            return f"EXISTS (SELECT 1 FROM quotation q WHERE q.article = a.number AND {found})"
        return f"+a.number IN (SELECT q.article FROM quotation q WHERE {found})"

    def spoken(self, term: Term) -> str:
        """Return the condition on a quotation that somebody of that name is its speaker."""
        return f"q.speaker IN {numbered(self._of.speakers(phrase_of(term)))}"

    def leading(self, term: Term) -> str:
        """Return the same condition on a quotation ``l``."""
        return f"l.speaker IN {numbered(self._of.speakers(phrase_of(term)))}"

    def speaker(self, term: Term) -> str:
        """Return the condition that somebody of that name is quoted."""
        if self._of.quoted:
            return self.spoken(term)
        if self._part and self._part.numbers is not None:
            return f"EXISTS (SELECT 1 FROM quotation q WHERE q.article = a.number AND +{self.spoken(term)})"
        return f"+a.number IN (SELECT q.article FROM quotation q WHERE {self.spoken(term)})"

    def outlet(self, term: Term) -> str:
        """Return the condition for an outlet by words of its name, or its domain."""
        names = self._of.outlets(str(term.value))
        column = "a.outlet_key" if len(names) <= FEW_NAMES else "coalesce(a.outlet_key, '')"
        either = [f"{column} IN {self._listed(names)}"] if names else []
        if "." in str(term.value):
            either.append(f"a.domain = {self._value(str(term.value))}")
        return " OR ".join(either) or NOTHING.sql

    def feed(self, term: Term) -> str:
        """Return the condition that a feed whose address or title holds those words brought the article."""
        numbers = self._of.feeds(str(term.value))
        if not numbers:
            return NOTHING.sql
        among = self._listed(numbers)
        return f"a.feed IN {among} OR a.number IN (SELECT g.article FROM sighting g WHERE g.feed IN {among})"

    def time(self, term: Term) -> str:
        """Return the condition that the article is of that time."""
        at, column = _bounds(term), "q.at" if self._of.quoted else "a.at"
        parts = []
        if at.low is not None:
            parts.append(f"{column} >= {self._value(at.low)}")
        if at.high is not None:
            parts.append(f"{column} < {self._value(at.high)}")
        return " AND ".join(parts)

    def counted(self, term: Term) -> str:
        """Return the condition on a figure that it lies in bounds; a range does where it shares a number with them.

        Pluses keep SQLite from finding figures by their size: it finds them by their article then.
        """
        if term.field == "unit":
            return self._unit([term], _HIDDEN_UNIT)
        of = _bounds(term)
        parts = self._units(term, _HIDDEN_UNIT)
        if of.low is not None:
            parts.append(f"+f.high {'>' if of.low_open else '>='} {self._value(of.low)}")
        if of.high is not None:
            parts.append(f"+f.low {'<' if of.high_open else '<='} {self._value(of.high)}")
        return " AND ".join(parts)

    def beginning(self, term: Term) -> str:
        """Return the condition on a figure that its lower bound lies in bounds, so that an index by it leads there."""
        if term.field == "unit":
            return self._unit([term], "f.unit")
        of = _bounds(term)
        parts = self._units(term, "f.unit")
        if of.low is not None:
            parts.append(f"f.low {'>' if of.low_open else '>='} {self._value(of.low)}")
        if of.high is not None:
            parts.append(f"f.low {'<' if of.high_open else '<='} {self._value(of.high)}")
        return " AND ".join(parts)

    def reaching(self, term: Term) -> str:
        """Return the condition on a figure that it is a range that begins below the bounds and reaches into them."""
        of = _bounds(term)
        if term.field == "unit" or of.low is None:
            return NOTHING.sql
        below, into = ("<=", ">") if of.low_open else ("<", ">=")
        low = self._value(of.low)
        reaches = ["f.low < f.high", f"f.low {below} {low}", f"f.high {into} {low}"]
        return " AND ".join([*reaches, *self._units(term, _HIDDEN_UNIT)])

    def _units(self, term: Term, column: str) -> list[str]:
        return [self._unit(group, column) for group in self._of.units if not term.no]

    def _unit(self, group: Sequence[Term], column: str) -> str:
        return f"{column} IN {self._listed(str(t.value) for t in group)}"

    def figure(self, term: Term) -> str:
        """Return the condition that the article has such a figure."""
        return f"EXISTS (SELECT 1 FROM figure f WHERE f.article = a.number AND {self.counted(term)})"

    def story(self, term: Term) -> str:
        """Return the condition that the article is in the story of that id, or the one it was merged into."""
        number = self._of.story(str(term.value))
        if number is None:
            return NOTHING.sql
        return f"a.number IN (SELECT m.article FROM membership m WHERE m.story = {self._value(number)})"

    def lang(self, term: Term) -> str:
        """Return the condition that the article is in that language."""
        return f"a.language = {self._value(str(term.value))}"


def numbered(numbers: Iterable[int]) -> str:
    """Return the numbers of rows as a list for IN; of none at all one that nothing is in."""
    return "(" + (", ".join(str(int(n)) for n in dict.fromkeys(numbers)) or "NULL") + ")"


def phrase_of(term: Term) -> Phrase:
    """Return the words of a term."""
    return term.value if isinstance(term.value, Phrase) else Phrase(keys(str(term.value)))


def _bounds(term: Term) -> Bounds:
    return term.value if isinstance(term.value, Bounds) else Bounds(None, None)


def _holds(words: Sequence[str], sought: Sequence[str]) -> bool:
    """Tell whether ``sought`` stands in a row in ``words``."""
    n = len(sought)
    return n > 0 and any(tuple(words[i : i + n]) == tuple(sought) for i in range(len(words) - n + 1))


def _outlets(reading: Reading) -> list[str]:
    """The folded names of all outlets, each found by one step in the index."""
    sql = (
        "WITH RECURSIVE outlets (name) AS (SELECT min(outlet_key) FROM article UNION ALL "
        "SELECT (SELECT min(a.outlet_key) FROM article a WHERE a.outlet_key > o.name) FROM outlets o "
        "WHERE o.name IS NOT NULL) SELECT name FROM outlets WHERE name IS NOT NULL"
    )
    return [row[0] for row in reading.rows(sql)]


_TERMS: Mapping[Field, Callable[[Terms, Term], str]] = {
    "words": Terms.words,
    "said": Terms.said,
    "speaker": Terms.speaker,
    "outlet": Terms.outlet,
    "feed": Terms.feed,
    "after": Terms.time,
    "before": Terms.time,
    "on": Terms.time,
    "figure": Terms.figure,
    "unit": Terms.figure,
    "story": Terms.story,
    "lang": Terms.lang,
}
