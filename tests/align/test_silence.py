"""Silences: what somebody would not tell in one report and tells in another."""

from dataclasses import replace

import pytest

from twosource.align.conflicts import find_conflicts
from twosource.align.statements import align_statements
from twosource.article import Span

from .reports import people, report, said, traced

SILENT = "Port shut\nAna Mora closed the port but gave no reason for the closed port."
REASON = "Port shut\nAna Mora said the port was closed because of a faulty crane."


def reasons(*reports):
    statements = align_statements(reports, people(*reports), traced(*reports))
    return [(c.kind, c.certainty, c.why) for c in find_conflicts(reports, statements, ())]


def silent(text=SILENT, **more):
    """A report that names Ana Mora and has no word of hers."""
    known = report("a", text, said(text, "Ana Mora"), **more)
    at = text.index("Ana Mora")
    (ana,) = known.people
    return replace(known, quotations=(), people=(replace(ana, mentions=(Span(at, at + 8),)),))


def telling(words, text=REASON, **more):
    return report("b", text, said(text, words, source="Ana Mora", cue="said", mode="indirect"), **more)


def test_a_reason_that_another_report_has_is_a_possible_conflict():
    found = reasons(silent(), telling("the port was closed because of a faulty crane"))
    assert found == [("polarity", "possible", "Ana Mora gave no reason in one, but tells it in the other")]


def test_words_without_a_reason_break_no_silence():
    text = "Port shut\nAna Mora said the port was closed until Friday at noon."
    assert reasons(silent(), telling("the port was closed until Friday at noon", text)) == []


def test_a_reason_given_on_a_later_day_is_news():
    found = reasons(
        silent(published="2025-03-01"), telling("the port was closed because of a faulty crane", published="2025-03-04")
    )
    assert found == []


def test_a_later_report_of_what_was_said_at_the_time_is_a_conflict():
    text = "Port shut\nAna Mora said at the time the port was closed because of a faulty crane."
    words = "the port was closed because of a faulty crane"
    assert reasons(silent(published="2025-03-01"), telling(words, text, published="2025-03-04")) != []


@pytest.mark.parametrize("phrase", ["declined to say whether", "wouldn't say if", "did not say whether"])
def test_an_answer_to_a_question_left_open_is_a_possible_conflict(phrase):
    text = f"Port shut\nAna Mora {phrase} the timber port would open before winter."
    answer = "Port shut\nAna Mora said the timber port would open before winter."
    assert len(reasons(silent(text), telling("the timber port would open before winter", answer))) == 1


def test_two_reports_that_leave_it_open_agree():
    one = "Port shut\nAna Mora declined to say whether the timber port would open before winter."
    two = "Port shut\nAna Mora did not say whether the timber port would open before winter."
    asked = said(two, "whether the timber port would open before winter", source="Ana Mora", mode="indirect")
    other = report("b", two, asked)
    assert reasons(silent(one), other) == []


def test_another_persons_reason_breaks_no_silence():
    text = "Port shut\nBo Lind said the port was closed because of a faulty crane."
    words = "the port was closed because of a faulty crane"
    other = report("b", text, said(text, words, speaker="Bo Lind", source="Bo Lind", cue="said", mode="indirect"))
    assert reasons(silent(), other) == []
