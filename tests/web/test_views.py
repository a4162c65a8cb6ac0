"""What the page of a story counts and marks: the first lines, the tally, the table of coverage."""

from dataclasses import replace

from lxml import html
from tests.web.held import Held
from tests.web.served import STORY, client, demo

from twosource.article import Outlet
from twosource.pipeline import account, read
from twosource.render.glance import glance
from twosource.render.page import Page
from twosource.store.accounts import summarised


def page_of(told, reports):
    return html.fromstring(client(Held({STORY: (told, reports)})).get(f"/story/{STORY}").text)


def words(element):
    return " ".join(element.text_content().split())


def row(page, name):
    found = (r for r in page.xpath("//table[@class='matrix']/tbody/tr") if words(r.xpath("./th")[0]).startswith(name))
    return next(found)


def test_a_figure_in_conflict_says_which_report_tells_which_value():
    disputed = row(page_of(*demo()), "people")
    assert "in conflict: X1 14, X2 Nineteen" in words(disputed.xpath("./th")[0])
    assert [words(cell) for cell in disputed.xpath("./td")][1:] == ["X1", "X1", "X2", "X1"]


def test_a_report_with_a_value_that_no_conflict_has_is_not_marked():
    told, reports = demo()
    line = next(f for f in told.figures if f.agreement == "conflict")
    other = tuple(replace(t, value=3.0) if n == len(line.tellings) - 1 else t for n, t in enumerate(line.tellings))
    last = other[-1].article
    figures = tuple(replace(f, tellings=other) if f is line else f for f in told.figures)
    page = page_of(replace(told, figures=figures), reports)
    column = [words(th) for th in page.xpath("//table[@class='matrix']/thead/tr[last()]/th")].index(
        next(words(a) for a in page.xpath("//ol[@class='reports']//a[@class='r']") if a.get("href").endswith(last))
    )
    assert not words(row(page, "people").xpath("./td")[column - 1]).startswith("X")


def test_a_figure_that_agrees_is_not_called_a_conflict():
    agreed = row(page_of(*demo()), "residents")
    assert not agreed.xpath(".//*[@class='alarm']")
    assert not agreed.xpath("./td[@class='x']")


def test_a_line_never_rests_on_more_origins_than_reports():
    told, reports = demo()
    target = next(line.target for line in glance(Page(told, list(reports))) if line.kind == "solid")
    first = next(s for s in told.statements if s.id == target)
    tellings = tuple(
        replace(first.tellings[n % len(first.tellings)], origin=f"o-{n}") for n in range(3 * len(first.tellings))
    )
    statements = tuple(replace(s, tellings=tellings) if s is first else s for s in told.statements)
    shown = next(
        line for line in glance(Page(replace(told, statements=statements), list(reports))) if line.target == target
    )
    assert shown.rests == "4 reports, at most 4 origins"


def test_the_tally_leads_to_the_sections_that_have_its_lines():
    told, _ = demo()
    found = summarised(told)
    page = page_of(*demo())
    links = page.xpath("//ul[@class='tally']//a")
    assert [words(a).partition(" ")[2] for a in links] == [
        f"{found.solid} solid",
        f"{found.one_origin} of one origin",
        f"{found.conflicts} conflict, {found.possible} possible",
        f"{len({o.line for o in told.omissions})} missing somewhere",
    ]
    for link in links:
        assert page.get_element_by_id(link.get("href").removeprefix("#")).tag == "section"


def test_a_single_report_has_no_tally():
    _, reports = demo()
    assert not page_of(account(reports[:1]), reports[:1]).xpath("//ul[@class='tally']")


def test_wordings_of_many_reports_stand_by_origin_under_its_name():
    told, reports = demo()
    articles = (r.article for r in reports)
    copies = [
        read(replace(a, id=f"{a.id}-{n}", url=f"https://paper-{n}.example/{a.id}", outlet=Outlet(f"Paper {n}"),
                     text=f"{a.text}\n\nPrinted in edition {n} of {a.id}.", markup=()))
        for a in articles
        for n in range(3)
    ]  # fmt: skip
    page = page_of(account(copies), tuple(copies))
    by_line = [
        [words(name) for name in line.xpath(".//bdi[@class='by']")]
        for line in page.xpath("//section[@id='statements']/article")
    ]
    assert any(len(names) > 1 for names in by_line)
    assert all(len(set(names)) == len(names) for names in by_line)
    assert not page_of(told, reports).xpath("//bdi[@class='by']")
