"""Reads dates, clock times and named stretches of the calendar: "Sept. 27, 2024", "8 p.m.", "the third quarter",
"pre-2014".

One function a rule of ``times.toml``. Language-free: only classes and what their words stand for are looked at.
"""

from twosource.extract.calendar import NOWHEN, Dated, days_of, feast, valid_day
from twosource.extract.readings import (
    COUNTS,
    DAYS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Origin,
    Reading,
    full_year,
    known,
    pointing_of,
    text_of,
    whole,
    year_of,
)
from twosource.extract.relative import Relative
from twosource.extract.timegrammar import Sighting
from twosource.extract.timetable import TimesTable, Token
from twosource.facts import TimeType


def read_iso(found: Sighting, _: TimesTable) -> Reading:
    """Read "2018-05-17"."""
    numbers = [whole(t.value) or 0 for t in found.tokens if t.kind in COUNTS]
    return known("DATE", valid_day(numbers[0], numbers[1], numbers[2]))


def read_iso_clock(found: Sighting, table: TimesTable) -> Reading:
    """Read "2018-05-17 08:15:00 GMT"."""
    day = read_iso(found, table).dated.value
    hour = text_of(found.value("clock"))
    return known("TIME", f"{day}T{hour}" if day and hour < "24:01" else None)


def read_numeric(found: Sighting, _: TimesTable) -> Reading:
    """Read "17/5/2018"; where day and month could change places nothing is claimed."""
    first, second, year = (whole(t.value) or 0 for t in found.tokens if t.kind in COUNTS)
    full = year if year > 99 else full_year(year) or 0
    if first > 12:
        return known("DATE", valid_day(full, second, first))
    return known("DATE", valid_day(full, first, second) if second > 12 or first == second else None)


def read_date(found: Sighting, table: TimesTable) -> Reading:
    """Read a month with or without day, year, weekday and part of the day."""
    part = text_of(found.value("part"))
    month, year = whole(found.value(*MONTHS)) or 0, year_of(found)
    day = 2 if found.has("second") else whole(found.value(*DAYS))
    kind: TimeType = "TIME" if part else "DATE"
    if year is None:
        return Reading(kind, *_open_date(found, table, month, day, part))
    if year.startswith("BC"):
        return Reading(kind, Dated("-".join((year, f"{month:02}", *([f"{day:02}"] if day else [])))))
    value = f"{year}-{month:02}" if day is None else valid_day(int(year), month, day)
    return known(kind, value + (f"T{part}" if part else "") if value else None)


def _open_date(
    found: Sighting, table: TimesTable, month: int, day: int | None, part: str
) -> tuple[Dated, Relative | None, Origin]:
    """A month or day whose year is not said, or said as "that year"."""
    open_value = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    if day is not None and valid_day(2000, month, day) is None:
        return NOWHEN, None, "explicit"
    unit, which = ("month-day", f"{month:02}-{day:02}") if day else ("month-name", f"{month:02}")
    pointing = pointing_of(found, table)
    relative = Relative(unit, pointing[1].by if pointing else 0, which, part, "of-year" if pointing else "")
    from_text = pointing is not None and pointing[1].origin == "text"
    return Dated(open_value + (f"T{part}" if part else "")), relative, "text" if from_text else "context"


def read_clock(found: Sighting, table: TimesTable) -> Reading:
    """Read "8:30 p.m. Wednesday"; a clock time alone belongs to a day named near it."""
    hour = _hour(found)
    if hour is None:
        return Reading("TIME")
    if found.has(*MONTHS):
        days = tuple(t for t in found.tokens if t.kind == "dayno")[-1:]
        rest = Sighting("date", tuple(t for t in found.tokens if t.kind != "dayno" or t in days))
        reading = read_date(rest, table)
        value = reading.dated.value
        return Reading(
            "TIME",
            Dated(f"{value}T{hour}", *days_of(value)) if value else NOWHEN,
            _at(reading.relative, hour),
            reading.origin,
        )
    if found.has(*WEEKDAYS):
        which = str(whole(found.value(*WEEKDAYS)))
        return Reading("TIME", Dated(f"XXXX-WXX-{which}T{hour}"), Relative("weekday", 0, which, hour), "published")
    by = whole(found.value("dayword"))
    relative = Relative("day", by or 0, "", hour)
    return Reading("TIME", Dated(f"XXXX-XX-XXT{hour}"), relative, "near" if by is None else "published")


def _at(relative: Relative | None, hour: str) -> Relative | None:
    return Relative(relative.unit, relative.by, relative.which, hour, relative.side) if relative else None


def _hour(found: Sighting) -> str | None:
    """The clock time as "HH:MM", or None where there is none like it ("25 o'clock")."""
    if found.has("midday"):
        return "12:00"
    if found.has("midnight"):
        return "24:00"
    token = found.tokens[next(i for i, t in enumerate(found.tokens) if t.kind in ("clock", "dayno", "number"))]
    hour, minute = _hour_and_minute(token)
    half = text_of(found.value("daypart"))
    if half and not 1 <= hour <= 12:
        return None if hour > 24 else f"{hour:02}:{minute:02}"
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif _LATE.get(text_of(found.value("part")), 12) <= hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour <= 24 else None


_LATE = {"AF": 1, "EV": 4, "NI": 6}
"""Parts of the day of the second twelve hours, and the hour on the dial from which on it is one of them: "half past one
on Tuesday night" is left as it stands."""


def _hour_and_minute(token: Token) -> tuple[int, int]:
    if isinstance(token.value, str):
        hour, _, minute = token.value.partition(":")
        return int(hour), int(minute)
    hour_alone = whole(token.value)
    return (99 if hour_alone is None else hour_alone), 0


def read_century(found: Sighting, _: TimesTable) -> Reading:
    """Read "the early 19th century"."""
    number = whole(found.value("ordinal")) or 0
    if not 1 <= number <= 30:
        return Reading("DATE")
    return known("DATE", ("BC" if found.has("bc") else "") + f"{number - 1:02}")


def read_quarter(found: Sighting, table: TimesTable) -> Reading:
    """Read "the third quarter of 2003", "the first half", "second-quarter"."""
    number = 2 if found.has("second") else whole(found.value("ordinal"))
    kind = "quarter" if found.has("unit_quarter") else "half"
    pointing = pointing_of(found, table)
    if number is None or number > (4 if kind == "quarter" else 2):
        return Reading("DATE", NOWHEN)
    if year := year_of(found):
        return known("DATE", f"{year}-{kind[0].upper()}{number}")
    of_year = found.has("unit_year")
    relative = Relative(
        f"{kind}-no", pointing[1].by if pointing and of_year else 0, str(number), "", "of-year" if of_year else ""
    )
    return Reading("DATE", Dated(f"XXXX-{kind[0].upper()}{number}"), relative, "context")


def read_season(found: Sighting, table: TimesTable) -> Reading:
    """Read "the summer of 1963", "this spring"."""
    code = text_of(found.value(*SEASONS))
    if year := year_of(found):
        return known("DATE", f"{year}-{code}")
    pointing = pointing_of(found, table)
    side = "of-year" if pointing and found.has("of") else ""
    relative = Relative("season", pointing[1].by if pointing else 0, code, "", side)
    return Reading("DATE", Dated(f"XXXX-{code}"), relative, "context")


def read_holiday(found: Sighting, table: TimesTable) -> Reading:
    """Read a feast, of a fixed day or a movable one; those of other calendars are found and left without a date."""
    which, year = text_of(found.value("holiday")), year_of(found)
    moves = len(which) != len("12-25")
    if year and which:
        return known("DATE", feast(int(year), which) if moves else f"{year}-{which}")
    if not which:
        return Reading("DATE", Dated(f"{year}-XX-XX" if year else None))
    pointing = pointing_of(found, table)
    by = pointing[1].by if pointing else 0
    if moves:
        return Reading("DATE", NOWHEN, Relative("feast", by, which), "published")
    return Reading("DATE", Dated(f"XXXX-{which}"), Relative("month-day", by, which), "context")


def read_bc(found: Sighting, _: TimesTable) -> Reading:
    """Read "480 BC"; such years have no ISO days."""
    return Reading("DATE", Dated(year_of(found)))


def read_decade(found: Sighting, _: TimesTable) -> Reading:
    """Read "the 1990s"."""
    first = whole(found.value("decade")) or 0
    if found.has("bc"):
        return Reading("DATE", Dated(f"BC{first // 10:03}"))
    full = first if first > 99 else full_year(first) or 0
    return known("DATE", f"{full // 10:03}")


def read_bound(found: Sighting, _: TimesTable) -> Reading:
    """Read "pre-2014" and "post-2008": the year is not part of what is meant, the other end is open."""
    year = whole(found.value("year")) or 0
    if found.value("bound") == "pre":
        return Reading("DATE", Dated(f"{year:04}", None, f"{year - 1:04}-12-31"))
    return Reading("DATE", Dated(f"{year:04}", f"{year + 1:04}-01-01", None))


def read_year_alone(found: Sighting, _: TimesTable) -> Reading:
    """Read "2014"."""
    return known("DATE", year_of(found))
