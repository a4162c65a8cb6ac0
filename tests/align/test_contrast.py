"""Denial and commitment."""

import pytest

from twosource.align.contrast import calendar, commitments, denials, denied, opposite
from twosource.align.words import words
from twosource.article import Span


def seen(text):
    return words(text, (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("The dam will hold", 0),
        ("The dam will not hold", 1),
        ("The dam won’t hold", 1),
        ("She did not deny it", 0),
        ("She denies that the dam is unsafe", 1),
        ("She did not rule out a breach", 0),
        ("There is no doubt that it holds", 0),
        ("It is no longer safe", 1),
        ("Not only the dam but the bridge held", 0),
        ("Nobody refused", 0),
    ],
)
def test_a_clause_is_denied_where_the_denials_are_odd(text, odd):
    assert len(denials(seen(text))) % 2 == odd


def test_commitment_goes_from_open_to_certain():
    steps = [commitments(seen(text))[0].step for text in ("it may hold", "we hope so", "we expect it", "it must hold")]
    assert steps == [1, 2, 3, 4]


def test_a_denied_mark_is_none():
    assert commitments(seen("he has no plans to go")) == ()


def test_a_phrase_counts_as_a_whole():
    text = "They did not rule out a breach"
    (mark,) = commitments(seen(text))
    assert " ".join(w.form for w in seen(text)[mark.first : mark.last + 1]) == "not rule out"


def test_opposites_are_found_in_any_form():
    pair = opposite(seen("prices rise"), seen("prices falls"))
    assert pair is not None
    assert (pair[0].form, pair[1].form) == ("rise", "falls")
    assert opposite(seen("prices rise"), seen("prices rose")) is None


def test_days_and_months_are_calendar_words():
    assert [calendar(w) for w in seen("Friday in March at dawn")] == [True, False, True, False, False]


def test_an_opposite_that_says_no_is_counted_as_denial_alone():
    assert opposite(seen("the dam passed"), seen("the dam failed")) is None
    assert opposite(seen("the dam is strong"), seen("the dam is weak"))


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("denied", True),
        ("does not accept", True),
        ("rejected", True),
        ("did not deny", False),
        ("said", False),
        ("said in a statement without giving details", False),
    ],
)
def test_a_cue_can_give_the_words_as_not_so(cue, found):
    assert denied(seen(cue)) is found
