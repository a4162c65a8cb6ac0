"""Every page as JSON, CSV and Markdown; feeds; citations; a story in one file."""

import csv
import io
import json

import pytest
from lxml import etree
from tests.web.newsrooms import STORY, browser, newsroom

from twosource.anchor import Selector, TextPosition, TextQuote, find
from twosource.store import accounts, articles

LISTS = (
    "/stories", "/conflicts", "/speakers", "/speaker/person/pavel-orsansky", "/outlets", "/outlet/coast-today",
    "/search?q=ammonia", "/search?q=leak&in=quotations", "/feeds", "/log", "/notes", f"/story/{STORY}/notes",
)  # fmt: skip
FEEDS = ("/stories", "/conflicts", "/speaker/person/pavel-orsansky", "/search?q=ammonia")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("outgoing")) as db:
        yield db


@pytest.fixture(scope="module")
def page(db):
    return browser(db)


def ending(path, form):
    base, mark, query = path.partition("?")
    return f"{base}.{form}{mark}{query}"


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_json_csv_and_markdown_too(page, path):
    told = page.get(ending(path, "json"))
    assert told.headers["content-type"] == "application/json"
    rows = next(value for name, value in told.json().items() if isinstance(value, list))
    sheet = list(csv.DictReader(io.StringIO(page.get(ending(path, "csv")).text, newline="")))
    assert len(sheet) == len(rows)
    assert page.get(ending(path, "md")).text.count("\n|") == len(rows) + 2


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_hold_lines_with_ids_that_stay_and_addresses_of_this_server(page, path):
    atom = etree.fromstring(page.get(ending(path, "atom")).content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = atom.xpath("//a:entry/a:id/text()", namespaces=space)
    assert ids
    assert all(one.startswith("urn:twosource:") for one in ids)
    assert all(h.startswith("http://127.0.0.1:8000/") for h in atom.xpath("//a:link/@href", namespaces=space))
    assert etree.fromstring(page.get(ending(path, "rss")).content).xpath("//item/guid/text()") == ids
    assert [one["id"] for one in page.get(ending(path, "feed.json")).json()["items"]] == ids


def test_a_story_is_json_table_markdown_and_one_file(db, page):
    whole = page.get(f"/story/{STORY}.json")
    assert whole.json()["schema"] == "twosource.account/1"
    assert page.get(f"/story/{STORY}.json", headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    assert page.get(f"/story/{STORY}.csv").text.startswith("kind,id,label")
    assert page.get(f"/story/{STORY}.md").text.startswith("# ")
    file = page.get(f"/story/{STORY}.html")
    assert file.headers["content-disposition"] == f'attachment; filename="{STORY}.html"'
    assert "<script" not in file.text


def lines(db):
    account = accounts.get(db, STORY)
    statement = next(s for s in account.statements if len(s.tellings) > 1)
    return {
        "statement": statement.id,
        "telling": statement.tellings[0].quotation,
        "figure": account.figures[0].tellings[0].figure,
        "conflict": account.conflicts[0].id,
    }


@pytest.mark.parametrize("kind", ["statement", "telling", "figure", "conflict"])
def test_evidence_can_be_found_again_and_cited(db, page, kind):
    address = f"/story/{STORY}/{kind}/{lines(db)[kind]}"
    told = page.get(f"{address}.json").json()
    assert told["places"]
    for place in told["places"]:
        text = articles.get(db, [place["article"]])[0].text
        for quote, position in place["selectors"]:
            assert text[position["start"] : position["end"]] == quote["exact"]
            words = TextQuote(quote["exact"], quote["prefix"], quote["suffix"])
            assert find(text, Selector(TextPosition(0, 0), words)) == (position["start"], position["end"])
    assert len(list(csv.reader(io.StringIO(page.get(f"{address}.csv").text)))) == len(told["places"]) + 1
    for form in ("txt", "md", "cite.html"):
        cited = page.get(f"{address}.{form}")
        assert cited.status_code == 200
        assert not cited.headers["content-type"].startswith("text/html")
    assert page.get(f"{address}").status_code == 200


def test_an_article_is_json_with_its_text_and_a_table_of_its_facts(db, page):
    article = articles.listed(db, limit=1)[0].id
    told = page.get(f"/article/{article}.json").json()
    assert (told["schema"], told["text"]) == ("twosource.report/1", articles.get(db, [article])[0].text)
    rows = list(csv.DictReader(io.StringIO(page.get(f"/article/{article}.csv").text, newline="")))
    assert len(rows) == len(told["quotations"]) + len(told["figures"])


def test_what_is_not_there_is_missing_in_every_form(page):
    for path in ("/story/none.json", "/article/none.csv", f"/story/{STORY}/telling/none.json", "/outlet/none.md"):
        assert page.get(path).status_code == 404, path


def test_openapi_and_its_page_come_from_this_server_alone(page):
    told = json.loads(page.get("/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    shown = page.get("/docs").text
    assert "/api/v1/stories" in shown
    assert "https://" not in shown.replace("https://…", "")
