"""Calendar arithmetic for time expressions: TIMEX3 values, the days they cover, and values so many units away.

Language-free. Weeks begin on Monday (ISO 8601). A date that does not exist has no value, never a neighbour's.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

DURATION_CODES = {
    "second": ("PT", "S"),
    "minute": ("PT", "M"),
    "hour": ("PT", "H"),
    "day": ("P", "D"),
    "week": ("P", "W"),
    "month": ("P", "M"),
    "year": ("P", "Y"),
    "decade": ("P", "DE"),
    "century": ("P", "CE"),
    "millennium": ("P", "ML"),
}
"""TIMEX3 duration: what stands before and after the number, by unit."""

MULTIPLES = {"fortnight": ("week", 2), "quarter": ("month", 3), "weekend": ("weekend", 1), "half": ("month", 6)}
"""Units counted as so many of another."""

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the (northern) seasons; winter ends in the next year."""


class Dated(NamedTuple):
    """A TIMEX3 value and the ISO days it covers, both included; None where it is not known."""

    value: str | None
    start: str | None = None
    end: str | None = None


NOWHEN = Dated(None)


def day_of(text: str | None) -> date | None:
    """Return the day an ISO date or date-time begins with, or None."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def valid_day(year: int, month: int, day: int) -> str | None:
    """Return the day in ISO form, or None where there is no such day (31 February, year 0)."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def feast(year: int, which: str) -> str | None:
    """Return the day of a movable feast in ISO form: "11-4-4" is the fourth Thursday of November, "05-1-9" the last
    Monday of May, "E-2" two days before (western) Easter.

    None outside the years 1583 to 9999, and for any other ``which``.
    """
    match = _FEAST.fullmatch(which)
    if match is None or not FIRST_GREGORIAN <= year <= 9999:
        return None
    if match["easter"]:
        return (_easter(year) + timedelta(int(match["easter"]))).isoformat()
    month, weekday, number = int(match["month"]), int(match["weekday"]), int(match["number"])
    days = [d for d in range(1, monthrange(year, month)[1] + 1) if date(year, month, d).isoweekday() == weekday]
    return date(year, month, days[min(number, len(days)) - 1]).isoformat()


FIRST_GREGORIAN = 1583

_FEAST = re.compile(r"E(?P<easter>-?\d{1,2})|(?P<month>0[1-9]|1[0-2])-(?P<weekday>[1-7])-(?P<number>[1-9])", re.ASCII)


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by Oudin's computus (1940)."""
    century, golden = year // 100, year % 19
    leaps, correction = century // 4, (8 * century + 13) // 25
    epact = (19 * golden + century - leaps - correction + 15) % 30
    epact -= epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + leaps) % 7
    after = epact - weekday
    month = 3 + (after + 40) // 44
    return date(year, month, after + 28 - 31 * (month // 4))


def duration(count: str, unit: str) -> str | None:
    """Return the TIMEX3 value of so many units ("P3Y", "PXD", "PT2H"); fortnights become weeks, quarters months."""
    base, times = MULTIPLES.get(unit, (unit, 1))
    if base not in DURATION_CODES:
        return "P1WE" if base == "weekend" else None
    if times > 1 and count != "X":
        count = f"{float(count) * times:g}"
    before, after = DURATION_CODES[base]
    return f"{before}{count}{after}"


_YEAR = re.compile(r"\d{4}")

_RULES = (
    ("decade", re.compile(r"\d{3}")),
    ("century", re.compile(r"\d{2}")),
    ("year", _YEAR),
    ("month", re.compile(r"\d{4}-\d\d")),
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("week", re.compile(r"\d{4}-W\d\d")),
    ("weekend", re.compile(r"\d{4}-W\d\d-WE")),
    ("quarter", re.compile(r"\d{4}-Q[1-4]")),
    ("half", re.compile(r"\d{4}-H[12]")),
    ("season", re.compile(r"\d{4}-(?:SP|SU|FA|WI)")),
)


def unit_of(value: str) -> str | None:
    """Return the unit a TIMEX3 date value is exact to ("day", "month", "quarter", …), or None where it is no date."""
    bare = value.split("T", 1)[0]
    return next((unit for unit, form in _RULES if form.fullmatch(bare)), None)


def days_of(value: str) -> tuple[str | None, str | None]:
    """Return the first and last day that a TIMEX3 value covers; (None, None) where it is not one stretch of dates."""
    bare = value.split("T", 1)[0]
    unit = unit_of(value)
    try:
        first, last = _edges(bare, unit) if unit else (None, None)
    except (ValueError, OverflowError):
        return None, None
    return (first.isoformat(), last.isoformat()) if first and last else (None, None)


def _edges(bare: str, unit: str) -> tuple[date, date]:
    if unit == "day":
        return date.fromisoformat(bare), date.fromisoformat(bare)
    if unit in ("week", "weekend"):
        monday = date.fromisocalendar(int(bare[:4]), int(bare[6:8]), 1)
        return monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6)
    if unit in ("decade", "century"):
        width = 10 if unit == "decade" else 100
        return date(max(1, int(bare) * width), 1, 1), date(int(bare) * width + width - 1, 12, 31)
    year = int(bare[:4])
    first, last = _months(bare[5:], unit)
    return date(year, first, 1), _month_end(year + (last < first), last)


def _months(rest: str, unit: str) -> tuple[int, int]:
    """First and last month that stands for a part of a year."""
    if unit == "season":
        return SEASON_MONTHS[rest]
    if unit == "year":
        return 1, 12
    if unit == "month":
        return int(rest), int(rest)
    width = 3 if unit == "quarter" else 6
    return (int(rest[1]) - 1) * width + 1, int(rest[1]) * width


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def shifted(unit: str, day: date, by: int) -> str | None:
    """Return the value of the ``unit`` that lies ``by`` units from the one ``day`` is in; None outside the years 1 to
    9999.
    """
    base, times = MULTIPLES.get(unit, (unit, 1))
    if unit in ("quarter", "half"):
        return _shifted_part(unit, day, by, times)
    try:
        return _shifted(base, day, by * times)
    except (ValueError, OverflowError):
        return None


def _shifted(unit: str, day: date, by: int) -> str | None:
    if unit in ("second", "minute", "hour"):
        return day.isoformat()
    if unit == "day":
        return (day + timedelta(by)).isoformat()
    if unit in ("week", "weekend"):
        year, week, _ = (day + timedelta(7 * by)).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
        return f"{date(year, month + 1, 1):%Y-%m}".zfill(7)
    width = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if width is None or not 1 <= day.year + by * width <= 9999:
        return None
    return f"{(day.year + by * width) // width:0{5 - len(str(width))}}"


def _shifted_part(unit: str, day: date, by: int, months: int) -> str | None:
    count = 12 // months
    year, part = divmod(day.year * count + (day.month - 1) // months + by, count)
    return f"{year:04}-{unit[0].upper()}{part + 1}" if 1 <= year <= 9999 else None


def moved(day: date, unit: str, by: int) -> date | None:
    """Return the day ``by`` units away (the end of a shorter month where need be); None outside the years 1 to 9999."""
    base, times = MULTIPLES.get(unit, (unit, 1))
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(base)
    try:
        if months is None:
            return day + timedelta({"week": 7, "weekend": 7, "day": 1}.get(base, 0) * by * times)
        year, month = divmod(day.year * 12 + day.month - 1 + months * by * times, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
