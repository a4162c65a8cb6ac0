"""The stream's features of an article as bytes beside its membership, so that a restart need not read texts again."""

import zlib
from typing import TYPE_CHECKING

import msgspec

from twosource.errors import Damaged

if TYPE_CHECKING:
    from twosource.stories import Features

FORM = 1
"""Version of the form; features of another one are not given back, and are computed again."""


def packed_features(found: "Features | None") -> bytes | None:
    """Return features as bytes, or None where there are none."""
    return None if found is None else zlib.compress(msgspec.msgpack.encode((FORM, found)), 1)


def unpacked_features(blob: bytes | None) -> "Features | None":
    """Return the features that were packed; None where there are none, or of an older form.

    Raises:
        Damaged: the bytes are broken.

    """
    from twosource.stories.features import Features

    if blob is None:
        return None
    try:
        form, plain = msgspec.msgpack.decode(zlib.decompress(blob), type=tuple[int, msgspec.Raw])
        return msgspec.msgpack.decode(plain, type=Features) if form == FORM else None
    except (zlib.error, msgspec.DecodeError) as wrong:
        raise Damaged(f"the store holds broken features ({str(wrong)[:200]})") from wrong
