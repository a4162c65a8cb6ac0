"""Days of polling a server that breaks HTTP in every way: whatever it served whole is stored once, and nothing else."""

import random
from pathlib import Path

import pytest

from tests.desk.outlets import feed, page, rss
from tests.faulty import RESET, Faulty, Slept, bomb, chunked, head, ok, packed, redirect, stall, status, streamed
from twosource.desk.newsroom import Desk
from twosource.sources.fetch import Clock, Fetcher, Limits
from twosource.store import articles, feeds, open_store, runs

FEEDS, TICKS, SHOWN = 12, 12, 4
"""Feeds, rounds of polling, and entries that a feed shows at a time."""

LIMITS = Limits(connect=0.4, total=0.6, decoded=2_000_000, wire=1_000_000)


class Outlet:
    """A feed that shows its latest entries, each time in another way; it remembers what it gave whole."""

    def __init__(self, server, number, chance):
        self.host = f"lamp{number}.example"
        self.server = server
        self.chance = chance
        self.first = number * 1_000
        self.latest = self.first + SHOWN
        self.served = set()
        self.etag = 0
        server.script(f"{self.host}/feed", self.answer)

    def shown(self):
        return range(self.latest - SHOWN, self.latest)

    def answer(self, question):
        """The feed in some way or other; two times in five as it should be."""
        if self.chance.random() < 0.4:
            return self.whole(question)
        body = feed(self.host, self.server.port, self.shown())
        faults = [
            lambda: status(404),
            lambda: status(500),
            lambda: status(429, ("Retry-After", "1000000000000")),
            lambda: status(503, ("Retry-After", "-5")),
            lambda: redirect(self.server.url("/feed", self.host)),
            lambda: redirect("http://169.254.169.254/latest"),
            lambda: redirect("file:///etc/passwd"),
            lambda: [head(200, ("Content-Length", str(len(body) + 10))), body[:-40]],
            lambda: [*packed(body)[:1], packed(body)[1][:-9]],
            lambda: packed(bomb(40_000_000)),
            lambda: streamed(100_000_000),
            lambda: stall(head(200), seconds=3.0),
            lambda: [RESET],
            lambda: ok(page(1).encode()),
            lambda: ok(b""),
            lambda: ok(body[: len(body) // 3] + b"\xff\xfe<<<", kind="application/rss+xml"),
            lambda: [b"junk\r\n\r\n"],
            lambda: chunked(body, end=b"zz\r\n"),
        ]
        return self.chance.choice(faults)()

    def whole(self, question):
        etag = f'"{self.etag}"' if self.chance.random() < 0.8 else b'"caf\xe9\xff"'
        if question.headers.get("if-none-match") == etag:
            return status(304)
        self.served |= set(self.shown())
        return rss(feed(self.host, self.server.port, self.shown()), ("ETag", etag))

    def publish(self):
        """Bring out some new articles; the oldest leave the feed."""
        more = self.chance.randrange(0, 3)
        self.latest += more
        self.etag += more > 0


def held():
    """Bytes and open files that this process holds (Linux; elsewhere nothing is measured)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0, 0
    kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) * 1024, len(list(Path("/proc/self/fd").iterdir()))


def answer_page(chance):
    def answer(question):
        number = int(question.path.rpartition("/")[2])
        if chance.random() < 0.6:
            return ok(page(number).encode())
        return chance.choice([status(500), status(404), status(410), [RESET], packed(page(number).encode())[:1]])

    return answer


@pytest.mark.timeout(240)
def test_whatever_was_served_whole_once_is_stored_once_and_nothing_else(tmp_path):
    chance = random.Random(8)
    clock = Slept()
    with Faulty() as server, open_store(tmp_path / "news.db") as db:
        outlets = [Outlet(server, n, chance) for n in range(FEEDS)]
        for outlet in outlets:
            for n in range(outlet.first, outlet.first + 10 * SHOWN):
                server.script(f"/page/{n}", answer_page(chance))
            feeds.add(db, server.url("/feed", outlet.host), now=clock.wall())
        sizes = []
        with Fetcher(
            limits=LIMITS, allow_private=["127.0.0.0/8"], resolve=server.resolve, per_host_delay=0.0,
            clock=Clock(clock.now, clock.wall), sleep=clock.sleep, ports=[range(1, 65_536)], robots=False,
        ) as fetcher:  # fmt: skip
            for tick in range(TICKS):
                desk = Desk(db, clock=clock.wall, tell=lambda _: None, fetcher=fetcher)
                with desk.open("watch") as run:
                    desk.gather(run)
                    assert desk.close_run(run).balances
                for outlet in outlets:
                    outlet.publish() if tick < TICKS // 2 else None
                clock.at += 12 * 3600
                sizes.append(held())
            for _ in range(12):  # what still waits is tried until it is had or given up
                clock.at += 25 * 3600
                desk = Desk(db, clock=clock.wall, tell=lambda _: None, fetcher=fetcher)
                with desk.open("watch") as run:
                    desk.gather(run)
                    desk.close_run(run)
        stored = [int(a.url.rpartition("/")[2]) for a in articles.listed(db, limit=10_000)]
        served = set().union(*(outlet.served for outlet in outlets))
        seen = {n for outlet in outlets for n in range(outlet.first, outlet.latest)}
        assert len(stored) == len(set(stored))
        assert served <= set(stored) <= seen  # a feed cut off in its middle may bring some of its entries
        assert len(served) > FEEDS * SHOWN
        assert feeds.waiting(db) == 0
        assert all(known.status == "active" and known.last_ok for known in feeds.all(db))
        assert all(run.balances and run.ended for run in runs.listed(db, 1000))
        assert {f.url for f in feeds.all(db)} == {server.url("/feed", outlet.host) for outlet in outlets}
    settled = sizes[TICKS // 3]
    assert sizes[-1][0] < settled[0] + 30_000_000
    assert sizes[-1][1] <= settled[1] + 10
