"""What was changed between two versions of an article."""

from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.web.views.changes import changed_lines

OLD = "Headline\nThe fire broke out at nine.\nTwo people were hurt.\nIt is out.\nThe cause is unknown.\nMore follows.\n"


def shown(lines):
    return [(line.op, "".join(piece.text for piece in line.pieces if piece.op == "added").strip()) for line in lines]


def test_a_changed_word_is_marked_inside_its_line():
    lines = changed_lines(OLD, OLD.replace("Two people", "Three people"))
    changed = next(line for line in lines if line.op == "changed")
    assert [(p.op, p.text) for p in changed.pieces if p.op != "same"] == [("left_out", "Two"), ("added", "Three")]


def test_added_and_removed_lines_are_whole():
    lines = changed_lines(OLD, OLD.replace("More follows.\n", "").replace("It is out.", "It is out.\nA door was open."))
    assert ("added", "A door was open.") in shown(lines)
    assert any(line.op == "left_out" and line.pieces[0].text == "More follows." for line in lines)


def test_unchanged_stretches_are_counted_not_shown():
    old = "\n".join(f"line {n}" for n in range(100))
    lines = changed_lines(old, old.replace("line 50", "other words here"))
    assert [line.hidden for line in lines if line.op == "gap"] == [49, 48]


def test_marks_and_spaces_alone_are_no_change():
    assert changed_lines(OLD, OLD.replace("\n", "\n\n  ")) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(old, new):
    for line in changed_lines(old, new):
        assert line.pieces or line.hidden
