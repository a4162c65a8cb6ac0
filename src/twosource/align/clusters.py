"""Clusters: greedy average-link grouping by log-odds, the same whatever the order of its inputs.

Every pair has a score (above 0: rather together). Links are tried from the strongest down; two groups join when the
mean score over all pairs between them is high enough and no pair of them is kept apart, so that a chain of near
matches cannot draw unlike tellings together.
"""

import math
from collections.abc import Callable, Iterable, Mapping

Link = tuple[int, int]


def cluster(
    count: int,
    links: Mapping[Link, float],
    apart: Callable[[int, int], float],
    least: float = 0.0,
    unlike: Callable[[int, int, float], bool] | None = None,
) -> list[list[int]]:
    """Group ``0 .. count - 1``; each group is sorted, and groups are in order of their first member.

    Args:
        count: how many there are, numbered in an order that does not depend on the input's.
        links: score of each candidate pair ``(low, high)``.
        apart: score of a pair that is no candidate; minus infinity keeps two groups apart for good.
        least: two groups join where the mean score between them is above this.
        unlike: tells of a pair, with its score, whether no group may hold both; None keeps no pair apart.

    """
    group = {i: [i] for i in range(count)}
    home = list(range(count))

    def between(left: Iterable[int], right: list[int]) -> float:
        pairs = [(min(a, b), max(a, b)) for a in left for b in right]
        scores = [links[p] if p in links else apart(*p) for p in pairs]
        if unlike and any(unlike(*pair, score) for pair, score in zip(pairs, scores, strict=True)):
            return -math.inf
        return sum(scores) / len(pairs)

    for (a, b), score in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        left, right = home[a], home[b]
        if score > 0 and left != right and between(group[left], group[right]) > least:
            group[left] += group.pop(right)
            for member in group[left]:
                home[member] = left
    return sorted(sorted(members) for members in group.values())
