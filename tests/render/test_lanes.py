"""Lanes: time runs to the right, one text is one lane, and nothing of a text can leave its place in the drawing."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.made import EVIL, evil_account, made_account
from twosource.account import AccountArticle, Lineage, Origin, Owned
from twosource.article import Article
from twosource.render.html import render_html
from twosource.render.lanes import BY_ORDER, SLOTS, STACK, begins, lanes, ticks
from twosource.render.page import Page
from twosource.report import Report


def page_of(*published, origins=None, owners=()):
    """A page of articles published at these times; ``origins`` gives their origins (all one by default)."""
    found = origins or ["o"] * len(published)
    articles = tuple(
        AccountArticle(
            id=f"a{n}", outlet=f"Outlet {n}", url=None, title="T", published=when, origin=origin, text=f"T {n}"
        )
        for n, (when, origin) in enumerate(zip(published, found, strict=True))
    )
    made = tuple(
        Origin(id=o, kind="wire_copy", name=o, articles=tuple(a.id for a in articles if a.origin == o))
        for o in dict.fromkeys(found)
    )
    lineage = Lineage(reports=len(articles), independent_reports=len(made), origins=made, owners=owners)
    empty = replace(made_account(), statements=(), figures=(), conflicts=(), people=(), timeline=(), only=(), notes=())
    reports = [
        Report(article=Article(id=a.id, text=a.text or ""), language="en", model=None, blocks=()) for a in articles
    ]
    framing = type(empty.framing)()
    return Page(replace(empty, articles=articles, lineage=lineage, framing=framing), reports)


def test_copies_stand_on_one_lane_in_order_of_time():
    (lane,) = lanes(page_of("2025-05-01", "2025-05-02", "2025-05-05"))
    assert [m.letter for m in lane.marks] == ["A", "B", "C"]
    assert lane.marks[0].x < lane.marks[1].x < lane.marks[2].x
    assert [m.first for m in lane.marks] == [True, False, False]
    assert (lane.start, lane.end) == (lane.marks[0].x, lane.marks[2].x)


def test_every_text_is_a_lane_and_what_several_use_is_another():
    page = page_of("2025-05-01", "2025-05-02", origins=["o1", "o2"])
    shared = Origin(id="b", kind="briefing", name="Milo Hartl", articles=("a0", "a1"))
    alone = Origin(id="c", kind="briefing", name="Ida Moor", articles=("a1",))
    lineage = replace(page.account.lineage, origins=(*page.account.lineage.origins, shared, alone))
    found = lanes(Page(replace(page.account, lineage=lineage), list(page.report.values())))
    assert [(lane.text, lane.reports) for lane in found] == [(True, 1), (True, 1), (False, 2)]
    assert not any(m.first for m in found[2].marks)


def test_no_report_is_the_first_where_only_one_day_is_known():
    (lane,) = lanes(page_of("2025-05-01", "2025-05-01"))
    assert not any(m.first for m in lane.marks)
    (lane,) = lanes(page_of("2025-05-01T08:00:00Z", "2025-05-01T10:00:00+02:00", "2025-05-01T07:59:00Z"))
    assert [m.letter for m in lane.marks if m.first] == ["C"]


def test_undated_reports_stand_apart_before_time_begins():
    page = page_of("2025-05-01", "2025-05-09", None, "sometime")
    (lane,) = lanes(page)
    undated, dated = lane.marks[2].x, lane.marks[0].x
    assert undated == lane.marks[3].x < begins(page) < dated < lane.marks[1].x
    assert [t.words for t in ticks(page)] == ["undated", "1 May 2025", "9 May 2025"]
    assert begins(page_of("2025-05-01", "2025-05-09")) is None
    assert [t.words for t in ticks(page_of(None, None))] == ["undated"]


def test_hours_are_shown_where_they_are_known_and_days_are_few():
    page = page_of("2025-05-01T08:00:00Z", "2025-05-01T20:30:00Z")
    assert [t.words for t in ticks(page)] == ["1 May 2025 08:00", "1 May 2025 20:30"]
    assert [t.words for t in ticks(page_of("2025-05-01", "2025-05-02"))] == ["1 May 2025", "2 May 2025"]


def test_marks_of_one_moment_stand_below_one_another_and_the_rest_is_counted():
    (lane,) = lanes(page_of(*["2025-05-01"] * 50))
    assert len(lane.marks) == STACK
    assert [m.count for m in lane.more] == [50 - STACK]
    assert len({m.y for m in lane.marks}) == STACK
    assert lane.height > max(m.y for m in (*lane.marks, *lane.more))


def test_columns_leave_room_for_a_mark_in_a_narrow_window():
    page = page_of(*[f"2025-05-{n:02}" for n in range(1, 29)])
    places = sorted({m.x for m in lanes(page)[0].marks})
    assert len(places) == SLOTS
    assert min(b - a for a, b in pairwise(places)) * 380 / 100 >= 22
    assert 0 < places[0] < places[-1] < 100


def test_one_early_report_does_not_press_the_others_together_and_the_axis_says_so():
    page = page_of("2016-09-05", *[f"2017-08-{n:02}" for n in range(10, 16)], "2017-11-26")
    (lane,) = lanes(page)
    places = [m.x for m in lane.marks]
    assert places == sorted(set(places))
    assert min(b - a for a, b in pairwise(places)) * 380 / 100 >= 22
    assert [t.words for t in ticks(page)] == ["5 Sep 2016", BY_ORDER, "26 Nov 2017"]
    assert BY_ORDER not in [t.words for t in ticks(page_of("2025-05-01", "2025-05-02", "2025-05-09"))]


@pytest.mark.parametrize(
    "when", ["0001-01-01", "9999-12-31", "2025-02-30", "", "2025-05-01T99", "9999-12-31T23:59:59-14:00"]
)
def test_any_date_finds_a_place(when):
    assert len(lanes(page_of(when, "2025-05-01"))[0].marks) == 2


def bare(account):
    """Reports of the account's articles with nothing in them."""
    return [
        Report(article=Article(id=a.id, text=a.text), language="en", model=None, blocks=()) for a in account.articles
    ]


class Strict(HTMLParser):
    """Collects tags and refuses scripts, handlers, styles and addresses in the drawing."""

    def __init__(self):
        super().__init__()
        self.drawn = 0

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        assert tag != "script"
        assert not any(name.startswith("on") or name == "style" for name in names)
        assert (dict(attrs).get("href") or "#").startswith("#")
        self.drawn += tag == "circle"


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_a_text_leaves_its_place(words):
    account = evil_account(words)
    owned = replace(account, lineage=replace(account.lineage, owners=(Owned(words, ("1", "2")),)))
    reports = bare(account)
    html = render_html(owned, reports)
    seen = Strict()
    seen.feed(html)
    assert seen.drawn == 2
    assert "<script" not in html.lower()


def test_a_statement_and_a_figure_say_on_which_origins_they_rest():
    account = made_account()
    reports = bare(account)
    html = render_html(account, reports)
    assert "at most 2 origins: <bdi>one agency text: Meridian News; own report: Evening Lamp</bdi>" in html
    assert "3 reports, at most 2 origins</span></td>" in html
