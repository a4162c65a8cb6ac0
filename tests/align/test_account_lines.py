"""What one report alone tells, the timeline, and whether the inputs tell one event."""

from tests.written import place
from twosource.align.event import common_event
from twosource.align.figures import align_figures
from twosource.align.only import find_only
from twosource.align.statements import align_statements
from twosource.align.timeline import timeline
from twosource.facts import TimeExpression

from .reports import counted, people, report, said, traced

A = """Ferry runs aground off Port Sund
A ferry ran aground near the Port Sund lighthouse on Friday, the coast guard said.
“We felt a blow and the lamps went out,” passenger Ana Mora said.
The ship carries cargo worth 3,450 dollars.
Gulls circled over the wreck while villagers brought blankets and soup to the shore.
"""
B = """Ferry aground at Port Sund
The coast guard said that a ferry had run aground by the lighthouse of Port Sund.
There were lamps that went out and a blow that everyone felt.
"""
C = """Council votes on school meals
Pupils in Eastham will get free lunches from autumn after a vote of the town council on Monday.
The scheme costs 2 million pounds a year, and teachers welcomed the vote.
"""


def test_what_one_report_alone_tells_is_ranked_and_what_both_tell_is_not_there():
    one = report("a", A, said(A, "“We felt a blow and the lamps went out,”"), counted(A, "3,450 dollars", 3450, "USD"))
    other = report("b", B)
    statements = align_statements((one, other), people(one, other), traced(one, other))
    found = find_only((one, other), statements, align_figures((one, other), traced(one, other)))
    assert {(o.article, o.what, o.span.of(A)) for o in found} == {
        ("a", "figure", "3,450 dollars"),
        ("a", "passage", "Gulls circled over the wreck while villagers brought blankets and soup to the shore."),
    }


def test_a_statement_of_one_report_is_listed_as_statement():
    one, other = report("a", A, said(A, "“We felt a blow and the lamps went out,”")), report("c", C)
    statements = align_statements((one, other), people(one, other), traced(one, other))
    found = find_only((one, other), statements, ())
    assert ("statement", "“We felt a blow and the lamps went out,”") in [
        (o.what, o.span.of(A)) for o in found if o.article == "a"
    ]


def test_furniture_and_the_rest_of_a_shared_sentence_are_no_passages():
    extra = (
        "Posted by admin under Harbour, Shipping, Weather, Rescue\n"
        "“The lamps went out and we felt a blow,” Ana Mora told the harbour radio of Westham on Saturday morning.\n"
    )
    text = A + extra
    one = report("a", text, said(text, "“The lamps went out and we felt a blow,”", source="Ana Mora", cue="told"))
    other = report("b", B + A, said(B + A, "“We felt a blow and the lamps went out,”"))
    statements = align_statements((one, other), people(one, other), traced(one, other))
    assert {o.span.of(text) for o in find_only((one, other), statements, ()) if o.article == "a"} == set()


def test_one_report_alone_tells_nothing_alone():
    assert find_only((report("a", A),), (), ()) == ()


def time(text, words, start, end=None, kind="DATE"):
    return TimeExpression(span=place(text, words), type=kind, value=start, start=start, end=end or start)


def test_the_timeline_is_in_order_of_time_and_without_durations():
    one = report("a", A, time(A, "Friday", "2024-03-01"), time(A, "worth", "2024-02-01", kind="DURATION"))
    other = report("c", C, time(C, "Monday", "2024-02-26"), time(C, "autumn", "2024-09-01", "2024-11-30"))
    assert [(p.start, p.article) for p in timeline((one, other))] == [
        ("2024-02-26", "c"),
        ("2024-03-01", "a"),
        ("2024-09-01", "c"),
    ]


def test_a_date_is_one_point_for_each_report():
    text = "Friday\nFriday it was, on Friday."
    times = [
        TimeExpression(
            span=place(text, "Friday", n), type="DATE", value="2024-03-01", start="2024-03-01", end="2024-03-01"
        )
        for n in range(3)
    ]
    assert [p.span for p in timeline((report("a", text, *times),))] == [(0, 6)]


def test_reports_of_one_event_get_no_note():
    assert common_event((report("a", A), report("b", B))) == ()
    assert common_event((report("a", A),)) == ()
    assert common_event(()) == ()


def test_two_events_are_named_with_their_terms():
    notes = common_event((report("a", A), report("c", C)))
    assert [n.code for n in notes] == ["no_common_event", "event_group", "event_group"]
    assert "Shared" in notes[0].message
    assert "lunches" in notes[0].message or "council" in notes[0].message
    assert notes[1].message.endswith("a")
    assert notes[2].message.endswith("c")


def test_one_stranger_among_several_is_named():
    notes = common_event((report("a", A), report("c", C), report("b", B)))
    assert [(n.code, n.article) for n in notes] == [("other_event", "c"), ("event_group", None), ("event_group", None)]


def test_months_apart_more_must_be_shared():
    other = B.replace("ferry", "barge").replace("Ferry", "Barge").replace("lamps", "doors")
    near = common_event((report("a", A, published="2024-03-01"), report("b", other, published="2024-03-02")))
    far = common_event((report("a", A, published="2024-03-01"), report("b", other, published="2025-03-02")))
    assert near == ()
    assert far == () or far[0].code == "no_common_event"


def test_an_empty_report_is_named_and_belongs_to_no_event():
    notes = common_event((report("a", ""), report("b", A), report("c", B)))
    assert [(note.code, note.article) for note in notes] == [("empty", "a")]
    assert find_only((report("a", ""), report("b", "")), (), ()) == ()
    assert find_only((report("a", ""), report("b", A)), (), ()) == ()


def test_a_few_shared_words_without_a_shared_name_are_another_event():
    strike = (
        "Crews vote to strike\nFerry crews of {} voted on Friday to go on, while bakers, nurses and teachers marched "
        "through town for better wages."
    )
    known = [report(key, A) for key in "ab"]
    assert ("other_event", "x") in [
        (n.code, n.article) for n in common_event([*known, report("x", strike.format("Landor"))])
    ]
    assert common_event([*known, report("x", strike.format("Port Sund"))]) == ()


def test_a_report_dated_far_from_all_others_is_named():
    reports = [
        report(key, A, published=day) for key, day in (("a", "2024-03-01"), ("b", "2024-03-02"), ("c", "2031-01-01"))
    ]
    assert [(n.code, n.article) for n in common_event(reports)] == [("dated_apart", "c")]
    assert common_event([*reports[:2], report("d", A, published="31 February")]) == ()


def test_beside_a_report_received_in_part_nothing_is_told_alone():
    from dataclasses import replace

    from twosource.facts import Note

    one, two = report("a", A), report("b", B)
    assert find_only((one, two), (), ())
    assert find_only((one, replace(two, notes=(Note("partial", "cut off"),))), (), ()) == ()


def test_of_two_lines_that_on_which_more_builds_comes_first():
    text = """Dam report
The Altmark valve froze before the Rehberg gauge did.
Marmalade sandwiches filled seventeen picnic hampers yesterday.
Engineers knew that the Altmark valve froze, and the Rehberg gauge was old.
The Rehberg gauge and the Altmark valve were to be replaced.
"""
    found = find_only((report("a", text), report("b", C)), (), ())
    shown = [one.span.of(text).split()[0] for one in found if one.article == "a"]
    assert shown.index("The") < shown.index("Marmalade")
