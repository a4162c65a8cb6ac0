"""Times as lists and programs show them, all in UTC."""

import re
from datetime import UTC, datetime

_MOMENT = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,6})?")


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


def visit(at: float) -> str:
    """Return a moment for an address such that what happened at ``at`` is not after it."""
    return f"{at + 0.001:.3f}"


def visited(asked: str) -> float | None:
    """Return the moment that `visit` wrote, None for what is none."""
    fine = _MOMENT.fullmatch(asked)
    return float(asked) if fine else None


def _when(at: float | None) -> datetime | None:
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return None
