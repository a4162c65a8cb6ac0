"""Credits: what names the text's origin is found, what names a picture's is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.article import Article, Block
from twosource.extract.credits import find_credits, helped
from twosource.lang import ENGLISH


def credits_of(*lines, kinds=None):
    """Credits of an article made of lines; without ``kinds`` the first is the headline, the others body."""
    text, blocks = "", []
    for i, line in enumerate(lines):
        kind = kinds[i] if kinds else ("body" if i else "headline")
        blocks.append(Block(kind, len(text), len(text) + len(line)))
        text += line + "\n"
    found = find_credits(Article(id="a", text=text), tuple(blocks), ENGLISH)
    return found, text


def named(*lines, kinds=None):
    return [(c.kind, c.name) for c in credits_of(*lines, kinds=kinds)[0]]


BODY = "The ferry had been due in port by noon, the harbour office said."


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("LONDON (Reuters) - A ferry ran aground on Monday.", "Reuters"),
        ("MALDEN, Mass. (AP) — A ferry ran aground on Monday.", "AP"),
        ("ST. JOHN’S, N.L., May 3 (The Canadian Press) -- A ferry ran aground.", "The Canadian Press"),
        ("KYIV. Oct 15 (Interfax-Ukraine) – A ferry ran aground.", "Interfax-Ukraine"),
        ("MOSCOW, October 15. /TASS/. A ferry ran aground.", "TASS"),
        ("LISAVA, Torvania (NPA) – A ferry ran aground.", "NPA"),
        ("(AFP) - A ferry ran aground on Monday.", "AFP"),
    ],
)
def test_an_agency_in_the_dateline_is_credited(line, name):
    assert named("Ferry runs aground", line) == [("agency", name)]


def test_letters_in_brackets_later_in_a_sentence_are_no_dateline():
    assert named("Ferry runs aground", "The owner of the ferry told the port authority (LPA) - and nobody else.") == []


def test_several_agencies_in_one_place_are_all_credited():
    assert named("Ferry runs aground", BODY, "kw/jil (AFP, dpa)") == [("agency", "AFP"), ("agency", "dpa")]
    assert named("Ferry runs aground", "PARIS (Reuters/AFP) - A ferry ran aground.") == [
        ("agency", "Reuters"),
        ("agency", "AFP"),
    ]


def test_a_byline_gives_names_and_the_agency():
    found = named("Ferry runs aground", "By Jane Doe and John O'Neill, Associated Press", BODY)
    assert found == [("byline", "Jane Doe"), ("byline", "John O'Neill"), ("agency", "AP")]


def test_a_sentence_that_begins_like_a_byline_is_none():
    assert named("Ferry runs aground", "By Monday Reuters had three people in the port of Lisava.", BODY) == []


def test_an_agency_is_called_by_its_letters_where_the_article_has_both():
    found = named("Ferry aground", "Northern Press Agency in Lisava", "LISAVA (NPA) – A ferry ran aground.", BODY)
    assert found == [("agency", "NPA"), ("agency", "NPA")]


@pytest.mark.parametrize(
    "line", ["Reuters", "Xinhua | Updated: 2017-05-15 17:52", "AP", "By Reuters staff", "AFP and dpa"]
)
def test_a_line_of_agency_names_alone_is_a_credit(line):
    assert named("Ferry runs aground", line, BODY)[0][0] == "agency"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Copyright 2017 The Associated Press. All rights reserved.", "AP"),
        ("© 2025 Northern Press Agency. All rights reserved.", "Northern Press Agency"),
        ("© Thomson Reuters 2019", "Reuters"),
    ],
)
def test_a_notice_credits_the_agency(line, name):
    assert named("Ferry runs aground", BODY, line) == [("agency", name)]


@pytest.mark.parametrize(
    "line",
    [
        "Reuters contributed to this report.",
        "(Additional reporting by AFP; editing by Ann Lee)",
        "-- with files from the Canadian Press",
        "Information from: Harrow Courier, https://courier.example",
    ],
)
def test_who_only_helped_is_told_from_whose_text_it_is(line):
    (credit, *_), text = credits_of("Ferry runs aground", BODY, line)
    assert helped(credit, text, ENGLISH)
    (credit, *_), text = credits_of("Ferry runs aground", "LISAVA (Reuters) - " + BODY)
    assert not helped(credit, text, ENGLISH)


@pytest.mark.parametrize(
    "line",
    [
        "A ferry off Lisava, in a photo of May 2019. (AP Photo/Ann Lee)",
        "(Ann Lee/Reuters)",
        "REUTERS/Ann Lee",
        "Photo: AFP",
        "Image copyright PA Image caption The ferry at dawn",
        "The wreck at dawn, May 3, 2019 ©Ann Lee (AFP)",
    ],
)
def test_a_photo_credit_says_nothing_about_the_text(line):
    assert named("Ferry runs aground", line, BODY) == []
    assert named("Ferry runs aground", BODY, line) == []


def test_captions_are_not_read_and_a_name_under_one_is_the_photographers_agency():
    assert named("Ferry", "Reuters", "AP", BODY, kinds=["headline", "caption", "credit", "body"]) == []
    assert named("Ferry", BODY, "AP", kinds=["headline", "body", "credit"]) == [("agency", "AP")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source link", ""),
        ("This article first appeared in the Harrow Courier.", "Harrow Courier"),
        ("Originally published at lantern.example.org", "lantern.example.org"),
        ("The post Ferry runs aground appeared first on Coast Today.", "Coast Today"),
        ("Source: The Guardian", "The Guardian"),
    ],
)
def test_a_repost_is_marked_with_the_name_it_gives(line, name):
    assert named("Ferry runs aground", BODY, line) == [("repost", name)]


def test_prose_about_something_published_elsewhere_is_no_repost():
    assert named("Ferry runs aground", "The study, by a team in Oslo, was first published in Nature in May.") == []
    assert named("Ferry runs aground", "Officials drew on information from Reuters when they shut the port.") == []


def test_an_outlet_named_in_the_furniture_is_credited_once_a_place():
    line = "Watch: a CBC News crew sailed with the ferry last spring."
    assert named("Ferry", BODY, line, kinds=["headline", "body", "teaser"]) == [("outlet", "CBC News")]
    assert named("Ferry", BODY, line, kinds=["headline", "body", "body"]) == []


@pytest.mark.parametrize("line", ["Home News", "Home News Sport Weather", "Menu Top News Harrow News Business Jobs"])
def test_words_of_a_menu_are_no_outlet(line):
    assert named(line, "Ferry", BODY, kinds=["boilerplate", "headline", "body"]) == []


def test_an_outlet_beside_a_menu_is_one_where_it_is_known_or_the_line_is_no_menu():
    assert named("CBC News Home Sport", "Ferry", BODY, kinds=["boilerplate", "headline", "body"]) == [
        ("outlet", "CBC News")
    ]
    line = "Listen to what the people at Harrow News have dug up"
    assert named("Ferry", BODY, line, kinds=["headline", "body", "teaser"]) == [("outlet", "Harrow News")]


def test_credits_stand_in_order_and_show_their_words():
    found, text = credits_of("Ferry runs aground", "By Jane Doe", "LISAVA (Reuters) - " + BODY, "Source link")
    assert [c.span.of(text) for c in found] == ["Jane Doe", "Reuters", "Source link"]


@given(st.text(alphabet=st.sampled_from("By (AP)-–©/. \nİßReuters,and first published in"), max_size=300))
def test_any_text_is_read_and_every_span_lies_in_its_line(text):
    article = Article(id="a", text=text)
    block = Block("body", 0, len(text))
    for credit in find_credits(article, (block,), ENGLISH):
        assert block.span.covers(credit.span)
