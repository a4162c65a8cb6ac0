"""Readers while articles are being added and accounts made by other processes: every page comes, none says an error."""

import http.client
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.stories import story_articles
from tests.web.newsrooms import STORY, newsroom

from twosource.store import articles, open_store, shelf
from twosource.store.article_rows import Incoming

READERS, ROUNDS = 20, 3
PAGES = ("/", f"/story/{STORY}", "/?order=newest", f"/story/{STORY}/statements", "/?since=1.0")
SERVE = """
import sys
from twosource.store import open_store
from twosource.web.serving import Serving, serve
from twosource.web.stored import StoreNewsroom
serve(StoreNewsroom(open_store(sys.argv[1])), Serving(port=0), ready=lambda address: print(address, flush=True))
"""


@pytest.fixture
def store(tmp_path):
    newsroom(tmp_path).close()
    return tmp_path / "news.db"


@pytest.fixture
def port(store):
    """Where the store is served by a process of its own."""
    with subprocess.Popen([sys.executable, "-c", SERVE, str(store)], stdout=subprocess.PIPE, text=True) as process:
        yield int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        process.terminate()


@contextmanager
def desk(store):
    """The desk of the store, in a process of its own."""
    command = [sys.executable, "-m", "twosource", "watch", "--offline", "--quiet"]
    with subprocess.Popen(
        command, env=os.environ | {"TWOSOURCE_STORE": str(store)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        try:
            yield
        finally:
            run.terminate()


def asked(port, path):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", path)
        answer = link.getresponse()
        answer.read()
        return answer.status
    finally:
        link.close()


def adding(store, stop, added):
    """Add one article after the other until told to stop; each is the bundled story told a little otherwise."""
    with open_store(store) as db:
        for number in range(200):
            base = story_articles()[number % 4]
            late = replace(
                base,
                id="",
                text=base.text.replace("ammonia", f"ammonia {number}", 1),
                url=f"https://late-{number}.example/",
                markup=(),
            )
            articles.add(db, [Incoming(article=late)], now=1_760_560_000.0 + number)
            added.append(number)
            if stop.wait(0.05):
                return


def test_readers_are_served_while_articles_come_in_and_accounts_are_made(store, port):
    stop, added, statuses = threading.Event(), [], []
    writer = threading.Thread(target=adding, args=(store, stop, added))
    readers = [
        threading.Thread(target=lambda: statuses.extend(asked(port, path) for _ in range(ROUNDS) for path in PAGES))
        for _ in range(READERS)
    ]
    writer.start()
    while len(added) < 3:
        time.sleep(0.05)
    with desk(store), open_store(store, readonly=True) as db:
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        until = time.monotonic() + 20
        while (grown := sum(s.size for s in shelf.listed(db))) <= 4 and time.monotonic() < until:
            time.sleep(0.2)
        stop.set()
        writer.join()
    assert statuses.count(200) == READERS * ROUNDS * len(PAGES)
    assert grown > 4
