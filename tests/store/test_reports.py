"""Reports kept beside their articles: the same when they come back, and findable by what they tell."""

from dataclasses import replace

import pytest

from tests.store.made import NOW, article
from tests.store.newsroom import grouped, read_once, stored, told
from tests.stories import story_articles, story_reports
from twosource.article import Span
from twosource.facts import Figure, Note, Person, Quotation
from twosource.report import Report
from twosource.store import articles, forget, people, reports, search, stories
from twosource.store.articles import Incoming

INDEX = ("report", "quotation", "figure", "speaker", "speaker_outlet")


def counted(db):
    return [db.one(f"SELECT count(*) FROM {table}")[0] for table in INDEX]


def test_real_reports_come_back_equal(db):
    outcomes = articles.add(db, [Incoming(article=a) for a in story_articles()], now=NOW)
    for outcome, report in zip(outcomes, story_reports(), strict=True):
        assert reports.put(db, outcome.number, report, "1", now=NOW)
    ids = [o.id for o in outcomes]
    kept = reports.get(db, [*ids, "nobody"])
    assert kept == [replace(r, article=a) for r, a in zip(story_reports(), articles.get(db, ids), strict=True)]
    assert db.check(thorough=True) == ()
    assert not reports.miscounted(db)


def test_a_second_reading_writes_nothing_new(db):
    numbers = told(db, 2)
    before = [tuple(r) for t in INDEX for r in db.rows(f"SELECT * FROM {t}")]
    assert not reports.put(db, numbers["pears-0"], read_once(0), "rules", now=NOW + 9)
    assert [tuple(r) for t in INDEX for r in db.rows(f"SELECT * FROM {t}")] == before


def test_another_reader_replaces_the_report_and_makes_the_account_stale(db):
    numbers = grouped(db, a=2)
    first = stories.get(db, "a").changes
    assert reports.missing(db, ["pears-1", "pears-0", "nobody"], "old") == ["pears-1", "pears-0"]
    reports.put(db, numbers["pears-0"], read_once(0), "old", now=NOW)
    assert stories.get(db, "a").changes == first
    assert reports.missing(db, ["pears-1", "pears-0"], "old") == ["pears-1"]
    before = counted(db)
    assert reports.put(db, numbers["pears-0"], read_once(0), "new", now=NOW)
    assert reports.missing(db, ["pears-0"], "old") == ["pears-0"]
    assert counted(db) == before
    assert stories.get(db, "a").changes == first + 1
    assert not reports.miscounted(db)
    assert db.check(thorough=True) == ()


def test_a_report_of_another_text_or_of_no_article_is_not_kept(db):
    numbers = stored(db, 2)
    with pytest.raises(ValueError, match="not of article"):
        reports.put(db, numbers["pears-0"], read_once(1), "r", now=NOW)
    assert not reports.put(db, 999, read_once(1), "r", now=NOW)
    assert counted(db) == [0] * len(INDEX)


def hostile_report():
    text = "“N\0UL \ud800,” Ö\u0301zi\x1a said. \u202e∞ pears"
    given = article(0, text=text, title="\ud800")
    return Report(
        article=given,
        language=None,
        model=None,
        blocks=(),
        quotations=(
            Quotation(id="q\0", act="said", mode="direct", content=(Span(0, 9),), speaker="p", score=0.5, rule="r",
                      features={"a": "\udfff", "b": float("inf")}),
            Quotation(id="q-2", act="thought", mode="indirect", content=(), speaker="nobody", score=0.5, rule="r"),
            Quotation(id="q-3", act="thought", mode="indirect", content=(Span(0, 1), Span(3, 5)), score=1, rule="r"),
        ),
        people=(Person("p", "Ö\u0301zi\x1a\0", "person"), Person("p-2", "", "anonymous")),
        figures=(
            Figure(id="f", span=Span(0, 1), value=float("inf"), unit="PEARS\0"),
            Figure(id="g", span=Span(0, 1), value=None, low=2.0, high=None, unit="\ud800", subject=Span(0, 5)),
        ),
        notes=(Note("code", "\ud800", Span(0, 1)),),
    )  # fmt: skip


def test_hostile_reports_come_back_equal_and_are_indexed(db):
    report = hostile_report()
    number = articles.add(db, [Incoming(article=report.article)], now=NOW)[0].number
    assert reports.put(db, number, report, "r\0", now=NOW)
    assert reports.get(db, ["pears-0"]) == [report]
    assert [q.words for q in search.quotations(db, '"n ul"')] == ["“N\0UL \ud800,”"]
    assert [h.id for h in search.articles(db, "speaker:ozi figure:2")] == ["pears-0"]
    assert reports.missing(db, ["pears-0"], "r\0") == []


def test_forgetting_an_article_takes_out_what_was_said_in_it(db):
    told(db, 3)
    forget.article(db, "pears-0")
    assert [q.article for q in search.quotations(db, "room")] == ["pears-2", "pears-1"]
    assert people.people(db, "brandt")[0].quotations == 2
    assert not reports.miscounted(db)
    forget.older_than(db, NOW * 2)
    assert counted(db) == [0] * len(INDEX)
    assert people.people(db) == []
    assert db.check(thorough=True) == ()


def test_what_full_text_holds_can_be_made_anew(db):
    told(db, 2)
    with db.reading() as r:
        found = list(reports.all_indexed_words(r))
    assert [t for t, _ in found] == ["quotation_words"] * 4 + ["speaker_words"] * 2
    assert [text.text for _, text in found[4:]] == ["Odile Brandt", "Growers"]
