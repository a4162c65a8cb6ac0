"""Kills a process that writes into a store, a thousand times if need be, and looks at what is left.

Each time: a new store, a child that takes a corpus in, SIGKILL after a random while or at a named place. Then the
store's own checks have to pass, everything that was acknowledged has to be there, nothing twice, and a second run has
to end with what a run ends with that nobody killed. Zero failures in N trials bound the rate of failures (95 %) at 3/N.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import crash_child
from measures import Measure
from twosource.store import feeds, open_store, runs
from twosource.store.database import Database

CHILD = Path(crash_child.__file__)

POINTS = ("mid_transaction", "after_commit", "mid_rows", "mid_batch", "mid_migration", "mid_forget")
"""Named places of `twosource.store.crashing`."""

State = dict[str, object]


@dataclass(frozen=True, slots=True)
class Trial:
    """One kill: where it was asked for, whether it came before the child's end, and what was wrong afterwards."""

    where: str
    killed: bool
    faults: tuple[str, ...]


def trials(places: Iterator[str], folder: Path, *, kills: int, seed: int = 0) -> Iterator[Trial]:
    """Kill ``kills`` children, each over a store at the next of ``places``; every third at a named point."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    began = time.monotonic()
    ack = folder / "ack-whole"
    place = next(places)
    _run(place, ack, seed).wait()
    whole, took = _state(place), time.monotonic() - began
    for n in range(kills):
        at = f"{POINTS[n // 3 % len(POINTS)]}:{chance.randrange(1, 12)}" if n % 3 == 0 else ""
        if at.startswith(("mid_migration", "mid_forget")):
            at = at.partition(":")[0]
        yield _trial(next(places), folder / f"ack-{n}", at, chance.uniform(0, took), seed, whole)


def _trial(place: str, ack: Path, at: str, after: float, seed: int, whole: State) -> Trial:
    child = _run(place, ack, seed, at)
    if not at:
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
    killed = child.wait() == -signal.SIGKILL
    faults = [*_left(place, ack)]
    if status := _run(place, ack, seed).wait():
        faults.append(f"the second run ended with {status}")
    again = _state(place)
    faults += [f"{what} is not that of a run that was not killed" for what in whole if again[what] != whole[what]]
    ack.unlink(missing_ok=True)
    return Trial(at or f"after {after:.3f} s", killed, tuple(faults))


def _run(place: str, ack: Path, seed: int, at: str = "") -> "subprocess.Popen[bytes]":
    env: Mapping[str, str] = {**os.environ, "TWOSOURCE_CRASH": at}
    return subprocess.Popen([sys.executable, CHILD, place, ack, str(seed)], env=env, stderr=subprocess.DEVNULL)


def _left(place: str, ack: Path) -> Iterator[str]:
    """What is wrong with a store whose writer was killed."""
    acknowledged = set(ack.read_text(encoding="utf-8").split()) if ack.exists() else set()
    with open_store(place) as db:
        yield from db.check(thorough=True)
        rows = db.rows("SELECT id, key, sha256 FROM article")
        stored = {row["id"] for row in rows}
        if lost := acknowledged - stored - set(crash_child.FORGOTTEN):
            yield f"{len(lost)} acknowledged articles are lost"
        if len({(row["key"], row["sha256"]) for row in rows}) < len(rows):
            yield "an article is there twice"
        run = runs.last(db)
        if run and not run.seen >= run.stored + run.known:
            yield "the ledger counts more than was seen"


def _state(place: str) -> State:
    """All that two runs have to agree on; numbers of rows and of runs may differ."""
    with open_store(place) as db:
        return {
            "texts": sorted(map(tuple, db.rows("SELECT id, key, sha256, version, text, title, original FROM article"))),
            "originals": sorted(row[0] for row in db.rows("SELECT sha256 FROM original")),
            "queue": sorted(map(tuple, db.rows("SELECT key, url, state FROM entry"))),
            "sightings": db.rows("SELECT count(*) FROM sighting")[0][0],
            "waiting": db.rows("SELECT count(*) FROM ungrouped")[0][0],
            "feeds": [(feed.url, feed.next_poll) for feed in feeds.all(db)],
            "faults": db.check(thorough=True),
            "ledger": _balance(db),
        }


def _balance(db: Database) -> tuple[bool, bool]:
    run = runs.last(db)
    return (run is not None and run.balances, run is not None and run.ended is not None)


def files(folder: Path) -> Iterator[str]:
    """Names of new stores in files, the last one removed each time the next is asked for."""
    for n in range(10**9):
        yield str(folder / f"news-{n}.db")
        for old in folder.glob(f"news-{n}.db*"):
            old.unlink()


def measured(kills: int = 200, seed: int = 0) -> Iterator[Measure]:
    """Yield how many kills there were, and how many of them did harm."""
    with tempfile.TemporaryDirectory(prefix="twosource-crash-") as folder:
        done = []
        for trial in trials(files(Path(folder)), Path(folder), kills=kills, seed=seed):
            done.append(trial)
            print("." if not trial.faults else f"\n{trial.where}: {'; '.join(trial.faults)}", end="", flush=True)
    print()
    harmed = [f"{t.where}: {'; '.join(t.faults)}" for t in done if t.faults]
    yield Measure("store: kills that found the writer at work", sum(t.killed for t in done), "own", "made", kills)
    yield Measure("store: kills that did harm", len(harmed), "own", "made", kills, "lower", tuple(harmed))


def main() -> int:
    """Kill and count; exit with 1 if one kill did harm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    ask = parser.parse_args()
    began = time.monotonic()
    found = list(measured(ask.kills, ask.seed))
    for measure in found:
        print(f"{measure.name}: {measure.value:.0f} of {measure.n}")
    print(f"{time.monotonic() - began:.0f} s")
    return int(found[-1].value > 0)


if __name__ == "__main__":
    sys.exit(main())
