"""Saved searches and the outbox: each alert told once, tried again later and later, given up at last."""

import pytest

from tests.store.made import NOW
from tests.store.newsroom import grouped, stored
from twosource.store import alerts, forget
from twosource.store.alerts import FIRST_WAIT, LONGEST_WAIT, TRIES, Alert, Count
from twosource.store.lines import Refused
from twosource.store.query import QuerySyntax


def alert(key="c-1", channel="terminal", **more):
    return Alert(kind="new_conflict", key=key, channel=channel, payload={"why": "12 or 21"}, **more)


def test_a_saved_search_is_kept_by_name_and_can_be_changed(db):
    stored(db, 3)
    saved = alerts.save(db, "pears", "pears said:room", ["terminal", "mail:ann"], NOW)
    assert (saved.query, saved.channels, saved.created, saved.seen) == (
        "pears said:room",
        ("terminal", "mail:ann"),
        NOW,
        3,
    )
    alerts.told_up_to(db, "pears", 9)
    alerts.told_up_to(db, "pears", 7)
    again = alerts.save(db, "pears", "plums", [], NOW + 1)
    assert (again.number, again.query, again.seen, again.created) == (saved.number, "plums", 9, NOW)
    assert alerts.all(db) == [again]
    assert alerts.remove(db, "pears")
    assert not alerts.remove(db, "pears")


def test_a_search_that_cannot_be_understood_or_has_no_name_is_not_saved(db):
    with pytest.raises(QuerySyntax):
        alerts.save(db, "x", '"open', [], NOW)
    for name in ("", "  ", "x" * 999):
        with pytest.raises(Refused):
            alerts.save(db, name, "pears", [], NOW)
    assert alerts.all(db) == []


def test_an_alert_is_queued_once_for_each_channel(db):
    batch = [
        alert(),
        alert(),
        alert(channel="mail"),
        alert("long" * 200),
        alert("long" * 200 + "er"),
        alert("N\0\ud800"),
    ]
    assert alerts.queue(db, batch, NOW) == Count(new=5, known=1, refused=0)
    assert alerts.queue(db, batch, NOW + 1) == Count(new=0, known=6, refused=0)
    waiting = alerts.waiting(db, NOW)
    assert [q.alert for q in waiting] == [batch[0], *batch[2:]]
    assert alerts.waiting(db, NOW, channel="mail")[0].alert.channel == "mail"
    assert len(alerts.waiting(db, NOW, 2)) == 2


def test_a_full_channel_refuses_and_counts(db, monkeypatch):
    monkeypatch.setattr(alerts, "MOST_WAITING", 2)
    assert alerts.queue(db, [alert(str(n)) for n in range(4)], NOW) == Count(2, 0, 2)
    assert alerts.sent(db, alerts.waiting(db, NOW)[0].number, NOW)
    assert alerts.queue(db, [alert("9"), alert("9", "mail")], NOW) == Count(2, 0, 0)


def test_an_alert_waits_longer_each_time_and_is_given_up(db):
    alerts.queue(db, [alert()], NOW)
    number = alerts.waiting(db, NOW)[0].number
    now, waits = NOW, []
    for _ in range(TRIES - 1):
        assert alerts.failed(db, number, now, "no answer") == "waiting"
        due = alerts.listed(db)[0].next_try
        assert alerts.waiting(db, due - 1) == []
        assert len(alerts.waiting(db, due)) == 1
        waits.append(due - now)
        now = due
    assert waits == [FIRST_WAIT * 2**n for n in range(TRIES - 1)]
    assert alerts.failed(db, number, now, "no answer") == "failed"
    assert alerts.failed(db, number, now, "no answer") is None
    told = alerts.listed(db, state="failed")[0]
    assert (told.tries, told.error, told.done) == (TRIES, "no answer", now)
    assert alerts.waiting(db, now * 2) == []
    assert alerts.queue(db, [alert()], now) == Count(0, 1, 0)
    assert alerts.retry(db, number, now)
    assert not alerts.retry(db, number, now)
    assert alerts.sent(db, number, now)
    assert not alerts.sent(db, number, now)
    assert alerts.backoff(99) == LONGEST_WAIT


def test_what_is_no_use_to_try_again_is_given_up_at_once(db):
    alerts.queue(db, [alert()], NOW)
    assert alerts.failed(db, 1, NOW, "gone", final=True) == "failed"
    assert alerts.failed(db, 99, NOW, "?") is None


def test_a_clock_that_was_set_back_holds_nothing_up(db):
    alerts.queue(db, [alert()], NOW + 10 * LONGEST_WAIT)
    assert len(alerts.waiting(db, NOW)) == 1


def test_alerts_go_with_what_they_are_about(db):
    grouped(db, a=1, b=1)
    batch = [alert("1", story="a"), alert("2", article="pears-1"), alert("3", story="nobody"), alert("4", story="b")]
    alerts.queue(db, batch, NOW)
    assert [q.alert.story for q in alerts.listed(db)] == ["b", None, None, "a"]
    forget.article(db, "pears-0")
    assert [q.alert.key for q in alerts.listed(db)] == ["4", "3", "2"]
    forget.article(db, "pears-1")
    assert [q.alert.key for q in alerts.listed(db)] == ["3"]


def test_old_alerts_can_be_cleared_and_lists_go_on(db):
    alerts.queue(db, [alert(str(n)) for n in range(4)], NOW)
    first = alerts.listed(db, limit=3)
    assert [q.alert.key for q in alerts.listed(db, before=first[-1].number)] == ["0"]
    alerts.sent(db, first[0].number, NOW)
    assert alerts.clear(db, NOW) == 0
    assert alerts.clear(db, NOW + 1) == 1
    assert len(alerts.listed(db, state="waiting")) == 3
