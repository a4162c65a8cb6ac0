"""Who stands where a source stands and yet said nothing of it: one who is blamed, asked or urged, and a thing.

"Mayor criticized for remarks" tells what others say of the mayor; "senators pressed him to apologize for his claim" no
words of the senators about that claim; "the removal suggests" is a conclusion of the reporter's.
"""

from typing import TYPE_CHECKING

from twosource.article import Span
from twosource.extract.cues import Cues
from twosource.extract.marked import Draft, Marked
from twosource.extract.voices import is_thing
from twosource.extract.wordlists import WordLists

if TYPE_CHECKING:
    from spacy.tokens import Token

HEADLINES = frozenset({"headline", "heading", "dek"})
"""Kinds of block that leave out "was" and "has been"."""

_PAST = frozenset({"VBD", "VBN"})
_OBJECTS = frozenset({"dobj", "ccomp", "attr", "dative"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})


def participle(marked: Marked, verb: "Token", cues: Cues) -> bool:
    """Tell whether a verb of a headline is the participle of a passive without its auxiliary.

    "Criticized for", "Told to", "Urged to": verbs that need somebody as object, in the past, with no object behind.
    """
    if marked.paragraph.block.kind not in HEADLINES:
        return False
    grammar, after = cues.grammar, marked.doc[verb.i + 1 : verb.i + 2]
    past = verb.tag_ in _PAST or (verb.pos_ == "PROPN" and verb.lower_.endswith(tuple(grammar.past)))
    if not past or any(c.dep_ in _OBJECTS for c in verb.rights):
        return False
    if any(c.dep_ in ("aux", "auxpass") for c in verb.lefts):
        return False
    lemma = cues.lemma(verb) if verb.tag_ in _PAST else _stem(verb.lower_, grammar.judging | cues.addressed)
    needs = lemma in grammar.judging or (lemma in cues.addressed and lemma not in grammar.self_bound)
    return needs and (not after or after[0].lower_ in grammar.behind_passive or not after[0].is_alpha)


def _stem(form: str, lemmas: frozenset[str]) -> str:
    """The verb whose regular past ``form`` is, among ``lemmas``; the form where it is none of them."""
    choices = (form[:-2], form[:-1], form[:-3])
    return next((c for c in choices if c in lemmas), form)


def acted_on(marked: Marked, cue: "Token", source: Span, cues: Cues) -> bool:
    """Tell whether ``source`` names whom the passive of a verb of speech is about, not who speaks.

    What somebody is "concerned", "convinced" or "expected" is no speech: there the subject is the one who thinks.
    """
    lemma = cues.lemma(cue)
    if participle(marked, cue, cues):
        return not any(c.dep_ == "agent" and source.start > marked.place(c.i, c.i + 1).start for c in cue.rights)
    passive = any(c.dep_ == "auxpass" and not c.text.startswith("'") for c in cue.lefts)  # "who's called for"
    known = lemma in cues.verbs or lemma in cues.grammar.questions
    if not passive or not known or cues.act(lemma) == "thought":
        return False
    subjects = (c for c in cue.lefts if c.dep_ in _PASSIVE_SUBJECTS)
    return any(source.overlaps(marked.place(c.left_edge.i, c.i + 1)) for c in subjects)


def urged(verb: "Token", cues: Cues) -> bool:
    """Tell whether an infinitive is what somebody else should say: "pressure on him to apologize", "urged them to"."""
    head = verb
    if head.dep_ == "conj" and head.head.tag_ == "VB" and head.tag_ == "VB":
        head = head.head
    if not any(c.tag_ == "TO" for c in head.lefts):
        return False
    above = head.head
    if head.dep_ == "acl":
        return any(c.dep_ == "prep" and c.lower_ in cues.grammar.pressed for c in above.rights if c.i < head.i)
    named = above.lemma_.lower() in cues.addressed and above.lemma_.lower() not in cues.grammar.self_bound
    return head.dep_ in ("xcomp", "ccomp") and named and any(c.dep_ == "dobj" and c.i < head.i for c in above.rights)


def concluded(draft: Draft, lists: WordLists) -> bool:
    """Tell whether a thing "shows" or "suggests" something: a conclusion, nobody's words."""
    frame = draft.frame
    if frame is None or frame.subject is None or frame.lemma not in frame.cues.grammar.showing:
        return False
    if frame.lemma in frame.cues.grammar.presenting and not draft.rule.startswith("act"):
        return False  # "another slide shows that ..."
    return is_thing(frame.subject, lists, frame.cues.grammar) or frame.subject.lower_ in lists.places.endings
