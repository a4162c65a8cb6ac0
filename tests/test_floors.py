"""The gate that keeps quality from falling: printed scores become numbers, numbers are held against floors."""

import pytest

from floors import EPSILON, Floor, below, load, missing, raised, save
from matching import Tally, Words, alike, match, one_name
from measures import Measure, measures

DAY = "2026-11-22"


def measure(value, name="story: statements found", better="higher"):
    return Measure(name, value, "own story", "shown", 10, better)


def floor(value, name="story: statements found", better="higher"):
    return {name: Floor(name, value, better, "own story", "shown", 10, DAY)}


def test_a_number_below_its_floor_by_more_than_the_noise_is_reported():
    assert below(floor(80.0), [measure(79.0)])
    assert not below(floor(80.0), [measure(80.0 - EPSILON / 2)])
    assert not below(floor(80.0), [measure(81.0)])


def test_where_lower_is_better_a_higher_number_is_a_fall():
    counted = "story: body taken for furniture or the reverse"
    assert below(floor(2.0, counted, "lower"), [measure(3.0, counted, "lower")])
    assert not below(floor(2.0, counted, "lower"), [measure(1.0, counted, "lower")])


def test_a_number_that_vanished_from_a_part_that_ran_is_reported():
    assert missing(floor(80.0), [], ["story"]) == ["story: statements found"]
    assert missing(floor(80.0), [], ["cases"]) == []


def test_update_raises_floors_and_takes_new_numbers_but_keeps_what_did_not_run():
    kept = floor(80.0) | floor(50.0, "cases: figure spans F1")
    new = raised(kept, [measure(85.04), measure(10.0, "story: new one")], [], DAY)
    assert new["story: statements found"].value == 85.0
    assert new["story: new one"].value == 10.0
    assert new["cases: figure spans F1"].value == 50.0


def test_update_keeps_the_floor_where_a_number_is_lower_within_the_noise():
    assert raised(floor(80.0), [measure(80.0 - EPSILON / 2)], [], DAY)["story: statements found"].value == 80.0


def test_update_refuses_to_lower_a_floor_that_is_not_named():
    with pytest.raises(ValueError, match="statements found"):
        raised(floor(80.0), [measure(70.0)], ["another: name"], DAY)


def test_a_named_floor_may_fall():
    new = raised(floor(80.0), [measure(70.0)], ["story: statements found"], DAY)
    assert new["story: statements found"].value == 70.0


def test_floors_survive_a_round_trip_through_their_file(tmp_path):
    path = tmp_path / "floors.json"
    save(path, floor(80.0).values())
    assert load(path) == floor(80.0)
    assert load(tmp_path / "none.json") == {}


def test_every_kind_of_printed_line_becomes_numbers():
    printed = """source exact                       P  40.0  R  30.1  F1  34.4   (gold 1943, found 1433)
right source where found             80.1   (700 of 1100)
  relation, mean of classes          33.3   (plain 50.0)
conflicts                          P  50.0 (1 of 2 shown)  R  20.0 (1 of 5 sure)
called independent, is a copy      2
article body  P  90.0  R  80.1  F1  84.7   (80 pages, 0 empty)
"""
    got = {m.name: (m.value, m.n, m.better) for m in measures("part", printed, "gold", "dev")}
    assert got == {
        "part: source exact F1": (34.4, 1943, "higher"),
        "part: right source where found": (80.1, 1100, "higher"),
        "part: relation, mean of classes": (33.3, None, "higher"),
        "part: conflicts P": (50.0, 2, "higher"),
        "part: conflicts R": (20.0, 5, "higher"),
        "part: called independent, is a copy": (2.0, None, "lower"),
        "part: article body F1": (84.7, 80, "higher"),
    }


def test_a_line_with_several_numbers_is_taken_apart():
    printed = "statements found  91.2 (62 of 68); speaker right, of all  80.1, of found  90.2"
    assert [m.value for m in measures("speakers", printed, "gold", "dev")] == [91.2, 80.1, 90.2]


def test_spans_are_compared_as_words_so_that_marks_at_the_edges_do_not_matter():
    words = Words("“We know,” he said.")
    assert words.of([[0, 10]]) == words.of([[1, 8]])
    assert not alike(words.of([[0, 10]]), words.of([[11, 13]]))


def test_each_found_span_is_used_once():
    assert match([frozenset({1, 2}), frozenset({1, 2})], [frozenset({1, 2})]) == [(0, 0)]


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Jovan Hadrelic", "Jovan Hadrelić", True),
        ("Pavel Orsansky", "Orsanskyi", False),
        ("Pavel Orsansky", "Pavel Orsanskyi", True),
        ("health ministry", "the Torvanian health ministry", True),
        ("Edita Maren", "Dana Kovrig", False),
        (None, None, True),
        ("Edita Maren", None, False),
    ],
)
def test_names_of_one_speaker(gold, found, same):
    assert one_name(gold, found) is same


def test_f1_of_nothing_is_nothing():
    assert Tally().f1 == 0.0
    assert Tally(hits=1, gold=2, found=2).f1 == 50.0
