"""Stories that belong beside each other, the outlets that tell them, and what waits for a story."""

from dataclasses import replace

import pytest

from tests.stories import story_articles
from tests.web.newsrooms import NOW, STORY, newsroom
from twosource.pipeline import read
from twosource.store import articles, judgements, related, reports, shelf, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as opened:
        yield opened


def add(db, story, text):
    """Put one article of ``text`` into a story of its own, read."""
    article = replace(story_articles()[0], id=f"a-{story}", text=text, url=f"https://{story}.example/", markup=())
    (outcome,) = articles.add(db, [Incoming(article=article)], now=NOW + 60)
    stories.assign(db, [Assignment(outcome.id, story, score=1.0, margin=0.5, why=(), new=True)], NOW + 60)
    reports.put(db, outcome.number, read(replace(article, id=outcome.id)), "tests", now=NOW)
    return shelf.get(db, story)


def test_a_story_in_which_the_same_person_speaks_is_related(db):
    add(db, "story-later", "Harbour plans\nHarbour chief Jovan Hadrelić said: “We will build the quay next year.”\n")
    add(db, "story-other", "Cheese prices\nGrocer Pia Maron said: “Cheese is dearer than last year.”\n")
    found = related.related(db, shelf.get(db, STORY).number)
    assert [(f.id, f.size) for f in found] == [("story-later", 1)]
    assert found[0].speakers[0].startswith("Jovan Hadreli")
    back = related.related(db, shelf.get(db, "story-later").number)
    assert [f.id for f in back] == [STORY]


def test_who_speaks_everywhere_joins_nothing(db):
    for n in range(9):
        add(db, f"story-{n}", f"Plans {n}\nHarbour chief Jovan Hadrelić said: “We will build quay {n} next year.”\n")
    titles = {f.id for f in related.related(db, shelf.get(db, "story-1").number)}
    assert STORY not in titles


def test_a_story_without_reports_read_has_nothing_beside_it(db):
    assert related.related(db, 10**9) == []


def test_marks_are_told_by_outlet(db):
    assert related.marks(db) == {}
    judgements.put(db, "outlet_mark", {"outlet": "Coast Today", "mark": "hidden"}, by="Jo", now=NOW)
    assert related.marks(db) == {"Coast Today": "hidden"}


def test_outlets_of_a_story_stand_in_the_order_of_their_reports(db):
    number = shelf.get(db, STORY).number
    assert set(related.outlets(db, [number])[number]) == {a.outlet.name for a in story_articles()}
    assert related.outlets(db, []) == {}


def test_articles_without_a_story_are_counted(db):
    assert related.waiting(db) == 0
    articles.add(
        db, [Incoming(article=replace(story_articles()[0], id="late", text="Late news.\n", url=None))], now=NOW
    )
    assert related.waiting(db) == 1
