# ruff: noqa: E501  # paragraphs stand on one line, as in articles
"""Lineage of whole stories: what counts as one report, why, and from whom."""

import itertools
from dataclasses import replace

import pytest

from tests.lineage.reports import OWN, PRESS, WIRE, kinds_of, report, said, without
from tests.written import place
from twosource.facts import Credit, TimeExpression
from twosource.lineage import trace

CUT = without(WIRE, 2, 5, 7)
FURNISHED = (
    "Home News Sport Weather\n"
    + without(WIRE, 0).replace("VARN (Reuters) - ", "Varn: ")
    + "Share this story\nMost read this week\nLeave a reply\nYour email address will not be published."
)
RENAMED = "Stuck for a night: drama in the Alps\n" + without(WIRE, 0).replace('"', "”")
EDITED = WIRE.replace("Thirty-eight", "Some thirty").replace("120 mountain", "90 mountain")
SHUFFLED = "\n".join([WIRE.split("\n")[0], *reversed(WIRE.split("\n")[1:-1])])


def test_copies_of_one_wire_text_count_as_one_source_whatever_was_done_to_them():
    texts = {"a": WIRE, "b": CUT, "c": FURNISHED, "d": RENAMED, "e": EDITED, "f": SHUFFLED}
    traced = trace([report(key, text) for key, text in texts.items()])
    assert traced.lineage.independent_reports == 1
    assert set(kinds_of(traced).values()) == {"copy"}
    assert len(kinds_of(traced)) == 15
    assert len({traced.origin(key) for key in texts}) == 1
    assert all(traced.same_text("a", key) for key in texts)


def test_the_agency_is_named_for_copies_that_do_not_name_it():
    traced = trace([report("a", WIRE), report("b", FURNISHED)])
    (link,) = traced.lineage.links
    assert (link.agency, link.direction) == ("Reuters", "common_source")
    (origin,) = [o for o in traced.lineage.origins if o.id == traced.origin("b")]
    assert (origin.kind, origin.name, origin.articles) == ("wire_copy", "Reuters", ("a", "b"))


def test_fifty_sites_with_one_text_are_one_report():
    traced = trace([report(f"site{i:02}", FURNISHED) for i in range(50)])
    assert (traced.lineage.reports, traced.lineage.independent_reports) == (50, 1)


def test_a_copy_inside_a_longer_text_is_a_partial_copy_and_counts_once():
    half = "\n".join(WIRE.split("\n")[1:5]).replace("VARN (Reuters) - ", "")
    traced = trace([report("a", WIRE), report("b", OWN + half)])
    assert kinds_of(traced) == {("a", "b"): "partial_copy"}
    assert traced.lineage.independent_reports == 1


def test_one_press_conference_in_separately_written_reports_is_a_link_but_not_one_report():
    traced = trace([report("a", WIRE), report("b", OWN), report("c", PRESS)])
    assert traced.lineage.independent_reports == 3
    assert set(kinds_of(traced).values()) == {"same_interview_or_briefing"}
    assert len(kinds_of(traced)) == 3
    assert not traced.same_text("a", "b")


def test_a_shared_quotation_has_one_origin_and_the_texts_keep_theirs():
    words = '"We sang until the batteries of the lamps were empty,"'
    made = [report(key, text, said(text, words)) for key, text in (("a", WIRE), ("b", OWN), ("c", PRESS))]
    traced = trace(made)
    assert len({traced.origin(r.id, r.quotations[0].id) for r in made}) == 1
    assert len({traced.origin(r.id) for r in made}) == 3
    (shared,) = [o for o in traced.lineage.origins if o.id == traced.origin("a", made[0].quotations[0].id)]
    assert (shared.kind, shared.name, shared.articles) == ("briefing", "Milo Hartl", ("a", "b", "c"))


def test_the_quotations_of_a_copied_text_keep_apart():
    sung, warned = (
        '"We sang until the batteries of the lamps were empty,"',
        "wind sensors on two pylons had given no warning",
    )
    made = [report(key, WIRE, said(WIRE, sung), said(WIRE, warned, "The operator", mode="indirect")) for key in "ab"]
    traced = trace([*made, report("c", PRESS, said(PRESS, sung))])
    singing, warning = ({traced.origin(r.id, r.quotations[i].id) for r in made} for i in (0, 1))
    assert len(singing) == len(warning) == 1
    assert singing != warning
    assert warning == {traced.origin("a")}


def test_the_order_of_reports_plays_no_part():
    reports = [report("a", WIRE), report("b", CUT), report("c", OWN), report("d", PRESS)]
    first = trace(reports)
    for order in itertools.permutations(reports):
        assert trace(order) == first


@pytest.mark.parametrize(
    "dressed",
    [
        FURNISHED.replace("Varn: ", "By Ann Lee, Staff Reporter\nVarn: "),
        FURNISHED.replace("Varn: ", "VARN (Interfax) - "),
        FURNISHED + "\nCopyright 2025 The Harrow Courier. All rights reserved.",
        FURNISHED + "\nReuters contributed to this report.",
    ],
)
def test_no_byline_or_credit_makes_a_copy_independent(dressed):
    assert trace([report("a", WIRE), report("b", dressed)]).lineage.independent_reports == 1
    assert trace([report("a", RENAMED), report("b", dressed)]).lineage.independent_reports == 1


def test_a_copy_with_the_headline_alone_is_a_copy():
    stub = WIRE.split("\n")[0] + "\nSubscribe today and read this story and all our puzzles.\n"
    traced = trace([report("a", WIRE), report("b", stub)])
    assert kinds_of(traced) == {("a", "b"): "copy"}


def test_a_lifted_sentence_is_shown_but_does_not_make_two_reports_one():
    lifted = "It carries about 900 passengers a day in the season and was due for an overhaul next spring, nobody knew when.\n"
    traced = trace([report("a", WIRE), report("b", OWN + lifted)])
    assert kinds_of(traced) == {("a", "b"): "partial_copy"}
    assert traced.lineage.independent_reports == 2


def test_a_lifted_sentence_under_one_byline_in_two_outlets_makes_them_one():
    lifted = "It carries about 900 passengers a day in the season and was due for an overhaul next spring, nobody knew when.\n"
    left = WIRE.replace("VARN (Reuters) - ", "By Tessa Lorin\n")
    assert trace([report("a", left), report("b", OWN + lifted)]).lineage.independent_reports == 1
    assert trace([report("a", left), report("b", OWN)]).lineage.independent_reports == 2


def test_a_picture_that_came_via_an_outlet_cites_nobody():
    text = "Wheels\nGrab from a video obtained via The Lantern shows the gondolas.\n" + PRESS
    assert kinds_of(trace([report("a", INTERVIEW, outlet="The Lantern"), report("b", text)])) == {}


def test_five_words_that_two_reports_single_out_as_a_quotation_have_one_source():
    left = 'Storm\nIt was, Milo Hartl said, "nobody’s idea of a holiday" up there.\nRain fell.\n'
    right = 'Rope\nHartl called the night "nobody’s idea of a holiday".\nThe wheels were old.\n'
    assert kinds_of(trace([report("a", left), report("b", right)])) == {("a", "b"): "same_press_material"}
    inside = 'Rope\n"For us up there it was really nobody’s idea of a holiday but work," Ida Moor said.\nThe wheels were old.\n'
    other = 'Storm\n"And then it became nobody’s idea of a holiday for all of them," Milo Hartl said.\nRain fell.\n'
    assert trace([report("a", inside), report("b", other)]).lineage.links == ()


def test_an_outlet_that_repeats_its_own_standing_phrase_lifts_nothing():
    phrase = "Have you seen the storm, a photo of it or a question to the rescuers, then call our desk or write.\n"
    texts = {"a": OWN + phrase, "b": PRESS + INTERVIEW + phrase}
    house = trace([report(key, text, outlet="The Lantern") for key, text in texts.items()])
    assert "partial_copy" not in kinds_of(house).values()
    assert kinds_of(trace([report(*pair) for pair in texts.items()])) == {("a", "b"): "partial_copy"}


def test_two_reports_of_different_things_have_no_link():
    other = "Bakers strike in Oster\nNo bread came out of the ovens of Oster on Monday.\nThe union wants two free weekends.\n"
    traced = trace([report("a", WIRE), report("b", other)])
    assert traced.lineage.links == ()
    assert traced.lineage.independent_reports == 2


def test_shared_names_and_titles_are_no_shared_words():
    left = 'Songs\nThe band opened with "Carry The Lamp Home To Mother Tonight" in Varn.\nRain fell later.\n'
    right = 'Review\nNobody expected "Carry The Lamp Home To Mother Tonight" so early.\nIt was loud.\n'
    assert trace([report("a", left), report("b", right)]).lineage.links == ()


# --- other outlets' reporting ---------------------------------------------------------------------------------

INTERVIEW = """Hartl: nobody told us anything
The man who sang for a night in a gondola does not want to sing about it any more.
"Nobody told us how long it would take, and the radio in the cabin had been dead since Christmas," Milo Hartl told The Lantern in his kitchen.
"If they say that the sensors gave no warning, then ask them who sold the sensors," he said.
"""
RETOLD = """Rescued man attacks cable car operator
One of the rescued has attacked the operator of the cable car in Varn.
"Nobody told us how long it would take, and the radio in the cabin had been dead since Christmas," Milo Hartl told The Lantern.
He also said that somebody should ask who sold the sensors.
"""
ECHO = """Dead radio in the gondola
The radio in one gondola had been dead since Christmas, The Lantern reported on Monday.
"If they say that the sensors gave no warning, then ask them who sold the sensors," the newspaper quoted Milo Hartl as saying.
"""


def leaning_reports():
    return [
        report("a", INTERVIEW, outlet="The Lantern"),
        report(
            "b",
            RETOLD,
            said(
                RETOLD,
                '"Nobody told us how long it would take, and the radio in the cabin had been dead since Christmas,"',
            ),
            said(RETOLD, "that somebody should ask who sold the sensors", mode="indirect"),
            outlet="Harrow Courier",
        ),
        report("c", ECHO, outlet="Coast Today"),
    ]


def test_whoever_names_the_other_outlet_as_source_cites_it():
    traced = trace(leaning_reports()[:2])
    (link,) = traced.lineage.links
    assert (link.kind, link.direction) == ("cites_other", "right_from_left")


def test_a_citation_is_shown_by_its_naming_and_not_by_words_from_elsewhere():
    words = "The wheels on the fourth pylon should have been replaced years ago"
    left = f'The manager speaks\n"{words}," Ida Moor told reporters at dawn.\n' + INTERVIEW
    right = (
        f'Old wheels\n"{words}," Ida Moor told reporters.\n'
        "In an interview with The Lantern on Monday, Milo Hartl did not rule out another night.\n"
    )
    made = [
        report("a", left, said(left, f'"{words},"', "Ida Moor"), outlet="The Lantern"),
        report("b", right, said(right, f'"{words},"', "Ida Moor"), outlet="Harrow Courier"),
    ]
    (link,) = trace(made).lineage.links
    assert link.kind == "cites_other"
    assert [p.span.of(right) for p in link.evidence] == ["In an interview with The Lantern"]


def test_an_outlet_that_somebody_was_quoted_in_is_cited():
    text = "Wheels\nIn Monday’s Lantern he was quoted as saying that the line might be sold.\n" + PRESS
    traced = trace([report("a", INTERVIEW, outlet="The Lantern"), report("b", text, outlet="Coast Today")])
    assert kinds_of(traced) == {("a", "b"): "cites_other"}


def test_reports_that_lean_on_one_outlet_count_once_with_it():
    traced = trace(leaning_reports())
    assert traced.lineage.independent_reports == 1
    assert len({traced.origin(key) for key in "abc"}) == 1


def test_reports_that_lean_on_an_outlet_outside_the_story_count_once():
    traced = trace(leaning_reports()[1:])
    assert traced.lineage.independent_reports == 1
    (origin,) = [o for o in traced.lineage.origins if o.id == traced.origin("b")]
    assert (origin.name, origin.articles) == ("The Lantern", ("b", "c"))
    assert kinds_of(traced) == {("b", "c"): "same_interview_or_briefing"}


def test_words_told_to_an_outlet_have_that_interview_as_origin():
    first = 'told the Guardian newspaper: "We will swap the old wheels for new ones," and left.'
    second = 'said in an interview with the Guardian: "We will swap the old wheels for new ones."'
    left, right = (f"Wheels\nThe manager of the line, Ida Moor, {said_so}\n{OWN}" for said_so in (first, second))
    made = [report(k, t, said(t, '"We will swap the old wheels', "Ida Moor")) for k, t in (("a", left), ("b", right))]
    made[1] = replace(
        made[1], blocks=made[0].blocks[:2], article=replace(made[1].article, text=right.split("\n" + OWN)[0])
    )
    traced = trace(made)
    (origin,) = [o for o in traced.lineage.origins if o.name == "The Guardian"]
    assert (origin.kind, origin.articles) == ("interview", ("a", "b"))
    assert traced.origin("a", made[0].quotations[0].id) == origin.id


def test_told_to_of_a_quotation_is_taken_at_its_word():
    text = "Wheels\nIda Moor has said so to the people of NDTV: the wheels stay.\n"
    quotation = said(text, "the wheels stay", "Ida Moor", told_to="NDTV", mode="indirect")
    traced = trace([report("a", text, quotation)])
    (origin,) = [o for o in traced.lineage.origins if o.id == traced.origin("a", quotation.id)]
    assert (origin.kind, origin.name) == ("interview", "NDTV")


def test_a_person_with_the_name_of_an_agency_is_no_agency():
    text = 'Mayor speaks\nMayor Ann Bloomberg was angry. "The wheels stay where they are for now," Bloomberg said.\n'
    traced = trace([report("a", text, said(text, '"The wheels stay where they are for now,"', "Ann Bloomberg"))])
    assert [o.name for o in traced.lineage.origins] == ["a.example"]


# --- releases, posts, agencies --------------------------------------------------------------------------------


def test_rewrites_of_one_release_share_press_material_and_count_once():
    release = report("r", WIRE.replace("VARN (Reuters) - ", ""), outlet="news.varn-university.edu")
    left = report("a", CUT.replace("VARN (Reuters) - ", ""))
    right = report("b", OWN + "\n".join(WIRE.split("\n")[4:7]))
    traced = trace([release, left, right])
    assert set(kinds_of(traced).values()) == {"same_press_material"}
    assert traced.lineage.independent_reports == 1
    directions = {(link.left, link.right): link.direction for link in traced.lineage.links}
    assert directions["a", "r"] == "left_from_right"


def test_a_public_post_is_press_material_also_where_no_marks_show_it():
    post = "All gondolas are empty and everybody is on the way to a warm bed. Thank you to the 120 who came."
    left = (
        f'Rescued\nThe rescue service wrote on Twitter: "{post}"\nIt was six in the morning when the lamps went out.\n'
    )
    right = f"Night over\n{post} — Rescue Varn (@rescuevarn) May 4, 2025\nThe valley has slept little.\n"
    traced = trace([report("a", left), report("b", right)])
    assert kinds_of(traced) == {("a", "b"): "same_press_material"}
    assert traced.lineage.independent_reports == 2


def test_two_texts_of_one_agency_are_one_source():
    early = "Cable car stuck\nVARN (Reuters) - A cable car stands still above Varn, with people in it, a witness said.\nMore follows.\n"
    traced = trace([report("a", early), report("b", WIRE)])
    assert traced.lineage.independent_reports == 1


def test_an_agency_that_only_helped_makes_no_two_reports_one():
    texts = OWN + "Reuters contributed to this report.\n", PRESS + "(Additional reporting by Reuters)\n"
    assert trace([report("a", texts[0]), report("b", texts[1])]).lineage.independent_reports == 2


# --- direction ------------------------------------------------------------------------------------------------

PLAIN = FURNISHED


def test_a_repost_comes_from_the_outlet_it_names():
    repost = report("b", PLAIN + "\nThis article first appeared in the Harrow Courier.\n", published="2025-05-01")
    first = report("a", PLAIN, outlet="Harrow Courier", published="2025-05-04")
    (link,) = trace([repost, first]).lineage.links
    assert link.direction == "right_from_left"


def test_without_wording_a_day_decides_and_less_than_a_day_does_not():
    days = report("a", PLAIN, published="2025-05-04"), report("b", PLAIN, published="2025-05-06")
    assert trace(days).lineage.links[0].direction == "right_from_left"
    hours = report("a", PLAIN, published="2025-05-04T08:00:00Z"), report("b", PLAIN, published="2025-05-04T19:00:00Z")
    assert trace(hours).lineage.links[0].direction is None


def test_a_copy_that_was_dated_back_before_what_it_tells_does_not_become_the_first():
    text = PLAIN + "The storm of 3 May 2025 was the worst in years.\n"
    told = TimeExpression(
        span=place(text, "3 May 2025"), type="DATE", value="2025-05-03", start="2025-05-03", end="2025-05-03",
        anchor="explicit", direction="past",
    )  # fmt: skip
    back = replace(report("a", text, published="2025-04-01"), times=(told,))
    first = replace(report("b", text, published="2025-05-04"), times=(told,))
    assert trace([back, first]).lineage.links[0].direction is None


# --- the record -----------------------------------------------------------------------------------------------


def test_evidence_shows_words_of_both_sides():
    reports = {"a": report("a", WIRE), "b": report("b", EDITED)}
    (link,) = trace(list(reports.values())).lineage.links
    shown = {key: [p.span.of(reports[key].article.text) for p in link.evidence if p.article == key] for key in reports}
    assert any("people spent the night in the gondolas" in words for words in shown["a"])
    assert any("people spent the night in the gondolas" in words for words in shown["b"])
    assert "Reuters" in shown["a"]
    assert "Reuters" in shown["b"]
    assert 0.9 < link.share <= 1


def test_a_single_report_has_one_origin_and_no_links():
    traced = trace([report("a", OWN, outlet="The Lantern")])
    assert (traced.lineage.reports, traced.lineage.independent_reports, traced.lineage.links) == (1, 1, ())
    assert [(o.kind, o.name) for o in traced.lineage.origins] == [("own_reporting", "The Lantern")]
    assert trace([]).lineage.independent_reports == 0


def test_a_report_of_no_known_outlet_is_called_by_its_file_without_the_folders():
    one = report("a", OWN)
    one = replace(one, article=replace(one.article, outlet=None, origin="../some/where/night.txt"))
    assert [o.name for o in trace([one]).lineage.origins] == ["night.txt"]


def test_a_source_link_takes_the_outlet_of_the_furniture_as_origin():
    text = OWN + "Watch: a CBC News team went up with the rescuers.\nSource link\n"
    repost = report("a", text, kinds={7: "teaser"})
    traced = trace([replace(repost, article=replace(repost.article, outlet=None))])
    assert [(o.kind, o.name) for o in traced.lineage.origins] == [("own_reporting", "CBC News")]


def test_a_text_taken_from_an_outlet_by_another_is_not_called_its_own_report():
    text = OWN + "This story first appeared on Radio Varn.\n"
    traced = trace([report("a", text, outlet="Coast Today")])
    assert [(o.kind, o.name) for o in traced.lineage.origins] == [("cites_outlet", "Radio Varn")]


def test_what_was_told_to_the_outlet_a_text_was_taken_from_is_an_interview_wherever_it_is_told():
    words = "We have had enough of wheels that nobody oils"
    left = f'Strike\n"{words}," union leader Ruta Mell told Radio Varn.\nThis story first appeared on Radio Varn.\n'
    right = f'Strike call\nRuta Mell of the union said: "{words}".\nThe cars stand still.\n'
    made = [
        report("a", left, said(left, f'"{words},"', "Ruta Mell"), outlet="Coast Today"),
        report("b", right, said(right, f'"{words}"', "Ruta Mell"), outlet="Harrow Courier"),
    ]
    traced = trace(made)
    (first, second) = (traced.origin(r.id, r.quotations[0].id) for r in made)
    (origin,) = [o for o in traced.lineage.origins if o.id == first]
    assert first == second != traced.origin("a")
    assert (origin.kind, origin.name, origin.articles) == ("interview", "Radio Varn", ("a", "b"))


def test_words_of_two_people_in_two_copies_have_no_common_briefing():
    sung = '"We sang until the batteries of the lamps were empty,"'
    warned = "wind sensors on two pylons had given no warning"
    both = "The operator said wind sensors on two pylons had given no warning"
    made = [
        report("a", WIRE, said(WIRE, sung), said(WIRE, warned, "Ida Moor", mode="indirect")),
        # here the words of both were read as one stretch without a speaker
        report("b", WIRE, said(WIRE, sung), said(WIRE, both, "", mode="indirect")),
        report("c", OWN, said(OWN, sung)),
    ]
    joined = WIRE[WIRE.index(sung) : WIRE.index(both) + len(both)]
    made.append(report("d", WIRE, said(WIRE, joined, "", mode="indirect")))
    traced = trace(made)
    assert traced.origin("a", made[0].quotations[0].id) != traced.origin("a", made[0].quotations[1].id)
    (briefing,) = [o for o in traced.lineage.origins if o.kind == "briefing"]
    assert briefing.name == "Milo Hartl"
    shown = {p.span.of(r.article.text) for r in made for p in briefing.evidence if p.article == r.id}
    assert "told reporters" in shown
    assert not any("sensors" in words for words in shown)


def test_an_interview_near_by_does_not_become_the_source_of_words_that_another_report_shows_to_be_a_post():
    post = "All gondolas are empty and everybody is on the way to a warm bed"
    left = f'Rescued\nIda Moor told The Lantern that she was tired.\nMuch later came more.\n"{post}," Moor said.\n'
    right = f'Night over\nIda Moor tweeted: "{post}."\nThe valley has slept little.\n'
    made = [
        report(
            "a", left, said(left, "she was tired", "Ida Moor", mode="indirect"), said(left, f'"{post},"', "Ida Moor")
        ),
        report("b", right, said(right, f'"{post}."', "Ida Moor")),
    ]
    traced = trace(made)
    first, second = traced.origin("a", made[0].quotations[1].id), traced.origin("b", made[1].quotations[0].id)
    (origin,) = [o for o in traced.lineage.origins if o.id == first]
    assert first == second
    assert (origin.kind, origin.name) == ("press_release", "post by Ida Moor")
    assert kinds_of(traced) == {("a", "b"): "same_press_material"}


def test_a_post_is_called_one():
    post = "All gondolas are empty and everybody is on the way to a warm bed"
    texts = [
        f'Rescued\n{said_so}: "{post}".\nThe lamps went out.\n' for said_so in ("Ida Moor wrote on Facebook", "Moor")
    ]
    made = [report(k, t, said(t, f'"{post}"', "Ida Moor")) for k, t in zip("ab", texts, strict=True)]
    (shared,) = [o for o in trace(made).lineage.origins if len(o.articles) == 2]
    assert (shared.kind, shared.name) == ("press_release", "post by Ida Moor")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "'" * 500, '"' * 501, "(@a) " * 300, "\ud800 told the \ud800", "told " * 900]
)
def test_any_text_can_be_traced(text):
    odd = (
        replace(report("a", text), credits=(Credit("agency", "AP", place(text + "x", "x")),))
        if text
        else report("a", text)
    )
    assert trace([odd, report("b", WIRE)]).lineage.reports == 2
