"""The words of time expressions: every lexeme gets one class, from the lists of ``times.toml`` or from its form.

Decides what a doubtful word is where it stands: "May" and "march", "second", "spring", four digits that may be a year.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

from twosource.extract.lexemes import Lexeme, gap, lexemes
from twosource.extract.numberwords import Lexicon, lexicon, number_in_digits
from twosource.extract.numerals import numeral_at
from twosource.lang import Language

MAX_GAP = 3
"""Most blanks between two words of one expression."""

FIRST_YEAR, LAST_YEAR = 1000, 2199
"""Four digits in this range may be a year; outside it no number is one without "BC" or "AD"."""

SURE_YEARS = range(1800, 2100)
"""Four digits in this range are a year unless they count something; others need a word such as "in" before them."""

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Pointing:
    """How a pointer or offset word counts: by how many units, from the day of publication or the date "text" named
    before.
    """

    words: tuple[str, ...]
    by: int = 0
    span: bool = False
    origin: str = "published"


@dataclass(frozen=True, slots=True)
class Shape:
    """One sequence of classes and the rule that reads it."""

    rule: str
    shape: str


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a doubtful word that show what it is."""

    opens_month: tuple[str, ...]
    opens_year: tuple[str, ...]
    opens_old_year: tuple[str, ...]
    opens_season: tuple[str, ...]
    opens_decade: tuple[str, ...]
    capital_months: tuple[str, ...]
    no_future_after: tuple[str, ...]
    no_part_after: tuple[str, ...]
    opens_clause: tuple[str, ...]
    opens_clock: tuple[str, ...]
    past_hour: tuple[str, ...]
    to_hour: tuple[str, ...]
    ends_offset: tuple[str, ...]
    fiscal_words: tuple[str, ...]
    present_reports: tuple[str, ...]
    future_helpers: tuple[str, ...]
    perfect_helpers: tuple[str, ...]
    infinitive: tuple[str, ...]
    joins: tuple[str, ...]
    joins_between: tuple[str, ...]
    between: tuple[str, ...]
    future: tuple[str, ...]
    not_a_year_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimesTable:
    """``times.toml`` of a language."""

    months: dict[str, int]
    months_doubtful: dict[str, int]
    months_short: dict[str, int]
    weekdays: dict[str, int]
    weekdays_short: dict[str, int]
    weekdays_plural: dict[str, int]
    units: dict[str, str]
    units_plural: dict[str, str]
    parts: dict[str, str]
    parts_plural: dict[str, str]
    overnight: dict[str, str]
    seasons: dict[str, str]
    seasons_doubtful: dict[str, str]
    seasons_plural: dict[str, str]
    daywords: dict[str, int]
    vague: dict[str, str]
    pointers: dict[str, Pointing]
    offsets: dict[str, Pointing]
    adverbs: dict[str, str]
    holidays: dict[str, str]
    ordinals: dict[str, int]
    decades: dict[str, int]
    dayparts: dict[str, str]
    bounds: dict[str, str]
    spoken: dict[str, int]
    words: dict[str, tuple[str, ...]]
    context: Context
    aliases: dict[str, str]
    shapes: tuple[Shape, ...]


class Token(NamedTuple):
    """Lexemes ``first`` to ``last`` (not included) as one word of a time expression: class and meaning."""

    first: int
    last: int
    kind: str
    value: Value


SEEN = ("dayno", "two", "year", "number", "ordinal", "decade", "clock")
"""Classes told from form rather than from a list."""


Phrase = tuple[tuple[str, ...], str, Value]
"""Lower-case words, their class, and what they stand for."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of time expressions of a language, ready for look-up."""

    vocabulary: dict[str, tuple[Phrase, ...]]
    """Lower-case first word: phrases that begin with it, longest first."""
    kinds: tuple[str, ...]
    table: TimesTable
    numbers: Lexicon
    context: dict[str, frozenset[str]]


@cache
def time_words(lang: Language) -> TimeWords:
    """Return the words of time expressions of ``lang``."""
    table = lang.table("times", TimesTable)
    phrases = _phrases(table)
    return TimeWords(
        vocabulary=_by_first_word(phrases),
        kinds=tuple(sorted({kind for _, kind, _ in phrases} | set(SEEN))),
        table=table,
        numbers=lexicon(lang),
        context={f.name: frozenset(getattr(table.context, f.name)) for f in fields(table.context)},
    )


def _phrases(table: TimesTable) -> list[tuple[str, str, Value]]:
    """Return every listed word or phrase with its class and value."""
    found: list[tuple[str, str, Value]] = []
    listed: tuple[tuple[str, dict[str, int] | dict[str, str]], ...] = (
        ("month", table.months),
        ("month_doubtful", table.months_doubtful),
        ("month_short", table.months_short),
        ("weekday", table.weekdays),
        ("weekday_short", table.weekdays_short),
        ("weekday_plural", table.weekdays_plural),
        ("unit_plural", table.units_plural),
        ("part", table.parts),
        ("part_plural", table.parts_plural),
        ("overnight", table.overnight),
        ("season", table.seasons),
        ("season_doubtful", table.seasons_doubtful),
        ("season_plural", table.seasons_plural),
        ("dayword", table.daywords),
        ("vague", table.vague),
        ("adverb", table.adverbs),
        ("holiday", table.holidays),
        ("ordinal", table.ordinals),
        ("decade", table.decades),
        ("daypart", table.dayparts),
        ("bound", table.bounds),
    )
    for kind, values in listed:
        found += ((words, kind, value) for words, value in values.items())
    found += ((words, f"unit_{unit}", unit) for words, unit in table.units.items())
    for kind, group in (("pointer", table.pointers), ("offset", table.offsets)):
        found += ((words, kind, name) for name, pointing in group.items() for words in pointing.words)
    found += ((words, kind, None) for kind, group in table.words.items() for words in group)
    return found


def _by_first_word(phrases: list[tuple[str, str, Value]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for shown, kind, value in phrases:
        words = tuple(w.low for w in lexemes(shown))
        found.setdefault(words[0], []).append((words, kind, value))
    return {first: tuple(sorted(group, key=lambda p: -len(p[0]))) for first, group in found.items()}


_NONE = ""


def classified(words: list[Lexeme], known: TimeWords) -> list[Token]:
    """Give every lexeme, or run that is one word, its class; a wide gap is a word of no class."""
    tokens: list[Token] = []
    at = 0
    while at < len(words):
        if tokens and gap(words, at) > MAX_GAP:
            tokens.append(Token(at, at, _NONE, None))
        token = _token(words, at, known)
        tokens.append(token)
        at = token.last
    return tokens


def _token(words: list[Lexeme], at: int, known: TimeWords) -> Token:
    word = words[at]
    if word.is_number:
        return _from_digits(words, at, known)
    if clock := _spoken(words, at + (word.low in known.numbers.table.articles), known):
        return Token(at, clock.last, clock.kind, clock.value)
    if word.low in known.numbers.kinds and _listed(words, at, known, longer_than=1) is None:
        numeral = numeral_at(words, at, known.numbers)
        return Token(at, numeral.last, "number", numeral.value) if numeral else Token(at, at + 1, _NONE, None)
    if word.low in known.numbers.table.articles:
        numeral = numeral_at(words, at, known.numbers)
        if numeral and not numeral.doubtful:
            return Token(at, numeral.last, "number", numeral.value)
    return _listed(words, at, known) or Token(at, at + 1, _NONE, None)


def _listed(words: list[Lexeme], at: int, known: TimeWords, longer_than: int = 0) -> Token | None:
    """Return the longest listed phrase that begins at ``at`` and is what it looks like there."""
    for phrase, kind, value in known.vocabulary.get(words[at].low, ()):
        size = len(phrase)
        if size <= longer_than or at + size > len(words):
            continue
        if size > 1 and tuple(w.low for w in words[at : at + size]) != phrase:
            continue
        if _plausible(words, at, kind, known):
            return Token(at, at + size, kind, value)
    return None


def _plausible(words: list[Lexeme], at: int, kind: str, known: TimeWords) -> bool:
    """Tell whether a word that may be something else ("May", "sat", "spring", "c") is of that class here."""
    if kind == "month_doubtful":
        return _is_month(words, at, known)
    if kind in ("month_short", "weekday_short"):
        return words[at].capital and (_before_stop_or_number(words, at) or _after_number(words, at))
    if kind == "season_doubtful":
        return _is_season(words, at, known)
    if kind == "zone" or (kind == "month" and words[at].low in known.context["capital_months"]):
        return words[at].capital
    if kind == "decade":
        return at > 0 and words[at - 1].low in known.context["opens_decade"]
    if kind == "part" and at:
        named = words[at].capital and words[at - 1].capital  # "Operation Red Dawn"
        return words[at - 1].low in known.table.weekdays or not (
            named or words[at - 1].low in known.context["no_part_after"]
        )
    if kind == "offset" and words[at].low in known.context["ends_offset"]:
        return at + 1 >= len(words) or not words[at + 1].text[0].isalnum()
    if kind == "vague" and words[at].capital and at and words[at - 1].capital:
        return False  # "Hawaii News Now"
    if kind == "adverb" and words[at].capital:
        return not (at + 1 < len(words) and words[at + 1].capital)  # "The Weekly Standard"
    return True


def _is_month(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    if not words[at].capital:
        return False
    before = words[at - 1].low if at else ""
    return before in known.context["opens_month"] or _before_stop_or_number(words, at) or _after_number(words, at)


def _before_stop_or_number(words: list[Lexeme], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    if after.text == "." and gap(words, at + 1) == 0:
        return at + 2 < len(words) and len(words[at].text) < 5
    return after.is_number and len(after.text) <= 4


def _after_number(words: list[Lexeme], at: int) -> bool:
    return at > 0 and gap(words, at) <= 1 and (words[at - 1].is_number or words[at - 1].low in _ORDINAL_MARKS)


_ORDINAL_MARKS = frozenset(("st", "nd", "rd", "th"))


def _is_season(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    before = words[at - 1].low if at else ""
    after = words[at + 1] if at + 1 < len(words) else None
    followed = after is not None and (len(after.text) == 4 and after.text.isdecimal())
    return before in known.context["opens_season"] or followed


def _from_digits(words: list[Lexeme], at: int, known: TimeWords) -> Token:
    """Class a number in digits by its form and what is glued to it."""
    shown = words[at].text
    other = Token(at, at + 1, _NONE, None)
    if clock := _clock(words, at):
        return clock
    if (
        at
        and gap(words, at) == 0
        and (words[at - 1].text in ("$", "£", "€", "#", "_", "@", "=", "&") or words[at - 1].text.isalpha())
    ):
        return other
    if gap(words, at + 1) == 0 and words[at + 1].text.isalpha():
        return _glued(words, at, known) or other
    if not shown.isdecimal() or not shown.isascii():
        value = number_in_digits(shown)
        numeral = numeral_at(words, at, known.numbers)
        return Token(at, numeral.last, "number", numeral.value) if numeral and value is not None else other
    if at + 1 < len(words) and (words[at + 1].low in known.numbers.kinds or words[at + 1].text == "/"):
        numeral = numeral_at(words, at, known.numbers)
        if numeral and numeral.last > at + 1:
            return Token(at, numeral.last, "number", numeral.value)
    return Token(at, at + 1, _class_of_digits(shown), float(shown) if len(shown) < 20 else None)


def _class_of_digits(shown: str) -> str:
    if len(shown) <= 2:
        return "dayno" if 1 <= int(shown) <= 31 else "two"
    if len(shown) == 4 and FIRST_YEAR <= int(shown) <= LAST_YEAR:
        return "year"
    return "number" if len(shown) < 20 else _NONE


def _clock(words: list[Lexeme], at: int) -> Token | None:
    """Read "10:30", "10:30:15", and "10.30" before "am"."""
    shown = words[at].text
    if at + 2 < len(words) and words[at + 1].text == ":" and gap(words, at + 1) == gap(words, at + 2) == 0:
        hour, minute = shown, words[at + 2].text
        last = at + 3
        if (
            last + 1 < len(words)
            and words[last].text == ":"
            and len(words[last + 1].text) == 2
            and gap(words, last + 1) == 0
        ):
            last += 2
        return Token(at, last, "clock", f"{int(hour):02}:{minute}") if _is_clock(hour, minute) else None
    hour, _, minute = shown.partition(".")
    if (
        minute
        and at + 1 < len(words)
        and words[at + 1].low[:1] in "ap"
        and words[at + 1].low.replace(".", "") in ("am", "pm")
    ):
        last = at + 1
        return Token(at, last, "clock", f"{int(hour):02}:{minute}") if _is_clock(hour, minute) else None
    return None


def _spoken(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "half past ten", "ten past 4", and "quarter to six" where a word such as "at" shows a clock time."""
    minutes = known.table.spoken.get(words[at].low) if at + 2 < len(words) else None
    if minutes is None or max(gap(words, at + 1), gap(words, at + 2)) > 1:
        return None
    joint, before = words[at + 1].low, words[max(0, at - 2) : at]
    past = joint in known.context["past_hour"]
    opened = any(w.low in known.context["opens_clock"] for w in before)
    if not past and not (joint in known.context["to_hour"] and opened and words[at].low not in known.numbers.kinds):
        return None
    numeral = numeral_at(words, at + 2, known.numbers)
    hour = numeral.value if numeral and numeral.last == at + 3 else None
    if hour not in _HOURS:
        return None
    total = (int(hour) * 60 + (minutes if past else -minutes) - 60) % 720 + 60
    return Token(at, at + 3, "clock", f"{total // 60:02}:{total % 60:02}")


_HOURS = frozenset(range(1, 13))


def _is_clock(hour: str, minute: str) -> bool:
    digits = hour.isascii() and minute.isascii() and hour.isdecimal() and minute.isdecimal()
    return digits and 1 <= len(hour) <= 2 and len(minute) == 2 and int(hour) <= 24 and int(minute) <= 59


def _glued(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "4th", "1990s", "8pm", "5min": digits with letters glued on."""
    shown, letters = words[at].text, words[at + 1].low
    if not (shown.isdecimal() and shown.isascii() and len(shown) <= 4):
        return None
    if letters in _ORDINAL_MARKS:
        return Token(at, at + 2, "ordinal", int(shown))
    if letters == "s" and shown.endswith("0"):
        return Token(at, at + 2, "decade", int(shown)) if len(shown) in (2, 4) else None
    kinds = {kind for _, kind, _ in known.vocabulary.get(letters, ())}
    return Token(at, at + 1, _class_of_digits(shown), float(shown)) if kinds & {"daypart", "unit_plural"} else None


def is_year(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    """Tell whether the bare four digits at ``at`` name a year: by range, neighbours, and what they would count."""
    before = words[at - 1].low if at else ""
    after = words[at + 1] if at + 1 < len(words) else None
    if before in ("$", "£", "€", "#", "no", "+") or (before == "." and gap(words, at) == 0):
        return False
    if after is not None and (after.low in known.context["not_a_year_before"] or after.text in ("%", "°")):
        return False
    if after is not None and after.text == "-" and gap(words, at + 1) == 0 and gap(words, at + 2) == 0:
        return not words[at + 2].text.isalpha() or before in known.context["opens_year"]
    sure = int(words[at].text) in SURE_YEARS
    return before in known.context["opens_year" if sure else "opens_old_year"] or (
        sure and before not in ("about", "over", "than")
    )
