"""The day of publication that an article's own lines state, where nothing else does.

Evidence: full dates (day, month by name, year; or 2031-04-02) on date and writer lines before the report, in an
agency's opening ("ORRIN, April 2, 2031 (NPA) - …"), or after a word of publication on the last lines. A date in
figures ("05/03/2031") is two days and never taken; neither are two days that nothing tells apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from twosource.anchor import fold
from twosource.article import Block
from twosource.clean.phrases import Table, table
from twosource.clean.plain import FURNISHED, label_text
from twosource.lang import Language

HEAD = 8_000
"""Code points at the beginning of a text without markup that are looked at."""

TAIL = 1_500
"""Code points at its end in which a word of publication may stand before a date."""

OPENING = 100
"""Code points of the first paragraph within which an agency's opening ends."""

YEARS = range(1900, 2101)
"""Years that are believed."""

MAX_QUOTED = 80
"""Code points of a line that a remark quotes."""

_WORD = re.compile(r"\d{4}-\d\d-\d\d|\w{1,40}")
_DAY = re.compile(r"(\d{1,2})[a-z]{0,2}")
_OPENS = re.compile(rf"[A-Z][A-Z].{{0,{OPENING}}}?\s(?:--?|[–—])\s")

Standing = Literal["issued", "revised", "bare"]


@dataclass(frozen=True, slots=True)
class Months:
    """Names of months and their numbers, from the language's table ``times``."""

    months: dict[str, int]
    months_doubtful: dict[str, int]
    months_short: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stated:
    """A day, whether a word of publication or of revision stands before it, and the line that states it."""

    day: date
    standing: Standing
    line: str


def published_in(text: str, markup: tuple[Block, ...], title: str | None, lang: Language) -> Stated | None:
    """Return the day on which ``text`` says it was published, or None where it says none, or two.

    A word of publication ("Published") wins over none, and none over one of revision ("Updated"); of several days
    with such a word the earliest counts.
    """
    known = table(lang)
    blocks = markup or label_text(text[:HEAD], title, known)
    for found in (list(_in_head(text, blocks, lang)), list(_in_tail(text, lang))):
        for standing in ("issued", "bare", "revised"):
            said = [one for one in found if one.standing == standing]
            if said:
                clear = standing != "bare" or len({one.day for one in said}) == 1
                return min(said, key=lambda one: one.day) if clear else None
    return None


def revised_in(text: str, markup: tuple[Block, ...], title: str | None, lang: Language) -> Stated | None:
    """Return the last day that ``text`` states after a word of revision on a date line before the report, or None."""
    known = table(lang)
    if known.dateline.revised.isdisjoint(_WORD.findall(text[:HEAD].casefold())):
        return None
    blocks = markup or label_text(text[:HEAD], title, known)
    found = (one for one in _in_head(text, blocks, lang) if one.standing == "revised")
    return max(found, key=lambda one: one.day, default=None)


def _in_head(text: str, blocks: tuple[Block, ...], lang: Language) -> Iterator[Stated]:
    """Days on date and writer lines up to the first paragraph, and in the opening of that.

    In a copied page with its menus, dates without a word of publication count only after the headline: a page's top
    shows the day it was looked at.
    """
    first = next((i for i, block in enumerate(blocks) if block.kind == "body"), len(blocks))
    headline = next((i for i, block in enumerate(blocks[:first]) if block.kind == "headline"), first)
    for i, block in enumerate(blocks[:first]):
        if block.kind in ("dateline", "byline"):
            found = days_on(block.span.of(text), lang)
            yield from (one for one in found if one.standing != "bare" or first <= FURNISHED or i > headline)
    if first < len(blocks):
        opening = _OPENS.match(fold(blocks[first].span.of(text)[: 2 * OPENING]))
        yield from days_on(opening.group(), lang) if opening else ()


def _in_tail(text: str, lang: Language) -> Iterator[Stated]:
    """Days after a word of publication on the last lines, each a date line; lines of other stories have none alike."""
    known = table(lang)
    found = []
    for block in label_text(text[-TAIL:], None, known)[1:]:
        if block.kind == "dateline":
            found += [one for one in days_on(block.span.of(text[-TAIL:]), lang) if one.standing == "issued"]
    yield from found if len({one.day for one in found}) == 1 else ()


def days_on(line: str, lang: Language) -> Iterator[Stated]:
    """Yield the full dates of one line, each with the word of publication or revision last said before it."""
    known, shown = table(lang), " ".join(line.split())
    words = _WORD.findall(fold(shown).casefold())
    standing: Standing = "bare"
    for i, word in enumerate(words):
        standing = _standing(word, known) or standing
        day = _day_at(words, i, _months(lang))
        if day is not None:
            yield Stated(day, standing, shown[:MAX_QUOTED])


def _standing(word: str, known: Table) -> Standing | None:
    if word in known.dateline.revised:
        return "revised"
    return "issued" if word in known.dateline.issued else None


def _day_at(words: list[str], at: int, months: dict[str, int]) -> date | None:
    """The full date of which the word at that place is the month (or the whole, as in ISO 8601)."""
    month = months.get(words[at])
    if month is None:
        return _valid(*words[at].split("-")) if words[at].count("-") == 2 else None
    before, after, last = (words[i] if 0 <= i < len(words) else "" for i in (at - 1, at + 1, at + 2))
    if len(after) == 4 and after.isdecimal():
        return _valid(after, month, before if _DAY.fullmatch(before) or at < 2 else words[at - 2])
    return _valid(last, month, after)


def _valid(year: str, month: int | str, day: str) -> date | None:
    shown = _DAY.fullmatch(day)
    if not shown or len(year) != 4 or not year.isascii() or not year.isdecimal() or int(year) not in YEARS:
        return None
    try:
        return date(int(year), int(month), int(shown.group(1)))
    except ValueError:
        return None


@cache
def _months(lang: Language) -> dict[str, int]:
    named = lang.table("times", Months)
    return named.months | named.months_doubtful | named.months_short
