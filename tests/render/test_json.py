"""JSON out fits our own schemas and is ASCII; JSON in is checked before anything is made of it."""

import json
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.made import EVIL, WIRE, evil_account, made_account, made_report
from twosource.article import Article, Span
from twosource.errors import StateError
from twosource.facts import Figure
from twosource.pipeline import read
from twosource.render.json import account_from_json, account_json, dumps, report_json, whole
from twosource.report import Report


def schema(name):
    known = json.loads((files("twosource") / "schemas" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(known)
    return Draft202012Validator(known)


def test_a_report_fits_its_schema():
    schema("report").validate(json.loads(report_json(made_report(), text=True)))


def test_an_account_fits_its_schema():
    schema("account").validate(json.loads(account_json(made_account())))


@pytest.mark.parametrize("words", EVIL)
def test_hostile_names_and_texts_fit_the_schema_and_stay_ascii(words):
    line = account_json(evil_account(words))
    schema("account").validate(json.loads(line))
    assert line.isascii()
    assert line.isprintable()


@pytest.mark.parametrize("name", ["report", "account", "story"])
def test_schemas_require_what_they_describe(name):
    assert list(schema(name).iter_errors({}))


def test_a_story_as_the_contract_has_it_fits():
    story = {
        "schema": "twosource.story/1",
        "id": "t-1",
        "articles": ["a"],
        "first": "2025-03-03",
        "last": None,
        "title": None,
    }
    schema("story").validate(story)


def test_a_report_is_flat_and_its_spans_are_pairs():
    told = json.loads(report_json(made_report()))
    assert told["schema"] == "twosource.report/1"
    assert told["outlet"] == "Kolné Gazette"
    assert len(told["sha256"]) == 64
    start, end = told["quotations"][0]["content"][0]
    assert WIRE[start:end].startswith("“Nobody")
    assert told["quotations"][0]["said"] == {"start": "2025-03-03", "end": None}


def test_text_comes_when_asked_for_and_always_for_a_page():
    report = made_report()
    page = replace(report, article=replace(report.article, from_page=True))
    assert "text" not in json.loads(report_json(report))
    assert json.loads(report_json(report, text=True))["text"] == WIRE
    assert json.loads(report_json(page))["text"] == WIRE


def test_an_account_holds_the_texts_asked_for():
    told = json.loads(account_json(made_account(), texts={"c"}))
    assert [a["id"] for a in told["articles"] if "text" in a] == ["c"]


def test_infinite_and_undefined_numbers_become_null():
    figures = tuple(Figure(id="n", span=Span(0, 1), value=v, unit="") for v in (float("inf"), float("nan"), 2.5))
    report = Report(article=Article(id="a", text="xyz"), language=None, model=None, blocks=(), figures=figures)
    told = json.loads(report_json(report), parse_constant=pytest.fail)
    assert [f["value"] for f in told["figures"]] == [None, None, 2.5]


def test_numbers_of_other_libraries_are_numbers():
    class Half:
        def __float__(self):
            return 0.5

    assert json.loads(dumps({"score": Half()})) == {"score": 0.5}


@pytest.mark.parametrize("account", [made_account(), *(evil_account(words) for words in EVIL if whole(words) == words)])
def test_a_saved_account_comes_back_the_same(account):
    assert account_from_json(account_json(account).encode("ascii")) == account


def test_without_texts_it_comes_back_without_them():
    account = made_account()
    bare = replace(account, articles=tuple(replace(a, text=None) for a in account.articles))
    assert account_from_json(account_json(account, texts=()).encode()) == bare


def broken(**changes):
    told = json.loads(account_json(made_account()))
    return json.dumps({**told, **changes}).encode()


ARTICLE = json.loads(account_json(made_account()))["articles"][0]
PLACE = {"article": "w", "span": [0, 4]}
CONFLICT = {"id": "c", "kind": "number", "certainty": "conflict", "why": "", "left": PLACE, "right": PLACE}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not a saved account"),
        (b"\xff\xfe", "not a saved account"),
        (b"[1]", "not an account of the schema"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "not a saved account"),
        (b'{"schema": "twosource.report/1"}', "not an account of the schema"),
        (broken(articles=7), "articles"),
        (broken(articles=[ARTICLE, ARTICLE]), "two articles have one id"),
        (broken(conflicts=[{**CONFLICT, "left": {"article": "w", "span": [0, 10**9]}}]), "not in article"),
        (broken(conflicts=[{**CONFLICT, "left": {"article": "w", "span": [9, 3]}}]), "not in article"),
        (broken(conflicts=[{**CONFLICT, "left": {"article": "w", "span": [-1, 3]}}]), "not in article"),
        (broken(conflicts=[{**CONFLICT, "left": {"article": "no", "span": [0, 3]}}]), "no article 'no'"),
        (broken(conflicts=[{**CONFLICT, "kind": "taste"}]), "taste"),
        (broken(lineage={"reports": float("nan"), "independent_reports": 1}), "NaN"),
    ],
)
def test_what_is_no_account_is_refused_with_a_reason(raw, reason):
    with pytest.raises(StateError, match=reason):
        account_from_json(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_json_is_an_account_or_refused(told):
    with pytest.raises(StateError):
        account_from_json(json.dumps(told).encode())
    with pytest.raises(StateError):
        account_from_json(broken(statements=told if told not in ([], ()) else 1))


def test_a_telling_without_content_is_refused():
    told = json.loads(account_json(made_account()))
    told["statements"][0]["tellings"][0]["content"] = []
    with pytest.raises(StateError, match="without content"):
        account_from_json(json.dumps(told).encode())


def test_half_a_character_is_one_replacement_and_moves_no_place():
    text = "Mayor \ud83d said:\n“The dam \udfff holds \ud83d\udd25 \U0001f525 well,” said Ana Ruz, the mayor."
    report = read(Article(id="half \ud800", text=text))
    told = report_json(report, text=True)
    assert not re.search(r"\\ud8(?!3d\\udd25)|\\udf", told)
    back = json.loads(told)
    assert back["text"] == re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert len(back["text"]) == len(text)
    assert back["id"] == "half \ufffd"
    assert back["quotations"]
    assert json.loads(dumps({"a\udc00": ["\ud800\udc00", {"b": "\ud800"}]})) == {
        "a\ufffd": ["\ufffd\ufffd", {"b": "\ufffd"}]
    }
