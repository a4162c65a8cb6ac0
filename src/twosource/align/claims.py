"""Claims: what a report tells in its own voice, held against what other reports tell.

Two things are looked for. Hearsay told as fact: words that one report has from other media and the other report tells
as its own. Strength: a word that stands behind "may" in one report and is asserted in the other, in like sentences of
which at least one is nobody's but the outlet's. Evidence: the sentences that no quotation touches, the likeness of
words, and whom a report credits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from twosource.account import Conflict, Place
from twosource.align.clauses import clause, conflict, covering
from twosource.align.contrast import commitments, hearsay
from twosource.align.passages import distance, passages, story_weights
from twosource.align.similarity import Vector, cosine, proposed, rarest
from twosource.align.strength import LOW, flatly
from twosource.align.words import Word, keys, words
from twosource.anchor import fold
from twosource.article import Span, Spans, hull
from twosource.extract.outlets import find_outlets, publisher_of, squeezed
from twosource.report import Report

LEAST = 4
"""Different content words a claim must have to be compared."""

COPIED = 0.3
"""Largest share of words changed between a credited claim and an own-voice sentence that was taken over from it: what
is told in other words may be known from elsewhere.
"""

ALIKE = 0.6
"""Least cosine between two sentences of which one is held to be firmer. Of 89 stories not used for any tuning one pair
is shown, and rightly, 2026-11-22.
"""

RARE = 6
"""Rarest content words by which a claim is looked up."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A stretch of a report that tells something.

    ``source`` are the words for whom it is credited to, "" in the report's own voice; ``credited`` holds both.
    """

    report: Report
    sentence: Span
    seen: tuple[Word, ...]
    vector: Vector
    source: str
    credited: Span


def claims_differ(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield what own-voice sentences tell otherwise than other reports, in order of the reports."""
    claims = _claims(reports)
    for a, b in sorted(proposed(rarest(claim.vector, RARE) for claim in claims)):
        one, other = claims[a], claims[b]
        if one.report.id != other.report.id and not (one.source and other.source):
            yield from _as_fact(one, other)
            yield from _firmer(one, other)


def _claims(reports: Sequence[Report]) -> list[_Claim]:
    """The claims of all reports; equal words of one kind only once."""
    weights = story_weights(reports)
    found: dict[tuple[tuple[str, ...], str], _Claim] = {}
    for report in reports:
        for span, seen, credited in (*_own(report), *_credited(report)):
            if len(set(keys(seen))) >= LEAST:
                source = " ".join(hull(credited).of(report.article.text).split()) if credited else ""
                claim = _Claim(report, span, seen, weights.vector(keys(seen)), source, hull((*credited, span)))
                found.setdefault((_forms(claim), source), claim)
    return list(found.values())


_Found = tuple[Span, tuple[Word, ...], Spans]


def _own(report: Report) -> Iterator[_Found]:
    """The sentences of the body that no attribution touches."""
    taken = sorted(span for q in report.quotations for span in (*q.content, *q.cue, *q.source))
    at = 0
    for passage in passages(report):
        while at < len(taken) and taken[at].end <= passage.span.start:
            at += 1
        near = (span for span in taken[at : at + 8])
        if passage.kind == "body" and not any(span.overlaps(passage.span) for span in near):
            yield passage.span, passage.words, ()


def _credited(report: Report) -> Iterator[_Found]:
    """What is given to a source in the reporter's words."""
    for quotation in report.quotations:
        told = quotation.act == "said" and quotation.mode != "direct" and quotation.content
        if told and any(span.width for span in quotation.source):
            seen = words(report.article.text, quotation.content)
            yield hull(quotation.content), seen, quotation.source


# --- hearsay told as fact -------------------------------------------------------------------------------------


def _as_fact(one: _Claim, other: _Claim) -> Iterator[Conflict]:
    credited, own = (one, other) if one.source else (other, one)
    if not credited.source or not _media(credited.source) or _named(credited.source) & _credits(own.report):
        return
    if distance(_forms(credited), _forms(own)) <= COPIED:
        why = f"told as fact in one, with a source in the other: “{credited.source}”"
        left, right = (Place(claim.report.id, claim.credited) for claim in (one, other))
        yield conflict("attribution", "possible", why, left, right)


def _forms(claim: _Claim) -> tuple[str, ...]:
    return tuple(word.form for word in claim.seen)


def _media(source: str) -> bool:
    """Tell whether the words for a source name other media."""
    return bool(_named(source)) or any(hearsay(word.form) for word in words(source, (Span(0, len(source)),)))


@lru_cache(maxsize=4096)
def _named(source: str) -> frozenset[str]:
    """The agencies and outlets that the words name, by the keys of their names."""
    return frozenset(squeezed(named.name) for named in find_outlets(fold(source)))


def _credits(report: Report) -> frozenset[str]:
    """What a report may rest on: its own outlet, and whom it credits anywhere."""
    outlet = publisher_of(report.article.outlet)
    return frozenset(squeezed(name) for name in (*(credit.name for credit in report.credits), outlet or "") if name)


# --- firmer ---------------------------------------------------------------------------------------------------


def _firmer(one: _Claim, other: _Claim) -> Iterator[Conflict]:
    """A conflict where one claim asserts what the other one tells as open."""
    marks = [commitments(claim.seen) for claim in (one, other)]
    if bool(marks[0]) == bool(marks[1]) or cosine(one.vector, other.vector) < ALIKE:
        return
    low, flat, mark = (one, other, marks[0][0]) if marks[0] else (other, one, marks[1][0])
    for asserted in flatly(low.seen, mark, flat.seen) if mark.step <= LOW else ():
        at = covering(low.seen[mark.first : mark.last + 1])
        said = {id(low): at, id(flat): asserted}
        shown = [said[id(claim)].of(claim.report.article.text) for claim in (one, other)]
        places = [_place(claim, said[id(claim)]) for claim in (one, other)]
        why = f"firmer in one: “{shown[0]}” against “{shown[1]}”"
        yield conflict("strength", "possible", why, places[0], places[1], {"steps_apart": 1})


def _place(claim: _Claim, at: Span) -> Place:
    return Place(claim.report.id, clause(claim.report.article.text, claim.sentence, at))
