"""Scores twosource and holds every number against its pinned floor.

The project's own gold is scored everywhere; the folder that --gold names, where it is present, too.
Exit code 1 where a number lies below its floor, a floor's number is gone, or a part failed.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import floors as pinned
import shared_gold
from measures import Measure
from own_cases import cases
from own_story import story
from program import ProgramFailed
from write_docs import write_tables

ROOT = Path(__file__).resolve().parent.parent
OWN = ("story", "cases")
PARTS = (*OWN, "seeds", *shared_gold.SPLITS)
ALSO = {
    "speakers": ("seed_blocks", "seed_times"),
    "cleaning": ("cleaning_html", "cleaning_text"),
    "dates": ("dates_wikiwars",),
}
"""Names under which a part prints numbers besides its own."""


def main() -> int:
    """Run the parts asked for, print the table, keep or check the floors."""
    ask = _arguments()
    path = ROOT / "bench" / "floors.json"
    floors = pinned.load(path)
    found, ran, failed = run(ask.parts or _present(ask.gold), ask.cli, ask.gold)
    print_table(found, floors)
    if ask.misses:
        print_misses(found)
    if ask.update:
        return _update(path, floors, found, ask.allow_regression) or bool(failed)
    return verdict(floors, found, ran, failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=Path, default=ROOT / ".venv" / "bin" / "twosource", help="the installed program")
    parser.add_argument(
        "--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder with evaluate.py"
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, metavar="PART", help=f"only these: {' '.join(PARTS)}")
    parser.add_argument("--update", action="store_true", help="raise the floors to the numbers of this run")
    parser.add_argument(
        "--allow-regression", action="append", default=[], metavar="NAME", help="let this floor fall with --update"
    )
    parser.add_argument("--misses", action="store_true", help="print what was wrong in the project's own gold")
    return parser.parse_args()


def _present(gold: Path) -> tuple[str, ...]:
    if (gold / "evaluate.py").exists():
        return PARTS
    print(f"{gold} is not there: the project's own gold only")
    return OWN


def run(parts: Iterable[str], cli: Path, gold: Path) -> tuple[list[Measure], list[str], list[str]]:
    """Run each part; return its numbers, the parts that ran and those that failed. One failure stops no other part;
    a number of nothing is none.
    """
    found: list[Measure] = []
    ran: list[str] = []
    failed: list[str] = []
    for name in parts:
        began = time.monotonic()
        print(f"{name} ...", end=" ", flush=True)
        try:
            found += (m for m in score(name, cli, gold) if m.n != 0)
            ran.append(name)
            print(f"{time.monotonic() - began:.0f} s", flush=True)
        except (ProgramFailed, OSError, ValueError, KeyError, TypeError) as error:
            failed.append(name)
            print(f"FAILED after {time.monotonic() - began:.0f} s: {type(error).__name__}: {error}", flush=True)
    return found, ran, failed


def score(name: str, cli: Path, gold: Path) -> Iterator[Measure]:
    """Return the numbers of one part."""
    if name == "story":
        return story(cli, ROOT / "gold", ROOT / "src" / "twosource" / "demo")
    if name == "cases":
        return cases(cli, ROOT / "gold")
    return shared_gold.seeds(cli, gold) if name == "seeds" else shared_gold.part(name, cli, gold)


def print_table(found: Iterable[Measure], floors: dict[str, pinned.Floor]) -> None:
    """Print every number with what it was measured on and its floor."""
    print(f"\n{'number':58} {'value':>6} {'floor':>6}   {'gold':32} {'split':24} {'n':>6}")
    for m in found:
        floor = floors.get(m.name)
        mark = "  BELOW" if floor and pinned.gain(floor, m) < -pinned.EPSILON else ""
        kept = f"{floor.value:6.1f}" if floor else "   new"
        print(f"{m.name:58} {m.value:6.1f} {kept}   {m.gold:32} {m.split:24} {'' if m.n is None else m.n:>6}{mark}")


def print_misses(found: Iterable[Measure]) -> None:
    """Print what was wrong, number by number."""
    for m in found:
        for miss in m.misses:
            print(f"{m.name}: {miss}")


def _update(path: Path, floors: dict[str, pinned.Floor], found: list[Measure], allowed: list[str]) -> int:
    try:
        new = pinned.raised(floors, found, allowed, datetime.now(UTC).date().isoformat())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    pinned.save(path, new.values())
    write_tables(new)
    changed = sum(new[name] != floors.get(name) for name in new)
    print(f"\n{changed} floors written to {path.relative_to(ROOT)}; tables in README.md and docs/evaluation.md renewed")
    return 0


def verdict(floors: dict[str, pinned.Floor], found: list[Measure], ran: list[str], failed: list[str]) -> int:
    """Print what fell, vanished or failed; return the exit code."""
    fallen = pinned.below(floors, found)
    gone = pinned.missing(floors, found, [p for name in ran for p in (name, *ALSO.get(name, ()))])
    for m in fallen:
        print(f"below its floor: {m.name} is {m.value:.1f}, floor {floors[m.name].value:.1f}", file=sys.stderr)
    for name in gone:
        print(f"no number any more: {name}", file=sys.stderr)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    print(f"\n{len(found)} numbers, {len(fallen)} below their floor, {len(gone)} gone, {len(failed)} parts failed")
    return int(bool(fallen or gone or failed))


if __name__ == "__main__":
    sys.exit(main())
