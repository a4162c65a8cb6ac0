"""Castings: one part in the event that two reports give to people of two names.

Evidence: the role that stands with both names ("cashier Lotte Winge"), sentences around them that are alike, and that
neither name stands anywhere in the other report. Always "possible": there may have been two.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from twosource.account import Conflict, Place
from twosource.align.clauses import conflict
from twosource.align.passages import passages, story_weights, touching
from twosource.align.similarity import Vector, Weights, cosine
from twosource.align.words import keys, words
from twosource.article import Span
from twosource.facts import Person
from twosource.report import Report

ALIKE = 0.4
"""Least cosine of two sentences without name and role. Of 139 stories of four collections 2 have such a pair from
here on (0.67 and more), both rightly; the next lies at 0.24, 2026-11-22.
"""

SEEN = 3
"""First mentions of a person that are looked at."""

PEOPLE = 40
"""People with one role that are compared: bounds the work on lists of members."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """A person at one mention: the words of the name, and the sentence without name and role."""

    report: Report
    person: Person
    name: frozenset[str]
    span: Span
    vector: Vector


def castings(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield one conflict for each role with two names, in order of the reports."""
    weights = story_weights(reports)
    told: dict[frozenset[str], set[str]] = defaultdict(set)
    for report in reports:
        for person in report.people:
            for role in _roles(person):
                told[role].add(report.id)
    cast: dict[frozenset[str], list[_Cast]] = defaultdict(list)
    shared = {role for role, tellers in told.items() if len(tellers) > 1}
    for report in reports if shared else ():
        for role, one in _cast(report, shared, weights):
            cast[role].append(one)
    known = {report.id: frozenset(key for p in passages(report) for key in p.keys) for report in reports if cast}
    for role in sorted(cast, key=sorted):
        pairs = [(a, b) for a, b in combinations(cast[role][:PEOPLE], 2) if a.report.id != b.report.id]
        apart = [(a, b) for a, b in pairs if not (a.name & known[b.report.id] or b.name & known[a.report.id])]
        alike = [cosine(a.vector, b.vector) for a, b in apart]
        if max(alike, default=0.0) >= ALIKE:
            left, right = apart[alike.index(max(alike))]
            why = f"in one role: {left.person.name} in one and {right.person.name} in the other"
            places = Place(left.report.id, left.span), Place(right.report.id, right.span)
            yield conflict("attribution", "possible", why, *places)


def _roles(person: Person) -> frozenset[frozenset[str]]:
    """Each role of a human being, as the keys of its words without the name's."""
    if person.kind != "person" or not person.roles:
        return frozenset()
    name = _keys(person.name)
    return frozenset(role for said in person.roles if (role := _keys(said) - name)) if name else frozenset()


def _cast(
    report: Report, shared: Collection[frozenset[str]], weights: Weights
) -> Iterator[tuple[frozenset[str], _Cast]]:
    for person in report.people:
        name = _keys(person.name)
        for role in _roles(person) & frozenset(shared):
            for span in person.mentions[:SEEN]:
                for passage in touching(report, span)[:1]:
                    rest = tuple(key for key in passage.keys if key not in name | role)
                    yield role, _Cast(report, person, name, span, weights.vector(rest))


@lru_cache(maxsize=4096)
def _keys(plain: str) -> frozenset[str]:
    return frozenset(keys(words(plain, (Span(0, len(plain)),))))
