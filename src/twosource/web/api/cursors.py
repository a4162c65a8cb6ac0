"""Where a list goes on, as a word without meaning to others: the list's name and the place of the last line seen.

A cursor of one list is refused by another, and one that was cut or changed by all, so that no page is skipped in
silence. The check is no secret: who makes up a place gets the page behind it, as anybody does.
"""

import json
import math
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256

from twosource.web.api.problems import Problem

LONGEST = 200
"""Characters of a cursor."""

CHECK = 6
"""Bytes by which a cursor that was changed is told: one in 2^48 is not."""

LARGEST = 2**62
"""Numbers of rows stay below."""

Place = tuple[float, int]
"""What a list is ordered by, and the row's number."""


def cursor_of(name: str, place: Place) -> str:
    """Return the cursor behind ``place`` in the list ``name``."""
    told = json.dumps([name, place[0], place[1]], separators=(",", ":")).encode()
    return urlsafe_b64encode(told + _check(told)).decode().rstrip("=")


def _check(told: bytes) -> bytes:
    return sha256(told).digest()[:CHECK]


def place_of(name: str, cursor: str | None) -> Place | None:
    """Return the place that a cursor of the list ``name`` stands for; None for the beginning.

    Raises:
        Problem: it is no cursor of this list.

    """
    if cursor is None:
        return None
    try:
        raw = b64decode(cursor[: LONGEST + 1].encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True)
        whole = urlsafe_b64encode(raw).decode().rstrip("=") == cursor
        told = json.loads(raw[:-CHECK]) if whole and _check(raw[:-CHECK]) == raw[-CHECK:] else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, list) or len(told) != 3 or told[0] != name or not _fits(told[1], told[2]):
        raise Problem(400, "bad_cursor", "That is no cursor of this list. Begin again without one.")
    return float(told[1]), int(told[2])


def number_of(name: str, cursor: str | None) -> int | None:
    """Return the row's number alone, for lists that are in its order. Raises as `place_of` does."""
    place = place_of(name, cursor)
    return None if place is None else place[1]


def _fits(value: object, number: object) -> bool:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    whole = isinstance(number, int) and not isinstance(number, bool)
    return real and whole and abs(value) < LARGEST and math.isfinite(value) and 0 <= number < LARGEST  # type: ignore[operator, arg-type]
