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
    assert settings_of(Serving(host="0.0.0.0", token="t")).token == "t"
    assert settings_of(Serving(host="0.0.0.0", open_to_all=True)).token is None
    assert settings_of(Serving()).token is None


def test_names_that_the_server_answers_to():
    assert "evil.example" not in settings_of(Serving()).hosts
    assert {"10.0.0.5", "localhost"} <= settings_of(Serving(host="10.0.0.5", token="t")).hosts
    assert "[fd00::1]" in settings_of(Serving(host="fd00::1", token="t")).hosts
    assert "news.desk" in settings_of(Serving(hosts=("News.Desk",))).hosts
    assert "0.0.0.0" not in settings_of(Serving(host="0.0.0.0", token="t")).hosts


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
