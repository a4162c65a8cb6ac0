"""Lays out styled text in lines of a given width, measured in terminal cells.

All text of articles passes `shown` or `named` first, so that no control, escape or bidi character reaches a terminal.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Literal

from twosource.anchor import fold, visible

Style = Literal["", "title", "head", "alarm", "speaker", "label", "faint", "differs", "weighs", "mark", "cue"]
Piece = tuple[str, Style]
"""Text and its style; no line breaks inside."""

MIN_WIDTH, MAX_WIDTH = 40, 100
"""Columns: narrower cannot hold a label and a word, wider is hard to read (notes of the terminal wireframe: 80)."""

ELLIPSIS = "..."
NO_BREAK = "\u00a0"
"""Keeps words of ours on one line; printed as a space."""

_SGR: dict[Style, str] = {
    "title": "1",
    "head": "1",
    "alarm": "1;31",
    "speaker": "1",
    "label": "36",
    "faint": "2",
    "differs": "4;33",
    "weighs": "1;4;31",
    "mark": "1;4",
    "cue": "1;35",
}

_ASCII = str.maketrans(
    {"→": "->", "·": "-", "…": "...", "•": "*", "×": "x", "²": "2", "³": "3", "€": "EUR ", "£": "GBP "}
)
"""What NFKD does not bring to ASCII, or not readably."""


@dataclass(frozen=True, slots=True)
class Look:
    """How to print: columns, whether ANSI colours may be used, and whether only ASCII may be."""

    width: int = 80
    colour: bool = False
    ascii: bool = False


@dataclass(slots=True)
class Sheet:
    """Collects painted lines."""

    look: Look
    lines: list[str] = field(default_factory=list)

    def add(
        self,
        pieces: Iterable[Piece],
        *,
        first: int = 0,
        hang: int = 0,
        most: int | None = None,
        remark: Sequence[Piece] = (),
    ) -> None:
        """Add ``pieces`` wrapped, the first line indented by ``first`` cells, the others by ``hang``.

        With ``most``, further lines are cut and the last one ends in an ellipsis. A ``remark`` behind is never cut.
        """
        told = list(pieces)
        lines = list(self._laid([*told, *remark], first, hang))
        if most is not None and len(lines) > most:
            lines = list(self._laid(told, first, hang))
            if len(lines) > most:
                lines = [*lines[: most - 1], _cut(lines[most - 1], self.look.width)]
            lines += self._laid([(remark[0][0].lstrip(), remark[0][1]), *remark[1:]], hang, hang) if remark else ()
        self.lines.extend(paint(line, self.look) for line in lines)

    def quote(self, pieces: Iterable[Piece], *, indent: int) -> None:
        """Add ``pieces`` wrapped and indented, what has the style "mark" underlined: by ``^`` without colour."""
        for line in self._laid(pieces, indent, indent):
            self.lines.append(paint(line, self.look))
            under = "".join(("^" if style == "mark" else " ") * cells(text) for text, style in line).rstrip()
            if under and not self.look.colour:
                self.lines.append(under)

    def _laid(self, pieces: Iterable[Piece], first: int, hang: int) -> Iterator[list[Piece]]:
        """The pieces in lines, in ASCII already where only that may be printed, because it takes other room."""
        if self.look.ascii:
            pieces = [(ascii_only(text), style) for text, style in pieces]
        return wrap(pieces, self.look.width, " " * first, " " * hang)

    def gap(self) -> None:
        """Add an empty line, never two in a row and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        """Return all lines, each with its line feed, without empty ones at the end."""
        return "\n".join(self.lines).rstrip("\n") + "\n"


def shown(text: str) -> str:
    """Return running text of an article for display: white space joined to single spaces, all else made visible."""
    return isolated(visible(" ".join(text.split())))


def flowing(text: str) -> str:
    """Return a piece of running text for display, with one space at either edge where it has any."""
    middle = shown(text)
    return f"{' ' * text[:1].isspace()}{middle}{' ' * text[-1:].isspace()}" if middle else " " * bool(text)


def named(text: str) -> str:
    """Return a name (outlet, file, person) for display: a line feed or tab inside it is written out."""
    return isolated(visible(text))


def isolated(text: str) -> str:
    """Wrap text with right-to-left letters in U+2068 and U+2069, so that it cannot reorder what stands beside it."""
    if text.isascii() or not any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text):
        return text
    return f"\u2068{text}\u2069"


def cells(text: str) -> int:
    """Return how many terminal columns ``text`` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, width: int) -> str:
    """Return ``text`` with spaces up to ``width`` cells."""
    return text + " " * max(0, width - cells(text))


def clipped(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` cells, ended by an ellipsis where it is cut, at a word if one is near."""
    if cells(text) <= width:
        return text
    kept = _prefix(text, max(1, width - 1))
    space = kept.rfind(" ")
    return (kept[:space] if space > len(kept) * 0.6 else kept).rstrip(" ,;:") + "…"


def wrap(pieces: Iterable[Piece], width: int, first: str = "", rest: str = "") -> Iterator[list[Piece]]:
    """Yield lines of pieces no wider than ``width`` cells; a word is broken only if it alone is too wide."""
    line: list[Piece] = [(first, "")]
    used, empty = cells(first), True
    for word in _words(pieces):
        size = sum(cells(text) for text, _ in word)
        if not empty and used + size - _trailing(word) > width:
            yield _stripped(line)
            line, used, empty = [(rest, "")], cells(rest), True
        for text, style in word:
            for part in _parts(text, width - cells(rest) if size > width - cells(rest) else None):
                if used + cells(part.rstrip()) > width and not empty:
                    yield _stripped(line)
                    line, used = [(rest, "")], cells(rest)
                line.append((part, style))
                used, empty = used + cells(part), False
    yield _stripped(line)


def paint(line: list[Piece], look: Look) -> str:
    """Return one line as it is printed."""
    runs = ((style, "".join(text for text, _ in run)) for style, run in groupby(line, key=itemgetter(1)))
    said = [(style, text.replace(NO_BREAK, " ")) for style, text in runs]
    if not look.colour:
        return "".join(text for _, text in said).rstrip(" ")
    return "".join(f"\x1b[{_SGR[style]}m{text}\x1b[0m" if style and text else text for style, text in said).rstrip(" ")


def ascii_only(text: str) -> str:
    r"""Return ``text`` in ASCII: marks and dashes made plain, accents dropped, other letters written as ``\uXXXX``."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", fold(text.translate(_ASCII)).translate(_ASCII))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.encode("ascii", "backslashreplace").decode("ascii")


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield unbreakable runs, each with the spaces that follow it."""
    word: list[Piece] = []
    for text, style in pieces:
        start = 0
        while start < len(text):
            space = text.find(" ", start)
            if space < 0:
                word.append((text[start:], style))
                break
            end = space + 1
            while end < len(text) and text[end] == " ":
                end += 1
            word.append((text[start:end], style))
            yield word
            word, start = [], end
    if word:
        yield word


def _parts(text: str, width: int | None) -> Iterator[str]:
    """Yield ``text``, cut to ``width`` cells a part if one is given."""
    while width is not None and cells(text) > width:
        kept = _prefix(text, max(1, width)) or text[:1]
        yield kept
        text = text[len(kept) :]
    yield text


def _prefix(text: str, width: int) -> str:
    """The longest beginning of at most ``width`` cells."""
    used = 0
    for at, char in enumerate(text):
        used += cells(char)
        if used > width:
            return text[:at]
    return text


def _trailing(word: list[Piece]) -> int:
    return len(word[-1][0]) - len(word[-1][0].rstrip(" "))


def _stripped(line: list[Piece]) -> list[Piece]:
    """The line without spaces at its end."""
    while len(line) > 1 and not line[-1][0].strip(" "):
        line.pop()
    return [*line[:-1], (line[-1][0].rstrip(" "), line[-1][1])] if len(line) > 1 else line


def _cut(line: list[Piece], width: int) -> list[Piece]:
    """The line with an ellipsis at its end, shortened where there is no room for it."""
    kept: list[Piece] = []
    room = width - len(ELLIPSIS)
    for text, style in line:
        kept.append((_prefix(text, room), style))
        room -= cells(kept[-1][0])
    return [*_stripped(kept), (ELLIPSIS, "faint")]
