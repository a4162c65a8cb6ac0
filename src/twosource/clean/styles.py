"""Which classes and ids a page's own style elements hide.

Only plain rules on one class or id count (``.x {display: none}``), and only where no other rule, in a media query or
with a longer selector, shows that name again: what is doubtful is shown.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_STYLES = 400_000
"""Characters of all style elements of a page that are read."""

_BRACE = re.compile(r"[{}]")
_PLAIN = re.compile(r"[.#][\w-]{1,100}")
_NAME = re.compile(r"[.#][A-Za-z_][\w-]{0,99}")
_SHOWS = re.compile(
    r"(?:display\s{0,3}:\s{0,3}(?!none)|visibility\s{0,3}:\s{0,3}(?:visible|inherit)|left\s{0,3}:\s{0,3}(?:0|auto))",
    re.IGNORECASE,
)
_HIDES = re.compile(
    r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)"
    r"|(?<![-\w])(?:font-size|opacity)\s{0,3}:\s{0,3}0(?:\.0{1,3})?(?:px|em|rem|pt|%)?\s{0,3}(?:;|!|$))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"position\s{0,3}:\s{0,3}(?:absolute|fixed)", re.IGNORECASE)
_ZERO = r"0(?:\.0{1,3})?(?:px|em|rem|pt|%|vh|vw)?\s{0,3}(?:;|!|$)"
_SIZED = re.compile(
    rf"(?<![-\w])(?:max-)?(?:height|width)\s{{0,3}}:\s{{0,3}}(?:{_ZERO}|1px\s{{0,3}}(?:;|!|$))", re.IGNORECASE
)
_GROWS = re.compile(
    r"(?<![-\w])(?:max-)?(?:height|width)\s{0,3}:\s{0,3}(?!0|1px)|overflow(?:-[xy])?\s{0,3}:\s{0,3}(?:visible|auto)",
    re.IGNORECASE,
)
_CROPPED = re.compile(r"overflow(?:-[xy])?\s{0,3}:\s{0,3}(?:hidden|clip)", re.IGNORECASE)
_CLIPPED = re.compile(
    r"(?<![-\w])clip\s{0,3}:\s{0,3}rect\(\s{0,3}[01](?:px)?[\s,]{1,3}[01](?:px)?[\s,]"
    r"|clip-path\s{0,3}:\s{0,3}inset\(\s{0,3}(?:50|100)%|(?<![-\w])transform\s{0,3}:\s{0,3}scale\(\s{0,3}0\s{0,3}\)",
    re.IGNORECASE,
)
_FAR = r":\s{0,3}-(?:9\d\d|\d{4,6})(?:\.\d{1,3})?px|:\s{0,3}-(?:9\d|\d{3,6})(?:\.\d{1,3})?r?em"
_AWAY = re.compile(rf"(?<![-\w])(?:left|top|right|bottom)\s{{0,3}}(?:{_FAR})", re.IGNORECASE)
_INDENTED = re.compile(rf"(?:text-indent|margin-left|margin-top)\s{{0,3}}(?:{_FAR})", re.IGNORECASE)


def hides(style: str) -> bool:
    """Tell whether declarations ("display: none; color: red") hide: not shown, of no size, or far off the screen."""
    if _HIDES.search(style) or _INDENTED.search(style) or _CLIPPED.search(style):
        return True
    if _SIZED.search(style) and _CROPPED.search(style):
        return True
    return bool(_PLACED.search(style) and _AWAY.search(style))


def hidden_names(tree: "HtmlElement") -> frozenset[str]:
    """Return the classes (".x") and ids ("#x") that the style elements of ``tree`` hide."""
    hidden: set[str] = set()
    folded: set[str] = set()
    shown: set[str] = set()
    grown: set[str] = set()
    for prelude, declared, outermost in _rules(_styles(tree)):
        if _GROWS.search(declared):
            grown.update(_NAME.findall(prelude))
        if _SHOWS.search(declared):
            shown.update(_NAME.findall(prelude))
        elif outermost and hides(declared):
            selectors = (selector.strip() for selector in prelude.split(","))
            names = (selector for selector in selectors if _PLAIN.fullmatch(selector))
            (folded if _SIZED.search(declared) else hidden).update(names)
    return frozenset((hidden | folded - grown) - shown)


def _styles(tree: "HtmlElement") -> str:
    """The style sheets for screens, one after the other, without comments."""
    sheets: list[str] = []
    room = MAX_STYLES
    for element in tree.iter("style"):
        if room > 0 and (element.get("media") or "all").strip().lower() in ("all", "screen"):
            sheets.append((element.text or "")[:room])
            room -= len(sheets[-1])
    first, *others = "\n".join(sheets).split("/*")
    return first + " ".join(other.partition("*/")[2] for other in others)


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors, declarations, and whether the rule stands outside media queries and the like."""
    waiting: list[str] = []
    at = 0
    for found in _BRACE.finditer(css):
        piece, at = css[at : found.start()], found.end()
        if found.group() == "{":
            waiting.append(piece.rpartition(";")[2].strip())
        elif waiting:
            prelude = waiting.pop()
            if not prelude.startswith("@"):
                yield prelude, piece, not waiting
