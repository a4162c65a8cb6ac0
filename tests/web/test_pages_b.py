"""The lists and other pages, on a store of hostile words too."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.made import EVIL
from tests.web.newsrooms import NOW, STORY, browser, newsroom

from twosource.article import Article, Outlet
from twosource.pipeline import account, read
from twosource.store import accounts, alerts, articles, feeds, notes, open_store, people, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.web.people import address, outlet_page

PAGES = ("/conflicts", "/speakers", "/outlets", "/search", "/search?q=leak", "/search?q=leak&in=quotations", "/feeds",
         "/log", "/notes", "/method", "/docs", "/add", f"/story/{STORY}/notes", f"/story/{STORY}/correct",
         "/speaker/person/pavel-orsansky", "/outlet/coast-today")  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("pages")) as db:
        yield db


@pytest.fixture(scope="module")
def page(db):
    return browser(db)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_and_no_script_of_its_own(page, path):
    shown = page.get(path)
    assert shown.status_code == 200
    assert shown.text.count("<h1") == 1
    assert "<script>" not in shown.text
    assert " style=" not in shown.text
    assert " onclick" not in shown.text


@pytest.mark.parametrize("path", ["/", *PAGES])
def test_pages_of_an_empty_store_say_how_to_begin(tmp_path, path):
    with open_store(tmp_path / "empty.db") as db:
        shown = browser(db).get(path)
    assert shown.status_code == (404 if STORY in path or "/speaker/" in path or "/outlet/" in path else 200)


def test_links_of_the_lists_lead_somewhere(page):
    seen = set()
    for path in PAGES:
        hrefs = {part.split('"')[0] for part in page.get(path).text.split('href="')[1:]}
        seen |= {h.partition("#")[0].replace("&amp;", "&") for h in hrefs if h.startswith("/") and "/static/" not in h}
    wrong = {path: status for path in sorted(seen) if (status := page.get(path).status_code) >= 400}
    assert wrong == {}


def hostile(db):
    """Fill a store with words that try to be more than words."""
    words = ["The dam broke, “{0}” said {0}.", "Some 40 houses fell, {0} told reporters. “We {0} run.”"]
    came = [
        Article(
            id=f"{evil}.{i}", text=text.format(evil), outlet=Outlet(evil, None), title=evil, url="javascript:alert(1)"
        )
        for evil in EVIL
        for i, text in enumerate(words)
    ]
    outcomes = articles.add(db, [Incoming(article=a, claims={"source": a.title}) for a in came], now=NOW)
    told = [read(a, fast=True) for a in came]
    stories.assign(db, [Assignment(o.id, "evil", 1.0, 1.0, (), new=False) for o in outcomes], NOW)
    for outcome, report in zip(outcomes, told, strict=True):
        reports.put(db, outcome.number, report, "rules", now=NOW)
    accounts.put(db, "evil", account(told), "tests", NOW)
    for evil in EVIL:
        feeds.add(db, f"https://a.example/{evil}"[:900], now=NOW, title=evil, outlet=evil)
        alerts.save(db, evil[:190].strip() or "x", "dam", (), NOW)
        if evil.isprintable():
            notes.add(db, "evil", evil, evil[:190].strip() or "x", NOW)


def test_hostile_words_are_shown_as_words_on_every_page(tmp_path):
    with open_store(tmp_path / "evil.db") as db:
        hostile(db)
        page = browser(db)
        paths = ["/conflicts", "/speakers", "/outlets", "/search?q=dam", "/search?q=dam&in=quotations", "/feeds",
                 "/log", "/notes", "/story/evil/notes", "/story/evil/correct"]  # fmt: skip
        paths += [address(s) for s in people.people(db, kinds=("person", "organisation", "group"))]
        paths += [outlet_page(evil) for evil in EVIL]
        for path in paths:
            shown = page.get(path)
            assert shown.status_code == 200, path
            low = shown.text.casefold()
            assert "<script>" not in low, path
            assert "<img" not in low, path
            assert "<svg on" not in low, path
            assert "javascript:" not in low.partition("</title>")[2].replace(">javascript:", ""), path
            assert 'href="javascript' not in low, path
            assert "\u202e" not in low, path


def test_readers_are_answered_while_articles_come_in(tmp_path):
    with newsroom(tmp_path) as db:
        page = browser(db)
        stop, wrong, times = threading.Event(), [], []

        def add():
            n = 0
            while not stop.is_set():
                batch = [
                    Article(id=f"new-{n}-{i}", text=f"The {n} mills of Velden stand still, {i} say.") for i in range(20)
                ]
                articles.add(db, [Incoming(article=a) for a in batch], now=NOW)
                n += 1

        def ask(path):
            start = time.perf_counter()
            status = page.get(path).status_code
            times.append(time.perf_counter() - start)
            if status != 200:
                wrong.append((path, status))

        writer = threading.Thread(target=add)
        writer.start()
        paths = ["/search?q=mill", "/api/v1/articles", "/api/v1/stories", f"/story/{STORY}", "/conflicts.json"] * 20
        with ThreadPoolExecutor(10) as pool:
            list(pool.map(ask, paths))
        stop.set()
        writer.join()
    assert wrong == []
    assert sorted(times)[int(len(times) * 0.95)] < 5
