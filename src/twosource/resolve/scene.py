"""The article laid out for one pass: its words with sentence, paragraph and grammatical part, and what stands in
quotation marks.

Answers by offset, so that nothing above it handles tokens.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from twosource.article import Article, BlockKind, Span
from twosource.extract.sentences import Paragraph
from twosource.extract.wordlists import WordLists
from twosource.extract.words import Word, words_of
from twosource.resolve.focus import CLAUSE_SUBJECT, OBJECT, OWNER, SUBJECT, SUBJECT_OWNER

ACTING = frozenset({"acl", "relcl"})
"""Clauses beside a name that tell what its bearer does ("with Jan Holt writing", "Holt, who wrote")."""

CLAUSES = frozenset({"ccomp", "relcl", "acl", "advcl", "pcomp", "csubj"})
PARTICIPLES = frozenset({"VBG", "VBN"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj", "ROOT"})
HEADLINES: frozenset[BlockKind] = frozenset({"headline", "heading"})
"""Blocks that put things so shortly that a country stands for whoever spoke for it."""

LONGEST_DESCRIPTION = 6
"""Words of "the former Pennsylvania senator"; longer ones were lists or clauses."""

AFTER_OPENING = 4
"""Words of a title that may open a sentence before a name that a verb follows: its subject, whatever the parse says
("Harbour chief Jan Holt denied" is often read as a command).
"""

INSERTING = frozenset({",", "-", "--"})
INSERTED = 14
"""Words of an insertion behind a name, and the marks that set it apart."""

FRONTED = 40
"""Words before a pronoun among which a participle that opens its sentence is looked for: bounds the work."""

OPENING = 3
"""Words of a sentence within which that participle stands ("Soon after meeting Holt, he said")."""

PLAIN_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "PART", "NUM", "VERB"})


class Stretches:
    """Sorted, merged spans of text, asked whether they cover an offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for span in sorted(spans):
            if self.spans and span.start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(self.spans[-1].end, span.end))
            else:
                self.spans.append(span)
        self._starts = [s.start for s in self.spans]

    def cover(self, at: int) -> bool:
        """Tell whether a span holds the offset."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self.spans[i].end


class Scene:
    """Words of all told paragraphs in order, and the questions asked of them."""

    def __init__(self, article: Article, paragraphs: Sequence[Paragraph], lists: WordLists) -> None:
        self._lists = lists
        self.words: list[Word] = []
        self._paragraph: list[int] = []
        self._sentence: list[int] = []
        self._deps: list[str] = []
        self._heads: list[str] = []
        self._acting: list[bool] = []
        quoted: list[Span] = []
        for number, paragraph in enumerate(paragraphs):
            inside = words_of(paragraph, article.text)
            base = self._sentence[-1] + 1 if self._sentence else 0
            self.words += inside
            self._paragraph += [number] * len(inside)
            self._sentence += [base + w.sentence for w in inside]
            tokens = [paragraph.doc[w.token] for w in inside]
            self._deps += [t.dep_ if paragraph.parsed else "" for t in tokens]
            self._heads += [t.head.dep_ if paragraph.parsed else "" for t in tokens]
            self._acting += [any(c.dep_ in ACTING for c in t.rights) for t in tokens]
            quoted += _quoted(inside)
        self._starts = [w.start for w in self.words]
        self.quoted = Stretches(quoted)
        self.headlines = Stretches(p.span for p in paragraphs if p.block.kind in HEADLINES)

    def _index(self, at: int) -> int:
        """Index of the word that holds the offset, or of the last one before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def inside(self, span: Span) -> list[Word]:
        """Return the words that touch ``span``."""
        first = self._index(span.start)
        last = bisect_right(self._starts, span.end - 1)
        return [w for w in self.words[first:last] if w.end > span.start]

    def before(self, at: int, count: int = 3) -> list[Word]:
        """Return up to ``count`` words of the same sentence before the offset, the nearest last."""
        i = self._index(at)
        near = range(max(0, i - count), i)
        return [self.words[k] for k in near if self._sentence[k] == self._sentence[i]]

    def after(self, at: int) -> list[Word]:
        """Return up to three words after the one that holds the offset."""
        i = self._index(at)
        return self.words[i + 1 : i + 4]

    def following(self, at: int, count: int) -> list[Word]:
        """Return up to ``count`` words of the same sentence after the one that holds the offset."""
        i = self._index(at)
        near = range(i + 1, min(len(self.words), i + 1 + count))
        return [self.words[k] for k in near if self._sentence[k] == self._sentence[i]]

    def paragraphs(self) -> Iterator[list[Word]]:
        """Yield the words of each paragraph."""
        for _, numbered in groupby(zip(self._paragraph, self.words, strict=True), key=lambda t: t[0]):
            yield [word for _, word in numbered]

    def paragraph(self, at: int) -> int:
        """Number of the paragraph that holds the offset, or of the last one before it."""
        return self._paragraph[self._index(at)] if self.words else 0

    def sentence(self, at: int) -> int:
        """Number of the sentence, counted over the article."""
        return self._sentence[self._index(at)] if self.words else 0

    def prominence(self, span: Span) -> float:
        """Weight of a naming by its grammatical part: as an owner, a subject, or anything else."""
        if not self.words:
            return OBJECT
        last = self._index(span.end - 1)
        dep, after = self._deps[last], self.words[last + 1 : last + 2]
        if dep == "poss" or any(w.plain in self._lists.reference.possessive for w in after):
            return SUBJECT_OWNER if self._heads[last] in SUBJECTS else OWNER
        if dep not in SUBJECTS and self._opens(span, last):
            return SUBJECT
        if dep not in SUBJECTS:
            return CLAUSE_SUBJECT if self._acting[last] or self._acts_behind(last) else OBJECT
        return CLAUSE_SUBJECT if self._heads[last] in CLAUSES else SUBJECT

    def _acts_behind(self, last: int) -> bool:
        """A participle goes on behind what is set between two dashes or commas ("with Holt - the editor - writing")."""
        mark = self.words[last + 1].text if last + 1 < len(self.words) else ""
        if mark not in INSERTING:
            return False
        near = range(last + 2, min(len(self.words) - 1, last + 2 + INSERTED))
        closing = next((k for k in near if self.words[k].text == mark), None)
        if closing is None or self._sentence[closing + 1] != self._sentence[last]:
            return False
        return self.words[closing + 1].tag == "VBG"

    def _opens(self, span: Span, last: int) -> bool:
        """A finite verb follows the name, and nothing but a title stands before it in its sentence."""
        first, after = self._index(span.start), self.words[last + 1 : last + 2]
        if not after or after[0].tag not in {"VBD", "VBZ"} or self._sentence[last + 1] != self._sentence[last]:
            return False
        start = next((i for i in range(first, max(-1, first - AFTER_OPENING - 1), -1) if self.words[i].first), None)
        if start is None or self.words[start].tag == "VBN":
            return False
        return all(w.pos in _MODIFIERS and w.plain not in {"to", "not"} for w in self.words[start:first])

    def fronted(self, at: int) -> Span | None:
        """Return the participle clause that opens the sentence of the pronoun at the offset ("Asked about Holt, he"):
        whom it names beside its own subject is not whom the pronoun means.
        """
        i = self._index(at)
        if not i or self.words[i - 1].text != ",":
            return None
        near = range(i - 1, max(-1, i - 1 - FRONTED), -1)
        start = next((k for k in near if self.words[k].first and self._sentence[k] == self._sentence[i]), None)
        if start is None:
            return None
        first = [k for k in range(start, min(start + OPENING, i)) if self.words[k].tag in PARTICIPLES]
        if not first or any(self._deps[k] in PLAIN_SUBJECTS for k in range(start, first[0])):
            return None
        return Span(self.words[first[0]].end, self.words[i - 1].start)

    def introductions(self) -> list[list[Word]]:
        """Return the words of every "a ... ROLE of ..." that is the subject of a verb ("an official of the board"),
        and of every relative so ("his sister").
        """
        found: list[list[Word]] = []
        refer = self._lists.reference
        for i, word in enumerate(self.words):
            if word.plain in refer.article - refer.definite:
                end = self._role_end(i + 1)
                if end and self._deps[end - 1] in PLAIN_SUBJECTS:
                    found.append(self.words[i : self._complement_end(end)])
            elif word.plain in refer.owner - refer.relative:
                end = self._role_end(i + 1)
                kin = end and self.words[end - 1].plain in refer.speaking.kin
                if kin and self._deps[end - 1] in PLAIN_SUBJECTS and not self._named_next(end):
                    found.append(self.words[i:end])
        return found

    def _named_next(self, i: int) -> bool:
        """A name follows, or a comma and a name ("his sister, Ilse")."""
        after = [w for w in self.words[i : i + 2] if w.text != ","]
        return bool(after) and after[0].capital and after[0].pos == "PROPN"

    def several(self) -> list[list[Word]]:
        """Return the words of every plural of people that is the subject of a verb ("Local voters")."""
        found: list[list[Word]] = []
        for i, word in enumerate(self.words):
            plural = word.tag in {"NNS", "NNPS"} and self._deps[i] in PLAIN_SUBJECTS
            if plural and (self._lists.roles.several(word.plain) or word.plain in self._lists.roles.groups):
                start = i
                while start and i - start < LONGEST_DESCRIPTION and self._modifies(start - 1, i):
                    start -= 1
                found.append(self.words[start : i + 1])
        return found

    def _modifies(self, k: int, i: int) -> bool:
        word = self.words[k]
        return (
            self._sentence[k] == self._sentence[i] and word.pos in _MODIFIERS - {"VERB"} and not word.punctuation
        ) or word.plain in self._lists.reference.article

    def _complement_end(self, end: int) -> int:
        """Index after "of the board" behind a role noun, or ``end`` where none follows."""
        stop = min(len(self.words), end + LONGEST_DESCRIPTION)
        at = end + 1 if end < stop and self.words[end].plain in self._lists.reference.link else end
        while at > end and at < stop and self.words[at].pos in _MODIFIERS | {"DET"} and not self.words[at].punctuation:
            at += 1
        return at

    def descriptions(self) -> list[list[Word]]:
        """Return the words of every "the ... ROLE" that ends in a role noun ("the Ukrainian leader")."""
        found: list[list[Word]] = []
        the = self._lists.reference.article & self._lists.reference.definite
        for i, word in enumerate(self.words):
            if word.plain in the:
                end = self._role_end(i + 1)
                if end:
                    found.append(self.words[i:end])
        return found

    def _role_end(self, start: int) -> int:
        """Index after the role noun of the noun phrase that begins at ``start``, 0 where it has none."""
        stop = min(len(self.words), start + LONGEST_DESCRIPTION)
        last = start
        while last < stop and self.words[last].pos in _MODIFIERS and not self.words[last].punctuation:
            last += 1
        ends = [i for i in range(start, last) if self.words[i].pos in {"NOUN", "PROPN"}]
        if not ends or (last < len(self.words) and self.words[last].pos in {"PROPN", "NOUN"}):
            return 0
        return ends[-1] + 1 if self.words[ends[-1]].plain in self._lists.roles.general else 0


def _quoted(words: Sequence[Word]) -> list[Span]:
    """Stretches between double quotation marks of one paragraph; an unclosed one runs to its end."""
    spans: list[Span] = []
    opened: int | None = None
    for word in words:
        if word.text in {'"', "``", "''"}:
            if opened is None:
                opened = word.start
            else:
                spans.append(Span(opened, word.end))
                opened = None
    if opened is not None:
        spans.append(Span(opened, words[-1].end))
    return spans
