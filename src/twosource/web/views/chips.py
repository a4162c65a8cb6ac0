"""The small labels that stand for a place in a report ("A7") and lead to its evidence."""

from dataclasses import dataclass

from twosource.account import FigureTelling, Place, Telling
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short


@dataclass(frozen=True, slots=True)
class Chip:
    """A label, where it leads, whose words they are, and that outlet's mark: "hidden", "distrusted" or ""."""

    label: str
    address: str
    outlet: str
    mode: str = ""
    mark: str = ""


def chip_of(told: Told, telling: Telling) -> Chip:
    """Return the chip of a telling."""
    return Chip(
        told.page.labels.place(telling.article, telling.quotation),
        links.telling(told.story.id, told.name_of(telling)),
        outlet(told, telling.article),
        telling.mode,
        mark(told, telling.article),
    )


def chip_of_figure(told: Told, telling: FigureTelling) -> Chip:
    """Return the chip of a figure's place; it leads to the figure's evidence."""
    return Chip(
        told.page.labels.place(telling.article, telling.figure),
        links.figure(told.story.id, telling.figure),
        outlet(told, telling.article),
        mark=mark(told, telling.article),
    )


def chip_at(told: Told, place: Place) -> Chip:
    """Return the chip of any place; it leads to the place in its article."""
    return Chip(
        told.page.labels.near(place),
        links.article(place.article, place.span),
        outlet(told, place.article),
        mark=mark(told, place.article),
    )


def chip_of_report(told: Told, article: str) -> Chip:
    """Return the chip of a whole report."""
    return Chip(told.page.letter(article), links.article(article), outlet(told, article), mark=mark(told, article))


def outlet(told: Told, article: str) -> str:
    """Return an outlet's name for display."""
    return short(told.page.view.outlet(article), 120)


def mark(told: Told, article: str) -> str:
    """Return how a person marked the outlet of an article."""
    return told.marks.get(told.page.view.articles[article].outlet or "", "") if told.marks else ""


def speaker(told: Told, person: str | None) -> str:
    """Return a speaker's name for display, with the body spoken for."""
    return short(told.page.view.speaker(person), 160)
