"""While a page is made anew, others get the one of a moment ago; whoever changed something gets the new one."""

import asyncio
import threading

import pytest
from tests.web.newsrooms import ORIGIN, STORY, browser, newsroom

from twosource.web.answers import Kept, made
from twosource.web.lately import LATE, Changes, Lately

MARKED = "somebody marked here"
"""What the page of a story says where one of its outlets was marked."""


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.at = 1_000.0

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


def asked_while_made(kept, clock, *, later=0.0, meanwhile=lambda: None):
    """What a second reader of a place gets within a tenth of a second while the first one's page is being made."""
    kept.get("old", lambda: made("old"), "/story")
    clock.at += later
    meanwhile()
    begun, go, got = threading.Event(), threading.Event(), []

    def slowly():
        begun.set()
        go.wait(5)
        return made("new")

    first = threading.Thread(target=kept.get, args=("new", slowly, "/story"))
    first.start()
    begun.wait(5)
    second = threading.Thread(target=lambda: got.append(kept.get("new", lambda: made("twice"), "/story").body))
    second.start()
    second.join(0.1)
    soon = list(got)
    go.set()
    first.join(5)
    second.join(5)
    assert got[-1] in {b"old", b"new"}
    return soon


def test_others_get_the_page_of_a_moment_ago(clock):
    assert asked_while_made(Kept(lately=Lately(clock)), clock, later=LATE / 2) == [b"old"]


def test_nobody_gets_a_page_that_was_right_long_ago(clock):
    assert asked_while_made(Kept(lately=Lately(clock)), clock, later=LATE * 2) == []


def test_after_a_change_of_peoples_all_wait_for_the_new_page(clock):
    lately = Lately(clock)
    clock.at += 10
    assert asked_while_made(Kept(lately=lately), clock, later=LATE / 2, meanwhile=lately.changed) == []


def test_the_answer_of_a_moment_ago_comes_with_its_own_tag(clock):
    kept = Kept(lately=Lately(clock))
    assert kept.get("one", lambda: made("one"), "/story").tag == "one"
    assert kept.get("two", lambda: made("two"), "/story").tag == "two"
    assert kept.get("one", lambda: made("never"), "/other").body == b"one"


def test_only_as_many_places_are_known_as_fit(clock, monkeypatch):
    monkeypatch.setattr("twosource.web.lately.MOST_PLACES", 2)
    lately = Lately(clock)
    for n in range(3):
        lately.right(f"/{n}", "tag", clock.at)
    assert [lately.former(f"/{n}") for n in range(3)] == [None, "tag", "tag"]


@pytest.mark.parametrize(("method", "expected"), [("GET", ["start"]), ("POST", ["changed", "start"])])
def test_what_may_change_something_is_told_before_it_is_answered(method, expected):
    told = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def sent(message):
        told.append("start")

    changes = Changes(app, told=lambda: told.append("changed"))
    asyncio.run(changes({"type": "http", "method": method}, None, sent))
    assert told == expected


def test_who_hides_an_outlet_sees_it_at_once_whatever_others_ask(tmp_path):
    with newsroom(tmp_path) as db:
        page = browser(db)
        stop, wrong = threading.Event(), []

        def ask():
            while not stop.is_set():
                if page.get(f"/story/{STORY}").status_code != 200:
                    wrong.append("refused")

        others = [threading.Thread(target=ask) for _ in range(3)]
        for one in others:
            one.start()
        for mark, said in (("hidden", True), ("", False), ("distrusted", True)):
            sent = page.post("/outlet/coast-today/mark", data={"mark": mark, "by": "Ada"}, headers=ORIGIN)
            if sent.status_code != 303 or (MARKED in page.get(f"/story/{STORY}").text) is not said:
                wrong.append((mark, sent.status_code))
        stop.set()
        for one in others:
            one.join()
        assert wrong == []
