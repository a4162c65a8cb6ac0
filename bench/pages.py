"""What a reader waits for, and what a page weighs: stories of 14 and 50 reports over a store, served on loopback.

The stories are the bundled one told again and again: every further report leaves out sentences, changes a number, and
has an outlet and hour of its own. Prints the budget beside each number. Nothing is asserted here.
"""

import argparse
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from measures import Measure

if TYPE_CHECKING:
    from twosource.article import Article

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "src" / "twosource" / "demo"
SIZES = (14, 50)
NOW = 1_760_600_000.0
READERS = 50
"""Readers at once."""

BUDGETS = {
    "pages: HTML of 14 reports": "at most 100 KB",
    "pages: JavaScript": "at most 30 KB",
    "pages: 50 reports, p95 warm": "under 200 ms",
    "pages: 50 reports, p95 unchanged": "under 60 ms",
    "pages: 50 reports, rendered anew": "none",
    "pages: 50 readers at once, p95": "under 500 ms",
    "pages: 50 readers at once, errors": "0",
    "pages: 50 readers while articles come in, p95": "under 500 ms",
    "pages: 50 readers while articles come in, errors": "0",
    "pages: 50 readers while articles come in, articles added": "none",
    "pages: 50 readers while articles come in, articles joined to stories": "none",
    "pages: ready after": "under 2 s",
    "pages: first paint in Chromium": "under 1 s",
}
"""What issue 9 of the project asks for on an idle machine with two cores."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its process, port, and how long it took until it answered."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float


def measures() -> Iterator[Measure]:
    """Yield every number; times in milliseconds, sizes in kilobytes."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "news.db"
        stories = fill(store)
        served = serve(store)
        try:
            yield _measure("pages: ready after", served.seconds * 1000)
            yield from _weights(served.port, stories)
            yield from _times(served.port, stories[50])
            yield from _crowd(served.port, stories[50])
            yield from _paint(served.port, stories[50])
            yield from _growing(served.port, store, stories[50])
        finally:
            served.process.terminate()
            served.process.wait(timeout=10)


def _measure(name: str, value: float, n: int | None = None) -> Measure:
    return Measure(name, round(value, 1), "the bundled story told again", "own", n, "lower", pinned=False)


def fill(place: Path) -> dict[int, str]:
    """Make a store with a story of each of `SIZES`; return their ids by size."""
    from twosource.article import Article
    from twosource.desk.intake import incoming
    from twosource.pipeline import account, read
    from twosource.sources.files import articles as inputs
    from twosource.store import accounts, articles, open_store, reports, stories
    from twosource.stories.judgements import Assignment
    from twosource.version import VERSION

    bundled = [a for a in inputs([str(DEMO)]) if isinstance(a, Article)]
    ids = {size: f"story-{size:012x}" for size in SIZES}
    with open_store(place) as db:
        for size, story in ids.items():
            told = [read(a) for a in _retold(bundled, size)]
            outcomes = articles.add(db, [incoming(r.article) for r in told], now=NOW)
            placed = [Assignment(o.id, story, score=1.0, margin=0.5, why=(), new=False) for o in outcomes]
            stories.assign(db, placed, NOW)
            for outcome, report in zip(outcomes, told, strict=True):
                reports.put(db, outcome.number, report, VERSION, now=NOW)
            kept = [replace(r, article=replace(r.article, id=o.id)) for o, r in zip(outcomes, told, strict=True)]
            accounts.put(db, story, account(kept), "bench", NOW)
    return ids


def _retold(bundled: list["Article"], size: int) -> Iterator["Article"]:
    """The bundled reports, then shortened and changed ones of other outlets."""
    from twosource.article import Outlet

    chance = random.Random(size)  # noqa: S311 - texts of a benchmark
    for n in range(size):
        base = bundled[n % len(bundled)]
        lines = base.text.split("\n")
        if n >= len(bundled):
            lines = [line for line in lines if not line.strip() or chance.random() > 0.25]
        text = "\n".join(lines).replace("14", str(14 + n % 3))
        own = base.outlet.name if base.outlet else ""
        hour = f"2025-10-15T{6 + n % 16:02}:{n % 60:02}:00Z"
        yield replace(
            base,
            id=f"bench-{size}-{n}",
            text=text,
            markup=(),
            outlet=Outlet(f"Outlet {n}" if n >= len(bundled) else own),
            url=f"https://outlet-{size}-{n}.example/ammonia",
            published=hour,
        )


SERVE = """
import sys
from twosource.store import open_store
from twosource.web.serving import Serving, serve
from twosource.web.stored import StoreNewsroom
db = open_store(sys.argv[1], readonly=True)
serve(StoreNewsroom(db), Serving(port=0), ready=lambda address: print(address, flush=True))
"""


def serve(store: Path) -> Served:
    """Start a server of its own process over ``store``."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(store)], stdout=subprocess.PIPE)
    line = process.stdout.readline().decode() if process.stdout else ""
    port = int(line.rstrip("/\n").rpartition(":")[2])
    get(port, "/")
    return Served(process, port, time.perf_counter() - begun)


def get(port: int, path: str, tag: str = "") -> tuple[int, int, str]:
    """Ask once, as a browser does; return status, size of the body as sent, and the ETag."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", path, headers={"Accept-Encoding": "gzip"} | ({"If-None-Match": tag} if tag else {}))
        answer = link.getresponse()
        return answer.status, len(answer.read()), answer.headers.get("ETag", "")
    finally:
        link.close()


def _weights(port: int, stories: dict[int, str]) -> Iterator[Measure]:
    import urllib.request

    for size, story in stories.items():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/story/{story}") as answer:
            body = answer.read()
        yield _measure(f"pages: HTML of {size} reports", len(body) / 1000, size)
        yield _measure(f"pages: HTML of {size} reports, compressed", get(port, f"/story/{story}")[1] / 1000, size)
    scripts = sum(p.stat().st_size for p in (ROOT / "src/twosource/web/static").glob("*.js"))
    yield _measure("pages: JavaScript", scripts / 1000)


def _timed(port: int, path: str, tag: str = "") -> float:
    begun = time.perf_counter()
    status, _, _ = get(port, path, tag)
    if status not in (200, 304):
        raise RuntimeError(f"{path}: {status}")
    return (time.perf_counter() - begun) * 1000


def _times(port: int, story: str) -> Iterator[Measure]:
    path = f"/story/{story}"
    yield _measure(
        "pages: 50 reports, rendered anew", statistics.median(_timed(port, f"{path}?speaker=x{n}") for n in range(5))
    )
    tag = get(port, path)[2]
    warm = [_timed(port, path) for _ in range(100)]
    same = [_timed(port, path, tag) for _ in range(100)]
    yield _measure("pages: 50 reports, p95 warm", p95(warm), 100)
    yield _measure("pages: 50 reports, p95 unchanged", p95(same), 100)
    for kind in ("/print", "/statements", "/figures"):
        yield _measure(f"pages: 50 reports, {kind[1:]} made first", _timed(port, path + kind))


def _crowd(port: int, story: str) -> Iterator[Measure]:
    """Many readers at once, each of a few pages."""
    took, wrong = _readers(port, story)
    yield _measure("pages: 50 readers at once, p95", p95(took), len(took))
    yield _measure("pages: 50 readers at once, errors", len(wrong), len(took))


def _growing(port: int, store: Path, story: str) -> Iterator[Measure]:
    """The same while a process adds articles, one each tenth of a second, and the desk groups, reads and accounts."""
    from twosource.store import open_store, shelf

    name = "pages: 50 readers while articles come in"
    with open_store(store, readonly=True) as db:
        before = sum(s.size for s in shelf.listed(db))
        adding = subprocess.Popen([sys.executable, "-c", ADD, str(store)], cwd=ROOT / "bench")
        time.sleep(1)
        desk = subprocess.Popen(
            [sys.executable, "-m", "twosource", "watch", "--offline", "--quiet"],
            env=os.environ | {"TWOSOURCE_STORE": str(store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        took: list[float] = []
        wrong: list[str] = []
        for _ in range(5):
            more, bad = _readers(port, story)
            took, wrong = took + more, wrong + bad
        for process in (adding, desk):
            process.terminate()
            process.wait(timeout=60)
        added = db.rows("SELECT count(*) FROM article WHERE id LIKE :late", late="late-%")[0][0]
        grown = sum(s.size for s in shelf.listed(db)) - before
    yield _measure(f"{name}, p95", p95(took), len(took))
    yield _measure(f"{name}, errors", len(wrong), len(took))
    yield _measure(f"{name}, articles added", added)
    yield _measure(f"{name}, articles joined to stories", grown)


ADD = """
import sys, time
from dataclasses import replace
from pages import DEMO, NOW, _retold
from twosource.article import Article
from twosource.desk.intake import incoming
from twosource.sources.files import articles as inputs
from twosource.store import articles, open_store
bundled = [a for a in inputs([str(DEMO)]) if isinstance(a, Article)]
with open_store(sys.argv[1]) as db:
    for n, late in enumerate(_retold(bundled, 500)):
        text = late.text.replace("ammonia", f"ammonia {n}")
        told = replace(late, id=f"late-{n}", text=text, published=None, url=f"https://late-{n}.example/")
        articles.add(db, [incoming(told)], now=NOW + n)
        time.sleep(0.1)
"""


def _readers(port: int, story: str) -> tuple[list[float], list[str]]:
    """What many readers at once waited for each page, in milliseconds, and what they were refused."""
    took: list[float] = []
    wrong: list[str] = []

    def reader(n: int) -> None:
        for path in (
            "/",
            f"/story/{story}",
            f"/story/{story}/statements",
            f"/story/{story}?rests=one",
            "/?order=newest",
        ):
            try:
                took.append(_timed(port, path))
            except (OSError, RuntimeError) as error:
                wrong.append(f"{n} {path} {error}")

    readers = [threading.Thread(target=reader, args=(n,)) for n in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return took, wrong


def _paint(port: int, story: str) -> Iterator[Measure]:
    """First paint in Chromium, each time in a fresh context; skipped where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("pages: first paint is left out, playwright is not installed")
        return
    found = shutil.which("chromium")
    if found is None:
        print("pages: first paint is left out, there is no Chromium")
        return
    painted = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for _ in range(5):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{port}/story/{story}")
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        browser.close()
    yield _measure("pages: first paint in Chromium", statistics.median(painted), len(painted))


def p95(took: list[float]) -> float:
    """The time that 95 in 100 did not exceed."""
    return sorted(took)[int(len(took) * 0.95) - 1]


def main() -> int:
    """Measure and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for found in measures():
        budget = BUDGETS.get(found.name, "")
        print(f"{found.name:<48} {found.value:>9,.1f}" + (f"   ({budget})" if budget else ""), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
