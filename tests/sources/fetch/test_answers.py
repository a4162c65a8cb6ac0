"""Answers: whole ones come as they are, anything else is a failure with its name."""

import gzip
import socket
import threading

import pytest

from tests.faulty import RESET, Faulty, chunked, head, ok, packed, status, to_the_end
from tests.sources.fetch.near import fetched, fetcher, wrong
from twosource.sources.fetch import FetchError


def test_a_page_comes_as_it_is():
    came = fetched(ok(b"<p>Well</p>", ("ETag", '"a1"'), ("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT")))
    assert came.body == b"<p>Well</p>"
    assert (came.status, came.media_type, came.charset, came.moved) == (200, "text/html", None, None)
    assert (came.etag, came.last_modified) == ('"a1"', "Sun, 22 Nov 2026 10:00:00 GMT")
    assert came.asked == came.url
    assert came.remarks == ()
    assert came.wire_bytes > len(came.body)


@pytest.mark.parametrize(
    "reply",
    [
        to_the_end(b"well"),
        chunked(b"we", b"ll"),
        chunked(b"well", end=b"0;last=1\r\nTrailer: x\r\n\r\n"),
        chunked(b"well", end=b"000\r\n"),
        [head(200, ("Transfer-Encoding", "chunked")), b"2;a=b\r\nwe\r\n", b"2\nll\n0\n\n"],
        [b"HTTP/1.0 200\r\n\r\nwell"],
        [b"HTTP/1.1 200 OK\nContent-Length: 4\n\nwell"],
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\nContent-Length:4\r\n\r\nwell"],
        [b"HTTP/1.1 200 OK\r\nPHP Notice without a colon\r\n\xff\xfe: \x01\r\nContent-Length: 4\r\n\r\nwell"],
        [head(100), head(103, ("Link", "x")), *ok(b"well")],
        [head(200, ("Content-Length", "4")), b"well\r\n"],
    ],
)
def test_ways_to_say_the_same(reply):
    assert fetched(reply).body == b"well"


def test_a_page_in_single_bytes_is_the_same_page():
    whole = b"".join(chunked(b"we", b"", b"ll")[:2]) + b"2\r\nll\r\n0\r\n\r\n"
    assert fetched([whole[at : at + 1] for at in range(len(whole))]).body == b"well"


def test_what_is_asked():
    with Faulty() as server, fetcher(user_agent="twosource/9 (news@desk.example)") as asking:
        server.script("/a?b=c", ok())
        asking.get(server.url("/a?b=c"), accept="text/html")
        asked = server.questions[0]
    assert asked.method == "GET"
    assert asked.headers == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": "twosource/9 (news@desk.example)",
        "accept": "text/html",
        "accept-encoding": "gzip",
        "connection": "close",
    }


def test_headers_that_would_end_their_line_are_not_sent():
    with Faulty() as server, fetcher(user_agent="a\r\nX: y") as asking, pytest.raises(FetchError) as caught:
        asking.get(server.url())
    assert caught.value.code == "bad_request"
    assert server.connections == 0


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        ("truncated", [head(200, ("Content-Length", "100")), b"cut"]),
        ("truncated", chunked(b"cut", end=b"")),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"5\r\nab"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"2\r\nabc\r\n0\r\n\r\n"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"-5\r\nabcde\r\n0\r\n\r\n"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"0x5\r\nabcde\r\n0\r\n\r\n"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"\r\nabcde\r\n0\r\n\r\n"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"f" * 16 + b"\r\nabc"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"5;" + b"x" * 5_000 + b"\r\nabcde\r\n0\r\n\r\n"]),
        ("truncated", [head(200, ("Transfer-Encoding", "chunked")), b"ffffffffff\r\nabc"]),
        ("reset", []),
        ("truncated", [b"HTTP/1.1 200 OK\r\nContent-"]),
        ("wrong_length", [head(200, ("Content-Length", "4"), ("Content-Length", "5")), b"wells"]),
        ("wrong_length", [head(200, ("Content-Length", "4"), ("Content-Length", "4")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "4, 4")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "-4")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "+4")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "0x4")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "many")), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "9" * 30)), b"well"]),
        ("wrong_length", [head(200, ("Content-Length", "2")), b"well"]),
        ("not_http", [b"<html>well</html>"]),
        ("not_http", [b"ICY 200 OK\r\n\r\nwell"]),
        ("not_http", [b"HTTP/2 200\r\n\r\nwell"]),
        ("not_http", [b"HTTP/1.1 abc OK\r\n\r\nwell"]),
        ("not_http", [b"HTTP/1.1 999 OK\r\n\r\nwell"]),
        ("not_http", [b"HTTP/1.1 200 OK\r\nA: \x00\r\n\r\nwell"]),
        ("not_http", [b"SSH-2.0-OpenSSH_9\r\n"]),
        ("not_http", [b"\x16\x03\x01\x02\x00\x01"]),
        ("not_http", [head(200, ("Transfer-Encoding", "gzip, chunked")), b"0\r\n\r\n"]),
        ("not_http", [head(101, ("Upgrade", "websocket")), b"well"]),
        ("not_http", [head(100)] * 1_000 + ok()),
        ("headers_too_large", [head(200, ("Set-Cookie", "c" * 2_000_000)), b"well"]),
        ("headers_too_large", [b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 400_000]),
        ("headers_too_large", [b"HTTP/1.1 200 " + b"x" * 2_000_000]),
        ("reset", [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nwe", 0.1, RESET]),
    ],
)
def test_what_is_not_whole_or_not_sound_is_a_failure(code, reply):
    failed = wrong(reply)
    assert (failed.code, failed.permanent) == (code, False)
    assert failed.url in str(failed)


def test_long_headers_of_blanks_take_no_time():
    """A reader with a rule of its own for headers took 0.8 seconds for a line of 16,000 spaces."""
    line = b"A:" + b" " * 50_000 + b"\x0b\r\n"
    assert fetched([b"HTTP/1.1 200 OK\r\n" + line + b"Content-Length: 4\r\n\r\nwell"]).body == b"well"


def test_cookies_in_any_number_do_no_harm():
    cookies = [("Set-Cookie", f"c{n}=1") for n in range(2_000)]
    assert fetched(ok(b"well", *cookies)).body == b"well"


@pytest.mark.parametrize(
    ("code", "number", "permanent"),
    [
        ("forbidden", 401, False),
        ("forbidden", 403, False),
        ("not_found", 404, False),
        ("gone", 410, True),
        ("forbidden", 451, False),
        ("http_4xx", 418, False),
        ("http_5xx", 500, False),
        ("http_5xx", 503, False),
        ("http_5xx", 599, False),
        ("http_other", 300, False),
        ("http_other", 206, False),
        ("rate_limited", 429, False),
    ],
)
def test_statuses_that_are_no_answer(code, number, permanent):
    failed = wrong(status(number, body=b"never mind"))
    assert (failed.code, failed.status, failed.permanent) == (code, number, permanent)


def test_the_body_of_an_error_is_not_read():
    assert wrong([head(404, ("Content-Length", "100000000000")), b"x" * 10_000]).code == "not_found"


def test_an_empty_answer_is_told():
    for reply in (ok(b""), status(204), chunked()):
        came = fetched(reply)
        assert came.body == b""
        assert "empty_body" in dict(came.remarks)


@pytest.mark.parametrize(
    ("value", "media", "charset", "remarked"),
    [
        ('text/html; charset="UTF-8"', "text/html", "utf-8", False),
        ("Text/HTML;charset=windows-1252; x=y", "text/html", "windows-1252", False),
        ("application/rss+xml", "application/rss+xml", None, False),
        ("text/html; charset=nonsense", "text/html", None, True),
        ("text/html; charset=punycode", "text/html", None, True),
        ("text/html; charset=utf-7", "text/html", None, True),
        ("text/html; charset=rot13", "text/html", None, True),
        ("text/html; charset=hex", "text/html", None, True),
        ("text/html; charset=" + "u" * 5_000, "text/html", None, True),
        ("text/html; charset=", "text/html", None, False),
        ("; charset=utf-8", "", "utf-8", False),
        ("not a type", "", None, False),
        (b"text/\xff\x01; charset=\xff", "", None, True),
    ],
)
def test_what_a_server_says_of_a_body(value, media, charset, remarked):
    came = fetched([head(200, ("Content-Type", value), ("Content-Length", "4")), b"well"])
    assert (came.media_type, came.charset) == (media, charset)
    assert ("charset_unknown" in dict(came.remarks)) is remarked


def test_an_answer_that_nothing_changed():
    with Faulty() as server, fetcher() as asking:
        server.script("/feed", ok(b"one", ("ETag", 'W/"1"')), status(304, ("ETag", 'W/"1"')))
        first = asking.get(server.url("/feed"))
        second = asking.get(server.url("/feed"), etag=first.etag, last_modified="Sun, 22 Nov 2026 10:00:00 GMT")
        asked = server.questions[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"1"', "Sun, 22 Nov 2026 10:00:00 GMT")
    assert (second.not_modified, second.status, second.body, second.etag) == (True, 304, b"", 'W/"1"')
    assert "empty_body" not in dict(second.remarks)


def test_nothing_changed_is_no_answer_to_a_first_question():
    assert wrong(status(304)).code == "unasked_304"


@pytest.mark.parametrize(
    "poison", [b'"caf\xe9\xff"', b'"a\x01b"', b"x" * 5_000, "“typographic”".encode(), b'"\x1b[31m"', b'"a\x7f"']
)
def test_a_poisoned_validator_is_dropped_and_the_feed_can_be_asked_again(poison):
    with Faulty() as server, fetcher() as asking:
        server.script("/feed", ok(b"one", ("ETag", poison), ("Last-Modified", poison)))
        for _ in range(2):
            came = asking.get(server.url("/feed"))
            assert (came.body, came.etag, came.last_modified) == (b"one", None, None)
            assert "validator_dropped" in dict(came.remarks)


def test_a_poisoned_validator_that_was_kept_before_is_not_sent():
    with Faulty() as server, fetcher() as asking:
        server.script("/feed", ok())
        assert asking.get(server.url("/feed"), etag='"\xe9"', last_modified="x\r\nHost: evil.example").body == b"well"
        assert "if-none-match" not in server.questions[0].headers
        assert "if-modified-since" not in server.questions[0].headers


def test_what_a_page_asks_of_its_reader_is_not_followed():
    with Faulty() as server, Faulty() as canary, fetcher() as asking:
        page = f'<meta http-equiv="refresh" content="0;url={canary.url()}">'.encode()
        server.script("/", ok(page, ("Refresh", f"0;url={canary.url()}"), ("Link", f"<{canary.url()}>; rel=preload")))
        assert asking.get(server.url()).body == page
        assert canary.connections == 0


def test_a_host_that_is_not_there():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with fetcher() as asking, pytest.raises(FetchError) as caught:
            asking.get(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "connect"


def test_a_closed_fetcher_asks_nothing_and_breaks_off_what_runs():
    with Faulty() as server:
        asking = fetcher()
        server.script("/", [head(200), b"begun", 20.0])
        caught = []

        def ask():
            try:
                caught.append(asking.get(server.url()))
            except FetchError as failed:
                caught.append(failed)

        running = threading.Thread(target=ask)
        running.start()
        while not server.questions:
            pass
        asking.close()
        running.join(1.0)
        assert not running.is_alive()
        assert caught[0].code == "closed"  # what came is a part, and is not taken for all
        with pytest.raises(FetchError) as failed:
            asking.get(server.url())
        assert failed.value.code == "closed"


def test_gzip_comes_unpacked():
    came = fetched(packed(b"well " * 1_000, ("Content-Type", "text/plain")))
    assert came.body == b"well " * 1_000
    assert came.wire_bytes < 1_000


def test_a_length_counts_what_is_sent_not_what_it_unpacks_to():
    small = gzip.compress(b"well " * 1_000)
    assert fetched(ok(small, ("Content-Encoding", "gzip"))).body == b"well " * 1_000
