"""Pages of stories, their evidence and articles: what they show, where they lead, what an unchanged one costs."""

import gzip
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from tests.made import EVIL, evil_account, made_account
from tests.web.held import Held
from tests.web.served import MADE, STORY, client, demo, held

import twosource.web
from twosource.account import AccountArticle, Telling
from twosource.article import Article, Outlet
from twosource.pipeline import account, read


@pytest.fixture(scope="module")
def browser():
    return client()


def parsed(answer):
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def links_of(page, within="//main"):
    return list(dict.fromkeys(a for a in page.xpath(f"{within}//a/@href") if a.startswith("/")))


def words(element):
    return " ".join(element.text_content().split())


def test_the_first_line_of_a_story_counts_reports_and_origins(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    told, _ = demo()
    counts = words(page.xpath("//p[@class='counts']")[0])
    assert counts.startswith(f"4 reports → at most {told.lineage.independent_reports} independent")
    sure = sum(c.certainty == "conflict" for c in told.conflicts)
    assert counts.endswith(f"{sure} conflict (+{len(told.conflicts) - sure} possible)")


def test_a_story_leads_to_every_line_and_every_line_to_the_words(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    told, _ = demo()
    reached = links_of(page)
    for statement in told.statements:
        for telling in statement.tellings:
            if len({t.article for t in statement.tellings}) == 1:
                continue
            start = telling.content[0].start
            evidence = parsed(browser.get(f"/story/{STORY}/telling/{telling.quotation}.{start}"))
            shown = "".join(evidence.xpath("//blockquote//mark//text()"))
            text = next(a.text for a in told.articles if a.id == telling.article)
            assert "".join(s.of(text) for s in telling.content) == shown
        shared = len({t.article for t in statement.tellings}) > 1
        assert not shared or any(f"/statement/{statement.tellings[0].quotation}" in link for link in reached)
    assert all(f"/story/{STORY}/conflict/{c.id}" in reached for c in told.conflicts)


def test_every_link_on_every_page_of_a_story_leads_to_a_page_and_place(browser):
    seen, waiting = set(), ["/", f"/story/{STORY}", f"/story/{MADE}"]
    while waiting:
        path = waiting.pop()
        bare, _, place = path.partition("#")
        if path in seen:
            continue
        seen.add(path)
        answer = browser.get(bare)
        assert answer.status_code == 200, path
        if re.search(r"\.\w+($|\?)", bare):
            continue  # an export: its own tests look into it
        page = html.fromstring(answer.content)
        assert not place or page.xpath("//*[@id=$place]", place=place), path
        for local in page.xpath("//a/@href[starts-with(., '#')]"):
            assert page.xpath("//*[@id=$place]", place=local[1:]), (path, local)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        waiting += links_of(page)
    assert len(seen) > 100


def test_a_statement_keeps_its_address_when_a_report_joins():
    told, reports = demo()
    statement = next(s for s in told.statements if len({t.article for t in s.tellings}) == 2)
    permalink = f"/story/{STORY}/statement/{statement.tellings[0].quotation}"
    text = reports[0].article.text.replace("Lisava", "Lisavo")
    joined = (*reports, read(Article(id="a-late", text=text, outlet=Outlet("Late Post"), published="2025-10-16")))
    grown = client(Held({STORY: (account(joined), joined)}))
    before = words(parsed(client().get(permalink)).xpath("//h1")[0])
    assert words(parsed(grown.get(permalink)).xpath("//h1")[0]) == before
    assert client().get(f"/story/{STORY}/statement/{statement.id}").status_code == 200


def test_a_merged_story_leads_on_and_keeps_the_rest_of_the_address(browser):
    told, _ = demo()
    quotation = told.statements[0].tellings[0].quotation
    answer = browser.get(f"/story/story-merged00000/telling/{quotation}?x=1")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/story/{STORY}/telling/{quotation}?x=1")
    answer = browser.get("/story/story-merged00000?x=%0d%0a")
    assert answer.headers["location"] == f"/story/{STORY}?x=%0d%0a"


def test_a_line_of_a_report_that_moved_is_found_in_its_new_story(browser):
    told, _ = demo()
    quotation = told.statements[0].tellings[0].quotation
    answer = browser.get(f"/story/{MADE}/telling/{quotation}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/story/{STORY}/telling/{quotation}")
    assert browser.get(f"/story/{MADE}/telling/q-nobody").status_code == 404


def test_an_unchanged_story_costs_no_rendering():
    browser = client()
    first = browser.get(f"/story/{STORY}")
    again = browser.get(f"/story/{STORY}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client().get(f"/story/{STORY}").content == first.content
    fresh = client().get(f"/story/{STORY}", headers={"If-None-Match": f'W/"x", {first.headers["etag"]}'})
    assert fresh.status_code == 304


def test_the_compressed_page_is_the_page_under_a_tag_of_its_own(browser):
    plain = browser.get(f"/story/{STORY}", headers={"Accept-Encoding": "identity"})
    with browser.stream("GET", f"/story/{STORY}", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed) == plain.content
    assert answer.headers["etag"] != plain.headers["etag"]
    assert answer.headers["vary"] == "Accept-Encoding"
    assert len(packed) < len(plain.content) / 3


def test_a_filter_hides_statements_without_a_script(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    speaker = page.xpath("//select[@name='speaker']/option[@value!='']/@value")[0]
    filtered = parsed(browser.get(f"/story/{STORY}?speaker={speaker}"))
    lines = filtered.xpath("//section[@id='statements']/article")
    assert {line.get("data-fits").split("|")[0] for line in lines if line.get("hidden") is None} == {speaker}
    assert any(line.get("hidden") is not None for line in lines)
    assert filtered.xpath("//select[@name='speaker']/option[@selected]/@value") == [speaker]
    everything = parsed(browser.get(f"/story/{STORY}?mode=<b>&rests=x"))
    assert not everything.xpath("//section[@id='statements']/article[@hidden]")


TOLD = "The harbour bridge stays shut.\n\n“{}” Mayor Ilona Drabkova told reporters on Monday evening.\n"
WORDINGS = (
    "Nobody will drive over the bridge before divers have looked at all thirty pillars of it,",
    "Nobody will drive over the bridge before divers have looked at every single pillar, all thirty pillars of it,",
    "Nobody will drive over the bridge before divers have looked at all forty pillars of it,",
)


def test_two_reports_stand_side_by_side_and_more_against_one_wording():
    _, reports = demo()
    pair = tuple(r for r in reports if r.article.outlet.name in {"Harrow Courier", "The Lantern"})
    two = parsed(client(Held({STORY: (account(pair), pair)})).get(f"/story/{STORY}"))
    assert two.xpath("//article[contains(@class, 'statement')]/div[@class='columns']/div[@class='w'][2]")
    three = tuple(read(Article(id=f"a{n}", text=TOLD.format(words))) for n, words in enumerate(WORDINGS))
    page = parsed(client(Held({STORY: (account(three), three)})).get(f"/story/{STORY}"))
    line = page.xpath("//article[contains(@class, 'statement')]")[0]
    assert not line.xpath("./div[@class='columns']")
    assert len(line.xpath("./div[@class='variants']/div")) == 3
    assert {words(ins) for ins in line.xpath(".//ins")} == {"every single pillar", "forty"}
    assert {words(gone) for gone in line.xpath(".//del")} == {"thirty"}


def test_the_matrix_is_a_table_with_a_head_for_each_row_and_column(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    table = page.xpath("//table[contains(@class, 'matrix')]")[0]
    columns = [words(th) for th in table.xpath("./thead/tr[last()]/th[@scope='col']")][2:]
    assert sorted(columns) == ["A", "B", "C", "D"]
    for row in table.xpath("./tbody/tr"):
        assert len(row.xpath("./th[@scope='row']")) == 1
        assert len(row.xpath("./td")) == 1 + len(columns)


def test_a_story_of_one_report_teaches_what_a_second_would_bring():
    _, reports = demo()
    alone = reports[:1]
    page = parsed(client(Held({STORY: (account(alone), alone)})).get(f"/story/{STORY}"))
    assert "1 report " in words(page.xpath("//p[@class='counts']")[0])
    assert "two reports" in words(page.xpath("//section[@id='statements']")[0])
    assert page.xpath("//section[@id='statements']//details[@open]//article")


def test_no_stories_says_how_to_begin():
    page = words(parsed(client(Held({})).get("/")))
    assert "No stories yet" in page
    assert "--demo" in page


def test_stories_stand_by_independent_reports_and_go_on_from_page_to_page():
    stories = {f"story-{n:012x}": (made_account(), ()) for n in range(70)}
    browser = client(Held(stories))
    seen, path = [], "/?order=origins"
    while path:
        page = parsed(browser.get(path))
        seen += page.xpath("//li[@data-story]/@data-story")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert sorted(seen) == sorted(stories)
    for wrong in ("/?order=size", "/?after=x", "/?after=1_-3", "/?after=nan_1", "/?after=1e999_1"):
        assert browser.get(wrong).status_code == 400


def test_an_article_shows_all_of_its_words_and_where_facts_are(browser):
    _, reports = demo()
    for report in reports:
        page = parsed(browser.get(f"/article/{report.id}"))
        assert page.xpath("//a[@class='ref']")
        for label in page.xpath("//a[@class='ref']"):
            label.drop_tree()
        shown = " ".join(" ".join(bdi.xpath("string()").split()) for bdi in page.xpath("//div[@id='text']/p/bdi"))
        for line in report.article.text.splitlines():
            for word in line.split():
                assert word in shown
        assert page.xpath("//div[@id='text']//span[contains(@class, 'q ')]")


def test_the_stored_text_is_the_text(browser):
    _, reports = demo()
    article = reports[0].article
    page = parsed(browser.get(f"/article/{article.id}/text"))
    assert page.xpath("string(//div[contains(@class, 'stored')]/bdi)") == "\n".join(article.text.splitlines())
    assert article.sha256 in page.text_content()


def test_evidence_names_the_place_for_people_and_for_programs(browser):
    told, _ = demo()
    telling = told.statements[0].tellings[0]
    page = words(parsed(browser.get(f"/story/{STORY}/telling/{telling.quotation}")))
    article = next(a for a in told.articles if a.id == telling.article)
    assert f"{telling.content[0].start}–{telling.content[-1].end}" in page
    assert article.outlet in page
    assert f"{telling.rule}, score {telling.score:.2f}" in page
    assert "Permalink" in page


def test_paper_has_a_footnote_for_every_mark(browser):
    page = parsed(browser.get(f"/story/{STORY}/print"))
    marks = {a.lstrip("#") for a in page.xpath("//a[@class='fn']/@href")}
    notes = page.xpath("//ol[@class='footnotes']/li")
    assert marks == {note.get("id") for note in notes}
    assert len(notes) > 20
    assert all(note.xpath(".//mark") and "characters" in words(note) for note in notes)


def test_two_reports_of_one_text_are_shown_with_what_they_share(browser):
    told, _ = demo()
    link = told.lineage.links[0]
    page = parsed(browser.get(f"/story/{STORY}/pair/{link.left}/{link.right}"))
    sides = page.xpath("//div[@class='pair']/section")
    assert len(sides) == 2
    shared = ["".join(side.xpath(".//mark//text()")).lower().split() for side in sides]
    assert len(shared[0]) > 20
    assert abs(len(shared[0]) - len(shared[1])) < 5


IDS = ["../../x", "a/b?c#d", "..", "\u202eabc", "x" * 300, "\ud800", "a b", "<script>"]


@pytest.mark.parametrize("name", IDS)
def test_ids_that_no_path_can_carry_have_pages_too(name):
    told = made_account()
    articles = tuple(replace(a, id=name) if a.id == "w" else a for a in told.articles)

    def renamed(place):
        return replace(place, article=name) if place.article == "w" else place

    simple = replace(
        told,
        articles=articles,
        statements=tuple(replace(s, tellings=tuple(map(renamed, s.tellings))) for s in told.statements),
        figures=tuple(replace(f, tellings=tuple(map(renamed, f.tellings))) for f in told.figures),
        conflicts=tuple(replace(c, left=renamed(c.left), right=renamed(c.right)) for c in told.conflicts),
        timeline=tuple(map(renamed, told.timeline)),
        only=tuple(map(renamed, told.only)),
        omissions=(),
        lineage=replace(told.lineage, origins=(), links=()),
        framing=replace(told.framing, naming=(), cues=(), voice=()),
    )
    reports = (read(Article(id=name, text=simple.articles[0].text)),)
    browser = client(Held({STORY: (simple, reports)}))
    paths = [p for p in links_of(parsed(browser.get(f"/story/{STORY}"))) if p.startswith("/article/")]
    answers = [browser.get(p.partition("#")[0]).status_code for p in paths]
    assert 200 in answers


SCRIPTS = (
    *EVIL,
    "</title><script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://a.example/"onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "</script><svg onload=alert(1)>",
    "--><style>*{display:none}</style>",
    "\x00\ufffe\ufeff",
)
HARMLESS_TAGS = frozenset(
    """
    a abbr article aside b bdi blockquote body button caption circle code dd del details div dl dt footer form h1
    h2 h3 h4 head header html i input ins kbd label li line link main mark meta nav ol option output p script
    section select span strong summary svg table tbody td text textarea th thead time title tr ul
    """.split()  # noqa: SIM905 - a list of sixty quoted words is harder to read
)


@pytest.mark.parametrize("words_", SCRIPTS)
def test_a_hostile_story_is_shown_and_does_nothing(words_):
    hostile = evil_account(words_)
    browser = client(Held({STORY: (hostile, ())}))
    paths = ["", "/print", "/statements", "/figures", "/statement/q1", "/telling/q1", "/figure/n1", "/conflict/c"]
    paths += [f"/origin/{o.id}" for o in hostile.lineage.origins]
    paths += [f"/pair/{k.left}/{k.right}" for k in hostile.lineage.links]
    for path in ("/", *(f"/story/{STORY}{p}" for p in paths)):
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.text)
        inert(answer)


def inert(answer):
    """Nothing but our own elements and attributes, and addresses of the web or our own."""
    text = answer.content.decode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u200d\u202a-\u202e]", text)
    page = html.fromstring(answer.content)
    for element in page.iter():
        if not isinstance(element.tag, str):
            raise AssertionError(element)
        assert element.tag in HARMLESS_TAGS
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert name != "style"
            if name in {"href", "src", "action"}:
                assert value.startswith(("/", "#", "http://", "https://")), value
                assert not value.startswith("//")
    assert all(s.startswith("/static/") for s in page.xpath("//script/@src"))
    assert not page.xpath("//script[text()]")
    assert not page.xpath("//a[not(starts-with(@href, '/')) and not(starts-with(@href, '#')) and not(@rel)]")


def large(reports, title):
    """A story of many reports with long names, all telling the same."""
    told = made_account()
    told = replace(told, omissions=(), only=(), timeline=())
    text = told.articles[0].text
    articles = tuple(
        AccountArticle(
            id=f"a{n}",
            outlet=title,
            url="https://x.example/",
            title=title,
            published="2025-03-03",
            origin="o-wire",
            text=text,
        )
        for n in range(reports)
    )
    first = told.statements[0].tellings[0]
    tellings = tuple(
        Telling(
            article=a.id, quotation=f"q-{a.id}", mode="direct", content=first.content, cue=first.cue, origin="o-wire"
        )
        for a in articles
    )
    statement = replace(told.statements[0], tellings=tellings)
    lineage = replace(
        told.lineage,
        reports=reports,
        links=(),
        origins=(replace(told.lineage.origins[0], articles=tuple(a.id for a in articles), evidence=()),),
    )
    return replace(
        told,
        articles=articles,
        people=(replace(told.people[0], name=title, roles=(title,), forms={}),),
        statements=tuple(replace(statement, id=f"s-{n}") for n in range(60)),
        figures=(),
        conflicts=(),
        lineage=lineage,
        framing=replace(told.framing, naming=(), cues=(), voice=()),
    )


def test_two_hundred_reports_with_titles_of_a_megabyte_are_shown_in_time():
    browser = client(Held({STORY: (large(200, "<b>T\u202e" * 200_000), ())}))
    begun = time.perf_counter()
    answer = browser.get(f"/story/{STORY}")
    assert time.perf_counter() - begun < 10
    assert len(answer.content) < 600_000
    inert(answer)
    inert(browser.get(f"/story/{STORY}/print"))
    inert(browser.get("/"))


def test_reading_does_not_change_what_is_held(browser):
    told, reports = demo()
    browser.get(f"/story/{STORY}")
    assert held().told(held().story(STORY)) == (told, reports)


def test_who_carries_whose_text_stands_among_the_first_lines(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    told, _ = demo()
    origins = [a.origin for a in told.articles]
    copied = next(a for a in told.articles if origins.count(a.origin) > 1)
    line = words(page.xpath("//ul[@class='glance']/li[@class='at-count-once']")[0])
    assert copied.outlet in line
    assert f"{origins.count(copied.origin)} reports count as one" in line


def test_a_marked_outlet_stays_visible_as_such_and_changes_no_count():
    told, reports = demo()
    hidden, distrusted = told.articles[0].outlet, told.articles[1].outlet
    marked = client(Held({STORY: (told, reports)}, marks={hidden: "hidden", distrusted: "distrusted"}))
    page, plain = parsed(marked.get(f"/story/{STORY}")), parsed(client().get(f"/story/{STORY}"))
    counts = "//p[@class='counts']"
    assert words(page.xpath(counts)[0]) == words(plain.xpath(counts)[0])
    listed = [words(report) for report in page.xpath("//ol[@class='reports']/li")]
    assert f"{hidden} hidden" in listed[0]
    assert f"{distrusted} distrusted" in listed[1]
    assert page.xpath("//table[@class='matrix']//a[@class='r hidden']")
    assert page.xpath("//details[contains(@class, 'said')]")
    assert not plain.xpath("//*[contains(@class, 'marked') or contains(@class, 'hidden')]")
    assert f"{hidden} hidden" in words(parsed(marked.get("/")))
    assert marked.get("/").headers["etag"] != client().get("/").headers["etag"]


def test_an_address_to_keep_tells_what_came_since(browser):
    page = parsed(browser.get(f"/story/{STORY}"))
    (keep,) = page.xpath("//p[@class='tools']/a[contains(@href, 'since=')]/@href")
    assert "0 new reports since" in words(parsed(browser.get(keep)))
    old = parsed(browser.get(f"/story/{STORY}?since=1700000000"))
    assert "4 new reports since 2023-11-14 22:13 UTC" in words(old)
    assert len(old.xpath("//ol[@class='reports']//span[@class='new' and not(@hidden)]")) == 4
    (later,) = parsed(browser.get("/")).xpath("//a[starts-with(@href, '/?since=')]/@href")
    assert "Nothing is new or changed since" in words(parsed(browser.get(later)))
    assert "2 stories new or changed since" in words(parsed(browser.get("/?since=1")))


@pytest.mark.parametrize("wrong", ["", "x", "-1", "1e9", "9" * 40, "١", "1.", "nan", "1_0"])
def test_what_is_no_moment_filters_nothing(browser, wrong):
    assert browser.get("/", params={"since": wrong}).content == browser.get("/").content


def test_related_stories_say_who_speaks_in_both(browser):
    section = parsed(browser.get(f"/story/{STORY}")).xpath("//section[@id='related']")[0]
    assert section.xpath(".//a/@href") == [f"/story/{MADE}"]
    assert "also quotes Ana Ruz" in words(section)


def test_no_line_rests_on_more_origins_than_reports(browser):
    for path in (f"/story/{STORY}", f"/story/{STORY}/print"):
        told = words(parsed(browser.get(path)).xpath("//main")[0])
        assert all(int(o) <= int(r) for r, o in re.findall(r"(\d+) reports, at most (\d+) (?:origin|indep)", told))


def test_the_map_of_keys_names_every_key_that_does_something(browser):
    script = (Path(twosource.web.__file__).parent / "static" / "twosource.js").read_text()
    does = script[script.index("const does = {") :].partition("};")[0]
    keys = set(re.findall(r'(?:^|[\s,])"?([^\s",]{1,2})"?: (?:\(|cite|theme)', does))
    shown = {kbd.text for kbd in parsed(browser.get("/keys")).xpath("//kbd")}
    assert {"j", "k", "?", "c", "g", "/"} <= keys <= shown
