"""What a figure counts: the noun phrase after a number, from the tags of the parse, or from the words alone without
one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from twosource.article import Span
from twosource.extract.sentences import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_PHRASE = 9
"""Most tokens of a noun phrase after a number; longer runs of nouns in news are headlines run together."""

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BEFORE_NOUN = frozenset(("JJ", "JJR", "JJS", "VBG", "VBN", "POS", "HYPH", "CD", "AFX"))
_INNER = frozenset(("compound", "nmod", "poss", "amod", "nummod", "quantmod"))
_PLURAL = frozenset(("NNS", "NNPS"))


class Counted(NamedTuple):
    """A noun phrase: its place in the article, its head in lower case, and whether that is plural."""

    span: Span
    head: str
    plural: bool


class Phrases:
    """Finds noun phrases of one paragraph by character place; token places are looked up once."""

    def __init__(self, paragraph: Paragraph, words: Mapping[str, frozenset[str]]) -> None:
        self._paragraph = paragraph
        self._words = words
        self._tokens = list(paragraph.doc)
        self._starts = [t.idx for t in self._tokens]
        self._sentences = [s.start_char for s in paragraph.doc.sents]
        self._parsed = paragraph.parsed

    def sentence_start(self, start: int) -> int:
        """Return where the sentence that holds offset ``start`` of the paragraph begins."""
        at = bisect_right(self._sentences, start) - 1
        return self._sentences[at] if at >= 0 else 0

    def is_name(self, end: int) -> bool:
        """Tell whether the token that ends at ``end`` is a proper noun by its tag."""
        if not self._parsed:
            return False
        at = self._at(end) - 1
        return at >= 0 and self._tokens[at].tag_ in ("NNP", "NNPS")

    def after(self, start: int, *, determined: bool = False) -> Counted | None:
        """Return the noun phrase that begins at offset ``start`` of the paragraph or right after it.

        "more" and the like are skipped; ``determined`` skips "the" and the like too, as after "of".
        """
        first = self._at(start)
        while first < len(self._tokens) and self._skipped(self._tokens[first], determined=determined):
            first += 1
        return self._tagged(first) if self._parsed else self._guessed(first)

    def _at(self, start: int) -> int:
        return bisect_left(self._starts, start)

    def _skipped(self, token: "Token", *, determined: bool) -> bool:
        low = token.lower_
        return (
            token.is_space
            or low == "-"
            or low in self._words["more"]
            or (determined and low in self._words["determiners"])
        )

    def _tagged(self, first: int) -> Counted | None:
        """Follow adjectives and nouns to the first noun that does not itself stand before another."""
        head = None
        for token in self._tokens[first : first + MAX_PHRASE]:
            if token.tag_ in _NOUNS:
                if head is not None and token.dep_ == "npadvmod":
                    break
                head = token
                if token.dep_ not in _INNER or token.head.i < token.i:
                    break
            elif token.tag_ not in _BEFORE_NOUN and not (token.tag_ == "RB" and head is None):
                break
        if head is None or not head.text[0].isalpha() or len(head.text) < 2:
            return None
        plural = head.tag_ in _PLURAL or (head.lower_.endswith("s") and head.text.istitle())
        return Counted(self._paragraph.place(self._tokens[first], head), head.lower_, plural)

    def _guessed(self, first: int) -> Counted | None:
        """Without tags: the first plural within reach of function words, else the first word."""
        run = []
        for token in self._tokens[first : first + 4]:
            if not token.is_alpha or token.lower_ in self._words["functional"]:
                break
            run.append(token)
        if not run:
            return None
        plural = next((t for t in run if t.lower_.endswith("s") and not t.lower_.endswith(("ss", "us"))), None)
        people = next((t for t in run if t.lower_ in self._words["people"]), None)
        head = plural or people or run[0]
        return Counted(self._paragraph.place(run[0], head), head.lower_, head is not run[0] or head in (plural, people))


def plural_of(noun: str, irregular: Mapping[str, str]) -> str:
    """Return the plural by which counts of one noun go ("worker" and "workers" both become "workers")."""
    if noun in irregular:
        return irregular[noun]
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
