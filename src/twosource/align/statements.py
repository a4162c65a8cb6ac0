"""Statements: which tellings, across reports and inside one, are of one thing that one speaker said.

Evidence: the speaker (one person, or a body and who speaks for it) and the likeness of the words. Likeness proposes
only that the same is told; whether the tellings agree is decided in `conflicts`. Two speakers who say the opposite
are two statements, and so are one speaker's different points.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from twosource.account import AccountPerson, Statement, Telling
from twosource.align.evidence import strongest
from twosource.align.grouping import carries, group
from twosource.align.parts import Part, merged, parts
from twosource.align.passages import story_weights
from twosource.align.relations import relate
from twosource.article import hull, stable_id
from twosource.facts import Quotation
from twosource.judgements import NONE, Judgements, Told
from twosource.report import Report

if TYPE_CHECKING:
    from twosource.lineage import Traced
    from twosource.resolve.people import People

WRAPPED = 0.7
"""Share of an outer quotation that an inner one of the same speaker must fill for the outer one to be a mere wrapper
("X said that …").
"""


def align_statements(
    reports: Sequence[Report], people: "People", traced: "Traced", judged: Judgements = NONE
) -> tuple[Statement, ...]:
    """Group the quotations of act "said" into statements, ordered by their first telling in the order of ``reports``.

    A quotation whose parts are told apart elsewhere stands in several statements, each telling with its part of the
    content. What somebody ``judged`` to be one statement, or not to be, is so.
    """
    found = [part for report in reports for part in _said(report, people)]
    who = {person.id: person for person in people.people}
    weights = story_weights(reports)
    made = []
    rank = {_told(part): i for i, part in reversed(list(enumerate(found)))}
    # whether an occasion is told of the very words does not matter here
    occasions = {told: (on.kind, on.outlet) for told, on in traced.occasions.items()}
    for members in _judged(group(found, weights, who, occasions), judged, rank):
        statement = _statement(members, who, traced)
        made.append(replace(statement, features={**statement.features, **strongest(members, weights)}))
    return tuple(made)


def _judged(groups: Sequence[Sequence[Part]], judged: Judgements, rank: Mapping[Told, int]) -> list[Sequence[Part]]:
    """The groups after what people judged of pairs of tellings, again in the order of their first part."""
    if not judged.same_statements and not judged.other_statements:
        return list(groups)
    made = [list(members) for members in groups]
    for pair in judged.same_statements:
        one = [members for members in made if any(_told(part) in pair for part in members)]
        if len(one) > 1:
            joined = sorted((part for members in one for part in members), key=lambda p: (rank[_told(p)], p.spans))
            made = [*(members for members in made if all(members is not other for other in one)), joined]
    for left, right in judged.other_statements:
        for members in [m for m in made if {left, right} <= {_told(part) for part in m}]:
            made.append([part for part in members if _told(part) == right])
            members[:] = [part for part in members if _told(part) != right]
    return sorted(made, key=lambda members: (rank[_told(members[0])], members[0].spans))


def _told(part: Part) -> Told:
    return part.report.id, part.quotation.id


def _said(report: Report, people: "People") -> Iterator[Part]:
    told = [q for q in report.quotations if q.act == "said" and q.content]
    speakers = {q.id: people.of.get((report.id, q.speaker or "")) for q in told}
    for quotation in _unnested(told, speakers):
        yield from parts(report, quotation, speakers[quotation.id])


def _unnested(told: Sequence[Quotation], speakers: Mapping[str, str | None]) -> list[Quotation]:
    """Leave out a quotation inside another one of the same speaker; the outer one where it but wraps the inner one."""
    ordered = sorted(told, key=lambda q: (hull(q.content).start, -hull(q.content).end))
    left_out = set()
    for i, outer in enumerate(ordered):
        for inner in _within(hull(outer.content).end, ordered[i + 1 :]):
            if speakers[inner.id] == speakers[outer.id] and _inside(inner, outer):
                left_out.add(outer.id if _width(inner) >= WRAPPED * _width(outer) else inner.id)
    return [q for q in told if q.id not in left_out]


def _within(end: int, later: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations that begin before ``end``, of some in order of their beginning."""
    return takewhile(lambda q: hull(q.content).start < end, later)


def _inside(inner: Quotation, outer: Quotation) -> bool:
    return inner.content != outer.content and all(any(o.covers(s) for o in outer.content) for s in inner.content)


def _width(quotation: Quotation) -> int:
    return sum(span.width for span in quotation.content)


def _statement(members: Sequence[Part], who: Mapping[str, AccountPerson], traced: "Traced") -> Statement:
    """Make a statement of its parts, which are in the order of reports and text."""
    told: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in members:
        told[part.report.id, part.quotation.id].append(part)
    tellings = tuple(_telling(merged(pieces), traced) for pieces in told.values())
    relation, features = relate(members, traced.same_text)
    return Statement(
        id=stable_id("s", *sorted(f"{article}/{quotation}" for article, quotation in told)),
        speaker=_speaker(members, who),
        relation=relation,
        tellings=tellings,
        features=features,
    )


def _speaker(members: Sequence[Part], who: Mapping[str, AccountPerson]) -> str | None:
    """Who spoke rather than the outlet that reports it, and the person rather than the body it speaks for; then who is
    named most often, of equals who is named first.
    """
    known = [part.speaker for part in members if part.speaker]
    named = [s for s in known if s not in who or not carries(who[s])] or known
    voices = [s for s in named if s in who and who[s].speaks_for in named] or named
    return max(voices, key=lambda s: (voices.count(s), -voices.index(s)), default=None)


def _telling(part: Part, traced: "Traced") -> Telling:
    quotation = part.quotation
    return Telling(
        article=part.report.id,
        quotation=quotation.id,
        mode=quotation.mode,
        content=part.spans,
        cue=quotation.cue,
        source=quotation.source,
        told_to=quotation.told_to,
        origin=traced.origin(part.report.id, quotation.id),
        rule=quotation.rule,
        score=quotation.score,
        features=quotation.features,
    )
