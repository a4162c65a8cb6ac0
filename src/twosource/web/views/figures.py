"""The figures of a story: one row a quantity, its values with the reports that tell them, whether they agree."""

from dataclasses import dataclass

from twosource.account import FigureLine, FigureTelling
from twosource.render.annotate import in_place
from twosource.render.phrases import AGREEMENTS
from twosource.render.view import articles_of, origins_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.views.chips import Chip, chip_of_figure
from twosource.web.views.wordings import clipped

MOST = 16
"""Rows on the page of a story; the page of figures has all."""

MOST_ALONE = 25
"""Rows of one report alone on the page of a story."""

MOST_CHIPS = 6
"""Labels behind one value."""

MOST_VALUES = 6
"""Values of one quantity that are shown."""


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One value in its reports' own words, and where they tell it."""

    words: str
    chips: tuple[Chip, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One quantity. ``label`` is that of the command line, ``rests`` how many reports and origins tell it."""

    id: str
    address: str
    label: str
    subject: str
    unit: str
    agreement: str
    agrees: str
    values: tuple[ValueShown, ...]
    reports: int
    origins: int


def ranked(told: Told) -> tuple[list[FigureLine], list[FigureLine]]:
    """Return the figures of several reports, conflicts first, then those of most reports; and those of one alone."""
    lines = sorted(told.account.figures, key=lambda f: (f.agreement != "conflict", -len(articles_of(f))))
    shared = [line for line in lines if len(articles_of(line)) > 1]
    return shared, [line for line in lines if len(articles_of(line)) <= 1]


def shown(told: Told, lines: list[FigureLine]) -> list[FigureShown]:
    """Return rows ready to show."""
    return [_shown(told, line) for line in lines]


def _shown(told: Told, line: FigureLine) -> FigureShown:
    return FigureShown(
        line.id,
        links.figure(told.story.id, line.tellings[0].figure),
        told.page.labels.line(line.id),
        clipped(told.page.view.subject(line), 120),
        in_place(line.unit[:60]),
        line.agreement,
        AGREEMENTS[line.agreement].lower(),
        _values(told, line),
        len(articles_of(line)),
        min(len(origins_of(line.tellings)), len(articles_of(line))),
    )


def _values(told: Told, line: FigureLine) -> tuple[ValueShown, ...]:
    """Tellings of one value together, in order; the words are those of the first."""
    groups: dict[tuple[float | None, ...] | str, list[FigureTelling]] = {}
    for telling in line.tellings:
        meant = (telling.value, telling.low, telling.high, telling.of)
        key = meant if any(v is not None for v in meant) else told.page.view.figure(telling, line.unit)
        groups.setdefault(key, []).append(telling)
    return tuple(_value(told, line, tellings) for tellings in list(groups.values())[:MOST_VALUES])


def _value(told: Told, line: FigureLine, tellings: list[FigureTelling]) -> ValueShown:
    words = clipped(told.page.view.figure(tellings[0], line.unit), 80)
    chips = tuple(chip_of_figure(told, t) for t in tellings[:MOST_CHIPS])
    return ValueShown(words, chips, len(tellings) - len(chips))
