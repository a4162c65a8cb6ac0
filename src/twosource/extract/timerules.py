"""Reads a sighted time expression: its TIMEX3 type, and its value as far as its own words tell it.

One function a rule of ``times.toml``; those for dates stand in `daterules`. What the words leave open (a weekday,
"last month", "three days later") becomes a `Relative`, with the place it counts from.
"""

from collections.abc import Callable

from twosource.extract.calendar import NOWHEN, Dated, duration
from twosource.extract.daterules import (
    read_bc,
    read_bound,
    read_century,
    read_clock,
    read_date,
    read_decade,
    read_holiday,
    read_iso,
    read_iso_clock,
    read_numeric,
    read_quarter,
    read_season,
    read_year_alone,
)
from twosource.extract.readings import (
    COUNTS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Origin,
    Reading,
    count_of,
    pointing_of,
    text_of,
    unit_in,
    whole,
)
from twosource.extract.relative import Relative
from twosource.extract.timegrammar import Sighting
from twosource.extract.timetable import Pointing, TimesTable

HALVES = {
    "second": None,
    "minute": "PT30S",
    "hour": "PT30M",
    "day": "PT12H",
    "month": "P2W",
    "year": "P6M",
    "decade": "P5Y",
    "century": "P50Y",
}
"""TIMEX3 value of half a unit."""


def read_sighting(found: Sighting, table: TimesTable) -> Reading | None:
    """Return the reading of ``found``, or None where its shape fitted but its words say no time."""
    return _RULES[found.rule](found, table)


def _weekday(found: Sighting, table: TimesTable) -> Reading:
    which = str(whole(found.value(*WEEKDAYS)))
    part = text_of(found.value("part"))
    name, pointing = pointing_of(found, table) or ("", Pointing(()))
    relative = Relative("weekday", pointing.by, which, part, "here" if name == "this" else "")
    value = f"XXXX-WXX-{which}" + (f"T{part}" if part else "")
    origin: Origin = "text" if pointing.origin == "text" and pointing.by else "published"
    return Reading("TIME" if part else "DATE", Dated(value), relative, origin)


def _weekdays(found: Sighting, _: TimesTable) -> Reading:
    part = text_of(found.value("part_plural"))
    which = whole(found.value("weekday_plural", *WEEKDAYS))
    return Reading("SET", Dated(f"XXXX-WXX-{which}" + (f"T{part}" if part else "")))


def _dayword(found: Sighting, _: TimesTable) -> Reading:
    part = "NI" if found.has("tonight") else text_of(found.value("part"))
    relative = Relative("day", whole(found.value("dayword")) or 0, "", part)
    return Reading("TIME" if part else "DATE", NOWHEN, relative, "published")


def _overnight(found: Sighting, _: TimesTable) -> Reading:
    which = "MO" if found.value("overnight") == "morning" else "NI"
    return Reading("TIME", Dated(f"XXXX-XX-XXT{which}"), Relative("overnight", 0, which), "published")


def _part(found: Sighting, _: TimesTable) -> Reading:
    return Reading("TIME", Dated(f"XXXX-XX-XXT{text_of(found.value('part'))}"))


def _pointed(found: Sighting, table: TimesTable) -> Reading | None:
    """Read "last year", "earlier this week", "that same day", "the end of the month", "this spring", "last night"."""
    name, pointing = pointing_of(found, table) or ("", Pointing(()))
    by, side = pointing.by, ""
    origin: Origin = "text" if pointing.origin == "text" else "published" if name else "context"
    lasting = pointing.span or (name in ("last", "next") and [t.kind for t in found.tokens[:2]] == ["the", "pointer"])
    if name == "next" and found.has("the") and found.has("unit_day", "part"):
        origin, lasting = "text", False
    if offset := text_of(found.value("offset")):
        after = table.offsets[offset].by > 0
        if found.tokens[-1].kind == "offset":  # "the day before"
            by, origin = (1 if after else -1), "text"
        else:
            side = "later" if after else "earlier"
    if found.has("part"):
        part = text_of(found.value("part"))
        return Reading("TIME", Dated(f"XXXX-XX-XXT{part}"), Relative("day", by, "", part), origin)
    if found.has(*SEASONS, *MONTHS):
        return _pointed_name(found, name, by, origin)
    unit = unit_in(found)
    if lasting and unit != "weekend":
        return _pointed_span(found, table)
    if unit == "weekend":
        return Reading("DATE", NOWHEN, Relative(unit, by, "WE", "", "here" if name == "this" else ""), origin)
    return Reading("DATE", NOWHEN, Relative(unit, by, "", "", side), origin) if unit else None


def _pointed_name(found: Sighting, name: str, by: int, origin: Origin) -> Reading:
    """Read "this spring", "last March"."""
    side = "of-year" if name in ("this", "same") else ""
    if found.has(*SEASONS):
        code = text_of(found.value(*SEASONS))
        return Reading("DATE", Dated(f"XXXX-{code}"), Relative("season", by, code, "", side), origin)
    which = f"{whole(found.value(*MONTHS)) or 0:02}"
    return Reading("DATE", Dated(f"XXXX-{which}"), Relative("month-name", by, which, "", side), origin)


def _pointed_span(found: Sighting, table: TimesTable) -> Reading | None:
    """Read "the past three years", "the next few days", "the following weeks"."""
    _, pointing = pointing_of(found, table) or ("", Pointing(()))
    unit, count = unit_in(found), count_of(found)
    if unit is None:
        return None
    value = Dated(duration(count, unit))
    number = whole(float(count)) if count != "X" else None
    if number is None or not pointing.by or pointing.origin == "text":
        return Reading("DURATION", value)
    return Reading("DURATION", value, Relative(unit, pointing.by * number, "", "", "span"), "published")


def _offset(found: Sighting, table: TimesTable) -> Reading | None:
    """Read "three days later", "a year ago"; an uncertain number points to the past or future only."""
    pointing = table.offsets[text_of(found.value("offset"))]
    unit, count = unit_in(found), count_of(found)
    number = whole(float(count)) if count != "X" else None
    if number is None or found.has("half"):
        return Reading("DATE", Dated("PAST_REF" if pointing.by < 0 else "FUTURE_REF"))
    if unit in ("second", "minute", "hour", None):
        return Reading("TIME")
    origin: Origin = "text" if pointing.origin == "text" else "published"
    return Reading("DATE", NOWHEN, Relative(unit, pointing.by * number), origin)


def _duration(found: Sighting, _: TimesTable) -> Reading | None:
    unit = unit_in(found)
    return Reading("DURATION", Dated(duration(count_of(found), unit))) if unit else None


def _half(found: Sighting, _: TimesTable) -> Reading:
    return Reading("DURATION", Dated(HALVES.get(unit_in(found) or "")))


def _set(found: Sighting, _: TimesTable) -> Reading:
    unit = unit_in(found)
    second = found.has("every_other") or (found.has("second") and unit != "second")
    value = found.value("ordinal", *COUNTS)
    number = 2.0 if second else float(value) if isinstance(value, int | float) and value < 1e6 else 1.0
    if found.has("part"):
        return Reading("SET", Dated(f"XXXX-XX-XXT{text_of(found.value('part'))}"))
    if found.has(*SEASONS):
        return Reading("SET", Dated(f"XXXX-{text_of(found.value(*SEASONS))}"))
    return Reading("SET", Dated(duration(f"{number:g}", unit) if unit else None))


def _adverb(found: Sighting, _: TimesTable) -> Reading:
    return Reading("SET", Dated(text_of(found.value("adverb"))))


def _length(found: Sighting, _: TimesTable) -> Reading:
    return Reading("DURATION", Dated(text_of(found.value("length"))))


def _year_end(_: Sighting, __: TimesTable) -> Reading:
    """Read "year-end": of the year the report is of."""
    return Reading("DATE", NOWHEN, Relative("year"), "published")


def _vague(found: Sighting, _: TimesTable) -> Reading:
    value = text_of(found.value("vague"))
    if found.has("unit_plural"):
        return Reading("DATE", Dated(value))
    return Reading("DATE", Dated(value), Relative("now") if value == "PRESENT_REF" else None, "published")


def _gone(found: Sighting, table: TimesTable) -> Reading | None:
    """Read "the past" standing alone."""
    name, _ = pointing_of(found, table) or ("", None)
    return Reading("DATE", Dated("PAST_REF")) if name == "past" else None


_RULES: dict[str, Callable[[Sighting, TimesTable], Reading | None]] = {
    "iso": read_iso,
    "iso_clock": read_iso_clock,
    "numeric": read_numeric,
    "date": read_date,
    "clock": read_clock,
    "century": read_century,
    "quarter": read_quarter,
    "season": read_season,
    "holiday": read_holiday,
    "bc": read_bc,
    "decade": read_decade,
    "bound": read_bound,
    "year": read_year_alone,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "dayword": _dayword,
    "overnight": _overnight,
    "part": _part,
    "pointed": _pointed,
    "current": _pointed,
    "pointed_span": _pointed_span,
    "offset": _offset,
    "duration": _duration,
    "half": _half,
    "set": _set,
    "per": _set,
    "adverb": _adverb,
    "length": _length,
    "year_end": _year_end,
    "vague": _vague,
    "gone": _gone,
}
