"""Units: spellings of one measure share a name, and those of one kind a base."""

import pytest

from twosource.extract.lexemes import lexemes
from twosource.extract.units import unit_at, units
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


@pytest.mark.parametrize(
    ("unit", "other", "times"), [("mi2", "km2", 2.58998811), ("weeks", "days", 7), ("t", "kg", 1000), ("ft", "in", 12)]
)
def test_units_of_one_kind_have_a_common_base(unit, other, times):
    one, two = KNOWN.measures[unit], KNOWN.measures[other]
    assert one.kind == two.kind
    assert one.factor / two.factor == pytest.approx(times)


def test_every_measure_but_a_temperature_has_a_size():
    assert {m.kind for m in KNOWN.measures.values() if not m.factor} <= {"temperature"}
