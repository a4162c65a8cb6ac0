"""A speaker's page where they said something else at another time: contrasted, linked, as rows, and inert."""

import csv
import io
import time

import pytest
from lxml import html
from tests.align.spoken import told
from tests.web.newsrooms import browser

from twosource.article import Article, Outlet
from twosource.store import articles, open_store, people, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.web.positions import MOST_READ, changed

NOW = 1_800_000_000.0
PAGE = "/speaker/person/ana-mora"
HOSTILE = "<script>alert(1)</script>\u202eevil"


def put(db, said, outlet, title, story=None):
    """Put the report of one quotation into the store, as an article of that outlet."""
    report = said.report
    whole = Article(
        id=report.id, text=report.article.text, outlet=Outlet(outlet), title=title, published=report.article.published
    )
    (outcome,) = articles.add(db, [Incoming(article=whole)], now=NOW)
    if story:
        seat = Assignment(outcome.id, story, score=1.0, margin=0.5, why=(), new=False)
        stories.assign(db, [seat], NOW)
    known = type(report)(**{name: getattr(report, name) for name in report.__slots__} | {"article": whole})
    reports.put(db, outcome.number, known, "tests", now=NOW)


def plain(day, words, **more):
    return told(day, f"Ana Mora said that {words}.", f"that {words}", **more)


def fill(db):
    put(
        db,
        plain("2026-05-04", "the city would not sell the old harbour"),
        "Harbour Post",
        "City keeps harbour",
        "s-may",
    )
    put(db, plain("2026-07-09", "the city will sell the old harbour"), "Evening Lamp", f"Sold {HOSTILE}", "s-july")
    put(db, plain("2026-05-06", "the council would not close the Elm school"), HOSTILE, "Schools")
    put(db, plain("2026-08-01", "the council would close the Elm school if pupils leave"), "Evening Lamp", "Schools")
    dead = {"facts": [("12", 12.0, "people", "people")]}
    put(db, plain("2026-09-01", "at least 12 people were killed in the landslide", **dead), "Harbour Post", "Landslide")
    more = {"facts": [("31", 31.0, "people", "people")]}
    put(db, plain("2026-09-04", "31 people were killed in the landslide", **more), "Evening Lamp", "Landslide")
    put(db, plain("2026-09-05", "trams will be late"), "Evening Lamp", "Trams")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("positions") / "news.db") as db:
        fill(db)
        yield db


@pytest.fixture(scope="module")
def page(db):
    return browser(db)


def test_what_changed_stands_on_top_with_both_wordings_outlets_days_and_places(page):
    shown = html.fromstring(page.get(PAGE).text)
    section = shown.xpath("//section[@aria-labelledby='changed']")[0]
    (change,) = section.xpath(".//article")
    assert change.xpath(".//mark/text()") == ["would not sell", "will sell"]
    assert change.xpath(".//bdi[@class='outlet']/text()") == ["Harbour Post", "Evening Lamp"]
    assert change.xpath(".//time/text()") == ["2026-05-04", "2026-07-09"]
    assert "will or will not" in change.text_content()
    places = change.xpath(".//p[@class='who']/a/@href")
    assert all(page.get(place.partition("#")[0]).status_code == 200 and "#t" in place for place in places)
    titles = [h.text_content() for h in shown.xpath("//h2")]
    assert titles.index("Where it changed") < titles.index("Said")


def test_the_evidence_of_a_position_that_was_not_said_is_its_place_in_the_article(tmp_path):
    """A story's account has tellings of what was said alone, not of what somebody is told to support."""
    with open_store(tmp_path / "news.db") as db:
        for day, words in (
            ("2026-05-04", "she opposed the bridge toll"),
            ("2026-07-09", "she supports the bridge toll"),
        ):
            put(db, plain(day, words, act="thought"), "Harbour Post", "Toll", f"s-{day}")
        shown = html.fromstring(browser(db).get(PAGE).text)
        links = shown.xpath("//section[@aria-labelledby='changed']//a[text()='evidence']/@href")
        assert [link.startswith("/article/") for link in links] == [True, True]


def test_what_is_only_possible_is_shown_side_by_side_without_a_verdict(page):
    shown = html.fromstring(page.get(PAGE).text)
    (one,) = shown.xpath("//section[@aria-labelledby='beside']//article")
    assert one.xpath(".//mark/text()") == ["would not close", "would close"]
    assert "possible" in one.text_content()


def test_a_count_that_grew_is_named_so_and_stands_apart(page):
    shown = html.fromstring(page.get(PAGE).text)
    (one,) = shown.xpath("//section[@aria-labelledby='grown']//article")
    assert one.xpath(".//mark/text()") == ["12", "31"]
    assert "a count that grew" in one.text_content()


def test_a_speaker_who_changed_nothing_has_no_such_part(db):
    put(
        db,
        told("2026-05-04", "Ivo Rand said that it rains.", "that it rains", speaker="Ivo Rand", source="Ivo Rand"),
        "Lamp",
        "Rain",
    )
    shown = browser(db).get("/speaker/person/ivo-rand")
    assert shown.status_code == 200
    assert "Where it changed" not in shown.text
    assert "These changes as" not in shown.text


def test_names_and_headlines_from_texts_stay_text(page):
    shown = page.get(PAGE).text
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_the_days_of_the_timeline_lead_to_their_stories(page):
    shown = html.fromstring(page.get(PAGE).text)
    assert shown.xpath("//section[@class='day']/h3/a/@href") == ["/story/s-july", "/story/s-may"]


def test_the_forms_of_the_page_tell_which_line_changed_from_which(page):
    rows = page.get(f"{PAGE}.json").json()["quotations"]
    later = next(row for row in rows if row["at"].startswith("2026-07-09"))
    earlier = next(row for row in rows if row["at"].startswith("2026-05-04"))
    assert (later["change"], later["certainty"]) == ("intent", "sure")
    assert later["changed_from"] == earlier["quotation"]
    assert earlier["change"] is None
    sheet = list(csv.DictReader(io.StringIO(page.get(f"{PAGE}.csv").text, newline="")))
    assert [row["change"] for row in sheet].count("intent") == 2
    assert "intent" in page.get(f"{PAGE}.md").text


def test_the_changes_alone_are_rows_too(page):
    rows = page.get(f"{PAGE}/changes.json").json()["changes"]
    assert [(row["kind"], row["certainty"]) for row in rows] == [
        ("update", "sure"), ("intent", "sure"), ("intent", "possible"),
    ]  # fmt: skip
    assert rows[1]["early_words"] == "would not sell"
    assert len(list(csv.reader(io.StringIO(page.get(f"{PAGE}/changes.csv").text)))) == 4
    assert page.get(f"{PAGE}/changes.md").text.count("\n|") == 5
    assert page.get("/speaker/person/nobody/changes.json").status_code == 404


def test_the_api_tells_the_changes_of_a_speaker(db, page):
    number = people.people(db, "ana mora")[0].number
    told = page.get(f"/api/v1/speakers/{number}").json()
    assert told["name"] == "Ana Mora"
    assert {(c["kind"], c["certainty"]) for c in told["changes"]} == {
        ("intent", "sure"), ("update", "sure"), ("intent", "possible"),
    }  # fmt: skip
    sold = next(c for c in told["changes"] if c["late"]["words"] == "will sell")
    assert sold["early"]["outlet"] == "Harbour Post"
    assert sold["early"]["day"] == "2026-05-04"


def test_what_was_found_is_kept_until_something_more_is_said(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        fill(db)
        number = people.people(db, "ana mora")[0].number
        first = changed(db, number)
        assert changed(db, number) is first
        put(db, plain("2026-10-01", "she opposed the bridge toll"), "Harbour Post", "Toll")
        put(db, plain("2026-11-01", "she supports the bridge toll"), "Harbour Post", "Toll")
        assert len(changed(db, number)) == len(first) + 1


def test_a_speaker_with_very_much_said_is_answered_in_time_and_old_changes_are_found(tmp_path):
    """Far more is said than is read closely; the sold harbour is among it. The bound is five times what it takes."""
    with open_store(tmp_path / "news.db") as db:
        fill(db)
        for i in range(6 * MOST_READ):
            words = f"line {i * 7919 % 997} of the ferry {i * 31 % 89} stops at pier {i} near tower {i * 17 % 83}"
            put(db, plain(f"2025-{1 + i % 12:02d}-{1 + i % 28:02d}", words), f"Outlet {i % 9}", f"Ferry {i}")
        number = people.people(db, "ana mora")[0].number
        begun = time.process_time()
        found = changed(db, number)
        assert time.process_time() - begun < 1.0
        assert ("intent", True) in {(one.kind, one.sure) for one in found}
