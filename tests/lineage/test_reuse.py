"""Text reuse: equal runs between reports, and what they are evidence of."""

from tests.lineage.reports import OWN, PRESS, WIRE, report
from twosource.lineage.reuse import find_shared, passages
from twosource.lineage.told import told_words


def shared(left, right):
    found = find_shared([told_words(report("a", left)), told_words(report("b", right))])
    return found[0] if found else None


def test_nothing_is_shared_by_different_texts():
    assert shared("Bakers strike\nNo bread came out of the ovens.", OWN) is None


def test_a_quotation_in_common_is_no_own_word_in_common():
    both = shared(OWN, PRESS)
    assert both.own == ()
    assert both.own_share == 0
    assert [run.length for run in both.quoted] == [10]


def test_containment_is_that_of_the_shorter_text():
    cut = "\n".join(WIRE.split("\n")[:4])
    assert shared(WIRE, cut).own_share == 1
    assert shared(cut, WIRE).own_share == 1
    assert 0.4 < shared(OWN + cut, WIRE + OWN[:0] + PRESS).own_share < 0.9


def test_words_count_once_however_often_they_come_back():
    line = "The cars of the line hung above the gorge until the wind fell in the morning.\n"
    both = shared("Stuck\n" + line * 4 + PRESS, "Halted\n" + line + OWN)
    assert both.own_words == len(line.split())


def test_small_edits_inside_a_passage_are_bridged():
    edited = WIRE.replace("120 mountain rescuers", "almost 90 rescuers")
    both = shared(WIRE, edited)
    assert both.own_share > 0.95
    places = passages(both, both.own, 3)
    assert any(
        "120 mountain rescuers" in p.left.of(WIRE) and "almost 90 rescuers" in p.right.of(edited) for p in places
    )


def test_passages_come_longest_first_and_stand_where_they_say():
    both = shared(WIRE, "Other news\n" + WIRE.split("\n")[3] + "\n" + WIRE.split("\n")[4])
    found = passages(both, both.runs, 3)
    assert [p.words for p in found] == sorted((p.words for p in found), reverse=True)
    assert found[0].left.of(WIRE).split("\n")[-1].startswith("The operator said")


def test_a_name_says_nothing_by_itself():
    left = "Summit\nThe Joint Committee For Mountain Safety met today and it was short."
    right = "Wheels\nNobody from The Joint Committee For Mountain Safety came."
    both = shared(left, right)
    assert both.runs
    assert not any(both.speaks(run) for run in both.runs)
    assert both.own == ()


def test_case_marks_and_dashes_make_no_difference():
    line = "Stopped – the line above “Varn” carries nobody today, its manager said on Monday."
    both = shared("One\n" + line, "Two\n" + line.upper().replace("–", "--").replace("“", '"'))
    assert both.share > 0.9
