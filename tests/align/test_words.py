"""Words as they are compared."""

import pytest

from twosource.align.words import key, keys, words
from twosource.article import Span


def seen(text):
    return words(text, (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resigned", "resignation"),
        ("territories", "territory"),
        ("organised", "organizing"),
        ("harbour", "harbors"),
        ("stopped", "stops"),
        ("Kyiv", "Kiev"),
        ("three", "3"),
        ("swap", "exchange"),
        ("mayor's", "mayor"),
    ],
)
def test_endings_spellings_and_near_synonyms_have_one_key(one, other):
    assert key(one.lower()) == key(other.lower()) != ""


@pytest.mark.parametrize("word", ["the", "not", "would", "they", "said"])
def test_function_words_carry_no_content(word):
    assert key(word) == ""


def test_the_country_in_capitals_is_not_the_pronoun():
    assert [w.key for w in seen("The US told us")] == ["", "u.s.", "", ""]


def test_words_know_their_place_whatever_the_marks():
    text = "He’s owed 112,000\u00a0km—“really”"
    assert [w.span.of(text) for w in seen(text)] == ["He’s", "owed", "112,000", "km", "really"]
    assert seen(text)[2].form == "112000"


def test_keys_are_those_of_content_words_in_order():
    assert keys(seen("the bridges of the towns")) == (key("bridge"), key("town"))


@pytest.mark.parametrize(
    "text", ["", "\ud800\x00\u202e", "1,1,1,1," * 500, "'" * 2000, "a'" * 2000, "A." * 2000, "²³½Ⅷ"]
)
def test_any_text_has_words_inside_it(text):
    assert all(0 <= w.span.start < w.span.end <= len(text) for w in seen(text))
