"""Answers are made once, kept within bounds, and told apart by what they depend on."""

import threading
import time

from starlette.requests import Request

from twosource.web.answers import Kept, answer, made


def asking(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw})


def test_many_who_ask_at_once_cost_one_making():
    kept, count = Kept(), []

    def make():
        count.append(1)
        time.sleep(0.05)
        return made("x" * 1000)

    threads = [threading.Thread(target=kept.get, args=("tag", make)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(count) == 1


def test_a_making_that_fails_is_tried_again():
    kept = Kept()

    def fail():
        raise ValueError("once")

    for _ in range(2):
        try:
            kept.get("tag", fail)
        except ValueError:
            continue
        raise AssertionError("it did not fail")
    assert kept.get("tag", lambda: made("well")).body == b"well"


def test_what_was_asked_for_last_is_kept_and_the_rest_given_up():
    kept, count = Kept(most=10_000), {}

    def ask(tag):
        def make():
            count[tag] = count.get(tag, 0) + 1
            return made(bytes(2_000), "application/octet-stream")

        kept.get(tag, make)

    for n in range(5):
        ask(f"t{n}")
        ask("t0")
    for n in range(5, 12):
        ask(f"t{n}")
        ask("t0")
    assert count["t0"] == 1
    ask("t1")
    assert count["t1"] == 2


def test_an_answer_too_large_to_keep_is_given_all_the_same():
    kept = Kept(most=1_000)
    assert len(kept.get("tag", lambda: made("x" * 5_000)).body) == 5_000


def test_gzip_is_sent_to_those_who_take_it():
    body = made("word " * 1000)
    for accept, packed in (
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("", False),
    ):
        sent = answer(asking(accept_encoding=accept), body)
        assert (sent.headers.get("content-encoding") == "gzip") is packed


def test_short_answers_and_lone_surrogates_are_sent_as_they_can_be():
    assert made("short").packed is None
    assert made("a\ud800b").body == "a\ufffdb".encode()
