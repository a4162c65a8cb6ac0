"""When things happened, by the reports: the dates their words give, in order, each with its sentence."""

from dataclasses import dataclass
from datetime import date, timedelta

from twosource.account import Place, TimelinePoint
from twosource.render.phrases import day
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_at
from twosource.web.views.wordings import clipped, ending

MOST_DAYS = 10
"""Dates that are shown."""

MOST_PLACES = 2
"""Places shown for one date; further ones are told as labels."""

AROUND = 60
"""Code points around the words."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words that give the date, with what stands around them."""

    chip: Chip
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a stretch of days, and who gives it."""

    when: str
    iso: str
    said: tuple[Said, ...]
    also: tuple[Chip, ...]


def moments(told: Told) -> tuple[list[Moment], int]:
    """Return the dates that most reports give, in order of time, and how many were left out."""
    by_day: dict[tuple[str | None, str | None], list[TimelinePoint]] = {}
    for point in told.account.timeline:
        by_day.setdefault((point.start, point.end), []).append(point)
    published = [(a.published or a.published_inferred or "")[:10] for a in told.account.articles]
    last = max(published, default="")
    most = sorted(by_day.items(), key=lambda held: (-len({p.article for p in held[1]}), _far(held[0], last)))[
        :MOST_DAYS
    ]
    kept = {days for days, _ in most}
    return [_moment(told, *days, held) for days, held in by_day.items() if days in kept], len(by_day) - len(kept)


def _far(days: tuple[str | None, str | None], last: str) -> int:
    """Days between a date and the last report; far for what is no date."""
    try:
        return abs((date.fromisoformat(days[0] or days[1] or "") - date.fromisoformat(last)).days)
    except ValueError:
        return 10**6


def _moment(told: Told, start: str | None, end: str | None, points: list[TimelinePoint]) -> Moment:
    shown, rest = points[:MOST_PLACES], points[MOST_PLACES : MOST_PLACES + 10]
    return Moment(
        short(period(start, end), 60),
        short(start or end or "", 30),
        tuple(_said(told, p) for p in shown),
        tuple(chip_at(told, Place(p.article, p.span)) for p in rest),
    )


def period(start: str | None, end: str | None) -> str:
    """Return a day, month, year or stretch of days in words."""
    if start == end:
        return day(start)
    if start and end and start[:4] == end[:4]:
        if start.endswith("-01-01") and end.endswith("-12-31"):
            return start[:4]
        if start[:7] == end[:7] and start.endswith("-01") and _last_of_month(end):
            return day(start).removeprefix("1 ")
        return f"{day(start).removesuffix(' ' + start[:4])} – {day(end)}"
    return f"{day(start) or '…'} – {day(end) or '…'}"


def _last_of_month(iso: str) -> bool:
    try:
        return (date.fromisoformat(iso) + timedelta(days=1)).day == 1
    except (ValueError, OverflowError):
        return False


def _said(told: Told, point: TimelinePoint) -> Said:
    place = Place(point.article, point.span)
    context = told.page.context(place)
    before = ending(context.before, AROUND)
    after = context.after if len(context.after) <= AROUND else context.after[:AROUND].rpartition(" ")[0] + " …"
    return Said(chip_at(told, place), before, clipped(context.shown, 120), after)
