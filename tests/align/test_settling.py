"""What would settle a conflict is taken from the reports, or not given."""

from twosource.align.conflicts import find_conflicts
from twosource.align.statements import align_statements

from .reports import people, report, said, traced


def settle(*reports):
    statements = align_statements(reports, people(*reports), traced(*reports))
    return [c.settle for c in find_conflicts(reports, statements, ())]


def told(key, words, *more, cue="said", **given):
    text = f"Port talks drag on\nAna Mora {cue} {words}." + "".join(f"\n{m} Ana Mora said." for m in more)
    direct = [said(text, m, source="Ana Mora", cue="said") for m in more]
    return report(key, text, said(text, words, source="Ana Mora", cue=cue, mode="indirect"), *direct, **given)


def test_the_quotation_settles_what_was_only_paraphrased():
    one = told("a", "she did not rule out a sale of the ferry port")
    two = told("b", "she planned a sale of the ferry port", "“I will look at a sale of the ferry port,”")
    assert settle(one, two) == ["the words themselves: “I will look at a sale of the ferry port,”"]


def test_the_source_that_both_name_can_be_asked():
    one, two = (
        told("a", "she did not rule out a sale of the ferry port"),
        told("b", "she planned a sale of the ferry port"),
    )
    assert settle(one, two) == ["Ana Mora, the source of both"]


def test_nothing_is_made_up_where_the_reports_are_silent():
    text = "Port talks drag on\nA ferry with {} people on board ran aground near the lighthouse."
    assert settle(report("a", text.format(214)), report("b", text.format(241))) == [None]


def test_of_two_days_the_later_report_is_named():
    text = "Port talks drag on\nA ferry with {} people on board ran aground near the lighthouse."
    one = report("a", text.format(214), published="2025-03-01")
    two = report("b", text.format(241), published="2025-03-02T08:00:00Z")
    assert settle(one, two) == ["the later report is of 2025-03-02"]
