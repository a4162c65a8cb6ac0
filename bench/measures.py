"""A measured number with what it was measured on, and the printed scores of other scripts turned into such numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number. ``name`` is ``part: what``; ``gold`` says on what it was measured, ``n`` how many there were.

    ``misses`` tells which of them were wrong, where that can be named. What is not ``pinned`` gets no floor: the number
    of another program, whose name stands at the end of ``name`` in brackets, and a class of errors.
    """

    name: str
    value: float
    gold: str
    split: str
    n: int | None = None
    better: Better = "higher"
    misses: tuple[str, ...] = ()
    pinned: bool = True


NUMBER = r"(\d{1,6}(?:\.\d{1,4})?)"
SCORES = re.compile(rf"^(.{{1,60}}?) +P +{NUMBER} +R +{NUMBER} +F1 +{NUMBER} +\((?:gold (\d+)|(\d+) pages)")
SHARES = re.compile(rf"^(.{{1,60}}?) +P +{NUMBER} \((\d+) of (\d+) shown\) +R +{NUMBER} \((\d+) of (\d+) sure\)")
SINGLE = re.compile(rf"^(.{{1,60}}?)(?: R)? +{NUMBER} +\((?:(\d+) of )?(?:plain )?(\d+)(?:\.\d)?")
BARE = re.compile(rf"^(.{{1,60}}?) {{2,}}{NUMBER}$")
INLINE = {
    "speakers": (
        ("statements found", r"statements found +X \(\d+ of (\d+)\)", "higher"),
        ("speaker right, of all", r"of all +X", "higher"),
        ("speaker right, of found", r"of found +X", "higher"),
    ),
    "seed_blocks": (
        ("block kinds right", r"block kinds right +X \(\d+ of (\d+)\)", "higher"),
        ("body taken for furniture or the reverse", r"the reverse X", "lower"),
    ),
    "seed_times": (
        ("times found", r"times found +X \(\d+ of (\d+)\)", "higher"),
        ("times resolved right", r"resolved right +X", "higher"),
    ),
    "perturb": (
        ("changed numbers reported", r"changed numbers reported +X \(\d+ of (\d+)\)", "higher"),
        ("conflicts elsewhere", r"conflicts elsewhere X", "lower"),
    ),
}
"""Lines that hold several numbers: X stands for the number, a group for n."""

LOWER = ("called independent, is a copy",)
"""Names of counts of errors."""

WHOSE = re.compile(r"^(.{1,120}?) \[([^\]]{1,60})\]$")

SMALL_MEAN = re.compile(r"relation, mean|agreement, mean|class, mean")


def whose(name: str) -> tuple[str, str | None]:
    """Return the number's name without the brackets, and whose it is; None for the program's own."""
    m = WHOSE.match(name)
    return (m[1], m[2]) if m else (name, None)


def measures(part: str, printed: str, gold: str, split: str) -> Iterator[Measure]:
    """Return every number in the scores that ``part`` printed; F1 stands for precision and recall where it is there."""
    if part in INLINE:
        yield from _inline(part, printed, gold, split)
        return
    for line in printed.splitlines():
        yield from _line(part, line.rstrip(), gold, split)


def _inline(part: str, printed: str, gold: str, split: str) -> Iterator[Measure]:
    n: int | None = None
    for what, pattern, better in INLINE[part]:
        if m := re.search(pattern.replace("X", NUMBER), printed):
            n = int(m[2]) if m.lastindex == 2 else n
            yield Measure(f"{part}: {what}", float(m[1]), gold, split, n, "lower" if better == "lower" else "higher")


def _line(part: str, line: str, gold: str, split: str) -> Iterator[Measure]:
    if m := SHARES.match(line):
        yield Measure(f"{part}: {_name(m)} P", float(m[2]), gold, split, int(m[4]))
        yield Measure(f"{part}: {_name(m)} R", float(m[5]), gold, split, int(m[7]))
    elif m := SCORES.match(line):
        n = m[5] or m[6]
        yield Measure(f"{part}: {_name(m)} F1", float(m[4]), gold, split, int(n) if n else None)
    elif m := SINGLE.match(line):
        yield Measure(f"{part}: {_name(m)}", float(m[2]), gold, split, _count(m))
    elif m := BARE.match(line):
        name = _name(m)
        yield Measure(f"{part}: {name}", float(m[2]), gold, split, None, "lower" if name in LOWER else "higher")


def _name(m: "re.Match[str]") -> str:
    return " ".join(m[1].split())


def _count(m: "re.Match[str]") -> int | None:
    """How many there were; the plain share that stands beside a mean of classes is no count."""
    return None if SMALL_MEAN.search(m[1]) else int(m[4])
