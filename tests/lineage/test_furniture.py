# ruff: noqa: E501  # paragraphs stand on one line, as in articles
"""Furniture that no label caught: what three reports of one outlet repeat is not their own."""

from tests.lineage.reports import OWN, PRESS, WIRE, kinds_of, report
from twosource.lineage import trace
from twosource.lineage.furniture import without_furniture
from twosource.lineage.told import told_words

BOX = "What we know and what we do not know: our desk goes through every message from the valley by hand and by telephone.\n"
ELSEWHERE = "Oster sings again\nThe choir of Oster has found a hall.\nNobody had hoped for it before Whitsun.\n" + BOX


def left(texts, outlets):
    told = without_furniture([told_words(report(str(n), text)) for n, text in enumerate(texts)], outlets)
    return [t.own_words for t in told]


def test_words_of_three_reports_of_one_outlet_are_its_furniture():
    texts = [text + BOX for text in (OWN, PRESS, WIRE)]
    before = [told_words(report("x", text)).own_words for text in texts]
    assert left(texts, ["The Lantern"] * 3) == [n - len(BOX.split()) for n in before]
    assert left(texts, ["The Lantern", "The Lantern", "Coast Today"]) == before
    assert left(texts, [""] * 3) == before


def test_one_text_three_times_is_no_furniture():
    words = told_words(report("x", WIRE)).own_words
    assert left([WIRE, WIRE, WIRE + "More later.\n"], ["The Lantern"] * 3) == [words, words, words + 2]


def test_furniture_that_another_outlet_has_too_is_no_lifted_sentence():
    house = [report(key, text + BOX, outlet="The Lantern") for key, text in zip("abc", (OWN, PRESS, WIRE), strict=True)]
    links = kinds_of(trace([*house, report("d", ELSEWHERE, outlet="Coast Today")]))
    assert "partial_copy" not in links.values()
    assert kinds_of(trace([house[0], report("d", ELSEWHERE, outlet="Coast Today")]))["a", "d"] == "partial_copy"
