"""What the headers of an answer say, believed only as far as it is safe to keep and to send back."""

import codecs
from datetime import UTC
from email.utils import parsedate_to_datetime

DAY = 86_400.0
"""Longest wait, in seconds, that a server can ask for."""

MAX_VALIDATOR = 1_024
"""Bytes of an ETag or a date that are kept to be sent back."""

_NO_TEXT = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7", "mbcs", "oem"))
"""Codecs of Python under names that a server may give, which no page is written in."""


def content_type(value: bytes | None) -> tuple[str, str | None, str | None]:
    """Return the media type ("" if none), the encoding, and the encoding that was named but is not known."""
    kind, *parameters = (value or b"").decode("latin-1").split(";")
    named = next((v for k, v in map(_pair, parameters) if k == "charset" and v), None)
    known = named if named and _is_text_encoding(named) else None
    media = kind.strip().lower()
    fits = len(media) <= 100 and media.isascii() and media.isprintable() and media.count("/") == 1
    return media if fits else "", known, named[:40] if named and not known else None


def _pair(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.strip().lower(), value.strip().strip("\"'").strip().lower()


def _is_text_encoding(name: str) -> bool:
    if len(name) > 40 or not name.isascii() or not name.isprintable():
        return False
    try:
        return codecs.lookup(name).name.replace("-", "_") not in _NO_TEXT and "".encode(name) is not None
    except (LookupError, ValueError):
        return False


def validator(value: str | None) -> str | None:
    """Return an ETag or a date where it can be sent back as it came: printable ASCII of 1 KiB at most."""
    fits = value and len(value) <= MAX_VALIDATOR and value.isascii() and value.isprintable()
    return value if fits else None


def retry_after(value: bytes | None, now: float) -> float | None:
    """Return the seconds that a server asks to wait, 0 to a day, or None where it names none that can be read.

    ``now`` is the wall clock. Both forms are read (RFC 9110, 10.2.3); a date that is past means 0.
    """
    shown = (value or b"").decode("latin-1").strip()
    if shown.isascii() and shown.isdigit():
        return float(min(int(shown[:9]), int(DAY))) if len(shown) < 10 else DAY
    try:
        when = parsedate_to_datetime(shown[:64])
        return min(max(when.replace(tzinfo=when.tzinfo or UTC).timestamp() - now, 0.0), DAY)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
