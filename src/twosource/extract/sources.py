"""Which words name the source of a reporting word: subject, agent, possessor, or the subject of what governs it."""

from typing import TYPE_CHECKING

from twosource.article import Span
from twosource.extract.cues import Grammar
from twosource.extract.sentences import Paragraph
from twosource.extract.words import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
ALL_SUBJECTS = SUBJECTS | {"nsubjpass", "expl", "csubjpass"}

_CLIMBED = frozenset({"conj", "advcl", "xcomp", "acl", "pcomp", "dep", "ccomp", "prep", "parataxis", "acomp", "attr"})


MAX_CLIMB = 6
"""Governors passed on the way to a subject; longer ways were parse errors in every case read."""

MAX_INSERTED = 10
"""Tokens between the commas of an insertion that parts a subject from its verb; own judgement, 2026-11-22."""

_OBJECTS = frozenset({"dobj", "nsubjpass"})

_BREAKS = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_WITHIN = frozenset({"appos", "prep", "conj", "cc", "nmod", "nummod", "compound", "amod", "flat", "poss", "npadvmod"})
_INNER_MARKS = frozenset({",", "-", "'", '"', "(", ")"})
_EDGE = frozenset({",", "-", "--", "'s", "'", ":", ";", "("})


def subject_of(verb: "Token", grammar: Grammar) -> "Token | None":
    """Return the head word of who says or thinks it: own subject, agent of a passive, whose words a participle tells,
    or the governor's subject. A passive without an agent has nobody.
    """
    own = own_subject(verb, grammar)
    if own is not None or any(c.dep_ == "auxpass" for c in verb.lefts):
        return own
    other = other_s_words(verb, grammar)
    if other is not None:
        return other
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl", "amod") and not any(c.dep_ == "aux" for c in verb.lefts):
        return None  # "Asked whether ..., she said": not the asking one
    token = verb
    for _ in range(MAX_CLIMB):
        if token.dep_ not in _CLIMBED or token.head == token:
            return None
        if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return token.head
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            if (
                token.dep_ == "ccomp"
                and token.head.lemma_ in grammar.going_on
                and _speaks_on(verb, token.head, grammar)
            ):
                continue  # "said she had won and added ...", "said it was over, adding ...": the adding is the sayer's
            found = _any_subject(token, grammar) or own_subject(token, grammar)
            if found is not None:
                return found
    return None


def _speaks_on(verb: "Token", sayer: "Token", grammar: Grammar) -> bool:
    """Tell whether a verb inside a report is the next thing its source does."""
    return verb.lemma_ in grammar.going_on and (verb.tag_ == "VBG" or (verb.dep_ == "conj" and verb.tag_ == sayer.tag_))


def own_subject(verb: "Token", grammar: Grammar) -> "Token | None":
    """Return the verb's own subject; for a passive its agent, or who "was quoted as" saying it."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.lefts)
    if passive:
        return agent_of(verb)
    nearest = [c for c in verb.lefts if c.dep_ in SUBJECTS][-1:] or [c for c in verb.rights if c.dep_ in SUBJECTS][:1]
    return _antecedent(nearest[0], verb, grammar) if nearest else _set_off(verb)


def agent_of(verb: "Token") -> "Token | None":
    """Return the head word of a passive's agent ("criticised by farmers")."""
    return next((_pobj(c) for c in verb.children if c.dep_ == "agent"), None)


def other_s_words(verb: "Token", grammar: Grammar) -> "Token | None":
    """Return the head word of whose words a participle tells where that is not the subject: "condemned him for saying",
    "a letter from Welch calling".
    """
    return (_blamed(verb, grammar) or _teller(verb, grammar)) if verb.tag_ == "VBG" else None


def _blamed(verb: "Token", grammar: Grammar) -> "Token | None":
    """Who is blamed or praised for having said it."""
    link = verb.head
    if verb.dep_ != "pcomp" or link.lower_ not in grammar.blaming or link.head == link:
        return None
    judged = link.head
    if judged.pos_ in ("VERB", "AUX"):
        whom = next((c for c in judged.children if c.dep_ in _OBJECTS and c.i < link.i), None)
        if whom is None or judged.lemma_.lower() in grammar.judging:
            return whom
        judged = whom
    if judged.pos_ in ("PROPN", "PRON"):
        return judged
    return next((_pobj(c) for c in judged.rights if c.dep_ == "prep" and c.lower_ == "of" and c.i < link.i), None)


def _teller(verb: "Token", grammar: Grammar) -> "Token | None":
    """Whose letter, remark or the like stands before a participle that says what is in it."""
    if verb.dep_ not in ("acl", "advcl"):
        return None
    before = reversed(verb.doc[verb.sent.start : verb.i])
    nouns = (t for t in before if t.lemma_.lower() in grammar.told and t.right_edge.i >= verb.i - 2)
    return next((owner for noun in nouns if (owner := possessor_of(noun, grammar))), None)


def _set_off(verb: "Token") -> "Token | None":
    """The subject that an insertion parts from its verb ("whose spokesman, it should be noted, tried")."""
    doc, first = verb.doc, max(verb.sent.start + 1, verb.i - MAX_INSERTED - 2)
    if verb.tag_ not in FINITE or verb.i < 2 or doc[verb.i - 1].text != ",":
        return None
    opened = next((i for i in range(verb.i - 2, first, -1) if doc[i].text == ","), None)
    noun = doc[opened - 1] if opened is not None else None
    whose = noun is not None and any(c.tag_ == "WP$" for c in noun.lefts)
    return noun if whose else None


def _any_subject(verb: "Token", grammar: Grammar) -> "Token | None":
    found = next((c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ == "nsubjpass"), None)
    return _antecedent(found, verb, grammar) if found is not None else None


def _pobj(prep: "Token") -> "Token | None":
    return next((c for c in prep.children if c.dep_ == "pobj"), None)


def _antecedent(subject: "Token", verb: "Token", grammar: Grammar) -> "Token":
    """What a relative pronoun stands for: the noun the relative clause hangs on."""
    if subject.lower_ in grammar.relatives:
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ == "conj" and verb.head.dep_ == "relcl":
            return verb.head.head
    return subject


def possessor_of(noun: "Token", grammar: Grammar) -> "Token | None":
    """Return the head word of whose claim it is: "X's claim", "the claim by X"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in grammar.owners:
            return _pobj(child)
    return None


def phrase_of(head: "Token") -> tuple[int, int]:
    """Return the token places of the noun phrase of ``head``: titles and appositions in, relative clause and 's out."""
    first, end = head.left_edge.i, head.i + 1
    for child in head.rights:
        if child.dep_ in _BREAKS or child.dep_ == "case" or (child.dep_ == "punct" and child.text not in _INNER_MARKS):
            break
        if child.dep_ in _WITHIN:
            end = _cut(child)
    while end > first + 1 and head.doc[end - 1].text in _EDGE:
        end -= 1
    while first < head.i and _leads_in(head.doc[first]):
        first += 1
    return first, end


def _leads_in(token: "Token") -> bool:
    """Punctuation or a day that stands before a name without being part of it."""
    return (
        token.text in _EDGE or token.text == '"' or (token.ent_type_ in ("DATE", "TIME") and token.dep_ == "npadvmod")
    )


def _cut(child: "Token") -> int:
    """End of a child's words before any clause in them."""
    stop = child.right_edge.i + 1
    for token in child.doc[child.i : stop]:
        if token.dep_ in ("relcl", "acl", "advcl") and token.left_edge.i > child.i:
            return int(token.left_edge.i)
    return int(stop)


def source_span(paragraph: Paragraph, head: "Token") -> Span:
    """Return the article span of the source phrase around ``head``."""
    first, end = phrase_of(head)
    return paragraph.place(head.doc[first], head.doc[end - 1])
