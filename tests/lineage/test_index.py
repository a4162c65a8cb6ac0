"""The index: passages that two texts share lead to each other, phrases that an outlet repeats lead nowhere."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_linearly
from tests.lineage.reports import OWN, PRESS, WIRE
from twosource.lineage.corpus import LEAST, SHINGLE, WINDOW, reuse_pairs
from twosource.lineage.index import Index, fingerprints

WORDS = [f"word{n}" for n in range(4000)]


def salad(seed, length=120):
    return random.Random(seed).choices(WORDS, k=length)


def pairs(texts, outlets=()):
    return {(r.left, r.right): r for r in reuse_pairs(texts, outlets)}


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 6), st.integers(1, 9))
def test_texts_with_a_passage_of_shingle_and_window_in_common_share_a_fingerprint(seed, shingle, window):
    passage, known = salad(seed, shingle + window - 1), {}
    texts = [*salad(seed + 1), *passage, *salad(seed + 2)], [*salad(seed + 3), *passage, *salad(seed + 4)]
    left, right = ({value for value, _ in fingerprints(text, shingle, window, known)} for text in texts)
    assert left & right


def test_fingerprints_stand_where_they_say():
    text = salad(1)
    known = {}
    for value, at in fingerprints(text, 5, 8, known):
        assert value in {v for v, _ in fingerprints(text[at : at + 5], 5, 1, known)}


def test_small_words_are_no_fingerprint():
    assert fingerprints(["it", "was", "so", "on", "and", "of", "it", "in"], 3, 1, {}) == []


def test_pairs_are_found_with_the_places_of_their_passages():
    cut = "\n".join(WIRE.split("\n")[2:5])
    texts = [OWN, WIRE, f"Before it\n{cut}\nBehind it.", PRESS]
    found = pairs(texts)
    assert set(found) == {(1, 2)}
    reuse = found[1, 2]
    assert reuse.right_share > 0.9 > reuse.left_share
    assert reuse.words >= LEAST
    shown = [(left.of(WIRE), right.of(texts[2])) for left, right in reuse.passages]
    assert any("lowered to the ground" in left and left == right for left, right in shown)


def test_a_shared_interview_is_found_in_texts_of_their_own():
    spoken = " ".join(salad(5, 30))
    texts = [" ".join([*salad(n), spoken, *salad(n + 50)]) for n in range(4)]
    assert len(pairs(texts)) == 6


def test_every_two_of_very_many_sites_with_one_text_are_a_pair():
    texts = [f"{WIRE}\n{' '.join(salad(n, 30))}" for n in range(60)]
    assert len(pairs(texts)) == 60 * 59 // 2


def test_what_an_outlet_repeats_everywhere_makes_no_pair():
    furniture = " ".join(salad(9, 40))
    texts = [" ".join([*salad(100 + n), furniture]) for n in range(60)]
    assert len(pairs(texts)) == 60 * 59 // 2
    assert pairs(texts, ["The Lantern"] * 60) == {}
    assert len(pairs([*texts[:2], *texts[2:]], ["The Lantern"] * 30 + [""] * 30)) == 30 * 29 // 2


def test_few_texts_of_one_outlet_are_never_taken_for_its_furniture():
    assert len(pairs([WIRE] * 10, ["The Lantern"] * 10)) == 45


def test_texts_without_words_are_in_no_pair():
    assert pairs(["", " ", "...", "\ud800", "a b c"]) == {}
    assert pairs([]) == {}


def test_neighbours_among_many_holders_are_few():
    index = Index(SHINGLE, WINDOW, many=10)
    for n in range(100):
        index.add([*salad(1, 40), *salad(200 + n)])
    assert set(index.close()) == set()
    assert set(index.neighbours()) == {(n, n + 1) for n in range(99)}


def test_cost_grows_with_the_texts():
    texts = [" ".join(salad(n)) for n in range(960)]
    assert grows_linearly(lambda size: pairs(texts[:size]), 120, 960)
