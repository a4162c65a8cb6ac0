"""Reversals: what one report affirms and another one denies, in words of their own."""

import pytest

from twosource.align.reversals import reversals

from .reports import report, said

DAY = "2025-03-06"
DENIED = "Rats in town\nThe grey rubbish was not collected from Elm Row, where the bins stand open."


def found(*texts, days=(DAY, DAY)):
    reports = [report(key, text, published=day) for key, text, day in zip("ab", texts, days, strict=True)]
    return [(c.kind, c.certainty) for c in reversals(reports)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DENIED, "Bins\nOn Elm Row, neighbours said. Grey rubbish was collected from Elm Row as on every day."),
        (
            "Strike\nThe dock workers have accepted the pay offer of the port.",
            "No end\nWorkers at the dock have rejected the pay offer the port made.",
        ),
    ],
)
def test_the_reverse_in_other_words_is_a_possible_conflict(one, other):
    assert found(one, other) == [("polarity", "possible")]


@pytest.mark.parametrize(
    "other",
    [
        "Bins\nGrey rubbish was not collected from Elm Row by anybody.",
        "Bins\nGrey rubbish may be collected from Elm Row.",
        "Bins\nIf grey rubbish was collected from Elm Row, nobody saw it.",
        "Bins\nGrey rubbish was not yet collected from Elm Row.",
        "Bins\nGrey rubbish was collected from Ash Lane, the mayor said.",
        "Bins\nTaxes are collected in the town hall of the borough.",
    ],
)
def test_what_is_open_agreed_or_of_something_else_is_none(other):
    assert found(DENIED, other) == []


def test_a_report_that_tells_both_is_no_party():
    both = "Bins\nGrey rubbish was collected from Elm Row. Grey rubbish was not collected from Elm Row."
    assert found(DENIED, both) == []


def test_between_two_days_things_change():
    later = "Bins\nGrey rubbish was collected from Elm Row."
    assert found(DENIED, later, days=(DAY, "2025-03-07")) == []


@pytest.mark.parametrize(("speaker", "kinds"), [("Ida Moss", []), ("Ana Mora", ["polarity"])])
def test_two_speakers_who_oppose_each_other_are_no_conflict(speaker, kinds):
    yes, no = "The gate was locked on Sunday", "The gate was not locked on Sunday"
    one = report("a", f"Gate\n{yes}, Ana Mora said.", said(f"Gate\n{yes}, Ana Mora said.", yes, mode="indirect"))
    text = f"Gate\n{no}, {speaker} said."
    other = report("b", text, said(text, no, speaker, mode="indirect"))
    assert [c.kind for c in reversals([one, other])] == kinds
