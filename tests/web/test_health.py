"""What monitors are told: whether the process answers, whether it can be used and why not, and counts."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.newsrooms import browser, newsroom
from tests.web.served import client

from twosource.store import quarantine
from twosource.store.quarantine import Reject
from twosource.web.app import create_app
from twosource.web.reading import Shelf
from twosource.web.stored import StoreNewsroom


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as db:
        yield db


NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?[0-9.e+-]+|NaN|[+-]Inf)")


def exposition(text):
    """The samples of a text in Prometheus' format 0.0.4 by name and labels; asserts that it is one, to the letter."""
    assert text.endswith("\n")
    helped, typed, found, closed, current = set(), {}, {}, set(), None
    for line in text[:-1].split("\n"):
        if line.startswith("# "):
            _, kind, name, rest = line.split(" ", 3)
            assert kind in {"HELP", "TYPE"}
            assert re.fullmatch(NAME, name)
            if kind == "HELP":
                assert name not in helped
                assert "\\" not in re.sub(r"\\[\\n]", "", rest)
                helped.add(name)
            else:
                assert name not in typed
                assert rest in {"counter", "gauge", "histogram", "summary", "untyped"}
                assert not any(sample[0] == name for sample in found)
                typed[name] = rest
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        name, labels = sample[1], sample[2] or ""
        if name != current:
            assert name not in closed, "samples of one name stand together"
            closed.add(current)
            current = name
        pairs = re.findall(LABEL, labels)
        assert len({label for label, _ in pairs}) == len(pairs)
        assert (name, labels) not in found
        found[name, labels] = float(sample[len(sample.groups())])
        assert name in typed
        assert name in helped
    assert set(typed) == helped
    return found


def test_counts_are_told_as_prometheus_asks(db):
    for n, reason in enumerate(['a "b"\\c', "line\nend", "r\u00e9sum\u00e9", "\r", "\u2028", ""]):
        quarantine.put(db, [Reject(source="file", name=str(n), reason=reason, message="m")], now=1.0)
    answer = browser(db).get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = exposition(answer.text)
    assert found["twosource_articles", ""] == 4
    reasons = {labels: n for (name, labels), n in found.items() if name == "twosource_quarantined"}
    assert len(reasons) == 6
    assert reasons['reason="a \\"b\\"\\\\c"'] == 1
    assert reasons['reason="line\\nend"'] == 1


def test_a_server_without_a_store_counts_nothing_but_itself():
    found = exposition(client().get("/metrics").text)
    assert [name for name, _ in found] == ["twosource_info"]
    assert client().get("/readyz").status_code == 200


def test_a_server_whose_store_is_gone_is_alive_but_not_ready(db):
    page = browser(db)
    assert page.get("/readyz").text == "ready\n"
    Path(db.address).unlink()
    answer = page.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: the store's file is gone\n")
    assert page.get("/healthz").status_code == 200


def test_a_server_whose_store_is_damaged_says_so_on_every_page_without_a_path(db):
    page = browser(db)
    whole = Path(db.address)
    whole.write_bytes(b"\xa5" * whole.stat().st_size)
    for path in ("/", "/api/v1/stories", "/metrics", "/conflicts", "/search?q=leak"):
        answer = page.get(path)
        assert answer.status_code == 503
        assert str(Path(db.address).parent) not in answer.text
        assert "Traceback" not in answer.text


def test_a_server_whose_store_is_empty_is_not_ready(db):
    os.truncate(db.address, 0)
    assert browser(db).get("/readyz").text == "not ready: the store cannot be read\n"


def test_a_server_without_a_desk_is_not_ready(db):
    runs = [True, False]
    app = create_app(Shelf(StoreNewsroom(db)), desk_runs=runs.pop)
    page = TestClient(app, "http://127.0.0.1:8000")
    answer = page.get("/readyz")
    assert (answer.status_code, answer.text.partition(",")[0]) == (503, "not ready: no desk runs")
    assert page.get("/readyz").status_code == 200


def asked(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def until(true, seconds=15):
    """Wait until something is true; tell whether it came to that."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def test_a_server_tells_that_its_desk_died_and_ends_with_all_beside_it(db, tmp_path):
    command = [sys.executable, "-m", "twosource", "serve", "--port", "0", "--store", str(tmp_path / "news.db")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        address = re.search(r"http://\S+", serving.stderr.readline()).group()
        children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children")
        desk = int(until(lambda: children.read_text().split())[0])
        assert asked(address + "readyz") == (200, "ready\n")
        os.kill(desk, signal.SIGKILL)
        assert until(lambda: asked(address + "readyz")[0] == 503)
        assert "no desk runs" in asked(address + "readyz")[1]
        assert asked(address + "healthz") == (200, "ok\n")
        serving.terminate()
        assert serving.wait(10) == 0
