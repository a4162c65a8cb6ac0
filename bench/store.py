"""Times the store on a made-up corpus: articles in, searches, and reads by a second process while a first writes.

Articles have 300 words drawn from a vocabulary with the frequencies of a natural one (Zipf), a page beside each, and
come in batches of 500, each committed to the disk before the next. By default 100,000 of them, which takes a minute.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from measures import Measure
from twosource.article import Article, Outlet
from twosource.store import Database, articles, open_store
from twosource.store import search as searching
from twosource.store.articles import Incoming

ARTICLES = 100_000  # whole batches are stored
BATCH = 500
WORDS = 300
VOCABULARY = 60_000
OUTLETS = 200
DAY = 86_400.0
BEGIN = 1_900_000_000.0
SEARCHES = 300
SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er"))

READER = """
import sys, time
from twosource.store import articles, open_store
end = time.monotonic() + float(sys.argv[2])
with open_store(sys.argv[1], readonly=True) as db:
    while time.monotonic() < end:
        began = time.perf_counter()
        found = articles.listed(db, limit=20)
        db.rows("SELECT number FROM article_words WHERE 1 = 0" if db.dialect == "postgresql" else
                "SELECT rowid FROM article_words WHERE article_words MATCH 'ba' ORDER BY rowid DESC LIMIT 20")
        print(time.perf_counter() - began, found[0].number if found else 0, flush=True)
        time.sleep(0.02)
"""


def corpus(many: int, seed: int = 1) -> Iterator[Incoming]:
    """Yield made-up articles, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    vocabulary = [_word(n) for n in range(VOCABULARY)]
    weights = list(accumulate(1 / (n + 2.7) for n in range(VOCABULARY)))
    for n in range(many):
        text = " ".join(chance.choices(vocabulary, cum_weights=weights, k=WORDS))
        outlet = n % OUTLETS
        yield Incoming(
            article=Article(
                id=f"made-{n}",
                text=text,
                title=text[:60],
                outlet=Outlet(f"Outlet {outlet}", f"outlet{outlet}.example"),
                url=f"https://outlet{outlet}.example/{n}",
                published=f"2030-{1 + n % 3:02}-{1 + n % 28:02}",
            ),
            body=f"<p>{text}</p>".encode(),
            media_type="text/html",
        )


def _word(n: int) -> str:
    made = ""
    while True:
        n, last = divmod(n, len(SYLLABLES))
        made = SYLLABLES[last] + made
        if not n:
            return made


def measured(many: int = ARTICLES, address: str | None = None) -> Iterator[Measure]:
    """Yield the numbers for a store of ``many`` articles, in a temporary file or, empty, at ``address``."""
    with tempfile.TemporaryDirectory(prefix="twosource-store-") as folder:
        place = address or str(Path(folder) / "news.db")
        with open_store(place) as db:
            gold = f"{many} made-up articles of {WORDS} words, {'a file' if db.dialect == 'sqlite' else 'a server'}"
            for name, value, n, better in _numbers(db, place, many):
                higher = "higher" if better > 0 else "lower"
                yield Measure(f"store: {name}", value, gold, "made", n, "higher" if higher == "higher" else "lower")


def _numbers(db: Database, place: str, many: int) -> Iterator[tuple[str, float, int | None, int]]:
    took, worked, commits, reads = _ingest(db, place, many)
    yield "articles a second, durable", many / took, many, 1
    yield "articles a second of processor time", many / worked, many, 1
    yield "a batch of 500, p99 ms", _p(commits, 99), len(commits), -1
    yield "read by a second process while it writes, p95 ms", _p([t for t, _ in reads], 95), len(reads), -1
    yield "states seen by that process", len({last for _, last in reads}), len(reads), 1
    if db.dialect == "sqlite":
        yield "kilobytes an article", Path(place).stat().st_size / many / 1000, many, -1
    for name, times in _searches(db, many).items():
        yield f"{name}, p95 ms", _p(times, 95), len(times), -1
        yield f"{name}, median ms", statistics.median(times) * 1000, len(times), -1


def _ingest(db: Database, place: str, many: int) -> tuple[float, float, list[float], list[tuple[float, int]]]:
    """Store all; return seconds by the clock and of the processor, of each batch, and what a second process saw."""
    command = [sys.executable, "-c", READER, place, str(5.0)]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    worked, commits = 0.0, list[float]()
    batch: list[Incoming] = []
    for incoming in corpus(many):
        batch.append(incoming)
        if len(batch) == min(BATCH, many):
            before = time.process_time()
            commits.append(_timed(db, batch, len(commits)))
            worked += time.process_time() - before
            batch = []
    seen = [line.split() for line in reader.communicate()[0].splitlines()]
    return sum(commits), worked, commits, [(float(took), int(last)) for took, last in seen]


def _timed(db: Database, batch: list[Incoming], n: int) -> float:
    began = time.perf_counter()
    articles.add(db, batch, now=BEGIN + n)
    return time.perf_counter() - began


def _searches(db: Database, many: int) -> dict[str, list[float]]:
    """Seconds of searches of several kinds, each the first page of 20."""
    chance = random.Random(2)  # noqa: S311 - no secret
    vocabulary = [_word(n) for n in range(VOCABULARY)]
    rare = lambda: vocabulary[chance.randrange(200, 20_000)]  # noqa: E731
    often = lambda: vocabulary[chance.randrange(200)]  # noqa: E731
    kinds = {
        "search by two words": lambda: f"{rare()} {often()}",
        "search by frequent words": lambda: f"{often()} {often()}",
        "search by either of two words": lambda: f"{rare()} OR {rare()}",
        "search by a phrase": lambda: f'"{often()} {often()}"',
        "search by word, outlet and days": lambda: (
            f'{often()} outlet:"Outlet {chance.randrange(OUTLETS)}" after:2030-02-01 before:2030-02-20'
        ),
    }
    runs = SEARCHES // len(kinds)
    return {name: [_search(db, query()) for _ in range(runs)] for name, query in kinds.items()} | {
        "an article by its id": [_get(db, chance.randrange(many)) for _ in range(runs)],
        "the newest of an outlet": [_listed(db, chance.randrange(OUTLETS)) for _ in range(runs)],
    }


def _search(db: Database, query: str) -> float:
    began = time.perf_counter()
    searching.articles(db, query, limit=20)
    return time.perf_counter() - began


def _get(db: Database, n: int) -> float:
    began = time.perf_counter()
    articles.get(db, [f"made-{n}"])
    return time.perf_counter() - began


def _listed(db: Database, n: int) -> float:
    began = time.perf_counter()
    articles.listed(db, outlet=f"Outlet {n}", limit=20)
    return time.perf_counter() - began


def _p(times: list[float], share: int) -> float:
    """The time in milliseconds under which that share of them lies."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


def main() -> int:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--store", help="an empty store to use, such as postgresql://…; else a temporary file")
    ask = parser.parse_args()
    began = time.monotonic()
    for measure in measured(ask.articles, ask.store):
        print(f"{measure.name:64} {measure.value:10.2f}   ({measure.n})")
    print(f"{time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
