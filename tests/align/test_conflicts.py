"""Conflicts between reports."""

import pytest

from tests.written import place
from twosource.align.conflicts import find_conflicts
from twosource.align.figures import align_figures
from twosource.align.statements import align_statements
from twosource.facts import TimeExpression

from .reports import counted, people, report, said, traced

LEAD = (
    "Ferry runs aground off Port Sund\n"
    "A ferry with 214 people on board ran aground near the lighthouse on Friday, the coast guard said."
)
MORE = (
    "\nThe captain has not been charged with any offence so far. "
    "Two tugs from the naval base pulled the ship free at noon."
)
TEXT = LEAD + MORE


def conflicts(*reports):
    statements = align_statements(reports, people(*reports), traced(*reports))
    return find_conflicts(reports, statements, align_figures(reports, traced(*reports)))


def shown(found, *reports):
    texts = {r.id: r.article.text for r in reports}
    return [(c.kind, c.left.span.of(texts[c.left.article]), c.right.span.of(texts[c.right.article])) for c in found]


def edited(old, new, *facts, **more):
    """What conflicts between the text and itself with one stretch changed."""
    one, other = report("a", TEXT, **more), report("b", TEXT.replace(old, new), *facts, **more)
    return shown(conflicts(one, other), one, other)


def test_a_text_does_not_conflict_with_itself():
    assert edited("Friday", "Friday") == []


@pytest.mark.parametrize("number", ["241", "21", "2,140"])
def test_a_changed_number_is_all_that_is_reported(number):
    assert edited("214", number) == [("number", "214", number)]


def test_a_changed_figure_is_shown_once():
    other = TEXT.replace("214", "241")
    one = report("a", TEXT, counted(TEXT, "214", 214, subject="people"))
    two = report("b", other, counted(other, "241", 241, subject="people"))
    assert shown(conflicts(one, two), one, two) == [("number", "214", "241")]


def test_a_lost_not_is_a_conflict_of_polarity():
    ((kind, left, right),) = edited("has not been", "has been")
    assert kind == "polarity"
    assert "not" in left.split()
    assert "not" not in right.split()


def test_an_opposite_is_a_conflict_of_polarity():
    assert [c[0] for c in edited("free at noon", "free after noon")] == []
    assert [c[0] for c in edited("pulled the ship free at noon", "pulled the ship free before noon")] == []
    one = report("a", TEXT + "\nShares of the ferry line rose by a tenth after the accident.")
    other = report("b", TEXT + "\nShares of the ferry line fell by a tenth after the accident.")
    assert [c.kind for c in conflicts(one, other)] == ["polarity"]


def test_another_day_is_a_conflict_of_time():
    assert edited("Friday", "Thursday") == [("time", "Friday", "Thursday")]


def test_two_names_of_one_day_are_no_conflict():
    other = TEXT.replace("Friday", "yesterday")
    day = {"type": "DATE", "value": "2024-03-01", "start": "2024-03-01", "end": "2024-03-01"}
    one = report("a", TEXT, TimeExpression(span=place(TEXT, "Friday"), **day))
    two = report("b", other, TimeExpression(span=place(other, "yesterday"), **day))
    assert conflicts(one, two) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aground near", "ashore near"),
        ("Port Sund", "Port Sundt"),
        ("the coast guard said", "coast guards said"),
        ("pulled", "have pulled"),
    ],
)
def test_other_wording_is_no_conflict(old, new):
    assert edited(old, new) == []


def test_a_sentence_about_someone_else_on_the_same_model_is_no_conflict():
    one = report("a", "Results\nAna Mora of Port Sund, 34, won the first stage of the race by two minutes.")
    other = report("b", "Results\nIda Berg of Kolsund, 29, won the first stage of the race by two minutes.")
    assert conflicts(one, other) == ()


def test_what_both_reports_tell_is_no_conflict():
    both = TEXT + "\nA ferry with 241 people on board ran aground near the lighthouse on Friday, the coast guard said."
    assert conflicts(report("a", TEXT), report("b", both)) == ()


def test_nothing_inside_one_report_is_a_conflict():
    both = TEXT + "\nA ferry with 241 people on board ran aground near the lighthouse on Friday, the coast guard said."
    assert conflicts(report("a", both)) == ()


def test_the_same_words_of_another_speaker_are_a_conflict_of_attribution():
    text = "Head\n“Nobody checked the hull before it left the yard,” {} told reporters."
    reports = []
    for key, name in (("a", "Ana Mora"), ("b", "Bo Lind")):
        told = text.format(name)
        quote = "“Nobody checked the hull before it left the yard,”"
        reports.append(report(key, told, said(told, quote, speaker=name, source=name, cue="told")))
    assert shown(conflicts(*reports), *reports) == [("attribution", "Ana Mora told", "Bo Lind told")]


def test_two_speakers_who_oppose_each_other_are_no_conflict():
    first = "Head\n“The hull was checked twice before it left the yard,” Ana Mora said."
    second = "Head\n“The hull was not checked before it left the yard,” Bo Lind said."
    one = report("a", first, said(first, "“The hull was checked twice before it left the yard,”"))
    other = report("b", second, said(second, "“The hull was not checked before it left the yard,”", speaker="Bo Lind"))
    assert conflicts(one, other) == ()


def test_a_firmer_telling_is_a_conflict_of_strength():
    first = "Head\nMora said the line might sell the ferry to a yard in the south."
    second = "Head\nThe line will have to sell the ferry to a yard in the south, Mora said."
    one = report("a", first, said(first, "the line might sell the ferry to a yard in the south", mode="indirect"))
    other = report(
        "b", second, said(second, "The line will have to sell the ferry to a yard in the south", mode="indirect")
    )
    ((kind, left, right),) = shown(conflicts(one, other), one, other)
    assert kind == "strength"
    assert "might" in left
    assert "have to" in right


def test_the_same_strength_in_other_words_is_no_conflict():
    first = "Head\nMora said the line might sell the ferry to a yard in the south."
    second = "Head\nThe line could sell the ferry to a yard in the south, Mora said."
    one = report("a", first, said(first, "the line might sell the ferry to a yard in the south", mode="indirect"))
    other = report("b", second, said(second, "The line could sell the ferry to a yard in the south", mode="indirect"))
    assert conflicts(one, other) == ()


@pytest.mark.parametrize(("cue", "kinds"), [("denied", []), ("claimed", ["polarity"])])
def test_denying_the_opposite_is_agreement(cue, kinds):
    a = f"Dam in doubt\nAna Mora {cue} that the old dam had failed its inspection in spring. She left at once."
    b = "Mayor speaks\nThe dam had passed its inspection in spring, the old dam, Ana Mora said; nobody asked her more."
    b = b.replace(
        "The dam had passed its inspection in spring, the old dam", "The old dam had passed its inspection in spring"
    )
    one = report(
        "a", a, said(a, "the old dam had failed its inspection in spring", source="Ana Mora", cue=cue, mode="indirect")
    )
    two = report(
        "b",
        b,
        said(b, "The old dam had passed its inspection in spring", source="Ana Mora", cue="said", mode="indirect"),
    )
    assert [c.kind for c in conflicts(one, two)] == kinds


def test_the_same_words_denied_and_affirmed_conflict():
    a = "Dam in doubt\nAna Mora denied that the old dam had failed its inspection in spring."
    b = "Mayor speaks\nThe old dam had failed its inspection in spring, Ana Mora said."
    one = report("a", a, said(a, "the old dam had failed its inspection in spring", cue="denied", mode="indirect"))
    two = report("b", b, said(b, "The old dam had failed its inspection in spring", cue="said", mode="indirect"))
    assert [c.kind for c in conflicts(one, two)] == ["polarity"]


def test_the_headline_does_not_hide_what_the_body_tells():
    head = "Ferry hits pier, eleven hurt\n"
    a, b = (
        f"{head}{number} people were hurt when the ferry hit the pier at Port Sund." for number in ("Eleven", "Twelve")
    )
    one = report("a", a, counted(a, "eleven", 11), counted(a, "Eleven", 11, subject="people"))
    two = report("b", b, counted(b, "eleven", 11), counted(b, "Twelve", 12, subject="people"))
    assert shown(conflicts(one, two), one, two) == [("number", "Eleven", "Twelve")]
    (line,) = align_figures((one, two), traced(one, two))
    assert line.agreement == "conflict"
    assert line.features["headline_left_aside"] == "eleven"


def test_counts_of_people_at_one_place_conflict():
    a = "Pier breaks\nHe put the number of people on the pier at about 80, after asking the guard."
    b = "Guests fall into sea\nNearly 120 guests were on the pier, police said."
    first, later = ({"published": f"2024-03-0{day}"} for day in (1, 2))
    one = report("a", a, counted(a, "80", 80, unit="", hedge="about"), **first)
    two = report("b", b, counted(b, "120", 120, unit="guests", subject="guests", hedge="under"), **later)
    assert shown(conflicts(one, two), one, two) == [("number", "80", "120")]


def clocks(first, second, **more):
    a = f"Leak\nThe alarm was raised shortly after {first}, when the shift had begun."
    b = f"Gas\nBefore the alarm was raised, at about {second}, two men fell in the hall."
    day = "2024-03-01"
    times = [
        (first, more.get("one", "T21:00")),
        (second, more.get("other", "T22:30")),
    ]
    (x, v), (y, w) = times
    one = report("a", a, TimeExpression(span=place(a, x), type="TIME", value=day + v, start=day, end=day))
    two = report("b", b, TimeExpression(span=place(b, y), type="TIME", value=day + w, start=day, end=day))
    found = conflicts(one, two)
    return [(c.certainty, *side) for c, side in zip(found, shown(found, one, two), strict=True)]


def test_two_hours_of_one_thing_may_conflict():
    assert clocks("9 pm on Friday", "half past ten") == [("possible", "time", "9 pm on Friday", "half past ten")]


def test_near_hours_named_zones_and_half_days_do_not_conflict():
    assert clocks("9 pm", "9.20 pm", other="T21:20") == []
    assert clocks("9 pm GMT", "half past ten") == []
    assert clocks("9 pm", "nine", other="T09:00") == []


def test_ids_do_not_depend_on_order():
    one, other = report("a", TEXT), report("b", TEXT.replace("214", "241"))
    assert {c.id for c in conflicts(one, other)} == {c.id for c in conflicts(other, one)}


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800 \x00", "a " * 3000, "5 5 5 5 5 5 5 5 5", "not " * 50])
def test_any_text_can_be_compared(text):
    assert isinstance(conflicts(report("a", text), report("b", "x " + text)), tuple)
