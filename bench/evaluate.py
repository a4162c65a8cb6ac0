"""Scores twosource, shows other programs' numbers beside its own, and holds its own against their pinned floors.

The project's own gold is scored everywhere; the folder that --gold names, where it is present, too.
Exit code 1 where a number lies below its floor, a floor's number is gone, or a part failed.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import attribution_errors
import floors as pinned
from measures import Measure, whose
from parts import OWN, PARTS, prefixes
from program import ProgramFailed
from write_docs import BESIDE, write_tables

ROOT = Path(__file__).resolve().parent.parent
ERRORS = "attribution errors: "
"""Begins the names of the classes of errors whose counts are kept by version."""


def main() -> int:
    """Run the parts asked for, print the table, keep or check the floors."""
    ask = _arguments()
    path = ROOT / "bench" / "floors.json"
    floors = pinned.load(path)
    found, ran, failed = run(ask.parts or _present(ask.gold), ask.cli, ask.gold, ask.jobs)
    print_table(found, floors)
    if ask.misses:
        print_misses(found)
    if ask.update:
        return _update(path, floors, found, ran, ask.allow_regression) or bool(failed)
    return verdict(floors, found, ran, failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=Path, default=ROOT / ".venv" / "bin" / "twosource", help="the installed program")
    parser.add_argument(
        "--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder with evaluate.py"
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, metavar="PART", help=f"only these: {' '.join(PARTS)}")
    parser.add_argument("--jobs", type=int, default=2, help="parts that run at once")
    parser.add_argument("--update", action="store_true", help="raise the floors to the numbers of this run")
    parser.add_argument(
        "--allow-regression", action="append", default=[], metavar="NAME", help="let this floor fall with --update"
    )
    parser.add_argument("--misses", action="store_true", help="print what was wrong, where a part can name it")
    return parser.parse_args()


def _present(gold: Path) -> Sequence[str]:
    if (gold / "evaluate.py").exists():
        return tuple(PARTS)
    print(f"{gold} is not there: the project's own gold only")
    return tuple(OWN)


def run(parts: Iterable[str], cli: Path, gold: Path, jobs: int) -> tuple[list[Measure], list[str], list[str]]:
    """Run the parts, ``jobs`` at once; return their numbers, the parts that ran and those that failed.

    One failure stops no other part; a number of nothing is none.
    """
    found: list[Measure] = []
    ran: list[str] = []
    failed: list[str] = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = {name: pool.submit(one_part, name, cli, gold) for name in parts}
        for name, done in waiting.items():
            numbers, seconds, trouble = done.result()
            found += numbers
            (failed if trouble else ran).append(name)
            print(
                f"{name}: {f'FAILED after {seconds:.0f} s: {trouble}' if trouble else f'{seconds:.0f} s'}", flush=True
            )
    return found, ran, failed


def one_part(name: str, cli: Path, gold: Path) -> tuple[list[Measure], float, str]:
    """Run one part; return its numbers, the seconds it took, and why it failed if it did."""
    began = time.monotonic()
    found: list[Measure] = []
    trouble = ""
    try:
        found += (m for m in PARTS[name](cli, gold) if m.n != 0)
    except (ProgramFailed, OSError, ValueError, KeyError, TypeError) as error:
        trouble = f"{type(error).__name__}: {error}"
    return found, time.monotonic() - began, trouble


def in_order(found: Iterable[Measure]) -> Iterator[Measure]:
    """Yield our numbers in their order, each followed by those of others for the same, then what stands alone."""
    others: dict[str, list[Measure]] = defaultdict(list)
    ours: list[Measure] = []
    for m in found:
        name, by = whose(m.name)
        if by is None:
            ours.append(m)
        else:
            others[name].append(m)
    for m in ours:
        yield m
        yield from others.pop(m.name, ())
    for rest in others.values():
        yield from rest


def print_table(found: Iterable[Measure], floors: dict[str, pinned.Floor]) -> None:
    """Print every number with what it was measured on and its floor; a class of errors with its change."""
    print(f"\n{'number':76} {'value':>7} {'floor':>6}   {'gold':32} {'split':24} {'n':>6}")
    before = attribution_errors.before()
    for m in in_order(found):
        name, by = whose(m.name)
        floor = floors.get(m.name)
        mark = "  BELOW" if floor and pinned.gain(floor, m) < -pinned.EPSILON else ""
        kept = f"{floor.value:6.1f}" if floor else f"{'new' if m.pinned else _change(m, before):>6}"
        shown = m.name if by is None else f"    {name} [{by}]"
        print(f"{shown:76} {m.value:7.1f} {kept}   {m.gold:32} {m.split:24} {'' if m.n is None else m.n:>6}{mark}")


def _change(m: Measure, before: dict[str, int]) -> str:
    was = before.get(m.name.removeprefix(ERRORS))
    return "" if was is None else f"{m.value - was:+.0f}"


def print_misses(found: Iterable[Measure]) -> None:
    """Print what was wrong, number by number."""
    for m in found:
        for miss in m.misses:
            print(f"{m.name}: {miss}")


def _update(
    path: Path, floors: dict[str, pinned.Floor], found: list[Measure], ran: list[str], allowed: list[str]
) -> int:
    today = datetime.now(UTC).date().isoformat()
    try:
        new = pinned.raised(floors, found, allowed, today)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    pinned.save(path, new.values())
    shown = pinned.beside(pinned.load(BESIDE), _not_counted(found), [p for name in ran for p in prefixes(name)], today)
    pinned.save(BESIDE, shown.values())
    if counts := {m.name.removeprefix(ERRORS): int(m.value) for m in found if m.name.startswith(ERRORS)}:
        attribution_errors.save(counts)
    write_tables(new)
    changed = sum(new[name] != floors.get(name) for name in new)
    print(f"\n{changed} floors written to {path.relative_to(ROOT)}; tables in README.md and docs/evaluation.md renewed")
    return 0


def _not_counted(found: Iterable[Measure]) -> list[Measure]:
    """All but the classes whose counts are kept by version, in a file of their own."""
    return [m for m in found if not m.name.startswith(ERRORS)]


def verdict(floors: dict[str, pinned.Floor], found: list[Measure], ran: list[str], failed: list[str]) -> int:
    """Print what fell, vanished or failed; return the exit code."""
    fallen = pinned.below(floors, found)
    gone = pinned.missing(floors, found, [p for name in ran for p in prefixes(name)])
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
