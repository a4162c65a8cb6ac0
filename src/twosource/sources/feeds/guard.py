"""One linear look at a feed's XML before any parser sees it: what it declares, how deep it is, where its entries are.

A feed needs no declarations of its own, and they are how a document opens files, calls addresses and grows to
gigabytes. So entities and internal subsets are refused; a bare document type (RSS 0.91 has one) is cut out, so that
nobody looks for it. References to the five entities of XML, and to characters, are not counted: real feeds hold more
than 100,000 of them (feed-parser issue 256).
"""

import re
from dataclasses import dataclass

MAX_FEED = 20 * 1024 * 1024
"""Bytes of the largest feed that is read."""

MAX_DEPTH = 200
"""Open elements up to which a feed is parsed; libxml2 stops at 256."""

ENTRIES_BELOW = 4
"""Open elements around an entry, at most; RSS has two."""

_TOKEN = re.compile(
    r"<(?:(!\[CDATA\[)|(!--)|(\?)|!([A-Za-z]{1,20})|(/?)([A-Za-z_:][^\s<>/]{0,200})"
    r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>?)"
)
"""Linear: an unmatched quotation mark of a kind ends the look at its tag once, and no other of its kind follows."""

_ENDS = {1: "]]>", 2: "-->", 3: "?>"}
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,2000}([\[<>]|\Z)", re.IGNORECASE)
_DECLARES = frozenset({"DOCTYPE", "ENTITY", "ELEMENT", "ATTLIST", "NOTATION"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\s{0,500}<\?xml[^<>]{0,400}\?>", re.IGNORECASE)


class Refused(ValueError):
    """A feed that no parser may see; the message is a clause such as "declares entities of its own"."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A feed's XML as it may be parsed, and where its entries begin.

    ``around`` are the elements open at the first entry, ``broken_off`` tells that the last entry has no end,
    ``document_type`` that one was cut out, ``controls`` how many characters were left out that XML forbids.
    """

    text: str
    starts: tuple[int, ...]
    around: tuple[str, ...]
    broken_off: bool
    document_type: bool
    controls: int

    def window(self, start: int, most: int) -> str:
        """Return the document with only ``most`` of its entries, from number ``start`` on, closed after them."""
        if not self.starts or (start == 0 and len(self.starts) <= most):
            return self.text
        begin = self.starts[min(start, len(self.starts) - 1)] if start < len(self.starts) else len(self.text)
        last = start + most
        head = self.text[: self.starts[0]]
        if last >= len(self.starts):
            return head + self.text[begin:] if begin < len(self.text) else head + self._closing()
        return head + self.text[begin : self.starts[last]] + self._closing()

    def _closing(self) -> str:
        return "".join(f"</{name}>" for name in reversed(self.around))


def scanned(text: str) -> Scanned:
    """Look at a feed's XML once, in time linear in its length.

    Raises:
        Refused: it declares entities or a document type with declarations, or is nested deeper than `MAX_DEPTH`.

    """
    text, controls = _CONTROLS.subn("", text)
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    starts: list[int] = []
    types: list[tuple[int, int]] = []
    around: tuple[str, ...] = ()
    name = ""
    stack: list[str] = []
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        kind = found.lastindex or 0
        if kind in _ENDS:
            at = text.find(_ENDS[kind], at)
            if at < 0:
                break
        elif kind == 4 and found[4].upper() in _DECLARES:
            at = _type_ends(text, found.start(), stack)
            types.append((found.start(), at))
        elif kind == 4:
            continue
        elif found[5]:
            _close(stack, found[6])
        else:
            local = found[6].rpartition(":")[2].lower()
            if local in ("item", "entry") and len(stack) < ENTRIES_BELOW and (not starts or len(stack) == len(around)):
                around, name = around if starts else tuple(stack), found[6]
                starts.append(found.start())
            if not found[0].endswith("/>"):
                stack.append(found[6])
                _shallow(stack)
    broken_off = bool(starts) and text.find(f"</{name}", starts[-1]) < 0 and name in stack
    return Scanned(_blanked(text, types), tuple(starts), around, broken_off, bool(types), controls)


def _type_ends(text: str, at: int, stack: list[str]) -> int:
    """Where a document type ends that holds no declarations and stands before the first element."""
    found = _DOCTYPE.match(text, at)
    if stack or found is None or found[1] != ">":
        raise Refused("declares entities or elements of its own, as no feed needs to")
    return found.end()


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    """The text with blanks at those places, so that offsets stay."""
    for start, end in places:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _close(stack: list[str], name: str) -> None:
    """Close an element and what was left open inside it; an end without a beginning closes nothing."""
    if stack and stack[-1] == name:
        stack.pop()
    elif name in stack:
        while stack.pop() != name:
            pass


def _shallow(stack: list[str]) -> None:
    if len(stack) > MAX_DEPTH:
        raise Refused(f"is nested deeper than {MAX_DEPTH} elements")
