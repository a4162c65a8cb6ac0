"""Lays out a page as the text a reader sees, one block a line in reading order, furniture included, and labels it.

What is hidden by the markup itself (attributes, inline styles, plain rules of the page's own style elements, elements
never shown, text for screen readers only) is no text. Each line keeps what the markup says of its place, from which
`markup` tells its kind.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twosource.article import Block, Span
from twosource.clean.metadata import Metadata, read_metadata
from twosource.clean.phrases import Table
from twosource.clean.styles import hidden_names, hides
from twosource.clean.tree import Scan, parse, scan, stripped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MANY_HIDDEN = 40
"""Words of hidden text from which on a reader is told of it; labels for screen readers hold fewer."""

MOSTLY_HIDDEN = 3
"""Times as many hidden as shown words from which on hiding is not believed: a page saved while a dialog covered it."""

MAX_STYLE = 2_000
"""Characters of an inline style that are read."""

_BLOCK_NAMES = """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol optgroup option p
pre section select summary table tbody textarea tfoot thead tr ul"""
_NEVER_NAMES = """area applet audio base canvas datalist embed frame iframe img input link map meta meter noembed
noframes noscript object param progress rp script source style svg template title track video"""
_AUDIBLE_NAMES = """a11y-hidden assistive-text is-visually-hidden offscreen screen-reader screen-reader-only
screen-reader-text screenreader screenreader-only sr-only u-visually-hidden visually-hidden visually_hidden
visuallyhidden"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NEVER = frozenset(_NEVER_NAMES.split())
_AUDIBLE_CLASSES = frozenset(f".{name}" for name in _AUDIBLE_NAMES.split())
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the page: its place in the text, the innermost element it begins in, and the share of it that is
    link.
    """

    span: Span
    within: "HtmlElement"
    linked: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The received text of a page, its lines, and how many words were hidden."""

    text: str
    lines: tuple[Shown, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: received text, blocks over it (none where it could not be parsed), what it says of itself, and
    remarks.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    remarks: tuple[tuple[str, str], ...] = ()


def read_page(html: str, known: Table, looked: Scan | None = None) -> Page:
    """Read a page; ``known`` are the phrases of its language, ``looked`` what a scan of it told, if there was one.

    Never raises; a page that the parser cannot take whole is stripped of its tags, with a remark.
    """
    from twosource.clean.markup import label_layout

    looked = looked or scan(html)
    tree = parse(html) if looked.fits else None
    if tree is None:
        return without_markup(
            html, ("page_not_parsed", f"the page cannot be parsed ({looked}): its tags were stripped")
        )
    said = read_metadata(tree)
    laid = lay_out(tree)
    if laid.hidden > MOSTLY_HIDDEN * len(laid.text.split()):
        laid = lay_out(tree, trusting=False)
    blocks, remarks = label_layout(laid, tree, looked, said, known)
    if laid.hidden >= MANY_HIDDEN:
        remarks += (("hidden_text", f"{laid.hidden} words are hidden by the page's markup and were left out"),)
    return Page(laid.text, blocks, said, remarks)


def without_markup(html: str, remark: tuple[str, str]) -> Page:
    """Return the page as the text between its tags, for its lines to be labelled by what they show."""
    return Page(stripped(html), (), Metadata(), (remark,))


def lay_out(tree: "HtmlElement", *, trusting: bool = True) -> Layout:
    """Return the visible text of ``tree``; with ``trusting=False`` also what attributes and styles hide.

    Takes what is never shown out of ``tree``: a third of the elements of 80 news pages. Iterates, so that no depth can
    exhaust the stack.
    """
    from lxml import etree

    writer = _Writer()
    unseen = _AUDIBLE_CLASSES | hidden_names(tree) if trusting else frozenset()
    etree.strip_elements(tree, *_NEVER, with_tail=False)
    walk = etree.iterwalk(tree, events=("start", "end"))
    hidden = 0
    skipped: HtmlElement | None = None
    for event, element in walk:
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                writer.leave(element)
            writer.write(element.tail)
        elif _is_never_shown(element) or (trusting and _is_hidden(element, unseen)):
            skipped = element
            hidden += _words(element)
            walk.skip_subtree()
        else:
            writer.enter(element)
            writer.write(element.text)
    writer.end_line()
    return Layout("\n".join(writer.shown), tuple(writer.lines), hidden)


def _is_never_shown(element: "HtmlElement") -> bool:
    return element.tag in _NEVER or not isinstance(element.tag, str)


def _is_hidden(element: "HtmlElement", unseen: frozenset[str]) -> bool:
    """Tell whether attributes, an inline style, or a class or id among the ``unseen`` (".x", "#x") hide an element."""
    marks = dict(element.items())
    if not marks:
        return bool(element.tag == "dialog")
    if element.tag == "dialog" and "open" not in marks:
        return True
    if "hidden" in marks or marks.get("aria-hidden") == "true":
        return True
    if "style" in marks and hides(marks["style"][:MAX_STYLE]):
        return True
    if "id" in marks and f"#{marks['id']}" in unseen:
        return True
    return "class" in marks and not unseen.isdisjoint(f".{name}" for name in marks["class"].split())


def _words(element: "HtmlElement") -> int:
    """Words of what would be shown if it were not hidden; scripts and the like never are."""
    if _is_never_shown(element):
        return 0
    return sum(len(text.split()) for e in element.iter() if e.tag not in _NEVER for text in (e.text,) if text)


@dataclass(slots=True)
class _Writer:
    """Collects the pieces of a line until a block element begins or ends, with the share of them in links."""

    shown: list[str] = field(default_factory=list)
    lines: list[Shown] = field(default_factory=list)
    _open: "list[HtmlElement]" = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _at: "HtmlElement | None" = None
    _links: int = 0
    _linked: int = 0
    _preformatted: int = 0
    _length: int = 0
    _joint: bool = False

    def enter(self, element: "HtmlElement") -> None:
        if element.tag in _BLOCKS or element.tag == "br":
            self.end_line()
        elif element.tag in ("td", "th") or (self._joint and element.tag in ("a", "time", "span")):
            self._pieces.append(" " if element.tag != "span" else "")
        self._links += element.tag == "a"
        self._preformatted += element.tag in ("pre", "textarea")
        self._open.append(element)
        self._joint = False

    def leave(self, element: "HtmlElement") -> None:
        if element.tag in _BLOCKS:
            self.end_line()
        elif element.tag in ("td", "th"):
            self._pieces.append(" ")
        self._links -= element.tag == "a"
        self._preformatted -= element.tag in ("pre", "textarea")
        self._open.pop()
        self._joint = element.tag in ("a", "time")

    def write(self, text: str | None) -> None:
        if not text:
            return
        self._joint = False
        first, *more = text.split("\n") if self._preformatted else [text]
        self._write(first)
        for line in more:
            self.end_line()
            self._write(line)

    def _write(self, text: str) -> None:
        if self._at is None and self._open and text.strip():
            self._at = self._open[-1]
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def end_line(self) -> None:
        """Close the line; one without anything to see leaves nothing."""
        if not self._pieces:
            return
        text = _SPACES.sub(" ", "".join(self._pieces)).strip()
        if text and self._at is not None:
            span = Span(self._length, self._length + len(text))
            self.lines.append(Shown(span, self._at, min(1.0, self._linked / len(text))))
            self.shown.append(text)
            self._length = span.end + 1
        self._pieces, self._at, self._linked = [], None, 0
