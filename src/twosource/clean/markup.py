"""Labels the lines of a page: what trafilatura takes for the report, then elements, classes and stock phrases.

Evidence for body: trafilatura's extraction in its precise mode, less what stands in boxes of other kinds, plus
paragraphs laid out exactly as the report's own (it drops the posts of live pages). Pages that it cannot take within
reason are labelled as plain text, boxes apart. Evidence for the rest: the boxes of `hints`, links, and the signs that
a line shows of itself.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.anchor import fold
from twosource.article import Block, BlockKind
from twosource.clean.hints import Box, Hint, Hints, block_of, frame_of
from twosource.clean.lines import EDGES, Line, line_at
from twosource.clean.metadata import Metadata
from twosource.clean.page import Layout, Shown
from twosource.clean.phrases import Table
from twosource.clean.plain import MAX_HEADING, PROSE, Kinds, settle
from twosource.clean.signs import MAX_LABEL, cut_credit, is_dateline, sign
from twosource.clean.tree import Scan

Labelled = tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_EXTRACTED = 10_000
"""Elements up to which trafilatura is asked. Its precise mode took 1.7 s on 10,000 paragraphs, 4.3 s on 20,000, 13 s on
40,000 (version 2.3.1, two cores, 2026-11-22); the largest of 80 news pages has 2,551 elements.
"""

MAX_EXTRACTED_DEPTH = 250
"""Open elements up to which trafilatura is asked: it returns nothing from about 300 on."""

UNREAD = (
    "script",
    "style",
    "svg",
    "noscript",
    "template",
    "iframe",
    "link",
    "meta",
    "nav",
    "footer",
    "button",
    "select",
)
"""Elements whose removal changes the extraction of none of 80 development pages, and saves a fifth of its time
(2026-11-22).
"""

MIN_EXTRACTED = 500
"""Characters of a report below which trafilatura's fast mode is not believed. With it, and with the slower modes alone,
the body of 80 development pages scores F1 96.4, at 33 and 44 ms a page (2026-11-22).
"""

SHINGLE = 4
"""Words that must follow one another to count as the same text."""

AGREES = 0.75
"""Share of a line's shingles that the extraction must hold for the line to be body.

At 0.5, 0.75, 0.9 the lines so chosen score F1 94.3, 94.6, 94.4 on 80 development pages; the extraction itself 94.6
(2026-11-22).
"""

FRAME = 0.3
"""Share of the report's words from which on a box is the report's own frame, whatever its class says."""

ASIDE = 0.1
"""Share of a page's running words below which boxes of one kind of furniture are not shown to trafilatura. At 0.05 and
0.15 the body of 80 development pages scores as without, at 22.4 and 21.0 ms a page for 25.3 (2026-11-22).
"""

ALIKE = 3
"""Lines of the report that must be laid out alike before others so laid out join them."""

LINKED = 0.5
"""Share of link text from which on a line leads elsewhere."""

MIN_DEK = 5
"""Words of the shortest dek."""

MAX_BELOW = 4
"""Lines below a heading within which its first paragraph stands."""

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})

OTHERS: frozenset[Hint] = frozenset({"nav", "teaser", "byline", "bio", "credit", "caption", "embed", "title", "date"})
"""Hints of boxes whose text is not the report's body, should trafilatura take it for that."""

OUTSIDE: frozenset[Hint] = frozenset({"nav", "embed", "teaser"})
PICTURED: frozenset[Hint] = frozenset({"caption", "credit"})
"""Boxes in which wording tells little, and those in which it parts the caption from its credit."""

_WORD = re.compile(r"\w+")


NOT_BODY: frozenset[BlockKind | None] = frozenset({"headline", "boilerplate", "teaser", "credit", "byline", "dateline"})
"""Kinds by wording that the extraction does not overrule."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page: its own element, the boxes around it, and the frame that lines of one text have in common."""

    line: Line
    shown: Shown
    tag: str
    boxes: tuple[Box, ...]
    frame: str


Told = list[frozenset[Hint]]


def label_layout(laid: Layout, tree: "HtmlElement", looked: Scan, said: Metadata, known: Table) -> Labelled:
    """Return a block for each line of the page (two where a photo credit ends it), and a remark where only wording
    was asked. Takes ``tree`` apart.
    """
    hints = Hints()
    rows = [row for shown in laid.lines for row in _rows(shown, laid.text, hints, known)]
    asked = looked.elements <= MAX_EXTRACTED and looked.depth <= MAX_EXTRACTED_DEPTH
    near = _agreeing(rows, _extracted(tree, _aside(rows, hints))) if asked else set()
    frames = _frames(rows, near)
    told: Told = [frozenset(h for box in row.boxes if box.name not in frames for h in box.hints) for row in rows]
    kinds: Kinds = [_kind(row, hint, known) for row, hint in zip(rows, told, strict=True)]
    _headline(rows, kinds, told, said.title)
    _writers(rows, kinds, told, said.authors, known)
    body = {i for i in near if told[i].isdisjoint(OTHERS) and kinds[i] not in NOT_BODY}
    if body:
        _finish(rows, kinds, told, body | _alike(rows, kinds, body))
    else:
        kinds = settle([row.line for row in rows], kinds, said.title, known)
    spans = (row.line.span.trimmed(laid.text) for row in rows)
    blocks = tuple(Block(kind or "boilerplate", *span) for kind, span in zip(kinds, spans, strict=True))
    return blocks, () if asked else (_too_large(looked),)


def _too_large(looked: Scan) -> tuple[str, str]:
    return "page_large", f"{looked.elements:,} elements, {looked.depth:,} deep: labelled by wording and boxes alone"


def _rows(shown: Shown, text: str, hints: Hints, known: Table) -> Iterator[Row]:
    """The line as rows. What a run of words in it is called ("author") speaks for a short line, not for a paragraph."""
    whole = line_at(shown.span, fold(shown.span.of(text)))
    element = block_of(shown.within)
    boxes = hints.around(shown.within if whole.words <= MAX_LABEL else element)
    for line in cut_credit(whole, known):
        yield Row(line, shown, str(element.tag), boxes, frame_of(element))


def _aside(rows: list[Row], hints: Hints) -> "list[HtmlElement]":
    """The boxes of furniture, embeds and teasers, unless those of their kind hold a good part of the running text."""
    held: Counter[str] = Counter()
    total = 0
    for row in rows:
        if row.line.words >= PROSE and row.line.ends:
            total += row.line.words
            held.update(dict.fromkeys((box.name for box in row.boxes), row.line.words))
    return [element for element, box in hints.found if box.hints & OUTSIDE and held[box.name] < ASIDE * total]


def _extracted(tree: "HtmlElement", aside: "list[HtmlElement]") -> str:
    """What trafilatura takes for the report; its slower modes are asked where the fast one finds next to nothing.

    Takes out of ``tree`` what is never a report, and what trafilatura would copy three times before it drops it.
    """
    from lxml import etree

    for element in aside:
        if element.tag not in ("html", "body") and element.getparent() is not None:
            element.drop_tree()
    etree.strip_elements(tree, *UNREAD, with_tail=False)
    said = _asked(tree, fast=True)
    return said if len(said) >= MIN_EXTRACTED else max(said, _asked(tree, fast=False), key=len)


def _asked(tree: "HtmlElement", *, fast: bool) -> str:
    """One extraction; empty where there is none, or where it fails, as it may on a broken page."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports empty pages as errors, on standard error
    try:
        return trafilatura.extract(tree, fast=fast, favor_precision=True, include_comments=False) or ""
    except Exception:  # noqa: BLE001 - foreign code on foreign pages: no extraction is an answer
        return ""


def _agreeing(rows: list[Row], said: str) -> set[int]:
    """The lines whose words stand in the extraction in the same order."""
    paragraphs = [_WORD.findall(p.casefold()) for p in said.split("\n")]
    whole = {" ".join(p) for p in paragraphs if p}
    flat = [word for p in paragraphs for word in p]
    grams = {tuple(flat[i : i + SHINGLE]) for i in range(len(flat) - SHINGLE + 1)}
    running = f" {' '.join(flat)} "
    said_of = (_WORD.findall(row.line.text.casefold()) for row in rows)
    return {i for i, words in enumerate(said_of) if _agrees(words, whole, running, grams)}


def _agrees(words: list[str], whole: set[str], running: str, grams: set[tuple[str, ...]]) -> bool:
    shown = " ".join(words)
    if len(words) < SHINGLE:
        return shown in whole
    if f" {shown} " in running:
        return True
    own = [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    return sum(gram in grams for gram in own) >= AGREES * len(own)


def _frames(rows: list[Row], near: set[int]) -> set[str]:
    """The kinds of boxes that hold much of the report."""
    held: Counter[str] = Counter()
    for i in near:
        for name in {box.name for box in rows[i].boxes}:
            held[name] += rows[i].line.words
    total = sum(rows[i].line.words for i in near)
    return {name for name, words in held.items() if words >= FRAME * total}


def _kind(row: Row, hints: frozenset[Hint], known: Table) -> BlockKind | None:
    """The kind that boxes, wording and links tell of a line, or None."""
    line = row.line
    shown = _shown(line, hints, known)
    if "caption" in hints or "credit" in hints:
        return "credit" if line.split or shown == "credit" or "caption" not in hints else "caption"
    if shown == "dateline" or ("date" in hints and line.words <= MAX_LABEL):
        return "dateline"
    if hints & {"nav", "embed"}:
        return "boilerplate"
    if hints & {"teaser"}:
        return "teaser" if line.words >= 4 else "boilerplate"
    if hints & {"byline", "bio"}:
        return "byline" if line.words <= MAX_LABEL and "bio" not in hints else "boilerplate"
    if shown is None and row.shown.linked >= LINKED and not line.ends:
        return "teaser" if line.words >= 4 else "boilerplate"
    return shown


def _shown(line: Line, hints: frozenset[Hint], known: Table) -> BlockKind | None:
    """The kind that the wording shows; in the page's furniture only a date counts."""
    if hints.isdisjoint(OUTSIDE) or not hints.isdisjoint(PICTURED):
        return sign(line, known)
    return "dateline" if is_dateline(line, known) else None


def _headline(rows: list[Row], kinds: Kinds, told: Told, title: str | None) -> None:
    """The first-order heading that is the page's title, else the first one outside teasers."""
    wanted = " ".join((title or "").casefold().split())
    first = [i for i, hints in enumerate(told) if "title" in hints and "teaser" not in hints and rows[i].line.words > 1]
    best = next((i for i in first if rows[i].line.key and rows[i].line.key in wanted), first[0] if first else None)
    if best is not None:
        kinds[best] = "headline"


def _writers(rows: list[Row], kinds: Kinds, told: Told, authors: tuple[str, ...], known: Table) -> None:
    """Lines that are nothing but a name that the page gives as its writer's, with or without a "by"."""
    names = {" ".join(name.casefold().split()).strip(EDGES) for name in authors} - {""}
    for i, row in enumerate(rows):
        if kinds[i] in (None, "boilerplate") and row.line.words <= MAX_LABEL and told[i].isdisjoint(OUTSIDE):
            name = next((n for n in names if row.line.key.endswith(n)), None)
            if name and row.line.key.removesuffix(name).strip(EDGES) in {"", *known.byline.starts}:
                kinds[i] = "byline"


def _alike(rows: list[Row], kinds: Kinds, body: set[int]) -> set[int]:
    """Paragraphs in frames that hold several of the report's, and that nothing else claims."""
    frames = Counter(rows[i].frame for i in body if rows[i].line.words >= PROSE)
    common = {frame for frame, count in frames.items() if frame and count >= ALIKE}
    free = (i for i, row in enumerate(rows) if kinds[i] is None and row.line.words >= PROSE and row.line.ends)
    return {i for i in free if rows[i].frame in common}


def _finish(rows: list[Row], kinds: Kinds, told: Told, body: set[int]) -> None:
    """Headings and body inside the report, a dek before it, furniture elsewhere."""
    headline = kinds.index("headline") if "headline" in kinds else len(rows)
    start = min((i for i in body if "dek" not in told[i]), default=min(body))
    for i, row in enumerate(rows):
        leads = headline < i < start
        if i in body:
            kinds[i] = "dek" if leads else "heading" if _is_heading(row) else "body"
        elif kinds[i] is None and not (row.tag in HEADINGS and _heads(i, kinds, body)):
            dek = leads and row.line.words >= MIN_DEK and row.shown.linked < LINKED
            kinds[i] = "dek" if dek else "teaser" if row.line.words >= PROSE else "boilerplate"
        elif kinds[i] is None:
            kinds[i] = "heading"


def _heads(at: int, kinds: Kinds, body: set[int]) -> bool:
    """Tell whether a paragraph of the report follows, with nothing but pictures and a date between: a live page's
    posts have headings that trafilatura drops.
    """
    after = at + 1
    while after < len(kinds) and after not in body and kinds[after] in ("dateline", "caption", "credit", "byline"):
        after += 1
    return after in body and after - at <= MAX_BELOW


def _is_heading(row: Row) -> bool:
    line = row.line
    bold = row.tag == "p" and row.shown.within.tag in ("b", "strong")
    return row.tag in HEADINGS or (bold and line.words <= MAX_HEADING and not line.ends)
