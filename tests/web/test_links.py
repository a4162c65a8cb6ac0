"""A reader who clicks on everything: every address on every page of a newsroom answers, every place in it is there."""

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html
from tests.web.newsrooms import NOW, STORY, browser, newsroom

from twosource.article import Article
from twosource.store import accounts, alerts, articles, judgements, notes
from twosource.store.article_rows import Incoming

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("links")) as db:
        for n, words in enumerate(("The gate is shut.\nNobody came.", "The gate is open.\nNobody came.")):
            again = Article(id="", text=words, url="https://coast.example/gate", title="Gate")
            articles.add(db, [Incoming(article=again)], now=NOW + 60 * n)
        told = accounts.get(db, STORY)
        names = (told.statements[0].id, told.figures[0].tellings[0].figure, told.conflicts[0].id, "q-000000000000")
        for name in names:
            notes.add(db, STORY, "look", "Jo", NOW, notes.Target(line=name))
        alerts.save(db, "leaks", "ammonia", (), NOW)
        judgements.put(db, "outlet_mark", {"outlet": "The Lantern", "mark": "hidden"}, by="Jo", now=NOW)
        with browser(db) as page:
            yield page


def clicked(page, begin):
    """Every page that is reached from ``begin``, by its address, with the addresses and ids that it holds."""
    found, waiting = {}, deque(begin)
    while waiting:
        path = waiting.popleft()
        if path in found:
            continue
        answer = page.get(path, follow_redirects=True)
        assert answer.status_code < 400 or (answer.status_code == 410 and "q-000000000000" in path), path
        kind = answer.headers["content-type"].partition(";")[0]
        kept = "content-disposition" in answer.headers
        if kind != "text/html" or kept:
            assert kind != "application/json" or answer.json() is not None
            assert "xml" not in kind or etree.fromstring(answer.content) is not None
            found[path] = ((), frozenset())
            continue
        tree = html.fromstring(answer.content)
        here = urlsplit(str(answer.url))
        leads = [urljoin(f"{here.path}?{here.query}", lead) for lead in tree.xpath("//@href | //@src | //form/@action")]
        copies = [urljoin(here.path, lead) for lead in tree.xpath("//@data-copy") if lead]
        found[path] = ((*leads, *copies), frozenset(tree.xpath("//@id")))
        posts = set(tree.xpath("//form[@method='post']/@action"))
        inner = (lead.partition("#")[0] for lead in (*leads, *copies) if lead.startswith("/") and lead not in posts)
        waiting += [lead or path for lead in inner]
    return found


def test_every_address_on_every_page_answers_and_every_place_is_there(page):
    found = clicked(
        page, ["/", f"/story/{STORY}", f"/story/{STORY}/notes", f"/story/{STORY}/figures", "/log", "/feeds"]
    )
    assert len(found) > 300
    kinds = {path.split("/")[3] for path in found if path.startswith(f"/story/{STORY}/")}
    assert kinds >= {"statement", "telling", "figure", "conflict", "origin", "pair", "print", "statements", "figures"}
    for path, (leads, _) in found.items():
        for lead in leads:
            bare, _, place = lead.partition("#")
            assert lead.startswith(("/", "http://", "https://")), (path, lead)
            if place and bare.startswith("/") and found[bare][1]:
                assert place in found[bare][1], (path, lead)


def test_every_foreign_address_on_a_page_is_that_of_an_article(page):
    told = page.get(f"/story/{STORY}.json").json()["articles"]
    own = {a["url"] for a in told if a["url"]}
    for path in (f"/story/{STORY}", f"/story/{STORY}/print", f"/story/{STORY}/statements", "/conflicts", "/speakers"):
        for lead in html.fromstring(page.get(path).content).xpath("//a/@href[starts-with(., 'http')]"):
            assert lead.partition("#")[0] in own, (path, lead)
