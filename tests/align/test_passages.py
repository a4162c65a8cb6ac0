"""Sentences of a report, and the differences between two strings."""

from twosource.align.passages import differences, medoid, passages, sentences
from twosource.article import Block, Span
from twosource.report import Report

from .reports import report


def cut(text):
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def test_sentences_end_before_a_capital_or_a_mark():
    text = "It was late. “We waited!” Nobody came… Then 3 buses left. the end"
    assert cut(text) == ["It was late.", "“We waited!”", "Nobody came… Then 3 buses left. the end"]


def test_abbreviations_and_initials_end_nothing():
    text = "Mr. Ola J. Berg met Gen. Ruiz on Jan. 5. He left the U.S. Tuesday."
    assert cut(text) == ["Mr. Ola J. Berg met Gen. Ruiz on Jan. 5.", "He left the U.S. Tuesday."]


def test_only_told_blocks_give_passages():
    made = report("a", "Dam holds\nThe dam held. Nobody was hurt.\nPhoto: R. Vale")
    blocks = (*made.blocks[:2], Block("credit", made.blocks[2].start, made.blocks[2].end))
    told = passages(Report(article=made.article, language="en", model=None, blocks=blocks))
    assert [(p.kind, p.span.of(made.article.text)) for p in told] == [
        ("headline", "Dam holds"),
        ("body", "The dam held."),
        ("body", "Nobody was hurt."),
    ]


def test_differences_are_word_by_word_and_blind_to_marks_and_case():
    left, right = "“The dam WILL hold”, she said", '"The dam will not hold", she says'
    steps = [(d.change, d.left.of(left), d.right.of(right)) for d in differences(left, right)]
    assert [s[0] for s in steps] == ["equal", "insert", "equal", "replace"]
    assert steps[1][2] == "not"
    assert steps[3][1:] == ("said", "says")


def test_an_empty_side_is_one_difference():
    assert [d.change for d in differences("", "a b")] == ["insert"]
    assert differences("", "") == ()


def test_the_medoid_is_nearest_to_all():
    tellings = [t.split() for t in ("a b c d", "a b c x", "a b c d e", "z z")]
    assert medoid(tellings) == 0
