"""How sure an attribution is: a logistic score over what the rule, the verb, the subject and the surroundings tell.

Weights are learned from annotated news (``lang/<code>/certainty.toml``); the score estimates the share of such findings
that an annotator marks too. Findings below the floor are dropped.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from math import exp, log
from typing import TYPE_CHECKING

from twosource.article import Span
from twosource.extract.cues import Grammar
from twosource.extract.frames import Frame
from twosource.extract.headlines import HEADS
from twosource.extract.marked import Draft, Marked
from twosource.lang import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHORT, _LONG = 2, 5
"""Words up to which a content is short, and from which it is long."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """The weights of one language.

    ``floor`` is the least score kept, ``floors`` those of kinds of rules, by the first word of the rule.
    """

    floor: float
    bias: float
    weight: float
    floors: dict[str, float]
    signs: dict[str, float]


def certainty_of(lang: Language) -> Certainty:
    """Return the weights of ``lang``."""
    return lang.table("certainty", Certainty)


def weigh(marked: Marked, drafts: list[Draft], table: Certainty) -> list[Draft]:
    """Return the drafts that are sure enough, each with its score and the signs seen.

    A rule too rare to have been learned keeps the weight it came with.
    """
    covers = Contents(drafts)
    kept = []
    for draft in drafts:
        signs = signs_of(marked, draft, covers)
        score = _score(draft.score, signs, table) if signs[0] in table.signs else draft.score
        if score >= table.floors.get(draft.rule.split(".")[0], table.floor):
            features = {**draft.features, "signs": " ".join(signs), "weight": round(draft.score, 2)}
            kept.append(replace(draft, score=round(score, 3), features=features))
    return kept


def _score(weight: float, signs: tuple[str, ...], table: Certainty) -> float:
    odds = log(min(0.98, max(0.02, weight)) / (1 - min(0.98, max(0.02, weight))))
    return 1 / (1 + exp(-(table.bias + table.weight * odds + sum(table.signs.get(s, 0.0) for s in signs))))


class Contents:
    """The contents reported in a paragraph, to tell reports within reports."""

    def __init__(self, drafts: list[Draft]) -> None:
        spans = sorted((s, d.rule) for d in drafts for s in d.content)
        self._starts = [s.start for s, _ in spans]
        self._widest = list(accumulate(((s.end, rule) for s, rule in spans), max))

    def around(self, place: Span) -> str | None:
        """Return the rule of a content that holds ``place``, or None."""
        before = bisect_right(self._starts, place.start) - 1
        end, rule = self._widest[before] if before >= 0 else (-1, "")
        return rule if end >= place.end else None


def signs_of(marked: Marked, draft: Draft, covers: Contents) -> tuple[str, ...]:
    """Return the signs that the score weighs, in words."""
    signs = [
        f"rule:{draft.rule}",
        f"act:{draft.act}",
        _size(marked, draft),
        f"mode:{draft.mode or marked.mode(draft.content)}",
    ]
    if marked.paragraph.block.kind in HEADS:
        signs.append("headline")
    if draft.cue and (outer := covers.around(draft.cue[0])):
        signs.append("within:words" if outer.startswith(("direct", "transcript", "post")) else "within:report")
    if draft.frame is not None:
        signs += _verb_signs(draft.frame)
    return tuple(signs)


def _size(marked: Marked, draft: Draft) -> str:
    words = sum(len(s.of(marked.text).split()) for s in draft.content)
    return "size:short" if words <= _SHORT else "size:long" if words > _LONG else "size:medium"


def _verb_signs(frame: Frame) -> list[str]:
    verb = frame.verb
    signs = [f"verb:{verb.tag_}", f"source:{_source(frame.subject, frame.cues.grammar)}"]
    if frame.subject is not None and not frame.near:
        signs.append("source:far")
    if verb.dep_ in ("relcl", "advcl", "acl", "xcomp", "ccomp", "pcomp"):
        signs.append(f"clause:{verb.dep_}")
    for child in verb.lefts:
        if child.dep_ == "neg":
            signs.append("negated")
        elif child.tag_ == "MD":
            signs.append("modal")
        elif child.dep_ == "auxpass":
            signs.append("passive")
        elif child.dep_ == "mark" and child.lower_ in frame.cues.grammar.conditions:
            signs.append("condition")
    return signs


def _source(subject: "Token | None", grammar: Grammar) -> str:
    if subject is None:
        return "none"
    lower = subject.lower_
    if lower in grammar.first:
        return "first"
    if lower in grammar.third:
        return "third"
    if lower in grammar.impersonal:
        return "impersonal"
    if subject.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return f"named:{subject.ent_type_}"
    return f"tag:{subject.tag_}"
