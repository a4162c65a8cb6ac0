"""Numbers: what runs of digits and words stand for, and which runs are no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.extract.lexemes import lexemes
from twosource.extract.numberwords import lexicon, number_in_digits
from twosource.extract.numerals import numeral_at
from twosource.lang import ENGLISH

LEXICON = lexicon(ENGLISH)


def numbers(text):
    """Every number of a text with the words it is written in, from left to right."""
    words, at, found = lexemes(text), 0, []
    while at < len(words):
        numeral = numeral_at(words, at, LEXICON) if LEXICON.starts(words[at]) else None
        if numeral:
            found.append((text[words[numeral.first].start : words[numeral.last - 1].end], round(numeral.value, 6)))
        at = numeral.last if numeral else at + 1
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1,234,567.89", 1234567.89),
        ("12,34,567", 1234567),
        ("1.234.567", 1234567),
        ("1.111,11", 1111.11),
        ("4.800", 4.8),
        (".08", 0.08),
        ("1 234 567", 1234567),
        ("10 000", 10000),
        ("3.2e6", 3200000),
        ("1.3x10^6", 1300000),
        ("seventeen", 17),
        ("twenty-one", 21),
        ("two hundred and six", 206),
        ("two hundred and two thousand", 202000),
        ("four million three hundred thousand", 4300000),
        ("three lakh crore", 3e12),
        ("1.2 million", 1200000),
        ("1.2bn", 1.2e9),
        ("40k", 40000),
        ("a dozen", 12),
        ("three dozen", 36),
        ("half a million", 500000),
        ("half-dozen", 6),
        ("two and a half million", 2500000),
        ("3 million and a half", 3500000),
        ("a quarter of a million", 250000),
        ("two-thirds", 0.666667),
        ("three twenty-firsts", 0.142857),
        ("one hundred thirty-fifths", 2.857143),
        ("one hundred and thirty fifths", 26),
        ("one hundred and two thirds", 100.666667),
        ("a hundred thousandths", 0.1),
        ("two-and-a-half", 2.5),
        ("three quarters", 0.75),
        ("2½", 2.5),
        ("10 1/2", 10.5),
        ("five point five", 5.5),
        ("one point two million", 1200000),
        ("minus five", -5),
        ("١٢٣", 123),
    ],
)
def test_a_number_is_read_whole(text, value):
    assert numbers(text) == [(text, value)]


@pytest.mark.parametrize("text", ["1,2,3,4", "192.168.1.2", "1٢3", "12,34", "9" * 5000, "million million million"])
def test_a_run_that_is_no_way_of_writing_one_number_is_none(text):
    assert numbers(text) == []


def test_and_joins_a_number_only_with_its_own_rest():
    assert numbers("3 hundred and 2 hundred") == [("3 hundred", 300), ("2 hundred", 200)]
    assert numbers("nine and three men") == [("nine", 9), ("three", 3)]


def test_small_numbers_side_by_side_stay_apart():
    assert numbers("two five-storey houses") == [("two", 2), ("five", 5)]
    assert numbers("on the 12 100 ships") == [("12", 12), ("100", 100)]


@given(st.integers(0, 10**12 - 1))
def test_grouped_digits_read_back(number):
    assert number_in_digits(f"{number:,}") == number


@given(st.text(alphabet="0123456789.,٣߅", max_size=40))
def test_any_run_of_digits_and_marks_is_a_number_or_none(shown):
    value = number_in_digits(shown) if shown and shown[-1].isdecimal() else None
    assert value is None or value >= 0
