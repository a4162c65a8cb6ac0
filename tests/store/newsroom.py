"""A small newsroom for tests of what is kept of stories: articles stored, put into stories, read."""

from functools import cache

from tests.store.made import NOW, article, incoming
from tests.written import lines, place
from twosource.article import Span
from twosource.facts import Figure, Person, Quotation
from twosource.report import Report
from twosource.store import articles, reports, stories
from twosource.stories.judgements import Assignment, Reason


def stored(db, n=6, **changed):
    """Store ``n`` articles and return their numbers by id."""
    return {o.id: o.number for o in articles.add(db, [incoming(i, **changed) for i in range(n)], now=NOW)}


def assignment(name, story, **changed):
    """The machine's word that an article belongs in a story."""
    given = {"score": 1.25, "margin": 0.5, "why": (Reason("likeness", "alike"),), "new": False}
    return Assignment(name, story, **given | changed)


def grouped(db, **told):
    """Store articles and put them into stories: ``grouped(db, a=3, b=2)`` makes a story a of three and b of two."""
    numbers = stored(db, sum(told.values()))
    names = iter(numbers)
    seats = [assignment(next(names), story) for story, n in told.items() for _ in range(n)]
    stories.assign(db, seats, NOW)
    return numbers


def seats(db):
    """Which article is in which story, by ids."""
    rows = db.rows(
        "SELECT a.id, s.id FROM membership m JOIN article a ON a.number = m.article JOIN story s ON s.number = m.story"
    )
    return {row[0]: row[1] for row in rows}


@cache
def read_once(n):
    """A report of the ``n``-th article, made by hand: one quotation of Odile Brandt, one figure, one unnamed voice."""
    given = article(n)
    said = (place(given.text, f"“We had room for {n} more,”"), place(given.text, "“but nobody rang us.”"))
    blame = place(given.text, "the new scale")
    growers = place(given.text, "Growers")
    name = place(given.text, "Odile Brandt")
    crates = place(given.text, f"{n} crates")
    return Report(
        article=given,
        language="en",
        model="none",
        blocks=lines(given.text),
        quotations=(
            Quotation(
                id=f"q-{n}", act="said", mode="direct", content=said, speaker="p-1", score=0.9, rule="r", source=(name,)
            ),
            Quotation(id=f"q-{n}b", act="said", mode="indirect", content=(blame,), speaker="p-2", score=0.5, rule="r"),
        ),
        people=(
            Person("p-1", "Odile Brandt", "person", ("harbour master",), None, (name,)),
            Person("p-2", "Growers", "group", (), None, (growers,)),
        ),
        figures=(
            Figure(
                id=f"f-{n}",
                span=Span(crates.start, crates.start + len(str(n))),
                value=float(n),
                unit="crates",
                subject=place(given.text, "crates of pears"),
            ),
        ),
    )


def told(db, n=6):
    """Store ``n`` articles with those reports and return their numbers by id."""
    numbers = stored(db, n)
    for i, number in enumerate(numbers.values()):
        reports.put(db, number, read_once(i), "rules", now=NOW)
    return numbers
