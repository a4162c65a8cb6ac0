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

_WORD = re.compile(rf"[^\W_]{{1,{LONGEST}}}(?:'[^\W_]{{1,{LONGEST}}})?")
_NAME = re.compile(rf"(?<![.!?:\"“”\n] )(?<![\n\"“])\b[A-Z][\w'-]{{1,{LONGEST}}}")


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
    written = Counter(_WORD.findall(text))
    parts = {
        "b": _keyed(written, lang),
        "t": _keyed(Counter(_WORD.findall(title[:TITLE_READ].replace("’", "'"))), lang),
        "n": _keyed(Counter(name.removesuffix("'s") for name in _NAME.findall(text)), lang),
    }
    rarity, rare = _rarity(lang)
    vector: dict[int, float] = {}
    common: dict[int, float] = {}
    for part, counts in parts.items():
        weighed = {word: (1 + log(n)) * rarity.get(word, rare) for word, n in counts.items()}
        length = sqrt(sum(w * w for w in weighed.values())) or 1.0
        share = sqrt(SHARES[part]) / length
        for word, w in weighed.items():
            term = zlib.crc32(f"{part}{word}".encode("utf-8", "surrogatepass")) >> (32 - BITS)
            (common if word in rarity else vector)[term] = w * share
    for term in vector.keys() & common.keys():
        del common[term]
    weights = array("f", (*vector.values(), *common.values()))
    return Features(
        array("I", (*vector, *common)).tobytes(), weights.tobytes(), len(vector), _shown(written, parts, rarity, lang)
    )


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


def _keyed(written: Mapping[str, int], lang: Language) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word, n in written.items():
        if found := key(word.lower(), lang):
            counts[found] = counts.get(found, 0) + n
    return counts


@cache
def _rarity(lang: Language) -> tuple[Mapping[str, float], float]:
    table = lang.table("background", BackgroundTable)
    return {word: float(weight) for weight, words in table.common.items() for word in words.split()}, table.rare


def _shown(
    written: Iterable[str], parts: Mapping[str, Mapping[str, int]], rarity: Mapping[str, float], lang: Language
) -> str:
    titled, named = parts["t"], parts["n"]
    weighed = {
        word: (1 + (word in titled) + (word in named)) * n
        for word, n in parts["b"].items()
        if word not in rarity and word.isalpha()
    }
    heaviest = set(nsmallest(SHOWN, weighed, key=lambda word: (-weighed[word], word)))
    forms: dict[str, str] = {}
    for form in written:
        if (word := key(form.lower(), lang)) in heaviest:
            forms.setdefault(word, form if word in named else form.lower())
    return " ".join(sorted(forms.values(), key=lambda form: (-weighed[key(form.lower(), lang)], form)))
