"""The tense around a time expression: does "Friday" lie behind the report or before it?

Evidence: the verb that governs the expression in the parse, with its auxiliaries. Without a parse model, the words of
the sentence before it.
"""

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from twosource.extract.relative import Direction
from twosource.extract.sentences import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_CLIMB = 12
"""Heads to climb from the expression before giving up; deeper nesting in news is parser error."""

MAX_BACK = 60
"""Code points before an expression that are searched for a word of the future, without a parse."""

_HEADLINES = frozenset(("headline", "dek", "heading"))


class Tenses:
    """Finds the governing verbs of one paragraph; token places are looked up once.

    ``context`` are word groups of ``times.toml``: helpers that make a future, verbs whose present tense tells what has
    happened ("comes after", captions), and words that point forward where there is no parse.
    """

    def __init__(self, paragraph: Paragraph, context: Mapping[str, frozenset[str]]) -> None:
        self._paragraph = paragraph
        self._context = context
        self._starts = [t.idx for t in paragraph.doc] if paragraph.parsed else []

    def at(self, start: int, end: int, *, loosely: bool = True) -> Direction | None:
        """Return the direction of time around the expression from ``start`` to ``end`` of the paragraph (half-open),
        None where nothing tells it.

        ``loosely`` counts the tense of a verb whose noun the expression merely modifies ("set a May 1 deadline").
        """
        if not self._starts:
            return self._from_words(start)
        token = _topmost(self._paragraph.doc[max(0, bisect_right(self._starts, start) - 1)], start, end)
        verb = governor(token)
        if verb is None:
            return None
        direct = token.head == verb or (token.head.dep_ == "prep" and token.head.head == verb)
        if not direct and _told_as_past(token):
            return "past"
        if not direct and not loosely and token.dep_ in ("compound", "nmod", "amod", "poss"):
            return None
        present = direct and not self._headline and verb.lemma_ not in self._context["present_reports"]
        return self._direction(verb, forward=present)

    def lasting(self, start: int, end: int) -> bool:
        """Tell whether the expression says how things are, not when something happened ("today Europe's biggest port").

        Its verb is a bare present of being, having or being used, and what it is or has follows.
        """
        if not self._starts or self._headline:
            return False
        token = _topmost(self._paragraph.doc[max(0, bisect_right(self._starts, start) - 1)], start, end)
        verb = governor(token)
        if verb is None or verb.tag_ not in ("VBZ", "VBP") or token.dep_ in ("nsubj", "attr"):
            return False
        if any(t.dep_ in ("aux", "auxpass") for t in verb.children):
            return False
        state = verb.lemma_.lower() in self._context["states"]
        return state and any(t.dep_ in ("attr", "dobj") and t.pos_ in ("NOUN", "PROPN") for t in verb.rights)

    @property
    def _headline(self) -> bool:
        return self._paragraph.block.kind in _HEADLINES

    def _from_words(self, start: int) -> Direction | None:
        before = self._paragraph.doc.text[max(0, start - MAX_BACK) : start].lower()
        sentence = before.rpartition(". ")[2]
        return "future" if self._context["future"] & set(sentence.split()) else None

    def _direction(self, verb: "Token", *, forward: bool) -> Direction | None:
        """Read the tense of a verb; ``forward`` says that its present tense announces ("starts on Friday")."""
        helpers = {t.lower_: t for t in verb.children if t.dep_ in ("aux", "auxpass")}
        perfect = self._context["perfect_helpers"]
        if not self._context["future_helpers"].isdisjoint(helpers):
            return "future" if perfect.isdisjoint(helpers) else "past"
        if any(t.tag_ == "VBD" or t.lemma_ in perfect for t in helpers.values()):
            return "past"
        if not self._context["infinitive"].isdisjoint(helpers):
            above = governor(verb.head) if verb.head.lemma_ in self._context["done_by"] else None
            return "past" if above is not None and above.tag_ == "VBD" else "future"
        tag = verb.tag_
        if tag == "VBN" and not helpers and verb.lower_ in self._context["plans_for"]:
            return "future"
        if tag == "VBD" or (tag == "VBN" and not (helpers and forward)):
            return "past"
        return "future" if tag == "VB" or (forward and (helpers or tag in ("VBZ", "VBP"))) else None


def _told_as_past(token: "Token") -> bool:
    """Tell whether a clause in the past tense hangs on the noun that the expression dates ("the ruling in June that
    struck it down").
    """
    noun = token.head.head if token.head.dep_ == "prep" else token.head
    return any(t.dep_ == "relcl" and t.tag_ == "VBD" for t in noun.children)


def _topmost(token: "Token", start: int, end: int) -> "Token":
    """Return the token of the expression that all of it hangs on, as far as the parse says ("p.m." of "8 p.m.")."""
    for _ in range(MAX_CLIMB):
        if not start <= token.head.idx < end or token.head.i == token.i:
            break
        token = token.head
    return token


def governor(token: "Token") -> "Token | None":
    """Return the nearest verb above ``token`` in the parse, itself included; None where there is none within reach."""
    for _ in range(MAX_CLIMB):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None
