"""Hedges: the words before or after a number that say it is not exact ("about", "at least", "or more")."""

from dataclasses import dataclass
from functools import cache

from twosource.extract.lexemes import Lexeme, lexemes
from twosource.facts import Hedge
from twosource.lang import Language


@dataclass(frozen=True, slots=True)
class HedgeTable:
    """The hedges of ``figures.toml``: phrases by what they say."""

    during: tuple[str, ...]
    hedging_after: tuple[str, ...]
    hedges_before: dict[Hedge, tuple[str, ...]]
    hedges_after: dict[Hedge, tuple[str, ...]]


Phrases = dict[str, tuple[tuple[tuple[str, ...], Hedge], ...]]


@dataclass(frozen=True, slots=True)
class Hedges:
    """Hedge phrases, longest first: those before a number by their last word, those after it by their first."""

    before: Phrases
    after: Phrases
    during: frozenset[str]
    hedging_after: frozenset[str]


@cache
def hedges(lang: Language) -> Hedges:
    """Return the hedges of ``lang``."""
    table = lang.table("figures", HedgeTable)
    return Hedges(
        before=_keyed(table.hedges_before, -1),
        after=_keyed(table.hedges_after, 0),
        during=frozenset(table.during),
        hedging_after=frozenset(table.hedging_after),
    )


def _keyed(phrases: dict[Hedge, tuple[str, ...]], key: int) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
    for hedge, group in phrases.items():
        for phrase in group:
            words = tuple(w.low for w in lexemes(phrase))
            found.setdefault(words[key], []).append((words, hedge))
    return {word: tuple(sorted(group, key=lambda p: -len(p[0]))) for word, group in found.items()}


def hedge_before(words: list[Lexeme], at: int, known: Hedges, *, lasting: bool = False) -> tuple[int, Hedge] | None:
    """Return where the hedge before word ``at`` begins and what it says, or None.

    ``lasting`` says that a length of time stands there: "it cost $3 billion over 10 years" hedges nothing.
    """
    if at == 0:
        return None
    for phrase, hedge in known.before.get(words[at - 1].low, ()):
        first = at - len(phrase)
        if first >= 0 and all(words[first + i].low == word for i, word in enumerate(phrase)):
            during = lasting and len(phrase) == 1 and phrase[0] in known.during
            return None if during and not _hedging(words, first, known) else (first, hedge)
    return None


def _hedging(words: list[Lexeme], at: int, known: Hedges) -> bool:
    return at > 0 and words[at - 1].low in known.hedging_after


def hedge_after(words: list[Lexeme], at: int, known: Hedges) -> tuple[int, Hedge] | None:
    """Return where the hedge that begins at word ``at`` ends (not included) and what it says, or None."""
    if at >= len(words):
        return None
    for phrase, hedge in known.after.get(words[at].low, ()):
        last = at + len(phrase)
        if last <= len(words) and all(words[at + i].low == word for i, word in enumerate(phrase)):
            return last, hedge
    return None
