"""Every page under its address with .json, .csv and .md behind; no other ending is taken, and no id is one."""

import csv
import io
import json

import pytest
from lxml import html
from tests.web.newsrooms import NOW, STORY, browser, newsroom

from twosource.article import Article
from twosource.store import accounts, alerts, articles, judgements, lines
from twosource.store.article_rows import Incoming
from twosource.web import links
from twosource.web.app import ROUTERS

FORMS = ("json", "csv", "md")

WITHOUT = {
    "/add": "a form", "/add/done": "what a form leads to", "/sign-in": "a form",
    "/story/{story}/correct": "a form", "/story/{story}/correct/{quotation}": "a form",
    "/docs": "its form is /openapi.json", "/healthz": "no page", "/readyz": "no page", "/metrics": "no page",
    "/openapi.json": "no page", "/favicon.ico": "no page", "/robots.txt": "no page", "/static/{mark}/{name}": "no page",
    "/feeds.opml": "no page",
}  # fmt: skip
"""Addresses that have no forms, and why."""


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("forms")) as db:
        again = [
            Incoming(article=Article(id="", text=text, url="https://coast.example/gate", title="Gate"))
            for text in ("The gate is shut.\nNobody came.", "The gate is open.\nNobody came.")
        ]
        articles.add(db, again[:1], now=NOW)
        articles.add(db, again[1:], now=NOW + 60)
        alerts.save(db, "leaks", "ammonia", (), NOW)
        judgements.put(db, "outlet_mark", {"outlet": "The Lantern", "mark": "hidden"}, by="Tester", now=NOW)
        yield db


@pytest.fixture(scope="module")
def page(db):
    with browser(db) as page:
        yield page


@pytest.fixture(scope="module")
def filled(db):
    """What fills the parts of each path."""
    account = accounts.get(db, STORY)
    quotation = account.statements[0].tellings[0].quotation
    link = account.lineage.links[0]
    version = articles.listed(db, limit=1)[0].id
    names = {
        "statement": quotation, "telling": quotation,
        "figure": account.figures[0].tellings[0].figure, "conflict": account.conflicts[0].id,
        "origin": account.lineage.origins[0].id, "speaker": "pavel-orsansky", "outlet": "coast-today",
        "article": version, "saved": "leaks", "left": link.left, "right": link.right, "version": version,
        "number": str(lines.read(db)[-1].number), "story": STORY, "kind": "person",
    }  # fmt: skip

    def fill(path):
        parts = path.split("/")
        what = next((p for p in reversed(parts) if p in names and not p.startswith("{") and p != "story"), "")
        return "/".join(names.get(p[1:-1], names.get(what, "")) if p.startswith("{") else p for p in parts)

    return fill


def pages():
    """Every address that answers a browser with a page."""
    told = [r.path for router in ROUTERS for r in router.routes if "GET" in (r.methods or ())]
    ends = (".json", ".csv", ".md", ".html", ".txt", ".atom", ".rss", ".bib", ".jsonld")
    return [p for p in dict.fromkeys(told) if not p.startswith("/api/") and not p.endswith(ends) and p not in WITHOUT]


@pytest.mark.parametrize("path", pages())
def test_every_page_has_its_forms(page, filled, path):
    address = filled(path).rstrip("/") or "/stories"
    assert page.get(filled(path)).status_code in (200, 307), filled(path)
    for form in FORMS:
        told = page.get(f"{address}.{form}")
        assert told.status_code == 200, f"{address}.{form}"
        assert form in told.headers["content-type"].replace("markdown", "md")
        assert len(told.content) > 10
    assert isinstance(json.loads(page.get(f"{address}.json").content), dict)
    rows = list(csv.reader(io.StringIO(page.get(f"{address}.csv").text, newline="")))
    assert len({len(row) for row in rows}) == 1


def test_pages_without_forms_are_still_there():
    told = {r.path for router in ROUTERS for r in router.routes}
    assert set(WITHOUT) <= told


@pytest.mark.parametrize("path", [p for p in pages() if p != "/"])
def test_endings_that_are_no_form_are_not_there(page, filled, path):
    for ending in ("atom2", "feed", "xml", "jsonx", "JSON", "html2", "json.json", "1x"):
        assert page.get(f"{filled(path)}.{ending}").status_code == 404, f"{filled(path)}.{ending}"


def test_feeds_stand_only_where_lists_grow(page, filled):
    for path in pages():
        feeds = path in {"/conflicts", "/search", "/stories", "/"} or path.startswith(("/speaker/", "/saved/"))
        address = filled(path).rstrip("/") or "/stories"
        for ending in ("atom", "rss", "feed.json"):
            assert page.get(f"{address}.{ending}").status_code == (200 if feeds else 404), f"{address}.{ending}"


@pytest.mark.parametrize(
    "known", ["a.json", "x.csv", "v1.md", "b.feed.json", "c.atom", "d.html", "e.txt", "f.bib", "g.Z"]
)
def test_an_id_that_ends_like_a_form_is_no_form(known):
    assert links.token(known).startswith("~")
    assert "." not in links.token(known)
    assert links.known_by(links.token(known)) == known


def test_other_ids_stand_as_they_are():
    for known in ("q-0123456789ab.210", "story-5ea1ca5cade0", "2025-10-16", "a.b-c", "v1.20"):
        assert links.token(known) == known


def test_the_method_in_every_form_says_what_the_page_says(page):
    rows = page.get("/method.json").json()["sections"]
    assert {"What it does not do", "How independence is counted"} <= {row["heading"] for row in rows}
    shown = " ".join(html.fromstring(page.get("/method").content).text_content().split())
    assert all(row["words"] in shown for row in rows)


def test_a_list_of_a_story_goes_on_in_its_form(page):
    told = page.get(f"/story/{STORY}/statements.json?rests=several").json()["statements"]
    assert told
    assert all(row["origins"] > 1 for row in told)
    assert page.get(f"/story/{STORY}/figures.json?from=x").status_code == 400


def test_the_blocks_of_a_text_are_its_words_at_their_places(db, page):
    article = accounts.get(db, STORY).articles[0]
    for row in page.get(f"/article/{article.id}/text.json").json()["blocks"]:
        assert article.text[row["start"] : row["end"]] == row["words"]
