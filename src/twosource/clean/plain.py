"""Labels the lines of a plain text: first by what each shows of itself, then by its neighbours, last by its place.

A text of a few sentences is all body. In a text with much furniture the report is the stretch that holds the most
running words and the fewest short lines (maximum sum); what stands around it is furniture.
"""

from twosource.article import Block, BlockKind
from twosource.clean.lines import EDGES, Line, split_lines
from twosource.clean.phrases import Table
from twosource.clean.signs import (
    about_writer,
    cut_credit,
    is_address,
    lead_in,
    opens_tail,
    quotes_speech,
    sign,
    tells_past,
)

PROSE = 8
"""Least words of a line that ends as a sentence, for it to count as running text."""

LONG = 25
"""Least words of a line that counts as running text whatever its end."""

MOST = 60
"""Words of one paragraph that count towards the report's stretch; a longer one is not more of a report."""

COST = 10
"""Words of running text that one line of furniture inside the report must be outweighed by.

At 6, 10, 15, 20 the body of 80 development pages, as plain text, scores F1 91.8, 92.6, 92.0, 91.8 (2026-11-22).
"""

MAX_HEADLINE = 30
"""Words of the longest headline."""

MAX_HEADING = 14
"""Words of the longest heading between paragraphs."""

MAX_SHOUTED, MAX_TITLED = 6, 9
"""Words of the longest heading in capitals, and with capitals; longer ones are titles of other stories."""

MAX_TITLES = 6
"""Titles after one lead-in; more short lines are something else."""

MAX_LABEL_ALONE = 3
"""Words of the longest first line that may be furniture by its wording; "Thousands unable to log in" is a headline."""

FURNISHED = 6
"""Short lines before the first paragraph from which on a text counts as a copied page with its menus."""

LIST = 0.25
"""Share of the running words up to which a list of other stories may hold first sentences of theirs."""

GAP = 3
"""Short lines in a row after which one or two paragraphs are the outlet's own notice, in a copied page."""

SLIDE_TITLE, SLIDES = 4, 3
"""Words of the title that the captions of a slide show begin with, and captions in a row from which on it is one."""

Kinds = list[BlockKind | None]


def label_text(text: str, title: str | None, known: Table) -> tuple[Block, ...]:
    """Return a block for each line of ``text``; together they hold every character that is not white space."""
    lines = [piece for line in split_lines(text) for piece in cut_credit(line, known)]
    signs: Kinds = [sign(line, known) for line in lines]
    if lines and lines[0].words > MAX_LABEL_ALONE and signs[0] not in ("byline", "dateline"):
        signs[0] = "boilerplate" if is_address(lines[0]) else None
    kinds = settle(lines, signs, title, known)
    return tuple(Block(kind or "body", *line.span.trimmed(text)) for line, kind in zip(lines, kinds, strict=True))


def settle(lines: list[Line], signs: Kinds, title: str | None, known: Table) -> Kinds:
    """Return the kinds of all lines, given what each shows of itself (None: nothing)."""
    kinds = list(signs)
    _galleries(lines, kinds)
    _captions(lines, kinds, known)
    _teasers(lines, kinds, known)
    first, last = _trimmed(lines, kinds, *_report(lines, kinds), known)
    _after(lines, kinds, last, known, furnished=first > FURNISHED)
    _before(lines, kinds, first, title)
    _within(lines, kinds)
    return kinds if {"body", "headline"} & set(kinds) else _all_told(lines, kinds)


def prose(line: Line) -> bool:
    """Tell whether the line is running text: a sentence's end and a sentence's length, or long and no row of titles."""
    if line.ends or line.text.endswith((":", '"')):
        return line.words >= PROSE
    return line.words >= LONG and not line.bullet and not titled(line)


def titled(line: Line) -> bool:
    """Tell whether most words of more than three letters begin with a capital."""
    capitals = [word[:1].isupper() for word in line.said.split() if len(word) > 3]
    return len(capitals) > 2 and sum(capitals) >= 0.7 * len(capitals)


def _galleries(lines: list[Line], kinds: Kinds) -> None:
    """Lines in a row that all begin with one title are the captions of a slide show."""
    first = 1
    while first < len(lines):
        title = lines[first].key.split()[:SLIDE_TITLE]
        end = first + 1
        while end < len(lines) and len(title) == SLIDE_TITLE and lines[end].key.split()[:SLIDE_TITLE] == title:
            end += 1
        if end - first >= SLIDES and len({line.key for line in lines[first:end]}) == end - first:
            kinds[first:end] = ["caption"] * (end - first)
        first = end


def _captions(lines: list[Line], kinds: Kinds, known: Table) -> None:
    """A line before a photo credit is its caption; so is the alternative text before that, and what follows "Photo"."""
    for i, line in enumerate(lines):
        if kinds[i] == "credit" and i and (line.split or _captioned(lines, kinds, i, known)):
            kinds[i - 1] = "caption" if lines[i - 1].words > 3 or kinds[i - 1] == "caption" else "credit"
            if i > 1 and kinds[i - 2] is None and _same_scene(lines, i, known):
                kinds[i - 2] = "caption"
        if i and kinds[i] is None and lines[i - 1].key in known.caption.heads:
            kinds[i] = "caption"


def _captioned(lines: list[Line], kinds: Kinds, at: int, known: Table) -> bool:
    """Tell whether the line before a credit on a line of its own is a caption: it holds no word of speech or past."""
    before = lines[at - 1]
    if kinds[at - 1] is not None or at < 2 or at + 1 >= len(lines):
        return False
    return 4 <= before.words <= LONG * 2 and not quotes_speech(before, known) and not tells_past(before, known)


def _same_scene(lines: list[Line], at: int, known: Table) -> bool:
    """Tell whether the line before the caption is its alternative text: close above it, or in much the same words."""
    alt, caption = lines[at - 2], lines[at - 1]
    if at - 2 == 0 or alt.words > LONG * 2 or quotes_speech(alt, known):
        return False
    one, other = _content(alt), _content(caption)
    if alt.gap > 1 and caption.gap == 1:
        return bool(one & other)
    return len(one & other) >= max(3, min(len(one), len(other)) / 2)


def _content(line: Line) -> set[str]:
    """The first five letters of each word longer than three, so that "exhausted" meets "exhaustion"."""
    return {word[:5] for word in line.key.replace("-", " ").split() if len(word) > 3}


def _teasers(lines: list[Line], kinds: Kinds, known: Table) -> None:
    """A lead-in ("READ MORE:") makes teasers of the titles up to the next paragraph; after the last it is a label."""
    last = max((i for i, kind in enumerate(kinds) if kind is None), default=-1)
    for i, line in enumerate(lines[:last]):
        if kinds[i] in ("teaser", "boilerplate") and (mode := lead_in(line, known)):
            kinds[i] = "teaser"
            if line.text.endswith(":") or line.words <= 3:
                _titles(lines, kinds, i, watch=mode == "watch")


def _titles(lines: list[Line], kinds: Kinds, at: int, *, watch: bool) -> None:
    """Titles after a lead-in, and what a film is about: the paragraph after its title in words of the title."""
    stop = at + 1
    while stop < len(lines) and kinds[stop] is None and not prose(lines[stop]) and stop - at <= MAX_TITLES:
        stop += 1
    if stop == len(lines) or stop - at > MAX_TITLES:
        return
    kinds[at + 1 : stop] = ["teaser"] * (stop - at - 1)
    told = set().union(*map(_content, lines[at:stop]))
    if watch and stop > at + 1 and kinds[stop] is None and len(told & _content(lines[stop])) >= 2:
        kinds[stop] = "teaser"


def _report(lines: list[Line], kinds: Kinds) -> tuple[int, int]:
    """Return the first and last line of the stretch with the most running text (Kadane's maximum sum)."""
    best, best_at = 0, (0, len(lines) - 1)
    total, start = 0, 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, start = 0, i
        total += _weight(line, kinds[i])
        if total > best:
            best, best_at = total, (start, i)
    return best_at


def _weight(line: Line, kind: BlockKind | None) -> int:
    if kind in ("boilerplate", "teaser"):
        return -COST
    if kind is not None:
        return -1
    return min(line.words, MOST) if prose(line) else -COST if line.bullet or not line.ends else -1


def _trimmed(lines: list[Line], kinds: Kinds, first: int, last: int, known: Table) -> tuple[int, int]:
    """Cut off the report's end what lists other stories (titles, perhaps first sentences) or introduces the writer."""
    running = [line.words if prose(line) and kind is None else 0 for line, kind in zip(lines, kinds, strict=True)]
    total, after, paragraphs, loose = sum(running[first : last + 1]), 0, 0, 0
    end = last
    for i in range(last, first, -1):
        if opens_tail(lines[i], known) and after <= LIST * total and 2 * paragraphs <= end - i:
            end, paragraphs = i - 1, 0
        elif running[i] and loose >= GAP and paragraphs <= 2 and first > FURNISHED:
            end, paragraphs = i, 0
        after += running[i]
        paragraphs += running[i] > 0
        loose = 0 if running[i] else loose + (kinds[i] in (None, "boilerplate"))
    while end > first and (kinds[end] is not None or about_writer(lines[end], known)):
        kinds[end] = kinds[end] or "boilerplate"
        end -= 1
    return first, end


def _after(lines: list[Line], kinds: Kinds, last: int, known: Table, *, furnished: bool) -> None:
    """What follows the report: short lines are furniture; sentences too, in a copied page or below a list's heading."""
    tail = furnished
    for i in range(last + 1, len(lines)):
        tail = tail or opens_tail(lines[i], known)
        if kinds[i] is None:
            kinds[i] = _leftover(lines[i], tail=tail)


def _leftover(line: Line, *, tail: bool) -> BlockKind | None:
    if line.text.startswith(("(", "[")) and line.text.endswith((")", "]")) and line.words <= MAX_HEADING:
        return "credit"
    if line.words <= 2 and line.text.isupper():
        return "credit"  # an agency's initials
    if not tail and (line.ends or line.words > MAX_HEADING):
        return None
    return "teaser" if line.words >= 4 else "boilerplate"


def _before(lines: list[Line], kinds: Kinds, first: int, title: str | None) -> None:
    """What precedes the report: the headline, its dek, perhaps names; and menus before it."""
    at = _headline(lines, kinds, first, title)
    if at is not None:
        kinds[at] = "headline"
    for i in range(first if at is None and first > FURNISHED else at or 0):
        kinds[i] = kinds[i] or "boilerplate"
    if at is None:
        return
    if _is_dek(lines, kinds, at):
        kinds[at + 1] = "dek"
    for i in range(at + 1, first):
        if kinds[i] is None and not lines[i].ends:
            named = _is_name_line(lines[i]) or (lines[i].words < PROSE and kinds[i + 1] == "dateline")
            kinds[i] = "byline" if named else "dek" if lines[i].words >= PROSE else "boilerplate"


def _headline(lines: list[Line], kinds: Kinds, first: int, title: str | None) -> int | None:
    """The line that is the given title; else the last before a copied page's report that could be; else the first."""
    unsaid = [i for i in range(min(first + 1, len(lines))) if kinds[i] is None]
    wanted = " ".join((title or "").casefold().split()).strip(EDGES)
    given = [i for i in unsaid if lines[i].key and (lines[i].key == wanted or _is_part(lines[i], wanted))]
    if given or len(lines) == 1:
        return given[0] if given else None
    if first > FURNISHED:
        fit = [i for i in unsaid if i < first and 4 <= lines[i].words <= MAX_HEADLINE and not lines[i].bullet]
        return fit[-1] if fit else None
    if len(unsaid) > 1 and unsaid[1] < first and lines[unsaid[0]].words <= 3 < lines[unsaid[1]].words:
        unsaid = unsaid[1:]  # a kicker ("Politics") stands above the headline
    return unsaid[0] if unsaid and _may_head(lines, unsaid[0]) else None


def _is_part(line: Line, wanted: str) -> bool:
    """Tell whether a line of some words stands in the title ("The headline | The Outlet")."""
    return line.words > 3 and line.key in wanted


def _may_head(lines: list[Line], at: int) -> bool:
    """A first line without a full stop, or with one but set apart or in capitals, is a headline."""
    line = lines[at]
    if line.words > MAX_HEADLINE:
        return False
    if not line.text.rstrip("\"' ").endswith((".", ":")):
        return True
    apart = at + 1 < len(lines) and lines[at + 1].gap > 1 and all(later.gap == 1 for later in lines[at + 2 :])
    return titled(line) or (apart and len(lines) > at + 2)


def _is_dek(lines: list[Line], kinds: Kinds, at: int) -> bool:
    """Tell whether the line after the headline is a dek: said again below, or before a writer's name or a date."""
    if at + 3 >= len(lines) or kinds[at + 1] is not None or lines[at + 1].words > LONG * 2:
        return False
    dek = lines[at + 1]
    if any(dek.key == later.key for later in lines[at + 2 :]):
        return True
    if not dek.ends and dek.words >= 4 and kinds[at + 2] is None:
        return prose(lines[at + 2])
    return kinds[at + 2] in ("byline", "dateline") and dek.words >= 5


def _is_name_line(line: Line) -> bool:
    """Two to four capitalised words, perhaps with an outlet after a comma: a writer's name."""
    words = line.text.split(",")[0].split()
    return 2 <= len(words) <= 4 and line.words <= 8 and all(w[:1].isupper() and w.isalpha() for w in words)


def _within(lines: list[Line], kinds: Kinds) -> None:
    """Short lines between paragraphs are headings, titles too long for that lead elsewhere, all the rest is body."""
    ahead = ""
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] is not None:
            continue
        kinds[i] = _inside(lines[i]) if ahead == "prose" else "body"
        ahead = "prose" if prose(lines[i]) else "short"
    told = False
    for i, kind in enumerate(kinds):
        told = told or kind in ("body", "dek")
        if kind == "heading" and not told:
            kinds[i] = "body"


def _inside(line: Line) -> BlockKind:
    """The kind of a line with a paragraph right ahead."""
    if line.ends or line.text.endswith((":", ",", ";", '"')) or line.bullet:
        return "body"
    shouted = line.text.isupper()
    if (shouted or titled(line)) and line.words > (MAX_SHOUTED if shouted else MAX_TITLED):
        return "teaser"
    return "heading" if line.words <= MAX_HEADING else "body"


def _all_told(lines: list[Line], kinds: Kinds) -> Kinds:
    """A text with neither headline nor paragraph is the report after all, so that no words are lost."""
    return [
        "body" if any(c.isalpha() for c in line.text) and kind != "credit" else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]
