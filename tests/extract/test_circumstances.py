"""To whom something was said: reporters, an outlet or programme, a network, a person, those at a gathering."""

import pytest

from tests.extract.reading import body_blocks
from twosource.article import Article
from twosource.extract.quotations import find_quotations
from twosource.extract.sentences import parsing
from twosource.lang import ENGLISH


def heard(text):
    """Whom the attributions of a text were told to, as written."""
    article = Article(id="a", text=text, published="2025-02-12")
    with parsing(article, body_blocks(text), ENGLISH) as parsed:
        found = find_quotations(article, parsed.paragraphs, (), ENGLISH)
    assert all(q.told_to.span.of(text) for q in found if q.told_to)
    return [q.told_to and q.told_to.name for q in found]


@pytest.mark.parametrize(
    ("text", "hearer"),
    [
        ("Anna Kessler told reporters that the mill was closed.", "reporters"),
        ("Anna Kessler told her lawyer that the mill was closed.", "her lawyer"),
        ("Anna Kessler said in an interview with the Herald that the mill was closed.", "the Herald"),
        ("Anna Kessler wrote on Twitter that the mill was closed.", "Twitter"),
        ("Anna Kessler said on CNN that the mill was closed.", "CNN"),
        ("Speaking to reporters, Anna Kessler said that the mill was closed.", "reporters"),
        ("Anna Kessler said at a rally that the mill was closed.", "a rally"),
        ("Anna Kessler tweeted that the mill was closed.", "Twitter"),
    ],
)
def test_the_hearer_or_stage_is_given_as_written(text, hearer):
    assert hearer in heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kessler said on Monday that the mill was closed.",
        "Anna Kessler said at noon that the mill was closed.",
        "Anna Kessler said in Tarn that the mill was closed.",
        "Anna Kessler told them that the mill was closed.",
        "Anna Kessler appeared with the Polish president and said that the mill was closed.",
    ],
)
def test_a_day_a_place_or_a_pronoun_hears_nothing(text):
    assert not any(heard(text))
