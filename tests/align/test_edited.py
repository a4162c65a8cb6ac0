"""Edits of shared sentences: short ones, times, rounded numbers, swapped names."""

import pytest

from tests.written import place
from twosource.align.edited import edited
from twosource.facts import TimeExpression

from .reports import counted, report, said

FRAME = (
    "Bridge shut\nThe bridge over the Senn was closed at dusk on Friday by the county. {} "
    "Divers will look at the second pillar in the morning."
)


def found(one, two):
    texts = {r.id: r.article.text for r in (one, two)}
    return [(c.kind, c.certainty, c.left.span.of(texts["a"]), c.right.span.of(texts["b"])) for c in edited((one, two))]


def sides(left, right):
    return [report(key, FRAME.format(sentence)) for key, sentence in (("a", left), ("b", right))]


def test_a_short_sentence_is_followed_between_its_unchanged_neighbours():
    ((kind, certainty, _, right),) = found(*sides("Trucks are allowed.", "Trucks are not allowed."))
    assert (kind, certainty) == ("polarity", "conflict")
    assert "not" in right


def test_a_short_sentence_in_other_surroundings_is_not():
    one, two = sides("Trucks are allowed.", "Trucks are not allowed.")
    other = report("b", two.article.text.replace("over the Senn", "at Karl's Mill").replace("pillar", "arch"))
    assert found(one, other) == []


def test_one_hour_for_another_is_a_conflict_of_time_on_one_day():
    made = []
    for key, clock in (("a", "6.40 am"), ("b", "6.45 am")):
        text = f"Head\nThe hillside slid onto the track at {clock} on that morning."
        value = f"2025-03-18T06:{clock[2:4]}"
        time = TimeExpression(span=place(text, clock), type="TIME", value=value, start="2025-03-18", end="2025-03-18")
        made.append(report(key, text, time))
    assert [(kind, left) for kind, _, left, _ in found(*made)] == [("time", "6.40")]


@pytest.mark.parametrize(("number", "certainty"), [("4,604", "possible"), ("7,600", "conflict")])
def test_a_number_that_may_be_rounded_is_a_possible_conflict_only(number, certainty):
    made = []
    for key, shown in (("a", "4,600"), ("b", number)):
        text = f"Head\nThe line carries about {shown} passengers a day to the coast."
        value = float(shown.replace(",", ""))
        made.append(report(key, text, counted(text, shown, value, "passengers", hedge="about")))
    assert found(*made) == [("number", certainty, "4,600", number)]


def test_a_number_that_the_other_report_gives_in_a_second_unit_is_no_conflict():
    one = "Head\nThe heat in the old harbour town rose above 50 degrees (120 Fahrenheit) on Sunday."
    two = "Head\nThe heat in the old harbour town rose above 120 Fahrenheit on Sunday."
    left = report("a", one, counted(one, "50 degrees", 50, "°C"), counted(one, "120 Fahrenheit", 120, "°F"))
    assert found(left, report("b", two, counted(two, "120 Fahrenheit", 120, "°F"))) == []


def swap(first, second, kind="person"):
    made = []
    for key, name in (("a", first), ("b", second)):
        text = f"Head\n{name} said the pumps in the hall were far too weak for this job."
        words = "the pumps in the hall were far too weak for this job"
        made.append(
            report(key, text, said(text, words, name, source=name, cue="said", mode="indirect"), kinds={name: kind})
        )
    return found(*made)


def test_a_sentence_given_to_another_person_is_a_conflict_of_attribution():
    assert swap("Ilse Brand", "Otto Rask") == [("attribution", "conflict", "Ilse Brand said", "Otto Rask said")]


def test_a_fuller_name_is_the_same_person():
    assert swap("Brand", "Ilse Brand") == []


def test_a_body_and_another_body_may_speak_for_each_other():
    assert swap("Northline", "Senn County", kind="organisation") == []
