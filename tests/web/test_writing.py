"""What people write in the browser, without a script: texts, notes, corrections, feeds, marks."""

import json

import pytest
from lxml import html
from tests.web.newsrooms import ORIGIN, STORY, browser, newsroom

from twosource.store import accounts, articles, feeds, judgements, notes, reports, shelf
from twosource.store.lines import MACHINE
from twosource.web import links

ONE = """Strike at the Velden mill
The mill at Velden stopped on Tuesday after 40 workers walked out, manager Odile Brandt said.
“We will not talk until the machines run,” she told reporters.
"""
OTHER = """Velden mill stands still
About 40 workers left the Velden mill on Tuesday. Its manager, Odile Brandt, said:
“We will not talk until the machines run.”
"""


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as db:
        yield db


@pytest.fixture
def page(db):
    return browser(db)


def send(page, path, told=None, **more):
    return page.post(path, data=told or {"none": ""}, headers=ORIGIN, **more)


def boxes(*texts, **more):
    names = ("text", "outlet", "title", "url", "published")
    return {name: [t if name == "text" else "" for t in texts] for name in names} | more


def test_two_pasted_texts_become_a_story_of_exactly_these(db, page):
    sent = send(page, "/add", boxes(ONE.replace("\n", "\r\n"), OTHER, alone="yes", by="Jo"))
    assert sent.status_code == 303
    story = links.known_by(sent.headers["location"].removeprefix("/story/"))
    kept = articles.get(db, [m.article for m in shelf.members(db, story)])
    assert {a.text for a in kept} == {ONE, OTHER}
    assert shelf.get(db, story).locked
    account = accounts.get(db, story)
    assert account.lineage.reports == 2
    assert page.get(sent.headers["location"]).status_code == 200
    assert page.get("/story/" + links.token(STORY)).status_code == 200


def test_the_same_texts_again_lead_to_the_same_story(db, page):
    told = boxes(ONE, OTHER, alone="yes")
    assert send(page, "/add", told).headers["location"] == send(page, "/add", told).headers["location"]


def test_a_report_of_another_story_is_moved_in_the_persons_name_and_can_be_moved_back(db, page):
    known = shelf.members(db, STORY)[0].article
    text = articles.get(db, [known])[0]
    told = boxes(text.text, ONE, alone="yes", by="Jo") | {"url": [text.url or "", ""]}
    sent = send(page, "/add", told)
    story = links.known_by(sent.headers["location"].removeprefix("/story/"))
    assert {m.article for m in shelf.members(db, story)} >= {known}
    moved = next(j for j in judgements.all(db) if j.kind in ("move", "split"))
    assert moved.by == "Jo"
    assert known in moved.placed
    assert send(page, f"/log/{moved.number}/undo").status_code == 303
    assert known in {m.article for m in shelf.members(db, STORY)}


def test_without_that_wish_a_text_goes_where_it_belongs(db, page):
    first = send(page, "/add", boxes(ONE))
    again = send(page, "/add", boxes(OTHER))
    assert first.status_code == 303
    assert again.headers["location"] == first.headers["location"]


def test_files_are_read_by_what_they_hold(db, page):
    files = [
        ("files", ("a.txt", ONE.encode(), "x/y")),
        ("files", ("b.jsonl", b'{"text": "Mill strike goes on."}\n', "")),
    ]
    sent = send(page, "/add", {"alone": "yes"}, files=files)
    story = links.known_by(sent.headers["location"].removeprefix("/story/"))
    assert len(shelf.members(db, story)) == 2


def test_a_file_of_lines_is_read_line_by_line(db, page):
    told = [f"The lock at pier {n} was shut on Monday, the harbour said." for n in range(3)]
    lines = "".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(told))
    assert send(page, "/add", {"by": ""}, files=[("files", ("week.jsonl", lines.encode(), ""))]).status_code == 303
    assert {a.text for a in articles.get(db, [a.id for a in articles.listed(db)])} >= set(told)


def test_a_list_of_feeds_is_followed(db, page):
    opml = b'<opml version="2.0"><body><outline type="rss" xmlUrl="https://lamp.example/feed"/></body></opml>'
    sent = send(page, "/add", {"by": ""}, files=[("files", ("mine.opml", opml, ""))])
    assert "https://lamp.example/feed" in sent.text
    assert [f.url for f in feeds.all(db)] == ["https://lamp.example/feed"]
    assert "https://lamp.example/feed" in page.get("/feeds.opml").text


@pytest.mark.parametrize(
    "told", [{"by": "Jo"}, {"addresses": "ftp://lamp.example/"}, {"addresses": " ".join(["http://a.example"] * 21)}]
)
def test_what_cannot_be_added_is_said(page, told):
    assert send(page, "/add", told).status_code == 400


def test_what_is_no_article_is_named_and_the_rest_goes_on(page):
    sent = send(page, "/add", {"by": "Jo"}, files=[("files", ("<b>.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ""))])
    assert sent.status_code == 200
    assert "&lt;b&gt;.png" in sent.text
    assert "<b>" not in sent.text


def test_articles_wait_where_another_process_is_the_desk(db, page):
    with db.holding("desk"):
        sent = send(page, "/add", boxes(ONE))
        assert sent.status_code == 200
        again = sent.headers["refresh"].partition("url=")[2]
        assert "The desk that runs beside" in page.get(again).text
    assert "no desk runs on this store" in page.get(again).text
    assert send(page, "/add", boxes(OTHER)).status_code == 303
    assert page.get(again).headers["location"].startswith("/story/")


def telling(db, least=2):
    account = accounts.get(db, STORY)
    return next(s for s in account.statements if len(s.tellings) >= least and s.speaker)


def test_the_speaker_is_corrected_and_the_correction_taken_back(db, page):
    told = telling(db).tellings[0]
    form = page.get(f"/story/{STORY}/correct/{told.quotation}")
    assert 'value="speaker"' in form.text
    wish = {
        "kind": "speaker",
        "article": told.article,
        "quotation": told.quotation,
        "other_name": "Mina Oss",
        "by": "Jo",
    }
    sent = send(page, f"/story/{STORY}/correct", wish)
    assert "Mina Oss" in {p.name for p in accounts.get(db, STORY).people}
    line = page.get(sent.headers["location"]).text
    assert "Mina Oss" in line
    read = next(q for r in reports.get(db, [told.article]) for q in r.quotations if q.id == told.quotation)
    text = articles.get(db, [told.article])[0].text
    start, end = read.content[0]
    assert html.fromstring(line).xpath("//blockquote")[0].text_content().startswith(" ".join(text[start:end].split()))
    assert links.story(STORY) in html.fromstring(line).xpath("//article//@href")
    assert links.telling(STORY, told.quotation) in html.fromstring(line).xpath("//article//@href")
    assert told.quotation not in html.fromstring(line).text_content()
    send(page, f"{sent.headers['location']}/undo", {"by": "Jo"})
    assert "Mina Oss" not in {p.name for p in accounts.get(db, STORY).people}


def test_two_tellings_are_parted_and_a_report_gets_a_story_of_its_own(db, page):
    left, right = telling(db).tellings[:2]
    wish = {"kind": "other_statement"}
    wish |= {n: f"{links.token(t.article)} {links.token(t.quotation)}" for n, t in (("left", left), ("right", right))}
    assert send(page, f"/story/{STORY}/correct", wish).status_code == 303
    assert send(page, f"/story/{STORY}/correct", {"kind": "split", "articles": [left.article]}).status_code == 303
    assert left.article not in {m.article for m in shelf.members(db, STORY)}
    assert shelf.get(db, STORY).size == 3


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "assign"},
        {"kind": "speaker", "article": "x", "quotation": "y"},
        {"kind": "other_statement", "left": "x", "right": ""},
        {"kind": "merge", "into": STORY},
        {"kind": "lock", "by": " Machine "},
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing(db, page, wish):
    assert send(page, f"/story/{STORY}/correct", wish).status_code in {400, 409}
    assert [j for j in judgements.all(db) if j.by != MACHINE] == []


def test_a_note_on_words_shows_them_and_is_on_no_other_page(db, page):
    article = shelf.members(db, STORY)[0].article
    words = articles.get(db, [article])[0].text[5:25]
    form = page.get(f"/story/{STORY}/notes", params={"article": article, "start": 5, "end": 25})
    assert "words of a report" in form.text
    told = {"does": "write", "body": "<script>alert(1)</script>\nask X", "article": article, "start": "5", "end": "25"}
    sent = send(page, f"/story/{STORY}/notes", told | {"by": "Jo"})
    assert sent.status_code == 303
    shown = page.get(f"/story/{STORY}/notes").text
    assert "&lt;script&gt;" in shown
    assert notes.listed(db, STORY)[0].target.selector.quote.exact == words
    shared = [f"/story/{STORY}", *(f"/story/{STORY}.{e}" for e in ("json", "csv", "md", "html"))]
    for path in (*shared, f"/article/{article}", "/stories.atom", "/", f"/story/{STORY}/statements"):
        assert "alert(1)" not in page.get(path).text, path
    assert "alert" in page.get(f"/story/{STORY}.json?notes=yes").text
    assert "alert" in page.get(f"/story/{STORY}.md?notes=yes").text


def test_the_name_a_person_gave_is_filled_in_the_next_time(page):
    send(page, f"/story/{STORY}/notes", {"does": "write", "body": "x", "by": 'Jo "Ž" <b>'})
    assert "Jo &#34;Ž&#34; &lt;b&gt;" in page.get("/add").text


def test_an_outlet_is_hidden_and_stays_visible_as_such(db, page):
    assert send(page, "/outlet/coast-today/mark", {"mark": "hidden", "by": "Jo"}).status_code == 303
    assert "hidden" in page.get("/outlets").text
    assert page.get("/outlets.json").json()["outlets"][0].keys() >= {"mark"}
    assert send(page, "/outlet/coast-today/mark", {"mark": "praised"}).status_code == 409
    assert send(page, "/outlet/coast-today/mark", {"mark": ""}).status_code == 303
    assert {o["mark"] for o in page.get("/outlets.json").json()["outlets"]} == {""}


def test_a_saved_search_is_a_feed_and_can_be_forgotten(page):
    sent = send(page, "/saved", {"does": "save", "name": "leaks / ü", "q": "ammonia"})
    assert sent.status_code == 303
    feed = next(part for part in page.get("/search").text.split('"') if part.startswith("/saved/"))
    assert "<entry>" in page.get(feed).text
    which = feed.removeprefix("/saved/").removesuffix(".atom")
    send(page, "/saved", {"does": "forget", "which": which})
    assert page.get(feed).status_code == 404
    assert send(page, "/saved", {"does": "save", "name": "x", "q": '"open'}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/add", "/feeds", "/saved", f"/story/{STORY}/notes", f"/story/{STORY}/correct", "/log/1/undo",
             "/outlet/coast-today/mark"],
)  # fmt: skip
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_write_nothing(db, page, path, headers):
    told = {"does": "write", "body": "x", "kind": "lock", "text": ONE, "url": "https://a.example", "mark": "hidden"}
    before = db.one(
        "SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM judgement), (SELECT count(*) FROM article)"
    )
    assert page.post(path, data=told, headers=headers).status_code == 403
    after = db.one(
        "SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM judgement), (SELECT count(*) FROM article)"
    )
    assert [*before] == [*after]


def test_a_store_that_is_only_read_takes_no_form(tmp_path):
    with newsroom(tmp_path, readonly=True) as db:
        assert send(browser(db), "/add", boxes(ONE)).status_code == 403


def test_a_note_on_a_line_leads_to_its_evidence(db, page):
    told = telling(db).tellings[0].quotation
    assert "statement" in page.get(f"/story/{STORY}/statement/{told}").text
    send(page, f"/story/{STORY}/notes", {"does": "write", "body": "check", "line": told, "by": "Jo"})
    address = f"/story/{STORY}/statement/{told}"
    assert f'href="{address}"' in page.get("/notes").text + page.get(f"/story/{STORY}/notes").text
    assert page.get(address).status_code == 200
