"""What led to a line in words a reader understands, from the numbers that the alignment kept with it.

The numbers stay the evidence; these words only say what each measures. Names that are not known here give no words.
"""

from collections.abc import Callable, Iterator, Mapping

from twosource.align.evidence import ENOUGH
from twosource.facts import Features
from twosource.render.phrases import counted

SAME, MOSTLY, SOME = 0.95, 0.6, 0.3
"""Cosines of the words of two stretches from which on they are called the same, mostly, and partly the same."""

CLEAR, LIKELY = 4.0, 2.0
"""Log odds from which on a joining is called clear or likely: 98 and 88 of 100 if they were taken at their word."""


def reasons(features: Features) -> tuple[str, ...]:
    """Return what ``features`` say, a short line each, in their own order."""
    known = {name: value for name, value in features.items() if not isinstance(value, str)}
    return tuple(_told(known))


def _told(features: Mapping[str, float]) -> Iterator[str]:
    same = features.get("letters_changed") == 0
    for name, value in features.items():
        if name in _WORDS and not (same and name in _IMPLIED) and (words := _WORDS[name](value)):
            yield words


def _letters(value: float) -> str:
    return "letter for letter the same" if value == 0 else f"{_percent(value)} of the letters differ"


def _alike(value: float) -> str:
    if value >= SAME:
        return "the same words"
    return "mostly the same words" if value >= MOSTLY else "partly the same words" if value >= SOME else "other words"


def _part(value: float) -> str:
    return "all of one stands in the other" if value >= SAME else f"{_percent(value)} of one stands in the other"


def _shared(value: float) -> str:
    words = round(value * ENOUGH)
    return f"{counted(words, 'telling word')}{' or more' if words >= ENOUGH else ''} in common" if words else ""


def _odds(value: float) -> str:
    sure = "clear" if value >= CLEAR else "likely" if value >= LIKELY else "close"
    return f"all in all a {sure} case"


def _steps(value: float) -> str:
    return f"{counted(round(value), 'step')} apart on the scale of firmness"


def _minutes(value: float) -> str:
    return f"{counted(round(value), 'minute')} apart"


def _changed(value: float) -> str:
    return f"{_percent(value)} of the words differ"


def _percent(value: float) -> str:
    return f"{value:.0%}"


_IMPLIED = frozenset({"cosine", "contained"})
"""What goes without saying of words that are the same letter for letter."""

_WORDS: Mapping[str, Callable[[float], str]] = {
    "letters_changed": _letters,
    "cosine": _alike,
    "contained": _part,
    "shared": _shared,
    "log_odds": _odds,
    "steps_apart": _steps,
    "minutes_apart": _minutes,
    "words_changed": _changed,
}
