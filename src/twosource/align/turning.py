"""Turning: one thing that a speaker claims at one time and claims otherwise at another: will and will not, for and
against, so and not so, may and will.

Evidence: the claims of clauses (`standing`), looked up by the word that they are about and the thing it is done to.
"sure" needs the same thing, no condition, no other doer, time or name, more of the matter in common, and reports of
each occasion that agree. What came about meanwhile ("will open", "did not open"; "not yet", "now") is no change.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from twosource.align.matters import LEAST_SHARED, names_differ, names_in, one_matter, other_things, times_differ
from twosource.align.positionwords import lexicon_of
from twosource.align.standing import SELF, Claim, claims
from twosource.align.strength import FAR
from twosource.align.utterances import Clause, When, first_of, one_occasion
from twosource.article import Span
from twosource.lang import ENGLISH

Kind = Literal["intent", "stance", "denial", "certainty", "figure", "update", "silence"]

MOST_ALIKE = 60
"""Claims on one word and thing, of different days, that are compared with each other, the latest; bounds the work."""

SHOWN = 8
"""Words of each side that the reason shows."""

BARE = 2
"""Words shown before one that has no mark."""

LEAST_REST = 2
"""Content words beside the claim that both clauses must have to be told apart by them."""

SOFTER = 2
"""Steps of commitment from which on a telling is softer or firmer than another one (`contrast.commitments`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change before it is written down: of what kind, on what ``matter``, from which state to which, with the words
    that show it on both sides. ``also`` are the other articles that tell each side.
    """

    kind: Kind
    sure: bool
    why: str
    early: Clause
    late: Clause
    spans: tuple[Span, Span]
    matter: tuple[str, ...]
    states: tuple[object, object]
    also: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class _Taken:
    """A claim in its clause."""

    clause: Clause
    claim: Claim

    @property
    def state(self) -> tuple[bool, int]:
        return self.claim.denied, self.claim.step


def turned(spoken: Sequence[Clause]) -> Iterator[Turn]:
    """Yield where clauses claim one thing otherwise at another time."""
    held: dict[tuple[str, str], dict[tuple[bool, int, When], list[_Taken]]] = defaultdict(lambda: defaultdict(list))
    for clause in spoken:
        for claim in claims(clause.seen, clause.cue):
            if claim.thing:
                held[claim.head, claim.thing[-1]][claim.denied, claim.step, clause.when].append(_Taken(clause, claim))
    for matter, told in held.items():
        if len(told) > 1 and any(one.claim.marked for same in told.values() for one in same):
            groups = sorted(told.values(), key=lambda same: same[0].clause.when, reverse=True)
            yield from _among(matter, groups[:MOST_ALIKE])


def _among(matter: tuple[str, str], groups: Sequence[Sequence[_Taken]]) -> Iterator[Turn]:
    """Compare the first of those that claim the same on one day with those of other days."""
    for one, other in combinations(groups, 2):
        if not _one_occasion(one[0], other[0]):
            early, late = (one, other) if first_of(one[0].clause.when, other[0].clause.when) else (other, one)
            kind = _kind(early[0].claim, late[0].claim)
            kind = None if kind and _otherwise(kind[0], early[0], late[0]) else kind
            grade = kind and _grade(kind[0], early[0], late[0])
            if kind and grade is not None:
                sure = kind[1] and grade and not any(_both_ways(side[0], groups) for side in (early, late))
                yield _turn(kind[0], matter, early, late, sure=sure)


def _one_occasion(one: _Taken, other: _Taken) -> bool:
    return one_occasion(one.clause.said, other.clause.said, one.clause.when, other.clause.when)


def _kind(early: Claim, late: Claim) -> tuple[Kind, bool] | None:
    """What kind of change it is, and whether by these words alone it may be sure; None for none."""
    if early.denied != late.denied:
        return _reversal(early, late)
    if early.stance or not early.step or not late.step or abs(early.step - late.step) < SOFTER:
        return None
    # a duty or a wish is no forecast: only the open and the certain are set against each other surely
    return "certainty", abs(early.step - late.step) >= FAR


def _reversal(early: Claim, late: Claim) -> tuple[Kind, bool] | None:
    """Of two claims of which one is denied; what came about meanwhile is no change, nor is to do neither of two
    opposites.
    """
    if early.worded and late.worded:
        return None
    if early.stance:
        return "stance", True
    times = early.time, late.time
    if times == ("intent", "intent"):
        return "intent", min(early.step, late.step) > 1
    if early.time == "intent":
        return ("intent", False) if early.denied and late.time in {"perfect", "past"} and not late.denied else None
    no = early if early.denied else late
    if late.time == "intent" or no.time == "perfect" or no.absent or not (early.marked or late.marked):
        return None
    return "denial", "present" not in times and early.denied


def _otherwise(kind: Kind, early: _Taken, late: _Taken) -> bool:
    """Tell whether it was a state that changed meanwhile, or what is likely is not what is certain."""
    if kind == "denial":
        meanwhile = lexicon_of(ENGLISH).meanwhile
        return early.claim.time == "present" and any(word.form in meanwhile for word in late.clause.seen)
    return kind == "certainty" and other_things(_rest(early), _rest(late))


def _told_apart(early: _Taken, late: _Taken) -> bool:
    """Tell whether both clauses go on, and in other words."""
    left, right = _rest(early), _rest(late)
    return min(len(left), len(right)) >= LEAST_REST and other_things(left, right)


def _rest(one: _Taken) -> set[str]:
    """The words with content beside those that are compared."""
    return {*one.clause.part.keys} - {*one.claim.thing, *one.claim.doer, one.clause.seen[one.claim.last].key}


def _grade(kind: Kind, early: _Taken, late: _Taken) -> bool | None:
    """Whether nothing else differs between two claims on one thing (sure); None where they are of two things, or too
    little says that they are of one matter.
    """
    one, other = early.claim, late.claim
    if other_things(one.thing[:-1], other.thing[:-1]) or names_differ(early.clause, late.clause):
        return None
    close = one_matter(early.clause, late.clause)
    if times_differ(early.clause, late.clause) or not _one(kind, early, late, around=close is not None):
        return None
    same_doer = not (one.doer and other.doer) or bool({*one.doer} & {*other.doer})
    told_alike = {*one.thing} <= {*other.thing} or {*other.thing} <= {*one.thing}
    told_alike &= bool(close) or not _told_apart(early, late)
    return same_doer and told_alike and not (one.open or other.open) and (bool(close) or _specific(early, late))


def _one(kind: Kind, early: _Taken, late: _Taken, *, around: bool) -> bool:
    """Tell whether enough says that two claims are of one matter at all: more than the claim is in common, or it is the
    denial of a thing that is named; what speakers say of themselves alone needs more in the clauses.
    """
    if kind == "denial":
        return early.claim.thing != SELF or _specific(early, late)
    return around or _specific(early, late)


def _specific(early: _Taken, late: _Taken) -> bool:
    """Tell whether the clauses alone have enough in common to be of one matter."""
    shared = {*early.clause.part.keys} & {*late.clause.part.keys}
    heads = {one.clause.seen[one.claim.last].key for one in (early, late)}
    named = names_in(early.clause) & names_in(late.clause)
    if early.claim.thing != SELF:
        named &= {*early.claim.thing} & {*late.claim.thing}
    return len(shared - heads) >= LEAST_SHARED or bool(named)


def _turn(kind: Kind, matter: tuple[str, str], early: Sequence[_Taken], late: Sequence[_Taken], *, sure: bool) -> Turn:
    shown = [_shown(side[0]) for side in (early, late)]
    spans = [one.clause.span(one.claim.first, one.claim.last) for one in (early[0], late[0])]
    return Turn(
        kind=kind,
        sure=sure,
        why=f"“{shown[0]}” before, “{shown[1]}” later",
        early=early[0].clause,
        late=late[0].clause,
        spans=(spans[0], spans[1]),
        matter=matter,
        states=(early[0].state, late[0].state),
        also=(_tellers(early), _tellers(late)),
    )


def _shown(one: _Taken) -> str:
    """The words that show a claim, a few at most."""
    first = one.claim.first if one.claim.marked else min(one.claim.last, max(one.clause.cue, one.claim.first - BARE))
    seen = one.clause.seen[first : one.claim.last + 1]
    return " ".join(w.span.of(one.clause.said.report.article.text) for w in seen[-SHOWN:])


def _tellers(same: Sequence[_Taken]) -> tuple[str, ...]:
    """The other articles that tell the same claim on that day."""
    articles = dict.fromkeys(one.clause.said.article for one in same)
    return tuple(name for name in articles if name != same[0].clause.said.article)


def _both_ways(one: _Taken, groups: Sequence[Sequence[_Taken]]) -> bool:
    """Tell whether the reports of one occasion do not agree on which way it was said."""
    return any(
        same[0].claim.marked and same[0].claim.denied != one.claim.denied
        and not (same[0].clause.when.before or one.clause.when.before) and _one_occasion(same[0], one)
        for same in groups
    )  # fmt: skip
