"""Word-level differences of a telling against the wording it is held against, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.align.passages import differences, medoid
from twosource.render.annotate import in_place


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a telling: the same as the base, added to it, or left out of it."""

    op: Literal["same", "added", "left_out"]
    text: str


def parts(base: str, telling: str) -> list[Part]:
    """Return ``telling`` cut into what it shares with ``base`` and what it adds, with what it leaves out in between."""
    steps = differences(base, telling)
    ends = [step.right.start for step in steps[1:]] + [len(telling)]
    found: list[Part] = []
    for step, end in zip(steps, ends, strict=True):
        if step.change in {"delete", "replace"}:
            found.append(Part("left_out", in_place(step.left.of(base)) + " "))
        kept = telling[step.right.start : end]
        if kept:
            found.append(Part("same" if step.change in {"equal", "delete"} else "added", in_place(kept)))
    return found


def base_of(tellings: Sequence[str]) -> str:
    """Return the telling nearest to all others, the one differences are shown against."""
    return tellings[medoid([t.lower().split() for t in tellings])]
