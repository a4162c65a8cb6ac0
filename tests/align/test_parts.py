"""Parts of a quotation."""

import pytest

from twosource.align.parts import clauses, merged, parts

from .reports import report, said


def pieces(text, words=None, mode="indirect"):
    made = report("a", text, said(text, words or text, mode=mode))
    return [tuple(s.of(text) for s in p.spans) for p in parts(made, made.quotations[0], None)]


def test_sentences_are_parts():
    text = "“The pier is closed. Two boats sank in the storm.”"
    assert pieces(text, mode="direct") == [("“The pier is closed.",), ("Two boats sank in the storm.”",)]


def cut(text):
    made = report("a", text, said(text, text, mode="indirect"))
    return [clause.spans[0].of(text) for part in parts(made, made.quotations[0], None) for clause in clauses(part)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "the pier would stay closed all winter, and two boats were lost in the storm",
            ["the pier would stay closed all winter", "two boats were lost in the storm"],
        ),
        (
            "nobody looked below the planks for years and this was wrong",
            ["nobody looked below the planks for years", "this was wrong"],
        ),
        ("the planks were rotten; the nails held", ["the planks were rotten", "the nails held"]),
    ],
)
def test_a_sentence_can_be_cut_into_clauses_without_their_joint(text, found):
    assert cut(text) == found


def test_a_joined_verb_or_noun_is_no_clause():
    text = "divers and engineers will look and report to the port authority"
    assert cut(text) == [text]


def test_clauses_merge_back_to_the_sentence():
    text = "the pier would stay closed all winter, and two boats were lost in the storm"
    made = report("a", text, said(text, text, mode="indirect"))
    (whole,) = parts(made, made.quotations[0], None)
    assert merged(clauses(whole)).spans == whole.spans


def test_an_interrupted_sentence_is_one_part():
    text = "“The pier,” Mora said, “stays closed this winter.”"
    assert pieces(text, "“The pier,” … “stays closed this winter.”", mode="direct") == [
        ("“The pier,”", "“stays closed this winter.”")
    ]


def test_a_new_sentence_after_an_interruption_is_a_part():
    text = "“The pier is shut.” Mora said. “Boats may go elsewhere.”"
    assert len(pieces(text, "“The pier is shut.” … “Boats may go elsewhere.”", mode="direct")) == 2


def test_what_has_no_content_stays_with_its_neighbour():
    text = "“Well. We did that. The pier was rotten for years.”"
    assert pieces(text, mode="direct") == [(text,)]


def test_the_quoted_words_of_a_mixed_quotation():
    text = "the pier was “rotten to the core” for years"
    made = report("a", text, said(text, text, mode="mixed"))
    assert parts(made, made.quotations[0], None)[0].quoted == ("rotten", "to", "the", "core")
