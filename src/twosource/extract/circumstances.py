"""To whom and when something was said, where the sentence tells it.

The hearer is the object of "tell", what follows "to", the outlet of an interview, the people at a briefing, or the network
of a post; a name is given as written. The day is that of a time expression in the reporting words, never of the content.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from twosource.article import Span, Spans
from twosource.extract.cues import Venues
from twosource.extract.frames import Frame
from twosource.extract.marked import Draft, Marked
from twosource.extract.sources import phrase_of
from twosource.facts import Period, TimeExpression, ToldTo

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 40
"""Tokens before and after the cue among which an interview or briefing is looked for."""

_PRONOUNS = frozenset({"it", "that", "this", "himself", "herself", "themselves", "itself"})


def with_hearer(marked: Marked, draft: Draft, venues: Venues) -> Draft:
    """Return the draft with the hearer its sentence names, if any."""
    if draft.frame is None or draft.told_to is not None:
        return draft
    head = draft.frame.hearer if _heard(draft.frame) else None
    head = head or _said_to(draft.frame, draft.content, marked) or _venue(marked, draft, venues)
    if head is None or head.lower_ in _PRONOUNS:
        return draft
    first, end = phrase_of(head)
    span = marked.place(first, end)
    if any(span.overlaps(s) for s in (*draft.content, *draft.source)):
        return draft
    return replace(draft, told_to=ToldTo(" ".join(span.of(marked.text).split()), span))


def _heard(frame: Frame) -> bool:
    return frame.hearer is not None and frame.hearer.dep_ in ("dobj", "dative", "nsubj")


def _said_to(frame: Frame, content: Spans, marked: Marked) -> "Token | None":
    """'suggested to Holt that', 'he said to reporters'."""
    for child in frame.verb.children:
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and frame.word.clause:
            told = next((c for c in child.children if c.dep_ == "pobj"), None)
            if told is not None and told.pos_ in ("NOUN", "PROPN", "PRON"):
                return told
    return None


def _venue(marked: Marked, draft: Draft, venues: Venues) -> "Token | None":
    """'in an interview with X', 'at a briefing for X', 'wrote on X': nouns of the sentence outside content and source."""
    frame = draft.frame
    if frame is None:
        return None
    first, end = max(frame.bounds[0], frame.verb.i - NEAR), min(frame.bounds[1], frame.verb.i + NEAR)
    for token in marked.doc[first:end]:
        place = marked.paragraph.place(token)
        if any(place.overlaps(s) for s in draft.content):
            continue
        if token.lower_ in venues.occasions:
            found = _with_whom(token, venues)
            if found is not None:
                return found
        if token.lower_ in venues.networks and token.dep_ == "pobj" and token.head.lower_ in ("on", "via"):
            return token
    return None


def _with_whom(occasion: "Token", venues: Venues) -> "Token | None":
    for child in occasion.children:
        if child.dep_ == "prep" and child.lower_ in venues.joins:
            told = next((c for c in child.children if c.dep_ == "pobj"), None)
            if told is not None:
                return told
    return next((c for c in occasion.children if c.dep_ == "compound" and c.ent_type_ == "ORG"), None)


def said_when(marked: Marked, draft: Draft, times: tuple[TimeExpression, ...]) -> Period | None:
    """Return the days of the time expression in the draft's reporting words that stands nearest to its cue."""
    if not draft.cue or not times:
        return None
    cue = draft.cue[0]
    bounds = _bounds(marked, draft)
    near = [t for t in _resolved(times, bounds) if not any(t.span.overlaps(s) for s in (*draft.content, *draft.source))]
    best = min(near, key=lambda t: _gap(t.span, cue), default=None)
    return Period(best.start, best.end) if best else None


def _bounds(marked: Marked, draft: Draft) -> Span:
    if draft.frame is not None:
        return marked.place(*draft.frame.bounds)
    anchor = marked.doc[draft.anchor or 0]
    return marked.place(*marked.sentences[marked.sentence_of[anchor.i]])


def _resolved(times: tuple[TimeExpression, ...], bounds: Span) -> Iterator[TimeExpression]:
    for time in times:
        if bounds.covers(time.span) and time.type in ("DATE", "TIME") and (time.start or time.end):
            yield time


def _gap(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)
