"""Event: whether the inputs tell one event, and which of them belong together if not.

Evidence: the content words and names two articles share, the words weighted by how rare they are in news at large, and
the days between them. Doubtful pairs count as one event: refusing two reports that belong together costs a reader more
than showing two that do not.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from twosource.align.contrast import calendar
from twosource.align.passages import passages
from twosource.align.similarity import Vector, cosine, vector
from twosource.facts import Note
from twosource.lang import ENGLISH, Language
from twosource.report import Report

ALIKE = 0.08
"""Least cosine between two reports of one event. Swept 0.06 to 0.15 on `news_cluster` and `basil`, 2026-11-22."""

ALIKE_FAR = 0.20
"""The same where the two were published more than `FAR_DAYS` apart. With both, 97.7 % of 567 same-event pairs of
`news_cluster` are kept (the others are pages without a story) and 3.7 % of pairs of other events; on `basil` 100 %
and 4.6 %; swept 0.12 to 0.3.
"""

NAMES = 2
"""Names two reports of one event share, at least."""

ALIKE_NAMELESS = 0.15
"""Cosine from which on fewer names are enough. On 816 same-event pairs of four collections 98.4 % are kept (98.5
without a look at names), of 7,903 pairs of other events 9.6 % (12.4); swept 1 to 3 names, 0.12 to 0.2, 2026-11-22.
"""

FAR_DAYS = 60
"""Days after which a new report is rather of a new event; swept 21 to 120."""

NAMED = 5
"""Terms a message names on each side."""


@dataclass(frozen=True, slots=True)
class BackgroundTable:
    """The `background` table of a language: weight to the keys that have it, and the weight of all others."""

    rare: float
    common: dict[str, str]


@cache
def _weights(lang: Language) -> Mapping[str, float]:
    common = lang.table("background", BackgroundTable).common
    return {key: float(weight) for weight, keys in common.items() for key in keys.split()}


@dataclass(frozen=True, slots=True)
class _Profile:
    """An article as weighted content words, with a form to show for each."""

    report: Report
    vector: Vector
    shown: Mapping[str, str]
    names: frozenset[str]


def common_event(reports: Sequence[Report]) -> tuple[Note, ...]:
    """Return notes where the reports do not all tell one event; nothing where they do.

    ``no_common_event`` stands where no group holds more than half of the inputs; its message names shared and
    unshared terms. One ``event_group`` for each group lists the article ids. Where only some do not belong, each of
    these gets a note ``other_event``. A report without a told word gets a note ``empty`` and belongs nowhere; one that
    is dated far from all others gets ``dated_apart``.
    """
    known = [_profile(report) for report in reports]
    told = [profile for profile in known if profile.vector.weighted]
    empty = (one.report for one in known if not one.vector.weighted)
    silent = [Note("empty", "tells nothing: no words were found in it", article=report.id) for report in empty]
    return (*silent, *_apart(_groups(told), len(told)), *_dated_apart(reports))


def _apart(groups: Sequence[Sequence["_Profile"]], reports: int) -> tuple[Note, ...]:
    """Notes on reports that do not belong together."""
    if len(groups) < 2:
        return ()
    listed = [
        Note("event_group", f"{_terms([p])}: {', '.join(q.report.id for q in group)}")
        for group in groups
        for p in group[:1]
    ]
    if 2 * len(groups[0]) <= reports:
        return (Note("no_common_event", _message(groups)), *listed)
    strange = [
        Note(
            "other_event", f"seems to tell another event than the other reports: {_terms([one])}", article=one.report.id
        )
        for group in groups[1:]
        for one in group
    ]
    return (*strange, *listed)


def _dated_apart(reports: Sequence[Report]) -> Iterator[Note]:
    """Notes on reports whose day of publication is far from that of every other report that has one."""
    days = {report.id: day for report in reports if (day := _day(report))}
    for article, day in days.items() if len(days) > 2 else ():
        others = [abs((day - other).days) for key, other in days.items() if key != article]
        if min(others) > FAR_DAYS:
            message = f"is dated {day}, {min(others)} days or more from all others: its date may be wrong"
            yield Note("dated_apart", message, article=article)


def _profile(report: Report, lang: Language = ENGLISH) -> _Profile:
    weights, rare = _weights(lang), lang.table("background", BackgroundTable).rare
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    small: set[str] = set()
    for passage in passages(report):
        for word in passage.words:
            if word.key:
                counts[word.key] += 1
                written = word.span.of(report.article.text)
                shown.setdefault(word.key, written)
                small |= {word.key} if not written[0].isupper() or calendar(word) else set()
    weighted = {key: (1 + math.log(count)) * weights.get(key, rare) for key, count in counts.items()}
    return _Profile(report, vector(weighted), shown, frozenset(counts) - small)


def _together(left: _Profile, right: _Profile) -> bool:
    near = ALIKE if len(left.names & right.names) >= NAMES else ALIKE_NAMELESS
    least = ALIKE_FAR if _days(left.report, right.report) > FAR_DAYS else near
    return cosine(left.vector, right.vector) >= least


def _days(left: Report, right: Report) -> int:
    """Days between the two publications, 0 where one is unknown."""
    one, other = _day(left), _day(right)
    return abs((one - other).days) if one and other else 0


def _day(report: Report) -> date | None:
    try:
        return date.fromisoformat((report.article.published or "")[:10])
    except ValueError:
        return None


def _groups(profiles: Sequence[_Profile]) -> list[list[_Profile]]:
    """Chain pairs that belong together; the largest group first, of equals the one with the first report."""
    home = list(range(len(profiles)))
    for a, b in combinations(range(len(profiles)), 2):
        if home[a] != home[b] and _together(profiles[a], profiles[b]):
            home = [home[a] if h == home[b] else h for h in home]
    groups = [[p for p, h in zip(profiles, home, strict=True) if h == one] for one in dict.fromkeys(home)]
    return sorted(groups, key=lambda g: -len(g))


def _message(groups: Sequence[Sequence[_Profile]]) -> str:
    """Name what the groups share and what each has alone."""
    shared = set.intersection(*({k for p in group for k in p.vector.weighted} for group in groups))
    both = _named(groups[0], shared)
    alone = "; ".join(f"only in {group[0].report.id}: {_named(group, _own(group, groups))}" for group in groups[:4])
    return f"no common event found. Shared: {both or 'nothing'}; {alone}"


def _own(group: Sequence[_Profile], groups: Sequence[Sequence[_Profile]]) -> set[str]:
    others = {k for other in groups if other is not group for p in other for k in p.vector.weighted}
    return {k for p in group for k in p.vector.weighted} - others


def _terms(profiles: Sequence[_Profile]) -> str:
    return _named(profiles, {k for p in profiles for k in p.vector.weighted})


def _named(profiles: Sequence[_Profile], wanted: Iterable[str]) -> str:
    """The weightiest of the wanted terms, in words of the first article that has each."""
    keys = {key for key in wanted if key[0].isalpha()}
    weight = Counter({k: sum(p.vector.weighted.get(k, 0.0) for p in profiles) for k in keys})
    best = sorted(weight, key=lambda k: (-weight[k], k))[:NAMED]
    return ", ".join(next(p.shown[k] for p in profiles if k in p.shown) for k in best)
