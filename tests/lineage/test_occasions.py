"""Occasions: the phrases that say where words come from, and the claims they hold for."""

import pytest

from tests.lineage.reports import report, said
from twosource.extract.outlets import titles_in
from twosource.lineage.claims import find_claims
from twosource.lineage.occasions import find_occasions
from twosource.lineage.told import told_words


def occasions(text, known=(), outlet=""):
    told = told_words(report("a", "Head line\n" + text, outlet=outlet))
    return [(o.kind, o.outlet) for o in find_occasions(told, (*known, *titles_in(told.folded)))]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("He told the Guardian newspaper that it was over.", "The Guardian"),
        ("In an interview with Fox News on Monday, he said no.", "Fox News"),
        ("She was speaking to Germany's public broadcaster ZDF.", "ZDF"),
        ("She was in the valley, she said in an interview on the PBS morning program.", "PBS"),
        ("He said in a Fox News interview that it was over.", "Fox News"),
        ("She told the Harrow Courier that it was over.", "Harrow Courier"),
        ("He told KXQT-TV that it was over.", "KXQT-TV"),
        ("He does not accept that, he told The Lantern in his office.", "The Lantern"),
        ("She spoke to the newspaper Erlbacher Bote.", "Erlbacher Bote"),
    ],
)
def test_words_to_an_outlet_are_an_interview(text, outlet):
    assert ("interview", outlet) in occasions(text)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The car stopped at nine, according to CNN.", "CNN"),
        ("The car stopped at nine, the New York Times reported.", "The New York Times"),
        ("The rope is new, news agency dpa reported.", "dpa"),
        ("The letter, obtained by The Washington Post, is short.", "The Washington Post"),
        ("Reuters, citing two people, said that it was over.", "Reuters"),
    ],
)
def test_another_outlets_report_is_cited(text, outlet):
    assert ("cites_outlet", outlet) in occasions(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He told reporters that it was over.", "briefing"),
        ("At a news conference in Varn he said no.", "briefing"),
        ("“No,” she said in a statement.", "press_release"),
        ("“No,” he wrote on Twitter.", "press_release"),
    ],
)
def test_briefings_and_writings_are_told_apart(text, kind):
    assert occasions(text) == [(kind, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Fox News is on in every bar of Varn.",
        "Michael Bloomberg came. Mr. Bloomberg said that it was over.",
        "He told nobody but his dog.",
        "Judges in The Hague were told nothing.",
    ],
)
def test_an_outlet_that_is_only_mentioned_is_no_source(text):
    assert occasions(text) == []


def test_the_paper_is_the_outlet_named_before():
    text = "He told the Harrow Courier that it was over. “I want my bed,” he told the paper."
    assert occasions(text) == [("interview", "Harrow Courier")] * 2


def test_the_times_is_the_outlet_so_called_before_or_the_reports_own():
    assert occasions("He told the Los Angeles Times so. Later the Times reported more.") == [
        ("interview", "Los Angeles Times"),
        ("cites_outlet", "Los Angeles Times"),
    ]
    assert occasions("He told The Times so.", outlet="nytimes.com") == [("interview", "The New York Times")]


def claims(text, *quotations):
    told = told_words(report("a", text, *quotations))
    return find_claims(told, find_occasions(told, ()))


def test_an_occasion_holds_for_later_words_of_the_same_speaker():
    text = (
        "Head line\nIda Moor told the Harrow Courier that the wheels stay.\n"
        "Nobody else was there.\nMilo Hartl laughed at it.\n“They are round,” Moor said.\n“Are they,” Hartl said.\n"
    )
    first, second, third = claims(
        text,
        said(text, "the wheels stay", "Ida Moor", mode="indirect"),
        said(text, "“They are round,”", "Ida Moor"),
        said(text, "“Are they,”", "Milo Hartl"),
    )
    assert [c.occasion and c.occasion.outlet for c in (first, second, third)] == [
        "Harrow Courier",
        "Harrow Courier",
        None,
    ]


def test_a_citation_holds_for_its_own_paragraph_only():
    text = (
        "Head line\nThe wheels stay, Ida Moor said, according to CNN.\nMore came later.\n“They are round,” Moor said.\n"
    )
    first, second = claims(
        text, said(text, "The wheels stay", "Ida Moor", mode="indirect"), said(text, "“They are round,”", "Ida Moor")
    )
    assert first.occasion.outlet == "CNN"
    assert second.occasion is None


def test_marked_words_that_no_quotation_covers_are_claims_too():
    text = "Head line\n“They are round,” Moor told reporters.\n"
    (claim,) = claims(text)
    assert (claim.quotation, claim.content.of(text), claim.occasion.kind) == (None, "“They are round,”", "briefing")
