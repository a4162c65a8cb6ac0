"""Bodies of requests as JSON of bounded depth and numbers, so that no other program meets what it cannot hold.

Depth is counted before parsing, because parsers recurse; numbers beyond 2^53 lose digits in most programs (RFC 8259
section 6), NaN and infinities are no JSON.
"""

import json
import math
import re
from typing import TypeVar

import msgspec

from twosource.web.api.problems import Problem

DEEPEST = 64
"""Arrays and objects one inside the other."""

LARGEST = 2**53
"""Integers beyond this (also below its negative) are refused."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
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
        told: object = json.loads(raw, parse_int=_integer, parse_float=_real, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "not_json", "The body is not JSON, or holds a number that is too large.") from None
    return told


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


def _constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def shaped(told: object, form: type[T], *, strict: bool = True) -> T:
    """Return ``told`` as ``form``; with ``strict`` off numbers may stand in strings, as in a query.

    Raises:
        Problem: it does not fit.

    """
    try:
        return msgspec.convert(told, form, strict=strict)
    except (msgspec.ValidationError, RecursionError, OverflowError) as wrong:
        where = "body" if strict else "query"
        raise Problem(422, f"bad_{where}", f"The {where} does not fit: {str(wrong)[:300]}") from None
