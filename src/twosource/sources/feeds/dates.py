"""Dates as feeds and mails write them, and which of them can be believed.

Evidence: the form (RFC 822 and 3339, and what is found in their place), the calendar, and a clock: nothing on the web
is older than 1990, and what is dated days ahead is an error or a trick to stand on top for ever (NetNewsWire issue
5217). The mail library maps the year 0000 to 2000 and reads zones of any size: both are checked here.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Dates before this are not believed."""

AHEAD = timedelta(hours=48)
"""How far ahead of the clock a date is believed: zones and clocks are wrong by hours, not by days."""

MAX_DATE = 64
"""Characters of the longest date that is read."""

MAX_ZONE = timedelta(hours=14)
"""The largest difference to UTC that there is (Line Islands)."""

_NAMES = """WET 0 WEST 1 BST 1 CET 1 CEST 2 EET 2 EEST 3 MSK 3 PKT 5 HKT 8 SGT 8 AWST 8 JST 9 KST 9 AEST 10 AEDT 11
NZST 12 NZDT 13 AKST -9 AKDT -8 HST -10"""
_ZONES = dict(zip(_NAMES.split()[::2], map(int, _NAMES.split()[1::2]), strict=True))
_NAMED = re.compile(r"\s([A-Z]{3,4})$")
_YEAR = re.compile(r"\d+")


def believed(raw: str | None, now: datetime) -> str | None:
    """Return a date as RFC 3339 in UTC (a plain date where no zone is given), or None where it cannot be believed."""
    when = _read(" ".join(raw.split())) if raw and len(raw) <= MAX_DATE * 2 else None
    if when is None:
        return None
    placed = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        fits = EARLIEST <= placed <= now + AHEAD
        shown = placed.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return None
    if not fits:
        return None
    return shown if when.tzinfo else when.date().isoformat()


def _read(raw: str) -> datetime | None:
    """The date in either form, its zone checked."""
    if not 8 <= len(raw) <= MAX_DATE:
        return None
    try:
        when = datetime.fromisoformat(raw) if raw[:4].isdecimal() else _mail_date(raw)
        offset = when.utcoffset()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return None if offset is not None and abs(offset) > MAX_ZONE else when


def _mail_date(raw: str) -> datetime:
    """A date in the form of mail, its zone also by a name that the mail library does not know.

    Raises:
        ValueError: it is none, or its year is not one that is written there (in two digits or four).

    """
    when = parsedate_to_datetime(raw)
    written = _YEAR.findall(raw)
    if f"{when.year:04d}" not in written and f"{when.year % 100:02d}" not in written[1:2]:
        raise ValueError(raw)
    zone = _NAMED.search(raw)
    if when.tzinfo is None and zone and zone[1] in _ZONES:
        return when.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone[1]])))
    return when
