"""The bundled story and the project's own gold: places show their words, and the main job tells what a person would."""

import copy
import json
from pathlib import Path

import pytest

from reanchor import DEMO, STORY, laid_out, moved, nearest, places, received
from twosource.article import Article
from twosource.pipeline import account, read
from twosource.sources.files import articles

GOLD = STORY.parent.parent
CASES = ("quotations", "figures", "times", "blocks")


@pytest.fixture(scope="module")
def texts():
    return received()


@pytest.fixture(scope="module")
def gold():
    return json.loads(STORY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reports():
    return [read(a) for a in articles([str(DEMO)]) if isinstance(a, Article)]


@pytest.fixture(scope="module")
def story(reports):
    return account(reports)


def outlets(story):
    return {a.outlet: a for a in story.articles}


def shown(story, article, span):
    return next(span.of(a.text) for a in story.articles if a.id == article)


def test_the_story_is_four_readable_reports_of_known_outlets(reports):
    told = {r.article.outlet.name: len(r.article.text.split()) for r in reports}
    assert set(told) == {"Coast Today", "Harrow Courier", "Midland Standard", "The Lantern"}
    assert all(250 <= words <= 500 for words in told.values())
    assert all(r.article.published.startswith("2025-10-15") for r in reports)


def test_every_place_of_the_account_gold_shows_its_words(texts, gold):
    docs = {a["key"]: a["doc"] for a in gold["articles"]}
    checked = 0
    for key, _, spans, words in places(gold):
        assert [texts[docs[key]][s:e] for s, e in spans] == words
        checked += len(words)
    assert checked > 300


def test_places_are_found_again_after_text_moved(texts, gold):
    text = "Updated.\n\n" + texts["the-lantern.txt"]
    telling = copy.deepcopy(
        next(t for s in gold["statements"] for t in s["tellings"] if t["article"] == "C" and t["cue"])
    )
    before = [list(s) for s in telling["content"]]
    spans = [*telling["content"], telling["cue"]]
    assert not list(moved(text, (telling, ("content", "cue")), spans, telling["shown"][: len(spans)]))
    assert telling["content"] == [[s + 10, e + 10] for s, e in before]


def test_words_that_are_gone_are_named_and_left():
    row = {"span": [0, 4]}
    assert list(moved("other words", (row, ("span",)), [[0, 4]], ["gone"])) == ["gone"]
    assert row == {"span": [0, 4]}
    assert nearest("one two one", "one", 7) == 8


def test_the_gold_is_laid_out_so_that_a_change_can_be_read(gold):
    assert json.loads(laid_out(gold)) == gold
    assert laid_out(gold) == STORY.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_spans_of_the_cases_lie_in_their_text_and_begin_and_end_with_words(name):
    rows = [json.loads(x) for x in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({r["id"] for r in rows}) == len(rows)
    for row in rows:
        for start, end in spans_of(row):
            inside = row["text"][start:end]
            assert inside
            assert inside == inside.strip()


def spans_of(row):
    for a in row.get("attributions", ()):
        yield from (*a["content"], *a["cue"], *a["source"])
    yield from (f["span"] for f in row.get("figures", ()))
    yield from (b["span"] for b in row.get("blocks", ()))
    yield from ((t["start"], t["end"]) for t in row.get("times", ()))


def test_copies_of_the_agency_text_count_once(story):
    assert story.lineage.reports == 4
    assert story.lineage.independent_reports == 3
    copies = {frozenset((x.left, x.right)) for x in story.lineage.links if x.kind == "copy"}
    by = outlets(story)
    assert copies == {frozenset((by["Harrow Courier"].id, by["Midland Standard"].id))}


def test_the_number_of_people_in_hospital_is_a_conflict(story):
    sides = [
        {shown(story, c.left.article, c.left.span), shown(story, c.right.article, c.right.span)}
        for c in story.conflicts
        if c.kind == "number"
    ]
    assert any("Nineteen" in " ".join(s) and ("14" in " ".join(s) or "Fourteen" in " ".join(s)) for s in sides)


def test_page_furniture_yields_no_statement(story):
    said = " ".join(shown(story, t.article, s) for st in story.statements for t in st.tellings for s in t.content)
    assert "full of gas" not in said
    assert "30 people" not in said
    assert "retire" not in said


def test_the_fire_chief_is_one_person_under_two_spellings(story):
    chiefs = [p for p in story.people if "Orsansk" in p.name]
    assert len(chiefs) == 1
    assert {form for forms in chiefs[0].forms.values() for form in forms} >= {"Pavel Orsansky", "Pavel Orsanskyi"}


def test_the_account_does_not_depend_on_the_order_of_the_inputs(reports, story):
    assert account(reports[::-1]) == story


def test_no_report_of_the_story_names_anything_real():
    """The story may be shown anywhere: its addresses are of the reserved kind."""
    pages = [p.read_text(encoding="utf-8") for p in Path(DEMO).iterdir()]
    hosts = {word.split("/")[2] for page in pages for word in page.replace('"', " ").split() if "://" in word}
    assert hosts
    assert all(h.endswith(".example") for h in hosts)
