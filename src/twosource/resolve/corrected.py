"""Reports as people have corrected them: whose words a quotation is."""

from collections.abc import Iterable
from dataclasses import replace

from twosource.article import stable_id
from twosource.extract.words import plain
from twosource.facts import Person, Quotation
from twosource.judgements import Judgements
from twosource.report import Report

RULE = "corrected"
"""What stands as the rule of a quotation whose speaker a person named."""


def corrected(report: Report, judged: Judgements) -> Report:
    """Return the report with the speakers that were named for its quotations; the report itself where none was.

    A name that the report has no person for becomes a person of it, without mentions.
    """
    named = {q: name for (article, q), name in judged.speakers.items() if article == report.id}
    mine = [q for q in report.quotations if q.id in named]
    if not mine:
        return report
    people = _with(report, (named[q.id] for q in mine))
    by_name = {plain(p.name): p.id for p in reversed(people)}
    quotations = tuple(_spoken(q, by_name.get(plain(named[q.id]))) if q.id in named else q for q in report.quotations)
    return replace(report, people=people, quotations=quotations)


def _spoken(quotation: Quotation, speaker: str | None) -> Quotation:
    return replace(quotation, speaker=speaker, rule=RULE)


def _with(report: Report, names: Iterable[str]) -> tuple[Person, ...]:
    """The report's people and those of ``names`` that it has not."""
    known = {plain(p.name) for p in report.people}
    fresh = {plain(name): name for name in names if plain(name)}
    added = (
        Person(stable_id("p", report.article.sha256, "person", key), name, "person")
        for key, name in fresh.items()
        if key not in known
    )
    return (*report.people, *added)
