"""Spans, blocks and ids."""

import pytest

from twosource.article import Article, Block, Span, hull, stable_id


def test_a_span_is_half_open():
    assert Span(1, 3).of("abcd") == "bc"
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert Span(0, 2).overlaps(Span(1, 4))
    assert Span(0, 4).covers(Span(0, 4))
    assert not Span(1, 4).covers(Span(0, 4))


@pytest.mark.parametrize(("text", "trimmed"), [("  ab ", (2, 4)), ("ab", (0, 2)), ("   ", (3, 3)), ("", (0, 0))])
def test_trimming_drops_white_space_at_the_edges(text, trimmed):
    assert Span(0, len(text)).trimmed(text) == trimmed


def test_hull_covers_all():
    assert hull((Span(5, 7), Span(1, 2))) == (1, 7)


def test_ids_depend_on_the_parts_alone_and_tell_them_apart():
    assert stable_id("q", "x", Span(1, 2)) == stable_id("q", "x", Span(1, 2))
    assert stable_id("q", "ab", "c") != stable_id("q", "a", "bc")
    assert stable_id("q", 1).startswith("q-")


def test_the_digest_takes_any_text():
    assert len(Article(id="a", text="\ud800").sha256) == 64
    assert Article(id="a", text="x").sha256 == Article(id="b", text="x").sha256


def test_a_block_knows_its_span():
    assert Block("body", 3, 9).span == (3, 9)
