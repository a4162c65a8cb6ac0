"""A real browser over a real server, both for the whole run of the tests; nothing else is asked for."""

import queue
import shutil
import tempfile
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.web.newsrooms import newsroom
from tests.web.served import held

from twosource.web.serving import Serving, serve
from twosource.web.stored import StoreNewsroom

SHOTS = Path(__file__).resolve().parents[2] / "out" / "pages"
"""Where screenshots are kept."""

TALLEST = 4_000
"""Pixels of a page that a picture shows: a telephone's view of a long story is four times as tall."""

MISSING = "no Chromium: run tests/install_browser.sh"


def chromium():
    """The path of Debian's Chromium, or None."""
    return shutil.which("chromium")


@cache
def address():
    """Where the stories are served, without the slash."""
    return _served(held())


def _served(newsroom_):
    ready = queue.Queue()
    running = threading.Thread(
        target=serve, args=(newsroom_, Serving(port=0)), kwargs={"ready": ready.put}, daemon=True, name="served"
    )
    running.start()
    return ready.get(timeout=20).rstrip("/")


@cache
def newsroom_address():
    """Where a store that is written to is served, the bundled story in it."""
    place = tempfile.mkdtemp(prefix="twosource-browser-")
    return _served(StoreNewsroom(newsroom(place)))


@contextmanager
def driven():
    """A running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])


class Watched:
    """A page that remembers what it asked others for and what went wrong in it."""

    def __init__(self, browser, base=None, **options):
        own = base or address()
        self.context = browser.new_context(base_url=own, **options)
        self.context.set_default_timeout(8_000)
        self.page = self.context.new_page()
        self.wrong, self.foreign = [], []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda ask: None if ask.url.startswith(own) else self.foreign.append(ask.url))

    def shot(self, name):
        """Keep a picture of the page, of a very long one its first part."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = self.page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
        self.page.screenshot(path=SHOTS / f"{name}.jpg", full_page=True, clip=clip, type="jpeg", quality=70)
