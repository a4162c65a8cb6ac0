"""A statement in its wordings: side by side where there are two, else the one nearest to all and how others differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from twosource.account import Statement, Telling
from twosource.article import Span
from twosource.render.annotate import in_place
from twosource.render.variants import Wording, wordings
from twosource.render.wording import parts
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_of

LONGEST = 1_500
"""Code points of one wording that are shown; its evidence page has all."""

MOST_CHIPS = 10
"""Labels behind one wording; what is more is told as a number."""

MANY_REPORTS = 9
"""Reports of a story from which on wordings stand by origin, each under its origin's name."""

Op = Literal["same", "added", "left_out", "differs"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording: as in the other ones or not; ``weighs`` where that changes the meaning."""

    op: Op
    text: str
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One wording: who tells it so, the cue that must stand before it, its words in pieces.

    ``further`` are tellings of the same reports, ``same_origin`` those in yet other words that rest on its origin.
    ``hidden`` counts the labels that were left out. ``origin`` names what the words rest on, where the wordings of a
    statement stand by origin and another one begins.
    """

    chips: tuple[Chip, ...]
    hidden: int
    cue: str
    told_to: str
    pieces: tuple[Piece, ...]
    further: tuple[Chip, ...] = ()
    same_origin: tuple[Chip, ...] = ()
    origin: str = ""

    @property
    def folded(self) -> bool:
        """Whether only outlets that a person hid tell it so: its words are shown on demand."""
        return all(chip.mark == "hidden" for chip in self.chips)


def shown_wordings(told: Told, statement: Statement, most: int) -> tuple[tuple[Shown, ...], int]:
    """Return at most ``most`` wordings of a statement, the reference first, and how many were left out."""
    many = len(told.account.articles) >= MANY_REPORTS
    found = wordings(told.page.view, statement)
    found = _by_origin(found) if many else found
    if len(found) == 2:
        made = [_shown(told, w, _marked(w)) for w in found]
    else:
        marked = statement.relation != "paraphrase"
        made = [_shown(told, found[0], (_same(found[0].words),))]
        made += [_shown(told, w, tuple(_against(found[0], w)) if marked else (_same(w.words),)) for w in found[1:most]]
    named = _named(told, found) if many and len(found) > 1 else [""] * len(found)
    with_names = tuple(replace(one, origin=name) for one, name in zip(made, named, strict=False))
    return with_names, max(0, len(found) - len(made))


def _by_origin(found: Sequence[Wording]) -> tuple[Wording, ...]:
    """The wordings of one origin one after the other, the reference and its origin first."""
    order = list(dict.fromkeys(w.tellings[0].origin for w in found))
    return tuple(sorted(found, key=lambda w: order.index(w.tellings[0].origin)))


def _named(told: Told, found: Sequence[Wording]) -> list[str]:
    """The name of each wording's origin, empty where it is that of the wording before."""
    origins = [w.tellings[0].origin for w in found]
    before = ["", *origins]
    return [
        short(told.page.view.origin(origin), 60) if origin and origin != last else ""
        for origin, last in zip(origins, before, strict=False)
    ]


def _shown(told: Told, wording: Wording, pieces: Sequence[Piece]) -> Shown:
    first = wording.tellings[0]
    chips = tuple(chip_of(told, t) for t in wording.tellings[:MOST_CHIPS])
    return Shown(
        chips,
        len(wording.tellings) - len(chips),
        in_place(told.page.view.cue(first)),
        short(first.told_to.name, 80) if first.told_to else "",
        tuple(pieces),
        _chips(told, wording.further),
        _chips(told, wording.origin),
    )


def _chips(told: Told, tellings: Sequence[Telling]) -> tuple[Chip, ...]:
    return tuple(chip_of(told, t) for t in tellings[:MOST_CHIPS])


def _same(words: str) -> Piece:
    return Piece("same", clipped(words))


def clipped(words: str, most: int = LONGEST) -> str:
    """Return an outlet's words for display, on one line, cut at a word where they are very many."""
    shown = in_place(words[: most + 1])
    return shown if len(words) <= most else shown[:most].rpartition(" ")[0] + " …"


def ending(words: str, most: int) -> str:
    """Return the end of an outlet's words, cut at a word where they are many; they are ready for display already."""
    return words if len(words) <= most else "… " + words[-most:].partition(" ")[2]


def _marked(wording: Wording) -> tuple[Piece, ...]:
    """The wording with the stretches marked that the other one tells otherwise."""
    words, weighty = wording.words[:LONGEST], set(wording.weighty)
    inside = [Span(s.start, min(s.end, len(words))) for s in wording.differing if s.start < len(words)]
    edges = sorted({0, len(words), *(edge for span in inside for edge in span)})
    return tuple(_piece(wording, Span(a, b), inside, weighty) for a, b in pairwise(edges))


def _piece(wording: Wording, cut: Span, differing: Sequence[Span], weighty: set[Span]) -> Piece:
    covering = next((span for span in differing if span.covers(cut)), None)
    text = in_place(cut.of(wording.words))
    if covering is None:
        return Piece("same", text)
    return Piece("differs", text, any(w.start == covering.start for w in weighty))


def _against(base: Wording, wording: Wording) -> Iterator[Piece]:
    for part in parts(base.words[:LONGEST], wording.words[:LONGEST]):
        yield Piece(part.op, part.text, part.weighs)
