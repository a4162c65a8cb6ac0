"""A colon as cue: headlines ("Holt: no talks this year", "No talks this year: ministry"), transcripts and dialogue.

In a headline either side may be the speaker: the shorter one that names somebody, a role or a body, not a topic. In
running text only a name at the start of its paragraph counts, in capitals or before a quotation.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.extract.cues import Grammar
from twosource.extract.marked import Draft, Marked, Range
from twosource.extract.voices import NAMED, speaking_noun
from twosource.extract.wordlists import WordLists

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_SPEAKER = 6
"""Tokens of a speaker's name before or after a headline's colon."""

MAX_HEADLINE = 60
"""Tokens of a headline; longer blocks are no headlines."""

MIN_CONTENT = 3
"""Tokens of a content beside a colon."""

HEADS = frozenset({"headline", "heading", "dek"})


def colon_drafts(marked: Marked, grammar: Grammar, lists: WordLists) -> Iterator[Draft]:
    """Yield what a speaker named beside a colon says, at most one draft a paragraph."""
    doc = marked.doc
    limit = MAX_HEADLINE if marked.paragraph.block.kind in HEADS else min(len(doc), MAX_SPEAKER + 4)
    at = next((i for i in range(min(limit, len(doc))) if doc[i].text == ":" and marked.holder[i] < 0), None)
    if at is None or at == 0 or at + 1 >= len(doc):
        return
    if marked.paragraph.block.kind in HEADS:
        yield from _headline(marked, at, grammar, lists)
    elif _turn(marked, at):
        yield from _colon(marked, (0, at), (at + 1, len(doc)), "transcript")


def _headline(marked: Marked, at: int, grammar: Grammar, lists: WordLists) -> Iterator[Draft]:
    end = len(marked.doc)
    tail = end - at - 1
    if end > MAX_HEADLINE:
        return
    first, last = (0, at), (at + 1, end)
    if at <= MAX_SPEAKER and tail >= MIN_CONTENT and _names(marked, first, grammar, lists):
        if not _labels(marked, last, grammar):
            yield from _colon(marked, first, last, "headline.colon.first")
    elif tail <= MAX_SPEAKER and at >= MIN_CONTENT and _names(marked, last, grammar, lists):
        yield from _colon(marked, (at + 1, end), (0, at), "headline.colon")


def _colon(marked: Marked, source: Range, content: Range, rule: str) -> Iterator[Draft]:
    span, who = marked.content(*content), marked.content(*source)
    if span and who:
        yield Draft(
            content=(span,), cue=(), source=(who,), act="said", score=0.8, rule=rule, anchor=0, features={"cue": ":"}
        )


def _labels(marked: Marked, side: Range, grammar: Grammar) -> bool:
    """Tell whether a side says what the piece is about ("what we know", "video")."""
    words = [t for t in marked.doc[side[0] : side[1]] if t.is_alpha]
    return bool(words) and (words[0].lower_ in grammar.labels or all(t.lower_ in grammar.topics for t in words))


def _names(marked: Marked, side: Range, grammar: Grammar, lists: WordLists) -> bool:
    """Tell whether a short run of tokens names somebody: no verb, number or topic, and a name, role or body."""
    first, end = side
    run = marked.doc[first:end]
    if any(t.like_num or marked.holder[t.i] >= 0 for t in run) or not any(t.is_alpha for t in run):
        return False
    if any(t.lower_ in grammar.topics or t.lower_ in grammar.labels for t in run):
        return False
    if not marked.paragraph.parsed:
        return all(t.text[:1].isupper() for t in run if len(t.text) > 3)
    if any(t.pos_ in ("VERB", "AUX") for t in run):
        return False
    if first == 0 and all(t.ent_type_ in ("GPE", "LOC") for t in run if t.is_alpha) and marked.opens(end + 1) is None:
        return False  # "Germany: ship hits bridge" names a place
    if marked.opens(end + 1) is not None and any(t.ent_type_ in NAMED for t in run):
        return True
    phrase = _phrase(marked, side)
    if phrase and phrase[-1].pos_ in ("NOUN", "PROPN") and speaking_noun(phrase[-1].lower_, lists):
        return True
    named = any(t.ent_type_ in NAMED for t in phrase) or all(t.pos_ == "PROPN" for t in phrase)
    return named and not any(t.pos_ == "NOUN" and t.text.islower() for t in phrase)


def _phrase(marked: Marked, side: Range) -> "list[Token]":
    """The words of a side up to a preposition."""
    words = [t for t in marked.doc[side[0] : side[1]] if t.is_alpha]
    return words[: next((n for n, t in enumerate(words) if t.pos_ == "ADP" and n), len(words))]


def _turn(marked: Marked, at: int) -> bool:
    """Tell whether a paragraph of running text begins with a speaker: in capitals, or a name before a quotation."""
    run = [t for t in marked.doc[:at] if t.is_alpha]
    if not run or at > MAX_SPEAKER + 3 or len(marked.doc) - at < MIN_CONTENT:
        return False
    capital = all(t.is_upper for t in run) and len(run) <= 3 and sum(len(t.text) for t in run) > 3
    quoted = (
        marked.opens(at + 1) is not None
        and any(t.ent_type_ == "PERSON" for t in run)
        and not any(t.pos_ == "VERB" for t in run)
    )
    return capital or quoted
