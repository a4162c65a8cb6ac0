"""What a figure can mean."""

import math

import pytest

from twosource.align.quantities import amount, specific
from twosource.article import Span
from twosource.facts import Figure


def figure(value, unit="people", hedge=None, low=None, high=None):
    return Figure(id="f", span=Span(0, 1), value=value, unit=unit, hedge=hedge, low=low, high=high)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(3_000_000), figure(2_960_000)),
        (figure(100, hedge="over"), figure(112)),
        (figure(770, hedge="under"), figure(767, hedge="at_least")),
        (figure(65e9, "USD"), figure(64.7e9, "USD")),
        (figure(4.4, "%"), figure(4, "%")),
        (figure(42_409, "USD"), figure(42_400, "USD")),
        (figure(52, "km"), figure(32, "mi")),
        (figure(None, low=10, high=20), figure(15)),
        (figure(30, hedge="about"), figure(33)),
        (figure(3, "years", hedge="under"), figure(3, "years")),
        (figure(0), figure(0)),
        (figure(3.5, "t"), figure(3500, "kg")),
        (figure(15, "%", hedge="at_most"), figure(1 / 6, "fraction", hedge="under")),
        (figure(1 / 3, "fraction"), figure(32, "%")),
        (figure(1200, hedge="about"), figure(1100, hedge="over")),
    ],
)
def test_one_number_can_be_meant_by_both(one, other):
    assert amount(one).allows(amount(other))
    assert amount(other).allows(amount(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(24), figure(25)),
        (figure(9.99, "USD"), figure(9.95, "USD")),
        (figure(1.8e9, "USD"), figure(2e9, "USD", hedge="over")),
        (figure(30, "years"), figure(32, "years")),
        (figure(12, hedge="at_least"), figure(11)),
        (figure(50, hedge="at_most"), figure(60)),
        (figure(100, hedge="over"), figure(400)),
        (figure(0), figure(1)),
        (figure(123), figure(136)),
        (figure(1 / 5, "fraction"), figure(1 / 4, "fraction")),
        (figure(0.5, "fraction"), figure(60, "%")),
    ],
)
def test_two_numbers_that_cannot_be_one(one, other):
    assert not amount(one).allows(amount(other))
    assert not amount(other).allows(amount(one))


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_without_a_number_there_is_no_amount(value):
    assert amount(figure(value)) is None


@pytest.mark.parametrize("value", [1e308, -1e308, 1e-300, -5.0])
def test_extreme_numbers_allow_themselves(value):
    assert amount(figure(value)).allows(amount(figure(value)))


def test_a_number_of_three_digits_says_much():
    assert [specific(figure(v)) for v in (28_156, 284.46, 1.25, 284e9, 100, 30_000, 24, None)] == [
        2,
        2,
        1,
        1,
        0,
        0,
        0,
        0,
    ]
