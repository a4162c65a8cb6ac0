"""Numbers of every form: "1,200", "1.2 million", "half a dozen", "two-thirds", "2½", "1.3e6".

Decides what number a run of words stands for, not whether it counts anything: that is for figures and times to say.
"""

import math
import unicodedata

from twosource.extract.cardinals import Numeral, cardinal, is_close
from twosource.extract.lexemes import Lexeme, gap
from twosource.extract.numberwords import (
    MAX_DIGITS,
    Lexicon,
    denominator_at,
    number_in_digits,
    past_hyphen,
    scale_of,
)


def numeral_at(words: list[Lexeme], at: int, lex: Lexicon, *, money: bool = False) -> Numeral | None:
    """Return the number that begins at word ``at``, the longest there is, or None.

    ``money`` says that a currency sign stands before it, so that "5m" are millions.
    """
    if words[at].low in lex.table.minus:
        return _negative(words, at, lex, money=money)
    return _halved(words, at, lex) or _glyph(words, at) or _slashed(words, at) or _counted(words, at, lex, money=money)


def _negative(words: list[Lexeme], at: int, lex: Lexicon, *, money: bool) -> Numeral | None:
    if not is_close(words, at + 1) or words[at + 1].low in lex.table.minus:
        return None
    above = numeral_at(words, at + 1, lex, money=money)
    return Numeral(at, above.last, -above.value, above.form) if above and not above.doubtful else None


def _halved(words: list[Lexeme], at: int, lex: Lexicon) -> Numeral | None:
    """Read "half", "half a million", "half-dozen"."""
    if words[at].low != lex.table.half:
        return None
    after = at + 1
    if after + 1 < len(words) and (words[after].text == "-" or words[after].low in lex.table.articles):
        after += 1
    if after < len(words) and (times := scale_of(words[after], lex)):
        return Numeral(at, after + 1, times / 2, "words")
    return Numeral(at, at + 1, 0.5, "fraction", doubtful=True)


def _glyph(words: list[Lexeme], at: int) -> Numeral | None:
    """Read "¾"."""
    shown = words[at].text
    return Numeral(at, at + 1, unicodedata.numeric(shown), "fraction") if shown in GLYPHS else None


GLYPHS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")

_UNDER = frozenset(("2", "3", "4", "5", "6", "8", "10", "16", "32", "64"))


def _slashed(words: list[Lexeme], at: int) -> Numeral | None:
    """Read "3/4": a proper fraction; "9/11", "24/7", "and/or" and dates are none."""
    if at + 2 >= len(words) or words[at + 1].text != "/":
        return None
    over, under = words[at].text, words[at + 2].text
    if not (over.isdecimal() and under in _UNDER and gap(words, at + 1) == gap(words, at + 2) == 0):
        return None
    if gap(words, at + 3) == 0 and words[at + 3].text in ("/", "-"):
        return None
    top = number_in_digits(over)
    return Numeral(at, at + 3, top / int(under), "fraction") if top and top < int(under) else None


def _counted(words: list[Lexeme], at: int, lex: Lexicon, *, money: bool) -> Numeral | None:
    """Read a cardinal with its scale letters and fraction ("10k", "two-thirds", "two and a half million")."""
    if words[at].low in lex.table.articles:
        if not is_close(words, at + 1) or (under := lex.table.denominators.get(words[at + 1].low)) is None:
            found = cardinal(words, at, lex)
            return (_as_numerator(words, found, lex) or found) if found else None
        return _of_scale(words, Numeral(at, at + 2, 1 / under, "fraction", doubtful=True), lex)
    found = _spaced(words, at) or _powered(words, at) or cardinal(words, at, lex)
    if found is None:
        return None
    if words[found.last - 1].is_number and (scale := _scale_letters(words, found.last, lex, money=money)):
        return Numeral(at, found.last + 1, found.value * scale, "mixed", scale=scale)
    found = _with_point(words, found, lex)
    return _as_numerator(words, found, lex) or _with_fraction(words, found, lex) or found


def _spaced(words: list[Lexeme], at: int) -> Numeral | None:
    """Read "1 234 567" and "10 000": thousands set off by blanks (two groups or more, or only noughts)."""
    end = at + 1
    if not (words[at].text.isdecimal() and len(words[at].text) <= 3):
        return None
    while end < len(words) and end - at < MAX_DIGITS // 3 and gap(words, end) == 1 and _three_digits(words[end]):
        end += 1
    groups = [w.text for w in words[at:end]]
    if len(groups) == 1 or (len(groups) == 2 and groups[1] != "000") or groups[0].startswith("0"):
        return None
    value = number_in_digits(",".join(groups))
    return Numeral(at, end, value, "digits") if value is not None else None


def _powered(words: list[Lexeme], at: int) -> Numeral | None:
    """Read scientific notation: "1.3e6", "1.3x10^6", "2.5^-1"."""
    base = number_in_digits(words[at].text) if words[at].is_number else None
    end = at + 1
    if base is None or gap(words, end) > 0 or words[end].low not in _POWERS:
        return None
    ten = words[end].low != "^"
    if words[end].low in "x*" and end + 2 < len(words):
        if words[end + 1].text != "10" or words[end + 2].text != "^":
            return None
        end += 2
    end += 1
    sign = words[end].text if end < len(words) and words[end].text in "+-" else ""
    end += bool(sign)
    shown = words[end].text if end < len(words) else ""
    if not (shown.isascii() and shown.isdecimal() and len(shown) <= 3) or words[end].end - words[at].start > MAX_DIGITS:
        return None
    return _raised(at, end + 1, base, -int(shown) if sign == "-" else int(shown), ten=ten)


_POWERS = frozenset(("e", "x", "*", "^"))


def _raised(first: int, last: int, base: float, exponent: int, *, ten: bool) -> Numeral | None:
    try:
        value = base * 10.0**exponent if ten else base**exponent
    except (OverflowError, ZeroDivisionError):
        return None
    lost = not math.isfinite(value) or (value == 0) != (base == 0)
    return None if lost else Numeral(first, last, value, "mixed")


def _three_digits(word: Lexeme) -> bool:
    return len(word.text) == 3 and word.text.isdecimal()


def _scale_letters(words: list[Lexeme], at: int, lex: Lexicon, *, money: bool) -> float | None:
    """Return what letters glued to digits multiply by: "k", "M", and after a currency "m"."""
    if gap(words, at) > 0 or words[at].text in ("-", "/"):
        return None
    shown = words[at].text
    return lex.table.scales_glued.get(shown) or (lex.table.scales_money.get(shown) if money else None)


def _with_point(words: list[Lexeme], found: Numeral, lex: Lexicon) -> Numeral:
    """Read decimals in words: "five point five", "nine point nought four", "one point two million"."""
    at = found.last
    if found.form != "words" or at + 1 >= len(words) or words[at].low != lex.table.point:
        return found
    end, decimals = at + 1, ""
    while end < len(words) and len(decimals) < MAX_DIGITS and (kind := lex.kinds.get(words[end].low)) is not None:
        part = cardinal(words, end, lex, joints=False) if kind[0] in ("teen", "tens") else None
        if part is None and kind[0] not in ("unit", "zero"):
            break
        decimals += str(int(part.value if part else kind[1]))
        end = part.last if part else end + 1
    if not decimals:
        return found
    return _of_scale(words, Numeral(found.first, end, found.value + float(f"0.{decimals}"), "words"), lex)


def _as_numerator(words: list[Lexeme], found: Numeral, lex: Lexicon) -> Numeral | None:
    """Read "two-thirds", "one quarter", "three quarters of a million"."""
    part = _over(words, found, lex)
    return _of_scale(words, part, lex) if part else None


def _over(words: list[Lexeme], found: Numeral, lex: Lexicon) -> Numeral | None:
    """Divide a number by the denominator after it, if their grammatical numbers agree.

    "One nineteenth" may begin "one nineteenth century house": doubtful.
    """
    at = past_hyphen(words, found.last)
    if at >= len(words) or not is_close(words, at) or (part := denominator_at(words, at, lex)) is None:
        return None
    end, under = part
    over, tens = found.value, lex.kinds.get(words[found.last - 1].low, ("", 0.0))
    if at > found.last and tens[0] == "tens" and under < 10 and over > tens[1]:
        over, under = over - tens[1], under + tens[1]  # "one hundred thirty-fifths"
    plural = words[end - 1].low.endswith("s")
    if plural == (over == 1) or not over.is_integer():
        return None
    return Numeral(found.first, end, over / under, "fraction", doubtful=not plural and under > 10)


def _with_fraction(words: list[Lexeme], found: Numeral, lex: Lexicon) -> Numeral | None:
    """Read what follows a whole number: "10 1/2", "2½", "two and a half", "3 million and a half"."""
    at = found.last
    if at >= len(words):
        return None
    if found.form == "digits":
        index = at + 1 if words[at].text == "-" and at + 1 < len(words) else at
        part = (_glyph(words, index) or _slashed(words, index)) if gap(words, index) <= 2 else None
        if part:
            return Numeral(found.first, part.last, found.value + part.value, "mixed")
    joint = past_hyphen(words, at)
    if words[joint].low != lex.table.joined_by or joint + 2 >= len(words):
        return None
    part = _fraction_after_and(words, past_hyphen(words, joint + 1), lex)
    if part is None or part.value >= 1:
        return None
    had = scale_of(words[at - 1], lex) if words[at - 1].low != lex.table.hundred else None
    scale = scale_of(words[part.last], lex) if part.last < len(words) else None
    value = found.value + part.value * (scale or had) if had else (found.value + part.value) * (scale or 1.0)
    return Numeral(found.first, part.last + (scale is not None), value, "mixed")


def _fraction_after_and(words: list[Lexeme], at: int, lex: Lexicon) -> Numeral | None:
    """Read "a half", "three quarters" after a number and "and", hyphens between or not."""
    if words[at].low in lex.table.articles:
        after = past_hyphen(words, at + 1)
        under = lex.table.denominators.get(words[after].low) if after < len(words) else None
        return Numeral(at, after + 1, 1 / under, "fraction") if under else None  # a scale word is the caller's to read
    top = cardinal(words, at, lex, joints=False)
    return _over(words, top, lex) if top else None


def _of_scale(words: list[Lexeme], part: Numeral, lex: Lexicon) -> Numeral:
    """Multiply by a scale word that follows, maybe after "of a": "two thirds of a million", "a quarter million"."""
    at = part.last
    if at + 2 < len(words) and words[at].low == lex.table.of and words[at + 1].low in lex.table.articles:
        at += 2
    if at >= len(words) or not is_close(words, at) or not (scale := scale_of(words[at], lex)):
        return part
    return Numeral(part.first, at + 1, part.value * scale, "words")
