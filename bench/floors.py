"""The pinned floors: no number of a run may fall below the one kept here.

A floor is raised with ``--update``, and lowered only by naming it, so that nothing gets worse unnoticed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from measures import Measure, whose

EPSILON = 0.15
"""Points a number may lie on the wrong side of its floor. The program is deterministic on one machine; this allows for
scores printed to one decimal (0.05) and for another processor's floating point turning one case in a large set."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The number to keep: ``value`` of a measure on ``date``."""

    name: str
    value: float
    better: str
    gold: str
    split: str
    n: int | None
    date: str


def load(path: Path) -> dict[str, Floor]:
    """Return the floors by name; none where there is no file yet."""
    if not path.exists():
        return {}
    return {f["name"]: Floor(**f) for f in json.loads(path.read_text(encoding="utf-8"))}


def save(path: Path, floors: Iterable[Floor]) -> None:
    """Write the floors, one a line, in order of name."""
    rows = (json.dumps(asdict(f), ensure_ascii=False) for f in sorted(floors, key=lambda f: f.name))
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def gain(floor: Floor, measure: Measure) -> float:
    """Return by how much the measure is better than its floor; negative where it is worse."""
    return measure.value - floor.value if floor.better == "higher" else floor.value - measure.value


def below(floors: dict[str, Floor], found: Iterable[Measure]) -> list[Measure]:
    """Return the measures that are worse than their floor by more than the noise."""
    return [m for m in found if m.name in floors and gain(floors[m.name], m) < -EPSILON]


def missing(floors: dict[str, Floor], found: Iterable[Measure], parts: Iterable[str]) -> list[str]:
    """Return the floors of the parts that ran for which there is no number: a score that vanished is a fall too."""
    have, prefixes = {m.name for m in found}, tuple(f"{p}: " for p in parts)
    return sorted(name for name in floors if name.startswith(prefixes) and name not in have)


def raised(floors: dict[str, Floor], found: Iterable[Measure], allowed: Iterable[str], today: str) -> dict[str, Floor]:
    """Return the floors with every better or new number taken over, and a worse one only where its name is allowed.

    Raises:
        ValueError: a number fell and its name is not among ``allowed``.
    """
    new, allowed, found = dict(floors), set(allowed), list(found)
    fallen = [m.name for m in below(floors, found) if m.name not in allowed]
    if fallen:
        raise ValueError("these fell; name each with --allow-regression if that is meant: " + ", ".join(fallen))
    for m in (m for m in found if m.pinned):
        if m.name not in floors or m.name in allowed or gain(floors[m.name], m) > 0:
            new[m.name] = Floor(m.name, round(m.value, 1), m.better, m.gold, m.split, m.n, today)
    return new


def beside(kept: dict[str, Floor], found: Iterable[Measure], parts: Iterable[str], today: str) -> dict[str, Floor]:
    """Return what is shown beside the floors, renewed: the numbers of other programs and the classes of errors.

    Of a part that ran, what is found no more goes, except the numbers of a program that was not there this time.
    """
    shown = [m for m in found if not m.pinned]
    there, prefixes = {whose(m.name)[1] for m in shown}, tuple(f"{p}: " for p in parts)
    new = {name: row for name, row in kept.items() if not (name.startswith(prefixes) and whose(name)[1] in there)}
    new |= {m.name: Floor(m.name, round(m.value, 1), m.better, m.gold, m.split, m.n, today) for m in shown}
    return new
