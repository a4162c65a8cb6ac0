"""What was changed from one version of an article to the next: line by line, and word by word inside a changed line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.render.annotate import in_place
from twosource.web.views.wordings import Piece

MOST_LINES = 3_000
"""Lines of each version that are compared; what follows is told as not compared."""

LONGEST = 4_000
"""Code points of a line that are compared word by word; longer lines are shown whole, old and new."""

KEPT = 1
"""Unchanged lines that are shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison; "gap" stands for unchanged lines that are not shown."""

    op: Literal["same", "changed", "added", "left_out", "gap"]
    pieces: tuple[Piece, ...]
    hidden: int = 0


def changed_lines(old: str, new: str) -> list[Line]:
    """Return how ``old`` became ``new``; an empty list where they have the same lines."""
    from rapidfuzz.distance import Levenshtein

    left, right = _lines(old), _lines(new)
    if left == right:
        return []
    found: list[Line] = []
    for step in Levenshtein.opcodes(left, right):
        was, now = left[step.src_start : step.src_end], right[step.dest_start : step.dest_end]
        found += [_same(line) for line in now] if step.tag == "equal" else list(_replaced(was, now))
    return _folded(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]


def _same(line: str) -> Line:
    return Line("same", (Piece("same", in_place(line)),))


def _replaced(was: Sequence[str], now: Sequence[str]) -> Iterator[Line]:
    for n in range(max(len(was), len(now))):
        if n >= len(was):
            yield Line("added", (Piece("added", in_place(now[n])),))
        elif n >= len(now):
            yield Line("left_out", (Piece("left_out", in_place(was[n])),))
        else:
            yield from _changed(was[n], now[n])


def _changed(was: str, now: str) -> Iterator[Line]:
    from rapidfuzz.distance import Levenshtein

    if max(len(was), len(now)) > LONGEST:
        yield Line("left_out", (Piece("left_out", in_place(was)),))
        yield Line("added", (Piece("added", in_place(now)),))
        return
    left, right = was.split(), now.split()
    steps = Levenshtein.opcodes(left, right)
    kept = sum(s.src_end - s.src_start for s in steps if s.tag == "equal")
    if kept * 3 < max(len(left), len(right)):
        yield Line("left_out", (Piece("left_out", in_place(was)),))
        yield Line("added", (Piece("added", in_place(now)),))
        return
    pieces: list[Piece] = []
    for step in steps:
        old, new = " ".join(left[step.src_start : step.src_end]), " ".join(right[step.dest_start : step.dest_end])
        if step.tag == "equal":
            pieces.append(Piece("same", in_place(new) + " "))
            continue
        pieces += [Piece("left_out", in_place(old)), Piece("same", " ")] if old else []
        pieces += [Piece("added", in_place(new)), Piece("same", " ")] if new else []
    yield Line("changed", tuple(pieces))


def _folded(lines: Sequence[Line]) -> list[Line]:
    """The lines with long unchanged stretches left out."""
    near = [False] * len(lines)
    for n, line in enumerate(lines):
        if line.op != "same":
            for at in range(max(0, n - KEPT), min(len(lines), n + KEPT + 1)):
                near[at] = True
    found: list[Line] = []
    for line, shown in zip(lines, near, strict=True):
        if shown:
            found.append(line)
        elif found and found[-1].op == "gap":
            found[-1] = Line("gap", (), found[-1].hidden + 1)
        else:
            found.append(Line("gap", (), 1))
    return found
