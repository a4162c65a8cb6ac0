"""The language of searches: what is typed becomes terms, or an error that shows the place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twosource.store.query import MAX_CHARACTERS, MAX_TERMS, Bounds, QuerySyntax, Term, parse
from twosource.store.wording import Phrase

DAY = 86_400.0
HOSTILE = (
    "multi-agent", "who's", "AND", "OR", "NOT", "NEAR", "*", "a.b", "(((", '"', '""', "a\0b", "", " ", "^a",
    "{a b} : c", "a AND", "NOT NOT a", "-", "a:b", "title:x", "'; DROP TABLE article; --", "\ud800", "a*b*", "+a",
    "NEAR(a b, 2)", "a^2", "%_",
)  # fmt: skip


def terms(text):
    return [[(t.field, t.value, t.no) for t in group] for group in parse(text).groups]


def words(*keys, no=False, prefix=False):
    return ("words", Phrase(keys, prefix), no)


def test_words_must_all_be_there_in_any_case_and_accents():
    assert terms("Drábková BRIDGE") == [[words("drabkova")], [words("bridge")]]


def test_a_phrase_stands_in_quotation_marks_of_any_kind():
    assert terms('"east quay" “no room”') == [[words("east", "quay")], [words("no", "room")]]


def test_marks_inside_a_word_make_a_phrase_of_its_parts():
    assert terms("multi-agent who's") == [[words("multi", "agent")], [words("who", "s")]]


def test_minus_and_not_leave_out_and_or_binds_its_neighbours():
    assert terms("a -b NOT c") == [[words("a")], [words("b", no=True)], [words("c", no=True)]]
    assert terms("a b OR c OR -d AND e") == [
        [words("a")],
        [words("b"), words("c"), words("d", no=True)],
        [words("e")],
    ]


def test_operators_at_the_ends_are_words():
    assert terms("OR a") == [[words("or")], [words("a")]]
    assert terms("a AND") == [[words("a")], [words("and")]]


def test_a_star_lets_the_last_word_go_on():
    assert terms('dron* "east qu"*') == [[words("dron", prefix=True)], [words("east", "qu", prefix=True)]]


def test_fields_take_a_word_or_a_phrase():
    assert terms('speaker:"Odile Brandt" said:room -outlet:Lamp lang:EN story:s-1 feed:lamp.example') == [
        [("speaker", Phrase(("odile", "brandt")), False)],
        [("said", Phrase(("room",)), False)],
        [("outlet", "lamp", True)],
        [("lang", "en", False)],
        [("story", "s-1", False)],
        [("feed", "lamp.example", False)],
    ]


def test_an_unknown_field_and_an_empty_one_before_a_word_are_words():
    assert terms("https://lamp.example/a") == [[words("https", "lamp", "example", "a")]]
    assert terms("she said: never") == [[words("she")], [words("said")], [words("never")]]


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("figure:112", Bounds(112, 112)),
        ("figure:=112", Bounds(112, 112)),
        ("figure:>12,000", Bounds(12000, None, low_open=True)),
        ("figure:>=1.5", Bounds(1.5, None)),
        ("figure:<-5", Bounds(None, -5, high_open=True)),
        ("figure:<=5", Bounds(None, 5)),
        ("figure:100..200", Bounds(100, 200)),
        ("after:1970", Bounds(0, None)),
        ("before:1970-02", Bounds(None, 31 * DAY, high_open=True)),
        ("on:1970-01-02", Bounds(DAY, 2 * DAY, high_open=True)),
        ("on:1970-12", Bounds(334 * DAY, 365 * DAY, high_open=True)),
        ("on:1971", Bounds(365 * DAY, 730 * DAY, high_open=True)),
        ("after:1970-01-01T01:00:00+01:00", Bounds(0, None)),
    ],
)
def test_numbers_and_times_become_bounds(typed, bounds):
    assert parse(typed).groups[0][0].value == bounds


@pytest.mark.parametrize(
    ("typed", "position", "reason"),
    [
        ("", 0, "there is no word to search for"),
        ("((( * -", 0, "there is no word to search for"),
        ('a "b c', 2, "this quotation mark is not closed"),
        ('a said:"b', 7, "this quotation mark is not closed"),
        ("a figure:many", 9, "figure: needs a number such as 112, >100, <=5 or 100..200"),
        ("figure:200..100", 7, "figure: needs a number such as 112, >100, <=5 or 100..200"),
        ("figure:>5..9", 7, "figure: needs a number such as 112, >100, <=5 or 100..200"),
        ("after:2026-13", 6, "after: needs a date such as 2026-11-22 or 2026-11"),
        ("-after:0000", 7, "after: needs a date such as 2026-11-22 or 2026-11"),
        ("on:9999", 3, "on: needs a date such as 2026-11-22 or 2026-11"),
        ('speaker:"!"', 8, "speaker: needs a name"),
        ("a" * (MAX_CHARACTERS + 1), MAX_CHARACTERS, "longer than 1,000 characters"),
        ("a " * (MAX_TERMS + 1), 2 * MAX_TERMS, "more than 64 terms"),
    ],
)
def test_an_error_tells_the_place_and_the_reason(typed, position, reason):
    with pytest.raises(QuerySyntax) as raised:
        parse(typed)
    assert (raised.value.position, str(raised.value)) == (position, reason)


def test_an_error_is_shown_with_a_caret_also_in_a_long_query():
    with pytest.raises(QuerySyntax) as raised:
        parse("a\tb " + "c" * 90 + ' "d')
    line, caret = raised.value.shown().split("\n")
    assert line.index('"') == caret.index("^")
    assert caret.endswith("^ this quotation mark is not closed")
    assert "\t" not in line
    assert len(line) <= 78


def understood(text):
    """The query, or the error that is raised instead."""
    try:
        return parse(text)
    except QuerySyntax as wrong:
        return wrong


@given(st.text(max_size=1100) | st.lists(st.sampled_from([*HOSTILE, "a", "b"]), max_size=70).map(" ".join))
@example("a" * 1000)
def test_any_text_is_a_query_or_an_error_inside_it(text):
    query = understood(text)
    if isinstance(query, QuerySyntax):
        assert 0 <= query.position <= len(text)
        assert query.shown().count("\n") == 1
        return
    assert query.text == text
    assert 0 < len(list(query.terms)) <= MAX_TERMS
    for term in query.terms:
        assert isinstance(term, Term)
        assert text[term.position : term.position + 1].strip()
        if isinstance(term.value, Phrase):
            assert all(key.isalnum() for key in term.value.keys)
