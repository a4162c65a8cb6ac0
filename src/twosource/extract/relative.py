"""Times told relative to a day ("last month", "Wednesday"), and the days they mean when that day is known. Language-
free.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from twosource.extract.calendar import NOWHEN, Dated, days_of, duration, feast, moved, shifted

Direction = Literal["past", "future"]

OLDEST_DAY = 330
"""Days after which a past day is not told without its year: "on 16 May", read on 15 May, is tomorrow in any tense."""


FAR_MONTH = 3
"""How many times as far a month behind must be as the one ahead for "the November elections" to be the next ones."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A time told relative to a day: ``unit`` shifted by ``by``, or the nearest ``which`` of that unit.

    ``unit`` is a calendar unit, or "weekday", "month-day", "month-name", "quarter-no", "half-no", "season", "feast",
    "overnight", "now", which need ``which`` ("3", "02-12", "02", "SU"). ``part`` is a TIMEX3 part of the day. ``side``
    limits a unit to what lies "earlier" or "later" in it than the day, makes ``by`` units a "span" that ends or begins
    there, takes the weekday of this week ("here"), or ``which`` of the year that is ``by`` years away ("of-year").
    Written and read as text (`described`, `told`), so that an article without a date can be resolved later.
    """

    unit: str
    by: int = 0
    which: str = ""
    part: str = ""
    side: str = ""

    def described(self) -> str:
        """Return it as text: ``unit by which part side``, "_" for what is empty."""
        return " ".join((self.unit, str(self.by), self.which or "_", self.part or "_", self.side or "_"))


_TOLD = re.compile(r"([a-z-]{1,20}) (-?\d{1,7}) (\S{1,12}) (\S{1,6}) (\S{1,8})")


def told(described: str) -> Relative | None:
    """Read what `Relative.described` wrote; None for anything else."""
    match = _TOLD.fullmatch(described)
    if match is None:
        return None
    unit, by, *rest = match.groups()
    which, part, side = ("" if r == "_" else r for r in rest)
    return Relative(unit, int(by), which, part, side)


def resolve(relative: Relative, day: date, direction: Direction | None) -> Dated:
    """Return value and days of ``relative`` seen from ``day``; ``direction`` is the tense around it (None: past)."""
    if relative.unit == "now":
        return Dated("PRESENT_REF", day.isoformat(), day.isoformat())
    if relative.unit == "overnight":
        return _overnight(relative.which, day)
    if relative.side == "span":
        return _span(relative, day)
    value = _nearest(relative, day, direction) if relative.which else shifted(relative.unit, day, relative.by)
    if value is None:
        return NOWHEN
    start, end = days_of(value)
    if relative.side and start and end:
        return _side(relative.side, value, start, end, day)
    return Dated(value + (f"T{relative.part}" if relative.part else ""), start, end)


def _overnight(which: str, day: date) -> Dated:
    """The night before the day of publication, or its early hours."""
    if which == "MO":
        return Dated(f"{day}TMO", day.isoformat(), day.isoformat())
    before = neighbour(day, -1)
    return Dated(f"{before}TNI", before.isoformat(), day.isoformat())


def neighbour(day: date, by: int) -> date:
    """Return the day ``by`` days away, or ``day`` itself at the ends of the calendar."""
    try:
        return day + timedelta(by)
    except OverflowError:
        return day


def _side(side: str, value: str, start: str, end: str, day: date) -> Dated:
    """What lies before or after ``day`` in its own unit ("earlier this week"); the day itself where nothing does."""
    here = day.isoformat()
    if not start <= here <= end:
        return Dated(value, start, end)
    if side == "earlier":
        return Dated(value, start, max(start, neighbour(day, -1).isoformat()))
    return Dated(value, min(end, neighbour(day, 1).isoformat()), end)


def _span(relative: Relative, day: date) -> Dated:
    """So many units that end ("the past three years") or begin ("the next two days") with the day."""
    value = duration(str(abs(relative.by)), relative.unit)
    far = moved(day, relative.unit, relative.by)
    if value is None or far is None:
        return Dated(value)
    first, last = sorted((day, far))
    return Dated(value, first.isoformat(), last.isoformat())


def _nearest(relative: Relative, day: date, direction: Direction | None) -> str | None:
    """The named day, month or season that is meant: last, next, this one, or as the tense says."""
    choices = _weekly(relative, day) if relative.unit in ("weekday", "weekend") else _yearly(relative, day)
    here = day.isoformat()
    known = [(v, *days_of(v)) for v in choices]
    if relative.side == "of-year":
        return next((v for v, start, _ in known if start and start[:4] == f"{day.year + relative.by:04}"), None)
    if relative.side == "here":
        return next((v for v, start, _ in known if start and _same_week(start, day)), None)
    if relative.by > 0:
        return next((v for v, start, _ in known if start and start > here), None)
    if relative.by < 0:
        if relative.unit == "weekday" and _same_week(neighbour(day, -1).isoformat(), day):
            here = neighbour(day, -1).isoformat()  # nobody calls yesterday "last Wednesday", but for a Sunday
        return next((v for v, _, end in reversed(known) if end and end < here), None)
    ahead = next((v for v, _, end in known if end and end >= here), None)
    behind = next((v for v, start, _ in reversed(known) if start and start <= here), None)
    if behind is None or (direction == "future" and not _just_past(relative, day, behind, ahead)):
        return ahead
    if relative.unit in ("month-day", "month-name") and ahead is not None:
        return ahead if _is_ahead(relative, day, direction, (behind, ahead)) else behind
    return behind


def _just_past(relative: Relative, day: date, behind: str, ahead: str | None) -> bool:
    """Tell whether a day of the year is just past and comes again so late that it is meant in any tense."""
    if relative.unit != "month-day" or ahead is None:
        return False
    wait, age = (date.fromisoformat(ahead) - day).days, (day - date.fromisoformat(behind)).days
    return wait > OLDEST_DAY and age < wait // 10


def _is_ahead(relative: Relative, day: date, direction: Direction | None, around: tuple[str, str]) -> bool:
    """Tell whether a day or month of the year is rather the one ahead: a day long past would be told with its year, and
    without a tense the nearer one is meant.
    """
    behind, ahead = (date.fromisoformat(days_of(value)[0] or "") for value in around)
    age, wait = (day - behind).days, (ahead - day).days
    if relative.unit == "month-name":
        return direction is None and wait * FAR_MONTH < age
    return wait < age and (age > OLDEST_DAY or direction is None)


def _same_week(start: str, day: date) -> bool:
    return date.fromisoformat(start).isocalendar()[:2] == day.isocalendar()[:2]


def _weekly(relative: Relative, day: date) -> list[str]:
    """That day of the week, or the weekend, of the weeks around ``day``, in order."""
    if relative.unit == "weekend":
        return [v for by in (-2, -1, 0, 1) if (v := shifted("weekend", day, by))]
    first = int(relative.which) - day.isoweekday()
    return [d for n in (-7, 0, 7) if (d := neighbour(day, first + n).isoformat())]


def _yearly(relative: Relative, day: date) -> list[str]:
    """What comes once a year, in the years around ``day`` (eight each way: 29 February), in order."""
    years = range(max(1, day.year - 8), min(9998, day.year + 8) + 1)
    if relative.unit == "feast":
        return [v for y in years if (v := feast(y, relative.which))]
    sign = {"quarter-no": "Q", "half-no": "H"}.get(relative.unit, "")
    return [v for y in years if days_of(v := f"{y:04}-{sign}{relative.which}")[0]]
