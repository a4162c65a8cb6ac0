"""A desk that runs for weeks: memory stays flat, clocks may jump, others may change the store meanwhile."""

import random

import pytest

from tests.desk.outlets import feed, page, rss
from tests.desk.test_killed import alone
from tests.desk.test_soak import held
from tests.faulty import Faulty, Slept, ok
from twosource.article import Article, Outlet
from twosource.desk.grouping import Grouping
from twosource.desk.intake import take_in
from twosource.desk.newsroom import Desk
from twosource.desk.pace import Pace
from twosource.desk.retention import DAY, Retention
from twosource.sources.fetch import Clock, Fetcher, Limits
from twosource.store import articles, feeds, forget, open_store, runs, stories

ROUNDS = 200


def fetcher(server, clock):
    return Fetcher(
        limits=Limits(connect=1.0, total=2.0), allow_private=["127.0.0.0/8"], resolve=server.resolve,
        per_host_delay=0.0, clock=Clock(clock.now, clock.wall), sleep=clock.sleep, ports=[range(1, 65_536)],
        robots=False,
    )  # fmt: skip


def lone(number, outlet="Lamp"):
    """An article that has hardly a word in common with any other."""
    return Article(id=f"x{number}", text=alone(number), outlet=Outlet(outlet, None))


def mill(name, outlet):
    """A report of one fire."""
    text = (
        "Fire at the Dorrit mill\n\nThe mill in Dorrit burned on Sunday night, and 31 weavers were led out by the back "
        "gate.\n\n“All 31 are safe,” foreman Ewan Pell told reporters at the Dorrit mill."
    )
    return Article(id=name, text=text, outlet=Outlet(outlet, None))


JUMPS = (-3_600, 3_600, -26 * 3_600, 26 * 3_600, 3_650 * DAY, -3_650 * DAY, 0, 0)
"""Seconds by which a clock on a wall is set: summer time, a wrong day, a wrong decade."""


class Jumping(Slept):
    """A clock on a wall that is set now and then, beside one that only goes on."""

    off = 0.0

    def wall(self):
        return super().wall() + self.off


class Weeks:
    """A feed that brings out two pages whenever it is asked."""

    def __init__(self, server):
        self.server, self.last = server, 0
        server.script("/feed", self.answer)

    def answer(self, _):
        self.last += 2
        for number in (self.last, self.last - 1):
            self.server.script(f"/page/{number}", ok(page(number).encode()))
        return rss(feed("lamp.example", self.server.port, range(self.last, max(0, self.last - 4), -1)))


def test_memory_is_flat_over_many_rounds_of_one_desk(tmp_path):
    """One desk, never opened anew: a round every four days, so that stories leave its memory all the time."""
    clock, sizes = Slept(), []
    with Faulty() as server, open_store(tmp_path / "news.db") as db, fetcher(server, clock) as door:
        Weeks(server)
        feeds.add(db, server.url("/feed", "lamp.example"), now=clock.wall())
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fetcher=door, fast=True)
        with desk.open("watch") as run:
            for _ in range(ROUNDS):
                desk.round(run, stories=0)
                clock.at += 4 * DAY
                server.questions.clear()
                sizes.append(held())
            ledger = desk.close_run(run)
        assert ledger.balances
        assert ledger.stored == len(articles.listed(db, limit=1_000)) > ROUNDS
    settled = sizes[ROUNDS // 3 : ROUNDS // 2]
    assert sizes[-1][0] <= max(bytes_ for bytes_, _ in settled) + 10_000_000
    assert sizes[-1][1] <= max(files for _, files in settled) + 4


@pytest.mark.parametrize("seed", range(2))
def test_a_clock_that_jumps_loses_nothing_doubles_nothing_and_freezes_nothing(tmp_path, seed):
    chance, clock = random.Random(seed), Jumping()
    with Faulty() as server, open_store(tmp_path / "news.db") as db, fetcher(server, clock) as door:
        weeks = Weeks(server)
        feeds.add(db, server.url("/feed", "lamp.example"), now=clock.wall())
        for number in range(15):
            clock.at += 25 * 3_600
            clock.off += chance.choice(JUMPS) if number < 12 else 0
            desk = Desk(db, clock=clock.wall, tell=lambda _: None, fetcher=door, fast=True)
            with desk.open("watch") as run:
                desk.gather(run)
                assert desk.close_run(run).balances
        (known,) = feeds.all(db)
        numbers = [int(a.url.rpartition("/")[2]) for a in articles.listed(db, limit=1_000)]
        assert sorted(numbers) == list(range(1, weeks.last + 1))
        assert weeks.last >= 6
        assert known.status == "active"
        assert known.next_poll <= clock.wall() + feeds.LONGEST_PAUSE
        assert all(a.story for a in articles.listed(db, limit=1_000))
        assert db.check(thorough=True) == ()
        assert all(one.balances and one.ended for one in runs.listed(db, 100))


def test_what_was_forgotten_meanwhile_is_no_ground_for_a_story(tmp_path):
    """Another process forgets both reports of a story; the next report of that event begins a story of its own."""
    clock = Slept()
    with open_store(tmp_path / "news.db") as db, open_store(tmp_path / "news.db") as other:
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fast=True)
        with desk.open("watch") as run:
            list(take_in(db, [mill("a", "Lamp"), mill("b", "Courier"), lone(1)], run=run, clock=clock.wall))
            desk.gather(run)
            (first,) = stories.listed(db, least=2)
            assert [forget.article(other, name).articles for name in ("a", "b")] == [1, 1]
            list(take_in(db, [mill("c", "Herald"), mill("d", "Post")], run=run, clock=clock.wall))
            desk.gather(run)
            (second,) = stories.listed(db, least=2)
            assert second.id != first.id
            assert second.size == 2
            assert desk.close_run(run).balances


def test_what_others_add_is_in_the_ledger_of_the_desk_that_fetches_it(tmp_path):
    clock = Slept()
    with (
        Faulty() as server,
        open_store(tmp_path / "news.db") as db,
        open_store(tmp_path / "news.db") as other,
        fetcher(server, clock) as door,
    ):
        server.script("/page/1", ok(page(1).encode()))
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fetcher=door)
        guest = Desk(other, clock=clock.wall, tell=lambda _: None)
        with desk.open("watch") as run:
            desk.gather(run)
            with guest.open("add", alone=False) as mine:
                assert not guest.leads
                number = feeds.add(other, "http://lamp.example/feed", now=clock.wall())
                url = server.url("/page/1", "lamp.example")
                found = feeds.Found(key="k", url=url, claimed={"key": "k", "url": url})
                feeds.polled(
                    other, number, feeds.Poll(next_poll=clock.wall() + 9e4, interval=9e4), [found], clock.wall()
                )
                runs.noted(other, mine, seen=1, deferred=1)
                guest.gather(mine)  # leaves the page to the desk
                assert guest.close_run(mine).deferred == 1
            assert server.asked("/page/1") == []
            desk.gather(run)
            ledger = desk.close_run(run)
        assert (ledger.seen, ledger.stored, ledger.deferred) == (1, 1, 0)


def test_work_that_is_to_end_ends_after_its_step_and_the_next_goes_on(tmp_path):
    clock, shown = Slept(), []
    with open_store(tmp_path / "news.db") as db:
        pace = Pace(shown.append)
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fast=True, pace=pace)
        pairs = [mill(f"m{n}", f"Outlet {n}") for n in range(4)]
        with desk.open("add") as run:
            list(take_in(db, [*map(lone, range(100)), *pairs], run=run, clock=clock.wall))
            pace.show = lambda words: (shown.append(words), pace.stop.set())
            desk.gather(run, accounts=True)
            assert desk.close_run(run).balances
        waiting = len(articles.unassigned(db, 1_000))
        assert 0 < waiting < 104
        assert desk.done.accounted == 0
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fast=True, pace=Pace(shown.append))
        with desk.open("add") as run:
            desk.gather(run, accounts=True)
            assert desk.close_run(run).balances
        assert articles.unassigned(db, 1_000) == []
        assert desk.done.accounted >= 1
        assert any(words.startswith("grouping: ") for words in shown)
        assert any(words.startswith("reading: ") for words in shown)
        assert any(words.startswith("making accounts: ") for words in shown)


def test_an_account_that_is_stopped_while_reports_are_read_is_made_whole_later(tmp_path):
    clock = Slept()
    with open_store(tmp_path / "news.db") as db:
        pace = Pace()
        desk = Desk(db, clock=clock.wall, tell=lambda _: None, fast=True, pace=pace)
        with desk.open("watch") as run:
            list(take_in(db, [mill(f"m{n}", f"Outlet {n}") for n in range(4)], run=run, clock=clock.wall))
            Grouping(db, clock.wall).group()
            pace.show = lambda words: pace.stop.set() if words.startswith("reading: 2 of 4") else None
            desk.gather(run, accounts=True)
            (story,) = stories.listed(db, least=2)
            assert story.stale
            pace.stop.clear()
            pace.show = lambda words: None
            desk.gather(run, accounts=True)
            (story,) = stories.listed(db, least=2)
            assert not story.stale
            assert desk.close_run(run).balances


def test_retention_looks_once_a_day_and_never_empties_a_store(tmp_path):
    said, clock = [], Slept()
    with open_store(tmp_path / "news.db") as db:
        run = runs.begin(db, "add", clock.wall())
        list(take_in(db, map(lone, range(4)), run=run, clock=clock.wall))
        kept = Retention(10 * DAY, said.append)
        assert kept.forget(db, clock.wall()) == 0
        clock.at += 11 * DAY
        assert kept.forget(db, clock.wall()) == 0  # all four are too old: that is for people to say
        assert len(said) == 1
        assert "4 of 4 articles" in said[0]
        assert kept.forget(db, clock.wall()) == 0
        assert len(said) == 1
        list(take_in(db, map(lone, range(10, 16)), run=run, clock=clock.wall))
        assert kept.forget(db, clock.wall() + DAY) == 4
        assert {a.id for a in articles.listed(db, limit=99)} == {f"x{n}" for n in range(10, 16)}
        assert Retention(None, said.append).forget(db, clock.wall()) == 0
