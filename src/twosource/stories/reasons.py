"""Decisions in words: which terms articles share, and how alike they are in figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from twosource.stories.features import Features
from twosource.stories.judgements import Reason
from twosource.stories.model import log_odds

if TYPE_CHECKING:
    from twosource.stories.stream import Stream

NAMED = 5
"""Terms that a reason names."""

COMPARED = 12
"""Articles on each side that a reason compares."""


def shared(stream: "Stream", articles: Iterable[str], company: Iterable[str]) -> str:
    """Return the heaviest terms that both sides have, the most common first, "" without one."""
    left, right = (
        Counter(word for article in side for word in stream.seats[article].found.shown.split())
        for side in (articles, company)
    )
    both = sorted(left.keys() & right.keys(), key=lambda word: (-left[word] * right[word], word))
    return ", ".join(both[:NAMED])


def likeness(stream: "Stream", articles: Sequence[str], company: Sequence[str]) -> float:
    """Return the mean product between two sides, 0 where one is empty."""
    if not company or not articles:
        return 0.0
    slots = stream.index.slots(company[:COMPARED])
    found = [stream.index.products(stream.seats[a].found, slots).mean() for a in articles[:COMPARED]]
    return float(sum(found) / len(found))


def grounds(
    stream: "Stream", articles: Sequence[str], company: Sequence[str], left: Sequence[str]
) -> tuple[float, str]:
    """Return a score and why ``articles`` went to ``company`` and away from ``left`` (either may be empty)."""
    here, there = likeness(stream, articles, company), likeness(stream, articles, left)
    parts = []
    if company:
        terms = shared(stream, articles, company)
        parts.append(f"likeness {here:.2f} with the story it joins" + (f", sharing {terms}" if terms else ""))
    if left:
        own = shared(stream, articles, articles)
        parts.append(f"likeness {there:.2f} with the story it leaves" + (f", telling of {own}" if own else ""))
    return log_odds(here, 0.0), "; ".join(parts)


def joined(stream: "Stream", found: Features, story: str, score: float, *, new: bool) -> tuple[Reason, ...]:
    """Return why an article that arrives joins ``story``, or begins one of its own (``story`` is then the nearest)."""
    if not story:
        return (Reason("alone", "shares no rare word with any live story"),)
    newest = stream.seats[stream.stories[story][-1]].found.shown.split()
    both = [word for word in found.shown.split() if word in newest][:NAMED]
    verdict = "too little like the nearest story" if new else "like the reports of the story"
    reasons = [Reason("likeness", f"{verdict} (log-odds {score:+.1f})")]
    return (*reasons, Reason("words", f"shares {', '.join(both)}")) if both else tuple(reasons)
