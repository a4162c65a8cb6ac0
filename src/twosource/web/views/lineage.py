"""Independence: what reports rest on, who copied whom, drawn as lanes and told as a list."""

from collections import defaultdict
from dataclasses import dataclass, replace

from twosource.account import Link, Origin
from twosource.render.lanes import MOST_SOURCES, ROW, STACK, Lane, Mark, More, lanes
from twosource.render.lines import named
from twosource.render.phrases import LINKS, linked
from twosource.web import links as addresses
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_of_report

MOST_ORIGINS = 12
"""Sources without a lane that are listed, those of most reports first."""

MOST_LINKS = 12
"""Pairs of reports that are listed, those with most in common first."""


@dataclass(frozen=True, slots=True)
class OriginShown:
    """Where words come from, and which reports use them."""

    id: str
    label: str
    words: str
    address: str
    reports: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Why two reports are not independent, in words, with what they have in common."""

    address: str
    words: str
    share: str
    agency: str


def undrawn(told: Told) -> list[OriginShown]:
    """Return sources of several reports for which the drawing has no line, what most rest on first."""
    texts = {a.origin for a in told.account.articles}
    shared = [o for o in told.account.lineage.origins if len(o.articles) > 1 and o.id not in texts]
    most = sorted(shared[MOST_SOURCES:], key=lambda o: -len(o.articles))
    return [_origin(told, o) for o in most[:MOST_ORIGINS]]


def addresses_by_name(told: Told) -> dict[str, str]:
    """Return the evidence of each origin under the name that its lane has."""
    shared = [o for o in told.account.lineage.origins if len(o.articles) > 1]
    return {named(told.page.view.origin(o.id)): addresses.origin(told.story.id, o.id) for o in reversed(shared)}


def all_origins(told: Told) -> list[OriginShown]:
    """Return all origins in the account's order."""
    return [_origin(told, o) for o in told.account.lineage.origins]


def _origin(told: Told, origin: Origin) -> OriginShown:
    return OriginShown(
        origin.id,
        told.page.labels.line(origin.id),
        short(told.page.view.origin(origin.id), 160),
        addresses.origin(told.story.id, origin.id),
        tuple(chip_of_report(told, a) for a in origin.articles[:50]),
    )


def dependences(told: Told) -> list[LinkShown]:
    """Return the pairs that are not independent, copies before what only shares a source."""
    order = list(LINKS)
    most = sorted(told.account.lineage.links, key=lambda link: (order.index(link.kind), -link.share))
    return [_link(told, link) for link in most[:MOST_LINKS]]


def _link(told: Told, link: Link) -> LinkShown:
    left, right = (f"{told.page.letter(a)} {short(told.page.view.outlet(a), 60)}" for a in (link.left, link.right))
    return LinkShown(
        addresses.pair(told.story.id, link.left, link.right),
        linked(link, left, right),
        f"{link.share:.0%}",
        short(link.agency, 80),
    )


MANY_ALONE = 5
"""Texts of a single report from which on they share one line of the drawing."""


def drawn(told: Told) -> list[Lane]:
    """Return the lanes: texts of several reports, sources, and texts of one report, many of them on one lane."""
    found = lanes(told.page)
    alone = [lane for lane in found if lane.text and lane.reports == 1]
    if len(alone) < MANY_ALONE:
        return list(found)
    others = [lane for lane in found if not (lane.text and lane.reports == 1)]
    return [*others, _together(alone)]


def _together(alone: list[Lane]) -> Lane:
    """Many texts of one report each on one line, those of one time above one another."""
    columns: dict[float, list[Mark]] = defaultdict(list)
    for lane in alone:
        for mark in lane.marks:
            columns[mark.x].append(mark)
    marks = [
        replace(mark, y=ROW * row + ROW // 2, first=False)
        for held in columns.values()
        for row, mark in enumerate(held[:STACK])
    ]
    more = [More(x, ROW * STACK + ROW // 2, len(held) - STACK) for x, held in columns.items() if len(held) > STACK]
    rows = min(STACK + 1, max(map(len, columns.values())))
    name = f"{len(alone)} texts of one report each"
    return Lane(
        name=name,
        reports=len(alone),
        text=False,
        height=ROW * rows,
        start=0.0,
        end=0.0,
        marks=tuple(marks),
        more=tuple(more),
    )
