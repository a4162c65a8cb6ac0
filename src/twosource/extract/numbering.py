"""Numbers that count nothing: labels ("Article 5"), names ("COVID-19"), telephone numbers, addresses, numbering,
idioms.

Evidence: what is glued to the number, and the words on either side of it.
"""

from twosource.extract.cardinals import Numeral
from twosource.extract.figurewords import FigureWords
from twosource.extract.hedges import hedge_before
from twosource.extract.lexemes import Lexeme, gap

LONG_LABEL = 4
"""Fewest digits of a number that names a thing after a colon."""

MAX_STREET = 4
"""Most words of a street's name between house number and "Street"."""


def is_part(words: list[Lexeme], numeral: Numeral, *, spelled: bool) -> bool:
    """Tell whether the number is glued into something longer: "COVID-19", "A320", "4th", "10:30", "1990s", "'08"."""
    first = numeral.first
    if not spelled and gap(words, first) == 0:
        before = words[first - 1].text
        if before.isalpha() or before in "#@_:/.'&=^\\" or (before == "-" and _is_hyphened(words, numeral)):
            return True
        if before == "+" and _is_dialled(words, numeral):
            return True
    if numeral.whole and len(words[first].text) > 1 and words[first].text[0] == "0":
        return True  # "0207", "007"
    last = numeral.last
    if last >= len(words) or gap(words, last) > 0:
        return False
    after = words[last].low
    if after[0].isdigit() and not after[0].isdecimal():
        return True  # "2³", "12²": a power, or a number with a note
    return after in ("st", "nd", "rd", "th", "s", ":", "@", "_") or (after in "/-" and _is_chain(words, last))


def _is_dialled(words: list[Lexeme], numeral: Numeral) -> bool:
    """Tell whether "+" opens a telephone number or time zone ("+1 212 555 0199", "+0200"), not a gain ("+5%")."""
    several = numeral.last - numeral.first > 1 and words[numeral.first + 1].text.isdecimal()
    more = gap(words, numeral.last) == 1 and words[numeral.last].text.isdecimal()
    return several or more or (numeral.whole and len(words[numeral.first].text) > 3)


def _is_hyphened(words: list[Lexeme], numeral: Numeral) -> bool:
    """Tell whether the hyphen before a number ties it to a name ("COVID-19") or to a longer chain ("555-0123-4"),
    not to a range.
    """
    hyphen = numeral.first - 1
    if hyphen == 0 or gap(words, hyphen) > 0:
        return False
    before = words[hyphen - 1]
    if not before.is_number:
        return before.text[-1].isalnum()
    chained = hyphen >= 2 and gap(words, hyphen - 1) == 0 and words[hyphen - 2].text in "-/+"
    longer = numeral.last < len(words) and gap(words, numeral.last) == 0 and words[numeral.last].text in "-/"
    return chained or (longer and _is_chain(words, numeral.last)) or _is_telephone(before, words[numeral.first])


def _is_chain(words: list[Lexeme], sign: int) -> bool:
    """Tell whether digits go on after a glued sign in a way that is no range: "9/11", "555-0123", "12-34-56"."""
    if sign + 1 >= len(words) or gap(words, sign + 1) > 0 or not words[sign + 1].is_number:
        return False
    after = sign + 2
    longer = (
        after + 1 < len(words) and gap(words, after) == 0 and words[after].text in "-/" and words[after + 1].is_number
    )
    return words[sign].text == "/" or longer or _is_telephone(words[sign - 1], words[sign + 1])


def _is_telephone(left: Lexeme, right: Lexeme) -> bool:
    return (
        len(left.text) >= 3
        and left.text.isdecimal()
        and right.text.isdecimal()
        and (right.text[0] == "0" or (len(left.text) == 3 and len(right.text) == 4))
    )


def is_idiom(words: list[Lexeme], numeral: Numeral, at: int, known: FigureWords) -> bool:
    """Tell "one day" and "one night", which say when rather than how long."""
    one = words[numeral.first].low in known.words["one"] and numeral.last == numeral.first + 1
    return one and at < len(words) and words[at].low in known.uncounted_by_one


def is_vague(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether a bare scale word stands for an unknown many ("several hundred", "a few thousand")."""
    first = words[numeral.first].low
    bare = first == known.numbers.table.hundred or first in known.numbers.table.scales
    return bare and numeral.first > 0 and words[numeral.first - 1].low in known.words["vague"]


def is_grouped(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether bare digits stand beside other bare digits, as in telephone and account numbers."""
    first, last = numeral.first, numeral.last
    if not numeral.whole:
        return False
    if words[first].text in known.words["emergency"]:
        return True
    beside = last < len(words) and gap(words, last) == 1 and words[last].text.isdecimal()
    after = (
        first > 0 and gap(words, first) == 1 and words[first - 1].text.isdecimal() and len(words[first - 1].text) != 4
    )
    return beside or after


def is_share(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether "a third" or "half" is a share: "half of", "nearly a third.", but not "a third man", "the second
    half".
    """
    at, last = numeral.first, numeral.last
    before = words[at - 1].low if at else ""
    if before in known.words["not_before_half"] or before in known.words["determiners"]:
        return False
    if last >= len(words) or not words[last].text[0].isalnum():
        return last >= len(words) or words[last].text != "-"
    after = words[last].low
    if after in known.words["part_of"] or hedge_before(words, at, known.hedges):
        return True
    return words[at].low in known.words["halved"] and after in known.words["determiners"]


def is_label(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether the number names a thing: "Article 5", "No. 10", "flight 370"."""
    at = numeral.first - 1
    if at >= 1 and words[at].text == "." and gap(words, at) == 0:
        at -= 1
    if at >= 1 and words[at].text == ":" and numeral.whole and len(words[numeral.first].text) >= LONG_LABEL:
        at -= 1  # "Registration Number: 130349"
    if at < 0 or gap(words, numeral.first) > 1:
        return False
    before = words[at]
    low = before.low if before.low in known.labels else before.low.removesuffix("s")
    if low not in known.labels or (numeral.form == "words" and not words[numeral.first].capital):
        return False
    return before.capital or low not in known.labels_capital


def is_address(words: list[Lexeme], numeral: Numeral, known: FigureWords) -> bool:
    """Tell whether a street's name follows: "1600 Pennsylvania Avenue"."""
    if not numeral.whole:
        return False
    for word in words[numeral.last : numeral.last + MAX_STREET]:
        if not word.capital:
            return False
        if word.low in known.streets:
            return True
    return False


def is_frame(words: list[Lexeme], numeral: Numeral) -> bool:
    """Tell whether a fraction numbers a picture of a gallery ("Harbour, 5/8 Boats in the fog")."""
    first, last = numeral.first, numeral.last
    slashed = numeral.form == "fraction" and last - first == 3 and words[first + 1].text == "/"
    return slashed and last < len(words) and words[last].capital and gap(words, last) == 1


def is_numbering(words: list[Lexeme], numeral: Numeral) -> bool:
    """Tell whether the number opens a line as numbering ("1. ", "2)")."""
    last = numeral.last
    if numeral.first > 0 or last + 1 >= len(words):
        return False
    if numeral.form == "fraction":
        return words[last].capital  # "1/2 Today we …", as posts are numbered
    return numeral.whole and words[last].text in ".)" and numeral.value < 100
