"""Castings: one part in the event that two reports give to people of two names."""

from dataclasses import replace

import pytest

from tests.written import place
from twosource.align.castings import castings
from twosource.facts import Person

from .reports import report

TEXT = "Bank robbed\nCashier {name} pressed the alarm under the counter. The robber ran to the station.{more}"


def cast(key, name, more="", role="Cashier", text=TEXT):
    text = text.format(name=name, more=more)
    person = Person(id="p", name=name, kind="person", roles=(role,), mentions=(place(text, name),))
    return replace(report(key, text), people=(person,))


def found(*reports):
    return [(c.kind, c.certainty) for c in castings(reports)]


def test_two_names_in_one_role_and_like_sentences_are_a_possible_conflict():
    assert found(cast("a", "Lotte Winge"), cast("b", "Bodil Stamm")) == [("attribution", "possible")]


@pytest.mark.parametrize(
    "other",
    [
        cast("b", "Bodil Stamm", more=" Her colleague Lotte Winge was at lunch."),
        cast("b", "Anna Winge"),
        cast("b", "Bodil Stamm", role="Guard"),
        cast("b", "Bodil Stamm", text="Bank robbed\nCashier {name} was on holiday in the south of the island.{more}"),
    ],
)
def test_two_people_one_name_another_role_or_another_matter_are_none(other):
    assert found(cast("a", "Lotte Winge"), other) == []
