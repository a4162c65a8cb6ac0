"""Finds articles and quotations by a query: which hold its terms, the newest or the best first, and where they match.

A page goes on after the last hit by (time, number), so that what arrives meanwhile moves nothing. Ranking is the
database's own (BM25 in SQLite, ts_rank in PostgreSQL) over the newest `RANKED` matches, ties the newest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.article import Span
from twosource.store.conditions import numbered
from twosource.store.database import Database, Reading, Row, listing
from twosource.store.finding import Cursor, Finder
from twosource.store.marks import excerpt, matched
from twosource.store.packed import unpacked
from twosource.store.query import Query, QuerySyntax, parse
from twosource.store.wording import Phrase

__all__ = ["Cursor", "Hit", "Query", "QuerySyntax", "Quoted", "articles", "parse", "quotations"]

DEADLINE = 2.0
"""Seconds after which a search is given up with `TooSlow`."""

RANKED = 5_000
"""Matches that are ranked: the newest. On 100,000 articles ranking one takes 3 µs (2026-11-22)."""

Order = Literal["newest", "best"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a query found. ``spans`` are the matched words in its text as received, ``title_spans`` in its
    title, ``excerpt`` the stretch of its text to show, ``shown`` the words of that stretch. ``at`` is in seconds.
    """

    number: int
    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    at: float
    story: str | None
    spans: tuple[Span, ...]
    title_spans: tuple[Span, ...]
    excerpt: Span
    shown: str

    @property
    def cursor(self) -> Cursor:
        """Where the next page begins."""
        return self.at, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation: its id and place (first to last content) in the article, its words, and who spoke.

    ``spans`` are matched words in ``words``; ``act`` and ``mode`` as in a report. ``speaker`` numbers `people.Speaker`.
    """

    number: int
    id: str
    article: str
    title: str | None
    outlet: str | None
    at: float
    story: str | None
    speaker: int | None
    name: str | None
    kind: str | None
    act: str
    mode: str
    span: Span
    words: str
    spans: tuple[Span, ...] = ()

    @property
    def cursor(self) -> Cursor:
        """Where the next page begins."""
        return self.at, self.number


def articles(
    db: Database,
    query: Query | str,
    *,
    limit: int = 20,
    before: Cursor | None = None,
    order: Order = "newest",
    among: Sequence[int] | None = None,
    deadline: float = DEADLINE,
) -> list[Hit]:
    """Return articles that the query finds; ``among`` looks at articles of those numbers alone.

    In the order "best" ``before`` is not used: it is one page of the best.

    Raises:
        QuerySyntax: the query, if it is text, cannot be understood.
        TooSlow: it took longer than ``deadline`` seconds.

    """
    wanted = parse(query) if isinstance(query, str) else query
    with db.reading(deadline=deadline) as r:
        finder = Finder(db, r, wanted)
        found = _best(r, finder, limit, among) if order == "best" else None
        if found is None:
            found = finder.newest(limit, before) if among is None else finder.among(among, limit, before)
        return _hits(r, found, _phrases(wanted))


def _best(r: Reading, finder: Finder, limit: int, among: Sequence[int] | None) -> list[int] | None:
    """Numbers of the best; None where the query holds no words to rank by."""
    of = finder.conditions
    words = next((ask for ask in of.asks if ask.only("words")), None)
    if words is None:
        return None
    ranked = of.db.ranked("article_words", words.clauses, newest=RANKED, name="ranked")
    more = of.of(known=(words,))
    here = "" if among is None else f"AND a.number IN {numbered(among)} "
    sql = (
        f"WITH ranked AS MATERIALIZED ({ranked.sql}) SELECT a.number FROM ranked r "
        f"JOIN article a ON a.number = r.number WHERE {of.own.sql} AND {more.sql} {here}"
        "ORDER BY r.rank, a.at DESC, a.number DESC LIMIT :page"
    )
    return [row[0] for row in r.rows(sql, **of.own.values, **more.values, **ranked.values, page=limit)]


def _phrases(query: Query) -> list[Phrase]:
    """The words that a hit may show."""
    return [t.value for t in query.terms if t.field in {"words", "said"} and not t.no and isinstance(t.value, Phrase)]


def _hits(r: Reading, numbers: Sequence[int], phrases: Sequence[Phrase]) -> list[Hit]:
    among = listing(numbers)
    sql = (
        "SELECT a.number, a.id, a.title, a.outlet, a.url, a.published, a.at, a.text, s.id AS story FROM article a "
        "LEFT JOIN membership m ON m.article = a.number LEFT JOIN story s ON s.number = m.story "
        f"WHERE a.number IN {among.sql}"
    )
    rows = {row["number"]: row for row in r.rows(sql, **among.values)}
    return [_hit(rows[number], phrases) for number in numbers if number in rows]


def _hit(row: Row, phrases: Sequence[Phrase]) -> Hit:
    text = unpacked(row["text"])
    spans = matched(text, phrases)
    shown = excerpt(text, spans)
    return Hit(
        number=row["number"],
        id=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=row["published"],
        at=row["at"],
        story=row["story"],
        spans=spans,
        title_spans=matched(row["title"] or "", phrases),
        excerpt=shown,
        shown=shown.of(text),
    )


QUOTED = (
    "SELECT q.number, q.id, a.id AS article, a.title, a.outlet, q.at, s.id AS story, q.speaker, p.name, p.kind, q.act, "
    "q.mode, q.start, q.stop, q.words FROM quotation q JOIN article a ON a.number = q.article "
    "LEFT JOIN speaker p ON p.number = q.speaker LEFT JOIN membership m ON m.article = a.number "
    "LEFT JOIN story s ON s.number = m.story"
)


def quotations(
    db: Database,
    query: Query | str,
    *,
    limit: int = 20,
    before: Cursor | None = None,
    deadline: float = DEADLINE,
) -> list[Quoted]:
    """Return quotations, the newest first: words (and said:) are looked for in what was said, speaker: is its speaker,
    all else is asked of the article. Raises as `articles` does.
    """
    wanted = parse(query) if isinstance(query, str) else query
    with db.reading(deadline=deadline) as r:
        numbers = Finder(db, r, wanted, quoted=True).newest(limit, before)
        sql = f"{QUOTED} WHERE q.number IN {numbered(numbers)} ORDER BY q.at DESC, q.number DESC"
        return list(quoted(r.rows(sql), _phrases(wanted)))


def quoted(rows: Iterable[Row], phrases: Sequence[Phrase] = ()) -> Iterable[Quoted]:
    """Yield the quotations of rows with the columns of `QUOTED`."""
    for row in rows:
        told = {name: row[name] for name in row.keys() if name not in {"start", "stop"}}  # noqa: SIM118 - not a dict
        yield Quoted(**told, span=Span(row["start"], row["stop"]), spans=matched(row["words"], phrases))
