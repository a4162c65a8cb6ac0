"""Turns bytes into the text as received, once, or says why they are no text.

Evidence, in this order: what a file's first bytes say it is, byte order marks, NULs and where they stand, whether the
bytes are UTF-8, and last a guess from how many are not ASCII. Nothing is trimmed and no newline translated.
"""

import codecs
from dataclasses import dataclass

MAX_BYTES = 20_000_000
"""Largest single article, page or JSON line that is read."""

MAX_CONTROLS = 0.02
"""Share of control characters from which on bytes are no text; a terminal log with colours holds about 1 %."""

MAX_NULS = 0.01
"""Share of NUL bytes up to which they are a defect of a text, beyond which bytes are binary."""

MIXED = 0.25
"""Valid UTF-8 sequences for each invalid one from which on bytes are UTF-8 with damage: chance makes hardly any."""

MOSTLY_ASCII = 0.9
"""Share of ASCII from which on bytes that are not UTF-8 are taken for Windows Western European text."""

SURELY_UTF8 = 3
"""Sequences of several bytes from which on bytes that are UTF-8 throughout are believed to be, whatever a page
declares: text in another encoding is valid UTF-8 by chance only where it has hardly any such bytes.
"""

MOST_STRAYS = 10_000
"""Invalid bytes up to which each is looked at by itself."""

STRAY_MARKS = frozenset("‘’“”–—…€£\u00a0")
"""Characters as which a stray byte of Windows Western European text is read; letters are, next to a letter."""

GUESSED_FROM = 65_536
"""Bytes that the encoding guess looks at; it takes seconds on more."""

LEADING = 1_024
"""Bytes within which a format's first ones are looked for behind white space, as readers of PDF do."""

MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"RIFF", "a sound, picture or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"\x00\x00\x00", "binary"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00asm", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"#!/", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
)
"""First bytes of formats that are no text, and what to call them."""

_LEGACY_NAMES = """cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r koi8_u shift_jis euc_jp
gb18030 big5 euc_kr"""
LEGACY = tuple(_LEGACY_NAMES.split())
"""Encodings that are guessed at: those in which browsers still read old pages (WHATWG Encoding Standard)."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"

Remark = tuple[str, str]


def _stray(wrong: UnicodeError) -> tuple[str, int]:
    """What an invalid byte in UTF-8 shows: a mark or letter of Windows Western European text where it fits."""
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    raw, at, end = wrong.object, wrong.start, wrong.end
    shown = raw[at:end].decode("cp1252", "replace") if end - at == 1 and end < len(raw) else "\ufffd"
    beside = raw[max(0, at - 1) : at] + raw[end : end + 1]
    fits = shown in STRAY_MARKS or (shown.isalpha() and any(c < 0x80 and chr(c).isalpha() for c in beside))
    return shown if fits else "\ufffd", end


_STRAYS = "twosource.strays"
codecs.register_error(_STRAYS, _stray)


@dataclass(frozen=True, slots=True)
class Received:
    """A text and what a reader should know of how it was decoded."""

    text: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class NoText:
    """Bytes that are no text. ``reason`` is a clause such as "is a PDF, not text"."""

    reason: str


def receive(raw: bytes, declared: str | None = None) -> Received | NoText:
    """Decode ``raw`` once. ``declared`` is the encoding that a page names, tried before guesses.

    A byte order mark is the encoding's signature and no part of the text. Bytes that do not fit are replaced (U+FFFD)
    with a remark, never an error.
    """
    mark = next(((mark, codec) for mark, codec in _MARKS if raw.startswith(mark)), None)
    if mark:
        return _decoded(raw[len(mark[0]) :], mark[1])
    begun = raw[:LEADING].lstrip(b" \t\r\n")
    named = next((name for magic, name in MAGIC if raw.startswith(magic) or begun.startswith(magic)), None)
    wide = _wide(raw)
    if named and not wide:
        return NoText(f"is {named}, not text")
    if wide:
        return _decoded(raw, wide)
    if raw.count(0) > MAX_NULS * len(raw) + 4 or _controls(raw) > MAX_CONTROLS * len(raw) + 8:
        return NoText("is binary, not text")
    codec = _codec(raw, declared)
    received = _decoded(raw, codec, guessed=codec not in ("utf-8", declared))
    if isinstance(received, Received) and declared and codec == "utf-8" and not _is_utf8(declared):
        misnamed = ("encoding_guessed", f"the page names {declared[:40]}, but is UTF-8")
        return Received(received.text, (misnamed, *received.remarks))
    return received


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: NULs nearly everywhere at even, or at odd places."""
    head = raw[: GUESSED_FROM & ~1]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else None


def _controls(raw: bytes) -> int:
    return len(raw) - len(raw.translate(None, _CONTROLS))


def _is_utf8(name: str) -> bool:
    try:
        return codecs.lookup(name).name in ("utf-8", "utf-8-sig")
    except LookupError:
        return False


def _codec(raw: bytes, declared: str | None) -> str:
    """UTF-8 where the bytes show it beyond doubt, the declared encoding where they fit it, UTF-8 where most of them do,
    else a guess.
    """
    if declared and _shows_utf8(raw):
        return "utf-8"
    for codec in filter(None, (declared, "utf-8")):
        try:
            raw.decode(codec)
        except (UnicodeError, LookupError):
            continue
        return codec
    replaced = raw.decode("utf-8", "replace")
    right = sum(c > "\x7f" for c in replaced) - replaced.count("\ufffd")
    return "utf-8" if right and right >= MIXED * replaced.count("\ufffd") else _guess(raw)


def _shows_utf8(raw: bytes) -> bool:
    """Tell whether the bytes are UTF-8 throughout, with enough sequences that chance would have broken."""
    try:
        text = raw.decode("utf-8")
    except UnicodeError:
        return False
    return len(raw) - len(text) >= SURELY_UTF8 and sum(c > "\x7f" for c in text) >= SURELY_UTF8


def _guess(raw: bytes) -> str:
    """Western European where few bytes are not ASCII (curly quotation marks, accents), else what the statistics say."""
    head = raw[:GUESSED_FROM]
    ascii_only = len(head.translate(None, bytes(range(0x80, 0x100))))
    if ascii_only >= MOSTLY_ASCII * len(head):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=list(LEGACY)).best()
    return best.encoding if best else "cp1252"


def _decoded(raw: bytes, codec: str, *, guessed: bool = False) -> Received | NoText:
    if codec.startswith(("utf-16", "utf-32")) and len(raw) % (4 if "32" in codec else 2):
        raw = raw[: -(len(raw) % (4 if "32" in codec else 2))]
    try:
        text = raw.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return NoText(f"cannot be decoded as {codec}")
    remarks: list[Remark] = []
    lost = text.count("\ufffd") - raw.count("\ufffd".encode())
    if 0 < lost <= MOST_STRAYS and codec == "utf-8":
        text = raw.decode(codec, _STRAYS)
        mended = lost - (text.count("\ufffd") - raw.count("\ufffd".encode()))
        lost -= mended
        if mended:
            told = f"{mended} stray byte{'s' * (mended > 1)} of Windows Western European text read as such"
            remarks.append(("encoding_mixed", told))
    if guessed:
        remarks.append(("encoding_guessed", f"not UTF-8: read as {codec}"))
    if lost > 0 and codec.startswith("utf-8"):
        remarks.append(("bytes_replaced", f"{lost} invalid UTF-8 sequence{'s' * (lost > 1)} shown as U+FFFD"))
    elif lost > 0:
        remarks.append(
            ("bytes_replaced", f"{lost} bytes or characters do not exist in {codec} and are shown as U+FFFD")
        )
    return Received(text, tuple(remarks))
