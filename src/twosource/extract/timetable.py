"""The tables of time expressions of a language: words by class, what they stand for, and the shapes they come in."""

from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

from twosource.extract.lexemes import lexemes
from twosource.extract.numberwords import Lexicon, lexicon
from twosource.lang import Language

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
    part_of: tuple[str, ...]
    plans_for: tuple[str, ...]
    done_by: tuple[str, ...]
    ends_span: tuple[str, ...]
    opens_clock: tuple[str, ...]
    after_clock: tuple[str, ...]
    past_hour: tuple[str, ...]
    to_hour: tuple[str, ...]
    ends_offset: tuple[str, ...]
    fiscal_words: tuple[str, ...]
    present_reports: tuple[str, ...]
    future_helpers: tuple[str, ...]
    perfect_helpers: tuple[str, ...]
    infinitive: tuple[str, ...]
    states: tuple[str, ...]
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
    lengths: dict[str, str]
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
        ("length", table.lengths),
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
