"""Folding for search: one text, the same words, whoever asks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.article import Span
from twosource.store.marks import EXCERPT, MOST, READ, excerpt, matched
from twosource.store.wording import Phrase, folded, keys, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Drábková, DRÁBKOVÁ", ("drabkova", "drabkova")),
        ("Dra\u0301bkova\u0301", ("drabkova",)),
        ("Straße Øre Łódź", ("strasse", "ore", "lodz")),
        ("so\u00adft ﬁre ＡＢＣ", ("soft", "fire", "abc")),
        ("12.5 km_a ½", ("12", "5", "km", "a", "1", "2")),
        ("NUL\0and\ud800more", ("nul", "and", "more")),
        ("Путин пешком", ("путин", "пешком")),
        ("— “…” !", ()),
    ],
)
def test_words_are_letters_and_digits_without_case_and_accents(text, found):
    assert keys(text) == found


@given(st.text(max_size=200))
def test_places_of_words_show_what_was_folded(text):
    found = list(words(text))
    assert tuple(w.key for w in found) == keys(text)
    assert all(w.key in folded(text[w.start : w.end]) for w in found)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(found))
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "phrase", "shown"),
    [
        ("The East\n Quay, east-quay!", Phrase(("east", "quay")), ["East\n Quay", "east-quay"]),
        ("Drones droned; a drone", Phrase(("dron",), prefix=True), ["Drones", "droned", "drone"]),
        ("a a a", Phrase(("a",)), ["a", "a", "a"]),
        ("Dra\u0301bkova\u0301 said", Phrase(("drabkova",)), ["Dra\u0301bkova"]),
        ("Straße so\u00adft", Phrase(("strasse", "soft")), ["Straße so\u00adft"]),
        ("eastern quay", Phrase(("east", "quay")), []),
    ],
)
def test_matches_are_places_in_the_text_as_received(text, phrase, shown):
    assert [span.of(text) for span in matched(text, [phrase])] == shown


def test_matches_of_several_phrases_stand_in_order_and_apart():
    text = "one two three two"
    found = matched(text, [Phrase(("two",)), Phrase(("one", "two")), Phrase(("two",))])
    assert [span.of(text) for span in found] == ["one two", "two"]


@given(st.text("ab é\u0301\n", max_size=60), st.text("ab", min_size=1, max_size=3))
def test_a_match_is_there_exactly_when_the_folded_words_are(text, word):
    found = matched(text, [Phrase((word,))])
    assert len(found) == keys(text).count(word)
    assert all(word in folded(span.of(text)) for span in found)


def test_long_texts_are_searched_up_to_a_bound():
    assert len(matched("a " * 1000, [Phrase(("a",))])) == MOST
    assert matched("b " * READ + "a", [Phrase(("a",))]) == ()


def test_an_excerpt_shows_the_first_match_in_whole_words():
    text = "filler " * 50 + "the quay is full " + "filler " * 50
    spans = matched(text, [Phrase(("quay",))])
    shown = excerpt(text, spans)
    assert shown.covers(spans[0])
    assert shown.width <= EXCERPT
    assert set(shown.of(text).split()) == {"filler", "the", "quay", "is", "full"}
    assert excerpt("short", ()) == Span(0, 5)
    assert excerpt("x" * 999, ()).width == EXCERPT
