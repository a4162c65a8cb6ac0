"""Whole numbers in words, or in digits and words: "twenty-one", "4 thousand 3 hundred and 21", "three lakh crore".

Evidence: the order in which a language builds numbers, each scale word smaller than the one before.
"""

import math
from dataclasses import dataclass
from typing import Literal

from twosource.extract.lexemes import Lexeme, gap
from twosource.extract.numberwords import Kind, Lexicon, denominator_at, number_in_digits, past_hyphen, scale_of

MAX_LIFTS = 1
"""How often a scale word may follow a smaller or equal one; more is no number but a pump ("million million …")."""

MAX_SPACE = 3
"""Most blanks between two words of one number."""

Form = Literal["digits", "words", "mixed", "fraction"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number: words ``first`` to ``last`` (not included), and its value.

    ``doubtful`` marks words that may be no number at all without their context: "a third (man)", "half (time)".
    ``whole`` tells a bare run of digits, as years and labels are written.
    """

    first: int
    last: int
    value: float
    form: Form
    doubtful: bool = False
    whole: bool = False
    scale: float = 1.0
    """What a scale word or letter multiplied the digits by: "5 to 10 million" shares it."""


@dataclass(slots=True)
class _Growing:
    """A number being built from left to right; ``take`` says whether a word still belongs to it."""

    total: float = 0.0
    group: float | None = None
    open: float = 0.0
    """Numbers below this may be added to the group ("two hundred and …": 100; "twenty-…": 10)."""
    scale: float = math.inf
    started: bool = False
    lifts: int = 0

    @property
    def value(self) -> float:
        return self.total + (self.group or 0.0)

    def take(self, kind: Kind, value: float) -> bool:
        """Add one word; False, and nothing changed, where it does not fit."""
        if kind in ("unit", "teen", "tens", "zero"):
            return self._add(value, follows=10.0 if kind == "tens" else 0.0)
        if kind == "hundred":
            return self._hundred()
        return self._multiply(value)

    def digits(self, value: float) -> bool:
        """Add a number in digits: first of all, after a scale word, or after a hundred."""
        fits = (self.group is None and value < self.scale) or (value < self.open and value >= 1)
        if not fits:
            return False
        self.group, self.open, self.started = (self.group or 0.0) + value, 0.0, True
        return True

    def _add(self, value: float, follows: float) -> bool:
        if self.group is None:
            self.group = value
        elif 0 < value < self.open:
            self.group += value
        else:
            return False
        self.open, self.started = follows, True
        return True

    def _hundred(self) -> bool:
        if self.group is None and self.started:
            return False
        group = 1.0 if self.group is None else self.group
        if not 0 < group < 1000 or group % 100 == 0:
            return False
        self.group, self.open, self.started = group * 100.0, 100.0, True
        return True

    def _multiply(self, scale: float) -> bool:
        if not self.started or self.lifts > MAX_LIFTS:
            return False
        if scale < self.scale and self.group is not None:
            self.total += self.group * scale
        elif scale > self.scale or self.group is None:  # "a hundred thousand million", "three lakh crore"
            self.total = self.value * scale
            self.lifts += 1
        else:
            return False
        self.group, self.open, self.scale = None, 0.0, min(scale, self.scale)
        return True


def is_close(words: list[Lexeme], at: int) -> bool:
    """Tell whether lexeme ``at`` stands close enough to the one before to be of the same number."""
    return gap(words, at) <= MAX_SPACE


def cardinal(words: list[Lexeme], at: int, lex: Lexicon, *, joints: bool = True) -> Numeral | None:
    """Read the longest cardinal; ``joints`` allows "and" inside it."""
    state, end, digits = _Growing(), at, 0
    if words[at].low in lex.table.articles:
        if not is_close(words, at + 1) or scale_of(words[at + 1], lex) is None:
            return None
        state.take("unit", 1.0)
        state.open = 0.0
        end += 1
    start = end
    while end < len(words) and (index := _past_joint(words, end, start, state, lex, joints=joints)) is not None:
        if not _take(words, index, state, lex, first=index == start):
            break
        digits += words[index].is_number
        end = index + 1
    if end == start:
        return None
    form: Form = "words" if not digits else "digits" if end == at + 1 else "mixed"
    whole = form == "digits" and words[at].text.isdecimal()
    return Numeral(at, end, state.value, form, whole=whole, scale=state.scale if state.scale < math.inf else 1.0)


def _take(words: list[Lexeme], index: int, state: _Growing, lex: Lexicon, *, first: bool) -> bool:
    """Add the word to the number; False where it does not continue it."""
    word = words[index]
    if not first and not is_close(words, index):
        return False
    if word.is_number:
        value = number_in_digits(word.text)
        return value is not None and (first or state.open == 100.0 or state.scale < math.inf) and state.digits(value)
    kind, value = lex.kinds.get(word.low, (None, 0.0))
    return kind is not None and (kind != "plural" or words[index - 1].is_number) and state.take(kind, value)


def _past_joint(
    words: list[Lexeme], end: int, start: int, state: _Growing, lex: Lexicon, *, joints: bool
) -> int | None:
    """Return the index of the next word of the number, past a hyphen or an "and" that joins it; None where it ends."""
    after = end + 1
    if end == start or after >= len(words):
        return end
    if words[end].text == "-":
        kind = lex.kinds.get(words[after].low, ("",))[0]
        glued = gap(words, end) == 0 and gap(words, after) == 0
        return after if kind and (glued or (state.open == 10.0 and kind == "unit")) else None
    if words[end].low == lex.table.joined_by:
        return after if joints and _may_follow_and(words, after, state, lex) else None
    return end


def _may_follow_and(words: list[Lexeme], after: int, state: _Growing, lex: Lexicon) -> bool:
    """Tell whether what stands after "and" ends this number rather than begins another ("3 hundred and 2 hundred")."""
    if words[after].low in lex.table.articles or (state.open != 100.0 and state.scale == math.inf):
        return False
    tail = cardinal(words, after, lex, joints=False)
    part = denominator_at(words, past_hyphen(words, tail.last), lex) if tail else None
    if tail is None or tail.value <= 0 or (part and tail.value < part[1]):
        return False  # "one hundred and two thirds", but "one hundred and thirty fifths"
    if state.open == 100.0:
        return tail.value < 100 or (tail.value % 1000 == 0 and tail.value < 100_000)
    return tail.form == "words" and tail.value < state.scale
