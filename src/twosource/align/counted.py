"""Counted: a figure with what is around it, and the odds that two figures count the same thing.

Evidence: the unit after conversion, what is counted, the sentence around, the words next to the number, and whether
each report has but one such number. Numbers that can be one are joined on modest likeness; numbers that cannot are
joined only where they fill the same place in like sentences, or are alone of their sort in sentences with words in
common.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from twosource.align.contrast import calendar
from twosource.align.fates import fate, whereabouts
from twosource.align.passages import Passage, passages, story_weights, touching
from twosource.align.quantities import Amount, amount, specific
from twosource.align.similarity import Keys, Vector, Weights, cosine
from twosource.align.words import Word, keys, likeness, words
from twosource.article import Span
from twosource.facts import Figure
from twosource.report import Report

NEAR = 6
"""Words on each side of a figure that make its place in the sentence."""

# Log-odds, set by hand on the figures of seven hand-made accounts (read by the whole path: groups F1 92, precision
# 99) and on 104 labelled sentence pairs with differing numbers (called conflict: 6 of 68 random pairs, none of which
# is one, and 3 of the 9 that are), 2026-11-22.
ALLOWED = -3.2
EQUAL = 0.6
DIFFERS = -6.6
SENTENCE = 4.0
PLACE = 3.0
NOUN = 1.2
SPECIFIC = 1.6
RUN = 2.6
FATE = 3.2
WHERE = 5.6
CONVERTED = 1.6
ROUND = 2.2
OWNER = 1.4

ALONE = 3.2
"""Log-odds added where each report has one figure of the sort and the sentences share words. Set by hand on 30 pairs of
short reports; with it 1 more conflict is shown in 139 stories of four collections, and rightly, 2026-11-22.
"""

ALONE_CONVERTED = 4.4
"""The same for measures in two units ("six weeks", "three months"), which have no word in common."""

ALONE_ALIKE = 0.3
"""Least cosine of the two sentences for that. In the same stories 10 pairs of lone figures that differ reached it, 8 of
them of one thing (own reading), and 2 lay between 0.25 and it, none of one thing, 2026-11-22.
"""

ALONE_ALIKE_CONVERTED = 0.4
"""The same for measures in two units."""

LEAST_TOLD = 3
"""Sentences from which on a report's only figure of a sort says something: in a single sentence every figure is alone.
Of 104 pairs of single sentences 11 more were called a conflict without this, of which 1 is one, 2026-11-22.
"""

SEEN = 50
"""Figures of one sort in a report that are looked at: bounds the work on endless tables."""

SORT = 10
"""Times that one measure is at most as large as another one of its sort: a crack's length and a bridge's are two."""

MANY = 1000
"""People from which on two hedged counts that can be one are rather one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure: its amount, the keys of what it counts (empty for measures), its sentence, and the words next to it.

    ``before`` and ``after`` are the forms of the words on both sides, nearest first; ``names`` the keys of names
    among the nearest; ``alone`` tells that its report has no other figure of its sort with another number.
    """

    report: Report
    figure: Figure
    amount: Amount
    passage: Passage
    noun: frozenset[str]
    sentence: Vector
    place: Vector
    before: tuple[str, ...]
    after: tuple[str, ...]
    names: frozenset[str]
    fate: str
    where: str
    alone: bool = False

    @property
    def same(self) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
        """Equal for one figure in copies of one sentence, whatever article it stands in."""
        return self.before, self.after, self.figure.unit, f"{self.figure.value} {self.figure.low} {self.figure.high}"

    @property
    def kind(self) -> str:
        """What it can be compared with: its family of units, its own measure or currency, or any counted noun ("")."""
        return self.amount.family or (self.figure.unit if _measure(self.figure.unit) else "")


def counted(reports: Sequence[Report]) -> list[Counted]:
    """Return the figures with a number, in the order of reports and text, with what is around each."""
    weights = story_weights(reports)
    told = ([seen for f in report.figures if (seen := _counted(report, f, weights))] for report in reports)
    return [one for found in told for one in (_marked_alone(found) if _several(found) else found)]


def _several(found: Sequence[Counted]) -> bool:
    """Tell whether the report of these figures has sentences enough for one of them to be alone of its sort."""
    return bool(found) and sum(p.kind == "body" for p in passages(found[0].report)) >= LEAST_TOLD


def _marked_alone(found: Sequence[Counted]) -> list[Counted]:
    """The figures of one report, each with whether it is alone of its sort."""
    by_sort: dict[str, list[Counted]] = defaultdict(list)
    for one in found:
        for sort in _sorts(one):
            by_sort[sort].append(one)

    def alone(one: Counted) -> bool:
        near = (other for sort in _sorts(one) for other in by_sort[sort][:SEEN])
        return not any(_one_sort(one, other) and not one.amount.allows(other.amount) for other in near)

    return [replace(one, alone=alone(one)) for one in found]


def _sorts(one: Counted) -> frozenset[str]:
    """What figures of its sort share with it: the kind of a measure, or a word for what is counted or stands before."""
    if one.kind:
        return frozenset((one.kind,))
    return one.noun or frozenset(_keys(" ".join(one.before[:2]))[-1:])


def _one_sort(left: Counted, right: Counted) -> bool:
    """Tell whether two figures may be of one thing by unit, size, what is counted and what became of it; shares never,
    for any of one report is of a whole of its own.
    """
    if left.kind != right.kind or left.kind == "share" or not _sorts(left) & _sorts(right):
        return False
    if left.kind:
        small, large = sorted(abs(one.amount.low + one.amount.high) for one in (left, right))
        return large <= SORT * small
    return bool(left.noun) == bool(right.noun) and left.fate == right.fate


def _counted(report: Report, figure: Figure, weights: Weights) -> Counted | None:
    meant = amount(figure)
    here = next(iter(touching(report, figure.span)), None)
    if meant is None or here is None:
        return None
    before = [word for word in here.words if word.span.end <= figure.span.start][::-1]
    after = [word for word in here.words if word.span.start >= figure.span.end]
    noun = _noun(report, figure)
    return Counted(
        report,
        figure,
        meant,
        here,
        noun,
        weights.vector(keys([*before, *after])),
        weights.vector(keys([*before[:NEAR], *after[:NEAR]])),
        _forms(before),
        _forms(after),
        _names(report, [*before[:NEAR], *after[:NEAR]]),
        fate(_forms(before), _forms(after)) if _counts_people(noun, figure) else "",
        whereabouts(_forms(before), _forms(after)) if _counts_people(noun, figure) else "",
    )


def _forms(seen: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.form for word in seen)


def _names(report: Report, near: Sequence[Word]) -> frozenset[str]:
    capital = (word for word in near if word.key and report.article.text[word.span.start].isupper())
    return frozenset(word.key for word in capital if not calendar(word))


def _noun(report: Report, figure: Figure) -> frozenset[str]:
    """Keys of what is counted: the subject's words, or the unit's; all words for human beings count as one."""
    subject = keys(words(report.article.text, (figure.subject,))) if figure.subject else ()
    unit = () if _measure(figure.unit) else _keys(figure.unit)
    people = {"person"} if set(subject[-1:] + unit) & _people() else set()
    return frozenset({*subject, *unit, *people})


def _counts_people(noun: frozenset[str], figure: Figure) -> bool:
    """Tell whether a figure counts people, or nothing it names ("27 hurt")."""
    return "person" in noun or not (noun or figure.unit)


def _keys(plain: str) -> Keys:
    return keys(words(plain, (Span(0, len(plain)),)))


@cache
def _people() -> frozenset[str]:
    return frozenset(key for line in likeness().people for key in _keys(line))


def _measure(unit: str) -> bool:
    """Tell whether a unit is a currency code, a sign or a rate, not a counted noun."""
    return bool(unit) and (unit.isupper() or not unit[0].isalpha() or "/" in unit)


def log_odds(left: Counted, right: Counted) -> float:
    """Return the log-odds that two figures count the same thing; minus infinity for two that cannot: of two kinds, or
    two numbers of one sentence (or its copy).
    """
    allowed = left.amount.allows(right.amount)
    if left.kind != right.kind or (not allowed and left.passage.keys == right.passage.keys):
        return -math.inf
    sentences = cosine(left.sentence, right.sentence)
    alike = SENTENCE * sentences + PLACE * cosine(left.place, right.place)
    alike += NOUN * (bool(left.noun & right.noun) or not (left.noun and right.noun)) + _people_alike(left, right)
    if not allowed:
        return DIFFERS + alike + max(RUN * _run(left, right), _alone(left, right, sentences))
    equal = left.amount.exact == right.amount.exact is not None
    converted = equal and left.figure.unit.casefold() != right.figure.unit.casefold() and bool(left.amount.family)
    told = (
        EQUAL * equal
        + CONVERTED * converted
        + ROUND * _round(left, right)
        + OWNER * (equal and _one_owner(left, right))
    )
    return ALLOWED + alike + told + SPECIFIC * min(specific(left.figure), specific(right.figure))


def _alone(left: Counted, right: Counted, alike: float) -> float:
    """Log-odds from both being alone of one sort, in sentences that are ``alike``."""
    if alike < ALONE_ALIKE or not (left.alone and right.alone):
        return 0.0
    if not (_one_sort(left, right) and _one_noun(left, right)):
        return 0.0
    if left.figure.unit.casefold() != right.figure.unit.casefold() and left.amount.family:
        return ALONE_CONVERTED * (alike >= ALONE_ALIKE_CONVERTED)
    return ALONE


def _one_noun(left: Counted, right: Counted) -> bool:
    """Tell whether what is counted has one name: some people and other people are not yet the same people."""
    named = left.noun & right.noun - {"person"}
    return bool(left.kind or named) or left.figure.unit == right.figure.unit


def _one_owner(left: Counted, right: Counted) -> bool:
    """Tell whether two measures are of one named thing: the length of a "three-year war", in both."""
    named = left.noun & right.noun - frozenset(_keys(left.figure.unit))
    return bool(left.kind and named)


def _round(left: Counted, right: Counted) -> bool:
    """Tell whether both give a hedged count of `MANY` people or more: two reports of one event seldom have two such."""
    ends = (left.amount.exact or 0, right.amount.exact or 0)
    hedged = bool(left.figure.hedge and right.figure.hedge)
    return hedged and min(ends) >= MANY and "person" in left.noun & right.noun


def _people_alike(left: Counted, right: Counted) -> float:
    """Log-odds from what becomes of the people counted, or where they were; 0 where one report does not say."""
    if left.fate and right.fate:
        return FATE if left.fate == right.fate else -FATE
    return WHERE * (not left.fate and not right.fate and left.where == right.where != "")


def _run(left: Counted, right: Counted) -> float:
    """How many words next to the number are the same without a gap, 0 to 1 for `NEAR` or more."""
    pairs = ((left.before, right.before), (left.after, right.after))
    same = sum(len(list(takewhile(lambda p: p[0] == p[1], zip(a, b, strict=False)))) for a, b in pairs)
    return min(same, NEAR) / NEAR
