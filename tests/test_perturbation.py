"""One change in one article is reported, and nothing else. A sample; `bench/perturbation.py` has all two hundred."""

import pytest

import perturbation

SAMPLE = 24
"""Changes tried here: eight of each kind."""


@pytest.fixture(scope="module")
def measured():
    return {m.name.removeprefix("perturb own: "): m for m in perturbation.perturbation(SAMPLE)}


@pytest.mark.parametrize("kind", perturbation.KINDS)
def test_changed_numbers_negations_and_speakers_are_reported(measured, kind):
    found = measured[f"{kind} changes reported"]
    assert found.value >= perturbation.ASKED[kind], found.misses


def test_no_conflict_stands_in_an_untouched_sentence(measured):
    assert measured["conflicts elsewhere"].value == 0


def test_every_change_changes_just_its_place():
    text = perturbation.ARTICLE.read_text(encoding="utf-8")
    from random import Random

    for kind in perturbation.KINDS:
        change = perturbation.changed(text, kind, Random(3))
        assert change.place.of(text) != change.now
        assert change.text == text[: change.place.start] + change.now + text[change.place.end :]
