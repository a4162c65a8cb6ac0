"""The look back: stories that articles joined since the last look are grouped anew together with their neighbours.

Evidence: for each new article the stories near it; where one of them is nearly as good as its own, both are laid out
article by article and grouped by average linkage. What people said holds: the articles of a story that a person left as
they are stay together, never meet those of another such story, and locked stories are not laid out at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twosource.stories.linkage import Scores, linked
from twosource.stories.model import JOIN, SLACK, log_odds

if TYPE_CHECKING:
    from twosource.stories.stream import Stream

MOST = 120
"""Articles laid out together. A story with more than half of it is one unit, and is not split any more."""

SURE = -1.0
"""Log-odds with every article of its story from which one that arrives gives no reason to look at that story again, and
to look at another only where it reaches `JOIN` there. The story sets come out alike with -1 to 1, within 0.1 of a look
at everything, and half as many articles are laid out (2026-11-22).
"""


def neighbourhoods(stream: "Stream", fresh: Iterable[str]) -> list[list[str]]:
    """Return groups of unlocked stories to be looked at together: those of ``fresh`` articles with those near them.

    A group has at most `MOST` articles, of which a large story counts as half.
    """
    parent: dict[str, str] = {}
    weight: dict[str, int] = {}

    def root(story: str) -> str:
        while parent.setdefault(story, story) != story:
            story = parent[story]
        weight.setdefault(story, min(MOST // 2, len(stream.stories[story])))
        return story

    for article in fresh:
        if (own := stream.story(article)) in stream.locked:
            continue
        around = stream.look(article)
        alone = len(stream.stories[own]) == 1
        sure = around.least.get(own, -inf) >= SURE
        from_ = JOIN if sure else JOIN - SLACK
        near = [story for score, story in around.ranked if score >= from_ and story not in stream.locked]
        if (sure or alone) and not set(near) - {own}:
            continue
        root(own)
        for story in near:
            left, right = root(own), root(story)
            if left != right and weight[left] + weight[right] <= MOST:
                parent[right] = left
                weight[left] += weight[right]
    groups: dict[str, list[str]] = {}
    for story in parent:
        groups.setdefault(root(story), []).append(story)
    return [sorted(group, key=stream.age) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class Unit:
    """Articles that stay together, those of them that are compared, and the story that a person left them in."""

    members: list[str]
    sample: list[str]
    kept: str | None = None


def units(stream: "Stream", stories: Sequence[str]) -> list[Unit]:
    """Return what ``stories`` consist of: single articles, what people left together, very large stories whole."""
    found = []
    for story in stories:
        members = stream.stories[story]
        pinned = [a for a in members if stream.seats[a].pinned]
        if len(members) > MOST // 2:
            found.append(Unit(members, stream.sample(story), story if pinned else None))
            continue
        if pinned:
            found.append(Unit(pinned, pinned, story))
        found += [Unit([a], [a]) for a in members if not stream.seats[a].pinned]
    return found


def barred(laid: Sequence[Unit]) -> npt.NDArray[np.bool_]:
    """Return which units never meet: those that people left in different stories."""
    matrix = np.zeros((len(laid), len(laid)), np.bool_)
    kept = [i for i, unit in enumerate(laid) if unit.kept]
    matrix[np.ix_(kept, kept)] = True
    return matrix


def mean_scores(stream: "Stream", laid: Sequence[Unit], crowds: dict[str, float]) -> Scores:
    """Return the mean log-odds between the articles of all pairs of units; fills ``crowds`` where it lacks one."""
    articles = [article for unit in laid for article in unit.sample]
    for article in articles:
        if article not in crowds:
            crowds[article] = stream.crowding(article)
    crowd = np.array([crowds[article] for article in articles])
    scores = log_odds(stream.index.matrix(articles).astype(np.float64), np.add.outer(crowd, crowd))
    starts = [0, *accumulate(len(unit.sample) for unit in laid)][:-1]
    sums = np.add.reduceat(np.add.reduceat(scores, starts, axis=0), starts, axis=1)
    counts = np.array([len(unit.sample) for unit in laid], np.float64)
    means: Scores = sums / np.outer(counts, counts)
    return means


def regrouped(stream: "Stream", stories: Sequence[str], crowds: dict[str, float]) -> list[list[Unit]]:
    """Return the units of ``stories`` grouped anew."""
    laid = units(stream, stories)
    if len(laid) < 2:
        return [laid]
    sizes = np.array([len(unit.members) for unit in laid], np.float64)
    groups = linked(mean_scores(stream, laid, crowds), sizes, barred(laid), JOIN)
    return [[laid[i] for i in group] for group in groups]
