"""Labels of plain text: messy copies of invented reports, line by line."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.article import Article, Block
from twosource.clean import label_blocks
from twosource.lang import ENGLISH

LEAD = "The mayor of Varnholm said on Tuesday that the bridge would stay closed until spring."
SECOND = "Engineers found cracks in two of the nine piers, the city's public works office said in a report."
THIRD = '"We are not going to gamble with lives," Mayor Ines Caldera told reporters outside the town hall.'
FOURTH = "Ferries will run every ten minutes from Monday, and the fare has been halved for residents, she added."

REPOST = f"""Varnholm bridge to stay shut until spring, mayor says

Date:

{LEAD}

{SECOND}

WATCH | Drone film of the damaged piers:

Cracks in the old bridge from above

A drone flew along the damaged piers of the bridge on Sunday and filmed the cracks that divers had reported.

{THIRD}

Ferries from Monday

{FOURTH}

A woman in a yellow helmet points at a concrete pier while two men look on.
A city engineer points at a damaged pier of the Varnholm bridge on Monday. (Pia Rusk/Reuters)

The bridge carries about 40,000 cars a day and was last repaired in 1998, according to the works office.

Source link

LEAVE A REPLY

Please enter your comment!

Save my name for next time

Share this article:

Trending now

More like this
Related
"""


def kinds(text, title=None):
    blocks = label_blocks(Article(id="a", text=text, title=title), ENGLISH)
    return [(b.kind, text[b.start : b.end]) for b in blocks]


def kind_of(text, line, title=None):
    """The kind of the block that holds ``line``."""
    return next(kind for kind, shown in kinds(text, title) if line in shown)


def holds_all(text, blocks):
    """Blocks are trimmed, in order, apart, and hold every character that is not white space."""
    held = [False] * len(text)
    last = 0
    for block in blocks:
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        held[block.start : block.end] = [True] * (block.end - block.start)
        last = block.end
    return all(h or c.isspace() for h, c in zip(held, text, strict=True))


def test_repost_with_furniture_is_labelled_line_by_line():
    assert [kind for kind, _ in kinds(REPOST)] == [
        "headline", "boilerplate", "body", "body", "teaser", "teaser", "teaser", "body", "heading", "body",
        "caption", "caption", "credit", "body", *["boilerplate"] * 8,
    ]  # fmt: skip


def test_caption_and_its_credit_are_two_blocks_of_one_line():
    found = kinds(REPOST)
    at = next(i for i, (kind, _) in enumerate(found) if kind == "credit")
    assert found[at] == ("credit", "(Pia Rusk/Reuters)")
    assert found[at - 1][1].endswith("on Monday.")


def test_headline_glued_to_its_dek_which_the_body_repeats():
    text = f"Bridge shut until spring\n{LEAD}\n-\n{SECOND}\n{LEAD}\n{THIRD}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "dek", "boilerplate", "body", "body", "body"]


def test_photo_credit_on_its_own_line_makes_the_line_before_a_caption():
    caption = "Mayor Ines Caldera speaks to reporters at the foot of the bridge in Varnholm"
    text = f"Bridge shut until spring\n-\n{caption}\nPia Rusk/AFP via Getty Images\n{LEAD}\n{SECOND}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "boilerplate", "caption", "credit", "body", "body"]


def test_names_apart_by_a_stroke_after_a_sentence_are_a_photo_credit():
    caption = "Ferries leave the east quay of Varnholm early on Wednesday."
    found = kinds(f"Bridge shut until spring\n{LEAD}\n{caption} (Ilse Marr/NPA)\n{SECOND}")
    assert found[2:4] == [("caption", caption), ("credit", "(Ilse Marr/NPA)")]


def test_initials_of_an_agency_after_the_report_are_its_credit():
    assert kinds(f"Bridge shut until spring\n{LEAD}\n{SECOND}\nNPA")[-1] == ("credit", "NPA")


def test_agency_in_brackets_after_the_last_sentence_is_no_photo_credit():
    assert kinds(f"{LEAD}\n{SECOND} (Reuters)")[-1] == ("body", f"{SECOND} (Reuters)")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Tova Lindqvist", "byline"),
        ("By TOVA LINDQVIST and Omar Reyes, City Desk", "byline"),
        ("(Reporting by Tova Lindqvist; Editing by Omar Reyes)", "byline"),
        ("Staff and agencies", "byline"),
        ("Posted by admin on 15 October 2031", "dateline"),
        ("Published: 12 Feb 2031, 10.15 GMT", "dateline"),
        ("Wednesday, March 5, 2031", "dateline"),
        ("VARNHOLM, March 5", "dateline"),
        ("Updated 3 hours ago", "dateline"),
        ("READ MORE: Ferry operator asks for new boats", "teaser"),
        ("Related: How the bridge was built", "teaser"),
        ("FILE - The Varnholm bridge is lit for the harbour festival, Varnholm, Aug. 3, 2029.", "caption"),
        ("Engineers are seen near the damaged pier in Varnholm.", "caption"),
        ("Photos: The bridge in pictures Divers look at a pier of the bridge. Hide Caption 3 of 30", "caption"),
        (f"Photos: The bridge in pictures {SECOND} {LEAD} {SECOND} {FOURTH} Hide Caption 4 of 30", "caption"),
        ("Add Ferries as an interest to stay up to date on the latest ferry news from the Post.", "boilerplate"),
        ("The mayor asked the paper to hide captions of the photos that show children.", "body"),
        ("Photo: Pia Rusk", "credit"),
        ("Photograph: Pia Rusk/AFP", "credit"),
        ("Subscribe to our newsletter", "boilerplate"),
        ("Copyright 2031 Varnholm Post. All rights reserved.", "boilerplate"),
        ("https://varnholm-post.example/2031/bridge", "boilerplate"),
        ("* * *", "boilerplate"),
        ("What happens next", "heading"),
        ("By Monday, the divers had left.", "body"),
        ("The committee will also see: a film of the piers, a model, and the plans.", "body"),
        ("The plan was seen in Varnholm as a gamble.", "body"),
        ("She said the following:", "body"),
        ("* Nine piers carry the bridge, and two of them are cracked.", "body"),
    ],
)
def test_line_between_paragraphs_shows_its_kind(line, kind):
    text = f"Bridge shut until spring\n\n{LEAD}\n\n{line}\n\n{SECOND}\n\n{THIRD}\n\n{FOURTH}"
    assert kind_of(text, line) == kind


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        "`` We are not going to gamble , '' she said .",
        "I have twenty dollars",
        "Follow us on the march, they cried.",
        "Subscribe",
        'He said: "Sign up for the ferry pass today."',
        "Read more books, the teacher said.",
    ],
)
def test_a_lone_line_is_body_whatever_it_says(text):
    assert [kind for kind, _ in kinds(text)] == ["body"]


def test_a_few_sentences_without_a_headline_are_all_body():
    long_lead = LEAD[:-1] + ", and that no date could be given before the divers had looked at every single pier twice."
    assert {kind for kind, _ in kinds(f"{long_lead}\n{SECOND}\n{THIRD}")} == {"body"}


def test_headline_may_name_what_furniture_names():
    for headline in ("Thousands unable to log in to bank accounts", "Newsletter editor arrested in Varnholm"):
        assert kinds(f"{headline}\n\n{LEAD}\n\n{SECOND}")[0] == ("headline", headline)


def test_kicker_above_the_headline_is_not_the_headline():
    found = kinds(f"Politics\nVarnholm bridge to stay shut until spring\n{LEAD}\n{SECOND}")
    assert [kind for kind, _ in found] == ["boilerplate", "headline", "body", "body"]


def test_given_title_tells_the_headline_among_menu_lines():
    menu = "Home\nNews\nSport\nWeather\nWhat our readers say\nJobs\nTown hall\nHarbour\nSchools"
    text = f"{menu}\nBridge shut until spring\nOther stories of the day\n{LEAD}\n{SECOND}\n{THIRD}"
    assert kind_of(text, "Bridge shut until spring", "Bridge shut until spring | Varnholm Post") == "headline"


def test_menus_and_lists_around_a_copied_page_are_furniture():
    menu = "\n".join(f"* Section {n}" for n in range(30))
    others = "\n".join(
        f"Other story number {n}\nA first sentence of the other story is shown here as well." for n in range(3)
    )
    text = (
        f"{menu}\nBridge shut until spring\n{LEAD}\n{SECOND}\n{THIRD}\n{FOURTH}\n{SECOND}\nMost read\n{others}\nCareers"
    )
    found = kinds(text)
    assert [shown for kind, shown in found if kind == "body"] == [LEAD, SECOND, THIRD, FOURTH, SECOND]
    assert kind_of(text, "Bridge shut until spring") == "headline"


def test_writer_introduced_after_the_report_is_no_body():
    bio = "Tova Lindqvist is a senior reporter for the Varnholm Post who covers the harbour."
    assert kinds(f"Bridge shut until spring\n{LEAD}\n{SECOND}\n{THIRD}\n{bio}")[-1] == ("boilerplate", bio)


def test_a_source_introduced_inside_the_report_stays_body():
    source = "Omar Reyes is the author of a history of the bridge."
    assert kind_of(f"Bridge shut until spring\n{LEAD}\n{source}\n{SECOND}\n{THIRD}", source) == "body"


@pytest.mark.parametrize("width", [50, 72, 100])
def test_hard_wrapped_paragraphs_are_one_block_each(width):
    paragraphs = [LEAD + " " + SECOND, THIRD + " " + FOURTH, SECOND + " " + LEAD]
    text = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    assert [" ".join(shown.split()) for _, shown in kinds(text)] == paragraphs


def test_a_list_of_short_lines_is_not_taken_for_wrapped_text():
    assert len(kinds("Harbour pilots\nFerry masters\nBridge wardens\nDredger crews\n" * 20)) == 80


def test_line_breaks_of_every_system_part_blocks():
    for newline in ("\n", "\r\n", "\r", "\n\n", "\u2028"):
        assert [kind for kind, _ in kinds(newline.join(["Bridge shut until spring", LEAD, SECOND]))] == [
            "headline",
            "body",
            "body",
        ]


def test_no_break_spaces_and_curly_marks_do_not_hide_phrases():
    text = f"Bridge shut until spring\n\n{LEAD}\n\nREAD\u00a0MORE:\u00a0Ferry operator asks for new boats\n\n{SECOND}"
    assert kind_of(text, "Ferry operator") == "teaser"


def test_empty_text_has_no_blocks():
    assert label_blocks(Article(id="a", text=" \n\t\u00a0\n"), ENGLISH) == ()


def test_blocks_that_a_page_tells_are_kept_as_they_are():
    markup = (Block("byline", 0, 4),)
    assert label_blocks(Article(id="a", text="body", markup=markup), ENGLISH) == markup


FURNITURE = [
    "Read more:",
    "Photo",
    "(A/B)",
    "By Tova Lindqvist",
    "Related",
    LEAD,
    "WATCH |",
    "* x",
    "\u2028",
    "Date:",
    "©",
]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(FURNITURE) | st.text(max_size=20), max_size=12).map("\n".join))
def test_no_character_is_ever_lost(text):
    assert holds_all(text, label_blocks(Article(id="a", text=text), ENGLISH))


def test_time_grows_with_length_alone():
    """Pumps that would cost minutes with a backtracking pattern or a quadratic pass (each under a second here)."""
    for pump in (
        "(a/b)",
        "Read more:\n",
        '"',
        "- ",
        "More like this\n" + LEAD + "\n",
        "@a ",
        "http://",
        "Photo\nA/AP\n",
    ):
        text = pump * (200_000 // len(pump))
        assert holds_all(text, label_blocks(Article(id="a", text=text), ENGLISH))


def test_lines_that_open_with_one_title_are_the_captions_of_a_slide_show():
    text = (
        "River ship strikes bridge\n\n"
        "A river ship struck a bridge near Varna on Tuesday and 20 people were hurt, the police said.\n"
        "Divers looked at the pillars on Wednesday, and the road was still closed at noon.\n"
        "Port of Varna turns 300 What began as a small pier on the river is now a port of note.\n"
        "Port of Varna turns 300 Scenes from bygone days tell of iron ore and of coal.\n"
        "Port of Varna turns 300 The port gives jobs to more than a thousand people of the town.\n"
    )
    kinds = [b.kind for b in label_blocks(Article(id="a", text=text), ENGLISH)]
    assert kinds == ["headline", "body", "body", "caption", "caption", "caption"]
