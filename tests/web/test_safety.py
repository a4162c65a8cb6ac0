"""What is refused before a page is made, and what every answer carries."""

import json
import logging

import pytest
from fastapi import APIRouter, Request
from tests.web.served import STORY, client

from twosource.web import app as application
from twosource.web.safety import HEADERS, POLICY, mark_of


@pytest.fixture(scope="module")
def browser():
    return client()


@pytest.fixture
def writable(monkeypatch):
    """The application with a path that takes changes and one that fails; gives the bodies it took."""
    taken = []
    router = APIRouter()

    @router.post("/api/v1/try")
    async def take(request: Request):
        taken.append(await request.body())
        return {"taken": len(taken[-1])}

    @router.get("/fails")
    def fails():
        raise RuntimeError("/secret/path and <b>words</b>")

    monkeypatch.setattr(application, "ROUTERS", (router, *application.ROUTERS))
    return taken


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "127.0.0.1:80:80", ""])
def test_a_request_to_a_name_that_is_not_ours_is_misdirected(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST:8000", "[::1]:8000", "[::1]"])
def test_all_names_of_this_machine_are_ours(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 200


OURS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": OURS}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1:8000"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://localhost:8000"}, 403),
        ({"Origin": "http://127.0.0.1:8000/"}, 403),
        ({"Origin": "HTTP://127.0.0.1:8000"}, 200),
        ({"Origin": ""}, 403),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Origin": "http://[evil"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 403),
        ({"Content-Type": "application/json"}, 200),
        ({"Content-Type": "application/json", "Origin": "https://evil.example"}, 403),
        ({}, 403),
    ],
)
@pytest.mark.usefixtures("writable")
def test_changes_are_taken_from_our_pages_and_from_programs_alone(writable, headers, status):
    answer = client().post("/api/v1/try", content=b"{}", headers=headers)
    assert answer.status_code == status
    assert len(writable) == (status == 200)


ELSEWHERE = [
    {"Host": "news.example"},
    {"Forwarded": "for=192.0.2.1"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Host": "127.0.0.1:8000"},
    {"X-Forwarded-Proto": "http"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 proxy"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_whoever_asks_from_elsewhere_changes_nothing_without_a_token(writable, headers):
    ours = frozenset({"127.0.0.1", "news.example"})
    told = JSON | headers
    assert client(hosts=ours).post("/api/v1/try", content=b"{}", headers=told).status_code == 403
    assert writable == []
    assert client(hosts=ours).get("/", headers=headers).status_code == 200
    assert client(hosts=ours, open_to_all=True).post("/api/v1/try", content=b"{}", headers=told).status_code == 200
    guarded = client(hosts=ours, token="open sesame", private=True)
    assert guarded.post("/api/v1/try", content=b"{}", headers=told).status_code == 401
    assert guarded.get("/", headers=headers).status_code == 401
    shown = told | {"Authorization": "Bearer open sesame"}
    assert guarded.post("/api/v1/try", content=b"{}", headers=shown).status_code == 200


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        ("https://news.example", "news.example", 200),
        ("https://news.example:443", "news.example", 200),
        ("https://news.example", "news.example:443", 200),
        ("http://news.example", "news.example", 403),
        ("https://news.example:8443", "news.example", 403),
        ("https://127.0.0.1:8000", "127.0.0.1:8000", 403),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", 200),
    ],
)
@pytest.mark.usefixtures("writable")
def test_behind_https_the_origin_is_that_of_the_proxy(origin, host, status):
    names = frozenset({"news.example", "127.0.0.1"})
    proxied = client(hosts=names, secure=frozenset({"news.example"}), token="open sesame")
    shown = JSON | {"Host": host, "Origin": origin, "X-Forwarded-Proto": "https", "Authorization": "Bearer open sesame"}
    assert proxied.post("/api/v1/try", content=b"{}", headers=shown).status_code == status


def test_what_a_proxy_says_of_the_scheme_is_not_believed(writable):
    told = JSON | {"Origin": "https://127.0.0.1:8000", "X-Forwarded-Proto": "https"}
    assert client(open_to_all=True).post("/api/v1/try", content=b"{}", headers=told).status_code == 403
    assert writable == []


def test_reading_is_open_to_links_from_other_sites(browser):
    assert browser.get(f"/story/{STORY}", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


JSON = {"Content-Type": "application/json"}


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(writable):
    answer = client(most_body=1000).post("/api/v1/try", content=b"x" * 1001, headers=JSON)
    assert answer.status_code == 413
    assert writable == []


def test_a_body_in_pieces_is_stopped_where_it_gets_too_large(writable):
    sent = []

    def pieces():
        for n in range(100):
            sent.append(n)
            yield b"x" * 100

    answer = client(most_body=1000).post("/api/v1/try", content=pieces(), headers=JSON)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert writable == []


@pytest.mark.usefixtures("writable")
@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 30, "a"])
def test_a_length_that_is_no_number_is_refused(length):
    assert client().post("/api/v1/try", content=b"", headers=JSON | {"Content-Length": length}).status_code == 400


def test_with_a_token_whoever_writes_shows_it(writable):
    guarded = client(token="open sesame")
    assert guarded.post("/api/v1/try", json={}).status_code == 401
    assert guarded.post("/api/v1/try", json={}, headers={"Authorization": "Bearer open"}).status_code == 401
    assert writable == []
    assert guarded.post("/api/v1/try", json={}, headers={"Authorization": "Bearer open sesame"}).status_code == 200
    assert guarded.get("/").status_code == 200


def test_a_private_server_shows_nothing_without_the_token():
    guarded = client(token="open sesame", private=True)
    for path in ("/", f"/story/{STORY}", "/keys", "/nothing"):
        assert guarded.get(path).status_code == 401
    assert guarded.get("/sign-in").status_code == 200
    assert guarded.get("/", headers={"Authorization": "Bearer open sesame"}).status_code == 200


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get():
    guarded = client(token="open sesame", private=True)
    form = {"Origin": OURS, "Content-Type": "application/x-www-form-urlencoded"}
    assert guarded.post("/sign-in", content="token=guess", headers=form).status_code == 403
    answer = guarded.post("/sign-in", content="token=open+sesame", headers=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "sesame" not in cookie
    assert guarded.get("/").status_code == 200
    other = client(token="other", private=True)
    other.cookies.set("twosource", mark_of("open sesame"))
    assert other.get("/").status_code == 401


@pytest.mark.parametrize(("host", "secure"), [("127.0.0.1", False), ("news.example", True)])
def test_the_cookie_is_for_https_alone_where_that_is_spoken(host, secure):
    names = {"hosts": frozenset({"127.0.0.1", "news.example"}), "secure": frozenset({"news.example"})}
    guarded = client(token="open sesame", **names)
    form = {"Host": host, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    told = guarded.post("/sign-in", content="token=open+sesame", headers=form).headers["set-cookie"]
    assert ("Secure" in told) is secure


def shows(guarded, token):
    return guarded.post("/api/v1/try", content=b"{}", headers=JSON | {"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.usefixtures("writable")
def test_who_guesses_the_token_is_slowed_down_however_they_show_it():
    guarded = client(token="open sesame")
    assert [shows(guarded, f"guess {n}") for n in range(12)] == [401] * 10 + [429] * 2
    assert shows(guarded, "open sesame") == 429
    form = {"Origin": OURS, "Content-Type": "application/x-www-form-urlencoded"}
    answer = guarded.post("/sign-in", content="token=open+sesame", headers=form)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
    guarded.cookies.set("twosource", mark_of("another"))
    assert guarded.post("/api/v1/try", content=b"{}", headers=JSON).status_code == 429
    assert guarded.get("/").status_code == 200


@pytest.mark.usefixtures("writable")
def test_the_same_wrong_token_again_is_one_guess():
    guarded = client(token="open sesame")
    assert {shows(guarded, "of last year") for _ in range(50)} == {401}
    assert shows(guarded, "open sesame") == 200


@pytest.mark.usefixtures("writable")
def test_a_token_that_nobody_can_guess_is_taken_at_any_time():
    guarded = client(token="x" * 24)
    assert shows(guarded, "guess") == 401
    assert {shows(guarded, f"guess {n}") for n in range(20)} == {401, 429}
    assert shows(guarded, "x" * 24) == 200


def test_the_token_stands_in_no_log_and_no_address(caplog):
    guarded = client(token="open sesame", private=True)
    form = {"Origin": OURS, "Content-Type": "application/x-www-form-urlencoded"}
    with caplog.at_level(logging.DEBUG, "twosource"):
        answers = [
            guarded.get("/?token=open+sesame"),
            guarded.post("/sign-in?token=open+sesame", content="token=open+sesame&next=//evil.example", headers=form),
            guarded.get("/", headers={"Authorization": "Bearer open sesame!"}),
        ]
    assert [a.status_code for a in answers] == [401, 303, 401]
    assert answers[1].headers["location"] == "/"
    assert "sesame" not in caplog.text
    assert not any("sesame" in a.text or "sesame" in str(a.headers) for a in answers)


@pytest.mark.usefixtures("writable")
@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "x"])
def test_a_compressed_body_is_not_unpacked(writable, coding):
    assert client().post("/api/v1/try", content=b"{}", headers=JSON | {"Content-Encoding": coding}).status_code == 415
    assert writable == []


def test_bodies_share_a_bound(writable):
    answer = client(most_together=1_000).post("/api/v1/try", content=b"x" * 1_001, headers=JSON)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert writable == []
    roomy = client(most_together=1_000)
    assert {roomy.post("/api/v1/try", content=b"x" * 900, headers=JSON).status_code for _ in range(5)} == {200}


def test_two_applications_in_one_process_have_each_their_own_bar(monkeypatch):
    whole = client()
    monkeypatch.setattr(application, "ROUTERS", application.ROUTERS[-7:])
    bare = client()
    for _ in range(2):
        assert 'href="/conflicts"' in whole.get("/").text
        assert 'href="/conflicts"' not in bare.get("/").text


def test_claims_about_the_sender_are_not_believed():
    guarded = client(token="open sesame", private=True)
    claimed = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}
    assert guarded.get("/", headers=claimed).status_code == 401


@pytest.mark.parametrize("path", ["/", f"/story/{STORY}", "/keys", "/nothing", "/story/nothing", "/favicon.ico"])
def test_every_answer_carries_the_policy(browser, path):
    answer = browser.get(path)
    for name, value in HEADERS:
        assert answer.headers[name.decode()] == value.decode()
    assert "unsafe" not in POLICY
    assert "server" not in answer.headers


@pytest.mark.usefixtures("writable")
def test_what_fails_inside_shows_a_number_and_nothing_else(caplog):
    with caplog.at_level(logging.ERROR, "twosource.web"):
        answer = client().get("/fails")
    assert answer.status_code == 500
    number = caplog.records[-1].getMessage().split()[-1]
    assert number in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret" in caplog.text
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/%5Cevil.example",
        "/\\evil.example",
        "/story//evil.example",
        "/story/x/statement/%0d%0aSet-Cookie:%20a=b",
        "/sign-in?next=//evil.example",
        f"/story/{STORY}/",
        "/static/x/../../app.py",
        "/static/x/%2e%2e%2fapp.py",
    ],
)
def test_no_address_leads_away_or_is_echoed(browser, path):
    answer = browser.get(f"{OURS}{path}")
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert "evil" not in answer.text
    assert "a=b" not in answer.text


def test_what_is_not_there_is_a_problem_for_programs_and_a_page_for_people(browser):
    assert browser.get("/api/v1/<b>").json()["status"] == 404
    assert json.loads(browser.get("/nothing", headers={"Accept": "application/json"}).text)["title"] == "Not Found"
    assert "<h1>Not Found</h1>" in browser.get("/nothing").text


def test_head_is_get_without_a_body(browser):
    whole, head = browser.get(f"/story/{STORY}"), browser.head(f"/story/{STORY}")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == whole.headers["etag"]


def test_other_methods_are_refused_not_failed(browser):
    assert browser.delete(f"/story/{STORY}", headers={"Origin": OURS}).status_code == 405
    assert browser.options("/").status_code == 405


def test_strange_headers_are_no_failure(browser):
    strange = {
        "Range": "bytes=" + ",".join(["0-"] * 1000),
        "If-None-Match": '"' + "x" * 5000,
        "Accept-Encoding": "gzip;q=0, br, identity",
        "Cookie": "=; ;;; twosource",
        "Accept-Language": b"\xff",
    }
    answer = browser.get(f"/story/{STORY}", headers=strange)
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers
