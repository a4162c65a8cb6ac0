"""Words in their paragraph: what is told, cue and source marked in place, with the paragraphs before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.article import Block, Span, hull
from twosource.render.annotate import Mark, Segment, annotate, in_place
from twosource.report import Report

REACH = 700
"""Code points before and after the words that are shown of their paragraph."""

FAR = 220
"""Code points shown of the paragraphs before and after."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words' own paragraph in segments, its number among the article's blocks, and what stands around it."""

    segments: tuple[Segment, ...]
    number: int
    of: int
    kind: str
    before: str
    after: str


def paragraph(report: Report, marks: Sequence[tuple[Span, str]]) -> Paragraph:
    """Return the paragraph of the marked places of a report; each mark is a span and a style class."""
    text, blocks = report.article.text, report.blocks
    whole = hull(tuple(span for span, _ in marks))
    home = [n for n, b in enumerate(blocks) if b.span.overlaps(whole)]
    start = min([blocks[home[0]].start, whole.start]) if home else whole.start
    end = max([blocks[home[-1]].end, whole.end]) if home else whole.end
    cut = Span(max(start, whole.start - REACH), min(end, max(whole.end, whole.start + 4 * REACH) + REACH))
    shown = annotate(text, [Block("body", *cut)], [Mark(span, (name,)) for span, name in marks])
    segments = shown[0].segments
    return Paragraph(
        (*_dots(at_edge=cut.start > start), *segments, *_dots(at_edge=cut.end < end)),
        home[0] + 1 if home else 0,
        len(blocks),
        blocks[home[0]].kind if home else "",
        _far(text, blocks[home[0] - 1], last=True) if home and home[0] else "",
        _far(text, blocks[home[-1] + 1], last=False) if home and home[-1] + 1 < len(blocks) else "",
    )


def _dots(*, at_edge: bool) -> tuple[Segment, ...]:
    return (Segment(" … ", "", (), ()),) if at_edge else ()


def _far(text: str, block: Block, *, last: bool) -> str:
    if block.span.width <= FAR:
        return in_place(block.span.of(text))
    if last:
        return "… " + in_place(text[block.end - FAR : block.end]).partition(" ")[2]
    return in_place(text[block.start : block.start + FAR]).rpartition(" ")[0] + " …"
