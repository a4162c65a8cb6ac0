"""What one verb reports: the quotation beside it, else its clause, infinitive, preposition or object, in that order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from twosource.extract.acts import act_object, followed, gerund, infinitive, passive
from twosource.extract.clauses import clause_after, clause_around, clause_as_said
from twosource.extract.cues import Cues
from twosource.extract.frames import UNKNOWN, Found, Frame, frame_of
from twosource.extract.marked import Draft, Marked
from twosource.extract.quoted import quotation_beside

if TYPE_CHECKING:
    from spacy.tokens import Token


def verb_drafts(marked: Marked, verb: "Token", cues: Cues) -> Iterator[Draft]:
    """Yield what the verb reports, at most one draft."""
    word = cues.verbs.get(cues.lemma(verb))
    inside = marked.holder[verb.i] >= 0
    if word is None and (inside or not marked.pairs or verb.pos_ == "AUX"):
        return
    frame = frame_of(marked, verb, word or UNKNOWN, cues)
    if verb.dep_ in ("amod", "compound") and not frame.inverted:
        return  # "the so-called ..." reports nothing
    found = None if inside else quotation_beside(frame)
    if found is None and word is not None:
        found = _reported(frame)
    if found is None or (frame.subject is None and _names_nobody(verb, frame)):
        return
    draft = frame.draft(found)
    yield replace(draft, rule=f"nested.{draft.rule}") if inside else draft


def _names_nobody(verb: "Token", frame: Frame) -> bool:
    """Without a source: "asked whether ..." of the asked one, and the label of a headline ("Explained: ...")."""
    grammar = frame.cues.grammar
    return (verb.tag_ == "VBN" and frame.lemma in grammar.questions) or verb.lower_ in grammar.topics


def _reported(frame: Frame) -> Found | None:
    """What the verb reports without a quotation beside it."""
    if frame.lemma in frame.cues.beside:
        return None
    found = clause_after(frame) or clause_around(frame) or clause_as_said(frame)
    if found:
        return found
    if (passively := passive(frame)) is not None:
        return passively
    if _nobody(frame):
        return None
    acts = [found for found in (infinitive(frame), gerund(frame), followed(frame), act_object(frame)) if found]
    return max(acts, key=lambda found: found[2], default=None)


def _nobody(frame: Frame) -> bool:
    """A pronoun that names no person makes no promise and blames nobody."""
    return (
        frame.subject is None or frame.subject.lower_ in frame.cues.grammar.impersonal or frame.subject.dep_ == "csubj"
    )
