"""What a reader waits for, and what a page weighs: stories of 14 and 50 reports over a store, served on loopback.

The stories are the bundled one told again and again: every further report leaves out sentences, changes a number, and
has an outlet and hour of its own. Lists are asked of a store of ``--many`` made-up articles (see ``store.py``), in
stories of six on average. Prints the budget beside each number, and how busy the machine was. Nothing is asserted here.
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

MANY = 10_000
"""Articles of the store that is asked for lists, by default: half a minute to make; 100,000 take four."""

LISTS = ("/", "/?order=newest", "/?order=coverage", "/speakers", "/outlets", "/conflicts", "/log", "/feeds")
"""Lists that are asked for."""

AGAIN = 20
"""Times each list is asked for."""

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
    "pages: ready after, bundled story": "under 2 s",
    "pages: processor time until ready": "under 900 ms",
    "pages: first paint in Chromium": "under 1 s",
}
"""What issue 9 of the project asks for on an idle machine with two cores."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its process, port, and how long it took until its first page was there; ``work`` is the
    processor time until it answered.
    """

    process: subprocess.Popen[bytes]
    port: int
    seconds: float
    work: float


def measures(many: int = MANY) -> Iterator[Measure]:
    """Yield every number; times in milliseconds, sizes in kilobytes."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "news.db"
        stories = fill(store)
        yield from _ready(store)
        served = serve("--store", str(store))
        try:
            yield from _weights(served.port, stories)
            yield from _times(served.port, stories[50])
            yield from _crowd(served.port, stories[50])
            yield from _paint(served.port, stories[50])
            yield from _growing(served.port, store, stories[50])
        finally:
            ended(served)
    yield from _lists(many)


def _ready(store: Path) -> Iterator[Measure]:
    """How long it takes until the first page is there; the middle one of five starts."""
    for name, ask in (("", ("--store", str(store))), (", bundled story", ("--demo",))):
        runs = []
        for _ in range(5):
            served = serve(*ask)
            runs.append((served.seconds, served.work))
            ended(served)
        yield _measure(f"pages: ready after{name}", statistics.median(took for took, _ in runs) * 1000, len(runs))
        if not name:
            work = statistics.median(work for _, work in runs) * 1000
            yield _measure("pages: processor time until ready", work, len(runs))


def _lists(many: int) -> Iterator[Measure]:
    """What each list takes over a large store: asked for the first time, and again and again."""
    import store
    from store_corpus import Newsroom
    from twosource.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "news.db")
        room = Newsroom(many)
        with open_store(place) as db:
            for _ in store.filled(db, place, room):
                pass
        served = serve("--store", place, watched=False)
        try:
            yield from lists(served.port, many, [room.own(1)[0] for _ in range(AGAIN)])
        finally:
            ended(served)


def lists(port: int, many: int, words: list[str]) -> Iterator[Measure]:
    """Yield what the lists of a served store of ``many`` articles take; each of ``words`` is searched for."""
    for path in LISTS:
        first, *rest = (_timed(port, path) for _ in range(AGAIN))
        yield _measure(f"pages: {many:,} articles, {path}, first", first)
        yield _measure(f"pages: {many:,} articles, {path}, p95", p95(rest), len(rest))
    took = [_timed(port, f"/search?q={word}") for word in words]
    yield _measure(f"pages: {many:,} articles, a search, p95", p95(took), len(took))


def _measure(name: str, value: float, n: int | None = None) -> Measure:
    return Measure(name, round(value, 1), "the bundled story told again", "own", n, "lower", pinned=False)


def fill(place: Path) -> dict[int, str]:
    """Make a store with a story of each of `SIZES`; return their ids by size."""
    from twosource.article import Article
    from twosource.pipeline import account, read
    from twosource.sources.files import articles as inputs
    from twosource.store import accounts, articles, open_store, reports, stories
    from twosource.store.article_rows import Incoming
    from twosource.stories.judgements import Assignment
    from twosource.version import VERSION

    bundled = [a for a in inputs([str(DEMO)]) if isinstance(a, Article)]
    ids = {size: f"story-{size:012x}" for size in SIZES}
    with open_store(place) as db:
        for size, story in ids.items():
            told = [read(a) for a in _retold(bundled, size)]
            outcomes = articles.add(db, [Incoming(article=r.article) for r in told], now=NOW)
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


ALONE = """
import sys
from twosource.store import open_store
from twosource.web.serving import Serving, serve
from twosource.web.stored import StoreNewsroom
db = open_store(sys.argv[1], readonly=True)
serve(StoreNewsroom(db), Serving(port=0), ready=lambda address: print("open", address, file=sys.stderr, flush=True))
"""
"""A server without a desk beside it, which would find a hundred thousand articles to read."""


def serve(*asked: str, watched: bool = True) -> Served:
    """Run ``twosource serve`` as asked, or over the last of ``asked`` without a desk, until its first page is there."""
    begun = time.perf_counter()
    command = ["-m", "twosource", "serve", "--port", "0", *asked] if watched else ["-c", ALONE, asked[-1]]
    process = subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE)
    line = process.stderr.readline().decode() if process.stderr else ""
    port = int(line.partition("://")[2].partition("/")[0].rpartition(":")[2])
    get(port, "/readyz")
    worked = Path(f"/proc/{process.pid}/stat")
    ticks = worked.read_text().rpartition(")")[2].split()[11:13] if worked.exists() else []
    get(port, "/")
    return Served(process, port, time.perf_counter() - begun, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"))


def ended(served: Served) -> None:
    """End a server and what runs beside it."""
    served.process.terminate()
    served.process.wait(timeout=30)


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
    """The same while a process adds articles, one each tenth of a second, and the server's desk groups, reads and
    accounts them.
    """
    from twosource.store import open_store, shelf

    name = "pages: 50 readers while articles come in"
    with open_store(store, readonly=True) as db:
        before = sum(s.size for s in shelf.listed(db))
        adding = subprocess.Popen([sys.executable, "-c", ADD, str(store)], cwd=ROOT / "bench")
        time.sleep(1)
        took: list[float] = []
        wrong: list[str] = []
        for _ in range(5):
            more, bad = _readers(port, story)
            took, wrong = took + more, wrong + bad
        time.sleep(3)
        adding.terminate()
        adding.wait(timeout=60)
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
from twosource.sources.files import articles as inputs
from twosource.store import articles, open_store
from twosource.store.article_rows import Incoming
bundled = [a for a in inputs([str(DEMO)]) if isinstance(a, Article)]
with open_store(sys.argv[1]) as db:
    for n, late in enumerate(_retold(bundled, 500)):
        text = late.text.replace("ammonia", f"ammonia {n}")
        told = replace(late, id=f"late-{n}", text=text, published=None, url=f"https://late-{n}.example/")
        articles.add(db, [Incoming(article=told)], now=NOW + n)
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=MANY, help=f"articles of the store of lists ({MANY})")
    for found in measures(parser.parse_args().many):
        budget = BUDGETS.get(found.name, "")
        print(f"{found.name:<48} {found.value:>9,.1f}" + (f"   ({budget})" if budget else ""), flush=True)
    print(f"load of the machine, last minute: {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
