"""Words for what has no name: figures by the words around them, ids in messages by letter and outlet."""

import pytest

from twosource.article import Span
from twosource.render.grounds import about_figure, named_release, spelled_out


def about(text, figure, subject=""):
    at = text.index(figure)
    return about_figure(text, Span(at, at + len(figure)), subject)


def test_a_figure_without_a_subject_is_named_by_the_words_that_follow():
    assert about("Two sailors drowned. The rest swam.", "Two") == "“Two sailors drowned”"


def test_a_subject_that_is_the_numeral_itself_is_none():
    assert about("Two sailors drowned off Velden in the fog of Monday.", "Two", "Two") == "“Two sailors drowned off …”"


def test_at_the_end_of_a_sentence_the_words_before_are_taken():
    assert about("They are all safe. The gate cost €2.4 million.", "€2.4 million") == "“The gate cost €2.4 million”"


def test_a_subject_that_says_more_is_kept():
    assert about("Two sailors drowned.", "Two", "sailors") == ""


@pytest.mark.parametrize("text", ["7", "7.", "\n7\n", "7" * 500])
def test_a_figure_alone_is_shown_alone(text):
    assert about(text, text.strip(".\n")).strip("“”… ")


def test_ids_in_messages_become_letters():
    called = {"a-12ab34cd56ef": "A (Tide)", "b": "B (Quay)"}
    message = "no common event found. Shared: a; only in a-12ab34cd56ef: b, lock; only in b: gate"
    assert spelled_out(message, called) == (
        "no common event found. Shared: a; only in A (Tide): b, lock; only in B (Quay): gate"
    )


def test_a_statement_must_be_named():
    assert named_release("she said in a statement on Monday")
    assert not named_release("“Nobody warned us,” she said")


def test_a_figure_before_one_short_word_is_named_with_it():
    text = "Barge hits pier; 27 hurt\nMore soon."
    assert about_figure(text, Span(17, 19), "27") == "“27 hurt”"
