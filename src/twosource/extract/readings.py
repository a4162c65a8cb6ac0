"""What a time expression says, and how to take it from the classes of its words; shared by the rules that read them."""

from dataclasses import dataclass
from typing import Literal

from twosource.extract.calendar import NOWHEN, Dated, days_of
from twosource.extract.relative import Relative
from twosource.extract.timegrammar import PIVOT, Sighting
from twosource.extract.timetable import Pointing, TimesTable
from twosource.facts import TimeType

Origin = Literal["explicit", "published", "text", "context", "near"]
"""Where a value comes from: the words themselves, the day of publication, a date named before in the text, the
latter in a history and the former in news ("context"), or a day named just before and else the day of publication
("near")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says: type, and either a value known from its words or one relative to ``origin``."""

    type: TimeType
    dated: Dated = NOWHEN
    relative: Relative | None = None
    origin: Origin = "explicit"


MONTHS = ("month", "month_doubtful", "month_short")

WEEKDAYS = ("weekday", "weekday_short")

SEASONS = ("season", "season_doubtful")

DAYS = ("dayno", "ordinal")

COUNTS = ("number", "dayno", "two", "year")


def known(kind: TimeType, value: str | None) -> Reading:
    """A reading with a value that needs nothing else; its days follow from it."""
    return Reading(kind, Dated(value, *(days_of(value) if value else (None, None))))


def text_of(value: object) -> str:
    """Return a value that is text, "" for any other."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    """A count as a whole number, or None ("2.5", nothing)."""
    return int(value) if isinstance(value, int | float) and float(value).is_integer() and abs(value) < 1e7 else None


def pointing_of(found: Sighting, table: TimesTable) -> tuple[str, Pointing] | None:
    """Return name and meaning of the pointer word ("last", "that"), or None."""
    name = text_of(found.value("pointer"))
    return (name, table.pointers[name]) if name else None


def unit_in(found: Sighting) -> str | None:
    """The calendar unit the expression ends in or turns on."""
    token = next((t for t in reversed(found.tokens) if t.kind == "second" or t.kind.startswith("unit_")), None)
    return "second" if token and token.kind == "second" else text_of(token.value) if token else None


def year_of(found: Sighting) -> str | None:
    """The year the words give: "2014", "'68", "480 BC"."""
    if found.has("bc"):
        number = whole(found.value("number", "two", "year") or found.value("dayno"))
        return f"BC{number:04}" if number else None
    year = whole(found.value("year"))
    if year is None and found.has("mark"):
        short = next((t.value for t in reversed(found.tokens) if t.kind == "two"), None)
        year = full_year(whole(short))
    return f"{year:04}" if year else None


def full_year(short: int | None) -> int | None:
    """Return the year of two digits ("68" is 1968, "14" is 2014)."""
    return None if short is None else short + (1900 if short >= PIVOT else 2000)


def count_of(found: Sighting) -> str:
    """How many units, as TIMEX3 writes it: "3", "2.5", "X" where the words leave it open."""
    value = found.value(*COUNTS)
    if isinstance(value, int | float) and 0 <= value < 1e9:
        return f"{value:.10g}"
    plural_alone = found.has("unit_plural") and not found.has("article")
    return "X" if found.has("vagueness") or plural_alone else "1"
