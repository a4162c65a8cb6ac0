"""Feeds are called when they are due, and what they name is queued once and lost never."""

import pytest

from tests.store.made import NOW, article, incoming
from twosource.errors import InputError
from twosource.store import articles, feeds, quarantine, runs
from twosource.store.articles import Incoming
from twosource.store.feeds import LONGEST_PAUSE, Found, Poll
from twosource.store.quarantine import Reject

URL = "https://lamp.example/feed"


def found(*numbers):
    return [Found(key=f"k{n}", url=f"https://lamp.example/{n}", claimed={"title": f"T{n}\ud800"}) for n in numbers]


def polled(db, feed, *numbers, now=NOW, **changed):
    return feeds.polled(db, feed, Poll(**{"next_poll": now + 600, "interval": 600} | changed), found(*numbers), now)


def test_a_feed_is_due_at_once_and_then_when_it_was_said(db):
    number = feeds.add(db, URL, now=NOW, outlet="The Lamp")
    assert [f.url for f in feeds.due(db, NOW, 5)] == [URL]
    polled(db, number, etag='"é\ud800"', title="Lamp")
    assert feeds.due(db, NOW + 599, 5) == []
    (due,) = feeds.due(db, NOW + 600, 5)
    assert (due.etag, due.title, due.failures, due.last_ok, due.outlet) == ('"é\ud800"', "Lamp", 0, NOW, "The Lamp")


def test_failures_are_counted_until_an_answer_comes(db):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, error="timeout", etag="a")
    polled(db, number, error="timeout", now=NOW + 1)
    (feed,) = feeds.all(db)
    assert (feed.failures, feed.last_error, feed.last_ok, feed.last_polled, feed.etag) == (
        2,
        "timeout",
        None,
        NOW + 1,
        "a",
    )
    polled(db, number, now=NOW + 2)
    (feed,) = feeds.all(db)
    assert (feed.failures, feed.last_error, feed.last_ok) == (0, None, NOW + 2)


@pytest.mark.parametrize("jump", [-3600.0, 3600.0, -10 * 365 * 86400.0, 10 * 365 * 86400.0])
def test_a_clock_that_jumped_and_came_back_freezes_no_feed_and_no_page(db, jump):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, 1, now=NOW + jump, next_poll=NOW + jump + 10**9)
    later = NOW + LONGEST_PAUSE + 3600
    assert feeds.due(db, later, 5)
    assert feeds.pending(db, later, 5)


def test_what_a_feed_names_is_queued_once(db):
    number = feeds.add(db, URL, now=NOW)
    assert polled(db, number, 1, 2, 2) == (2, 1)
    assert polled(db, number, 2, 3, now=NOW + 1) == (1, 1)
    waiting = feeds.pending(db, NOW + 1, 10)
    assert [(p.key, p.url, p.claimed["title"]) for p in waiting] == [
        (f"k{n}", f"https://lamp.example/{n}", f"T{n}\ud800") for n in (1, 2, 3)
    ]
    assert len(feeds.pending(db, NOW + 1, 2)) == 2


def test_a_page_that_is_stored_already_is_not_fetched_for_another_feed(db):
    articles.add(db, [incoming(1, url="https://www.lamp.example/1?utm_source=feed")], now=NOW)
    number = feeds.add(db, URL, now=NOW)
    assert polled(db, number, 1, 2) == (1, 1)
    assert [p.key for p in feeds.pending(db, NOW, 10)] == ["k2"]
    assert polled(db, number, 1, 2) == (0, 2)


def test_a_page_leaves_the_queue_with_its_article(db):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, 1)
    came = Incoming(article=article(1, url="https://lamp.example/1"), feed=number, entry_key="k1")
    (outcome,) = articles.add(db, [came], now=NOW)
    assert feeds.pending(db, NOW + 10**6, 5) == []
    assert db.one("SELECT article FROM entry WHERE key = 'k1'")["article"] == outcome.number


def test_a_postponed_page_comes_back_later_and_counts_its_tries(db):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, 1)
    (page,) = feeds.pending(db, NOW, 5)
    feeds.postponed(db, page.number, next_try=NOW + 10**9, now=NOW)
    assert feeds.pending(db, NOW + 1, 5) == []
    (page,) = feeds.pending(db, NOW + LONGEST_PAUSE, 5)
    assert page.tries == 1
    assert feeds.next_due(db, NOW) == NOW + 600
    assert feeds.next_due(db, NOW + 10**6) == NOW + 10**6


def test_a_rejected_page_is_counted_kept_and_can_be_taken_back(db):
    number, run = feeds.add(db, URL, now=NOW), runs.begin(db, "watch", NOW)
    polled(db, number, 1, 2)
    for page in feeds.pending(db, NOW, 5):
        reject = Reject(
            source="feed", name=page.url, url=page.url, reason="not_article", message="is a video", body=b"\0x"
        )
        feeds.rejected(db, page.number, reject, run=run, now=NOW)
    runs.noted(db, run, seen=2)
    assert runs.end(db, run, NOW).rejected == {"not_article": 2}
    assert feeds.pending(db, NOW + 10**6, 5) == []
    assert quarantine.reasons(db) == {"not_article": 2}
    kept = quarantine.all(db)
    assert kept[0].reject.body == b"\0x"
    assert quarantine.take_back(db, [kept[0].number], NOW + 5) == []
    assert [p.key for p in feeds.pending(db, NOW + 5, 5)] == ["k1"]
    assert [q.number for q in quarantine.all(db)] == [kept[1].number]


def test_a_rejected_file_stays_in_quarantine_until_it_is_settled(db):
    reject = Reject(source="file", name="a\ud800.txt", reason="binary", message="no text", claimed={"outlet": "Lamp"})
    quarantine.put(
        db, [reject, Reject(source="file", name="b", reason="empty", message="", body=b"x" * 3_000_000)], now=NOW
    )
    first, second = quarantine.all(db)
    assert (first.reject, second.reject.body) == (reject, None)
    (back,) = quarantine.take_back(db, [first.number], NOW)
    assert (back.reject, back.tries) == (reject, 2)
    assert len(quarantine.all(db)) == 2
    quarantine.settle(db, [first.number])
    assert [q.number for q in quarantine.all(db, reason="empty")] == [second.number]
    assert quarantine.all(db, after=second.number) == []


def test_a_feed_follows_its_move_unless_the_place_is_taken(db):
    number, other = feeds.add(db, URL, now=NOW), feeds.add(db, "https://other.example/feed", now=NOW)
    polled(db, number, moved_to="https://new.example/feed")
    polled(db, other, moved_to="https://new.example/feed")
    first, second = feeds.all(db)
    assert (first.url, first.status) == ("https://new.example/feed", "active")
    assert (second.url, second.status, second.moved_to) == ("https://other.example/feed", "gone", first.url)


def test_a_gone_or_paused_feed_is_not_called_until_it_is_added_again(db):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, status="gone", error="410")
    assert feeds.due(db, NOW + 10**6, 5) == []
    assert feeds.add(db, URL, now=NOW) == number
    assert feeds.due(db, NOW, 5)
    assert feeds.pause(db, URL, paused=True)
    assert feeds.due(db, NOW, 5) == []
    assert feeds.pause(db, URL, paused=False)
    assert feeds.due(db, NOW, 5)
    assert not feeds.pause(db, "https://none.example", paused=True)


def test_a_removed_feed_leaves_its_articles(db):
    number = feeds.add(db, URL, now=NOW)
    polled(db, number, 1)
    articles.add(db, [Incoming(article=article(1), feed=number, entry_key="k1", guid="g")], now=NOW)
    assert feeds.remove(db, URL)
    assert not feeds.remove(db, URL)
    assert [a.feed for a in articles.listed(db)] == [None]
    assert feeds.all(db) == []
    assert feeds.next_due(db, NOW) is None
    assert db.check(thorough=True) == ()


def test_an_endless_address_is_refused_and_an_endless_key_is_not(db):
    with pytest.raises(InputError):
        feeds.add(db, "https://lamp.example/" + "a" * 5000, now=NOW)
    number = feeds.add(db, URL, now=NOW)
    endless = [Found(key="k" * 9000, url="https://lamp.example/" + "b" * 9000)]
    poll = Poll(next_poll=NOW, interval=600)
    assert feeds.polled(db, number, poll, endless, NOW) == (1, 0)
    assert feeds.polled(db, number, poll, endless, NOW) == (0, 1)
    came = Incoming(article=article(1, url=endless[0].url), feed=number, entry_key=endless[0].key)
    articles.add(db, [came], now=NOW)
    assert feeds.pending(db, NOW, 5) == []
