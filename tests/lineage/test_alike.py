"""Sentences told alike: what is left of a copy when every few words were changed."""

from tests.growth import grows_linearly
from tests.lineage.reports import OWN, WIRE, report
from twosource.lineage.alike import Alike, find_alike, part
from twosource.lineage.told import told_words


def alike(left, right):
    return find_alike(told_words(report("a", left)).sentences, told_words(report("b", right)).sentences)


def test_a_text_is_like_itself_and_not_like_another():
    assert alike(WIRE, WIRE).share == 1
    assert alike(WIRE, OWN) == Alike() or alike(WIRE, OWN).share < 0.2
    assert alike("", WIRE) == Alike()


def test_every_third_word_changed_leaves_sentences_alike():
    lines = [line.split(" ") for line in WIRE.split("\n")]
    changed = "\n".join(" ".join("indeed" if n % 3 == 2 else w for n, w in enumerate(line)) for line in lines)
    assert 0.5 < alike(WIRE, changed).share < 0.9


def test_the_places_are_those_of_the_sentences():
    told = told_words(report("a", WIRE))
    found = find_alike(told.sentences, told.sentences)
    for (first, last), (other, _) in found.sentences:
        assert first == other
        shown = told.place(first, last).of(WIRE)
        assert shown[0].isupper()
        assert WIRE[WIRE.index(shown) + len(shown)] in ".\n"


def test_text_without_stops_is_cut_and_costs_no_more():
    def work(size):
        words = [(f"word{n % 997}", False) for n in range(size)]
        return find_alike(part(words), part(words[::-1]))

    assert grows_linearly(work, 2000, 16_000)
