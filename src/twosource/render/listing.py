"""One report read, as a listing: what each line is, who said what, figures, times, people, credits, notes."""

from collections import Counter

from twosource.article import Span, Spans
from twosource.facts import Figure, Person, Quotation, TimeExpression
from twosource.render.cues import telling_cue
from twosource.render.lines import NO_BREAK, Look, Piece, Sheet, clipped, named, shown
from twosource.render.phrases import GAP, HEDGES, counted, day, number
from twosource.report import Report

LONGEST_QUOTATION = 6
"""Rows that one quotation may fill."""

CLIPPED = 60
"""Cells of a headline, role or subject before it is cut."""


def render_listing(report: Report, look: Look) -> str:
    """Return the report as lines for a terminal."""
    sheet = Sheet(look)
    _head(report, sheet)
    _quotations(report, sheet)
    _figures(report, sheet)
    _times(report, sheet)
    _people(report, sheet)
    for credit in report.credits:
        sheet.add([("CREDIT   ", "head"), (f"{credit.kind}: {named(credit.name)}", ""), _place(credit.span)], hang=9)
    for note in report.notes:
        place = [_place(note.span)] if note.span else []
        sheet.add([("NOTE     ", "head"), (shown(note.message), ""), *place], hang=9)
    return sheet.text()


def _head(report: Report, sheet: Sheet) -> None:
    article = report.article
    kinds = Counter(block.kind for block in report.blocks)
    headlines = (block.span.of(article.text) for block in report.blocks if block.kind == "headline")
    sheet.add([(shown(article.title or next(headlines, "") or article.origin or article.id), "title")], most=2)
    outlet = article.outlet.name if article.outlet else ""
    about = [named(a) for a in (outlet, article.origin, day(article.published), report.language or "") if a]
    about.append(counted(len(article.text.split()), "word"))
    sheet.add([(" · ".join(about), "")], hang=2)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    sheet.add([(f"{counted(len(report.blocks), 'block')}: {told or 'none'}", "faint")], hang=2)


def _words(report: Report, spans: Spans) -> str:
    return GAP.join(span.of(report.article.text) for span in spans)


def _place(span: Span) -> Piece:
    return (f"  [{span.start}\N{EN DASH}{span.end}]", "faint")


def _quotations(report: Report, sheet: Sheet) -> None:
    for quotation in report.quotations:
        sheet.gap()
        pieces: list[Piece] = [("SAID     " if quotation.act == "said" else "THOUGHT  ", "head")]
        pieces.append((shown(_speaker(report, quotation)), "speaker"))
        if quotation.told_to:
            pieces.append((f" → {shown(quotation.told_to.name)}", ""))
        cue = f", {shown(_words(report, quotation.cue))}" if quotation.cue else ""
        pieces.append((f"  {quotation.mode}{cue}, {quotation.rule}{NO_BREAK}{quotation.score:.2f}", "faint"))
        sheet.add(pieces, hang=9)
        must = telling_cue(report.article.text, quotation.mode, quotation.content, quotation.cue)
        content: list[Piece] = [(f"{shown(must)}: ", "cue")] if must else []
        content.append((shown(_words(report, quotation.content)), ""))
        content += [_place(span) for span in quotation.content[:1]]
        sheet.add(content, first=9, hang=9, most=LONGEST_QUOTATION)


def _speaker(report: Report, quotation: Quotation) -> str:
    who = report.person(quotation.speaker)
    if who is None:
        return _words(report, quotation.source) or "nobody named"
    body = report.person(who.speaks_for)
    return f"{who.name} (for {body.name})" if body else who.name


def _figures(report: Report, sheet: Sheet) -> None:
    sheet.gap()
    for figure in report.figures:
        sheet.add([("FIGURE   ", "head"), *_figure(report, figure), _place(figure.span)], hang=9)


def _figure(report: Report, figure: Figure) -> list[Piece]:
    words = f"{HEDGES[figure.hedge]}{shown(figure.span.of(report.article.text))}"
    subject = shown(figure.subject.of(report.article.text)) if figure.subject else ""
    reach = f"{number(figure.low)} to {number(figure.high)}" if (figure.low, figure.high) != (None, None) else "?"
    whole = f"of {number(figure.of)}" if figure.of is not None else ""
    meant = " ".join(part for part in (number(figure.value) or reach, whole, shown(figure.unit)) if part)
    return [(words, ""), (f" {clipped(subject, CLIPPED)}" if subject else "", ""), (f"  = {meant}", "faint")]


def _times(report: Report, sheet: Sheet) -> None:
    sheet.gap()
    for time in report.times:
        words = shown(time.span.of(report.article.text))
        sheet.add([("TIME     ", "head"), (words, ""), (f"  = {_when(time)}", "faint"), _place(time.span)], hang=9)


def _when(time: TimeExpression) -> str:
    if time.start is None and time.end is None:
        return shown(time.value or "not resolved")
    return day(time.start) if time.start == time.end else f"{day(time.start) or '…'} to {day(time.end) or '…'}"


def _people(report: Report, sheet: Sheet) -> None:
    sheet.gap()
    for person in report.people:
        sheet.add([("NAMED    ", "head"), *_person(person)], hang=9)


def _person(person: Person) -> list[Piece]:
    roles = clipped(shown(", ".join(person.roles)), CLIPPED)
    about = f"  {person.kind}, {counted(len(person.mentions), 'mention')}" + (f", {roles}" if roles else "")
    return [(shown(person.name), "speaker"), (about, "faint")]
