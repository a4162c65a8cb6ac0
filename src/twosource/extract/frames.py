"""The frame of a reporting verb: the words that say who spoke, how, to whom and when, and where content may begin.

"Yesterday [she also told the Post on Monday that] ..." - the frame is what stands in brackets.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.article import Span, Spans
from twosource.extract.cues import Cues, CueWord, Grammar
from twosource.extract.marked import Draft, Marked, Range
from twosource.extract.sources import ALL_SUBJECTS, SUBJECTS, agent_of, own_subject, phrase_of, subject_of
from twosource.extract.unspoken import participle
from twosource.extract.words import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token

AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})
UNKNOWN = CueWord(clause=0.3)
"""What is supposed of a verb that is no cue elsewhere: next to a quotation it may be one ("smiled", "went on")."""

_ADJUNCTS = frozenset({"prt", "npadvmod", "advmod", "prep", "dative", "agent", "oprd"})
_TIMES = frozenset({"DATE", "TIME"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "pcomp", "acl"})

MAX_DEPTH = 8
"""Words between a time or place and the verb it belongs to."""

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})

MIN_BESIDE = 0.6
"""Least clause weight of a verb that makes the noun beside it its source against the parse."""

_Named = tuple["Token | None", "Token | None"]

Found = tuple[Spans, str, float]
"""A content, the rule that found it, and the weight of the verb in that construction."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A reporting verb in its sentence.

    ``left`` is the first token of the frame, ``right`` the first token after it; ``bounds`` is the sentence.
    ``subject`` is the head of the source, ``hearer`` the head of whom it was told to. ``near`` says that the subject
    stands in the frame, ``inverted`` that it follows the verb.
    """

    marked: Marked
    cues: Cues
    verb: "Token"
    lemma: str
    word: CueWord
    subject: "Token | None"
    hearer: "Token | None"
    left: int
    right: int
    bounds: Range

    @property
    def near(self) -> bool:
        """Tell whether the source stands within the frame."""
        return self.subject is not None and self.left <= self.subject.i < self.right

    @property
    def inverted(self) -> bool:
        """Tell whether the source follows the verb ("said Holt")."""
        return self.subject is not None and self.verb.i < self.subject.i < self.right

    @property
    def source(self) -> Span | None:
        """The words that name the source, the verb itself never among them; None where there are no others."""
        if self.subject is None:
            return None
        first, end = phrase_of(self.subject)
        if self.subject.dep_ == "pobj" and self.subject.head.dep_ == "agent":
            own = (c.i for c in self.subject.rights if c.dep_ == "prep" and c.lower_ in self.word.followed)
            end = min(end, next(own, end))  # "was accused by Holt of ...": the "of" is the verb's
        if first <= self.verb.i < end:
            first, end = (self.verb.i + 1, end) if self.subject.i > self.verb.i else (first, self.verb.i)
        return self.marked.place(first, end) if first < end else None

    def holds(self, token: "Token") -> bool:
        """Tell whether a word of place or time belongs to the reporting verb, or to the verb it is a participle of."""
        for _ in range(MAX_DEPTH):
            if token.pos_ in ("VERB", "AUX") or token.head == token:
                break
            token = token.head
        return token == self.verb or (self.verb.dep_ in ("advcl", "xcomp", "conj") and token == self.verb.head)

    @property
    def cue(self) -> Span:
        """The verb with the auxiliaries, negation and adverbs directly before it, and its particle."""
        first, end = self.verb.i, self.verb.i + 1
        lefts = {c.i for c in self.verb.lefts if c.dep_ in AUXILIARIES}
        while first - 1 in lefts:
            first -= 1
        doc = self.marked.doc
        while end < len(doc) and doc[end].dep_ == "prt" and doc[end].head == self.verb:
            end += 1
        return self.marked.place(first, end)

    def draft(self, found: Found) -> Draft:
        """Return the attribution of ``found`` to the frame's source."""
        content, rule, weight = found
        source = (self.source,) if self.source else ()
        return Draft(
            content=content,
            cue=(self.cue,),
            source=source,
            act=self.cues.act(self.lemma),
            score=weight,
            rule=rule,
            anchor=self.verb.i,
            frame=self,
            features={"cue": self.lemma},
        )


def frame_of(marked: Marked, verb: "Token", word: CueWord, cues: Cues) -> Frame:
    """Return the frame around ``verb``."""
    bounds = marked.sentence(verb)
    lemma = cues.lemma(verb)
    subject = _subject(marked, verb, word, bounds, cues)
    hearer = _hearer(verb, subject) if lemma in cues.addressed else None
    left = _left(marked, verb, subject, bounds)
    right = _right(marked, verb, (subject, hearer), bounds, cues.grammar)
    return Frame(marked, cues, verb, lemma, word, subject, hearer, left, right, bounds)


def _subject(marked: Marked, verb: "Token", word: CueWord, bounds: Range, cues: Cues) -> "Token | None":
    """Who says it: the verb's own subject, the noun in a source's place, or the subject of what governs the verb."""
    grammar = cues.grammar
    if participle(marked, verb, cues):
        return agent_of(verb)
    own = own_subject(verb, grammar)
    quoted = _quoted_before(marked, verb, bounds)
    if own is not None:
        behind = quoted is not None and own.i < quoted
        return next((c for c in verb.rights if c.dep_ in SUBJECTS), own) if behind else own
    beside = _beside(marked, verb, bounds) if quoted is not None or word.clause >= MIN_BESIDE else None
    if beside is not None:
        return beside
    return subject_of(verb, grammar) or (own_subject(verb.sent.root, grammar) if verb.tag_ == "VBG" else None)


def _quoted_before(marked: Marked, verb: "Token", bounds: Range) -> int | None:
    """First token of the quotation that ends right before the verb, a comma between them or not."""
    at = verb.i - 1
    at -= at > bounds[0] and marked.doc[at].text == "," and marked.holder[at] < 0
    pair = marked.closes(at) if at >= bounds[0] else None
    return marked.range_of(pair)[0] if pair is not None else None


def _beside(marked: Marked, verb: "Token", bounds: Range) -> "Token | None":
    """The noun that stands where a source stands, whatever the parse calls it: '"...," said X' and '..., X said'."""
    if _introduces(marked, verb, bounds):
        return next(
            (_head_of(t) for t in marked.doc[verb.i + 1 : min(verb.i + 8, bounds[1])] if t.pos_ in _NOUNS), None
        )
    at = verb.i - 1
    while at > bounds[0] and (marked.doc[at].dep_ in AUXILIARIES or marked.doc[at].text == ","):
        at -= 1
    last = marked.doc[at]
    head = last.head if last.dep_ == "appos" else last
    if at < bounds[0] or last.pos_ not in _NOUNS or head.dep_ in ALL_SUBJECTS or verb.tag_ not in FINITE:
        return None
    first = phrase_of(head)[0]
    free = first == bounds[0] or marked.after_comma(first)
    return head if free and first >= bounds[0] and phrase_of(head)[1] > at else None


def _introduces(marked: Marked, verb: "Token", bounds: Range) -> bool:
    """Tell whether a verb is one of those before their subject: '"...," said X' and 'Added X: "..."'."""
    if verb.i > bounds[0]:
        return _quoted_before(marked, verb, bounds) is not None and verb.tag_ in FINITE
    after = marked.doc[verb.i + 1 : min(verb.i + 8, bounds[1])]
    colon = next((n for n, t in enumerate(after) if t.text == ":"), 0)
    return colon > 0 and all(t.pos_ in _NOUNS | {"DET", "ADJ"} for t in after[:colon])


def _head_of(token: "Token") -> "Token":
    """The head of the noun phrase that begins with ``token``."""
    while token.dep_ in ("compound", "nmod", "poss", "amod", "nummod") and token.head.i > token.i:
        token = token.head
    return token


def _hearer(verb: "Token", subject: "Token | None") -> "Token | None":
    """Whom it was told to: the object, or what parsers make the subject of an infinitive ("urged them to go")."""
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative") and child != subject and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child
        if child.dep_ == "ccomp" and child.tag_ == "VB":
            return next((c for c in child.lefts if c.dep_ in SUBJECTS), None)
    return None


def _left(marked: Marked, verb: "Token", subject: "Token | None", bounds: Range) -> int:
    """First token of auxiliaries, adverbs and subject that stand before the verb without a gap."""
    left = verb.i
    start = phrase_of(subject)[0] if subject is not None and bounds[0] <= subject.i < verb.i else None
    adverbs = {c.i for c in verb.lefts if c.dep_ in AUXILIARIES}
    while left > bounds[0] and left - 1 in adverbs and marked.holder[left - 1] == marked.holder[verb.i]:
        left -= 1
    if start is not None and subject is not None and (subject.head == verb or phrase_of(subject)[1] >= left - 1):
        left = max(start, bounds[0])
    while left < verb.i and marked.holder[left] != marked.holder[verb.i]:
        left += 1
    while left - 1 > bounds[0] and left - 1 in adverbs and marked.holder[left - 1] == marked.holder[verb.i]:
        left -= 1
    return left


def _right(marked: Marked, verb: "Token", named: _Named, bounds: Range, grammar: Grammar) -> int:
    """Walk over particle, inverted subject, hearer, place and time, up to where content may begin."""
    at = verb.i + 1
    for child in _rights(verb, named[0]):
        while at < bounds[1] and marked.doc[at].is_space:
            at += 1
        first = max(child.left_edge.i, verb.i + 1) if child == named[0] else child.left_edge.i
        if first < at:
            continue
        if first > at or child.i >= bounds[1]:
            break
        end = _adjunct_end(marked, child, named, grammar)
        if end <= at:
            break
        at = end
    return min(at, bounds[1])


def _rights(verb: "Token", subject: "Token | None") -> "list[Token]":
    """The words to the right that the verb governs, with an inverted subject that the parse hung elsewhere."""
    rights = list(verb.rights)
    if subject is not None and verb.i < subject.i < verb.i + 12 and subject.head != verb:
        rights = sorted([*rights, subject], key=lambda t: t.left_edge.i)
    return rights


def _adjunct_end(marked: Marked, child: "Token", named: _Named, grammar: Grammar) -> int:
    """Token after the adjunct, cut before a clause or a quotation inside it; its start where it is none."""
    first = child.left_edge.i
    if child in named:
        end = phrase_of(child)[1]
    elif child.dep_ in _ADJUNCTS or (child.dep_ in ("dobj", "tmod") and child.ent_type_ in _TIMES):
        end = child.right_edge.i + 1
    else:
        return int(first)
    for i in range(first, end):
        if _ends_adjunct(marked, child, i, grammar):
            return min(i, int(marked.doc[i].left_edge.i)) if marked.doc[i].left_edge.i > first else i
    return int(end)


def _ends_adjunct(marked: Marked, child: "Token", i: int, grammar: Grammar) -> bool:
    """Tell whether token ``i`` of an adjunct begins what is reported: clause, colon, or quotation that is no title."""
    token = marked.doc[i]
    if marked.holder[i] != marked.holder[child.i]:
        return marked.opens(i) is not None and not marked.is_title(i)
    if token.text == ":" or (token.lower_ in grammar.complementiser and i > child.i and token.dep_ != "det"):
        return True
    return (
        token != child
        and token.dep_ in _CLAUSES
        and any(c.dep_ in ALL_SUBJECTS or c.dep_ == "mark" for c in token.lefts)
    )
