"""Bodies of requests as JSON of bounded depth and numbers, so that no other program meets what it cannot hold.

Depth is counted before parsing, because parsers recurse; numbers beyond 2^53 lose digits in most programs (RFC 8259
section 6), NaN and infinities are no JSON, and of two members of one name programs take now the first, now the last
(section 4). Other encodings than UTF-8 are refused (section 8.1). NUL and halves of characters, which some stores and
most programs cannot hold, are refused where `shaped` looks.
"""

import json
import math
import re
from typing import Any, TypeVar

import msgspec

from twosource.anchor import visible
from twosource.web.api.problems import Problem

DEEPEST = 64
"""Arrays and objects one inside the other."""

LARGEST = 2**53
"""Integers beyond this (also below its negative) are refused."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_BRACKET = re.compile(rb"[\[\]{}]")

T = TypeVar("T")


def parsed(raw: bytes) -> object:
    """Return the JSON of a body.

    Raises:
        Problem: it is none, or goes beyond the bounds.

    """
    if _depth(raw) > DEEPEST:
        raise Problem(400, "too_deep", f"The body is nested more than {DEEPEST} deep.")
    try:
        text = raw.decode("utf-8-sig")
        return json.loads(
            text, parse_int=_integer, parse_float=_real, parse_constant=_constant, object_pairs_hook=_object
        )
    except UnicodeDecodeError:
        raise Problem(400, "not_json", "The body is not UTF-8.") from None
    except json.JSONDecodeError:
        raise Problem(400, "not_json", "The body is not JSON.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "not_json", "The body holds a number that is too large, or a name twice.") from None


def _depth(raw: bytes) -> int:
    """The depth of brackets outside strings."""
    deepest = depth = 0
    for found in _BRACKET.finditer(_STRING.sub(b"", raw)):
        depth += 1 if found[0] in (b"[", b"{") else -1
        deepest = max(deepest, depth)
    return deepest


def _integer(digits: str) -> int:
    value = int(digits) if len(digits) <= 17 else LARGEST + 1
    if abs(value) > LARGEST:
        raise ValueError("beyond 2^53")
    return value


def _real(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("infinite")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def shaped(told: object, form: type[T], *, strict: bool = True) -> T:
    """Return ``told`` as ``form``; with ``strict`` off numbers may stand in strings, as in a query.

    Raises:
        Problem: it does not fit.

    """
    where = "body" if strict else "query"
    if (name := _unfit(told)) is not None:
        raise Problem(422, f"bad_{where}", f"The {where} does not fit: `{name}` holds NUL or half of a character.")
    try:
        return msgspec.convert(told, form, strict=strict)
    except (msgspec.ValidationError, RecursionError, OverflowError) as wrong:
        raise Problem(422, f"bad_{where}", f"The {where} does not fit: {visible(str(wrong)[:300])}") from None


def _unfit(told: object) -> str | None:
    """The first member of an object that holds what no store can, by name; None without one."""
    if not isinstance(told, dict):
        return None
    for name, value in told.items():
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and _UNFIT.search(text) for text in (name, *texts)):
            return visible(name[:100])
    return None
