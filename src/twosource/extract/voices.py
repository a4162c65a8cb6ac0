"""Who can speak: whether a noun phrase names a person, body, group or document, not a thing, event or place.

The word lists of roles, bodies and documents decide; a name they do not know can speak where the model calls it a
person, body or people.
"""

from typing import TYPE_CHECKING

from twosource.extract.cues import Grammar
from twosource.extract.marked import Draft
from twosource.extract.wordlists import WordLists

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
"""Labels of the model for what can speak; a country or town speaks through its government."""

MIN_MUTE = {"act.infinitive": 0.8, "act.object": 0.5}
"""Least weight of a verb that reports for a noun no list knows, by construction (training articles of PolNeAR, every
third, 2026-11-22: a third of such infinitives are annotated, half of such objects).
"""


def speaking_noun(word: str, lists: WordLists) -> bool:
    """Tell whether a lower-case noun names a person by role, a group, a body or a document."""
    return lists.roles.known(word) or word in lists.bodies.words


def mute(draft: Draft, lists: WordLists) -> bool:
    """Tell whether a promise, wish or object is ascribed to what cannot speak ("the storm threatens to ...").

    A verb that is sure enough by itself needs no such subject.
    """
    least = MIN_MUTE.get(draft.rule.removeprefix("nested."), 0.0)
    if draft.frame is None or draft.frame.subject is None or draft.score >= least:
        return False
    return is_thing(draft.frame.subject, lists, draft.frame.cues.grammar)


def is_thing(subject: "Token", lists: WordLists, grammar: Grammar) -> bool:
    """Tell whether a subject is a common noun that no list knows and no ending makes people, or a place like a river.

    A capital at the start of a sentence tells no name.
    """
    word = subject.lower_
    if subject.ent_type_ in NAMED or subject.pos_ != "NOUN":
        return subject.pos_ == "PROPN" and subject.ent_type_ not in NAMED and word in lists.places.endings
    if subject.text[:1].isupper() and not subject.is_sent_start:
        return False
    named = any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in subject.rights)
    people = named or word.endswith(tuple(grammar.agents)) or word in lists.roles.quantity
    return not (people or speaking_noun(word, lists) or lists.roles.known(subject.lemma_.lower()))
