"""Conditional and compressed answers, page by page: what the reader has is not sent, and HEAD says what GET would."""

import gzip

import pytest
from tests.web.newsrooms import STORY, browser, newsroom

PATHS = (
    "/", f"/story/{STORY}", f"/story/{STORY}/statements", "/conflicts", "/speakers", "/outlets", "/method", "/keys",
    "/search?q=leak", "/notes", "/log", "/add", "/feeds", "/docs", "/openapi.json", f"/story/{STORY}.json",
    f"/story/{STORY}.csv", f"/story/{STORY}.md", f"/story/{STORY}.html", "/stories.atom", "/stories.rss",
    "/api/v1/stories", "/api/v1/articles", f"/api/v1/stories/{STORY}/account", "/api/v1/conflicts",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("conditional")) as db:
        yield browser(db)


@pytest.fixture(params=PATHS)
def path(request, page):
    """A path that is answered with a tag."""
    answer = page.get(request.param)
    assert answer.status_code == 200
    if "etag" not in answer.headers:
        assert answer.headers["cache-control"] == "no-store"
        pytest.skip("made anew each time")
    return request.param


def headers(answer):
    return {name: value for name, value in answer.headers.items() if name != "date"}


def test_head_says_what_get_says(page, path):
    for accept in ("gzip", "identity"):
        told = {"Accept-Encoding": accept}
        assert headers(page.head(path, headers=told)) == headers(page.get(path, headers=told))
        assert page.head(path, headers=told).content == b""


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', 'W/"y",{}  , "z"', "*", " \t{}", '"a,b", {}'])
def test_what_the_reader_has_is_not_sent(page, path, form):
    for accept in ("gzip", "identity"):
        whole = page.get(path, headers={"Accept-Encoding": accept})
        told = {"Accept-Encoding": accept, "If-None-Match": form.format(whole.headers["etag"])}
        for answer in (page.get(path, headers=told), page.head(path, headers=told)):
            assert (answer.status_code, answer.content) == (304, b"")
            for name in ("etag", "cache-control", "vary", "content-security-policy"):
                assert answer.headers[name] == whole.headers[name]


@pytest.mark.parametrize("tag", ['"x"', "", "x", "W/", '"', ",,,", '"*"', "W/*", "\xff"])
def test_another_tag_gets_the_whole(page, path, tag):
    answer = page.get(path, headers={"If-None-Match": tag.encode("latin-1")})
    assert answer.status_code == 200
    assert answer.content


def test_compressed_and_plain_answers_have_tags_of_their_own(page, path):
    packed = page.get(path, headers={"Accept-Encoding": "gzip"})
    plain = page.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.content == plain.content
    assert {"Accept-Encoding"} <= {part.strip() for part in packed.headers["vary"].split(",")}
    assert packed.headers["vary"] == plain.headers["vary"]
    if "content-encoding" in packed.headers:
        assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    ("accept", "packed"),
    [
        ("gzip", True), ("GZIP", True), ("gzip;q=0.001", True), ("br, gzip", True), ("*", True), ("*;q=0, gzip", True),
        ("gzip ; q=1", True), ("identity, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.000", False),
        ("gzip;q=0, *", False), ("*;q=0", False), ("br", False), ("x-gzipped", False), ("", False), ("gzip;q=x", False),
    ],
)  # fmt: skip
def test_who_takes_gzip_gets_it_and_nobody_else(page, accept, packed):
    with page.stream("GET", f"/story/{STORY}", headers={"Accept-Encoding": accept}) as answer:
        raw = b"".join(answer.iter_raw())
    assert ("content-encoding" in answer.headers) is packed
    assert raw.startswith(b"\x1f\x8b") is packed
    assert (gzip.decompress(raw) if packed else raw).startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("asked", ["bytes=0-10", "bytes=" + ",".join(["0-"] * 1_000), "bytes=-1", "lines=1-2", "x"])
def test_a_range_is_answered_with_the_whole(page, path, asked):
    answer = page.get(path, headers={"Range": asked})
    assert answer.status_code == 200
    assert "content-range" not in answer.headers
    assert len(answer.content) > 30


def test_static_files_are_kept_by_readers_and_checked(page):
    style = next(part.split('"')[0] for part in page.get("/").text.split('href="')[1:] if part.startswith("/static/"))
    answer = page.get(style)
    assert "immutable" in answer.headers["cache-control"]
    again = page.get(style, headers={"If-None-Match": answer.headers.get("etag", "*")})
    assert again.status_code in {200, 304}
    assert page.head(style).headers["content-type"] == answer.headers["content-type"]
