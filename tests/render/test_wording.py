"""Word differences on the page: words alone count, and what is nearly all different stays plain."""

from twosource.render.wording import parts


def shown(base, telling):
    return [(p.op, p.text.strip()) for p in parts(base, telling) if p.op != "same"]


def test_marks_and_case_are_no_difference():
    assert shown('"We will stay, all of us."', "“We will stay – all of us,”") == []


def test_changed_words_are_marked_with_what_they_stand_for():
    assert shown("“We saw a small red boat,” he said", "We saw a large red boat he said") == [
        ("left_out", "small"),
        ("added", "large"),
    ]


def test_the_telling_is_kept_whole():
    telling = "“In all, we saw (they think) two boats!”"
    assert "".join(p.text for p in parts("In all we saw boats", telling) if p.op != "left_out") == telling


def test_words_left_out_stand_off_from_their_neighbours():
    left_out = [p.text for p in parts("We saw a boat, no crew at all", "We saw a boat.") if p.op == "left_out"]
    assert left_out == [" no crew at all"]


def test_a_telling_too_far_from_the_base_is_plain():
    assert shown("nobody warned us at all that day", "there was never any notice given to anyone") == []


def test_words_that_change_the_meaning_weigh():
    found = [(p.op, p.text.strip(), p.weighs) for p in parts("We saw two large boats", "We saw three small boats")]
    assert [(op, weighs) for op, _, weighs in found if op != "same"] == [("left_out", True), ("added", True)]
    found = parts("We saw a small red boat that day", "We saw a large red boat that day")
    assert not any(p.weighs for p in found)
