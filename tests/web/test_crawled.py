"""A store in which every name, title, note and text is hostile, walked by all its links: everything is inert."""

import csv
import io
import json
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html
from tests.made import EVIL
from tests.web.newsrooms import NOW, browser

from twosource.article import Article, Outlet
from twosource.pipeline import account, read
from twosource.store import accounts, alerts, articles, feeds, judgements, notes, open_store, people, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.version import VERSION
from twosource.web.safety import HEADERS

PAYLOADS = (
    EVIL[2],
    EVIL[3],
    EVIL[4],
    EVIL[8],
    '"><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}',
    "</title></script><svg onload=alert(1)>]]><b>&#x3c;&amp;",
    "javascript:alert(1)",
    "+1-1|cmd",
    "@SUM(A1)",
    "\r\nSet-Cookie: a=b",
)

MOST = 700
"""Addresses that are asked for; a store of this size has fewer."""


def fill(db, payload, n):
    """A story of two reports by outlets of hostile names, with an account, a note, and a correction."""
    found = []
    for letter in "AB":
        told = (
            f"{payload} at the dam\n“We keep the {payload} gate shut until {n + 3} March,” Odile {payload} said on "
            f"Monday.\nAbout {n + 40 + ord(letter) % 2} workers of {payload} left, according to Marek Brandt.\n"
        )
        outlet = Outlet(f"{payload} {letter}", None)
        found.append(read(Article(id=f"a{n}{letter}{payload}", text=told, title=payload, outlet=outlet,
                                  url="https://x.example/" + letter, published="2025-03-03"), fast=True))  # fmt: skip
    outcomes = articles.add(db, [Incoming(article=r.article, key=f"{n} {r.id}") for r in found], now=NOW + n)
    story = f"story-{n:012x}"
    stories.assign(db, [Assignment(o.id, story, score=1.0, margin=0.5, why=(), new=True) for o in outcomes], NOW + n)
    for outcome, report in zip(outcomes, found, strict=True):
        reports.put(db, outcome.number, report, f"{VERSION} rules", now=NOW)
    accounts.put(db, story, account(found), "tests", NOW)
    clean = "".join(c for c in payload if c.isprintable())
    notes.add(db, story, f"{clean} note", f"{clean} author", NOW)
    judgements.put(db, "outlet_mark", {"outlet": f"{payload} A", "mark": "distrusted"}, by=clean, now=NOW, reason=clean)
    alerts.save(db, f"{clean} search", "dam", (), NOW)
    feeds.add(db, f"https://x{n}.example/feed", now=NOW, outlet=clean)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What all addresses answer that links lead to, by address."""
    with open_store(tmp_path_factory.mktemp("crawled") / "news.db") as db:
        for n, payload in enumerate(PAYLOADS):
            fill(db, payload, n)
        page = browser(db)
        todo = deque(["/", "/conflicts", "/speakers", "/outlets", "/log", "/notes", "/search?q=dam", "/add", "/feeds",
                      "/api/v1/stories", "/api/v1/articles", "/api/v1/speakers", "/api/v1/conflicts",
                      "/api/v1/corrections", "/api/v1/search/quotations?q=gate", "/openapi.json", "/docs",
                      "/api/v1/feeds", "/metrics", "/stories.csv", "/api/v1/nothing", "/nothing",
                      "/story/nothing.csv", "/api/v1/searches"])  # fmt: skip
        todo += [f"/api/v1/speakers/{s.number}/quotations" for s in people.people(db, "", limit=30)]
        found = {}
        while todo and len(found) < MOST:
            path = todo.popleft()
            if path not in found:
                found[path] = page.get(path)
                todo += leading(path, found[path])
        yield found


def leading(path, answer):
    """The addresses of ours that a page leads to, one of a kind of question: filters combine without end."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    links = html.fromstring(answer.content).xpath("//a/@href | //link/@href")
    ours = (urljoin(f"http://127.0.0.1:8000{path}", link).partition("#")[0] for link in links)
    parts = (urlsplit(link) for link in ours if link.startswith("http://127.0.0.1:8000/"))
    return [p.path + (f"?{p.query}" if p.query and len(path) < 40 else "") for p in parts if "/static/" not in p.path]


def of(answers, kind):
    return {path: a for path, a in answers.items() if a.headers.get("content-type", "").startswith(kind)}


def test_links_lead_to_all_kinds_of_answers_and_none_fails(answers):
    assert len(answers) > 300
    kinds = {a.headers.get("content-type", "").partition(";")[0] for a in answers.values()}
    assert {"text/html", "text/csv", "application/json", "text/markdown", "application/atom+xml"} <= kinds
    assert {path: a.status_code for path, a in answers.items() if a.status_code not in {200, 303, 308, 404}} == {}
    gone = {path for path, a in answers.items() if a.status_code == 404}
    assert len(gone) < 8, gone


def test_every_answer_carries_the_headers_and_none_of_the_texts_in_them(answers):
    for path, answer in answers.items():
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode(), path
        assert answer.headers["cache-control"].split(",")[0] in {"private", "no-store", "no-cache"}, path
        assert "set-cookie" not in answer.headers, path
        for value in answer.headers.values():
            assert "alert" not in value
            assert value.isprintable()


def test_every_page_is_inert(answers):
    for path, answer in of(answers, "text/html").items():
        if path.endswith(".html"):  # a page of one file, with its own style and policy
            continue
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", answer.text), path
        assert "49{% raw" not in answer.text
        for element in html.fromstring(answer.content).iter():
            assert element.tag not in {"iframe", "object", "embed", "base", "style", "foreignObject", "set", "animate"}
            assert element.tag != "script" or (element.get("src", "").startswith("/static/") and not element.text), path
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), (path, name)
                assert name not in {"style", "srcdoc", "formaction", "http-equiv"}, (path, name)
                if name in {"href", "src", "action", "xlink:href"}:
                    assert re.match(r"https?://[^/]|/(?![/\\])|#|\?|\.", value) or not value, (path, value)


def test_no_cell_of_any_table_is_a_formula(answers):
    tables = of(answers, "text/csv")
    assert len(tables) > 10
    for path, answer in tables.items():
        for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline=""), strict=True):
            for cell in row:
                bare = cell.lstrip(" \"'\u201c\u00a0\t\r\n") if not cell.startswith("'") else ""
                number = re.fullmatch(r"-?[0-9.]+(?:e[+-]?[0-9]+)?", cell)
                assert number or not bare.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")), (
                    path,
                    cell,
                )


def test_every_feed_is_well_formed_and_holds_no_element_of_others(answers):
    found = of(answers, "application/atom+xml") | of(answers, "application/rss+xml")
    assert len(found) > 5
    for path, answer in found.items():
        tree = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False, no_network=True))
        for element in tree.iter():
            assert etree.QName(element).localname in FEED, (path, element.tag)
            assert not any("javascript" in value for value in element.attrib.values())
    for path, answer in of(answers, "application/feed+json").items():
        assert json.loads(answer.content)["version"].startswith("https://jsonfeed.org/"), path


FEED = {
    "feed", "id", "title", "updated", "link", "entry", "summary", "content", "author", "name", "generator", "published",
    "rss", "channel", "description", "item", "guid", "pubDate", "lastBuildDate", "language", "category", "subtitle",
}  # fmt: skip


def test_everything_for_programs_is_json_in_ascii_or_utf8(answers):
    for kind in ("application/json", "application/problem+json"):
        for answer in of(answers, kind).values():
            json.loads(answer.content.decode("utf-8"))
            assert answer.headers["x-content-type-options"] == "nosniff"
