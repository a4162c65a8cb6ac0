"""Units: spellings of one measure share a name, and convert only within their kind."""

import pytest

from twosource.extract.lexemes import lexemes
from twosource.extract.units import convert, unit_at, units
from twosource.lang import ENGLISH

KNOWN = units(ENGLISH)


def unit_of(text):
    """The unit that follows a number, with how far it reaches."""
    words = lexemes("5 " + text)
    found = unit_at(words, 1, KNOWN)
    return (found[1].unit, "".join(w.text for w in words[1 : found[0]])) if found else None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("square kilometres", "km2"),
        ("sq km", "km2"),
        ("km²", "km2"),
        ("square miles", "mi2"),
        ("metric tons", "t"),
        ("tons", "tons"),
        ("per cent", "%"),
        ("percentage points", "percentage points"),
        ("degrees Fahrenheit", "°F"),
        ("miles per hour", "mph"),
        ("Australian dollars", "AUD"),
        ("dollars", "USD"),
        ("euros", "EUR"),
        ("years", "years"),
    ],
)
def test_spellings_of_a_unit_have_one_name(text, unit):
    assert unit_of(text)[0] == unit


def test_the_longest_spelling_counts():
    assert unit_of("miles per hour on the road") == ("mph", "milesperhour")


def test_letters_that_may_be_words_need_the_number_beside_them():
    words = lexemes("5g and 5 g")
    assert unit_at(words, 1, KNOWN) is not None
    assert unit_at(words, 4, KNOWN) is None


def test_units_of_one_kind_convert():
    assert convert(1, "mi2", "km2", ENGLISH) == pytest.approx(2.58998811)
    assert convert(212, "°F", "°C", ENGLISH) == pytest.approx(100)
    assert convert(3, "weeks", "days", ENGLISH) == pytest.approx(21)


@pytest.mark.parametrize(("unit", "to"), [("km", "kg"), ("USD", "EUR"), ("drones", "km"), ("km", "no such unit")])
def test_units_of_different_kinds_do_not(unit, to):
    assert convert(1, unit, to, ENGLISH) is None


def test_every_measure_can_be_converted_to_itself_and_back():
    for name, measure in KNOWN.measures.items():
        for other in (m.unit for m in KNOWN.measures.values() if m.kind == measure.kind):
            there = convert(5.0, name, other, ENGLISH)
            assert convert(there, other, name, ENGLISH) == pytest.approx(5.0)
