"""Times as lists and programs show them, all in UTC."""

from datetime import UTC, datetime


def rfc(at: float | None) -> str | None:
    """Return seconds UTC in RFC 3339, None where they are unknown or beyond the calendar."""
    when = _when(at)
    return when.isoformat().replace("+00:00", "Z") if when else None


def minute(at: float | None) -> str:
    """Return seconds UTC as "2026-11-22 16:40", "" where they are unknown or beyond the calendar."""
    when = _when(at)
    return when.strftime("%Y-%m-%d %H:%M") if when else ""


def day_of(at: float | None) -> str:
    """Return the day of seconds UTC as "2026-11-22", "" where they are unknown or beyond the calendar."""
    return minute(at)[:10]


def _when(at: float | None) -> datetime | None:
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return None
