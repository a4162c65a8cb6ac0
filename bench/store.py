"""Times the store on a made-up newsroom: articles in, stories and reports, searches, reads beside a writer.

Articles have 300 words and a page beside each, and come in batches of 500, each committed to the disk before the next;
each is put into a story and gets a report with six quotations and four figures. By default 100,000 of them, which takes
four minutes; ``--quick`` takes 10,000 and less than one. The same is done with fewer on a PostgreSQL server, where one
can be started. Times by the clock suffer from what else the machine does: the processor's stand beside them, and the
load of the machine is printed.
"""

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import store_corpus
from measures import Measure
from store_corpus import Newsroom
from store_queries import TYPED, Act, asker
from twosource.store import Database, articles, open_store, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment

ROOT = Path(__file__).resolve().parent.parent
ARTICLES, ON_SERVER = 100_000, 10_000
QUICK, QUICK_ON_SERVER = 10_000, 1_000
BATCH = 500
SEARCHES, TYPED_SEARCHES = 40, 200
"""Searches of each kind, and of the realistic mix."""

READER = """
import sys, time
from twosource.store import articles, open_store, search
end = time.monotonic() + float(sys.argv[2])
with open_store(sys.argv[1], readonly=True) as db:
    while time.monotonic() < end:
        began = time.perf_counter()
        found = articles.listed(db, limit=20)
        search.articles(db, "ba", limit=20)
        print(time.perf_counter() - began, found[0].number if found else 0, flush=True)
        time.sleep(0.02)
"""
WATCHED = 5.0
"""Seconds for which a second process reads."""

Batch = list[tuple[Incoming, str, tuple[str, ...]]]


@dataclass(slots=True)
class Clock:
    """How long something took, by the clock and of the processor, in seconds each time."""

    walls: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time what is inside."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.works.append(time.process_time() - worked)
        self.walls.append(time.perf_counter() - began)


def measured(many: int = ARTICLES, address: str | None = None) -> Iterator[Measure]:
    """Yield the numbers for a store of ``many`` articles, in a temporary file or, empty, at ``address``."""
    with tempfile.TemporaryDirectory(prefix="twosource-store-") as folder:
        place = address or str(Path(folder) / "news.db")
        room = Newsroom(many)
        with open_store(place) as db:
            where = "a file" if db.dialect == "sqlite" else "a server"
            part = "store" if db.dialect == "sqlite" else "store on a server"
            gold = f"{many} made-up articles of {store_corpus.WORDS} words, {where}"
            for name, value, n in (*filled(db, place, room), *_asked(db, room)):
                higher = "a second" in name or "states" in name
                yield Measure(f"{part}: {name}", value, gold, "made", n, "higher" if higher else "lower")


def on_a_server(many: int) -> Iterator[Measure]:
    """Yield the same for a PostgreSQL server that is started for it; nothing where none can be."""
    sys.path.insert(0, str(ROOT))
    server = importlib.import_module("tests.store.server")
    if importlib.util.find_spec("psycopg") is None or server.programs() is None:
        print("PostgreSQL or psycopg is not installed: skipped")
        return
    with server.running() as address:
        yield from measured(many, address)


def filled(db: Database, place: str, room: Newsroom) -> Iterator[tuple[str, float, int]]:
    """Store all of the newsroom."""
    adding, seating, reading = Clock(), Clock(), Clock()
    beside = subprocess.Popen([sys.executable, "-c", READER, place, str(WATCHED)], stdout=subprocess.PIPE, text=True)
    came, n = room.articles(), 0
    while batch := list(islice(came, BATCH)):
        n += len(batch)
        now = store_corpus.BEGIN + store_corpus.GAP * n
        with adding.running():
            outcomes = articles.add(db, [incoming for incoming, _, _ in batch], now=now)
        with seating.running():
            stories.assign(db, [_seat(o, story) for o, (_, story, _) in zip(outcomes, batch, strict=True)], now)
        with reading.running():
            _reported(db, outcomes, batch, room, now)
    if db.dialect == "postgresql":
        db.scrub()  # what a server does by itself after a while: without numbers of its rows it plans badly
    seen = [line.split() for line in beside.communicate()[0].splitlines()]
    yield "articles a second, durable", n / sum(adding.walls), n
    yield "articles a second of processor time", n / sum(adding.works), n
    yield "a batch of 500, p99 ms", _p(adding.walls, 99), len(adding.walls)
    yield "articles put into stories a second", n / sum(seating.walls), n
    yield "reports a second", n / sum(reading.walls), n
    yield "read by a second process while it writes, p95 ms", _p([float(took) for took, _ in seen], 95), len(seen)
    yield "states seen by that process", len({last for _, last in seen}), len(seen)
    if db.dialect == "sqlite":
        yield "kilobytes an article", Path(place).stat().st_size / n / 1000, n


def _seat(outcome: articles.Outcome, story: str) -> Assignment:
    return Assignment(outcome.id, story, 1.0, 0.5, (), new=False)


def _reported(db: Database, outcomes: Sequence[articles.Outcome], batch: Batch, room: Newsroom, now: float) -> None:
    with db.writing() as w:
        for outcome, (incoming, _, people) in zip(outcomes, batch, strict=True):
            made = store_corpus.report(incoming.article, outcome.number, people, room.chance)
            reports.put_within(w, outcome.number, made, "made", now=now)


def _asked(db: Database, room: Newsroom) -> Iterator[tuple[str, float, int]]:
    """Time each kind of search, the first page of 20."""
    for name, make in asker(db, room).kinds().items():
        n = TYPED_SEARCHES if name == TYPED else SEARCHES
        clock = _timed([make() for _ in range(n)])
        yield f"{name}, p95 ms", _p(clock.walls, 95), n
        yield f"{name}, p95 ms of processor time", _p(clock.works, 95), n
        yield f"{name}, median ms", statistics.median(clock.walls) * 1000, n


def _timed(acts: Sequence[Act]) -> Clock:
    clock = Clock()
    for act in acts:
        with clock.running():
            act()
    return clock


def _p(times: Sequence[float], share: int) -> float:
    """The time in milliseconds under which that share of them lies."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


def main() -> int:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, help=f"how many; {ARTICLES}, or with --quick {QUICK}")
    parser.add_argument("--quick", action="store_true", help="less than a minute")
    parser.add_argument("--store", help="an empty store to use, such as postgresql://…; else a temporary file")
    parser.add_argument("--no-server", action="store_true", help="leave PostgreSQL out")
    ask = parser.parse_args()
    began = time.monotonic()
    many = ask.articles or (QUICK if ask.quick else ARTICLES)
    _shown(lambda: measured(many, ask.store))
    if not (ask.no_server or ask.store):
        _shown(lambda: on_a_server(min(many, QUICK_ON_SERVER if ask.quick else ON_SERVER)))
    print(f"{time.monotonic() - began:.0f} s; load of the machine {os.getloadavg()[0]:.1f}")
    return 0


def _shown(numbers: Callable[[], Iterator[Measure]]) -> None:
    for measure in numbers():
        print(f"{measure.name:78} {measure.value:10.2f}   ({measure.n})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
