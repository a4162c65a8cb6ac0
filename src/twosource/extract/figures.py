"""Figures: quantities with value, unit, hedge, whole and subject.

Amounts come from `amounts`, what they count from `counting`; `joining` joins those that belong together ("10 to 15").
This module carries nouns on ("out of 123 drones … 71"), adds "both" and "no passengers", and leaves out numbers that
are dates, years or clock times.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from twosource.article import Article, Span, stable_id
from twosource.extract.amounts import Amount, amount_at
from twosource.extract.counting import Counted, Phrases, plural_of
from twosource.extract.figurewords import FigureWords, figure_words
from twosource.extract.hedges import hedge_after
from twosource.extract.joining import joined
from twosource.extract.lexemes import Lexeme, gap
from twosource.extract.sentences import Paragraph
from twosource.extract.timegrammar import sighted
from twosource.facts import Figure
from twosource.lang import Language

MAX_REACH = 250
"""Code points within which a bare number takes its noun from a figure before it ("123 drones … 71 … 40 more")."""

DIGITS = 15
"""Significant digits kept of a value: as many as a double holds."""

LASTING = frozenset(("duration", "half", "pointed_span", "set", "per", "gone"))
"""Rules of time expressions whose numbers are figures too; all others are dates, and their numbers count nothing."""


def find_figures(article: Article, paragraphs: tuple[Paragraph, ...], lang: Language) -> tuple[Figure, ...]:
    """Return the figures in order of place; spans never overlap."""
    known = figure_words(lang)
    sha = article.sha256
    return tuple(figure for paragraph in paragraphs for figure in _in_paragraph(paragraph, sha, known, lang))


def _in_paragraph(paragraph: Paragraph, sha: str, known: FigureWords, lang: Language) -> Iterator[Figure]:
    words, times = sighted(paragraph.doc.text, lang)
    dated = {i for t in times if t.rule not in LASTING for i in range(t.first, t.last)}
    found = list(_amounts(words, dated, known))
    if not found:
        return
    reader = _Reader(words, paragraph.start, dated, Phrases(paragraph, known.words), known)
    for told in reader.told(joined(words, found, known)):
        amount = told.amount
        span = Span(paragraph.start + words[amount.first].start, paragraph.start + words[amount.last - 1].end)
        yield Figure(
            id=stable_id("figure", sha, span.start, span.end),
            span=span,
            value=_plain(amount.value),
            low=_plain(amount.low),
            high=_plain(amount.high),
            of=_plain(amount.of),
            unit=told.unit,
            hedge=amount.hedge,
            subject=told.counted.span if told.counted else None,
        )


def _plain(value: float | None) -> float | None:
    """Return the value without the dust of binary fractions ("16.1m" is 16,100,000); None where it is not finite."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")


def _amounts(words: list[Lexeme], dated: set[int], known: FigureWords) -> Iterator[Amount]:
    """Yield the amounts from left to right; numbers inside dates are left out."""
    at = floor = 0
    while at < len(words):
        word = words[at]
        found = None
        if at not in dated:
            if known.numbers.starts(word):
                found = amount_at(words, at, known, floor)
            elif word.low in known.words["both"]:
                found = Amount(at, at + 1, 2.0, "both", opening=at)
            elif word.low in known.words["no"] and not _compares(words, at, known):
                found = Amount(at, at + 1, 0.0, "no", opening=at)
        if found:
            yield found
            floor = found.last
        at = found.last if found and found.last > at else at + 1


def _compares(words: list[Lexeme], at: int, known: FigureWords) -> bool:
    """Tell "no more than" and "no fewer than" from "no boats"."""
    return at + 2 < len(words) and words[at + 2].low in known.words["than"]


# -------------------------------------------------------------------------------- what they count


@dataclass(slots=True)
class _Told:
    """An amount with what it counts and the unit it is printed in."""

    amount: Amount
    counted: Counted | None
    unit: str
    bare: bool = False
    """A count with no noun after it, which may share that of a count before it."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """One paragraph while its amounts are given their nouns."""

    words: list[Lexeme]
    start: int
    dated: set[int]
    phrases: Phrases
    known: FigureWords

    def told(self, found: list[Amount]) -> list[_Told]:
        """Give every amount its subject; those that count nothing after all are dropped."""
        told: list[_Told] = []
        for i, amount in enumerate(found):
            made = self._one(amount, found[i + 1] if i + 1 < len(found) else None)
            if made is not None:
                told.append(made)
        self._inherit(told)
        return told

    def _low(self, at: int) -> str:
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def _one(self, amount: Amount, following: Amount | None) -> _Told | None:
        if amount.kind == "count" and self._low(amount.last) == "-" and gap(self.words, amount.last) == 0:
            return self._hyphened(amount)
        counted = self._subject(amount, following)
        if amount.kind not in ("count", "both", "no"):
            return _Told(amount, counted, amount.unit)
        bare = counted is None and self._low(amount.last + 1) != "-"  # "8 million low- and middle-income earners"
        counted = counted if counted and self._agrees(amount, counted) else None
        if not self._counts(amount, counted):
            return None
        if counted is None:
            return _Told(amount, None, "", bare=bare)
        return _Told(amount, counted, self._unit_of(counted))

    def _noun_at(self, at: int) -> Counted | None:
        """The noun phrase that begins at a lexeme, or None where no word stands there."""
        word = at < len(self.words) and self.words[at].text[0].isalnum()
        return self.phrases.after(self.words[at].start) if word else None

    def _unit_of(self, counted: Counted | None) -> str:
        """The plural by which counts of a noun go."""
        if counted is None:
            return ""
        return counted.head if counted.plural else plural_of(counted.head, self.known.plurals)

    def _hyphened(self, amount: Amount) -> _Told | None:
        """Read "47-page indictment": pages are counted, and the indictment has them."""
        at = amount.last + 1
        if amount.hedge and (odd := hedge_after(self.words, amount.last, self.known.hedges)):
            counted = self._noun_at(odd[0])  # "100-odd boats"
            return _Told(amount, counted, self._unit_of(counted))
        if at >= len(self.words) or gap(self.words, at) > 0 or not self.words[at].text.isalpha():
            return _Told(amount, None, "")
        if self.words[at].capital and self.words[amount.first].capital:
            return None  # "Catch The Five-Way"
        noun = self.words[at].low
        return _Told(amount, self._noun_at(at + 1), noun if noun.endswith("s") else plural_of(noun, self.known.plurals))

    def _subject(self, amount: Amount, following: Amount | None) -> Counted | None:
        """The noun phrase an amount tells of: right after it, or after "of", "worth of", and after "in" for money."""
        odd = hedge_after(self.words, amount.last, self.known.hedges)
        at = odd[0] if odd else amount.last  # "30 or so boats"
        if following is not None and following.opening == at:  # "five four-storey halls"
            at = following.last
            if self._low(at) == "-" and gap(self.words, at) == 0:
                at += 2
        if at >= len(self.words):
            return None
        low = self._low(at)
        if low in self.known.words["worth"]:
            at, low = at + 1, self._low(at + 1)
        if low in self.known.words["of"] or (amount.kind == "money" and low in self.known.words["in"]):
            return self._after_of(at, following)
        if at in self.dated:
            return None
        if amount.kind == "both" and low in self.known.words["determiners"]:
            return self.phrases.after(self.words[at].start, determined=True)
        if not self.words[at].text[0].isalnum() or low in self.known.words["functional"]:
            return None
        return self.phrases.after(self.words[at].start)

    def _after_of(self, at: int, following: Amount | None) -> Counted | None:
        """The noun phrase after "of", also past a number ("six of seven missiles")."""
        if following is not None and following.opening - at <= 3:
            at = following.last - 1
        if at + 1 >= len(self.words) or at + 1 in self.dated:
            return None
        return self.phrases.after(self.words[at].end, determined=True)

    def _agrees(self, amount: Amount, counted: Counted) -> bool:
        """Tell whether number and noun agree: "25 hurt" and "300 London" count other things."""
        if amount.joined or self._low(amount.last) == "-" or amount.value is None or amount.kind == "no":
            return True
        one = amount.value == 1 and amount.of is None
        return (
            one != counted.plural
            or counted.head in self.known.words["people"]
            or counted.head in self.known.plurals.values()
        )

    def _counts(self, amount: Amount, counted: Counted | None) -> bool:
        """Tell whether a bare number, "one", "both" or "no" counts something here."""
        first = amount.first
        if amount.kind == "both":
            return self._both_counts(amount, counted)
        if amount.kind == "no":
            return counted is not None and counted.plural and counted.head not in self.known.uncounted_by_no
        if self._low(first) in self.known.words["one"] and amount.last == first + 1:
            return self._one_counts(amount, counted)
        if counted is None and self._low(first - 1) in self.known.labels:
            return False  # "phase two", "number one"
        named = first > 0 and self.words[first - 1].capital and gap(self.words, first) <= 1
        return not (named and counted is None and self.phrases.is_name(self.words[first - 1].end))  # "Windows 10"

    def _both_counts(self, amount: Amount, counted: Counted | None) -> bool:
        """Tell "both apps" and "both the app and its twin" from "both young and old"."""
        after = self._low(amount.last)
        if after in self.known.words["determiners"] or after in self.known.words["of"]:
            return True
        if counted is not None:
            return self._low(self._index_after(counted)) not in self.known.words["and"]
        plain = not after or not after[0].isalnum() or after in self.known.words["functional"]
        return plain and after not in self.known.words["not_after_both"]

    def _index_after(self, counted: Counted) -> int:
        """Index of the lexeme after a noun phrase."""
        end = counted.span.end - self.start
        return bisect_left(self.words, end, key=lambda w: w.start)

    def _one_counts(self, amount: Amount, counted: Counted | None) -> bool:
        """Tell "one worker" and "at least one" from the pronoun and from "one day"."""
        if amount.of is not None or amount.hedge is not None:
            return True
        before = self._low(amount.first - 1)
        if counted is None or counted.plural or before in self.known.words["determiners"] | self.known.words["no"]:
            return False
        return counted.head not in self.known.uncounted_by_one and self._low(amount.last) not in self.known.words["of"]

    def _inherit(self, told: list[_Told]) -> None:
        """Give bare numbers the noun of a count before them in the sentence, and the whole of "out of 123 drones, …
        71".
        """
        source: _Told | None = None
        for left, one in zip([None, *told], told, strict=False):
            if one.amount.kind != "count":
                continue
            if left is not None and left.amount.kind == "age" and one.bare and self._is_pair(left.amount, one.amount):
                one.unit = left.unit
                continue
            if source is not None and not self._same_sentence(source.amount, one.amount):
                source = None
            if one.counted is not None:
                source = one
            elif source is not None and one.bare and self._low(one.amount.opening - 1) not in self.known.words["of"]:
                one.counted, one.unit = source.counted, source.unit
                one.amount = self._part_of(one.amount, source.amount)

    def _is_pair(self, left: Amount, right: Amount) -> bool:
        """Tell whether only "and" stands between two numbers ("aged 16 and 13")."""
        return right.opening - left.last == 1 and self._low(left.last) in self.known.words["and"]

    def _part_of(self, amount: Amount, source: Amount) -> Amount:
        """Give a bare number its whole, where the count before it was told as one."""
        if amount.of is not None or amount.value is None or source.value is None or amount.value > source.value:
            return amount
        return replace(amount, of=source.value) if self._opens_whole(source) else amount

    def _same_sentence(self, left: Amount, right: Amount) -> bool:
        here, there = self.words[left.first].start, self.words[right.first].start
        return there - here <= MAX_REACH and self.phrases.sentence_start(there) <= here

    def _opens_whole(self, amount: Amount) -> bool:
        """Tell whether a count is told as the whole for those after it: "Of the 123 drones, …", "out of 123 drones"."""
        at = amount.opening - 1
        while at >= 0 and self._low(at) in self.known.words["determiners"]:
            at -= 1
        if self._low(at) not in self.known.words["of"]:
            return False
        return at == 0 or self._low(at - 1) in self.known.words["out"] or self.words[at].capital
