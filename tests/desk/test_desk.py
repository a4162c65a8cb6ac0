"""The desk: from a feed to stories and accounts, with everything accounted for and nothing fetched for nothing."""

import threading
import time

import pytest

from tests.desk.outlets import feed, page, rss
from tests.faulty import Faulty, Slept, ok, redirect, status
from twosource.article import Article
from twosource.desk.addresses import add_address
from twosource.desk.newsroom import LOCK, Desk
from twosource.desk.pace import Pace
from twosource.errors import Busy
from twosource.sources.fetch import Clock, Fetcher, Limits
from twosource.sources.given import Given
from twosource.store import articles, feeds, open_store, quarantine, runs, stories
from twosource.store.article_rows import Incoming

LIMITS = Limits(connect=1.0, total=2.0)


@pytest.fixture
def server():
    with Faulty() as faulty:
        yield faulty


@pytest.fixture
def clock():
    return Slept()


@pytest.fixture
def room(tmp_path, server, clock):
    """A store, its desk, and what the desk said."""
    said = []
    fetcher = Fetcher(
        limits=LIMITS,
        allow_private=["127.0.0.0/8"],
        resolve=server.resolve,
        clock=Clock(clock.now, clock.wall),
        sleep=clock.sleep,
        per_host_delay=0.0,
        ports=[range(1, 65_536)],
    )
    with open_store(tmp_path / "news.db") as db, fetcher:
        yield db, Desk(db, clock=clock.wall, tell=said.append, fetcher=fetcher), fetcher, said


def follow(room, clock, url):
    db, desk, fetcher, _ = room
    with desk.open("add") as run:
        added = add_address(db, fetcher, url, given=Given(), run=run, clock=clock.wall)
        desk.gather(run)
        return added, desk.close_run(run)


def once(desk):
    with desk.open("watch") as run:
        desk.gather(run)
        return desk.close_run(run)


def urls(db):
    return sorted(a.url for a in articles.listed(db, limit=1000))


def test_a_feed_is_followed_and_its_pages_are_stored_and_grouped(room, server, clock):
    db, _, _, said = room
    server.script("/feed", rss(feed("lamp.example", server.port, [2, 1]), ("ETag", '"v1"')))
    for n in (1, 2):
        server.script(f"/page/{n}", ok(page(n).encode()))
    added, ledger = follow(room, clock, server.url("/feed", "lamp.example"))
    assert added.followed == (server.url("/feed", "lamp.example"),)
    assert (ledger.seen, ledger.stored, ledger.deferred) == (2, 2, 0)
    stored = articles.listed(db, limit=10)
    assert {a.title for a in stored} == {"Port Brisk: 1 left on the quay", "Port Corran: 2 left on the quay"}
    assert all(a.story for a in stored)
    assert articles.original(db, stored[0].id).body.startswith(b"<!doctype html>")
    assert said == []


def test_an_unchanged_feed_is_asked_with_its_validator_and_brings_nothing(room, server, clock):
    db, desk, _, _ = room
    server.script("/feed", rss(feed("lamp.example", server.port, [1]), ("ETag", '"v1"')), status(304))
    server.script("/page/1", ok(page(1).encode()))
    follow(room, clock, server.url("/feed", "lamp.example"))
    clock.at += 7 * 3600
    ledger = once(desk)
    assert server.asked("/feed")[-1].headers["if-none-match"] == '"v1"'
    assert len(server.asked("/page/1")) == 1
    assert (ledger.seen, ledger.stored) == (0, 0)
    assert len(urls(db)) == 1


def test_a_page_that_fails_waits_and_is_stored_when_it_comes(room, server, clock):
    db, desk, _, _ = room
    server.script("/feed", rss(feed("lamp.example", server.port, [1])))
    server.script("/page/1", status(503), ok(page(1).encode()))
    _, ledger = follow(room, clock, server.url("/feed", "lamp.example"))
    assert (ledger.seen, ledger.stored, ledger.deferred) == (1, 0, 1)
    clock.at += 2 * 3600
    ledger = once(desk)
    assert (ledger.seen, ledger.stored, ledger.deferred) == (2, 1, 0)
    assert len(urls(db)) == 1


def test_where_a_page_is_gone_the_feeds_own_text_is_stored_and_says_so(room, server, clock):
    db, _, _, _ = room
    server.script("/feed", rss(feed("lamp.example", server.port, [7])))
    server.script("/page/7", status(410))
    _, ledger = follow(room, clock, server.url("/feed", "lamp.example"))
    assert ledger.stored == 1
    (listed,) = articles.listed(db, limit=2)
    (article,) = articles.get(db, [listed.id])
    assert "7 passengers waited" in article.text
    assert {"partial", "page_not_read"} <= {code for code, _ in article.remarks}


def test_a_feed_that_is_gone_for_good_is_asked_no_more_and_one_in_trouble_is(room, server, clock):
    db, desk, _, said = room
    server.script("/feed", rss(feed("lamp.example", server.port, [])), status(500), status(410))
    follow(room, clock, server.url("/feed", "lamp.example"))
    for _ in range(3):
        clock.at += 25 * 3600
        once(desk)
    (known,) = feeds.all(db)
    assert known.status == "gone"
    assert len(server.asked("/feed")) == 3
    assert len(said) == 2


def test_a_feed_that_moved_for_good_is_followed_to_its_new_place(room, server, clock):
    db, desk, _, _ = room
    new = server.url("/new", "lamp.example")
    server.script("/feed", rss(feed("lamp.example", server.port, [])), redirect(new, 301))
    server.script("/new", rss(feed("lamp.example", server.port, [])))
    follow(room, clock, server.url("/feed", "lamp.example"))
    clock.at += 25 * 3600
    once(desk)
    assert [f.url for f in feeds.all(db)] == [new]


def test_a_page_instead_of_a_feed_is_no_loss_and_says_what_it_links(room, server, clock):
    db, desk, _, said = room
    server.script("/feed", rss(feed("lamp.example", server.port, [1])), ok(page(3).encode()))
    server.script("/page/1", ok(page(1).encode()))
    follow(room, clock, server.url("/feed", "lamp.example"))
    clock.at += 25 * 3600
    once(desk)
    (known,) = feeds.all(db)
    assert (known.status, known.failures) == ("active", 1)
    assert "not a feed" in known.last_error
    assert len(said) == 1
    assert len(urls(db)) == 1


def test_what_holds_no_article_goes_into_quarantine_and_may_be_tried_again(room, server, clock):
    db, desk, _, _ = room
    bare = f"<item><link>http://lamp.example:{server.port}/page/9</link></item>"
    server.script("/feed", rss(f'<rss version="2.0"><channel><title>L</title>{bare}</channel></rss>'.encode()))
    server.script("/page/9", ok(b"%PDF-1.7 nothing to read", kind="application/pdf"), ok(page(9).encode()))
    _, ledger = follow(room, clock, server.url("/feed", "lamp.example"))
    assert sum(ledger.rejected.values()) == 1
    (kept,) = quarantine.all(db)
    quarantine.take_back(db, [kept.number], clock.wall())
    clock.at += 3600
    assert once(desk).stored == 1
    assert quarantine.all(db) == []


def test_two_desks_of_one_store_are_refused(room):
    db, desk, _, _ = room
    with desk.open("watch"), pytest.raises(Busy), db.holding(LOCK):
        pass


def test_stopping_ends_the_watch_and_its_ledger(room, server, clock):
    db, _, _, said = room
    pace = Pace()
    pace.stop.set()
    desk = Desk(db, clock=clock.wall, tell=said.append, pace=pace)
    with desk.open("watch") as run:
        desk.watch(run)
        assert desk.close_run(run).ended is not None


def test_what_another_process_adds_is_taken_up_within_seconds(room, clock):
    db, _, _, said = room
    pace = Pace()
    desk = Desk(db, clock=clock.wall, tell=said.append, pace=pace)
    with desk.open("watch") as run:
        watching = threading.Thread(target=desk.watch, args=(run,))
        watching.start()
        until = time.monotonic() + 20
        time.sleep(1.5)
        with open_store(db.address) as other:
            articles.add(
                other,
                [Incoming(article=Article(id="beside", text="The pears of the valley froze in April.", title="Pears"))],
                now=clock.wall(),
            )
        while not stories.listed(db, least=1) and time.monotonic() < until:
            time.sleep(0.05)
        pace.stop.set()
        watching.join(10)
        desk.close_run(run)
    assert [story.size for story in stories.listed(db, least=1)] == [1]


def test_articles_of_one_event_make_a_story_with_an_account(room, server, clock):
    db, desk, _, _ = room
    server.script("/a", ok(page(14).encode()))
    server.script("/b", ok(page(14).replace("eleven kilometres", "nine kilometres").encode()))
    for path, host in (("/a", "lamp.example"), ("/b", "courier.example")):
        follow(room, clock, server.url(path, host))
    with desk.open("watch") as run:
        desk.gather(run, accounts=True)
        desk.close_run(run)
    (story,) = stories.listed(db, least=2)
    assert story.size == 2
    assert story.origins == 1
    assert not story.stale


def test_a_ledger_never_loses_count(room, server, clock):
    db, desk, _, _ = room
    server.script("/feed", rss(feed("lamp.example", server.port, range(12))))
    for n in range(12):
        server.script(f"/page/{n}", status(404) if n % 3 == 0 else ok(page(n).encode()))
    follow(room, clock, server.url("/feed", "lamp.example"))
    for _ in range(4):
        clock.at += 25 * 3600
        once(desk)
    assert all(run.balances and run.ended for run in runs.listed(db, 100))
