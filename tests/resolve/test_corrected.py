"""Reports as people have corrected them."""

from tests.made import made_report
from twosource.judgements import Judgements
from twosource.resolve.corrected import RULE, corrected


def test_a_quotation_is_given_to_the_person_named():
    report = made_report()
    quotation = report.quotations[0]
    other = next(p for p in report.people if p.id != quotation.speaker)
    judged = Judgements(speakers={(report.id, quotation.id): other.name.upper()})
    mended = corrected(report, judged).quotations[0]
    assert (mended.speaker, mended.rule) == (other.id, RULE)
    assert mended.content == quotation.content


def test_a_name_that_the_report_does_not_know_becomes_a_person_of_it():
    report = made_report()
    quotation = report.quotations[0]
    mended = corrected(report, Judgements(speakers={(report.id, quotation.id): "Otto Neumann"}))
    assert mended.person(mended.quotations[0].speaker).name == "Otto Neumann"
    assert len(mended.people) == len(report.people) + 1


def test_an_empty_name_says_that_the_text_gives_nobody():
    report = made_report()
    mended = corrected(report, Judgements(speakers={(report.id, report.quotations[0].id): ""}))
    assert mended.quotations[0].speaker is None
    assert mended.people == report.people


def test_judgements_on_other_articles_and_lost_quotations_leave_the_report_as_it_is():
    report = made_report()
    judged = Judgements(speakers={("elsewhere", report.quotations[0].id): "X Y", (report.id, "q-gone"): "X Y"})
    assert corrected(report, judged) is report
