"""Our own types as compressed JSON in a column, and back, equal to what they were.

The standard library writes the JSON: it alone keeps lone surrogates and infinities, which hostile texts bring.
"""

import json
import zlib
from typing import TypeVar

import msgspec

from twosource.errors import Damaged
from twosource.store.packed import packed, unpacked

T = TypeVar("T")


def encoded(value: object) -> bytes:
    """Return dataclasses, tuples, mappings, texts and numbers as compressed JSON; the same for equal values."""
    plain = msgspec.to_builtins(value, enc_hook=float)
    return packed(json.dumps(plain, ensure_ascii=True, separators=(",", ":")))


def decoded(blob: bytes, kind: type[T]) -> T:
    """Return the value of that type that `encoded` was given.

    Raises:
        Damaged: the bytes are not such a value.

    """
    try:
        return msgspec.convert(json.loads(unpacked(blob)), kind)
    except (zlib.error, ValueError, RecursionError) as wrong:
        raise Damaged(f"the store holds a broken {kind.__name__} ({str(wrong)[:200]})") from wrong
