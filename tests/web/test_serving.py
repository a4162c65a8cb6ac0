"""Where the server listens, whom it lets in, and how fast it comes and goes."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.web.held import Held

from twosource.web.serving import Serving, ServingError, on_loopback, serve, settings_of

ROOT = Path(__file__).resolve().parents[2]
RUN = """
from tests.web.held import Held
from twosource.web.serving import Serving, serve
serve(Held({}), Serving(port=0), ready=lambda address: print(address, flush=True))
"""


@pytest.mark.parametrize(("host", "alone"), [
    ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
    ("0.0.0.0", False), ("::", False), ("192.168.1.4", False), ("news.example", False), ("", False),
])  # fmt: skip
def test_only_this_machine_reaches_loopback(host, alone):
    assert on_loopback(host) is alone


def test_a_server_that_others_reach_needs_a_token_or_an_order():
    with pytest.raises(ServingError, match="token"):
        settings_of(Serving(host="0.0.0.0"))
    assert settings_of(Serving(host="0.0.0.0", token="long enough")).token == "long enough"
    assert settings_of(Serving(host="0.0.0.0", open_to_all=True)).token is None
    assert settings_of(Serving()).token is None


@pytest.mark.parametrize("serving", [
    Serving(hosts=("news.desk",)), Serving(hosts=("https://news.desk",)), Serving(host="0.0.0.0"), Serving(host=""),
    Serving(host="::ffff:127.0.0.1"), Serving(hosts=("192.168.1.4",)), Serving(host="0.0.0.0", token="  "),
    Serving(hosts=("news.desk",), token="short"), Serving(private=True),
])  # fmt: skip
def test_what_lets_others_write_or_nobody_read_is_not_served(serving):
    with pytest.raises(ServingError, match="token"):
        settings_of(serving)


@pytest.mark.parametrize(
    "name", ["*", "news.desk/path", "a b", "", "https://", "ftp://news.desk", "user@news.desk", "."]
)
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ServingError, match="no name"):
        settings_of(Serving(hosts=(name,), open_to_all=True))


@pytest.mark.parametrize(("told", "name", "secure"), [
    ("News.Desk", "news.desk", False), ("https://news.desk/", "news.desk", True), ("news.desk:80", "news.desk", False),
    ("http://news.desk", "news.desk", False), ("https://[fd00::1]:8443", "[fd00::1]", True),
    ("B\u00fccher.example", "xn--bcher-kva.example", False),
])  # fmt: skip
def test_names_are_taken_as_browsers_send_them(told, name, secure):
    settings = settings_of(Serving(hosts=(told,), token="long enough"))
    assert name in settings.hosts
    assert (name in settings.secure) is secure


def test_other_names_of_this_machine_need_no_token():
    assert "127.8.9.1" in settings_of(Serving(host="127.8.9.1", hosts=("127.0.0.2",))).hosts


def test_names_that_the_server_answers_to():
    assert "evil.example" not in settings_of(Serving()).hosts
    assert {"10.0.0.5", "localhost"} <= settings_of(Serving(host="10.0.0.5", token="long enough")).hosts
    assert "[fd00::1]" in settings_of(Serving(host="fd00::1", token="long enough")).hosts
    assert "news.desk" in settings_of(Serving(hosts=("News.Desk",), open_to_all=True)).hosts
    assert "0.0.0.0" not in settings_of(Serving(host="0.0.0.0", token="long enough")).hosts


def test_a_port_that_is_taken_is_said_so():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServingError, match="cannot be listened on"):
        serve(Held({}), Serving(port=taken.getsockname()[1]), ready=print)


def test_a_server_answers_soon_and_ends_when_told():
    begun = time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, env=environment, text=True) as process:
        address = process.stdout.readline().strip()
        took = time.monotonic() - begun
        port = int(address.rstrip("/").rpartition(":")[2])
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        link.request("GET", "/")
        answer = link.getresponse()
        assert answer.status == 200
        answer.read()
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        process.wait(timeout=10)
        assert time.monotonic() - begun < 5
    assert address.startswith("http://127.0.0.1:")
    assert took < 10
