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
        f"{len(told.only)} in one report alone",
        f"{told.lineage.reports - told.lineage.independent_reports} not independent",
    ]
    places = [page.get_element_by_id(link.get("href").removeprefix("#")) for link in links]
    assert [words(p) for p in places if p.tag != "section"] == ["Told by one alone"]


def test_of_two_reports_nothing_is_called_missing():
    _, reports = demo()
    two = reports[:2]
    assert "missing" not in words(page_of(account(two), two).xpath("//ul[@class='tally']")[0])


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


def alone(page):
    lines = page.xpath("//section[@id='gaps']//h3[@id='alone']/following-sibling::ul/li")
    return [words(line) for line in lines]


def test_what_one_report_alone_tells_names_who_says_it_and_what_is_counted():
    told, _ = demo()
    page = page_of(*demo())
    lines = alone(page)
    assert "Niko Tarb said: the cloud had come across the water “like a white wall”" in lines
    assert "sons: He cut the ropes and left with his two sons." in lines
    figure = next(li for li in page.xpath("//section[@id='gaps']//li") if words(li).startswith("sons:"))
    assert words(figure.xpath(".//mark")[0]) == "two"
    assert not any(line in {"figure two", "said two"} for line in lines)
    assert len(told.only) > len(lines) - 1


def test_every_line_of_one_report_alone_is_one_click_away():
    told, reports = demo()
    answers = client(Held({STORY: (told, reports)}))
    page = html.fromstring(answers.get(f"/story/{STORY}").text)
    more = next(a for a in page.xpath("//section[@id='gaps']//a") if words(a).endswith(" more"))
    address, _, part = more.get("href").partition("#")
    whole = html.fromstring(answers.get(address).text)
    assert whole.get_element_by_id(part).tag == "h2"
    assert len(whole.xpath("//main//section//li")) == len(told.only)
    assert len(answers.get(f"{address}.json").json()["only"]) == len(told.only)
    for form in ("csv", "md"):
        assert answers.get(f"{address}.{form}").status_code == 200


def test_pages_of_a_story_lead_to_their_machine_forms():
    answers = client(Held({STORY: demo()}))
    for path in ("statements", "figures", "only"):
        page = html.fromstring(answers.get(f"/story/{STORY}/{path}").text)
        found = {a.get("href") for a in page.xpath("//main//a")}
        assert {f"/story/{STORY}/{path}.{form}" for form in ("json", "csv", "md")} <= found
    filtered = html.fromstring(answers.get(f"/story/{STORY}/statements?rests=one").text)
    assert f"/story/{STORY}/statements.json?rests=one" in {a.get("href") for a in filtered.xpath("//main//a")}
    story = {a.get("href") for a in html.fromstring(answers.get(f"/story/{STORY}").text).xpath("//main//a")}
    assert {f"/story/{STORY}.bib", f"/story/{STORY}.jsonld"} <= story
    for path in ("/keys", "/method"):
        assert f"{path}.json" in answers.get(path).text


def test_a_page_of_evidence_says_in_words_why_lines_are_one_and_keeps_the_numbers_in_details():
    told, _ = demo()
    several = next(s for s in told.statements if len({t.article for t in s.tellings}) > 2)
    answers = client(Held({STORY: demo()}))
    page = html.fromstring(answers.get(f"/story/{STORY}/statement/{several.tellings[0].quotation}").text)
    heading = next(h for h in page.xpath("//h2") if words(h) == "Why these are one statement")
    said = words(heading.getnext())
    assert "content words" in said
    assert "cosine" not in said
    assert "cosine" in words(heading.getnext().getnext())
    assert heading.getnext().getnext().tag == "details"


def test_where_no_report_has_a_date_the_drawing_claims_no_order():
    _, reports = demo()
    undated = [read(replace(r.article, published=None)) for r in reports]
    lanes = words(page_of(account(undated), tuple(undated)).xpath("//div[@class='lanes']")[0])
    assert "no order is meant" in lanes
    assert "Time runs" not in lanes
