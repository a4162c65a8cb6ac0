"""The conflicts of a story: what each side tells, in its sentence, how sure it is, and what would settle it."""

from dataclasses import dataclass

from twosource.account import Conflict, Place
from twosource.render.phrases import CONFLICTS
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_at
from twosource.web.views.wordings import clipped

MOST = 40
"""Conflicts on the page of a story."""

AROUND = 140
"""Code points before and after the words that are shown with them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: where, and the words with what stands around them."""

    chip: Chip
    before: str
    words: str
    after: str
    published: str


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A conflict ready to show."""

    id: str
    address: str
    label: str
    sure: bool
    kind: str
    why: str
    sides: tuple[Side, Side]
    settle: str


def shown(told: Told, conflicts: tuple[Conflict, ...]) -> list[ConflictShown]:
    """Return conflicts ready to show, those that are sure first."""
    return [_shown(told, c) for c in sorted(conflicts, key=lambda c: c.certainty)]


def _shown(told: Told, conflict: Conflict) -> ConflictShown:
    return ConflictShown(
        conflict.id,
        links.conflict(told.story.id, conflict.id),
        told.page.labels.line(conflict.id),
        conflict.certainty == "conflict",
        CONFLICTS[conflict.kind],
        short(conflict.why, 400),
        (_side(told, conflict.left), _side(told, conflict.right)),
        settled_by(conflict),
    )


def settled_by(conflict: Conflict) -> str:
    """Return what would settle a conflict, "" where nothing is known that would."""
    return short(conflict.settle or "", 300)


def _side(told: Told, place: Place) -> Side:
    context = told.page.context(place)
    before, after = context.before, context.after
    before = before if len(before) <= AROUND else "… " + before[-AROUND:].partition(" ")[2]
    after = after if len(after) <= AROUND else after[:AROUND].rpartition(" ")[0] + " …"
    published = told.page.view.articles[place.article].published
    return Side(chip_at(told, place), before, clipped(context.shown, 400), after, published or "")
