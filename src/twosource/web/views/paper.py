"""A story for paper: the account in full lines, every place a numbered footnote with its paragraph and address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from twosource.account import Conflict, FigureLine, Place, Statement, Telling
from twosource.article import Spans, hull
from twosource.render.annotate import context, in_place
from twosource.render.phrases import AGREEMENTS, CONFLICTS, RELATIONS, day
from twosource.render.view import articles_of, origins_of
from twosource.web.deeplinks import web_page
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import figures, lineage, reports, statements
from twosource.web.views.chips import outlet, speaker
from twosource.web.views.summary import counts, first_lines
from twosource.web.views.wordings import Piece, clipped, ending, shown_wordings

MOST_STATEMENTS, MOST_FIGURES = 80, 60
"""Lines that go on paper; the page of the story says how many there are."""

MOST_WORDINGS = 12
"""Wordings of one statement on paper."""

NEAR = 80
"""Code points before and after the words of a conflict."""

AROUND = 160
"""Code points before and after the words in a footnote."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """One place: number, report, words in their paragraph, where it stands and when it was read."""

    number: int
    letter: str
    outlet: str
    when: str
    before: str
    words: str
    after: str
    where: str
    page: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: who or what, what is said of it, and its tellings: letters, cue, words in pieces, footnotes."""

    heading: str
    meta: str
    tellings: tuple[tuple[str, str, tuple[Piece, ...], tuple[int, ...]], ...]


class _Notes:
    """Numbers places in the order they are met; the same place gets the same number."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.numbers: dict[tuple[str, Spans], int] = {}

    def of(self, article: str, spans: Spans) -> int:
        return self.numbers.setdefault((article, spans), len(self.numbers) + 1)

    def all(self) -> list[Footnote]:
        return [self._note(article, spans, number) for (article, spans), number in self.numbers.items()]

    def _note(self, article: str, spans: Spans, number: int) -> Footnote:
        told, whole = self.told, hull(spans)
        report = told.page.report[article]
        around = context(report.article.text, report.blocks, whole, AROUND)
        seen = told.seen.get(article)
        read = f", read {day(datetime.fromtimestamp(seen, UTC).date().isoformat())}" if seen else ""
        known = told.page.view.articles[article]
        return Footnote(
            number,
            told.page.letter(article),
            outlet(told, article),
            f"{reports.when(known)}{read}",
            around.before,
            around.shown[:1200],
            around.after,
            f"characters {whole.start} to {whole.end} of text {report.article.sha256[:16]}",
            web_page(known.url) or "",
        )


def contents(told: Told) -> dict[str, Any]:
    """Return every value that the template for paper asks for."""
    notes = _Notes(told)
    shared, _ = figures.ranked(told)
    ranked = statements.ranked(told)
    lines = {
        "conflicts": [_conflict(told, notes, c) for c in sorted(told.account.conflicts, key=lambda c: c.certainty)],
        "statements": [_statement(told, notes, s) for s in ranked[:MOST_STATEMENTS]],
        "figures": [_figure(told, notes, f) for f in shared[:MOST_FIGURES]],
    }
    return lines | {
        "story": told.story,
        "title": short(told.page.view.title),
        "counts": counts(told),
        "glance": first_lines(told),
        "dependences": lineage.dependences(told),
        "reports": reports.reports(told),
        "footnotes": notes.all(),
        "left_out": max(0, len(ranked) - MOST_STATEMENTS) + max(0, len(shared) - MOST_FIGURES),
    }


def _conflict(told: Told, notes: _Notes, conflict: Conflict) -> PaperLine:
    sure = "" if conflict.certainty == "conflict" else " (possible)"
    sides = tuple(_side(told, notes, place) for place in (conflict.left, conflict.right))
    return PaperLine(f"{CONFLICTS[conflict.kind]}{sure}", short(conflict.why, 400), sides)


def _side(told: Told, notes: _Notes, place: Place) -> tuple[str, str, tuple[Piece, ...], tuple[int, ...]]:
    around = told.page.context(place)
    before, after = ending(around.before, NEAR), clipped(around.after, NEAR)
    pieces = (Piece("same", before), Piece("differs", around.shown[:400]), Piece("same", after))
    return told.page.letter(place.article), "", pieces, (notes.of(place.article, (place.span,)),)


def _statement(told: Told, notes: _Notes, statement: Statement) -> PaperLine:
    found, _ = shown_wordings(told, statement, MOST_WORDINGS)
    by_label = {told.page.labels.place(t.article, t.quotation): t for t in statement.tellings}
    tellings = tuple(
        (
            " ".join(c.label for c in w.chips),
            w.cue,
            w.pieces,
            tuple(_numbers(notes, (by_label[c.label] for c in (*w.chips, *w.same_origin) if c.label in by_label))),
        )
        for w in found
    )
    reports = len(articles_of(statement))
    origins = min(reports, len(origins_of(statement.tellings)))
    meta = f"{reports} reports, at most {origins} independent, {RELATIONS[statement.relation]}"
    return PaperLine(speaker(told, statement.speaker), meta, tellings)


def _numbers(notes: _Notes, tellings: Iterable[Telling]) -> Iterable[int]:
    return (notes.of(t.article, t.content) for t in tellings)


def _figure(told: Told, notes: _Notes, line: FigureLine) -> PaperLine:
    tellings = tuple(
        (
            told.page.letter(t.article),
            "",
            (Piece("same", in_place(told.page.view.figure(t, line.unit)[:80])),),
            (notes.of(t.article, (t.span,)),),
        )
        for t in line.tellings[:30]
    )
    return PaperLine(short(told.page.view.subject(line), 120), AGREEMENTS[line.agreement].lower(), tellings)
