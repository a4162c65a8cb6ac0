"""A hedge that is shown is the outlet's own."""

import pytest

from twosource.article import Span
from twosource.render.hedged import with_hedge


@pytest.mark.parametrize(
    ("text", "figure", "hedge", "shown"),
    [
        ("a nearly three-year siege", "three-year", "under", "nearly three-year"),
        ("About 40 barges waited.", "40 barges", "about", "About 40 barges"),
        ("It cost $5 or more.", "$5", "at_least", "$5 or more"),
        ("more than 200 men", "200 men", "over", "more than 200 men"),
        ("a roundabout 40 barges", "40 barges", "about", None),
        ("40 barges", "40 barges", "about", None),
        ("about 40 barges", "40 barges", None, None),
    ],
)
def test_a_figure_is_shown_with_the_words_that_hedge_it(text, figure, hedge, shown):
    at = text.index(figure)
    found = with_hedge(text, Span(at, at + len(figure)), hedge)
    assert (found.of(text) if found else None) == shown
