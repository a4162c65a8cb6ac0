"""Pairs of quotation marks in one paragraph, told from the characters alone.

Evidence is the shape of a mark (curly, angled, straight) and what stands on its two sides. An apostrophe is a single
mark between letters or digits, or one that no opening mark calls for. Marks of a page are often wrong: a mark that
turns the wrong way is read by its place, and an opening mark without partner reaches to the next one that begins a
quotation or to the end of its paragraph. Runs in time linear in the text.
"""

from dataclasses import dataclass, field
from typing import Literal

from twosource.article import Span

_OPEN_DOUBLE = frozenset("“„‟«〝")
_CLOSE_DOUBLE = frozenset("”»〞")
_PLAIN_DOUBLE = frozenset('"″＂')
_OPEN_SINGLE = frozenset("‘‚‛‹")
_PLAIN_SINGLE = frozenset("'’`´′›ʼ＇")
_AFTER_OPEN = frozenset("([{—–-/\"'“‘")
_BEGINS = frozenset('"“[($….')
_STOPS = frozenset(".,!?;:…")
_RIGHT = _STOPS | frozenset(")]}—–-/'’")

MAX_DEPTH = 3
"""Quotations inside one another that are followed; a fourth opening mark is most often a misprint."""

_Role = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """One quotation by its marks. ``span`` holds the marks, ``inner`` what they enclose.

    ``closed`` is False where the closing mark is missing; ``depth`` is 0 outside any other pair.
    """

    span: Span
    inner: Span
    closed: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Opening:
    at: int
    width: int
    single: bool = False


@dataclass(slots=True)
class _Scan:
    """One walk over a paragraph: the marks still open, and the pairs found so far."""

    text: str
    within: Span
    last_single: int
    waiting: list[_Opening] = field(default_factory=list)
    pairs: list[MarkedPair] = field(default_factory=list)


def pair_marks(text: str, within: Span, *, continued: bool = False) -> tuple[MarkedPair, ...]:
    """Return the pairs of marks inside ``within`` (one paragraph of ``text``), in order of their start.

    ``continued`` says that a quotation of the paragraph before runs on without a new opening mark.
    """
    scan = _Scan(text, within, _last_closing_single(text, within))
    if continued:
        scan.waiting.append(_Opening(within.start, 0))
    at = within.start
    while at < within.end:
        width, single, role = _mark(text, at, within)
        if width == 2 and text[at + 2 : at + 3] == text[at] and scan.waiting and scan.waiting[-1].single:
            width, single, role = 1, True, "close"  # a single and a double mark close together
        if width and single:
            _take_single(scan, at, role)
        elif width:
            _take_double(scan, at, width, role)
        at += width or 1
    if scan.waiting:
        scan.pairs += _unclosed(scan, 0, within.end)
    return tuple(sorted(scan.pairs, key=lambda p: (p.span.start, -p.span.end)))


def closes_unopened(text: str, within: Span) -> bool:
    """Tell whether the first double mark of a paragraph that turns one way closes what an earlier paragraph opened."""
    for at in range(within.start, within.end):
        width, single, role = _mark(text, at, within)
        if width and not single and role != "either":
            return role == "close"
    return False


def _take_double(scan: _Scan, at: int, width: int, role: _Role) -> None:
    text, waiting = scan.text, scan.waiting
    last = next((i for i in range(len(waiting) - 1, -1, -1) if not waiting[i].single), None)
    if role == "either":
        role = "open" if last is None else "close"
    if role == "close" and last is not None:
        opening = waiting[last]
        del waiting[last:]
        scan.pairs.append(MarkedPair(Span(opening.at, at + width), Span(opening.at + opening.width, at), depth=last))
    elif role == "close" and at > scan.within.start and (text[at - 1].isalnum() or text[at - 1] in _STOPS):
        return  # it closes what was never opened, or measures inches
    else:
        if last is not None and _begins_anew(scan, at, waiting[last]):
            scan.pairs += _unclosed(scan, last, at)
            del waiting[last:]
        if len(waiting) < MAX_DEPTH:
            waiting.append(_Opening(at, width))


def _begins_anew(scan: _Scan, at: int, earlier: _Opening) -> bool:
    """Tell whether an opening mark shows that the earlier one was never closed.

    Straight marks do not nest; curly ones do, but not after a comma, colon or full stop.
    """
    if scan.text[at] in _PLAIN_DOUBLE and scan.text[earlier.at] in _PLAIN_DOUBLE:
        return True
    before = at - 1
    while before > earlier.at and scan.text[before].isspace() and at - before < 4:
        before -= 1
    return scan.text[before] in _STOPS


def _take_single(scan: _Scan, at: int, role: _Role) -> None:
    waiting = scan.waiting
    if role == "open":
        if at < scan.last_single and len(waiting) < MAX_DEPTH and not (waiting and waiting[-1].single):
            waiting.append(_Opening(at, 1, single=True))
    elif waiting and waiting[-1].single and not _possessive(scan, at):
        opening = waiting.pop()
        scan.pairs.append(MarkedPair(Span(opening.at, at + 1), Span(opening.at + 1, at), depth=len(waiting)))


def _possessive(scan: _Scan, at: int) -> bool:
    """A mark after a plural s ("the terrorists' platform") closes nothing where another closing mark follows."""
    before, after = scan.text[at - 1 : at], scan.text[at + 1 : at + 3]
    return before in ("s", "S") and after[:1] == " " and after[1:].islower() and at < scan.last_single


def _unclosed(scan: _Scan, which: int, end: int) -> list[MarkedPair]:
    """An opening double mark without partner, read as far as ``end``; nothing where no word follows it soon."""
    opening = scan.waiting[which]
    inner = Span(opening.at + opening.width, max(end, opening.at + opening.width)).trimmed(scan.text)
    if opening.single or not any(ch.isalnum() for ch in scan.text[inner.start : min(inner.end, inner.start + 40)]):
        return []
    return [MarkedPair(Span(opening.at, inner.end), inner, closed=False, depth=which)]


def _mark(text: str, at: int, within: Span) -> tuple[int, bool, _Role]:
    """Width of the mark at this place (0: no mark), whether it is single, and which way it turns by shape or place."""
    char = text[at]
    if char in _OPEN_DOUBLE:
        return 1, False, _turned(text, at, within, "open")
    if char in _CLOSE_DOUBLE:
        return 1, False, _turned(text, at, within, "close")
    if char in "`'" and text[at + 1 : at + 2] == char and at + 2 <= within.end:
        return 2, False, "open" if char == "`" else _placed(text, at, 2, within)
    if char in _PLAIN_DOUBLE:
        return 1, False, _placed(text, at, 1, within)
    if char in _OPEN_SINGLE or char in _PLAIN_SINGLE:
        return _single(text, at, within)
    return 0, False, "either"


def _single(text: str, at: int, within: Span) -> tuple[int, bool, _Role]:
    before, after = _sides(text, at, 1, within)
    if before.isalnum() and after.isalnum():
        return 0, True, "either"  # an apostrophe inside a word
    opens = not before or before.isspace() or before in _AFTER_OPEN
    if opens and (after.isalnum() or after in _BEGINS):
        return (0, True, "either") if after.isdigit() and text[at] != "‘" else (1, True, "open")
    return (1, True, "close") if before and not before.isspace() else (0, True, "either")


def _turned(text: str, at: int, within: Span, shape: _Role) -> _Role:
    """The shape decides, unless the mark clearly stands the other way round."""
    placed = _placed(text, at, 1, within)
    return placed if placed != "either" and placed != shape else shape


def _placed(text: str, at: int, width: int, within: Span) -> _Role:
    before, after = _sides(text, at, width, within)
    free_left = not before or before.isspace() or before in _AFTER_OPEN
    free_right = not after or after.isspace() or after in _RIGHT
    if free_left and not free_right:
        return "open"
    if free_right and not free_left:
        return "close"
    return "either"


def _sides(text: str, at: int, width: int, within: Span) -> tuple[str, str]:
    before = text[at - 1] if at > within.start else ""
    after = text[at + width] if at + width < within.end else ""
    return before, after


def _last_closing_single(text: str, within: Span) -> int:
    """Place of the last mark that could close a single quotation, or -1."""
    for at in range(within.end - 1, within.start - 1, -1):
        if text[at] in _PLAIN_SINGLE and _single(text, at, within)[2] == "close":
            return at
    return -1
