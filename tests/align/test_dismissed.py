"""What a person judged to be no conflict is none, and the figures between which it was oppose each other no more."""

import pytest

from tests.stories import story_reports
from twosource.judgements import Judgements
from twosource.pipeline import account


@pytest.fixture(scope="module")
def told():
    return account(story_reports())


def judged(conflict, *, turned=False):
    left, right = ((side.article, *side.span) for side in (conflict.left, conflict.right))
    return Judgements(no_conflicts=((right, left) if turned else (left, right),))


@pytest.mark.parametrize("turned", [False, True])
def test_a_conflict_judged_to_be_none_goes_and_all_others_stay(told, turned):
    for conflict in told.conflicts:
        again = account(story_reports(), judged=judged(conflict, turned=turned))
        assert [c.id for c in again.conflicts] == [c.id for c in told.conflicts if c.id != conflict.id]


def test_its_figures_count_different_things_then(told):
    conflict = next(c for c in told.conflicts if c.kind == "number")
    against = [f.id for f in told.figures if f.agreement == "conflict"]
    again = account(story_reports(), judged=judged(conflict))
    now = {f.id: f.agreement for f in again.figures}
    assert "different_scope" in {now[f] for f in against}
    others = {f.id: f.agreement for f in told.figures if f.id not in against}
    assert {f: now[f] for f in others} == others


def test_a_judgement_of_which_one_place_is_elsewhere_changes_nothing(told):
    ((left, (article, _, end)),) = judged(told.conflicts[0]).no_conflicts
    elsewhere = Judgements(no_conflicts=((left, (article, end + 10_000, end + 10_001)),))
    assert account(story_reports(), judged=elsewhere) == told
