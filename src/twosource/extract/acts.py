"""Speech acts without a clause: "vowed to return", "denied lying", "railed against it", "dismissed it as nonsense"."""

from typing import TYPE_CHECKING

from twosource.extract.cues import Grammar
from twosource.extract.frames import Found, Frame
from twosource.extract.reach import local_end
from twosource.extract.sources import ALL_SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_WEIGHT = 0.2
"""Least weight of a construction to be looked at; what is kept is settled by the score."""

MIN_PASSIVE = 0.5
"""Least weight of a verb whose passive reports its own subject."""

_OBJECTS = frozenset({"dobj", "oprd", "ccomp", "attr"})
_TIMES = frozenset({"DATE", "TIME"})


def infinitive(frame: Frame) -> Found | None:
    """Return the infinitive that tells a promise, wish, demand or refusal; whom it was told to is left out."""
    if frame.word.infinitive < MIN_WEIGHT or frame.subject is None:
        return None
    for child in frame.verb.rights:
        to = next((c for c in child.lefts if c.tag_ == "TO"), None)
        if child.dep_ not in ("xcomp", "ccomp") or child.i >= frame.bounds[1] or to is None:
            continue
        start = to.i if child.dep_ == "xcomp" or frame.lemma in frame.cues.addressed else child.left_edge.i
        content = frame.marked.content(start, local_end(frame, child))
        if content:
            return (content,), "act.infinitive", frame.word.infinitive
    return None


def gerund(frame: Frame) -> Found | None:
    """Return the participle that tells what is denied, admitted or proposed ("denied selling the mill")."""
    if frame.word.object < MIN_WEIGHT or frame.subject is None:
        return None
    child = next((c for c in frame.verb.rights if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG"), None)
    if child is None or child.i >= frame.bounds[1] or any(c.dep_ in ALL_SUBJECTS for c in child.lefts):
        return None
    content = frame.marked.content(int(child.left_edge.i), local_end(frame, child))
    return ((content,), "act.gerund", frame.word.object) if content else None


def followed(frame: Frame) -> Found | None:
    """Return what follows the preposition or particle that makes the verb a cue."""
    if frame.subject is None:
        return None
    for child in frame.verb.rights:
        weight = frame.word.followed.get(child.lower_, 0.0)
        if weight < MIN_WEIGHT or child.dep_ not in ("prep", "prt", "dative", "agent") or child.i >= frame.bounds[1]:
            continue
        start, end = child.i + 1, local_end(frame, child)
        if child.dep_ == "prt" or end <= start:
            inner = [c for c in frame.verb.rights if c.dep_ in _OBJECTS or (c.dep_ == "prep" and c.i == start)]
            start = min((c.left_edge.i for c in inner if c.left_edge.i < child.i), default=start)
            end = max((local_end(frame, c) for c in inner), default=end)
        elif child.lower_ in frame.cues.grammar.called:
            start = min((c.left_edge.i for c in frame.verb.rights if c.dep_ == "dobj" and c.i < child.i), default=start)
        content = frame.marked.content(start, min(end, frame.bounds[1]))
        if content:
            return (content,), f"act.{child.lower_}", weight
    return None


def act_object(frame: Frame) -> Found | None:
    """Return the object of a speech act, with what it is called or blamed for."""
    if frame.word.object < MIN_WEIGHT or frame.subject is None or frame.lemma in frame.cues.addressed:
        return None
    rights = [c for c in frame.verb.rights if c.i < frame.bounds[1] and c != frame.subject]
    noun = next((c for c in rights if c.dep_ in _OBJECTS), None)
    if noun is None or (noun.ent_type_ in _TIMES and noun.dep_ == "dobj") or _picture(frame, noun):
        return None
    first, end = int(noun.left_edge.i), local_end(frame, noun)
    for child in rights:
        if child.left_edge.i == end and _belongs(child, frame.cues.grammar):
            end = local_end(frame, child)
        elif child.dep_ == "prep" and child.lower_ in frame.cues.grammar.called and child.i < first:
            first = child.i + 1
    content = frame.marked.content(first, min(end, frame.bounds[1]))
    return ((content,), "act.object", frame.word.object) if content else None


def _picture(frame: Frame, noun: "Token") -> bool:
    """Tell whether a verb of posting has a picture, link or some of them as its object: no words are told."""
    grammar = frame.cues.grammar
    if frame.lemma not in grammar.posting:
        return False
    some = (c for prep in noun.rights if prep.lower_ in grammar.parts for c in prep.children if c.dep_ == "pobj")
    return any(t.lemma_.lower() in grammar.pictures for t in (noun, *some))


def _belongs(child: "Token", grammar: Grammar) -> bool:
    """Tell whether words after the object are part of the position ("as reckless", "for raising taxes")."""
    if child.dep_ == "prep":
        told = next((c for c in child.children if c.dep_ == "pobj"), None)
        return child.lower_ in grammar.positions and (told is None or told.ent_type_ not in _TIMES)
    return child.dep_ in ("oprd", "xcomp", "ccomp", "acomp")


def passive(frame: Frame) -> Found | None:
    """Return what the passive reports, agent or not: "the toll was put at nine", "they are said to have fled"."""
    subject = next((c for c in frame.verb.lefts if c.dep_ == "nsubjpass"), None)
    weight = max(frame.word.clause, frame.word.object)
    if (
        subject is None
        or weight < MIN_PASSIVE
        or subject.i < frame.bounds[0]
        or subject.lower_ in frame.cues.grammar.impersonal
    ):
        return None
    called = (c for c in frame.verb.rights if c.lower_ in frame.cues.grammar.called)
    if any(child.dep_ == "pcomp" for prep in called for child in prep.children):
        return None  # "was quoted as saying ...": the saying is the report
    first = frame.marked.content(int(subject.left_edge.i), min(int(subject.right_edge.i) + 1, frame.verb.i))
    rest = next((c for c in frame.verb.rights if _said_of(c, frame.cues.grammar) and c.i < frame.bounds[1]), None)
    agent = next((c.i for c in frame.verb.rights if c.dep_ == "agent"), len(frame.marked.doc))
    second = None
    if rest is not None:
        end = local_end(frame, rest)
        second = frame.marked.content(int(rest.left_edge.i), agent if rest.i < agent < end else end)
    if first is None or second is None or (frame.subject is None and frame.cues.act(frame.lemma) == "thought"):
        return None  # "is expected to" is nobody's report
    return (first, second), "act.passive", weight


def _said_of(child: "Token", grammar: Grammar) -> bool:
    return child.dep_ in ("xcomp", "oprd", "ccomp", "attr") or (
        child.dep_ == "prep" and child.lower_ in grammar.passively
    )
