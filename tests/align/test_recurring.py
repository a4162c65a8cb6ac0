"""Of very many quotations those are read that recur at another time."""

import random

from tests.growth import grows_linearly
from twosource.align.recurring import recurring

ENDS = ("rk", "st", "ll")
WORDS = [a + b + c for a in ("bri", "tol", "har", "kel", "dun") for b in ("da", "ve", "ni", "lo") for c in ENDS]


def noise(count):
    r = random.Random(4)
    return [(20_000 + i, " ".join(r.choices(WORDS, k=12))) for i in range(count)]


def test_few_are_all_read():
    assert recurring(noise(5), 10) == [0, 1, 2, 3, 4]


def test_what_recurs_at_another_time_is_among_those_read():
    told = noise(2_000)
    told[100] = (20_100, "the mayor will never sell the lighthouse keeper's cottage")
    told[1_900] = (21_900, "she will sell the lighthouse keeper's cottage to a brewery")
    assert {100, 1_900} <= set(recurring(told, 60))


def test_copies_take_no_place_of_others():
    told = [(20_000 + i, "the mayor will never sell the lighthouse") for i in range(50)]
    told += [(20_400, "she will sell the lighthouse after all"), (20_100, "the ferry is late")]
    assert len(recurring(told, 5)) == 2


def test_the_work_grows_with_the_quotations():
    assert grows_linearly(lambda n: recurring(noise(n), 50), 400, 4_000)
