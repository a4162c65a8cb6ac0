"""Grouping: parts of quotations that tell the same, by speaker and likeness.

Whole sentences are grouped first; then a clause that fits another group better than its own goes there. Sentences
that the same quotations tell, and no others, stay together.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from twosource.account import AccountPerson
from twosource.align.clusters import Link, cluster
from twosource.align.contrast import denials
from twosource.align.evidence import BIAS, Traits, log_odds, measures, traits
from twosource.align.parts import Part, clauses, merged
from twosource.align.similarity import Weights, proposed
from twosource.align.words import Word
from twosource.anchor import fold
from twosource.article import Spans
from twosource.extract.outlets import find_outlets

UNKNOWN = -0.85
"""Log-odds added where one of the two speakers could not be told."""

ANOTHER = -2.5
"""Log-odds added where a body, group, unnamed source or document may be the other speaker under another name ("the
company", "Apple").
"""

CARRIED = -0.5
"""The same where one of the two is an outlet ("X said, the Herald reports"): on seven hand-made accounts, with wrappers
for want of the inner quotation, F1 of pairs 65 to 68, right speaker 94 to 97; without them no change, 2026-11-22.
"""

MOST = 1.5
"""Log-odds from which on likeness counts no more, so that one perfect match cannot draw a third telling in against
the odds.
"""

LEAST = -0.6
"""Least mean log-odds between two groups that a link above 0 joins: one paraphrase need not look like every other
one. Swept -0.8 to 0 together with `evidence.BIAS`.
"""

UNLIKE = -2.0
"""Log-odds of two tellings below which they are one statement only where one occasion is told of both: what links them
is a third telling alone, which may hold both points. Swept -3 to 0 in an earlier form, without the look
at denials: F1 of pairs on seven hand-made accounts 77.5 to -2, 76.8 at -1.5, 76.0 above (2026-11-22). It gains nothing
there; it is argued.
"""

ELSEWHERE = -0.6
"""The same where two occasions or two days are told: what one person said in a speech and in a letter is two statements
unless the words are alike. It is `LEAST`, asked of every pair instead of their mean; -9, -1.2 and 0 made no difference
on seven hand-made accounts in an earlier form (2026-11-22).
"""

DENIED = 3
"""Words behind a denial that it turns round; own judgement, 2026-11-22."""

_APART = -math.inf

Occasions = Mapping[tuple[str, str], Hashable]
"""The occasion that a report tells for a quotation, by (article id, quotation id)."""


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Parts with one speaker and the same words are one node, so that copies do not outvote other tellings."""

    members: tuple[tuple[int, ...], ...]
    traits: tuple[Traits, ...]
    speakers: tuple[str | None, ...]


def group(
    found: Sequence[Part], weights: Weights, who: Mapping[str, AccountPerson], occasions: Occasions | None = None
) -> list[list[Part]]:
    """Return the statements as groups of parts, in the order of ``found``; a part cut into clauses may stand in
    several.

    ``who`` are the people of the account by id; ``occasions`` tells on what occasion words were said.
    """
    rank = {(part.report.id, part.quotation.id): i for i, part in reversed(list(enumerate(found)))}
    groups = [[found[i] for i in members] for members in _groups(found, weights, who, occasions or {})]
    moved = _told_together(_Clauses(groups, weights, who).moved())

    def order(part: Part) -> tuple[int, Spans]:
        return rank[part.report.id, part.quotation.id], part.spans

    return sorted((sorted(members, key=order) for members in moved), key=lambda members: order(members[0]))


def _nodes(found: Sequence[Part], weights: Weights) -> _Nodes:
    same: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for i, part in enumerate(found):
        same[part.speaker or "", tuple(word.form for word in part.words)].append(i)
    members = tuple(tuple(same[words]) for words in sorted(same))
    firsts = [found[m[0]] for m in members]
    return _Nodes(members, tuple(traits(part, weights) for part in firsts), tuple(part.speaker for part in firsts))


def _groups(
    found: Sequence[Part], weights: Weights, who: Mapping[str, AccountPerson], occasions: Occasions
) -> list[list[int]]:
    """Cluster the parts; each group holds indices into ``found``."""
    nodes = _nodes(found, weights)
    links: dict[Link, float] = {}
    for a, b in sorted(proposed(trait.words.weighted for trait in nodes.traits)):
        prior = same_speaker(nodes.speakers[a], nodes.speakers[b], who)
        if prior > _APART:
            links[a, b] = min(MOST, prior + log_odds(measures(nodes.traits[a], nodes.traits[b])))

    def apart(a: int, b: int) -> float:
        return BIAS + same_speaker(nodes.speakers[a], nodes.speakers[b], who)

    told = [{occasions.get((found[i].report.id, found[i].quotation.id)) for i in m} - {None} for m in nodes.members]
    firsts = [found[m[0]] for m in nodes.members]

    def unlike(a: int, b: int, odds: float) -> bool:
        if told[a] & told[b]:
            return False
        if not ((told[a] and told[b]) or _other_day(firsts[a], firsts[b])):
            return odds < UNLIKE
        return odds < ELSEWHERE or _turned(firsts[a].words, firsts[b].words)

    groups = cluster(len(nodes.members), links, apart, LEAST, unlike)
    return [sorted(i for node in group for i in nodes.members[node]) for group in groups]


def _other_day(left: Part, right: Part) -> bool:
    """Tell whether both reports say on what days the words were said, and on no common one."""
    one, other = left.quotation.said, right.quotation.said
    if not (one and other and one.start and other.start):
        return False
    return (one.end or one.start) < other.start or (other.end or other.start) < one.start


def _turned(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Tell whether a word of content stands denied in one telling and undenied in the other."""
    one, other = _denied(left), _denied(right)
    return any(key in other and other[key] != denied for key, denied in one.items())


def _denied(seen: Sequence[Word]) -> dict[str, bool]:
    """The keys of a telling, each with whether a denial shortly before turns it round."""
    reach = {at for first in denials(seen) for at in range(first + 1, first + 1 + DENIED)}
    return {word.key: at in reach for at, word in enumerate(seen) if word.key}


def same_speaker(left: str | None, right: str | None, who: Mapping[str, AccountPerson]) -> float:
    """Return the log-odds added for who speaks: 0 for one speaker, minus infinity for two."""
    if left is None or right is None:
        return UNKNOWN
    if left == right:
        return 0.0
    one, other = who.get(left), who.get(right)
    if one is None or other is None or (one.kind == other.kind == "person"):
        return _APART
    if one.speaks_for == right or other.speaks_for == left:
        return 0.0
    return CARRIED if one.kind != other.kind and (carries(one) or carries(other)) else ANOTHER


@lru_cache(maxsize=4096)
def outlets_in(name: str) -> bool:
    """Tell whether a name is, or holds, that of an agency or outlet."""
    return bool(find_outlets(fold(name)))


def carries(person: AccountPerson) -> bool:
    """Tell whether a speaker is an agency or outlet, which mostly reports what others said."""
    return person.kind == "organisation" and outlets_in(person.name)


class _Clauses:
    """The clauses of grouped sentences, and the groups they might go to."""

    def __init__(self, groups: Sequence[list[Part]], weights: Weights, who: Mapping[str, AccountPerson]) -> None:
        self.groups = groups
        self.weights = weights
        self.who = who
        self.known = [[(part, traits(part, weights)) for part in _distinct(members)] for members in groups]
        self.holders: dict[str, set[int]] = defaultdict(set)
        for g, members in enumerate(groups):
            for key in {key for part in members for key in part.keys}:
                self.holders[key].add(g)

    def moved(self) -> list[list[Part]]:
        """Return the groups with every clause where it fits best; a sentence is cut only for a clause that goes
        elsewhere.
        """
        result: list[list[Part]] = [[] for _ in self.groups]
        for g, members in enumerate(self.groups):
            for part in members:
                goes: dict[int, list[Part]] = defaultdict(list)
                for clause in clauses(part):
                    goes[self._best(clause, part, g)].append(clause)
                for home, pieces in goes.items():
                    result[home].append(part if len(goes) == 1 else merged(pieces))
        return [members for members in result if members]

    def _best(self, clause: Part, whole: Part, own: int) -> int:
        """The group a clause fits best; its own unless another one is more likely than not and likelier than that."""
        if clause is whole:
            return own
        seen = traits(clause, self.weights)
        reached = sorted({g for key in clause.keys for g in self.holders[key]} - {own})
        near = [g for g in reached if not any(_turned(clause.words, part.words) for part, _ in self.known[g])]
        best = max(((self._fit(clause, seen, g), -g) for g in near), default=(_APART, 0))
        return -best[1] if best[0] > max(0.0, self._fit(clause, seen, own)) else own

    def _fit(self, clause: Part, seen: Traits, g: int) -> float:
        """Mean log-odds that a clause tells what the other quotations of a group tell."""
        odds = [
            min(MOST, same_speaker(clause.speaker, part.speaker, self.who) + log_odds(measures(seen, other)))
            for part, other in self.known[g]
            if part.quotation.id != clause.quotation.id
        ]
        return math.fsum(odds) / len(odds) if odds else _APART


def _distinct(members: Iterable[Part]) -> list[Part]:
    """One part of each wording, so that copies do not outvote other tellings."""
    return list({(part.speaker, tuple(word.form for word in part.words)): part for part in members}.values())


def _told_together(groups: Iterable[list[Part]]) -> list[list[Part]]:
    """Join groups that the same quotations tell."""
    by_tellers: dict[tuple[tuple[str, str], ...], list[Part]] = defaultdict(list)
    for members in groups:
        by_tellers[tuple(sorted({(part.report.id, part.quotation.id) for part in members}))] += members
    return list(by_tellers.values())
