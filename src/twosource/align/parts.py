"""Parts: the sentences of one quotation, and the clauses of a sentence, so that a record that tells two things can
stand in two statements.

Cut at sentence ends inside the content; a sentence can be cut further where a clause is joined on. A part without
content words of its own stays with its neighbour; an interrupted sentence is one part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from twosource.align.passages import sentences
from twosource.align.similarity import Keys
from twosource.align.words import Word, keys, likeness, words
from twosource.anchor import fold
from twosource.article import Span, Spans
from twosource.facts import Quotation
from twosource.lang import ENGLISH
from twosource.report import Report

_QUOTED = re.compile(r'"([^"]{1,2000})"?')
LEAST_WORDS = 3
"""Words each side of a joint must have for the content to be cut there."""


@cache
def _joint() -> re.Pattern[str]:
    """A conjunction after a comma, or before a word that opens a clause, or a semicolon."""
    table = likeness(ENGLISH)
    joins, opens = "|".join(table.joins.split()), "|".join(table.opens.split())
    return re.compile(
        rf"; (?!\")|, (?:{joins}) (?:that )?| (?:and|but) (?:that (?=\w)|(?=(?:{opens}) ))", re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a quotation's content: its words, their keys, and the words between quotation marks (lower case)."""

    report: Report
    quotation: Quotation
    speaker: str | None
    spans: Spans
    words: tuple[Word, ...]
    keys: Keys
    quoted: tuple[str, ...]


def parts(report: Report, quotation: Quotation, speaker: str | None) -> tuple[Part, ...]:
    """Return the sentences of a quotation in order; together they are its content. ``speaker`` is the account's id."""
    found = _with_content(report.article.text, list(_sentences(report.article.text, quotation.content)))
    return tuple(_part(report, quotation, speaker, spans) for spans in found)


def clauses(part: Part) -> tuple[Part, ...]:
    """Return the clauses of a part in order, without the conjunctions between them; the part itself where it is one."""
    found = _with_content(part.report.article.text, _clauses(part.report.article.text, part.spans))
    if len(found) == 1:
        return (part,)
    return tuple(_part(part.report, part.quotation, part.speaker, spans) for spans in found)


def merged(pieces: Sequence[Part]) -> Part:
    """Return one part of several parts of one quotation (at least one)."""
    if len(pieces) == 1:
        return pieces[0]
    spans = _close(pieces[0].report.article.text, tuple(sorted(span for piece in pieces for span in piece.spans)))
    return _part(pieces[0].report, pieces[0].quotation, pieces[0].speaker, spans)


def _part(report: Report, quotation: Quotation, speaker: str | None, spans: Spans) -> Part:
    text = report.article.text
    seen = words(text, spans)
    quoted = words(text, quoted_spans(text, spans, whole=quotation.mode == "direct"))
    return Part(report, quotation, speaker, spans, seen, keys(seen), tuple(word.form for word in quoted))


def quoted_spans(text: str, spans: Spans, *, whole: bool) -> Spans:
    """Return the stretches of ``spans`` between double quotation marks; all of them for a ``whole`` quotation."""
    if whole:
        return spans
    found = ((span, match) for span in spans for match in _QUOTED.finditer(fold(span.of(text))))
    return tuple(Span(*match.span(1)).moved(span.start) for span, match in found)


def _sentences(text: str, content: Spans) -> Iterator[Spans]:
    """Cut the content; a span that goes on in lower case after an interruption stays with the one before."""
    open_piece: Spans = ()
    for span in content:
        for piece in sentences(text, span):
            if open_piece and not _goes_on(text, open_piece[-1], piece):
                yield open_piece
                open_piece = ()
            open_piece += (piece,)
    if open_piece:
        yield open_piece


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Tell whether ``after`` continues the sentence that ``before`` broke off."""
    between = text[before.end : after.start]
    first = next((c for c in after.of(text) if c.isalnum()), "A")
    return bool(between.strip()) and first.islower() and before.of(text).rstrip("\"'”’ ")[-1:] not in {".", "?", "!"}


def _clauses(text: str, spans: Spans) -> list[Spans]:
    """Cut a sentence where a clause is joined on; an interrupted one stays whole."""
    if len(spans) > 1:
        return [spans]
    whole, found = spans[0], []
    start = whole.start
    for joint in _joint().finditer(fold(whole.of(text))):
        cut = Span(*joint.span()).moved(whole.start)
        if _long(text, Span(start, cut.start)) and _long(text, Span(cut.end, whole.end)):
            found.append((Span(start, cut.start),))
            start = cut.end
    return [*found, (Span(start, whole.end),)]


def _long(text: str, span: Span) -> bool:
    return len(span.of(text).split()) >= LEAST_WORDS


def _with_content(text: str, pieces: Sequence[Spans]) -> list[Spans]:
    """Join pieces without content words to the one before them (the first to the one after)."""
    joined: list[Spans] = []
    for piece in pieces:
        if joined and (not keys(words(text, piece)) or not keys(words(text, joined[-1]))):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [_close(text, spans) for spans in joined]


def _close(text: str, spans: Spans) -> Spans:
    """Make one span of neighbours with nothing between them but white space, marks and a conjunction."""
    closed = [spans[0]]
    for span in spans[1:]:
        between = fold(text[closed[-1].end : span.start]).lower().strip(" ,;")
        if between in _between():
            closed[-1] = Span(closed[-1].start, max(closed[-1].end, span.end))
        else:
            closed.append(span)
    return tuple(closed)


@cache
def _between() -> frozenset[str]:
    joins = likeness(ENGLISH).joins.split()
    return frozenset({"", *joins, *(f"{join} that" for join in joins)})
