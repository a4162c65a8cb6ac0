"""The form for adding: what was typed is never lost, and what is wrong is said beside its box."""

import re
import time

import pytest
from lxml import html
from tests.web.newsrooms import NOW, browser, newsroom
from tests.web.test_writing import ONE, OTHER, boxes, send

from twosource.desk.presence import FETCHES, OFFLINE, feeds_asked
from twosource.store import articles, runs, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.web.writing.gathering import pasted

ELSEWHERE = """Ferry to Aunis starts again
The ferry between Kell and the isle of Aunis runs again from Friday, the harbour master Tove Lindqvist said.
“The new engine has been tested twice,” she said. The crossing takes 35 minutes and costs 4 euros.
"""


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as db:
        yield db


@pytest.fixture
def page(db):
    return browser(db)


def typed(answer, name="text"):
    """What stands in the fields of that name; a browser leaves out a line end right after the tag."""
    found = html.fromstring(answer.text).xpath(f"//form//*[@name='{name}']")
    return [(one.text or "").removeprefix("\n") if one.tag == "textarea" else one.get("value", "") for one in found]


def test_more_boxes_keep_what_was_typed(page):
    told = boxes("\n" + ONE, "<i>", by="Jo") | {"outlet": ["Lantern", ""], "more": "yes", "addresses": "x y"}
    sent = send(page, "/add", told)
    assert sent.status_code == 200
    assert typed(sent) == ["\n" + ONE, "<i>", "", "", ""]
    assert typed(sent, "outlet")[0] == "Lantern"
    assert typed(sent, "by") == ["Jo"]
    assert typed(sent, "addresses") == ["x y"]
    assert not html.fromstring(sent.text).xpath("//input[@name='alone'][@checked]")


def test_the_button_that_enter_presses_adds(page):
    assert html.fromstring(page.get("/add").text).xpath("//form[@data-drop]//button")[0].get("name") is None


@pytest.mark.parametrize(
    ("told", "why", "box"),
    [
        (boxes(ONE, ONE + "\n", alone="yes"), "Text 2 is the same as text 1", 2),
        (boxes("", ""), "Nothing was given", 1),
        (boxes(ONE, "") | {"addresses": "ftp://lamp.example/"}, "no http or https address", 0),
    ],
)
def test_a_mistake_is_said_beside_its_box_and_all_is_kept(db, page, told, why, box):
    before = len(articles.listed(db, limit=100))
    sent = send(page, "/add", told)
    assert sent.status_code == 400
    assert why in sent.text
    assert typed(sent) == list(told["text"])
    named = html.fromstring(sent.text).xpath("//*[@aria-invalid]")
    assert [one.get("name") for one in named] == ["text" if box else "addresses"]
    if box:
        assert named[0].getparent().getparent().xpath("legend")[0].text == f"Text {box}"
    assert len(articles.listed(db, limit=100)) == before


def test_the_form_says_how_much_it_takes(page):
    assert re.search(r"up to \d+ MB", page.get("/add").text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>The bridge at Ostrel is shut.</p><script>alert(1)</script><p>Ann Novak</b> said so.</p>",
        "The bridge <b>at Ostrel</b> is <i>shut</i>. <a href=x>More</a>",
    ],
)
def test_a_pages_source_is_read_as_a_page(text):
    (found,) = pasted([{"text": text, "outlet": "Lantern"}])
    assert "<" not in found.text
    assert "alert" not in found.text
    assert "Ostrel is shut" in " ".join(found.text.split())
    assert found.outlet.name == "Lantern"


def test_a_text_that_names_a_tag_stays_a_text():
    text = "The minister closed his speech with </b> and everybody laughed. 3 < 4, and 5 > 2."
    (found,) = pasted([{"text": text}])
    assert found.text == text


def test_one_text_leads_to_a_page_that_says_what_is_missing_and_asks_for_nothing(page):
    sent = page.get(send(page, "/add", boxes(ONE)).headers["location"])
    assert sent.status_code == 200
    assert "refresh" not in sent.headers


def test_a_story_nobody_reads_says_so(db, page):
    found = articles.add(db, [Incoming(article=one) for one in pasted([{"text": ONE}, {"text": OTHER}])], now=NOW)
    new = "story-00000000beef"
    stories.assign(db, [Assignment(one.id, new, 0.0, 0.0, (), new=not n) for n, one in enumerate(found)], NOW)
    told = page.get("/story/" + new)
    assert "No desk runs" in told.text
    with db.holding("desk"):
        assert "being read" in page.get("/story/" + new).text


def test_the_page_of_feeds_says_when_nobody_asks_them(db, page):
    assert "Nobody asks the feeds now" in page.get("/feeds").text
    for command, asked in ((OFFLINE, False), (FETCHES, True)):
        run = runs.begin(db, command, time.time())
        with db.holding("desk"):
            assert feeds_asked(db) is asked
            assert ("Nobody asks" in page.get("/feeds").text) is not asked
        assert not feeds_asked(db)
        runs.end(db, run, time.time())


def test_two_events_are_not_taken_for_two_independent_reports_of_one(page):
    told = boxes(ELSEWHERE, ONE, alone="yes")
    sent = page.get(send(page, "/add", told).headers["location"])
    top = html.fromstring(sent.text).xpath("//main/header")[0].text_content()
    assert "common event" in top
    line = html.fromstring(page.get("/?order=newest").text).xpath("//ol[@class='stories']/li")
    scores = [one.xpath("p[@class='score']")[0].text_content() for one in line]
    assert any("no common event" in score for score in scores)


def test_a_language_without_rules_is_named_under_the_headline(page):
    german = "Die Brücke über die Oder bleibt bis Montag gesperrt, sagte der Bürgermeister von Frankfurt am Dienstag. "
    sent = page.get(send(page, "/add", boxes(german * 4, ONE, alone="yes")).headers["location"])
    assert "there are rules for" in html.fromstring(sent.text).xpath("//main/header")[0].text_content()
