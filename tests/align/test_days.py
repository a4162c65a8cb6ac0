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


def undated(key, day, value, text=TEXT):
    text = text.format(day=day)
    return report(key, text, TimeExpression(span=place(text, day), type="DATE", value=value))


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        ((("on 14 June", "XXXX-06-14"), ("on 21 June", "XXXX-06-21")), [("time", "possible")]),
        ((("on Friday", "XXXX-WXX-5"), ("on Sunday", "XXXX-WXX-7")), [("time", "possible")]),
        ((("on 14 June", "XXXX-06-14"), ("on Saturday", "XXXX-WXX-6")), []),
        ((("on 14 June", "XXXX-06-14"), ("on June 14", "XXXX-06-14")), []),
    ],
)
def test_reports_without_a_day_are_compared_by_what_they_write(days, kinds):
    (one, value), (other, another) = days
    assert found(undated("a", one, value), undated("b", other, another)) == kinds


@pytest.mark.parametrize(("weekday", "kinds"), [(2, []), (5, [("time", "possible")])])
def test_a_weekday_is_compared_with_the_weekday_of_a_date(weekday, kinds):
    name = {2: "Tuesday", 5: "Friday"}[weekday]
    written = undated("b", name, f"XXXX-WXX-{weekday}")
    assert found(told("a", "on 4 March", "2025-03-04"), written) == kinds


def test_the_only_dates_in_numbers_need_less_in_common():
    one = undated("a", "on 3 September", "XXXX-09-03", "Probe\nThe probe flew by the asteroid {day}.")
    other = undated(
        "b", "on 5 September", "XXXX-09-05", "Peanut\nThe asteroid, a stone like a nut, met the probe {day}."
    )
    assert found(one, other) == [("time", "possible")]
