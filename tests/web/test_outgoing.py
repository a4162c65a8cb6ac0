"""Every page as JSON, CSV and Markdown; feeds; citations; a story in one file."""

import csv
import io
import json
from dataclasses import replace

import pytest
from lxml import etree, html
from tests.made import made_account
from tests.web.held import Held
from tests.web.newsrooms import NOW, STORY, browser, newsroom
from tests.web.served import client, demo
from tests.web.test_pages import large

from twosource.anchor import Selector, TextPosition, TextQuote, find, select
from twosource.article import Span
from twosource.store import accounts, articles, notes

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
    assert page.get(f"/story/{STORY}.bib").text.count("@online{") == len(whole.json()["articles"])
    linked = page.get(f"/story/{STORY}.jsonld")
    assert linked.headers["content-type"] == "application/ld+json"
    assert {node["@type"] for node in linked.json()["@graph"]} >= {"NewsArticle", "Quotation", "Person"}
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


def test_only_quoted_words_are_cited_as_the_speakers_and_a_denial_stays_one(db, page):
    told = [t for s in accounts.get(db, STORY).statements for t in s.tellings]
    cited = {t.quotation: page.get(f"/story/{STORY}/telling/{t.quotation}.txt").text for t in told}
    denied = next(text for text in cited.values() if "ignored warnings" in text and "denied" in text)
    assert denied.startswith("“Harbour chief Jovan Hadrelic denied that the port had ignored warnings")
    assert "– Harrow Courier, reporting Jovan Hadrelic, “" in denied
    assert any(
        text.startswith("“Every paper we were asked for was handed in,” – Jovan Hadrelic, in")
        for text in cited.values()
    )
    for telling in told:
        assert (
            telling.mode == "direct" or ", in " not in cited[telling.quotation].partition(" – ")[2].partition(", “")[0]
        )


def test_what_somebody_denied_stands_nowhere_without_the_denial(page):
    for path in ("/speaker/person/jovan-hadrelic", "/search?q=warnings&in=quotations"):
        rows = list(csv.DictReader(io.StringIO(page.get(ending(path, "csv")).text)))
        assert {row["cue"] for row in rows if "ignored warnings about" in row["words"]} == {"denied"}
        assert page.get(path).text.count("denied:</bdi> <bdi>") == sum(row["cue"] == "denied" for row in rows)
        assert "denied: that the port had ignored" in page.get(ending(path, "atom")).text
    said = page.get("/api/v1/search/quotations?q=warnings").json()["quotations"]
    assert {one["cue"] for one in said if "ignored warnings about" in one["words"]} == {"denied"}


def test_an_article_is_json_with_its_text_and_a_table_of_its_facts(db, page):
    article = articles.listed(db, limit=1)[0].id
    told = page.get(f"/article/{article}.json").json()
    assert (told["schema"], told["text"]) == ("twosource.report/1", articles.get(db, [article])[0].text)
    rows = list(csv.DictReader(io.StringIO(page.get(f"/article/{article}.csv").text, newline="")))
    assert len(rows) == len(told["quotations"]) + len(told["figures"])


def test_notes_stand_in_what_is_kept_or_printed_only_where_they_are_asked_for(tmp_path):
    with newsroom(tmp_path) as db:
        told = lines(db)
        text = accounts.get(db, STORY).articles[1].text
        on = notes.Target(article=accounts.get(db, STORY).articles[1].id, selector=select(text, Span(5, 25)))
        first = notes.add(db, STORY, "ask <b>X</b>\nby noon", "Jo \u202e", NOW, notes.Target(line=told["telling"]))
        notes.add(db, STORY, "who says so", "Kim", NOW + 1, on)
        notes.reply(db, first.number, "X says yes", "Lee", NOW + 2)
        notes.add(db, STORY, "on a figure", "Kim", NOW + 3, notes.Target(line=told["figure"]))
        notes.add(db, STORY, "on nothing", "Kim", NOW + 4, notes.Target(line="s-000000000000"))
        page = browser(db)
        for form in (".html", "/print", ".md", "/print.md"):
            address = f"/story/{STORY}{form}"
            assert "says yes" not in page.get(address).text
            assert "says yes" not in page.get(f"{address}?notes=no").text
            shown = page.get(f"{address}?notes=yes")
            assert shown.status_code == 200
            where = [
                shown.text.index(words) for words in ("ask ", "X says yes", "who says so", "on a figure", "on noth")
            ]
            assert where == sorted(where), form
            assert "<b>X" not in shown.text
            assert "\u202e" not in shown.text
            assert " ".join(text[5:25].split()) in shown.text
        file = html.fromstring(page.get(f"/story/{STORY}.html?notes=yes").content)
        leads = file.xpath("//section[@id='notes']//a/@href")
        assert len(leads) == 3
        assert all(file.xpath("//*[@id=$id]", id=lead[1:]) for lead in leads)


@pytest.mark.parametrize(("reports", "form", "most"), [(200, "html", 7e6), (40, "md", 3e6), (40, "csv", 4e6)])
def test_names_of_a_megabyte_do_not_fill_what_is_kept(reports, form, most):
    page = client(Held({STORY: (large(reports, "<b>T\u202e" * 200_000), ())}))
    told = page.get(f"/story/{STORY}.{form}")
    assert told.status_code == 200
    assert len(told.content) < most


def test_every_link_in_one_file_lands_also_where_nobody_read_the_reports():
    made = made_account()
    pairs = [(account, reports) for account, reports in ((made, ()), demo(), (demo()[0], ()))]
    pairs += [(replace(made, articles=tuple(replace(a, text=f"{a.text}{'x ' * 60_000}") for a in made.articles)), ())]
    for account, reports in pairs:
        page = html.fromstring(client(Held({STORY: (account, reports)})).get(f"/story/{STORY}.html").content)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {lead[1:] for lead in page.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)


def test_what_is_not_there_is_missing_in_every_form(page):
    for path in ("/story/none.json", "/article/none.csv", f"/story/{STORY}/telling/none.json", "/outlet/none.md"):
        assert page.get(path).status_code == 404, path


def test_openapi_and_its_page_come_from_this_server_alone(page):
    told = json.loads(page.get("/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    shown = page.get("/docs").text
    assert "/api/v1/stories" in shown
    assert "https://" not in shown.replace("https://…", "")
