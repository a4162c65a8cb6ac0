"""Figures and times take time that grows with the length of a text, whatever stands in it."""

import re

import pytest

from tests.growth import grows_linearly
from twosource.extract.amounts import amount_at
from twosource.extract.figurewords import figure_words
from twosource.extract.joining import joined
from twosource.extract.lexemes import lexemes
from twosource.extract.timegrammar import grammar, sightings
from twosource.extract.timerules import read_sighting
from twosource.lang import ENGLISH

PUMPS = [
    "1,",
    "9",
    "one hundred ",
    "one hundred and ",
    "million ",
    "minus ",
    "1/",
    "1-",
    "12 ",
    "$",
    "a ",
    "the early ",
    "May ",
    "- ",
    "two-",
    "5 over ",
    "more than 5 but ",
    "3 dollars 50 ",
    "(kg) 5 (",
    "one twenty-",
    "the early hours of ",
    "every other ",
]
SMALL, LARGE = 2_000, 16_000


def read_all(text):
    """All that is done to a text before the parse is asked, without what is remembered from earlier calls."""
    known, gram = figure_words(ENGLISH), grammar(ENGLISH)
    words = lexemes(text)
    starts = (at for at in range(len(words)) if known.numbers.starts(words[at]))
    joined(words, [amount for at in starts if (amount := amount_at(words, at, known))], known)
    for found in sightings(words, gram):
        read_sighting(found, gram.words.table)


@pytest.mark.parametrize("pump", PUMPS)
def test_a_pump_costs_no_more_a_character_when_it_is_longer(pump):
    assert grows_linearly(lambda size: read_all((pump * size)[:size]), SMALL, LARGE)


def test_the_grammar_has_no_unbounded_repeat():
    assert not re.search(r"[*+]|\{\d*,\}", grammar(ENGLISH).pattern.pattern)
