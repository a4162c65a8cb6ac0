"""Anchors: a stored span is found again in a changed text, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.anchor import code_point_offset, find, fold, select, utf16_offset, visible
from twosource.article import Span

TEXT = (
    "The harbour board met late on Monday. “We will not dredge the north channel before spring,” chairwoman Ilse Tamm "
    "told reporters on the quay. She said the cost – about 4 million crowns – was too high. “We will not dredge the "
    "north channel before spring,” her deputy repeated the next morning."
)
FIRST = TEXT.index("“We will")
QUOTE = Span(FIRST, TEXT.index("” chairwoman") + 1)
SECOND = Span(TEXT.rindex("“We will"), TEXT.rindex("” her") + 1)


def shown(text: str, span: Span | None) -> str | None:
    return None if span is None else span.of(text)


def test_span_is_found_where_it_was():
    assert find(TEXT, select(TEXT, QUOTE)) == QUOTE


@pytest.mark.parametrize("span", [QUOTE, SECOND])
def test_the_right_one_of_two_equal_quotes_is_found_after_text_was_added_before(span):
    added = "UPDATED: figures corrected in paragraph nine. "
    assert find(added + TEXT, select(TEXT, span)) == span.moved(len(added))


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace("–", "-"),
        lambda t: t.replace("’", "'"),
    ],
)
def test_quotation_marks_dashes_and_no_break_spaces_may_change(change):
    changed = change(TEXT)
    assert find(changed, select(TEXT, QUOTE)) == QUOTE


def test_a_small_edit_inside_the_words_is_survived():
    changed = TEXT.replace("before spring,” chairwoman", "before the spring,” chairwoman")
    assert (
        shown(changed, find(changed, select(TEXT, QUOTE)))
        == "“We will not dredge the north channel before the spring,”"
    )


def test_other_words_in_the_same_gap_are_not_taken():
    changed = TEXT.replace(QUOTE.of(TEXT), "“Nobody here has ever asked me about any of that, thank you,”")
    other = select(TEXT, QUOTE)
    found = find(changed, other)
    assert found is None or shown(changed, found) == QUOTE.of(TEXT)


def test_nothing_is_returned_when_the_words_are_gone():
    assert find("An entirely different article about a bakery in the old town.", select(TEXT, QUOTE)) is None


def test_a_short_common_word_without_its_context_is_not_found():
    at = TEXT.index("quay")
    assert find("The quay was empty.", select(TEXT, Span(at, at + 4))) is None


def test_an_empty_span_is_nowhere():
    assert find(TEXT, select(TEXT, Span(5, 5))) is None


@given(st.text(), st.data())
def test_any_span_of_any_text_is_found_in_the_same_text_or_not_at_all(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    found = find(text, select(text, span))
    assert found is None or fold(found.of(text)) == fold(span.of(text))


@given(st.text())
def test_fold_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(), st.data())
def test_utf16_offsets_go_there_and_back(text, data):
    at = data.draw(st.integers(0, len(text)))
    assert code_point_offset(text, utf16_offset(text, at)) == at
    assert utf16_offset(text, at) == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 or any(
        0xD800 <= ord(c) < 0xE000 for c in text
    )


def test_an_emoji_counts_two_units_at_the_web_edge():
    assert utf16_offset("a😀b", 2) == 3
    assert code_point_offset("a😀b", 2) == 1


@pytest.mark.parametrize("bad", ["\x1b[31m", "\u202e", "\x00", "\u2066", "\x9b", "a\nb", "\ud800", "\u200f", "\u2028"])
def test_nothing_that_could_steer_a_terminal_is_visible_as_itself(bad):
    out = visible(bad)
    assert out.isprintable()
    assert "\\u" in out
