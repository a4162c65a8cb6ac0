"""Pages over a real store: what it holds is shown, a newer version and a merge are seen at once."""

from dataclasses import replace

import pytest
from lxml import html
from tests.stories import story_articles
from tests.web.newsrooms import NOW, STORY, browser, newsroom

from twosource.store import articles, open_store, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as opened:
        yield opened


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return " ".join(html.fromstring(answer.content).xpath("string(//main)").split())


def test_the_bundled_story_stands_on_the_first_page_and_can_be_read(db):
    reader = browser(db)
    assert "4 reports" in text_of(reader.get("/"))
    assert "4 reports → at most 3 independent" in text_of(reader.get(f"/story/{STORY}"))


def test_a_store_open_for_reading_alone_is_enough(tmp_path):
    newsroom(tmp_path).close()
    with newsroom(tmp_path, readonly=True) as opened:
        reader = browser(opened)
        assert reader.get(f"/story/{STORY}").status_code == 200
        member = stories.members(opened, STORY)[0].article
        assert reader.get(f"/article/{member}").status_code == 200


def test_a_new_version_of_an_article_is_listed_with_what_was_changed(db):
    first = story_articles()[0]
    changed = replace(first, id="", text=first.text.replace("two", "three", 1), title=first.title)
    before = articles.get(db, [m.article for m in stories.members(db, STORY)])
    old = next(a for a in before if a.text == first.text)
    outcome = articles.add(db, [Incoming(article=changed)], now=NOW + 3600)[0]
    assert outcome.kind == "new_version"
    reader = browser(db)
    page = text_of(reader.get(f"/article/{old.id}"))
    assert "This is an older version" in page
    assert "has not been read yet" in text_of(reader.get(f"/article/{outcome.id}"))
    shown = html.fromstring(reader.get(f"/article/{outcome.id}/changes/{outcome.id}").content)
    assert [i.text_content().strip() for i in shown.xpath("//div[contains(@class, 'text')]//ins")] == ["three"]
    assert reader.get(f"/article/{outcome.id}/changes/{old.id}").status_code == 404
    assert reader.get(f"/article/{old.id}/changes/{outcome.id}").status_code == 307


def test_a_merged_story_leads_to_the_one_that_took_it_up(db):
    late = replace(
        story_articles()[0], id="late", text="Ammonia leak in Lisava\nTwo people died.\n", url="https://late.example/"
    )
    outcome = articles.add(db, [Incoming(article=late)], now=NOW + 60)[0]
    stories.assign(db, [Assignment(outcome.id, "story-late", score=1.0, margin=0.5, why=(), new=True)], NOW + 60)
    reader = browser(db)
    assert reader.get("/story/story-late").status_code == 200
    stories.merge(db, "story-late", STORY, by="editor", now=NOW + 120)
    answer = reader.get("/story/story-late/statements")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/story/{STORY}/statements")


def test_the_tag_of_a_story_changes_with_it_and_not_otherwise(db):
    reader = browser(db)
    tag = reader.get(f"/story/{STORY}").headers["etag"]
    assert browser(db).get(f"/story/{STORY}", headers={"If-None-Match": tag}).status_code == 304
    member = stories.members(db, STORY)[-1].article
    apart, _ = stories.split(db, STORY, [member], by="editor", now=NOW + 2)
    assert reader.get(f"/story/{STORY}", headers={"If-None-Match": tag}).status_code == 200
    assert "1 report " in text_of(reader.get(f"/story/{apart}"))


def test_a_story_without_an_account_says_that_it_is_being_read_and_asks_again(tmp_path):
    with open_store(tmp_path / "news.db") as opened:
        reader = browser(opened)
        assert "Refresh" not in reader.get("/").headers
        outcomes = articles.add(opened, [Incoming(article=a) for a in story_articles()], now=NOW)
        begun = reader.get("/")
        assert begun.headers["Refresh"]
        assert "4 articles came in and are being read" in text_of(begun)
        placed = [Assignment(o.id, STORY, score=1.0, margin=0.5, why=(), new=False) for o in outcomes]
        stories.assign(opened, placed, NOW)
        grouped = reader.get("/")
        assert grouped.headers["Refresh"]
        assert "account being made" in text_of(grouped)
        waiting = reader.get(f"/story/{STORY}")
        assert (waiting.status_code, bool(waiting.headers["Refresh"])) == (202, True)
        told = " ".join(html.fromstring(waiting.content).text_content().split())
        assert "4 reports, not read yet" in told
        assert "No desk runs on this store" in told
        with opened.holding("desk"):
            read = html.fromstring(reader.get(f"/story/{STORY}").content).text_content()
            assert "4 reports, being read" in " ".join(read.split())
    with newsroom(tmp_path) as opened:
        assert "Refresh" not in browser(opened).get("/").headers
        assert "Refresh" not in browser(opened).get(f"/story/{STORY}").headers
