"""Messages to others: the same look at numbers, never in plain to the public, and secrets stay secret."""

import hashlib
import hmac
import socket
import threading
import time
import traceback

import pytest

from tests.faulty import Faulty, endless, head, ok, redirect, since, stall, status
from tests.sources.fetch import papers
from tests.sources.fetch.near import HASTY, LATE, QUICK, fetcher
from twosource.sources.fetch import SIGNATURE, Fetcher, FetchError, MailServer
from twosource.sources.fetch import dial as dialling
from twosource.sources.fetch import mail as mailing

SECRET = b"nobody-else-knows-this"
BODY = b'{"alert": "new story"}'


def refused(reply, path="/hook/path-that-is-secret"):
    with Faulty() as server, fetcher(limits=HASTY) as asking:
        server.script(path, reply)
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            asking.post(server.url(path), BODY, secret=SECRET)
        assert since(begun) < LATE
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(vars(caught.value))
    assert SECRET.decode() not in shown
    assert "path-that-is-secret" not in shown
    return caught.value


def test_a_message_comes_signed_and_whole():
    with Faulty() as server, fetcher() as asking:
        server.script("/hook", status(202))
        assert asking.post(server.url("/hook"), BODY, {"X-Kind": "alert"}, secret=SECRET) == 202
        asked = server.questions[0]
    assert (asked.method, asked.body) == ("POST", BODY)
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["x-kind"] == "alert"
    assert asked.headers[SIGNATURE.lower()] == "sha256=" + hmac.new(SECRET, BODY, hashlib.sha256).hexdigest()
    assert SECRET not in asked.raw


def test_without_a_secret_nothing_is_signed():
    with Faulty() as server, fetcher() as asking:
        server.script("/hook", ok())
        assert asking.post(server.url("/hook"), b"x" * 300_000, {"Content-Type": "text/plain"}) == 200
        assert SIGNATURE.lower() not in server.questions[0].headers
        assert server.questions[0].headers["content-type"] == "text/plain"
        assert len(server.questions[0].body) == 300_000


@pytest.mark.parametrize("code", [200, 301, 302, 307, 404, 410, 500, 503])
def test_whatever_it_answers_is_returned_and_no_redirect_followed(code):
    with Faulty() as server, Faulty() as canary, fetcher() as asking:
        server.script("/hook", redirect(canary.url(), code))
        assert asking.post(server.url("/hook"), BODY) == code
        assert canary.connections == 0


def test_the_body_of_the_answer_is_not_read():
    with Faulty() as server, fetcher() as asking:
        server.script("/hook", lambda _: endless())
        assert asking.post(server.url("/hook"), BODY) == 200


def test_a_receiver_that_does_not_answer_is_left():
    assert refused(stall()).code == "timeout"
    assert refused([]).code == "reset"
    assert refused([b"nonsense\r\n\r\n"]).code == "not_http"
    assert refused([head(100)] * 50).code == "not_http"


def test_messages_do_not_go_into_private_networks():
    with Faulty() as canary, Fetcher(limits=QUICK) as asking:
        for url in (canary.url(), "http://169.254.169.254/", "https://10.0.0.1/", "http://2130706433:8000/"):
            with pytest.raises(FetchError) as caught:
                asking.post(url, BODY, secret=SECRET)
            assert caught.value.code in ("private_address", "bad_url")
        assert canary.connections == 0


def test_messages_do_not_go_in_plain_to_the_public():
    with Fetcher(resolve=lambda *_: ["93.184.216.34"]) as asking, pytest.raises(FetchError) as caught:
        asking.post("http://hooks.example/path-that-is-secret", BODY)
    assert caught.value.code == "insecure"
    assert "path-that-is-secret" not in str(caught.value)


def test_a_header_cannot_end_its_line():
    with Faulty() as server, fetcher() as asking:
        for headers in ({"X-A": "b\r\nX-C: d"}, {"X-A\r\nX-C": "d"}, {"X-A": "b\x00"}, {"X-A": "é"}):
            with pytest.raises(FetchError) as caught:
                asking.post(server.url(), BODY, headers)
            assert caught.value.code == "bad_request"
        assert server.connections == 0


class Post:
    """A mail server on loopback that says what it is told to say, and keeps what it hears."""

    def __init__(self, *lines, tls=None, wait=0.0):
        self.heard = []
        self.connections = 0
        self._lines, self._tls, self._wait = list(lines), tls, wait
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._server = threading.Thread(target=self._serve, daemon=True)
        self._server.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._server.join(5)
        self._listening.close()

    def _serve(self):
        try:
            opened, _ = self._listening.accept()
            self.connections += 1
            opened.settimeout(5)
            self._talk(opened)
        except OSError:
            pass

    def _talk(self, opened):
        lines = iter(self._lines)
        opened.sendall(next(lines).encode() + b"\r\n")
        while heard := self._hear(opened):
            self.heard.append(heard)
            say = next(lines, "221 bye")
            time.sleep(self._wait)
            opened.sendall(say.encode() + b"\r\n")
            if heard == b"STARTTLS\r\n" and say.startswith("220"):
                opened = self._tls.wrap_socket(opened, server_side=True)
            if say.startswith("354"):
                whole = b""
                while not whole.endswith(b"\r\n.\r\n"):
                    whole += opened.recv(65_536)
                self.heard.append(whole)
                opened.sendall(b"250 kept\r\n")

    def _hear(self, opened):
        heard = b""
        while not heard.endswith(b"\r\n"):
            came = opened.recv(1)
            if not came:
                return b""
            heard += came
        return heard


FINE = ("220 here", "250 hello", "250 ok", "250 ok", "354 go on")
LETTER = {"sender": "desk@news.example", "to": ["editor@news.example"], "subject": "New\r\nBcc: all", "text": "One."}


def send(post, security="none", host="mail.example", **more):
    with fetcher(resolve=lambda *_: ["127.0.0.1"], **more) as asking:
        server = MailServer(host=host, port=post.port, security=security, user=more.pop("user", ""))
        asking.send_mail(server, **LETTER)


def test_a_letter_is_handed_in():
    with Post(*FINE) as post:
        send(post)
        heard = b"".join(post.heard)
    assert b"TO:<editor@news.example>" in heard
    assert b"Subject: New Bcc: all\r\n" in heard
    assert b"\r\n\r\nOne.\r\n" in heard
    assert b"Auto-Submitted: auto-generated" in heard


@pytest.mark.parametrize("farewell", ["500 what", "nonsense"])
def test_a_letter_that_was_taken_is_sent_whatever_is_said_afterwards(farewell):
    with Post(*FINE, farewell) as post:
        send(post)
    assert b"One." in b"".join(post.heard)


def test_a_receiver_cannot_add_a_header():
    with fetcher() as asking:
        for odd in ({"to": ["a@news.example\r\nBcc: b@news.example"]}, {"sender": "a@news.example\nX: y"}):
            with pytest.raises(ValueError, match="linefeed"):
                asking.send_mail(MailServer(host="127.0.0.1", port=1), **{**LETTER, **odd})


def test_a_letter_is_handed_in_behind_tls(tmp_path, monkeypatch):
    known = papers.server_side(tmp_path)
    for module in (dialling, mailing):
        monkeypatch.setattr(module, "trust", lambda: papers.trusting(tmp_path))
    lines = ("220 here", "250-hello\r\n250 STARTTLS", "220 go on", "250 hello", "250 ok", "250 ok", "354 go on")
    with Post(*lines, tls=known) as post:
        send(post, "starttls")
    assert b"One." in b"".join(post.heard)
    with Post(*lines, tls=known) as post, pytest.raises(FetchError):
        send(post, "starttls", host="other.example")
    assert b"One." not in b"".join(post.heard)


@pytest.mark.parametrize(
    "lines",
    [
        ("554 go away",),
        ("220 here", "250 hello", "550 not you"),
        ("220 here", "250 hello", "250 ok", "550 not him"),
        ("220 here", "250 hello", "250 ok", "250 ok", "552 too much"),
        ("nonsense",),
        ("220 " + "x" * 100_000,),
        ("220-more\r\n" * 1_000 + "221 bye",),
    ],
)
def test_a_server_that_does_not_take_it(lines):
    with Post(*lines) as post, pytest.raises(FetchError) as caught:
        send(post)
    assert caught.value.code == "mail_refused"


def test_a_letter_does_not_go_in_plain_where_tls_was_asked_for():
    with Post("220 here", "250 hello", "250 ok", "250 ok", "354 go on") as post, pytest.raises(FetchError):
        send(post, "starttls")
    assert not any(b"One." in heard for heard in post.heard)


def test_a_server_that_dawdles_is_left():
    with Post(*FINE, wait=0.3) as post:
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            send(post, limits=HASTY)
        assert caught.value.code in ("timeout", "mail_refused")
        assert since(begun) < LATE


def test_a_server_that_dawdles_behind_tls_is_left(tmp_path, monkeypatch):
    for module in (dialling, mailing):
        monkeypatch.setattr(module, "trust", lambda: papers.trusting(tmp_path))
    lines = ("220 here", "250-hello\r\n250 STARTTLS", "220 go on", *["250-and\r\n" * 20] * 9)
    with Post(*lines, tls=papers.server_side(tmp_path), wait=0.2) as post:
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            send(post, "starttls", limits=HASTY)
        assert caught.value.code in ("timeout", "mail_refused")
        assert since(begun) < LATE


def test_letters_do_not_go_into_private_networks_or_to_odd_ports():
    with Post(*FINE) as post, Fetcher(resolve=lambda *_: ["127.0.0.1"]) as asking:
        with pytest.raises(FetchError) as caught:
            asking.send_mail(MailServer(host="mail.example", port=post.port), **LETTER)
        assert caught.value.code == "private_address"
        assert post.connections == 0
    with Fetcher(resolve=lambda *_: ["93.184.216.34"]) as asking:
        for port, security, code in ((22, "starttls", "bad_port"), (25, "none", "insecure")):
            with pytest.raises(FetchError) as caught:
                asking.send_mail(MailServer(host="mail.example", port=port, security=security), **LETTER)
            assert caught.value.code == code


def test_a_password_is_not_shown():
    server = MailServer(host="mail.example", user="desk", password="hush")
    assert "hush" not in repr(server)
    with Post("220 here", "250-hello\r\n250 AUTH PLAIN LOGIN", "535 wrong hush", "535 wrong") as post:
        known = MailServer(host="mail.example", port=post.port, security="none", user="desk", password="hush")
        with fetcher(resolve=lambda *_: ["127.0.0.1"]) as asking, pytest.raises(FetchError) as caught:
            asking.send_mail(known, **LETTER)
        assert caught.value.code == "mail_refused"
        assert "hush" not in "".join(traceback.format_exception(caught.value))
