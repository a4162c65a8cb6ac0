"""Strength: one statement told as surer in one report than in another."""

import pytest

from twosource.align.conflicts import find_conflicts
from twosource.align.statements import align_statements

from .reports import people, report, said, traced


def found(*reports):
    """Kind, certainty and the marks between quotation marks in the reason."""
    statements = align_statements(reports, people(*reports), traced(*reports))
    return [(c.kind, c.certainty, c.why.split(": ")[-1]) for c in find_conflicts(reports, statements, ())]


def told(key, words, *more, mode="indirect", marked=None):
    """A report of Ana Mora's words, of which ``marked`` (or all) are the content, and of further quotations."""
    sentence = f"{words} Ana Mora said." if mode == "direct" else f"Ana Mora said {words}."
    text = "\n".join(["Port talks drag on", sentence, *(f"{w} Ana Mora said." for w in more)])
    words = marked or words
    quotation = said(text, words, source="Ana Mora", cue="said", mode=mode)
    return report(key, text, quotation, *(said(text, w, source="Ana Mora", cue="said") for w in more))


def test_a_plan_and_a_mere_possibility_are_of_two_strengths():
    one, two = (
        told("a", "she did not rule out a sale of the ferry port"),
        told("b", "she planned a sale of the ferry port"),
    )
    assert found(one, two) == [("strength", "possible", "“not rule out” against “planned”")]


def test_a_mark_that_the_content_lost_to_the_cue_counts():
    one = told("a", "she may order a sale of the ferry port")
    two = told("b", "she must order a sale of the ferry port", marked="a sale of the ferry port")
    assert found(one, two) == [("strength", "conflict", "“may” against “must”")]


def test_may_against_a_flat_telling_is_of_two_strengths():
    one, two = told("a", "the old pier may not be repairable"), told("b", "the old pier was largely unrepairable")
    assert found(one, two) == [("strength", "possible", "“may” against “unrepairable”")]


@pytest.mark.parametrize("words", ["she asked whether the old pier was closed", "the old pier can soon be closed"])
def test_what_is_only_mentioned_is_no_flat_telling(words):
    assert found(told("a", "the old pier may close"), told("b", words)) == []


def test_a_paraphrase_that_weakens_quoted_words_is_shown_though_its_report_quotes_them():
    quote = "“We expect the ferry to sail on Monday,”"
    one, two = told("a", "she hoped the ferry would sail on Monday", quote), told("b", quote, mode="direct")
    assert found(one, two) == [("strength", "possible", "“hoped” against “expect”")]


def test_two_direct_quotations_are_two_utterances():
    one = told("a", "“We may sail with the ferry on Monday,”", mode="direct")
    two = told("b", "“We must get the ferry to sail again, and on Monday,”", mode="direct")
    assert found(one, two) == []


def test_tellings_that_likeness_set_apart_are_compared_where_one_says_all_of_the_other():
    one = told("a", "she did not rule out a sale of the ferry port")
    long = "she planned a sale of the ferry port in spring to pay for a school, two bridges and the new hospital wing"
    assert ("strength", "possible", "“not rule out” against “planned”") in found(one, told("b", long))


def test_two_strengths_of_two_things_are_none():
    one = told("a", "she may visit the school in Rehberg soon")
    two = told("b", "she planned a sale of the ferry port in spring")
    assert found(one, two) == []
