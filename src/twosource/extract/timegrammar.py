"""Finds time expressions as sequences of word classes, before anything is resolved.

The class of every lexeme is written as one letter; the shapes of ``times.toml`` are compiled to one regular expression
over that string. After SynTime (Zhong, Sun and Cambria 2017): time words have few types, and their order is regular.
Shapes have no unbounded repeats, so the time to scan grows with the length of the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from twosource.extract.lexemes import Lexeme, lexemes
from twosource.extract.timetable import TimeWords, Token, Value, time_words
from twosource.extract.timewords import classified, is_year
from twosource.lang import Language

REMEMBERED = 256
"""Paragraphs whose sightings are kept: more than 99 % of news articles have fewer."""

PIVOT = 50
"""Two-digit years from here on are of the twentieth century ("'68"), earlier ones of the twenty-first."""

FISCAL_REACH = 40
"""Lexemes on either side in which a word of business must stand for "the second quarter" to be one of a year."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One sequence that a shape fits: the rule to read it by, and its tokens."""

    rule: str
    tokens: tuple[Token, ...]
    shared: tuple[Token, ...] = ()
    """Tokens outside it that it leans on: month and year of "7" in "April 6-7, 1915"."""

    @property
    def first(self) -> int:
        """Index of its first lexeme."""
        return self.tokens[0].first

    @property
    def last(self) -> int:
        """Index after its last lexeme."""
        return self.tokens[-1].last

    def has(self, *kinds: str) -> bool:
        """Tell whether a token is of one of these classes."""
        return any(t.kind in kinds for t in self.tokens + self.shared)

    def value(self, *kinds: str) -> Value:
        """Return what the first token of one of these classes stands for."""
        return next((t.value for t in self.tokens + self.shared if t.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The shapes of a language, compiled over its classes of words."""

    words: TimeWords
    letters: dict[str, str]
    """Class: the letter that stands for it in patterns."""
    pattern: re.Pattern[str]
    rules: tuple[str, ...]


_OTHER = "\u00b7"


@cache
def grammar(lang: Language) -> Grammar:
    """Compile the time grammar of ``lang``."""
    words = time_words(lang)
    letters = {kind: chr(0x3400 + i) for i, kind in enumerate(words.kinds)}  # CJK: no letter is special in a pattern
    shapes = words.table.shapes
    groups = [f"(?P<s{i}>{_compiled(s.shape, words.table.aliases, letters)})" for i, s in enumerate(shapes)]
    pattern = re.compile(f"(?!{_OTHER})(?:{'|'.join(groups)})")
    return Grammar(words, letters, pattern, tuple(s.rule for s in shapes))


_PART = re.compile(r"![A-Za-z_]+|[A-Z]+|[a-z_]+|[()|?]")


def _compiled(shape: str, aliases: dict[str, str], letters: dict[str, str]) -> str:
    """Turn a shape into a pattern over class letters; aliases may stand in aliases, but not in themselves."""
    made = ""
    for part in _PART.findall(shape):
        if part[0] == "!":
            made += f"(?!{_compiled(part[1:], aliases, letters)})"
        elif part.isupper():
            made += _compiled(aliases[part], aliases, letters)
        elif part == "unit":
            singular = (c for kind, c in letters.items() if kind.startswith("unit_") and kind != "unit_plural")
            made += f"[{''.join(singular)}]"
        elif part == "(":
            made += "(?:"
        else:
            made += part if part in ")|?" else letters[part]
    return made


def sightings(words: list[Lexeme], gram: Grammar) -> Iterator[Sighting]:
    """Yield the time expressions among ``words``, from left to right, none overlapping."""
    tokens = classified(words, gram.words)
    line = "".join(gram.letters.get(t.kind, _OTHER) for t in tokens)
    for match in gram.pattern.finditer(line):
        if match.lastgroup is None or match.end() == match.start():
            continue
        found = Sighting(gram.rules[int(match.lastgroup[1:])], tuple(tokens[match.start() : match.end()]))
        if parting := _PARTED.get(found.rule):
            yield from parting(found)
        elif _sound(found, words, gram):
            yield found


@lru_cache(maxsize=REMEMBERED)
def sighted(text: str, lang: Language) -> tuple[list[Lexeme], tuple[Sighting, ...]]:
    """Return the lexemes of a stretch of folded text and the time expressions among them; both are not to be changed.

    Figures and times read the same paragraphs one after the other, so the last ones are remembered.
    """
    words = lexemes(text)
    return words, tuple(sightings(words, grammar(lang)))


def _two_years(found: Sighting) -> Iterator[Sighting]:
    """Part "1957-60" into its years; what follows the hyphen is a year only if it is the later one."""
    year, short = found.tokens[-3], found.tokens[-1]
    yield Sighting("year", found.tokens[:-2])
    if isinstance(year.value, float) and isinstance(short.value, float) and short.value > year.value % 100:
        yield Sighting("year", (short._replace(kind="year", value=year.value // 100 * 100 + short.value),))


def _two_bc_years(found: Sighting) -> Iterator[Sighting]:
    """Part "499-493 BC"."""
    yield Sighting("bc", found.tokens[:1], found.tokens[3:])
    yield Sighting("bc", found.tokens[2:])


def _month_days(found: Sighting) -> Iterator[Sighting]:
    """Part "April 6-7, 1915"."""
    second = max(i for i, t in enumerate(found.tokens) if t.kind == "dayno")
    month, year = found.tokens[: second - 2], found.tokens[second + 1 :]
    yield Sighting("date", found.tokens[: second - 1], year)
    yield Sighting("date", found.tokens[second:], month)


def _day_days(found: Sighting) -> Iterator[Sighting]:
    """Part "6-7 April 1915"."""
    yield Sighting("date", found.tokens[:1], found.tokens[3:])
    yield Sighting("date", found.tokens[2:])


_PARTED: dict[str, Callable[[Sighting], Iterator[Sighting]]] = {
    "years": _two_years,
    "bc_years": _two_bc_years,
    "month_days": _month_days,
    "day_days": _day_days,
}
"""Shapes of two times that share words, and how they are parted."""


def _sound(found: Sighting, words: list[Lexeme], gram: Grammar) -> bool:
    """Refuse what the shape alone cannot tell: a number that is no year, the second half of a match, the length of a
    film.
    """
    check = _CHECKS.get(found.rule)
    return check is None or check(found, words, gram)


def _sound_year(found: Sighting, words: list[Lexeme], gram: Grammar) -> bool:
    return len(found.tokens) > 1 or is_year(words, found.first, gram.words)


def _sound_duration(found: Sighting, _: list[Lexeme], __: Grammar) -> bool:
    return found.tokens[0].kind != "article" or found.tokens[-1].kind != "unit_quarter"


def _sound_pointed(found: Sighting, words: list[Lexeme], _: Grammar) -> bool:
    """Refuse "the last minute", and what is quoted as a title ("This Week")."""
    titled = words[found.last - 1].capital and found.first > 0 and words[found.first - 1].text == '"'
    return not titled and not found.has("unit_minute", "second")


def _sound_clock(found: Sighting, words: list[Lexeme], gram: Grammar) -> bool:
    if len(found.tokens) > 1 or found.tokens[0].kind != "clock":
        return True
    return found.first > 0 and words[found.first - 1].low in gram.words.context["opens_clock"]


def _sound_quarter(found: Sighting, words: list[Lexeme], gram: Grammar) -> bool:
    if found.has("year", "unit_year"):
        return True
    around = words[max(0, found.first - FISCAL_REACH) : found.last + FISCAL_REACH]
    return found.has("unit_quarter") and not gram.words.context["fiscal_words"].isdisjoint(w.low for w in around)


def _sound_decade(found: Sighting, words: list[Lexeme], _: Grammar) -> bool:
    """Two digits are a decade after an apostrophe, or late in the century ("the 80s"); else ages and temperatures."""
    value = found.value("decade")
    at = next(t.first for t in found.tokens if t.kind == "decade")
    marked = at > 0 and words[at - 1].text == "'"
    return not isinstance(value, int) or value > 99 or marked or (value >= PIVOT and found.has("the"))


def _sound_vague(found: Sighting, words: list[Lexeme], gram: Grammar) -> bool:
    if found.value("vague") != "FUTURE_REF":
        return True
    after = words[found.last].low if found.last < len(words) else ""
    return after not in gram.words.context["no_future_after"] and (
        not found.first or words[found.first - 1].low != "as"
    )


_CHECKS: dict[str, Callable[[Sighting, list[Lexeme], Grammar], bool]] = {
    "year": _sound_year,
    "duration": _sound_duration,
    "pointed": _sound_pointed,
    "clock": _sound_clock,
    "quarter": _sound_quarter,
    "decade": _sound_decade,
    "vague": _sound_vague,
}
