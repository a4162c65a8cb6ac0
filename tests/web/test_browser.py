"""The pages in a real browser: read, check a line, filter, by keyboard, on a telephone, on paper, without scripts."""

import re

import pytest
from tests.web import driven
from tests.web.served import MADE, STORY, demo

from twosource.web.deeplinks import deep_link

pytest.importorskip("playwright", reason="playwright is not installed")
if driven.chromium() is None:
    pytest.skip(driven.MISSING, allow_module_level=True)

PAGES = {
    "home": "/",
    "story": f"/story/{STORY}",
    "made": f"/story/{MADE}",
    "statements": f"/story/{STORY}/statements",
    "figures": f"/story/{STORY}/figures",
    "only": f"/story/{STORY}/only",
    "paper": f"/story/{STORY}/print",
    "keys": "/keys",
    "missing": "/nothing",
}


def addresses():
    told, _ = demo()
    first = told.statements[0].tellings[0]
    link = told.lineage.links[0]
    return PAGES | {
        "statement": f"/story/{STORY}/statement/{first.quotation}",
        "telling": f"/story/{STORY}/telling/{first.quotation}",
        "figure": f"/story/{STORY}/figure/{told.figures[0].id}",
        "conflict": f"/story/{STORY}/conflict/{told.conflicts[0].id}",
        "origin": f"/story/{STORY}/origin/{told.lineage.origins[0].id}",
        "pair": f"/story/{STORY}/pair/{link.left}/{link.right}",
        "article": f"/article/{first.article}",
        "text": f"/article/{first.article}/text",
    }


@pytest.fixture(scope="module")
def browser():
    with driven.driven() as running:
        yield running
        running.close()


@pytest.fixture
def open_page(browser):
    """Opens pages; afterwards none of them may have failed or asked anybody else for anything."""
    opened = []

    def opening(path, **options):
        watched = driven.Watched(browser, **options)
        opened.append(watched)
        watched.page.goto(path)
        return watched

    yield opening
    for watched in opened:
        watched.context.close()
        assert watched.foreign == []
        expected = [w for w in watched.wrong if "404" not in w]
        assert expected == []


def test_a_reader_checks_a_conflict_without_leaving_the_story(open_page):
    page = open_page("/").page
    page.get_by_role("link", name=re.compile("ammonia", re.IGNORECASE)).first.click()
    page.locator("#conflicts .permalink").first.click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.locator("blockquote mark").count() == 2
    assert page.url.endswith(STORY)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "permalink"


def test_evidence_inside_evidence_opens_in_the_same_dialog(open_page):
    page = open_page(f"/story/{STORY}").page
    page.locator("#statements .permalink").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".c[href]").first.click()
    dialog.get_by_role("heading", level=1).wait_for()
    assert page.locator("dialog").count() == 1
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="hidden")


def test_a_label_leads_to_the_words_in_their_article(open_page):
    page = open_page(f"/story/{STORY}").page
    page.locator("#timeline .r").first.click()
    page.wait_for_url("**/article/**")
    target = page.locator(":target")
    assert target.count() == 1
    assert target.evaluate("e => e.getBoundingClientRect().top") < 900


def test_a_deep_link_opens_the_outlets_page_at_the_words(open_page):
    told, _ = demo()
    statement = told.statements[0]
    telling = statement.tellings[0]
    article = next(a for a in told.articles if a.id == telling.article)
    link = deep_link(article.url, article.text, telling.content[0])
    filler = "<p>Advertisement</p>" * 200
    body = "".join(f"<p>{line}</p>" for line in article.text.splitlines() if line.strip())
    watched = open_page("/keys")
    page = watched.page
    page.route(
        re.compile(r"^https://"),
        lambda route: route.fulfill(
            body=f"<!doctype html>{filler}{body}{filler}", content_type="text/html; charset=utf-8"
        ),
    )
    page.goto(link)
    page.wait_for_function("scrollY > 500")
    words = telling.content[0].of(article.text)[5:25]
    top = page.evaluate(
        "w => [...document.querySelectorAll('p')].find(p => p.textContent.includes(w)).getBoundingClientRect().top",
        words,
    )
    assert 0 <= top <= 900
    watched.foreign.clear()


def test_the_filter_shows_what_fits_and_writes_an_address_that_does_the_same(open_page):
    page = open_page(f"/story/{STORY}").page
    lines = page.locator("#statements > article")
    before = lines.count()
    page.get_by_label("Rests on").select_option("one")
    shown = lines.locator("visible=true").count()
    assert 0 < shown < before
    assert f"{shown} of {before} shown" in page.locator("[data-count]").inner_text()
    assert "rests=one" in page.url
    page.reload()
    assert page.locator("#statements > article").locator("visible=true").count() == shown


def test_a_story_can_be_read_by_keyboard_alone(open_page):
    page = open_page(f"/story/{STORY}").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("2")
    first = page.locator(".line.here")
    assert first.evaluate("e => e.closest('section').id") == "statements"
    name = first.get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".line.here").get_attribute("id") != name
    page.keyboard.press("k")
    assert page.locator(".line.here").get_attribute("id") == name
    page.keyboard.press("o")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("j")
    assert page.locator(".line.here").get_attribute("id") == name
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    assert page.locator(".line.here").evaluate("e => e.closest('section').id") == "figures"
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("citation").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.wait_for_url("**/print")


def test_typing_in_a_field_is_no_command(open_page):
    page = open_page(f"/story/{STORY}").page
    page.get_by_label("Speaker").focus()
    page.keyboard.press("p")
    page.keyboard.press("?")
    assert "/print" not in page.url
    assert page.locator("dialog[open]").count() == 0


def test_a_citation_is_copied(open_page):
    watched = open_page("/keys")
    watched.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.page
    page.goto(f"/story/{STORY}")
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.get_by_role("status").get_by_text("Citation copied").wait_for()
    assert "http" in page.evaluate("navigator.clipboard.readText()")


def test_what_is_new_since_the_last_visit_is_said_and_kept_in_this_browser(open_page):
    watched = open_page(f"/story/{STORY}")
    page = watched.page
    assert not page.locator("[data-since]").is_visible()
    page.reload()
    assert "Nothing new since your last visit" in page.locator("[data-since]").inner_text()
    page.evaluate(
        """name => {
        const key = `twosource story ${name}`;
        const known = JSON.parse(localStorage.getItem(key));
        known.lines = known.lines.slice(3);
        known.newest = 0;
        localStorage.setItem(key, JSON.stringify(known));
    }""",
        STORY,
    )
    page.reload()
    assert "4 new reports, 3 new or changed lines" in page.locator("[data-since]").inner_text()
    assert page.locator(".new:visible").count() == 7
    assert watched.context.cookies() == []


def test_colours_follow_the_system_until_the_reader_chooses(open_page):
    page = open_page(f"/story/{STORY}", color_scheme="dark").page
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.keyboard.press("d")
    page.keyboard.press("d")
    light = page.evaluate(paper)
    assert light != dark
    page.reload()
    assert page.evaluate(paper) == light


ALL = {"resultTypes": ["violations"]}
BY_COLOUR = ALL | {"runOnly": ["color-contrast"]}


def violations(page, options):
    """What axe finds, of any impact, everything that can be opened being open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = axe.run(page, options=options).response["violations"]
    return [(v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]


def seen_through(watched, name):
    """What is wrong with a page: wide and light, narrow, and printed; those `IN_THE_DARK` in dark colours too."""
    page = watched.page
    watched.shot(name)
    wrong = violations(page, ALL)
    page.set_viewport_size({"width": 360, "height": 740})
    if page.evaluate("document.documentElement.scrollWidth") > 360:
        wrong.append("wider than a telephone")
    wrong += too_small(page)
    if name in IN_THE_DARK:
        page.emulate_media(color_scheme="dark")
        wrong += violations(page, BY_COLOUR)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false; })")
        watched.shot(f"{name}-360-dark")
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")
    if name in ON_PAPER:
        watched.shot(f"{name}-print")
    return wrong + printed_wrong(page)


IN_THE_DARK = frozenset({"home", "story", "made", "conflict", "pair", "article", "speaker", "search", "add", "docs"})
"""Pages that have every pair of colours between them: looked at in dark colours and on a telephone."""

ON_PAPER = frozenset({"story", "paper", "article", "conflict"})
"""Pages of whose print a picture is kept."""


def too_small(page):
    """Stops of the bar that a telephone cuts off or that no finger hits."""
    return page.evaluate("""() => [...document.querySelectorAll(".bar a")].flatMap((stop) => {
        const box = stop.getBoundingClientRect();
        const name = stop.textContent.trim();
        return [
            ...(box.right > innerWidth || box.left < 0 ? [`${name} is cut`] : []),
            ...(box.width < 24 || box.height < 24 ? [`${name} is ${box.width} by ${box.height}`] : []),
        ];
    })""")


def printed_wrong(page):
    """What a printer would make of a page that is dark on the screen: colours, cut lines, navigation."""
    return page.evaluate("""() => {
        const wrong = [];
        const style = getComputedStyle(document.body);
        if (style.color !== "rgb(0, 0, 0)") wrong.push(`text of ${style.color}`);
        if (style.backgroundColor !== "rgb(255, 255, 255)") wrong.push(`paper of ${style.backgroundColor}`);
        if (document.documentElement.scrollWidth > 680) wrong.push("cut at the right edge");
        for (const part of document.querySelectorAll(".bar, .contents, .tools, .crumb, .skip")) {
            if (part.getClientRects().length) wrong.push(`navigation: ${part.className}`);
        }
        return wrong;
    }""")


@pytest.mark.parametrize("name", sorted(addresses()))
def test_every_page_of_a_story_is_accessible_fits_a_telephone_and_prints(open_page, name):
    watched = open_page(addresses()[name], bypass_csp=True, viewport={"width": 1100, "height": 800})
    assert seen_through(watched, name) == []


@pytest.mark.parametrize("size", [(1100, 800), (360, 740)])
def test_the_first_screen_says_what_is_solid_single_in_conflict_missing_told_alone_and_copied(open_page, size):
    width, height = size
    page = open_page(f"/story/{STORY}", viewport={"width": width, "height": height}).page
    kinds = page.locator(".tally li")
    said = ("solid", "of one origin", "conflict", "missing", "in one report alone", "not independent")
    for kind, word in enumerate(said):
        assert word in kinds.nth(kind).inner_text()
        box = kinds.nth(kind).bounding_box()
        assert box["y"] + box["height"] <= height


def test_paper_shows_the_addresses_of_pages_elsewhere(open_page):
    page = open_page(addresses()["article"]).page
    page.emulate_media(media="print")
    shown = page.locator("aside a[data-outlet]").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert "https://" in shown


NEWSROOM = {
    "conflicts": "/conflicts",
    "speakers": "/speakers",
    "outlets": "/outlets",
    "speaker": "/speaker/person/pavel-orsansky",
    "outlet": "/outlet/coast-today",
    "found-nothing": "/search?q=zzzzq",
    "search": "/search?q=harbour",
    "add": "/add",
    "feeds": "/feeds",
    "log": "/log",
    "method": "/method",
    "notes": "/notes",
    "story-notes": f"/story/{STORY}/notes",
    "story-correct": f"/story/{STORY}/correct",
    "since": "/?since=1",
    "docs": "/docs",
}


@pytest.mark.parametrize("name", sorted(NEWSROOM))
def test_every_page_of_a_newsroom_is_accessible_fits_a_telephone_and_prints(open_page, name):
    wide = {"width": 1100, "height": 800}
    watched = open_page(NEWSROOM[name], base=driven.newsroom_address(), bypass_csp=True, viewport=wide)
    assert seen_through(watched, name) == []


def test_a_wrong_speaker_is_corrected_and_the_correction_taken_back(open_page):
    page = open_page(f"/story/{STORY}", base=driven.newsroom_address()).page
    page.locator("#statements .permalink").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Wrong speaker?").click()
    page.wait_for_url("**/correct/**")
    page.get_by_label("or, as the report names them").fill("Somebody Else")
    page.get_by_label("Your name").first.fill("Jo")
    page.get_by_role("button", name="Correct the speaker").click()
    page.goto("/log")
    line = page.get_by_text("Jo").first
    line.wait_for()
    page.get_by_role("button", name=re.compile("undo|take", re.IGNORECASE)).first.click()
    page.goto("/log")
    assert page.get_by_role("button", name=re.compile("undo|take", re.IGNORECASE)).count() == 0


def test_a_note_is_written_at_a_line_and_stands_on_no_shared_page(open_page):
    page = open_page(f"/story/{STORY}", base=driven.newsroom_address()).page
    page.locator("#conflicts .permalink").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Write a note").click()
    page.get_by_label("Words").last.fill("Ask the harbour master about the valve.")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Ask the harbour master").first.wait_for()
    page.goto(f"/story/{STORY}/print")
    assert page.get_by_text("Ask the harbour master").count() == 0


@pytest.mark.parametrize("form", ["json", "csv", "md", "html"])
def test_a_story_is_taken_along_in_every_form(open_page, form):
    page = open_page(f"/story/{STORY}", base=driven.newsroom_address()).page
    address = page.get_by_role("link", name=form, exact=True).get_attribute("href")
    answer = page.request.get(address)
    assert answer.ok
    assert len(answer.body()) > 1_000


def test_everything_can_be_read_without_scripts(open_page):
    watched = open_page(f"/story/{STORY}", java_script_enabled=False)
    page = watched.page
    page.get_by_label("Rests on").select_option("conflict")
    page.get_by_role("button", name="Show").click()
    assert "rests=conflict" in page.url
    page.locator("#statements .permalink").locator("visible=true").first.click()
    page.wait_for_url("**/statement/**")
    assert page.locator("blockquote mark").count() >= 1
    page.get_by_text("Cite").first.click()
    assert page.get_by_label("Plain").first.input_value()
    assert page.locator("[data-copy]").locator("visible=true").count() == 0
    page.get_by_role("link", name="In the article").first.click()
    page.wait_for_url("**/article/**")
    page.get_by_role("link", name="map of keys").click()
    page.wait_for_url("**/keys")


def test_paper_carries_the_evidence(open_page, tmp_path):
    watched = open_page(f"/story/{STORY}/print")
    made = watched.page.pdf(path=tmp_path / "story.pdf", format="A4")
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page") >= 3
    watched.page.emulate_media(media="print")
    assert not watched.page.locator(".bar").is_visible()
    assert watched.page.locator(".footnotes li").first.is_visible()
    watched.page.goto(f"/story/{STORY}")
    watched.page.emulate_media(media="print")
    assert not watched.page.locator(".contents").is_visible()


def test_a_story_is_painted_within_a_second(open_page):
    page = open_page("/keys").page
    page.goto(f"/story/{STORY}")
    entries = "performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)"
    while not (paint := page.evaluate(entries)):
        page.wait_for_timeout(50)
    assert paint[0] < 1_000


def test_movement_is_asked_for(open_page):
    page = open_page(f"/story/{STORY}", reduced_motion="reduce").page
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
