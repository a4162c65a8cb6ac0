"""Joins numbered things into groups by pairs that belong together."""

from collections import defaultdict
from collections.abc import Iterable


def unite(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of ``range(count)`` that ``pairs`` join, each in order, ordered by their first member."""
    parent = list(range(count))
    for left, right in pairs:
        a, b = _root(parent, left), _root(parent, right)
        parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[_root(parent, index)].append(index)
    return [groups[root] for root in sorted(groups)]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
