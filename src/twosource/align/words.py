"""Words as alignment compares them: a key that ignores case, endings, spelling and a few exact synonyms, with its
place.

Evidence: the language's `likeness` table alone. Keys are for comparing only and are never shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from twosource.anchor import fold
from twosource.article import Span, Spans
from twosource.lang import ENGLISH, Language

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,6}|\d+(?:[.,:]\d+)*|[^\W_]+(?:'[^\W_]+)*|%")

KEPT = 600
"""Code points of the longest stretch whose words are kept for the next question: an account asks for those of a telling
five times. Sixteen thousand such stretches take 60 MB at most; fifty reports of 800 words have twelve thousand.
"""


@dataclass(frozen=True, slots=True)
class LikenessTable:
    """The `likeness` table of a language, as written in its TOML file."""

    stop: str
    forms: list[str]
    alike: list[str]
    endings: list[tuple[str, str, int]]
    spellings: list[tuple[str, str, int]]
    short: frozenset[str]
    people: list[str]
    joins: str
    opens: str
    fates: list[str]
    breaks: str
    numbering: str
    stood: str
    whereabouts: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an article: its place, its folded lower-case form, and the key it is compared by ("" without
    content).
    """

    span: Span
    form: str
    key: str


def likeness(lang: Language = ENGLISH) -> LikenessTable:
    """Return the language's table, decoded once."""
    return lang.table("likeness", LikenessTable)


def words(text: str, spans: Spans, lang: Language = ENGLISH) -> tuple[Word, ...]:
    """Return the words of ``spans`` of ``text`` in order; a word cut by a span's edge counts with the part inside."""
    short = sum(span.width for span in spans) <= KEPT
    return _kept(text, spans, lang) if short else _all_words(text, spans, lang)


def _all_words(text: str, spans: Spans, lang: Language) -> tuple[Word, ...]:
    return tuple(word for span in spans for word in _words(span, fold(span.of(text)), lang))


_kept = lru_cache(maxsize=16_384)(_all_words)


def _words(within: Span, folded: str, lang: Language) -> Iterator[Word]:
    for found in _TOKEN.finditer(folded):
        form = _form(found.group())
        yield Word(Span(within.start + found.start(), within.start + found.end()), form, key(form, lang))


def keys(found: Iterable[Word]) -> tuple[str, ...]:
    """Return the keys of the words that carry content, in order."""
    return tuple(word.key for word in found if word.key)


def _form(written: str) -> str:
    """The lower-case form; "US" in capitals is the country, not the pronoun."""
    if written == "US":
        return "u.s."
    return written.replace(",", "").lower() if written[0].isdigit() else written.lower()


@lru_cache(maxsize=65_536)
def key(form: str, lang: Language = ENGLISH) -> str:
    """Return the key of a folded lower-case word, "" for a word without content of its own."""
    stop, same = _lexicon(lang)
    if form in stop:
        return ""
    found = same.get(form) or same.get(cut := stem(form, lang)) or cut
    return same.get(found, found)


@cache
def _lexicon(lang: Language) -> tuple[frozenset[str], dict[str, str]]:
    """Stop words, and what stands for each word: irregular forms first, synonyms over them."""
    table = likeness(lang)
    same: dict[str, str] = {}
    for line in (*table.forms, *table.alike):
        first, *others = line.split()
        head = same.get(first, stem(first, lang))
        for word in (first, *others):
            same[word] = head
            same.setdefault(stem(word, lang), head)
    return frozenset(table.stop.split()), same


@lru_cache(maxsize=65_536)
def stem(form: str, lang: Language = ENGLISH) -> str:
    """Return the word without the endings of its language, spelled one way; numbers and short words stay."""
    if len(form) < 4 or form[0].isdigit() or "." in form:
        return form.removesuffix("'s")
    table = likeness(lang)
    for ending, instead, least in (*table.endings, *table.spellings):
        if form.endswith(ending) and len(form) - len(ending) >= least:
            form = form[: len(form) - len(ending)] + instead
    return form
