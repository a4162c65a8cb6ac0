"""To whom and when something was said, where the sentence tells it.

The hearer is the object of "tell", what follows "to", the outlet of an interview, the people at a briefing, the network
of a post, the programme or the gathering somebody spoke on or at; a name is given as written. The day is that of a time
expression that hangs on the reporting verb.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twosource.article import Span
from twosource.extract.cues import Grammar, Venues
from twosource.extract.frames import Frame
from twosource.extract.marked import Draft, Marked, Range
from twosource.extract.sources import phrase_of
from twosource.facts import Period, TimeExpression, ToldTo
from twosource.lang.language import language

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
SHOWS = frozenset({"ORG", "WORK_OF_ART"})
"""Labels of the parse model for what nobody is spoken to in, and for what people speak on."""

NEAR = 40
"""Tokens before and after the cue among which an interview or briefing is looked for."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The part of ``venues.toml`` on where people speak: verbs and the words that join them, gatherings, posting."""

    speaking: frozenset[str]
    to: frozenset[str]
    at: frozenset[str]
    on: frozenset[str]
    gatherings: frozenset[str]
    posts: dict[str, str]


_PRONOUNS = frozenset(
    {"them", "him", "her", "me", "us", "you", "it", "that", "this", "himself", "herself", "themselves", "itself"}
)


def with_hearer(marked: Marked, draft: Draft, venues: Venues) -> Draft:
    """Return the draft with the hearer its sentence names, if any."""
    if draft.frame is None or draft.told_to is not None:
        return draft
    stages = language(marked.doc.lang_).table("venues", Stages)
    head = draft.frame.hearer if _heard(draft.frame) else None
    head = head or _said_to(draft.frame) or _venue(marked, draft, venues) or _stage(draft.frame, stages)
    if head is None or head.lower_ in _PRONOUNS:
        return _posted(marked, draft, stages)
    span = marked.content(*_hearers(head, draft.frame.cues.grammar)) or marked.paragraph.place(head)
    if any(span.overlaps(s) for s in (*draft.content, *draft.source)):
        return draft
    return replace(draft, told_to=ToldTo(" ".join(span.of(marked.text).split()), span))


def _hearers(head: "Token", grammar: Grammar) -> Range:
    """The noun phrase of who heard it, without place and time behind it ("a crowd in Leeds on Tuesday")."""
    first, end = phrase_of(head)
    for child in head.rights:
        if child.i < end and ((child.dep_ == "prep" and child.lower_ not in grammar.parts) or child.dep_ == "npadvmod"):
            return first, child.left_edge.i
    return first, end


def _heard(frame: Frame) -> bool:
    return frame.hearer is not None and frame.hearer.dep_ in ("dobj", "dative", "nsubj")


def _said_to(frame: Frame) -> "Token | None":
    """'suggested to Holt that', 'he said to reporters'."""
    for child in frame.verb.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in frame.cues.grammar.hearers and frame.word.clause:
            told = next((c for c in child.children if c.dep_ == "pobj"), None)
            if told is not None and told.pos_ in ("NOUN", "PROPN", "PRON"):
                return told
    return None


def _venue(marked: Marked, draft: Draft, venues: Venues) -> "Token | None":
    """'in an interview with X', 'at a briefing for X', 'wrote on X': words that hang on the reporting verb."""
    frame = draft.frame
    if frame is None:
        return None
    first, end = max(frame.bounds[0], frame.verb.i - NEAR), min(frame.bounds[1], frame.verb.i + NEAR)
    for token in marked.doc[first:end]:
        place = marked.paragraph.place(token)
        if token.lower_ not in venues.occasions and token.lower_ not in venues.networks:
            continue
        if not frame.holds(token) or any(place.overlaps(s) for s in draft.content):
            continue
        if token.lower_ in venues.occasions:
            found = _with_whom(token, venues)
            if found is not None:
                return found
        if token.lower_ in venues.networks and token.dep_ == "pobj" and token.head.lower_ in frame.cues.grammar.posted:
            return token
    return None


def _stage(frame: Frame, stages: Stages) -> "Token | None":
    """'said on "Morning Show"', 'speaking to reporters, X said', 'said at a rally': who was spoken to, or where."""
    verbs = [frame.verb, *(c for c in frame.verb.children if c.lower_ in stages.speaking and c.dep_ == "advcl")]
    for verb in verbs:
        for prep in (c for c in verb.children if c.dep_ in ("prep", "dative")):
            told = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if told is not None and _stands_for_hearers(told, prep.lower_, stages, speaking=verb is not frame.verb):
                return told
    return None


def _stands_for_hearers(told: "Token", prep: str, stages: Stages, *, speaking: bool) -> bool:
    if speaking and prep in stages.to:
        return told.ent_type_ not in PLACES
    if prep in stages.on:
        return told.pos_ == "PROPN" and told.ent_type_ in SHOWS
    return prep in stages.at and (told.lemma_.lower() in stages.gatherings or told.ent_type_ == "EVENT")


def _posted(marked: Marked, draft: Draft, stages: Stages) -> Draft:
    """'he tweeted': the verb alone tells the network."""
    verb = draft.frame.verb if draft.frame else None
    network = stages.posts.get(verb.lemma_.lower()) if verb is not None else None
    if verb is None or network is None or any(marked.paragraph.place(verb).overlaps(s) for s in draft.content):
        return draft
    return replace(draft, told_to=ToldTo(network, marked.paragraph.place(verb)))


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
    roles = (*draft.content, *draft.source)
    near = [t for t in _resolved(times, _bounds(marked, draft)) if not any(t.span.overlaps(s) for s in roles)]
    if draft.frame is not None:
        near = [t for t in near if _of_saying(marked, draft.frame, t.span)]
    best = min(near, key=lambda t: _gap(t.span, cue), default=None)
    return Period(best.start, best.end) if best else None


def _of_saying(marked: Marked, frame: Frame, span: Span) -> bool:
    """Tell whether a time stands in the frame or hangs on its verb."""
    words = marked.paragraph.tokens(span)
    return bool(words) and (frame.verb.i < words[0].i < frame.right or any(frame.holds(t) for t in words[:4]))


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
