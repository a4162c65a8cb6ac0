"""Which cue must stand before the words it reports: one that denies, doubts, asks, hopes, or colours what is told.

Shown without it, what somebody denied reads as what he said. Evidence: the cue's own words and the one or two before
it, the tones of the language's `framing` table, and its `saying` table. What is shown is always the outlet's own words.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from twosource.anchor import fold
from twosource.article import Span, Spans, hull
from twosource.facts import Mode
from twosource.lang import ENGLISH, Language

LONGEST = 60
"""Code points of a cue that are shown: longer ones are a clause that was taken for a cue."""

BEFORE = 40
"""Code points before a cue among which a negator is looked for."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Tones:
    """The part of the `framing` table that is read here: forms of cues by tone, the base form first."""

    tones: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Saying:
    """The `saying` table of a language."""

    plain: list[str]
    negators: list[str]
    auxiliaries: list[str]
    links: list[str]
    topical: list[str]


def telling_cue(text: str, mode: Mode, content: Spans, cue: Spans, lang: Language = ENGLISH) -> str:
    """Return the cue's words in ``text`` where they must stand with the words told, else "".

    A cue among the words told is shown with them anyway. Words in quotation marks (``mode`` "direct") stand for
    themselves: their cue is shown only for a tone or a "not".
    """
    if not cue or not content or any(span.overlaps(told) for span in cue for told in content):
        return ""
    whole = hull(cue) if hull(cue).width <= LONGEST and not _crossed(cue, content) else cue[0]
    whole = whole.trimmed(text)
    words = _words(whole.of(text))
    base, tone = _known(words, lang)
    shown = _linked(text, _negated(text, whole, lang), content, lang)
    neutral = tone == "neutral" if mode == "direct" else _plain(base, words, lang)
    neutral = neutral and shown == whole and not any(_denies(word, lang) for word in words)
    return "" if neutral else " ".join(shown.of(text).split())[:LONGEST]


def _plain(base: str, words: list[str], lang: Language) -> bool:
    """Tell whether a cue says nothing but that something was said; of cues without a tone, by any of its words."""
    saying = lang.table("saying", Saying)
    if words and words[-1] in saying.topical:
        return False
    return base in saying.plain or (not base and any(word in saying.plain for word in words))


def _crossed(cue: Spans, content: Spans) -> bool:
    """Tell whether words told stand between the pieces of a cue."""
    return any(hull(cue).overlaps(span) for span in content)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).lower())


def _known(words: list[str], lang: Language) -> tuple[str, str]:
    """Return base form and tone: the whole's, two words', or the first known word's; neutral where none is known."""
    known = _bases(lang)
    tries = (" ".join(words), *map(" ".join, pairwise(words)), *words)
    return next((known[phrase] for phrase in tries if phrase in known), ("", "neutral"))


@cache
def _bases(lang: Language) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for tone, lines in lang.table("framing", Tones).tones.items():
        for line in lines:
            forms = [form.replace("_", " ") for form in line.split()]
            for form in forms:
                known.setdefault(form, (forms[0], tone))
    return known


def _denies(word: str, lang: Language) -> bool:
    return word in lang.table("saying", Saying).negators or word.endswith("n't")


def _negated(text: str, cue: Span, lang: Language) -> Span:
    """The cue with the negator before it and what carries that one ("did not immediately say")."""
    start = max(0, cue.start - BEFORE)
    before = re.split(r"[,;:.!?()\"]", fold(text[start : cue.start]).lower())[-1]
    found = list(re.finditer(r"\S+", before))[-3:]
    at = next((n for n in range(len(found) - 1, max(-1, len(found) - 3), -1) if _denies(found[n][0], lang)), None)
    if at is None:
        return cue
    carried = at > 0 and found[at - 1][0] in lang.table("saying", Saying).auxiliaries
    return Span(cue.start - len(before) + found[at - carried].start(), cue.end)


def _linked(text: str, cue: Span, content: Spans, lang: Language) -> Span:
    """The cue with the one word that leads from it to the content ("asked whether")."""
    between = fold(text[cue.end : content[0].start]).lower().split() if content[0].start - cue.end < BEFORE else []
    links = lang.table("saying", Saying).links
    return Span(cue.start, content[0].start).trimmed(text) if len(between) == 1 and between[0] in links else cue
