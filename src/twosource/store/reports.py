"""Reports kept beside their articles, and what is findable of them: who said which words, which figures.

A report is kept whole, without its text, and comes back equal. Its index rows are made again with it; a report that is
kept already is not written again, because ids and places are the same at every reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from time import time

from twosource.article import Article, Block, Spans, hull
from twosource.facts import Credit, Figure, Mode, Note, Person, Quotation, TimeExpression
from twosource.report import Report
from twosource.store import articles
from twosource.store.database import AT_ONCE, Database, Indexed, Reading, Row, Value, Writing, listing
from twosource.store.encoded import decoded, encoded
from twosource.store.settle import parts
from twosource.store.wording import keys

NAME = 200
"""Code points of a speaker's name, a unit, a subject or an outlet that are indexed."""

BETWEEN = " … "
"""What stands between the parts of an interrupted quotation where its words are shown in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A report without its article."""

    language: str | None
    model: str | None
    blocks: tuple[Block, ...]
    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]
    figures: tuple[Figure, ...]
    times: tuple[TimeExpression, ...]
    credits: tuple[Credit, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Of a quotation, what tells whether its words are asserted: its mode, and where its content and cue stand."""

    id: str
    mode: Mode
    content: Spans
    cue: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attributions:
    """Of a report's JSON, the attributions alone."""

    quotations: tuple[Attributed, ...]


_FACTS = ("language", "model", "blocks", "quotations", "people", "figures", "times", "credits", "notes")


def put(db: Database, number: int, report: Report, reader: str, *, now: float | None = None) -> bool:
    """Keep the report of the article of that number, in one transaction; tell whether anything was written.

    ``reader`` is the program's version and mode. Nothing is written where it is kept already, or where the article is
    not there any more. A report that replaces another one makes its story's account stale. The article's language is
    the report's where its source stated none.

    Raises:
        ValueError: the report is of another text.

    """
    with db.writing() as w:
        return put_within(w, number, report, reader, now=time() if now is None else now)


def put_within(w: Writing, number: int, report: Report, reader: str, *, now: float) -> bool:
    """As `put`, inside a transaction that is open already."""
    article = w.one("SELECT sha256, at, outlet_key FROM article WHERE number = :number", number=number)
    if article is None:
        return False
    if article["sha256"] != report.article.sha256:
        raise ValueError(f"the report of {report.id} is not of article {number}'s text")
    blob = encoded(_Kept(**{name: getattr(report, name) for name in _FACTS}))
    before = w.one("SELECT reader, json FROM report WHERE article = :number", number=number)
    if before and before["reader"] == reader and bytes(before["json"]) == blob:
        return False
    if before:
        drop(w, [number])
        w.run(
            "UPDATE story SET changes = changes + 1, changed = :now "
            "WHERE number = (SELECT story FROM membership WHERE article = :number)",
            number=number,
            now=now,
        )
    w.run(
        "INSERT INTO report (article, reader, read_at, json) VALUES (:number, :reader, :now, :json)",
        number=number,
        reader=reader,
        now=now,
        json=blob,
    )
    w.run(
        "UPDATE article SET language = :language WHERE number = :number AND language IS NULL",
        language=report.language,
        number=number,
    )
    _index_quotations(w, number, report, article)
    _index_figures(w, number, report)
    return True


def get(db: Database | Reading, ids: Iterable[str]) -> list[Report]:
    """Return the reports of the articles of those ids, in their order, with texts; those without are left out.

    Raises:
        Damaged: a stored report is broken.

    """
    wanted = list(ids)
    blobs = {row["id"]: row["json"] for row in _rows(db, wanted, "a.id, r.json")}
    found = articles.get(db, [name for name in wanted if name in blobs])
    return [_joined(article, decoded(blobs[article.id], _Kept)) for article in found]


def attributed(db: Database | Reading, ids: Iterable[str]) -> dict[str, dict[str, Attributed]]:
    """Return the quotations of reports without all that costs time to read, by article id and quotation id.

    Raises:
        Damaged: a stored report is broken.

    """
    rows = _rows(db, list(dict.fromkeys(ids)), "a.id, r.json")
    return {row["id"]: {q.id: q for q in decoded(row["json"], _Attributions).quotations} for row in rows}


def missing(db: Database | Reading, ids: Iterable[str], reader: str) -> list[str]:
    """Return those of the ids, in order, whose article is there without a report by this reader."""
    wanted = list(dict.fromkeys(ids))
    there = {row["id"]: row["reader"] for row in _rows(db, wanted, "a.id, r.reader", join="LEFT JOIN")}
    return [name for name in wanted if name in there and there[name] != reader]


def _rows(db: Database | Reading, ids: Sequence[str], columns: str, join: str = "JOIN") -> Iterator[Row]:
    for at in range(0, len(ids), AT_ONCE):
        among = listing(ids[at : at + AT_ONCE])
        sql = f"SELECT {columns} FROM article a {join} report r ON r.article = a.number WHERE a.id IN {among.sql}"
        yield from db.rows(sql, **among.values)


def _joined(article: Article, kept: _Kept) -> Report:
    return Report(article=article, **{name: getattr(kept, name) for name in _FACTS})


def _index_quotations(w: Writing, number: int, report: Report, article: Row) -> None:
    """Write what was said, findable by its words and its speaker."""
    said = [q for q in report.quotations if q.content]
    speakers = _speakers(w, report, said)
    text, outlet = report.article.text, (article["outlet_key"] or "")[:NAME]
    rows: list[dict[str, Value]] = []
    for given, q in zip(w.numbers("quotation", len(said)), said, strict=True):
        place = hull(q.content)
        rows.append(
            {
                "number": given,
                "id": q.id,
                "article": number,
                "at": article["at"],
                "speaker": speakers.get(q.speaker or ""),
                "act": q.act,
                "mode": q.mode,
                "start": place.start,
                "stop": place.end,
                "words": BETWEEN.join(span.of(text) for span in q.content),
            }
        )
    w.run_many(
        "INSERT INTO quotation (number, id, article, at, speaker, act, mode, start, stop, words) "
        "VALUES (:number, :id, :article, :at, :speaker, :act, :mode, :start, :stop, :words)",
        rows,
    )
    w.index_words("quotation_words", (Indexed(_number(row["number"]), "", str(row["words"])) for row in rows))
    _count(w, [(_number(row["speaker"]), outlet) for row in rows if row["speaker"] is not None], 1)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _speakers(w: Writing, report: Report, said: Sequence[Quotation]) -> dict[str, int]:
    """The number of each speaker of the report, by person id; new ones are written."""
    people = {p.id: p for p in report.people}
    spoke = {q.speaker: people[q.speaker] for q in said if q.speaker in people}
    found: dict[str, int] = {}
    made: dict[tuple[str, str], int] = {}
    for person_id, person in spoke.items():
        key = speaker_key(person.name), person.kind
        if key not in made:
            made[key] = _speaker(w, *key, person.name[:NAME])
        found[person_id or ""] = made[key]
    return found


def speaker_key(name: str) -> str:
    """Return a speaker's name as it is told apart: folded words, or the name itself where it has none."""
    return (" ".join(keys(name[:NAME])) or name.strip().casefold())[:NAME]


def _speaker(w: Writing, key: str, kind: str, name: str) -> int:
    row = w.one("SELECT number FROM speaker WHERE key = :key AND kind = :kind", key=key, kind=kind)
    if row:
        return int(row[0])
    sql = "INSERT INTO speaker (key, kind, name) VALUES (:key, :kind, :name) RETURNING number"
    number = w.insert(sql, key=key, kind=kind, name=name)
    w.index_words("speaker_words", [Indexed(number, "", name)])
    return number


def _count(w: Writing, spoken: Sequence[tuple[int, str]], by: int) -> None:
    """Add to (or take from) how often each speaker was quoted, and by which outlet."""
    counts: dict[tuple[int, str], int] = {}
    for key in spoken:
        counts[key] = counts.get(key, 0) + by
    rows: list[dict[str, Value]] = [{"speaker": s, "outlet": o, "n": n} for (s, o), n in sorted(counts.items())]
    w.run_many("UPDATE speaker SET quotations = quotations + :n WHERE number = :speaker", rows)
    w.run_many(
        "INSERT INTO speaker_outlet (speaker, outlet, quotations) VALUES (:speaker, :outlet, :n) "
        "ON CONFLICT (speaker, outlet) DO UPDATE SET quotations = speaker_outlet.quotations + excluded.quotations",
        rows,
    )


def _index_figures(w: Writing, number: int, report: Report) -> None:
    """Write the figures that have a number; bounds are both there, equal where it is no range."""
    text = report.article.text
    told = [(f, bounds) for f in report.figures if (bounds := _bounds(f))]
    w.run_many(
        "INSERT INTO figure (number, id, article, value, low, high, unit, subject, start, stop) "
        "VALUES (:number, :id, :article, :value, :low, :high, :unit, :subject, :start, :stop)",
        (
            {
                "number": given,
                "id": f.id,
                "article": number,
                "value": f.value,
                "low": low,
                "high": high,
                "unit": f.unit.casefold()[:NAME],
                "subject": f.subject.of(text)[:NAME] if f.subject else "",
                "start": f.span.start,
                "stop": f.span.end,
            }
            for given, (f, (low, high)) in zip(w.numbers("figure", len(told)), told, strict=True)
        ),
    )


def _bounds(figure: Figure) -> tuple[float, float] | None:
    known = [float(n) for n in (figure.low, figure.value, figure.high) if n is not None and isfinite(n)]
    return (min(known), max(known)) if known else None


def drop(w: Writing, numbers: Sequence[int]) -> int:
    """Take out the reports of the articles of those numbers and all that is findable of them; return how many."""
    return sum(_drop(w, part) for part in parts(numbers))


def _drop(w: Writing, numbers: Sequence[int]) -> int:
    among = listing(numbers)
    here = f"article IN {among.sql}"
    rows = w.rows(
        "SELECT q.number, q.words, q.speaker, a.outlet_key FROM quotation q JOIN article a ON a.number = q.article "
        f"WHERE q.article IN {among.sql}",
        **among.values,
    )
    w.drop_words("quotation_words", (Indexed(row["number"], "", row["words"]) for row in rows))
    w.run(f"DELETE FROM quotation WHERE {here}", **among.values)
    w.run(f"DELETE FROM figure WHERE {here}", **among.values)
    spoken = [(row["speaker"], (row["outlet_key"] or "")[:NAME]) for row in rows if row["speaker"] is not None]
    _count(w, spoken, -1)
    _silence(w, sorted({speaker for speaker, _ in spoken}))
    return w.run(f"DELETE FROM report WHERE {here}", **among.values)


def _silence(w: Writing, speakers: Sequence[int]) -> None:
    """Take out speakers whom nobody quotes any more."""
    for part in parts(speakers):
        among = listing(part)
        w.run(f"DELETE FROM speaker_outlet WHERE quotations <= 0 AND speaker IN {among.sql}", **among.values)
        rows = w.rows(
            f"SELECT number, name FROM speaker WHERE quotations <= 0 AND number IN {among.sql}", **among.values
        )
        w.drop_words("speaker_words", (Indexed(row["number"], "", row["name"]) for row in rows))
        w.run_many("DELETE FROM speaker WHERE number = :number", ({"number": row["number"]} for row in rows))


def all_indexed_words(db: Reading) -> Iterator[tuple[str, Indexed]]:
    """Yield all that the full-text tables of quotations and speakers hold, table by table, to fill them anew."""
    for number, words in db.each("SELECT number, words FROM quotation ORDER BY number"):
        yield "quotation_words", Indexed(number, "", words)
    for number, name in db.each("SELECT number, name FROM speaker ORDER BY number"):
        yield "speaker_words", Indexed(number, "", name)


def miscounted(db: Reading) -> Mapping[str, tuple[int, int]]:
    """Return speakers, by name, whose count is not that of their quotations: (counted, there). Empty if all is well."""
    sql = (
        "SELECT p.name, p.quotations, count(q.number) FROM speaker p LEFT JOIN quotation q ON q.speaker = p.number "
        "GROUP BY p.number, p.name, p.quotations HAVING p.quotations <> count(q.number)"
    )
    return {name: (counted, there) for name, counted, there in db.rows(sql)}
