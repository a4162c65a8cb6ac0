"""Words for what an account leaves unnamed: a figure without a subject, an origin without a name, ids in messages.

Evidence: the words around a figure, the language's `origins` table, the ids of the account's articles.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from twosource.anchor import fold
from twosource.article import Span
from twosource.lang import ENGLISH, Language

AROUND = 30
"""Code points of a figure and the words around it that name a line: what fits a column of a terminal."""

LEAST_ID = 6
"""Characters from which an id with a digit is replaced wherever it stands in a message; shorter ones may be words."""

_STOP = re.compile(r"[.;:!?](?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Origins:
    """The part of the `origins` table that is read here."""

    release: list[str]
    unnamed: str


def about_figure(text: str, figure: Span, subject: str) -> str:
    """Return the figure at ``figure`` with the words that follow or precede it, or "" where ``subject`` says more."""
    own = _letters(figure.of(text))
    if subject and not own.endswith(_letters(subject)):
        return ""
    end = _end(text, figure)
    if len(_letters(text[figure.end : end])) > len("of it"):
        return _from(text, Span(figure.start, end))
    before = _up_to(text, figure)
    return before if _letters(before) != own or end == figure.end else _from(text, Span(figure.start, end))


def _letters(words: str) -> str:
    return "".join(c for c in fold(words).lower() if c.isalnum())


def _end(text: str, figure: Span) -> int:
    """Where the sentence ends, or the reach."""
    stop = _STOP.search(text, figure.end, figure.end + 2 * AROUND)
    return stop.start() if stop else min(len(text), figure.end + 2 * AROUND)


def _from(text: str, span: Span) -> str:
    words = " ".join(span.of(text).split())
    cut = words if len(words) <= AROUND else words[:AROUND].rpartition(" ")[0].rstrip(" ,") + " …"
    return f"“{cut}”"


def _up_to(text: str, figure: Span) -> str:
    """The words up to the figure, of its own sentence."""
    start = max(0, min(figure.start, figure.end - AROUND))
    before = text[start : figure.start]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    whole = bool(stops) or start == 0
    kept = before[stops[-1] :] if stops else before if start == 0 else before.partition(" ")[2]
    words = " ".join((kept + figure.of(text)).split())
    return f"“{words}”" if whole else f"“… {words}”"


@cache
def _releases(lang: Language) -> re.Pattern[str]:
    longest = sorted(lang.table("origins", Origins).release, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def named_release(words: str, lang: Language = ENGLISH) -> bool:
    """Tell whether ``words`` name a release, statement, letter or post."""
    return bool(_releases(lang).search(fold(words).lower()))


def unnamed(name: str, lang: Language = ENGLISH) -> bool:
    """Tell whether an origin's name says only that nobody names it."""
    return name == lang.table("origins", Origins).unnamed


def spelled_out(message: str, called: Mapping[str, str]) -> str:
    """Return ``message`` with each article id that stands by itself replaced by what the article is called."""
    known = [i for i in called if len(i) >= LEAST_ID and any(c.isdigit() for c in i)]
    listed = [i for i in called if i not in known]
    for article in listed:
        message = message.replace(f"only in {article}: ", f"only in {called[article]}: ")
    if not known:
        return message
    ids = "|".join(map(re.escape, sorted(known, key=lambda i: (-len(i), i))))
    return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: called[found[0]], message)
