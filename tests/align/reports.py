"""Reports written down for the tests of alignment: a text, and the words in it that are quotations or figures."""

from tests.written import lines, place
from twosource.account import AccountPerson, Lineage
from twosource.article import Article, stable_id
from twosource.facts import Figure, Person, Quotation, TimeExpression
from twosource.lineage import Traced
from twosource.report import Report
from twosource.resolve.people import People


def said(text, words, speaker="Ana Mora", source="", cue="", mode="direct", act="said"):
    """A quotation of ``words`` by the person of that name (None: nobody could be told)."""
    content = tuple(place(text, piece) for piece in words.split(" … "))
    return Quotation(
        id=stable_id("q", words, text),
        act=act,
        mode=mode,
        content=content,
        source=(place(text, source),) if source else (),
        cue=(place(text, cue),) if cue else (),
        speaker=f"p-{speaker}" if speaker else None,
        score=1.0,
        rule="made",
    )


def counted(text, number, value, unit="people", subject="", **more):
    """A figure."""
    where = place(text, number)
    return Figure(
        id=stable_id("f", where, text),
        span=where,
        value=value,
        unit=unit,
        subject=place(text, subject) if subject else None,
        **more,
    )


def report(key, text, *facts, published=None, kinds=None):
    """A report of ``text`` with these quotations, figures and times."""
    quotations = tuple(f for f in facts if isinstance(f, Quotation))
    names = dict.fromkeys(q.speaker.removeprefix("p-") for q in quotations if q.speaker)
    return Report(
        article=Article(id=key, text=text, published=published),
        language="en",
        model=None,
        blocks=lines(text),
        quotations=quotations,
        people=tuple(Person(id=f"p-{name}", name=name, kind=(kinds or {}).get(name, "person")) for name in names),
        figures=tuple(f for f in facts if isinstance(f, Figure)),
        times=tuple(f for f in facts if isinstance(f, TimeExpression)),
    )


def people(*reports, voices=None):
    """One account person for every name; ``voices`` says who speaks for which name."""
    found = {p.id: p for r in reports for p in r.people}
    known = tuple(
        AccountPerson(
            id=f"a-{p.name}",
            name=p.name,
            kind=p.kind,
            speaks_for=f"a-{voices[p.name]}" if voices and p.name in voices else None,
        )
        for p in found.values()
    )
    return People(known, {(r.id, p.id): f"a-{p.name}" for r in reports for p in r.people})


def traced(*reports, copies=()):
    """Every report an origin of its own; the reports of ``copies`` carry one text."""
    texts = {r.id: "copy" if r.id in copies else r.id for r in reports}
    lineage = Lineage(reports=len(reports), independent_reports=len(set(texts.values())))
    return Traced(lineage, {r.id: f"o-{r.id}" for r in reports}, {}, texts)
