"""What a line tells of itself, without its neighbours: stock phrases, dates, names of writers, photo credits.

The phrases are the language's table ``blocks``; the shapes are here. A sign is worth more than position,
so that only shapes which running text does not have are signs.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from twosource.article import BlockKind, Span
from twosource.clean.lines import EDGES, Line, line_at
from twosource.clean.phrases import Table

MAX_SIGN = 60
"""Words beyond which a line is a paragraph whatever phrase it holds."""

MAX_LABEL = 12
"""Words of the longest line that is nothing but a date, a credit or a writer's name."""

MAX_PHRASE = 8
"""Words of the longest phrase that a line may begin with."""

MAX_WALL = 30
"""Words of the longest line that asks for a subscription before the reader may go on."""

MAX_CAPTION = 45
"""Words of the longest line that is a caption by its wording alone."""

MAX_SLIDE = 24
"""Code points at a line's end that hold the stock phrase of a slide show and the slide's number ("… 12 of 30")."""

MAX_CREDIT = 110
"""Code points at a line's end within which a credit is looked for."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"(?:https?\s?:\s?/|www\.|@\w|#\w|\S{1,64}@\S{1,64}\.\w)", re.IGNORECASE)
_SEPARATED = re.compile(r"\s?(?:[:|>»-]|l\s)")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{2,120}[)\]][.]?$")
_BRACKETS = re.compile(r"\(([^()]{4,80}/[^()]{2,80})\)")
_CUT = re.compile(r"(?<=[.!?\"')])\s{0,3}(?=[A-Z])|\s(?=[A-Z][A-Za-z]{2,12}(?: [A-Za-z]{2,12})?\s?: )")
_SIGNED = re.compile(r"^-.{2,60}\(@\w{1,30}\)")
_PARTS = re.compile(r"[/|,]|\bvia\b|\bfor\b")
_SIGNED_AT = re.compile(r"(?:[A-Z][\w'.-]{1,30} ){2,4}(?=\d{1,2} \w{3,9} \d{4}\b)")
_PLACE = re.compile(r"[A-Z][A-Z .'/-]{2,40},? ")


def sign(line: Line, known: Table) -> BlockKind | None:
    """Return the kind that the line shows by itself, or None: it may be headline, dek, heading or body."""
    if not any(c.isalnum() for c in line.text):
        return "boilerplate"
    if line.key in known.boilerplate.whole or line.key in known.tail.whole:
        return "boilerplate"
    if is_correction(line, known):
        return "boilerplate"
    if _is_slide(line, known):
        return "caption"
    if line.words > MAX_SIGN:
        return None
    return next((kind for kind, shows in _SIGNS if shows(line, known)), None)


def _is_slide(line: Line, known: Table) -> bool:
    """Tell whether the line ends as a slide show's captions do, perhaps with the slide's number and their total."""
    tail = line.key[-MAX_SLIDE:]
    return _holds(tail, known.caption.ends)


def opens_tail(line: Line, known: Table) -> bool:
    """Tell whether only furniture follows, should no paragraph come after it."""
    return line.key in known.tail.whole or (line.words <= MAX_LABEL and _begins(line.key, known.tail.starts))


def lead_in(line: Line, known: Table) -> str | None:
    """Return "watch" or "read" where the line leads to another story, else None."""
    if line.words > MAX_SIGN:
        return None
    key = line.key
    for name, phrases in (("watch", known.teaser.watch), ("read", known.teaser.read)):
        found = _begun(key, phrases)
        if found and key == found and found in known.teaser.bare:
            return name
        if found and key != found and _SEPARATED.match(key, len(found)):
            return name
    return None


def cut_credit(line: Line, known: Table) -> tuple[Line, ...]:
    """Return the line, or its caption and its photo credit: "… in Lima. (Ana Paz/AFP)", "… in Lima. Photo: Ana Paz".

    The caption's span reaches to the credit: the white space between them is for the caller to trim.
    """
    tail = _tail(line, known)
    if tail is None or not line.text[line.bullet : tail].strip():
        return (line,)
    start = line.span.start
    caption = line_at(Span(start, start + tail), line.text[:tail].rstrip(), line.gap)
    return caption, line_at(Span(start + tail, line.span.end), line.text[tail:], 0, split=True)


def _tail(line: Line, known: Table) -> int | None:
    """Where a photo credit at the line's end begins: in brackets, after a label, or after the last sentence."""
    reach = max(0, len(line.text) - MAX_CREDIT)
    closed = line.text.rstrip(".").endswith((")", "]"))
    if closed and (found := _BRACKETED.search(line.text, reach)):
        ended = line.text[: found.start()].rstrip().endswith((".", "!", "?", '"'))
        inner = found.group().strip(EDGES)
        return found.start() if _photo(inner, known, after=ended) or _labelled(inner, known) else None
    for found in _CUT.finditer(line.text, reach):
        rest = line.text[found.end() :]
        if _labelled(rest, known) or ("/" in rest and _photo(rest.strip(EDGES), known, after=True)):
            return found.end()
    return None


def is_credit(line: Line, known: Table) -> bool:
    """Tell whether the line is a photo credit and nothing else."""
    if line.split:
        return True
    if line.words > MAX_LABEL or line.ends:
        return False
    return _labelled(line.said, known) or _photo(line.said.strip(EDGES), known)


def is_address(line: Line) -> bool:
    """Tell whether the line begins with a web address, a mail address or a handle, and is no sentence."""
    return bool(_ADDRESS.match(line.said)) and not line.ends


def is_wall(line: Line, known: Table) -> bool:
    """Tell whether the line lets nobody read on who has not subscribed ("To read the full story, subscribe")."""
    if line.words > MAX_WALL or '"' in line.text:
        return False
    return _begins(line.key, known.partial.starts) or _holds(line.key, known.partial.contains)


def is_correction(line: Line, known: Table) -> bool:
    """Tell whether the line says what an earlier version had wrong."""
    return _begins(line.key, known.correction.starts) or _holds(line.key, known.correction.contains)


def quotes_speech(line: Line, known: Table) -> bool:
    """Tell whether the line holds quotation marks or a word of reported speech, as captions do not."""
    return '"' in line.text or _holds(f" {line.key} ", _as_words(known.caption.never))


def tells_past(line: Line, known: Table) -> bool:
    """Tell whether the line speaks of the past, the future or the possible, as captions seldom do."""
    return not known.caption.past.isdisjoint(line.key.split())


def _labelled(shown: str, known: Table) -> bool:
    """A label and a name: "Photo: Ana Paz", "Courtesy of Lima Zoo"."""
    key = shown.casefold().strip(EDGES)
    label = _begun(key, known.credit.labels)
    if not label:
        return False
    rest = shown.strip(EDGES)[len(label) :]
    words = rest.strip(EDGES).split()
    named = sum(w[:1].isupper() for w in words) >= 0.7 * len(words)
    return bool(words) and named and (rest.lstrip().startswith((":", "|")) or label.endswith(("by", "of")))


def _photo(shown: str, known: Table, *, after: bool | None = None) -> bool:
    """A name and an agency, an agency alone, or a word such as "courtesy".

    ``after`` tells whether it stands after a sentence in the same line (then an agency alone credits the text, not a
    photo), None that it is a line of its own (then two names alone are no credit).
    """
    key = " ".join(shown.casefold().split())
    names = [part.strip(EDGES) for part in _PARTS.split(key)]
    words = [word.strip(EDGES) for word in key.replace("/", " ").split()]
    if not any(c.isalpha() for c in key) or len(names) > 6 or len(words) > MAX_LABEL:
        return False
    if any(name in known.credit.agencies for name in names):
        return len(names) > 1 or not after
    if after is not None and "/" in shown and _is_named(shown.split("/")):
        return True
    started = len(words) <= 8 and words[0] in known.credit.first
    return shown[:1].isupper() and (started or (len(words) <= 4 and words[-1] in known.credit.last))


def _is_named(parts: list[str]) -> bool:
    """Names apart by strokes ("Ana Paz/NPA"): all words capitalised, and one of them a name of two words and more."""
    words = [part.split() for part in parts]
    capital = all(part and len(part) <= 5 and all(w[:1].isupper() for w in part) for part in words)
    return capital and any(len(part) > 1 for part in words)


def _is_stock(line: Line, known: Table) -> bool:
    key = line.key
    if is_address(line):
        return True
    if is_wall(line, known):
        return True
    if key.startswith(("©", "(c) ")) or _SIGNED.search(line.text) or _begins(key, known.boilerplate.starts):
        return True
    if line.words <= MAX_LABEL and not line.text.endswith("."):
        return bool(known.boilerplate.short & {*_grams(key)})
    return '"' not in line.text and _holds(key, known.boilerplate.contains)


def is_dateline(line: Line, known: Table) -> bool:
    """Tell whether the line is nothing but a date, with or without a label ("Published: 12 Feb 2025, 10.15 GMT"), or a
    place and a date.
    """
    if line.words > MAX_SIGN or not _DIGIT.search(line.key):
        return False
    words = _WORD.findall(line.key)
    if not words or len(words) > MAX_LABEL + 6:
        return False
    label = _begun(line.key, known.dateline.labels)
    dated = any(w in known.dateline.words for w in words) or bool(
        re.search(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}", line.key)
    )
    numbered = any(w[0].isdigit() for w in words)
    if label and numbered and not line.ends and (dated or line.key[len(label) :].lstrip().startswith(":")):
        return True
    rest = words[len(label.split()) if label else 0 :]
    place = _PLACE.match(line.said) or _SIGNED_AT.match(line.said)
    if place and dated:
        rest = _WORD.findall(line.key[place.end() :])
    plain = all(w in known.dateline.words or w in known.dateline.fill or w[0].isdigit() for w in rest)
    return plain and numbered and (dated or label is not None or "ago" in words)


def _is_byline(line: Line, known: Table) -> bool:
    key = line.key
    if key in known.byline.whole or _holds(line.said.casefold(), known.byline.contains):
        return True
    found = _begun(key, known.byline.starts)
    if not found or line.words > MAX_LABEL + 4 or line.ends:
        return False
    rest = [w for w in line.said.lstrip(EDGES)[len(found) :].split() if w[:1].isalnum()]
    named = [w for w in rest[:2] if w[:1].isupper()]
    return len(named) == min(2, len(rest)) > 0 and rest[0].casefold().strip(EDGES) not in known.dateline.words


def about_writer(line: Line, known: Table) -> bool:
    """Tell whether the line introduces its writer: a name, "is", and a newsroom's job within a few words."""
    words = line.key.split()[:MAX_LABEL]
    at = next((i for i, word in enumerate(words[:7]) if word in known.bio.verbs), 0)
    named = line.said.split()[:at]
    if not len(named) >= 2 or not all(w[:1].isupper() or w in ("the", "a", "an", "at", "of") for w in named):
        return False
    return not known.bio.jobs.isdisjoint(_grams(" ".join(w.strip(EDGES) for w in words[at:])))


def _is_caption(line: Line, known: Table) -> bool:
    key = line.key
    if any(_photo(found.group(1), known, after=True) for found in _BRACKETS.finditer(line.text)):
        return True
    if _begins(key, known.caption.starts) or line.text.startswith(("FILE ", "FILE:")):
        return True
    label = _begun(key, known.caption.labels)
    if label and key[len(label) :].lstrip().startswith(":"):
        return True
    if quotes_speech(line, known) or line.words > MAX_CAPTION:
        return False
    words = key.split()
    shown = {f"{a} {b}" for a, b, c in zip(words, words[1:], words[2:], strict=False) if c in known.caption.where}
    if shown & known.caption.shown or _holds(line.said.casefold(), known.caption.contains):
        return True
    sided = _begins(key, known.caption.openers) or _holds(line.said.casefold(), known.caption.sides)
    return sided and not tells_past(line, known)


def _grams(key: str) -> Iterator[str]:
    """The words of a key and its pairs of words."""
    words = key.split()
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(words))


def _holds(shown: str, phrases: frozenset[str]) -> bool:
    """Tell whether one of the phrases stands anywhere in ``shown``."""
    return any(map(shown.__contains__, phrases))


@cache
def _as_words(phrases: frozenset[str]) -> frozenset[str]:
    """The phrases between spaces, as they stand in a line between spaces."""
    return frozenset(f" {phrase} " for phrase in phrases)


@cache
def _first_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def _begun(key: str, phrases: frozenset[str]) -> str | None:
    """Return the longest phrase the line begins with."""
    first, firsts = key.partition(" ")[0], _first_words(phrases)
    if first not in firsts and first.rstrip(EDGES) not in firsts:
        return None
    words = key.split(" ", MAX_PHRASE)[:MAX_PHRASE]
    for n in range(len(words), 0, -1):
        begun = " ".join(words[:n])
        if begun in phrases:
            return begun
        if (bare := begun.rstrip(EDGES)) in phrases:
            return bare
    return None


def _begins(key: str, phrases: frozenset[str]) -> bool:
    return _begun(key, phrases) is not None


_SIGNS: tuple[tuple[BlockKind, Callable[[Line, Table], object]], ...] = (
    ("dateline", is_dateline),
    ("byline", _is_byline),
    ("credit", is_credit),
    ("teaser", lead_in),
    ("boilerplate", _is_stock),
    ("caption", _is_caption),
)
"""In order of trust: a date is never mistaken, a caption's wording may be."""
