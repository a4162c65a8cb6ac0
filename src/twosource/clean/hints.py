"""What the elements around a line say of it, from their names and from the words in their classes and ids.

Class names are English on pages of any language. A word on a frame that holds most of the report says nothing of the
report ("article-with-sidebar"): that is for the caller to weigh, who knows where the report is.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NAMES = 400
"""Characters of an element's classes and ids that are read."""

MOST_NAMES = 8_192
"""Names whose hints are kept: pages of one outlet share them, and a page has a few hundred."""

MAX_BOXES = 24
"""Hinting elements around one line that are kept, innermost first."""

Hint = Literal["nav", "teaser", "caption", "credit", "byline", "bio", "date", "dek", "title", "embed"]

_BY_TAG: dict[str, Hint] = {
    "nav": "nav",
    "footer": "nav",
    "form": "nav",
    "button": "nav",
    "select": "nav",
    "option": "nav",
    "menu": "nav",
    "figcaption": "caption",
    "h1": "title",
    "time": "date",
}

_SITE = """ad ads advert advertisement banner breadcrumb breadcrumbs comment comments consent cookie copyright disqus
donate donation footer login masthead menu modal nav navbar navigation newsletter newsletters popup promo search share
sharing sidebar signin signup skip social subscribe subscription tag tags toolbar topics"""
_STORIES = """collections morein outbrain popular promos readmore recirc recirculation recommendations recommended
related taboola teaser teasers trending upnext"""
_WORDS: tuple[tuple[Hint, str], ...] = (
    ("nav", _SITE),
    ("teaser", _STORIES),
    ("caption", "caption cutline figcaption"),
    ("credit", "credit credits"),
    ("byline", "author authors byline bylines contributor contributors writer"),
    ("bio", "bio"),
    ("date", "dateline datetime pubdate publishdate timestamp"),
    ("dek", "deck dek excerpt standfirst strapline subheadline subhed subtitle"),
    ("embed", "instagram tiktok tweet twitter"),
)
_BY_WORD = {word: hint for hint, words in _WORDS for word in words.split()}
_PAIRS: tuple[tuple[Hint, str], ...] = (
    ("teaser", "latest from, more from, more stories, most read, most viewed, read more, up next, you may"),
    ("dek", "article summary, key points, page subheadline, sub heading, sub headline, sub title"),
    ("date", "article date, post date, publish date, published date"),
    ("bio", "about author, author bio, author content, author info"),
    ("embed", "instagram media, tiktok embed, twitter tweet"),
)
_BY_PAIR = {pair: hint for hint, pairs in _PAIRS for pair in pairs.split(", ")}
_RUNS = """a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup
time tt u var"""
_INLINE = frozenset(_RUNS.split())
_CALLED = ("class", "id", "itemprop", "rel", "data-testid", "data-component")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")


@dataclass(frozen=True, slots=True)
class Box:
    """An element that hints at what its lines are; ``name`` is its tag and classes, the same for all of its kind."""

    name: str
    hints: frozenset[Hint]


@dataclass(slots=True)
class Hints:
    """Hints of one page, each element looked at once; ``found`` are those that hint, with their boxes."""

    found: "list[tuple[HtmlElement, Box]]" = field(default_factory=list)
    _boxes: "dict[HtmlElement, tuple[Box, ...]]" = field(default_factory=dict)

    def around(self, element: "HtmlElement") -> tuple[Box, ...]:
        """Return the hinting elements around (and including) ``element``, innermost first."""
        way = []
        at: HtmlElement | None = element
        while at is not None and at not in self._boxes:
            way.append(at)
            at = at.getparent()
        boxes = self._boxes[at] if at is not None else ()
        for inner in reversed(way):
            own = self._own(inner)
            if own:
                box = Box(_name(inner), own)
                self.found.append((inner, box))
                boxes = (box, *boxes)[:MAX_BOXES]
            self._boxes[inner] = boxes
        return boxes

    @staticmethod
    def _own(element: "HtmlElement") -> frozenset[Hint]:
        """The element's own hints: its name, and the words in what it is called, which elements of a kind share."""
        by_tag = _BY_TAG.get(element.tag)
        told = _told(_names(element))
        return told | {by_tag} if by_tag else told


def block_of(element: "HtmlElement") -> "HtmlElement":
    """Return the nearest element around that is no mere run of words in a line."""
    at = element
    while at.tag in _INLINE and at.getparent() is not None:
        at = at.getparent()
    return at


def frame_of(element: "HtmlElement") -> str:
    """Return the tag and classes of the nearest element with any around the line's own one.

    Lines of one text have it in common; it is empty where no element around has classes.
    """
    at = block_of(element).getparent()
    while at is not None and not at.get("class"):
        at = at.getparent()
    return "" if at is None else _name(at)


def _name(element: "HtmlElement") -> str:
    return f"{element.tag}.{(element.get('class') or element.get('id') or '')[:MAX_NAMES]}"


def _names(element: "HtmlElement") -> str:
    """What an element is called, cut to length; the frame of the whole page says nothing of its lines."""
    marks = dict(element.items())
    if not marks or element.tag in ("html", "body"):
        return ""
    return " ".join([marks[name] for name in _CALLED if name in marks])[:MAX_NAMES]


@lru_cache(maxsize=MOST_NAMES)
def _told(called: str) -> frozenset[Hint]:
    """The hints in words and pairs of words."""
    words = [word.lower() for word in _NAME.findall(called)]
    pairs = map(" ".join, pairwise(words))
    return frozenset((*(_BY_WORD[w] for w in words if w in _BY_WORD), *(_BY_PAIR[p] for p in pairs if p in _BY_PAIR)))
