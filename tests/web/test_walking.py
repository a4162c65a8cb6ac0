"""Lists that are walked page by page while articles come in: each line once, and none lost that was there before."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies
from tests.stories import story_articles, story_reports
from tests.web.newsrooms import NOW, browser, newsroom

from twosource.pipeline import account
from twosource.store import accounts, articles, judgements, people, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.version import VERSION

LISTS = (
    "/articles", "/stories", "/stories?order=changed", "/stories?order=origins", "/stories?order=coverage",
    "/search/articles?q=the", "/search/quotations?q=the", "/speakers", "/speakers?kind=person", "/conflicts",
    "/corrections", "/speakers/{speaker}/quotations",
)  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("walked")) as db:
        for n in range(6):
            come_in(db, n, NOW - 9_000 * n)
            judgements.put(db, "outlet_mark", {"outlet": f"Lamp {n}", "mark": "hidden"}, by="Jo", now=NOW + n)
        yield db


def come_in(db, n, now):
    """Add an article with a report, as a story of its own with an account."""
    report = story_reports()[n % 4]
    told = replace(
        story_articles()[n % 4], id="", url=f"https://late-{n}.example/", text=report.article.text, markup=()
    )
    (outcome,) = articles.add(db, [Incoming(article=told)], now=now)
    story = f"story-{n:012x}"
    stories.assign(db, [Assignment(outcome.id, story, score=1.0, margin=0.5, why=(), new=True)], now)
    read = replace(report, article=replace(report.article, id=outcome.id))
    reports.put(db, outcome.number, read, f"{VERSION} whole", now=now)
    accounts.put(db, story, account([read]), "tests", now)


def lines_of(page):
    (rows,) = (value for name, value in page.items() if name != "next")
    return [(row.get("article"), row.get("id") or row["number"]) for row in rows]


def whole(api, path):
    return lines_of(api.get(path, params=_more(path, limit=200)).json())


def _more(path, **told):
    """Parameters beside those that the path has already: a client would write over them."""
    pairs = (pair.split("=") for pair in path.partition("?")[2].split("&") if pair)
    return dict(pairs) | told


ADDED = iter(range(100, 10_000))


@pytest.mark.parametrize("limit", [1, 2, 7])
@pytest.mark.parametrize("path", LISTS)
def test_a_walk_misses_nothing_and_repeats_nothing_while_articles_come_in(db, path, limit):
    api = browser(db)
    speaker = people.people(db, "", limit=1)[0].number
    path = "/api/v1" + path.format(speaker=speaker)
    before = whole(api, path)
    assert before
    found, cursor, steps = [], None, 0
    while True:
        page = api.get(path, params=_more(path, limit=limit) | ({"cursor": cursor} if cursor else {})).json()
        assert len(lines_of(page)) <= limit
        found += lines_of(page)
        cursor, steps = page["next"], steps + 1
        if cursor is None:
            break
        if steps < 4:
            n = next(ADDED)
            come_in(db, n, NOW + n * 60.0 * (-1) ** steps)
    assert len(found) == len(set(found))
    assert "speakers" in path or set(before) <= set(found)


def test_speakers_that_are_quoted_more_meanwhile_are_on_pages_already_seen(db):
    api = browser(db)
    found, cursor = [], None
    while True:
        page = api.get("/api/v1/speakers", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        found += lines_of(page)
        if (cursor := page["next"]) is None:
            break
    assert found == whole(api, "/api/v1/speakers")


def test_every_way_to_change_a_cursor_is_refused(db):
    api = browser(db)
    cursor = api.get("/api/v1/articles?limit=1").json()["next"]
    raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = {cursor[:n] + letter + cursor[n + 1 :] for n in range(len(cursor)) for letter in "aZ9-_"} - {cursor}
    changed |= {cursor[:-1], cursor[1:], cursor + "A", cursor + "=", cursor * 2, " " + cursor, cursor + "\n"}
    changed |= {urlsafe_b64encode(raw.replace(b"articles", b"speakers")).decode().rstrip("=")}
    for other in changed:
        answer = api.get("/api/v1/articles", params={"cursor": other})
        assert answer.status_code in {400, 422}, other
    assert api.get("/api/v1/articles", params={"cursor": cursor}).status_code == 200


@settings(max_examples=60, deadline=None)
@given(strategies.text(max_size=250))
def test_no_text_is_a_cursor(db, text):
    answer = browser(db).get("/api/v1/stories", params={"cursor": text})
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"bad_cursor", "bad_query"}
