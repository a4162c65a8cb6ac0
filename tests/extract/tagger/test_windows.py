"""An article is read in windows that hold every word once and never more pieces than asked."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twosource.article import Span
from twosource.extract.tagger.signals import FIELDS, Signals
from twosource.extract.tagger.windows import batch_of, windows
from twosource.extract.tagger.wordpiece import WordPiece

WORDPIECE = WordPiece("[UNK]\n[CLS]\n[SEP]\nword\n##s")


def paragraph(widths, breaks=()):
    """A paragraph whose words have so many pieces each, its sentences starting at ``breaks``."""
    return Signals(
        spans=tuple(Span(2 * n, 2 * n + 1) for n in range(len(widths))),
        pieces=tuple((3,) * w for w in widths),
        signs=np.zeros((len(widths), FIELDS), dtype=np.int64),
        heads=np.zeros(len(widths), dtype=np.int64),
        breaks=tuple(breaks),
    )


def test_short_paragraphs_share_a_window():
    assert list(windows([paragraph([1, 1]), paragraph([1])], 10)) == [((0, 0, 2), (1, 0, 1))]


def test_a_paragraph_that_does_not_fit_starts_a_window():
    assert list(windows([paragraph([1] * 5), paragraph([1] * 5)], 10)) == [((0, 0, 5),), ((1, 0, 5),)]


def test_a_long_paragraph_is_cut_where_a_sentence_starts():
    assert list(windows([paragraph([1] * 12, breaks=(0, 5, 9))], 10)) == [((0, 0, 5),), ((0, 5, 12),)]


def test_a_long_sentence_is_cut_where_the_window_is_full():
    assert list(windows([paragraph([1] * 12, breaks=(0,))], 10)) == [((0, 0, 8),), ((0, 8, 12),)]


@given(st.lists(st.tuples(st.lists(st.integers(1, 30), max_size=40), st.sets(st.integers(0, 39))), max_size=8))
def test_windows_hold_every_word_once_and_fit(drawn):
    size = 24
    paragraphs = [paragraph(widths, sorted(b for b in breaks if b < len(widths))) for widths, breaks in drawn]
    held = list(windows(paragraphs, size))
    words = [(n, w) for window in held for n, a, b in window for w in range(a, b)]
    assert words == [(n, w) for n, p in enumerate(paragraphs) for w in range(len(p.spans))]
    for window in held:
        narrow = sum(1 + sum(min(len(p), size - 2) for p in paragraphs[n].pieces[a:b]) for n, a, b in window)
        assert 1 + narrow <= size


def test_heads_outside_the_window_are_the_word_itself():
    batch = batch_of([paragraph([1, 1, 1])], [((0, 1, 3),)], WORDPIECE)
    assert batch.head.tolist() == [[0, 1]]


def test_words_know_their_first_and_last_piece():
    batch = batch_of([paragraph([2, 1]), paragraph([3])], [((0, 0, 2), (1, 0, 1))], WORDPIECE)
    assert batch.ids.tolist() == [[1, 3, 3, 3, 2, 3, 3, 3, 2]]
    assert batch.first.tolist() == [[1, 3, 5]]
    assert batch.last.tolist() == [[2, 3, 7]]
    assert batch.lengths.tolist() == [3]
