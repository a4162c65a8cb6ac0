"""Whatever stands in a question, of any page and any list: it is answered or refused, and never an error."""

import pytest
from tests.web.newsrooms import STORY, browser, newsroom
from tests.web.test_api import HOSTILE

PLACES = [
    ("/search", ("q", "speaker", "outlet", "said", "after", "before", "in", "order", "cursor")),
    ("/stories.csv", ("order", "cursor", "q")),
    ("/stories.atom", ("order", "q")),
    ("/search.atom", ("q", "speaker", "outlet")),
    ("/search.csv", ("q", "speaker", "outlet", "after", "before")),
    ("/conflicts", ("kind", "certain", "gone", "cursor", "story", "outlet", "speaker")),
    ("/speakers", ("name", "kind", "cursor", "q")),
    ("/outlets", ("cursor", "q", "name")),
    ("/log", ("about", "cursor")),
    ("/notes", ("cursor", "story")),
    ("/", ("order", "after", "since", "q", "outlet")),
    (f"/story/{STORY}", ("since", "outlet", "speaker", "from")),
    (f"/story/{STORY}/statements", ("outlet", "speaker", "report", "mode", "from")),
    (f"/story/{STORY}/figures", ("outlet", "speaker", "report")),
    (f"/story/{STORY}/notes", ("line", "article", "start", "end")),
    ("/add", ("url", "boxes")),
    ("/add/done", ("a",)),
    ("/api/v1/stories", ("q", "order", "since", "least", "limit", "cursor")),
    ("/api/v1/articles", ("outlet", "since", "until", "story", "limit", "cursor")),
    ("/api/v1/search/articles", ("q", "order", "limit", "cursor")),
    ("/api/v1/search/quotations", ("q", "limit", "cursor")),
    ("/api/v1/speakers", ("name", "kind", "limit", "cursor")),
    ("/api/v1/conflicts", ("story", "since", "certain", "gone")),
    ("/api/v1/corrections", ("about", "cursor")),
    ("/api/v1/runs", ("limit",)),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("asked")) as db:
        yield browser(db)


@pytest.mark.parametrize(("path", "names"), PLACES, ids=[path for path, _ in PLACES])
def test_any_words_in_any_place_of_a_question_are_answered_or_refused(page, path, names):
    for words in (*HOSTILE, "\x1b", "%", "\u202e", "-1", "9" * 30, "nan"):
        for name in names:
            needed = {"q": "dam"} if "/search/" in path and name != "q" else {}
            answer = page.get(path, params=needed | {name: words})
            assert answer.status_code in {200, 303, 400, 404, 422}, (name, words)


@pytest.mark.parametrize(
    "query", ["?", "?&&&", "?q", "?q=%", "?q=%zz", "?q=%ff%fe", "?=x", "?q=a&q=b", "?" + "a=1&" * 2_000]
)
def test_a_question_that_is_none_is_no_failure(page, query):
    for path in ("/", "/search", "/conflicts", f"/story/{STORY}", "/api/v1/stories", "/api/v1/search/articles"):
        assert page.get(path + query).status_code in {200, 400, 422}, path
