"""How alike two stretches are."""

import pytest

from twosource.align.similarity import containment, cosine, run_length, weigh

STORY = [("bridge", "crack"), ("bridge", "mayor"), ("bridge", "diver"), ("bridge", "crack")]


def test_a_word_of_every_sentence_weighs_less_than_a_rare_one():
    weights = weigh(STORY)
    assert weights.of("diver") > weights.of("bridge") >= 1.0
    assert weights.of("unheard") > weights.of("diver")


def test_copies_and_order_do_not_change_the_weights():
    assert weigh(STORY) == weigh([*reversed(STORY), *STORY])


def test_cosine_is_one_for_the_same_and_zero_without_shared_words():
    weights = weigh(STORY)
    one, other, none = (weights.vector(k) for k in (("bridge", "crack"), ("diver",), ()))
    assert cosine(one, one) == pytest.approx(1.0)
    assert cosine(one, other) == cosine(one, none) == 0.0


def test_containment_looks_one_way():
    weights = weigh(STORY)
    short, long = weights.vector(("crack",)), weights.vector(("crack", "bridge", "diver"))
    assert containment(short, long) == 1.0
    assert 0 < containment(long, short) < 1
    assert containment(weights.vector(()), long) == 0.0


def test_the_longest_shared_run():
    assert run_length(["a", "b", "c", "d", "e"], ["x", "b", "c", "d", "y", "b"]) == 3
    assert run_length([], ["a"]) == 0
