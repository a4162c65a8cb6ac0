"""What programs send: every field with every type of JSON, and bodies that are no JSON of ours."""

import gzip
import json

import pytest
from tests.web.newsrooms import STORY, browser, newsroom

from twosource.store import articles, feeds, stories

KIND = {"Content-Type": "application/json"}
TEXT = "The dam at Velden held on Monday, Odile Brandt said."

WRONG = (None, True, -1, 2**53, 1.5, "", "\x00", "\ud800", "a" * 3_000, [], {}, [None], {"a": 1}, "\u202e", "1e999")
"""A value of every type and size."""

NO_JSON = ("NaN", "Infinity", "1e999", "9" * 5_000, "[" * 70 + "]" * 70, "00", "'a'", "", '{"a": 1, "a": 2}')
"""What stands where a value should and is none that every program reads the same."""


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("incoming")) as db:
        yield db


@pytest.fixture(scope="module")
def api(db):
    return browser(db)


def sent(api, path, body, headers=KIND):
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return api.post(f"/api/v1{path}", content=raw, headers=headers)


def bodies(db):
    """A body that is taken, for each path that takes one."""
    article = stories.members(db, STORY)[0].article
    note = {"body": "b", "author": "a", "line": "q-1", "article": article, "start": 1, "end": 3}
    return [
        ("/articles", {"text": TEXT, "outlet": "Lamp", "url": "https://lamp.example/1", "title": "Dam", "id": "one",
                       "published": "2026-11-01", "modified": "2026-11-02", "source": "Lamp"}),
        (f"/stories/{STORY}/notes", note),
        ("/feeds", {"url": "https://lamp.example/feed", "kind": "feed", "outlet": "Lamp"}),
        ("/searches", {"name": "n", "query": "ammonia"}),
        ("/corrections", {"kind": "same_person", "story": STORY, "left": "A", "right": "B", "by": "Jo", "reason": "r"}),
    ]  # fmt: skip


def test_any_value_in_any_field_is_taken_or_refused_with_a_problem(db, api):
    for path, body in bodies(db):
        for field in (*body, "other"):
            for value in WRONG:
                answer = sent(api, path, body | {field: value})
                assert answer.status_code in {200, 201, 400, 404, 409, 422}, (path, field, value)
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json"
            for raw in NO_JSON:
                whole = json.dumps({name: v for name, v in body.items() if name != field})
                assert sent(api, path, f'{whole[:-1]}, "{field}": {raw}}}').status_code == 400, (path, field, raw)


@pytest.mark.parametrize("field", ["text", "html", "title", "outlet", "url", "published", "modified", "id", "source"])
@pytest.mark.parametrize("value", [[], True, [TEXT], 1.5])
def test_a_field_of_the_wrong_type_is_refused_by_name(api, field, value):
    answer = sent(api, "/articles", {"text": TEXT, "html": TEXT} | {field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_article")
    assert f"field {field} " in answer.json()["detail"]


def test_an_object_beside_the_text_is_refused(api):
    assert sent(api, "/articles", {"html": {}, "text": TEXT}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "javascript:alert(1)", "bad_url"),
        ("url", "data:text/html,x", "bad_url"),
        ("url", "http://[::1", "bad_url"),
        ("published", "99999-01-01", "bad_date"),
        ("published", "2026-02-31", "bad_date"),
        ("title", "half \ud800", "characters_replaced"),
        ("outlet", "nul \x00", "characters_replaced"),
        ("text", f"{TEXT} \ud800", "characters_replaced"),
    ],
)
def test_a_value_that_does_not_fit_is_left_out_with_a_remark(db, api, field, value, code):
    took = sent(api, "/articles", {"text": TEXT} | {field: value}).json()["articles"][0]
    assert code in dict(took["remarks"])
    stored = articles.get(db, [took["id"]])[0]
    assert getattr(stored, field) != value
    assert len(stored.text) == len(value if field == "text" else TEXT)
    stored.text.encode()


def test_one_bad_article_is_named_and_the_others_go_in(api):
    told = [{"text": TEXT + " One."}, {"text": 1}, {"html": "<p>Nothing"}, 5, {"text": TEXT + " Two."}]
    answer = sent(api, "/articles", told).json()
    assert [a["place"] for a in answer["articles"]] == ["body:1", "body:3", "body:5"]
    assert [r["place"] for r in answer["rejected"]] == ["body:2", "body:4"]
    assert answer["ledger"]["seen"] == 5
    lines = "\n".join(['{"text": NaN}', "", "[" * 5_000, json.dumps(told[0]), '{"text": "a", "text": "b"}'])
    answer = sent(api, "/articles", lines, {"Content-Type": "application/x-ndjson"}).json()
    assert [a["place"] for a in answer["articles"]] == ["body:4"]
    assert [r["place"] for r in answer["rejected"]] == ["body:1", "body:3", "body:5"]


GOOD = json.dumps({"text": TEXT})


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"\xef\xbb\xbf" + GOOD.encode(), {}, 200),
        (GOOD.encode("utf-16"), {}, 400),
        (GOOD.encode("utf-16-le"), {}, 400),
        (GOOD.encode("utf-32"), {}, 400),
        (GOOD.replace("held", "hélas").encode("latin-1"), {}, 400),
        (GOOD, {"Content-Type": "application/json; charset=latin-1"}, 415),
        (GOOD, {"Content-Type": 'application/json; charset="UTF-8"'}, 200),
        (GOOD, {"Content-Type": "text/json"}, 403),
        (GOOD, {"Content-Type": "text/json", "Origin": "http://127.0.0.1:8000"}, 415),
        (gzip.compress(GOOD.encode()), {"Content-Encoding": "gzip"}, 415),
        (GOOD, {"Content-Encoding": "identity"}, 200),
        (GOOD, {"Content-Encoding": "identity, br"}, 415),
        (GOOD + "x", {}, 400),
        (GOOD * 2, {}, 400),
        ("null", {}, 422),
        ("[" * 100_000, {}, 400),
        ('{"a":' * 100_000, {}, 400),
    ],
)
def test_only_plain_json_in_utf8_is_read(api, body, headers, expected):
    answer = sent(api, "/articles", body, KIND | headers)
    assert answer.status_code == expected
    assert answer.status_code == 200 or answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/feeds", {"url": "https://a.example/", "outlet": "\ud800"}, "outlet"),
        ("/searches", {"name": "\x00", "query": "a"}, "name"),
        ("/corrections", {"kind": "lock", "story": STORY, "by": 1}, "by"),
        ("/corrections", {"kind": "lock", "story": STORY, "reason": "\ud800"}, "reason"),
        ("/corrections", {"kind": "split", "story": STORY, "articles": ["\x00"]}, "articles"),
        (f"/stories/{STORY}/notes", {"body": "b", "author": []}, "author"),
    ],
)
def test_a_refusal_names_the_field(api, path, body, field):
    answer = sent(api, path, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_body")
    assert field in answer.json()["detail"]


@pytest.mark.parametrize("by", ["machine", "MACHINE", " Machine ", "\uff4d\uff41\uff43\uff48\uff49\uff4e\uff45"])
def test_nobody_corrects_in_the_machines_name(api, by):
    assert sent(api, "/corrections", {"kind": "lock", "story": STORY, "by": by}).status_code == 409


TIMES = ("nan", "NaN", "inf", "1e999", "-1", "99999-01-01", "\x00", "x" * 5_000, "\u0661")


@pytest.mark.parametrize("path", ["/stories", "/articles", "/conflicts"])
@pytest.mark.parametrize("since", TIMES)
def test_a_time_that_is_none_is_refused(api, path, since):
    assert api.get(f"/api/v1{path}", params={"since": since}).status_code == 422


def test_nothing_of_all_that_was_followed_but_web_addresses(db, api):
    for url in (
        "javascript:alert(1)",
        "file:///etc/hostname",
        "https://a.example/\x00",
        "http://",
        "https://[",
        "ftp://a",
    ):
        assert sent(api, "/feeds", {"url": url}).status_code == 422
    assert {f.url.partition(":")[0] for f in feeds.all(db)} <= {"http", "https"}
