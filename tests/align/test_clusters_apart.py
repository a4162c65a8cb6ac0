"""A pair that is kept apart is never drawn together by a third."""

from twosource.align.clusters import cluster

LINKS = {(0, 1): 2.0, (1, 2): 1.5, (0, 2): -1.0}


def test_a_third_telling_draws_two_together_where_nothing_keeps_them_apart():
    assert cluster(3, LINKS, lambda *_: -3.0) == [[0, 1, 2]]


def test_an_unlike_pair_never_stands_in_one_group():
    assert cluster(3, LINKS, lambda *_: -3.0, unlike=lambda *pair: pair[2] < -0.5) == [[0, 1], [2]]
