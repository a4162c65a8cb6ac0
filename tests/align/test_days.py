"""Days: one thing that two reports put on different days."""

import pytest

from tests.written import place
from twosource.align.days import other_days
from twosource.facts import TimeExpression

from .reports import report

TEXT = "Trains collide\nTwo goods trains collided in the Velm tunnel {day}, injuring one driver badly."


def told(key, day, date, text=TEXT, more=()):
    text = text.format(day=day)
    days = [(day, date), *more]
    times = (
        TimeExpression(span=place(text, words), type="DATE", value=start, start=start, end=start)
        for words, start in days
    )
    return report(key, text, *times, published="2025-03-06")


def found(*reports):
    return [(c.kind, c.certainty) for c in other_days(reports)]


def test_two_days_for_one_thing_are_a_possible_conflict():
    one, two = told("a", "on Tuesday", "2025-03-04"), told("b", "on Wednesday", "2025-03-05")
    assert found(one, two) == [("time", "possible")]


def test_two_names_of_one_day_agree():
    assert found(told("a", "on Wednesday", "2025-03-05"), told("b", "yesterday", "2025-03-05")) == []


def test_the_same_word_for_two_days_is_no_conflict():
    assert found(told("a", "on Tuesday", "2025-03-04"), told("b", "on Tuesday", "2025-03-11")) == []


def test_a_report_that_names_both_days_is_no_party():
    both = TEXT + " The tunnel was shut on Tuesday."
    two = told("b", "on Wednesday", "2025-03-05", both, [("Tuesday", "2025-03-04")])
    assert found(told("a", "on Tuesday", "2025-03-04"), two) == []


def test_another_thing_on_another_day_is_no_conflict():
    other = "Trains collide\nThe council of Velm will meet {day} in the old mill, the mayor said."
    assert found(told("a", "on Tuesday", "2025-03-04"), told("b", "on Wednesday", "2025-03-05", other)) == []


@pytest.mark.parametrize("start", [None, "2025"])
def test_a_day_that_nobody_knows_is_no_conflict(start):
    assert found(told("a", "on Tuesday", "2025-03-04"), told("b", "on Wednesday", start)) == []
