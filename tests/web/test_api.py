"""The HTTP API over a store with the bundled story."""

import json

import pytest
from tests.web.newsrooms import STORY, browser, newsroom

from twosource.store import accounts, articles, stories

HOSTILE = (
    "multi-agent", "who's", "AND", "*", "a.b", "(((", '"', 'a" OR "b', "NEAR(a b)", "^a", "a:b", "-", "NOT", "a*b*",
    "col:x", "😀", "\x00", "a OR", "x" * 1_001, "figure:abc", "after:never", "speaker:", "'; DROP TABLE article; --",
)  # fmt: skip
"""Searches that break engines which are given what was typed."""


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("api")) as db:
        yield db


@pytest.fixture(scope="module")
def api(db):
    return browser(db)


@pytest.fixture
def own(tmp_path):
    """A store of its own for a test that writes, and a browser over it."""
    with newsroom(tmp_path) as db:
        yield db, browser(db)


def code(response):
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_story_comes_with_its_counts_its_articles_and_its_account(db, api):
    (story,) = api.get("/api/v1/stories?order=origins").json()["stories"]
    assert (story["id"], story["reports"], story["origins"]) == (STORY, 4, 3)
    members = api.get(f"/api/v1/stories/{STORY}/members").json()["members"]
    assert [m["article"] for m in members] == [m.article for m in stories.members(db, STORY)]
    account = api.get(f"/api/v1/stories/{STORY}/account").json()
    assert account["schema"] == "twosource.account/1"
    assert not any("text" in a for a in account["articles"])
    whole = api.get(f"/api/v1/stories/{STORY}/account?text=true").json()
    texts = {a["id"]: a["text"] for a in whole["articles"]}
    side = whole["conflicts"][0]["left"]
    assert texts[side["article"]][slice(*side["span"])].strip()


def test_lists_go_on_by_cursor_until_nothing_is_left(api):
    whole = [a["id"] for a in api.get("/api/v1/articles").json()["articles"]]
    found, cursor = [], None
    while True:
        page = api.get("/api/v1/articles", params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
        found += [a["id"] for a in page["articles"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole
    assert len(whole) == 4


def test_a_cursor_of_another_list_is_refused(api):
    cursor = api.get("/api/v1/articles?limit=1").json()["next"]
    assert code(api.get("/api/v1/conflicts", params={"cursor": cursor})) == (400, "bad_cursor")
    assert code(api.get("/api/v1/stories", params={"cursor": cursor})) == (400, "bad_cursor")


def test_what_the_reader_has_is_not_sent_again(api):
    for path in (f"/api/v1/stories/{STORY}/account", "/api/v1/stories", "/openapi.json"):
        first = api.get(path)
        assert first.status_code == 200
        again = api.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/api/v1/search/articles", "/api/v1/search/quotations", "/search", "/api/v1/stories"])
def test_any_search_is_answered_or_refused(api, path, query):
    assert api.get(path, params={"q": query}).status_code in {200, 400, 422}


def test_search_tells_where_the_words_stand(db, api):
    hit = api.get("/api/v1/search/articles?q=ammonia").json()["articles"][0]
    text = articles.get(db, [hit["id"]])[0].text
    assert {text[start:end].casefold() for start, end in hit["spans"]} == {"ammonia"}
    said = api.get("/api/v1/search/quotations?q=speaker:orsansky").json()["quotations"]
    assert said
    assert {q["speaker"] for q in said} == {"Pavel Orsansky"}


def test_articles_come_in_once_and_every_one_is_accounted_for(own):
    db, api = own
    lines = b'{"text": "The dam at Velden held, Odile Brandt said.", "outlet": "Lamp"}\n{"url": 1}\nnot json\n'
    kind = {"Content-Type": "application/x-ndjson"}
    first = api.post("/api/v1/articles", content=lines, headers=kind).json()
    assert first["ledger"]["seen"] == 3
    assert first["ledger"]["rejected"] == {"not_an_article": 1, "unreadable": 1}
    assert [a["outcome"] for a in first["articles"]] == ["stored"]
    again = api.post("/api/v1/articles", content=lines, headers=kind).json()
    assert [a["outcome"] for a in again["articles"]] == ["known"]
    assert api.get("/api/v1/runs").json()["runs"][0]["known"] == 1
    assert articles.get(db, [first["articles"][0]["id"]])[0].outlet.name == "Lamp"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"[" * 100_000, (400, "too_deep")),
        (b'{"text": ' + b"9" * 5_000 + b"}", (400, "not_json")),
        (b'{"text": NaN}', (400, "not_json")),
        (b'{"text": 1e999}', (400, "not_json")),
        (b'{"text": "unended', (400, "not_json")),
        (b"\xff\xfe", (400, "not_json")),
        (b"{}", (422, "no_article")),
        (b"[]", (422, "no_article")),
    ],
)
def test_bodies_that_other_programs_choke_on_are_refused(api, body, expected):
    sent = api.post("/api/v1/articles", content=body, headers={"Content-Type": "application/json"})
    assert code(sent) == expected


def test_a_note_stands_on_words_and_can_be_answered_reworded_and_removed(own):
    db, api = own
    article = stories.members(db, STORY)[0].article
    told = {"body": "Ask them.", "author": "Jo", "article": article, "start": 3, "end": 12}
    note = api.post(f"/api/v1/stories/{STORY}/notes", json=told)
    assert note.status_code == 201
    assert api.get(note.headers["location"]).json() == note.json()
    assert note.json()["exact"] == articles.get(db, [article])[0].text[3:12]
    number = note.json()["number"]
    assert api.post(f"/api/v1/notes/{number}/replies", json={"body": "Done.", "author": "Al"}).status_code == 201
    assert api.patch(f"/api/v1/notes/{number}", json={"body": "Ask again."}).json()["body"] == "Ask again."
    assert api.delete(f"/api/v1/notes/{number}").status_code == 204
    kept = api.get(f"/api/v1/stories/{STORY}/notes").json()["notes"]
    assert [(n["body"], n["gone"]) for n in kept] == [("", True), ("Done.", False)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [("nul \x00", (422, "bad_body")), ("half \ud800", (422, "bad_body")), (" ", (400, "note_refused"))],
)
def test_a_note_that_cannot_be_shown_is_refused(api, body, expected):
    told = json.dumps({"body": body, "author": "Jo"})
    kind = {"Content-Type": "application/json"}
    assert code(api.post(f"/api/v1/stories/{STORY}/notes", content=told, headers=kind)) == expected


def test_a_correction_changes_the_account_and_undoing_it_changes_it_back(own):
    db, api = own
    before = accounts.get(db, STORY)
    statement = next(s for s in before.statements if len(s.tellings) > 1)
    left, right = ([t.article, t.quotation] for t in statement.tellings[:2])
    told = {"kind": "other_statement", "story": STORY, "left": left, "right": right, "by": "Jo", "renew": True}
    line = api.post("/api/v1/corrections", json=told)
    assert (line.status_code, line.json()["effective"]) == (201, True)
    together = [{tuple(left), tuple(right)} <= _told(s) for s in accounts.get(db, STORY).statements]
    assert not any(together)
    back = api.post(f"{line.headers['location']}/undo", json={"by": "Jo", "renew": True})
    assert back.status_code == 201
    assert accounts.get(db, STORY).statements == before.statements


def _told(statement):
    return {(t.article, t.quotation) for t in statement.tellings}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"kind": "lock", "story": "story-none"}, (409, "refused")),
        ({"kind": "lock"}, (409, "refused")),
        ({"kind": "lock", "story": STORY, "into": "x"}, (409, "refused")),
        ({"kind": "lock", "story": STORY, "by": "MACHINE"}, (409, "refused")),
        ({"kind": "assign", "story": STORY}, (422, "bad_body")),
        ({"kind": "lock", "story": STORY, "more": 1}, (422, "bad_body")),
    ],
)
def test_corrections_that_do_not_fit_are_refused(api, told, expected):
    assert code(api.post("/api/v1/corrections", json=told)) == expected


def test_a_readonly_store_is_not_written_to(tmp_path):
    with newsroom(tmp_path, readonly=True) as db:
        api = browser(db)
        assert api.get("/api/v1/stories").status_code == 200
        assert code(api.post("/api/v1/feeds", json={"url": "https://lamp.example/feed"})) == (403, "read_only")


def test_feeds_are_followed_paused_and_dropped(own):
    _, api = own
    feed = api.post("/api/v1/feeds", json={"url": "https://lamp.example/feed", "outlet": "Lamp"}).json()
    assert api.patch(feed["here"], json={"paused": True}).json()["status"] == "paused"
    assert api.delete(feed["here"]).status_code == 204
    assert code(api.get(feed["here"])) == (404, "not_found")
    assert code(api.post("/api/v1/feeds", json={"url": "file:///etc/hostname"})) == (422, "bad_body")
    assert code(api.post("/api/v1/feeds", json={"url": "http:///nowhere"})) == (422, "bad_address")


def test_writing_needs_the_token_where_there_is_one(own):
    db, _ = own
    guarded = browser(db, token="so secret")
    body = {"url": "https://lamp.example/feed"}
    assert guarded.get("/api/v1/stories").status_code == 200
    assert guarded.post("/api/v1/feeds", json=body).status_code == 401
    assert guarded.post("/api/v1/feeds", json=body, headers={"Authorization": "Bearer so secreT"}).status_code == 401
    assert guarded.post("/api/v1/feeds", json=body, headers={"Authorization": "Bearer so secret"}).status_code == 201


def test_a_path_says_which_methods_it_takes(api):
    refused = api.put("/api/v1/stories", json={})
    assert code(refused) == (405, "method_not_allowed")
    assert refused.headers["allow"] == "GET, HEAD"


def test_monitors_find_health_and_counts(api, tmp_path):
    assert api.get("/healthz").text == "ok\n"
    assert api.get("/readyz").status_code == 200
    counts = dict(
        line.rpartition(" ")[::2] for line in api.get("/metrics").text.splitlines() if not line.startswith("#")
    )
    assert counts["twosource_articles"] == "4"
    assert counts["twosource_stories"] == "1"
    with newsroom(tmp_path) as gone:
        late = browser(gone)
    assert late.get("/readyz").status_code == 503


def test_no_answer_is_longer_lived_than_what_it_tells(api):
    for path in ("/api/v1/stories", f"/api/v1/stories/{STORY}", "/metrics", "/conflicts", "/search?q=leak"):
        assert api.get(path).headers["cache-control"] in {"private, no-cache", "no-store"}, path
