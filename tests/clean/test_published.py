"""The day an article's own lines state: taken where it is one full day, said in the right place, and not otherwise."""

import pytest

from twosource.clean.page import read_page
from twosource.clean.phrases import table
from twosource.clean.published import days_on, published_in
from twosource.lang import ENGLISH

BODY = """The harbour board of Orrin closed two of its five piers on Wednesday after a crane slid into the water.

"Nobody was in the cabin, and that is luck, not planning," said board member Tilda Maro, who called a meeting.

Pier three is to open again on 9 May 2031, the board said, and repairs may cost 1.4 million crowns."""
HEADLINE = "Crane slides into Orrin harbour"


def day(*head, tail=""):
    stated = published_in("\n\n".join([HEADLINE, *head, BODY]) + tail, (), None, ENGLISH)
    return stated and stated.day.isoformat()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("April 2, 2031 11:05 p.m.", "2031-04-02"),
        ("Published: 2 April 2031", "2031-04-02"),
        ("Wed 2nd of Apr, 2031", "2031-04-02"),
        ("Posted by admin on 2 April 2031", "2031-04-02"),
        ("By Mara Oduya, 2 April 2031", "2031-04-02"),
        ("2031-04-02 08:15", "2031-04-02"),
        ("Updated: 3 April 2031", "2031-04-03"),
        ("First published 2 April 2031 | Last updated 3 April 2031, 09:10", "2031-04-02"),
        ("02/04/2031", None),
        ("April 2", None),
        ("Date:", None),
        ("31 February 2031", None),
        ("Wednesday, 10:15", None),
        ("2 April 0031", None),
        ("2 April 2031 - 9 May 2031", None),
    ],
)
def test_a_date_line_is_taken_where_it_is_one_full_day(line, told):
    assert day(line) == told


def test_publication_wins_over_revision_and_over_a_bare_date_on_other_lines():
    assert day("Updated: 5 April 2031", "1 April 2031", "Published: 2 April 2031") == "2031-04-02"
    assert day("Updated: 5 April 2031", "3 April 2031") == "2031-04-03"


def test_opening_of_an_agency_counts_with_its_year_only():
    lead = " - A crane slid into the harbour of Orrin on Wednesday and closed two of five piers, the board said.\n\n"
    for place, told in (("ORRIN, Norvia, April 2, 2031 (NPA)", "2031-04-02"), ("ORRIN, April 2 (NPA)", None)):
        stated = published_in(f"{HEADLINE}\n\n{place}{lead}{BODY}", (), None, ENGLISH)
        assert (stated and stated.day.isoformat()) == told


def test_days_in_paragraphs_captions_and_the_list_below_are_not_the_article_s():
    caption = "A crane in the harbour of Orrin is shown on April 2, 2031. (Ana Paz/NPA)"
    assert day(caption) is None
    assert day(tail="\n\nMore stories\n\nFerry late again\n\n1 April 2031\n\nIce on the lake\n\n2 March 2031\n") is None


def test_a_word_of_publication_on_the_last_line_counts():
    assert day(tail="\n\nPublished: 2 April 2031\n") == "2031-04-02"


def test_the_day_above_a_copied_page_s_menu_is_that_of_the_copy():
    menu = "Friday, 9 May 2031\nHome\nNews\nSport\nWeather\nLog in\nSubscribe\nContact us\n"
    assert published_in(f"{menu}\n{HEADLINE}\n\n{BODY}", (), None, ENGLISH) is None
    stated = published_in(f"{menu}\n{HEADLINE}\n\n2 April 2031\n\n{BODY}", (), None, ENGLISH)
    assert (stated.day.isoformat(), stated.line) == ("2031-04-02", "2 April 2031")


def test_lines_of_a_page_count_by_its_markup():
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY.split("\n\n"))
    html = f"<html><body><h1>{HEADLINE}</h1><p class=dateline>2 April 2031</p>{paragraphs}</body></html>"
    page = read_page(html, table(ENGLISH))
    assert published_in(page.text, page.blocks, None, ENGLISH).day.isoformat() == "2031-04-02"


@pytest.mark.parametrize(
    "line", ["", "-", "2031-99-99 2031-00-00", "april " * 9, "٢ may ٢٠٣١", "\ud800 9 \0 may 2031x"]
)
def test_any_line_is_total(line):
    assert list(days_on(line, ENGLISH)) == []
