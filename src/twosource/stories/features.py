"""What of an article decides its story: its opening, its title and its names, as one sparse vector of length one.

Evidence: the words of the first `READ` code points, the words of the title, and the capitalised words inside sentences;
each of the three is weighted (1 + ln count) x rarity in the language's `background` table and brought to length one,
then they are joined with the shares below. So the product of two vectors is the weighted mean of three cosines.
"""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from math import log, sqrt

from twosource.align.event import BackgroundTable
from twosource.align.words import key
from twosource.article import TOLD_IN, Article
from twosource.lang import ENGLISH, Language

READ = 2_400
"""Code points of the text that are read. BCubed and pair F1 on the four story sets, each with weights learned from the
other three: 93.7 and 89.1 with 2,000, 93.6 and 88.7 with 3,000, 93.1 and 88.7 with 8,000 (2026-11-22).
"""

TITLE_READ = 300
"""Code points of a title that are read."""

LONGEST = 40
"""Code points of a word that count: longer runs are addresses or damage."""

SHARES = {"b": 0.70, "t": 0.18, "n": 0.12}
"""Weight of the cosine of openings, titles and names; from the logistic weights 24, 6 and 4 learned on pairs."""

BITS = 20
"""Bits of a term's number. Two articles without a word in common share one of a million numbers in 4 pairs of 100, and
then gain less than 0.01; a table of them (4 MB) fits a processor's cache.
"""

SHOWN = 12
"""Words kept to give reasons with: the heaviest of the article."""

MOST_KEPT = 100_000
"""Words that are remembered with what is known of them; 30 MB at most."""

_WORD = re.compile(rf"[^\W_]{{1,{LONGEST}}}(?:'[^\W_]{{1,{LONGEST}}})?")
_NAME = re.compile(rf"[A-Z](?<!\w.)(?<![.!?:\"“”\n] .)(?<![\n\"“].)[\w'-]{{1,{LONGEST}}}")
"""A capital that begins a word but no sentence. It stands before what is asked of the characters before it, because the
search then skips from capital to capital.
"""

_PLACES = {part: place for place, part in enumerate(SHARES)}
_LOGS = [1 + log(max(1, n)) for n in range(READ + 1)]


@dataclass(frozen=True, slots=True)
class Features:
    """An article as the stream sees it; a few kilobytes, to be kept beside the article.

    ``terms`` are numbers of words (unsigned, 32 bits), ``weights`` their weights (floats, 32 bits), in the machine's
    order of bytes: a vector of length one, or empty for an article without words. The first ``rare`` terms are those
    that no list calls common. ``shown`` are the heaviest words, with a space between.
    """

    terms: bytes
    weights: bytes
    rare: int
    shown: str


def features(article: Article, lang: Language = ENGLISH) -> Features:
    """Return the features of an article; total over any text, and the same for the same title and text."""
    told = _told(article)
    text = told[:READ].replace("’", "'")
    title = article.title or told[:TITLE_READ].lstrip().partition("\n")[0]
    known = _lexicon(lang)
    written = Counter(_WORD.findall(text))
    titled = Counter(_WORD.findall(title[:TITLE_READ].replace("’", "'")))
    named = Counter([name.removesuffix("'s") for name in _NAME.findall(text)])
    parts = {"b": _keyed(written, known), "t": _keyed(titled, known), "n": _keyed(named, known)}
    vector: dict[int, float] = {}
    common: dict[int, float] = {}
    for part, counts in parts.items():
        _weigh(counts, part, known, vector, common)
    for term in vector.keys() & common.keys():
        del common[term]
    weights = array("f", (*vector.values(), *common.values()))
    return Features(
        array("I", (*vector, *common)).tobytes(), weights.tobytes(), len(vector), _shown(written, parts, known)
    )


def _weigh(
    counts: Mapping[str, int], part: str, known: "_Lexicon", vector: dict[int, float], common: dict[int, float]
) -> None:
    """Add one part of an article to its vector, brought to the length of its share."""
    place, terms = _PLACES[part], known.terms
    weighed = [(terms[key], _LOGS[n]) for key, n in counts.items()]
    length = sqrt(sum((rarity * n) ** 2 for (_, _, rarity), n in weighed)) or 1.0
    share = sqrt(SHARES[part]) / length
    for (numbers, listed, rarity), n in weighed:
        (common if listed else vector)[numbers[place]] = rarity * n * share


def _told(article: Article) -> str:
    """The beginning of what the article tells: of a page, without what stands around the report."""
    if not article.markup:
        return article.text[: 2 * READ].lstrip()
    parts, length = [], 0
    for block in article.markup:
        if block.kind in TOLD_IN and length < READ:
            parts.append(article.text[block.start : min(block.end, block.start + READ)])
            length += len(parts[-1])
    return "\n".join(parts)


def _keyed(written: Mapping[str, int], known: "_Lexicon") -> dict[str, int]:
    counts: dict[str, int] = {}
    keys = known.keys
    for word, n in written.items():
        if found := keys[word]:
            counts[found] = counts.get(found, 0) + n
    return counts


_Term = tuple[tuple[int, ...], bool, float]
"""The numbers of a key in each part, whether a list calls it common, and its rarity."""


class _Keys(dict[str, str]):
    """The keys of written words, made when they are first asked for."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, word: str) -> str:
        found = key(word.lower(), self._lang)
        if len(self) >= MOST_KEPT:
            self.clear()
        self[word] = found
        return found


class _Terms(dict[str, _Term]):
    """The terms of keys, made when they are first asked for."""

    def __init__(self, rarity: Mapping[str, float], rare: float) -> None:
        super().__init__()
        self._rarity, self._rare = rarity, rare

    def __missing__(self, word: str) -> _Term:
        numbers = (zlib.crc32(f"{part}{word}".encode("utf-8", "surrogatepass")) >> (32 - BITS) for part in SHARES)
        found = tuple(numbers), word in self._rarity, self._rarity.get(word, self._rare)
        if len(self) >= MOST_KEPT:
            self.clear()
        self[word] = found
        return found


@dataclass(frozen=True, slots=True)
class _Lexicon:
    keys: _Keys
    terms: _Terms


@cache
def _lexicon(lang: Language) -> _Lexicon:
    table = lang.table("background", BackgroundTable)
    rarity = {word: float(weight) for weight, words in table.common.items() for word in words.split()}
    return _Lexicon(_Keys(lang), _Terms(rarity, table.rare))


def _shown(written: Iterable[str], parts: Mapping[str, Mapping[str, int]], known: _Lexicon) -> str:
    titled, named, terms, keys = parts["t"], parts["n"], known.terms, known.keys
    weighed = {
        word: -(1 + (word in titled) + (word in named)) * n
        for word, n in parts["b"].items()
        if not terms[word][1] and word.isalpha()
    }
    heaviest = {word: "" for _, word in nsmallest(SHOWN, [(weight, word) for word, weight in weighed.items()])}
    for form in written:
        if heaviest.get(word := keys[form]) == "":
            heaviest[word] = form if word in named else form.lower()
    forms = sorted((weighed[word], form) for word, form in heaviest.items())
    return " ".join(form for _, form in forms)
