"""Ascription: in whose words a figure stands, and on which day it was so."""

from tests.extract.reading import NO_MODEL, WEDNESDAY, body_blocks
from twosource.article import Article, Span
from twosource.extract.ascription import ascribed
from twosource.extract.figures import find_figures
from twosource.extract.sentences import parsing
from twosource.extract.times import find_times
from twosource.facts import Quotation
from twosource.lang import ENGLISH


def ascribed_in(text, *quoted, lang=ENGLISH):
    """Words, quotation and first day of every figure; ``quoted`` are stretches of the text, named by their place."""
    article = Article(id="a", text=text, published=WEDNESDAY)
    quotations = [_quotation(str(n), text, words) for n, words in enumerate(quoted)]
    with parsing(article, body_blocks(text), lang) as parsed:
        figures = find_figures(article, parsed.paragraphs, lang)
        times = find_times(article, parsed.paragraphs, lang)
        found = ascribed(figures, quotations, times, parsed.paragraphs)
    return [(f.span.of(text), f.quotation, f.as_of.start if f.as_of else None) for f in found]


def _quotation(name, text, words):
    start = text.index(words)
    return Quotation(
        id=name, act="said", mode="direct", content=(Span(start, start + len(words)),), score=1.0, rule="test"
    )


def test_a_figure_stands_in_the_narrowest_quotation_around_it():
    text = "He said the pilot told him 12 boats sank. Later 9 boats were raised."
    found = ascribed_in(text, "the pilot told him 12 boats sank", "12 boats sank")
    assert [(words, said) for words, said, _ in found] == [("12", "1"), ("9", None)]


def test_a_figure_cut_by_the_edge_of_a_quotation_stands_in_none():
    assert ascribed_in("The toll was $5 million.", "The toll was $5") == [("$5 million", None, None)]


def test_a_figure_is_of_the_day_that_hangs_on_its_verb():
    text = "The mayor said on Tuesday that 12 boats sank on Sunday."
    assert ascribed_in(text) == [("12", None, "2025-02-09")]


def test_a_figure_without_a_date_of_its_own_has_no_day():
    assert ascribed_in("Twelve boats sank. It rained on Sunday.") == [("Twelve", None, None)]


def test_without_a_parse_no_day_is_claimed():
    assert ascribed_in("Twelve boats sank on Sunday.", lang=NO_MODEL) == [("Twelve", None, None)]
