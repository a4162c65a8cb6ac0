"""Cuts an article into the stretches a page shows in place: what covers each, where links land, which labels follow.

Facts overlap (a nested attribution, a figure inside a quotation), so a block is cut wherever any mark begins or ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from twosource.anchor import visible
from twosource.article import Block, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show at a place: style classes, ids that links land on, and (target, label) links that follow it."""

    span: Span
    classes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one block with everything that covers it; ``text`` is safe to show once escaped."""

    text: str
    classes: str
    ids: tuple[str, ...]
    refs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block in its segments."""

    kind: str
    segments: tuple[Segment, ...]


def in_place(text: str) -> str:
    """Return ``text`` with every space where it stands, line ends as spaces, and nothing that could steer a display."""
    plain = "".join(" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in text)
    return visible(plain)


def annotate(text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> tuple[ShownBlock, ...]:
    """Return the article's blocks in reading order, each cut by the marks that touch it."""
    waiting = sorted(marks, key=lambda m: (m.span, m.classes))
    return tuple(_block(text, block, _touching(block.span, waiting)) for block in blocks)


def landed_once(blocks: Iterable[ShownBlock]) -> tuple[ShownBlock, ...]:
    """Return the blocks with each id only at its first place: what runs over several blocks begins in each of them."""
    seen: set[str] = set()
    found = []
    for block in blocks:
        segments = []
        for segment in block.segments:
            segments.append(replace(segment, ids=tuple(i for i in segment.ids if i not in seen)))
            seen.update(segment.ids)
        found.append(ShownBlock(block.kind, tuple(segments)))
    return tuple(found)


def _touching(span: Span, marks: list[Mark]) -> list[Mark]:
    return [m for m in marks if m.span.overlaps(span)]


def _block(text: str, block: Block, marks: list[Mark]) -> ShownBlock:
    edges = {block.start, block.end}
    for mark in marks:
        edges |= {max(block.start, mark.span.start), min(block.end, mark.span.end)}
    cuts = sorted(edges)
    pieces = (Span(a, b) for a, b in pairwise(cuts))
    return ShownBlock(block.kind, tuple(_segment(text, piece, block, marks) for piece in pieces))


def _segment(text: str, piece: Span, block: Block, marks: list[Mark]) -> Segment:
    here = [m for m in marks if m.span.overlaps(piece)]
    starts = [m for m in here if max(m.span.start, block.start) == piece.start]
    ends = [m for m in here if m.span.end == piece.end]
    classes = dict.fromkeys(c for m in here for c in m.classes)
    return Segment(
        in_place(piece.of(text)),
        " ".join(classes),
        tuple(dict.fromkeys(i for m in starts for i in m.ids)),
        tuple(dict.fromkeys(r for m in ends for r in m.refs)),
    )


@dataclass(frozen=True, slots=True)
class Context:
    """A span with what stands around it in its block, in the outlet's words."""

    before: str
    shown: str
    after: str
    start: int
    end: int


def context(text: str, blocks: Sequence[Block], span: Span, reach: int = 600) -> Context:
    """Return ``span`` inside its block (or line), at most ``reach`` code points to each side, cut at words."""
    home = next((b.span for b in blocks if b.span.overlaps(span)), span)
    start = max(min(home.start, span.start), span.start - reach)
    end = min(max(home.end, span.end), span.end + reach)
    before, after = in_place(text[start : span.start]), in_place(text[span.end : end])
    cut_before, cut_after = start > home.start, end < home.end
    before = "… " + before.partition(" ")[2] if cut_before else before
    after = after.rpartition(" ")[0] + " …" if cut_after else after
    return Context(before, in_place(span.of(text)), after, span.start, span.end)
