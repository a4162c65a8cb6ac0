"""The gate that keeps quality from falling: printed scores become numbers, numbers are held against floors."""

from types import SimpleNamespace

import pytest

import attribution_errors
import write_docs
from attribution_baseline import spans_of
from evaluate import in_order
from floors import EPSILON, Floor, below, beside, load, missing, raised, save
from matching import Tally, Words, alike, match, one_name
from measures import Measure, measures, whose
from parts import PARTS, prefixes
from speed import bare_parser

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


def beside_row(value, name="story: statements found [textacy]"):
    return Measure(name, value, "own story", "shown", 10, pinned=False)


def test_the_name_of_a_number_says_whose_it_is():
    assert whose("attribution: cue exact F1 [rules alone]") == ("attribution: cue exact F1", "rules alone")
    assert whose("attribution: found (Jaccard >= .5) F1") == ("attribution: found (Jaccard >= .5) F1", None)


def test_the_numbers_of_others_get_no_floor():
    assert raised({}, [beside_row(90.0), measure(80.0)], [], DAY).keys() == {"story: statements found"}
    assert not below({}, [beside_row(1.0)])


def test_the_numbers_of_others_are_renewed_and_stay_where_the_other_program_was_not_there():
    first = beside({}, [beside_row(20.0), beside_row(30.0, "story: gone [textacy]")], ["story"], DAY)
    assert {f.value for f in first.values()} == {20.0, 30.0}
    again = beside(first, [beside_row(21.0)], ["story"], DAY)
    assert {name: f.value for name, f in again.items()} == {"story: statements found [textacy]": 21.0}
    assert beside(first, [measure(80.0)], ["story"], DAY) == first


def test_each_number_is_printed_with_those_of_others_for_the_same_below_it():
    one, two = measure(1.0, "story: one"), measure(2.0, "story: two")
    other, alone = beside_row(3.0, "story: one [textacy]"), beside_row(4.0, "story: three [textacy]")
    assert list(in_order([one, two, alone, other])) == [one, other, two, alone]


def test_a_table_shows_floor_and_others_in_one_line():
    other = beside({}, [beside_row(20.0)], ["story"], DAY)
    table = write_docs.number_table(floor(80.0), other, ("story",))
    assert "| story: statements found | 80.0 | textacy 20.0 | own story |" in table
    assert "others" not in write_docs.number_table(floor(80.0), {}, ("story",))


def test_every_floor_stands_in_a_table_of_the_page():
    shown = {start for starts in write_docs.SECTIONS.values() for start in starts}
    kept = load(write_docs.ROOT / "bench" / "floors.json")
    assert kept
    assert {name.partition(": ")[0] for name in kept} <= shown
    assert {prefix for part in PARTS for prefix in prefixes(part)} <= shown


TEXT = """Mayor Ruta Oland said the weir would hold. She wants the old sluice gone by spring.
The claim by dock workers that nobody was warned is being looked at.
"""
SPOKEN = SimpleNamespace(SPEECH={"said", "claim"})


def told(source, cue, content, **more):
    return {
        role: [[TEXT.index(w), TEXT.index(w) + len(w)] for w in (words,) if w]
        for role, words in (("source", source), ("cue", cue), ("content", content))
    } | more


MAYOR = told("Mayor Ruta Oland", "said", "the weir would hold")
WISH = told("She", "wants", "the old sluice gone by spring")
CLAIM = told("dock workers", "claim", "that nobody was warned")


def kinds_of_missed(reading):
    tagged = attribution_errors.Tagged()
    return [attribution_errors.kind_of_missed(reading, t, SPOKEN, tagged) for t in reading.missed()]


def test_what_was_missed_is_told_apart_by_its_cue():
    reading = attribution_errors.Reading(TEXT, [MAYOR, WISH, CLAIM], [])
    assert kinds_of_missed(reading) == ["verb of speech", "verb of thought or wish", "nominal cue"]


def test_a_content_cut_short_is_an_error_of_boundaries_on_both_sides():
    half = told("Mayor Ruta Oland", "said", "hold", mode="indirect", act="said")
    reading = attribution_errors.Reading(TEXT, [MAYOR], [half])
    assert kinds_of_missed(reading) == ["boundaries, Jaccard under .5"]
    assert [attribution_errors.kind_of_spurious(reading, t, SPOKEN) for t in reading.spurious()] == [
        "boundaries, Jaccard under .5"
    ]


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("Mayor Ruta Oland", []),
        ("Ruta Oland", []),
        ("", ["none found"]),
        ("She", ["pronoun for a name"]),
        ("dock workers", ["source of another attribution"]),
        ("the old sluice", ["other words"]),
    ],
)
def test_a_source_that_is_not_the_golds_is_told_apart(source, kinds):
    found = told(source, "said", "the weir would hold")
    reading = attribution_errors.Reading(TEXT, [MAYOR, CLAIM], [found])
    assert list(attribution_errors.kinds_of_source(reading)) == kinds


def test_counts_are_kept_for_this_version_and_the_one_before(tmp_path):
    path = tmp_path / "errors.json"
    name = attribution_errors.CLASSES[0]
    for version, count in (("1", 9), ("2", 7), ("3", 5), ("3", 4)):
        attribution_errors.save({name: count}, path, version)
    assert attribution_errors.load(path) == {"2": {name: 7}, "3": {name: 4}}
    assert attribution_errors.before(path, "3") == {name: 7}
    assert attribution_errors.before(path, "4") == {name: 4}
    assert f"| {name} | 4 | 7 | -3 |" in write_docs.error_table(attribution_errors.load(path))


def test_words_that_follow_each_other_are_one_span_of_another_program():
    parser = bare_parser()
    doc = parser("Oland, who was there, said no")
    assert spans_of([doc[0], doc[2], doc[3], doc[6]]) == [[0, 5], [7, 14], [22, 26]]
    assert spans_of([]) == []
