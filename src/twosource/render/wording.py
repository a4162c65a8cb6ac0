"""Word-level differences of a telling against the wording it is held against, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.align.passages import medoid
from twosource.render.annotate import in_place
from twosource.render.variants import changes, weighty


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a telling: the same as the base, added to it, or left out of it; ``weighs`` where that changes the
    meaning.
    """

    op: Literal["same", "added", "left_out"]
    text: str
    weighs: bool = False


def parts(base: str, telling: str) -> list[Part]:
    """Return ``telling`` cut into what it shares with ``base`` and what it adds, with what it leaves out in between.

    Marks alone are no difference, and a telling that is too far from the base (`variants.TOO_FAR`) is one part.
    """
    found: list[Part] = []
    at = 0
    for step in changes(base, telling):
        if step.change == "equal":
            continue
        _keep(found, "same", telling[at : step.right.start])
        if step.left.width:
            spaced = step.right.width or not step.right.start or telling[step.right.start - 1].isspace()
            left_out = step.left.of(base) + " " if spaced else f" {step.left.of(base)}"
            _keep(found, "left_out", left_out, weighs=weighty(step.left, base))
        _keep(found, "added", step.right.of(telling), weighs=weighty(step.right, telling))
        at = step.right.end
    _keep(found, "same", telling[at:])
    return found


def _keep(found: list[Part], op: Literal["same", "added", "left_out"], text: str, *, weighs: bool = False) -> None:
    if text:
        found.append(Part(op, in_place(text), weighs))


def base_of(tellings: Sequence[str]) -> str:
    """Return the telling nearest to all others, the one differences are shown against."""
    return tellings[medoid([t.lower().split() for t in tellings])]
