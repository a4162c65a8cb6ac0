"""Parses a page without losing text: a linear scan first, an own parser, and its error log read afterwards.

libxml2 stops at 256 open elements, at 2,048 with ``huge_tree``, and drops all that follows without an exception; the
only traces are the depth beforehand and the error log afterwards. Such pages are stripped of their tags instead. It
also drops, without a trace, what stands after the end of a page's body.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_DEPTH = 1_900
"""Open elements up to which a page is parsed; lxml 6.1.3 lost text from 2,044 on (measured 2026-11-22)."""

MAX_ELEMENTS = 200_000
"""Elements up to which a page is parsed: such a tree takes about 100 MB, laying it out 10 to 20 seconds."""

MAX_ATTRIBUTES = 200
"""Attributes of one element up to which a page is parsed: libxml2 compares each with all before it, and takes 0.8 s on
12,500 and 3.2 s on 25,000; no element of 80 news pages has more than 15 (2026-11-22).
"""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})(?:[^<>]{0,4000}>)?")
_ATTRIBUTE = r"""[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?"""
_DIGESTED = 2 * MAX_ATTRIBUTES
"""Characters of a tag, closed and with its quotation marks in pairs, up to which its attributes need no counting."""

_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+({_ATTRIBUTE})?")
"""As the parser reads them; the group is one too many. Linear: of unmatched quotation marks a page has one a kind."""

_VOID_NAMES = """area base br col colgroup dd dt embed hr img input li link meta optgroup option p param rp rt source
tbody td tfoot th thead tr track wbr"""
_VOID = frozenset(_VOID_NAMES.split())
"""Elements that are never open for long: void ones, and those that the next of their kind closes."""

_RAW = frozenset({"script", "style", "textarea", "title", "noscript", "iframe", "xmp"})
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|table|article|section|header|footer|nav|aside|main|figure|figcaption|blockquote|pre|hr|dt|dd"
    r"|form|body|title|button|option)\b[^<>]*+>",
    re.IGNORECASE,
)
_ENDED = re.compile(rb"</(?i:body|html)\s{0,9}>")
"""What ends a page for libxml2, which drops all that follows; for browsers it ends nothing (HTML 13.2.6.4)."""

_UNSEEN = ("script", "style", "noscript", "template", "title", "iframe")
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*+(?:>|\Z)")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a linear look at the tags tells: the deepest nesting, roughly, the number of elements, and whether one is
    crowded with attributes.
    """

    depth: int
    elements: int
    crowded: bool = False

    @property
    def fits(self) -> bool:
        """Tell whether the parser can be trusted with it."""
        return self.depth <= MAX_DEPTH and self.elements <= MAX_ELEMENTS and not self.crowded

    def __str__(self) -> str:
        crowded = f", over {MAX_ATTRIBUTES} attributes in one" if self.crowded else ""
        return f"{self.depth:,} elements deep, {self.elements:,} in all{crowded}"


class Ends:
    """Finds closing tags of a page; a kind that has none left is not looked for again, so that all looks together are
    linear.
    """

    def __init__(self, html: str) -> None:
        self._html = html
        self._gone: set[str] = set()

    def after(self, name: str, at: int) -> int | None:
        """Return where the next closing tag of that name begins, or None."""
        if name in self._gone:
            return None
        found = re.compile(f"</(?i:{name})").search(self._html, at)
        if not found:
            self._gone.add(name)
        return found.start() if found else None


def scan(html: str) -> Scan:
    """Count open elements and elements in one pass; scripts and styles are passed over."""
    depth = deepest = elements = at = 0
    crowded = False
    ends = Ends(html)
    for found in _TAG.finditer(html):
        if found.start() < at:
            continue
        at = found.end()
        name = found[2].lower()
        if found[1]:
            if depth and name not in _VOID and name not in _RAW:
                depth -= 1
            continue
        elements += 1
        tag = found[0]
        if not _is_plain(tag):
            marks = _ATTRIBUTES.match(html, found.end(2))
            crowded = crowded or (marks is not None and marks.group(1) is not None)
            at = max(at, marks.end() if marks else at)
        if name in _RAW:
            at = ends.after(name, at) or at
        elif name not in _VOID and not tag.endswith("/>"):
            depth += 1
            if depth > deepest:
                deepest = depth
    return Scan(deepest, elements, crowded)


def _is_plain(tag: str) -> bool:
    """Tell whether a tag ends where it seems to, and is too short to be crowded."""
    paired = not (tag.count('"') & 1 or tag.count("'") & 1)
    return paired and len(tag) <= _DIGESTED and tag.endswith(">")


def parse(html: str) -> "HtmlElement | None":
    """Return the page's tree without comments, or None where the parser would lose, or has lost, text."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    raw = _ENDED.sub(b"", html.replace("\0", "\ufffd").encode("utf-8", "replace"))
    try:
        tree = document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    lost = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    return None if lost else cast("HtmlElement", tree)


def stripped(html: str) -> str:
    """Return the text between the tags, one block element a line: the way out for pages that cannot be parsed."""
    kept: list[str] = []
    at = 0
    ends = Ends(html)
    for found in re.finditer(rf"<({'|'.join(_UNSEEN)})\b", html, re.IGNORECASE):
        if found.start() < at:
            continue
        kept.append(html[at : found.start()])
        at = ends.after(found.group(1).lower(), found.end()) or found.end()
    kept.append(html[at:])
    shown = _ANY_TAG.sub("", _BLOCK.sub("\x1e", "".join(kept)))
    lines = (" ".join(unescape(line).split()) for line in shown.split("\x1e"))
    return "\n".join(line for line in lines if line)
