"""Words are cut into the pieces of the encoder's vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.extract.tagger.wordpiece import MAX_LETTERS, WordPiece

PIECES = ["[UNK]", "[CLS]", "[SEP]", "the", "mill", "##er", "##s", "said", "-", "'", "“", "cafe", "北", "re"]
WORDPIECE = WordPiece("\n".join(PIECES))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("The", ["the"]),
        ("millers", ["mill", "##er", "##s"]),
        ("Café", ["cafe"]),
        ("re-said", ["re", "-", "said"]),
        ("mill's", ["mill", "'", "[UNK]"]),
        ("“the", ["“", "the"]),
        ("北mill", ["北", "mill"]),
        ("millworks", ["[UNK]"]),
        ("the\u200bmill", ["the", "mill"]),
        ("", ["[UNK]"]),
        ("a" * (MAX_LETTERS + 1), ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_known_pieces(word, pieces):
    assert [PIECES[i] for i in WORDPIECE.pieces(word)] == pieces


@given(st.text())
def test_every_word_has_a_piece(word):
    assert WORDPIECE.pieces(word)
    assert WORDPIECE.pieces(word) == WORDPIECE.pieces(word)
