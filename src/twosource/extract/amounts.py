"""Amounts: a number with its currency or measure, hedge and rate, or with what shows that it is an age or a share.

Decides how far a figure reaches to the left ("A$") and right ("billion US", "square kilometres", "years old").
Evidence: unit tables.
"""

from dataclasses import dataclass, replace

from twosource.extract.cardinals import Numeral
from twosource.extract.figurewords import FigureWords
from twosource.extract.hedges import hedge_after, hedge_before
from twosource.extract.lexemes import Lexeme, gap
from twosource.extract.numbering import (
    MAX_STREET,
    is_address,
    is_frame,
    is_grouped,
    is_idiom,
    is_label,
    is_numbering,
    is_part,
    is_share,
    is_vague,
)
from twosource.extract.numerals import numeral_at
from twosource.extract.units import UnitWord, unit_at
from twosource.facts import Hedge

OLDEST = 119
"""Highest number read as an age where only commas set it off ("Ann Lee, 33,")."""

LEAST_SHARE = 0.1
"""Smallest fraction read before a unit: "a quarter mile", but "one nineteenth century …" counts no centuries."""

MONEY_POUNDS = 1e6
"""From here on "pounds" are money, below they weigh."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure as its own words tell it: lexemes ``first`` to ``last`` (not included).

    ``unit`` is empty for a count, whose noun follows (or was named before). ``kind`` is the kind of unit, "fraction",
    "age", "count", "both" or "no". ``opening`` is where its hedge begins. ``joined`` marks a unit hyphened to the
    number ("three-year").
    """

    first: int
    last: int
    value: float | None
    kind: str
    unit: str = ""
    opening: int = 0
    hedge: Hedge | None = None
    low: float | None = None
    high: float | None = None
    of: float | None = None
    scale: float = 1.0
    joined: bool = False


def amount_at(words: list[Lexeme], at: int, known: FigureWords, floor: int = 0) -> Amount | None:
    """Return the amount whose number begins at lexeme ``at``, or None where no number does or it counts nothing.

    What stands before lexeme ``floor`` belongs to another amount ("10 € 5").
    """
    money = _currency_before(words, at, known)
    money = money if money and money[0] >= floor else None
    numeral = numeral_at(words, at, known.numbers, money=money is not None)
    if numeral is None or is_part(words, numeral, spelled=money is not None):
        return None
    if money is None and at > floor:
        money = _named_before(words, numeral, known)
    if money:
        found = _money(words, numeral, *money, known)
    else:
        found = _measured(words, numeral, known) or _counted(words, numeral, known)
    return _hedged(words, _signed(words, found), known) if found else None


def _signed(words: list[Lexeme], found: Amount) -> Amount:
    """Read the minus of "-5%": glued to its number, and to nothing before; or the only thing before it ("- 1.4")."""
    at = found.first - 1
    glued = at >= 0 and gap(words, found.first) == 0 and gap(words, at) > 0
    alone = at == 0 and found.last == len(words)
    minus = (glued or alone) and words[at].text == "-"
    if not minus or found.value is None or words[found.first].text[0] not in _SIGNABLE:
        return found
    return replace(found, first=at, value=-found.value)


_HUNDREDTHS = frozenset(float(n) for n in range(10, 100))

_SIGNABLE = frozenset("0123456789$€£.")


def _currency_before(words: list[Lexeme], at: int, known: FigureWords) -> tuple[int, str] | None:
    """Return where the currency before a number begins and what it is: "$", "A$", "US $", "EUR"."""
    if at == 0 or gap(words, at) > 1 or not words[at].is_number:
        return None
    before = words[at - 1]
    unit = known.units.signs.get(before.text)
    if unit is None:
        code = known.units.codes.get(before.low)
        return (at - 1, code) if code and (before.text.isupper() or len(words) < MAX_STREET) else None
    country = _country(words, at - 2, known) if before.text == "$" else None
    return (at - 2, country) if country else (at - 1, unit)


def _named_before(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> tuple[int, str] | None:
    """Return the currency whose name stands before a number in digits, as in South Asia ("rupees 500 crore").

    Where a phrase goes on after the number, or an article opens one before it ("the dollar 3 percent"), it is none.
    """
    at = numeral.first - 1
    if words[at].low not in known.words["currency_first"] or not words[at + 1].is_number or gap(words, at + 1) != 1:
        return None
    named = unit_at(words, at, known.units)
    if named is None or not ends_phrase(words, numeral.last, known):
        return None
    before = words[at - 1] if at else None
    opened = before is not None and (before.low in known.words["determiners"] or before.is_number)
    after = words[numeral.last].low if numeral.last < len(words) else ""
    return None if opened or after in known.units.after else (at, named[1].unit)


def _country(words: list[Lexeme], at: int, known: FigureWords) -> str | None:
    """Return the currency that letters before "$" name; single letters must touch it, words may stand off."""
    if at < 0 or gap(words, at + 1) > 1:
        return None
    unit = known.units.countries_before.get(words[at].low)
    apart = gap(words, at + 2) == 1 and words[at].low not in known.words["articles"]
    touching = gap(words, at + 1) == 0 or apart  # "c $ 5", as in text cut into words
    upper = words[at].text.isupper() and len(words[at].low) > 1
    if touching and at and words[at - 1].text == "'":
        return None  # "the city's $5m"
    return unit if unit and (touching or upper or (len(words[at].low) > 1 and is_caseless(words))) else None


def is_caseless(words: list[Lexeme]) -> bool:
    """Tell whether a text is written without capitals, so that "us $5" may be a currency."""
    return not any(w.capital for w in words)


def _money(words: list[Lexeme], numeral: Numeral, first: int, unit: str, known: FigureWords) -> Amount | None:
    """Build "$65 billion US", "$12-a-share", "$10 dollars"."""
    last = numeral.last
    if last < len(words) and gap(words, last) == 0 and words[last].text.isalpha():
        return None  # "$5x": no way of writing money
    if last < len(words):
        after = words[last]
        country = known.units.countries_after.get(after.text)
        if country and (gap(words, last) <= 1) and ends_phrase(words, last + 1, known):
            last, unit = last + 1, country
        elif (named := unit_at(words, last, known.units)) and named[1].kind == "money" and named[1].unit == unit:
            last = named[0]
    found = Amount(first, last, numeral.value, "money", unit, first, scale=numeral.scale)
    return _with_rate(words, _with_hundredths(words, found, known), known)


def ends_phrase(words: list[Lexeme], at: int, known: FigureWords) -> bool:
    """Tell whether the phrase ends there: "$65 billion US in aid", but not "$65 billion US aid"."""
    return at >= len(words) or not words[at].text[0].isalnum() or words[at].low in known.words["functional"]


def _with_hundredths(words: list[Lexeme], found: Amount, known: FigureWords) -> Amount:
    """Add the cents of "3 dollars 50 cents", and of "3 dollars 50" at the end of a phrase."""
    at = found.last + (found.last < len(words) and words[found.last].low == known.numbers.table.joined_by)
    if found.kind != "money" or found.value is None or at >= len(words) or not known.numbers.starts(words[at]):
        return found
    numeral = numeral_at(words, at, known.numbers)
    if numeral is None:
        return found
    named = unit_at(words, numeral.last, known.units)
    if named is None and _are_hundredths(words, found, numeral, known):
        return replace(found, last=numeral.last, value=found.value + numeral.value / 100)
    if named is None or found.unit not in known.units.hundredths.get(named[1].unit, ()):
        return found
    return replace(found, last=named[0], value=found.value + numeral.value / 100)


def _are_hundredths(words: list[Lexeme], found: Amount, numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether a bare number of two figures ends the phrase after a whole number of dollars."""
    ended = numeral.last >= len(words) or words[numeral.last].text in ".,;:!?)"
    parted = any(found.unit in wholes for wholes in known.units.hundredths.values())
    whole = found.value is not None and found.value.is_integer() and found.scale == 1
    return ended and parted and whole and numeral.form in ("digits", "words") and numeral.value in _HUNDREDTHS


def _measured(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> Amount | None:
    """Build a number with a unit after it, whatever joins them: "450 km2", "68-ounce", "half an hour", "115USD"."""
    if numeral.last >= len(words) or (numeral.doubtful and numeral.value < LEAST_SHARE):
        return None
    at, joined, hedge = _to_unit(words, numeral, known)
    found = _unit_after(words, at, known) or _bracketed(words, at, known)
    if found is None or gap(words, at) > 2:
        return None
    last, unit, kind, times = found
    if is_idiom(words, numeral, at, known) and not joined:
        return None
    weighed = last < len(words) and words[last].low in known.words["of"]
    if unit == "lb" and numeral.value >= MONEY_POUNDS and not weighed:
        unit, kind = "GBP", "money"
    made = Amount(
        numeral.first,
        last,
        numeral.value * times,
        kind,
        unit,
        numeral.first,
        scale=numeral.scale * times,
        joined=joined,
        hedge=hedge,
    )
    if kind == "time":
        return _aged(words, made, known)
    if kind == "length" and (speed := _as_speed(words, made, known)):
        return speed
    return _with_rate(words, _with_inches(words, _with_hundredths(words, made, known), known), known)


def _to_unit(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> tuple[int, bool, Hedge | None]:
    """Return where the unit would begin, whether a hyphen joins it, and a hedge between ("15-plus years")."""
    at = numeral.last
    odd = hedge_after(words, at, known.hedges)
    if odd and unit_at(words, odd[0], known.units):
        return odd[0], False, odd[1]
    if words[at].text == "-" and gap(words, at) == 0 and gap(words, at + 1) == 0:
        return at + 1, True, None
    halved = numeral.doubtful and words[numeral.first].low in known.words["halved"]
    return at + (halved and words[at].low in known.words["articles"]), False, None


def _unit_after(words: list[Lexeme], at: int, known: FigureWords) -> tuple[int, str, str, float] | None:
    """Return end, unit, kind and scale of what follows a number: a unit, a currency sign or code ("10 €", "75 USD
    million").
    """
    found: tuple[int, UnitWord] | None = unit_at(words, at, known.units)
    if found is not None:
        last, word = found
        if word.kind == "money" and last < len(words) and words[last].is_number and gap(words, last) == 0:
            return None  # "3 USD50 cards"
        if word.kind == "money" and last < len(words) and words[last].low in known.numbers.table.scales:
            return last + 1, word.unit, word.kind, known.numbers.table.scales[words[last].low]
        return last, word.unit, word.kind, 1.0
    code = words[at].text if at < len(words) else ""
    if len(code) == 4 and code[0] == "M" and code.isupper() and code[1:].lower() in known.units.codes:
        return at + 1, code[1:], "money", 1e6  # "30 MUSD", as Nordic business writes
    if (
        at < len(words)
        and words[at].text in known.units.signs
        and not (at + 1 < len(words) and words[at + 1].is_number)
    ):
        return at + 1, known.units.signs[words[at].text], "money", 1.0
    return None


def _bracketed(words: list[Lexeme], at: int, known: FigureWords) -> tuple[int, str, str, float] | None:
    """Read the unit of "20 (kg)": alone between brackets."""
    if at >= len(words) or words[at].text not in _CLOSING or (found := unit_at(words, at + 1, known.units)) is None:
        return None
    last, word = found
    closed = last < len(words) and words[last].text == _CLOSING[words[at].text]
    return (last + 1, word.unit, word.kind, 1.0) if closed and word.kind != "time" else None


_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


def _aged(words: list[Lexeme], made: Amount, known: FigureWords) -> Amount | None:
    """Take "old" and "of age" into an age; leave out what only says how long before or after ("two days later")."""
    at = made.last
    if at < len(words) and words[at].text == "-" and at + 1 < len(words) and words[at + 1].low in known.words["old"]:
        return replace(made, last=at + 2, kind="age")
    if at < len(words) and words[at].low in known.words["old"]:
        return replace(made, last=at + 1, kind="age")
    if at + 1 < len(words) and words[at].low in known.words["of"] and words[at + 1].low in known.words["aged"]:
        return replace(made, last=at + 2, kind="age")
    return _with_rate(words, made, known)


def _as_speed(words: list[Lexeme], made: Amount, known: FigureWords) -> Amount | None:
    """Read a speed whose unit the table has not: "50 metres per minute", "50 km/ms"."""
    at = made.last
    if at >= len(words) or words[at].low not in known.words["per"] | {"/"}:
        return None
    found = unit_at(words, at + 1, known.units)
    if found is None or found[1].kind != "time":
        return None
    return replace(made, last=found[0], kind="speed", unit=f"{made.unit}/{found[1].unit}")


def _with_inches(words: list[Lexeme], made: Amount, known: FigureWords) -> Amount:
    """Add the inches of "5 feet 2 inches", "5 ft 2 in", "5-foot-2"."""
    if made.unit != "ft" or made.value is None or made.last >= len(words):
        return made
    at = made.last + (words[made.last].low in (known.numbers.table.joined_by, "-"))
    numeral = numeral_at(words, at, known.numbers) if at < len(words) and known.numbers.starts(words[at]) else None
    if numeral is None or not 0 <= numeral.value < 12:
        return made
    end = numeral.last
    low = words[end].low if end < len(words) else ""
    named = low in known.words["inches"]
    ended = ends_phrase(words, end + 1, known) or hedge_after(words, end + 1, known.hedges) is not None
    named = named or (low in known.words["inches_doubtful"] and ended)
    if not named and not (made.joined and words[made.last].text == "-"):
        return made
    return replace(made, last=end + bool(named), value=made.value + numeral.value / 12)


def _with_rate(words: list[Lexeme], made: Amount, known: FigureWords) -> Amount:
    """Put "/hour" to the unit of "$15 an hour"; the span stays with the amount, as contracts and readers quote it."""
    at = made.last
    if at < len(words) and words[at].text == "-" and gap(words, at) == 0:
        at += 1
    if at >= len(words) or words[at].low not in known.words["articles"] | known.words["per"] | {"/"}:
        return made
    at += 1
    if at < len(words) and words[at].text == "-":
        at += 1
    if at >= len(words) or words[at].low not in known.rates:
        return made
    return replace(made, unit=f"{made.unit}/{words[at].low}")


def _counted(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> Amount | None:
    """Build a bare number: a fraction, an age set off by commas, or a count."""
    at, last = numeral.first, numeral.last
    if numeral.doubtful and not is_share(words, numeral, known):
        return None
    if is_label(words, numeral, known) or is_address(words, numeral, known) or is_numbering(words, numeral):
        return None
    if (
        is_frame(words, numeral)
        or is_vague(words, numeral, known)
        or is_grouped(words, numeral, known)
        or is_idiom(words, numeral, last, known)
    ):
        return None
    if last < len(words) and (
        words[last].low in known.words["not_counted_after"] or (gap(words, last) == 0 and _is_glue(words[last]))
    ):
        return None
    if numeral.form == "fraction":
        return Amount(at, last, numeral.value, "fraction", "fraction", at)
    if _is_age(words, numeral, known):
        end = last + (last < len(words) and words[last].low in known.words["yo"])
        return Amount(at, end, numeral.value, "age", "years", at)
    return Amount(at, last, numeral.value, "count", "", at, scale=numeral.scale)


def _is_glue(word: Lexeme) -> bool:
    return word.text[0].isalpha() or word.text in "=^"


def _is_age(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    at, last = numeral.first, numeral.last
    if not numeral.value.is_integer() or not 0 < numeral.value <= OLDEST:
        return False
    if last < len(words) and words[last].low in known.words["yo"]:
        return True
    before = words[at - 1] if at else None
    if before is None or (last < len(words) and words[last].low in known.words["of"]):
        return False  # "he turned one of his mills into …"
    if numeral.form != "digits":
        return before.low in known.words["aged"]
    closed = last >= len(words) or words[last].text in ",.;)" or words[last].low in known.words["closes_age"]
    if before.low in known.words["aged"]:
        return closed or words[last].low in known.words["functional"]
    return before.text == "," and closed and at > 1 and words[at - 2].capital and words[at - 2].text.isalpha()


def _hedged(words: list[Lexeme], found: Amount, known: FigureWords) -> Amount:
    before = hedge_before(words, found.first, known.hedges, lasting=found.kind == "time")
    after = hedge_after(words, found.last, known.hedges)
    hedge = after[1] if after else before[1] if before else found.hedge
    if hedge is None and found.kind == "money" and found.first and words[found.first - 1].low in known.words["like"]:
        hedge = "about"
    return replace(found, hedge=hedge, opening=before[0] if before else found.first)
