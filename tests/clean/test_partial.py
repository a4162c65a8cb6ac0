"""Parts of articles and corrections: what stops a reader, what breaks off, and what an outlet says of its changes."""

import pytest

from tests.growth import grows_linearly
from twosource.article import Article
from twosource.clean import label_blocks
from twosource.clean.corrections import changes_in
from twosource.clean.metadata import Metadata, read_metadata
from twosource.clean.page import read_page
from twosource.clean.partial import cut_short, stub
from twosource.clean.phrases import table
from twosource.clean.tree import parse
from twosource.lang import ENGLISH
from twosource.sources.given import Known, article
from twosource.sources.pages import page_article

HEADLINE = "Gravel pit at Kell to be flooded"
BODY = """The pit at Kell is to be flooded in June and become a lake, the district said on Monday.

Pumps have kept it dry for forty years, and the last lorry left in March, said works manager Ruta Brandl.

"We will hand over the keys and turn off the lights," she told a meeting in the parish hall."""
LONG = "\n\n".join(
    f"{BODY}\n\nParagraph {n} goes on about the pit, its owners, the noise and the dust of forty years."
    for n in range(6)
)
WALL = "To read the full story, subscribe or log in."


def why(text, title=None):
    return cut_short(text, (), title, table(ENGLISH))


def codes(found):
    return [code for code, _ in found.remarks]


@pytest.mark.parametrize(
    "line",
    [
        WALL,
        "Subscribe to continue reading",
        "SUBSCRIBE TO CONTINUE READING.",
        "This article is for subscribers only",
        "Already a member? Log in or subscribe to read on",
        "You\u2019ve reached your limit of free articles this month.",
        "Unlock this article for 1 a month",
        "Full story available to subscribers only.",
    ],
)
def test_a_wall_after_the_last_paragraph_makes_a_part(line):
    assert line[:20].strip("\u2019") in why(f"{HEADLINE}\n\n{LONG}\n\n{line}").replace("'", "\u2019") or why(
        f"{HEADLINE}\n\n{LONG}\n\n{line}"
    )
    assert why(f"{HEADLINE}\n\n{LONG}\n\n{line}\n\nHome\nNews\nContact us")


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement Continue reading the main story",
        "Continue reading",
        "Subscribe to our newsletter",
        'She said: "To read the full report you must sign for it."',
        "The council had to read the full report aloud to everybody who came before any vote on it was taken at all.",
        "More follows...",
    ],
)
def test_furniture_and_sentences_are_no_walls(line):
    assert why(f"{HEADLINE}\n\n{LONG}\n\n{line}") is None


def test_a_wall_that_paragraphs_follow_is_one_in_a_short_text_only():
    assert why(f"{HEADLINE}\n\n{WALL}\n\n{BODY}")
    assert why(f"{HEADLINE}\n\n{WALL}\n\n{LONG}") is None


@pytest.mark.parametrize(
    "end",
    [
        "The owner has until the autumn to take down the sheds, and the district…",
        "The owner has until the autumn to take down the sheds, and the district ...",
        "The owner has until the autumn to take down the sheds, and the district [...]",
        "The owner has until the autumn to take down the sheds, and the district… [+2341 chars]",
    ],
)
def test_a_last_paragraph_that_breaks_off_makes_a_part(end):
    assert why(f"{HEADLINE}\n\n{BODY}\n\n{end}").startswith("it breaks off: «…")


@pytest.mark.parametrize(
    "end",
    [
        "And then?...",
        'Brandl paused before she went on to answer that: "Well, I should like to know myself..."',
        "This is a breaking news story about the pit at Kell, more follows...",
        "The pumps ... have been sold to a mine in the north, where they will run for years.",
    ],
)
def test_an_ellipsis_elsewhere_makes_none(end):
    assert why(f"{HEADLINE}\n\n{BODY}\n\n{end}") is None


def test_parts_are_remarked_once_for_text_and_for_pages():
    text = article(f"{HEADLINE}\n\n{BODY}\n\n{WALL}", Known(), "a.txt")
    paragraphs = "".join(f"<p>{line}</p>" for line in [*BODY.split("\n\n"), WALL])
    page = page_article(f"<article><h1>{HEADLINE}</h1>{paragraphs}</article>", Known(), "a.html")
    assert codes(text) == codes(page) == ["partial"]


def test_the_wall_itself_is_no_part_of_the_report():
    text = f"{HEADLINE}\n\n{BODY}\n\n{WALL}"
    assert [b.kind for b in label_blocks(Article(id="a", text=text), ENGLISH)][-1] == "boilerplate"


def linked(**more):
    said = "".join(f', "{key}": {value}' for key, value in more.items())
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}"{said}}}</script>'
    return (
        f"{script}<article><h1>{HEADLINE}</h1>{''.join(f'<p>{line}</p>' for line in LONG.split(chr(10) * 2))}</article>"
    )


def test_a_page_that_is_not_free_is_a_part_only_where_its_length_shows_it():
    assert codes(page_article(linked(isAccessibleForFree="false"), Known(), "a.html")) == []
    assert codes(page_article(linked(isAccessibleForFree='"False"', wordCount=300), Known(), "a.html")) == []
    assert codes(page_article(linked(isAccessibleForFree='"False"', wordCount=4000), Known(), "a.html")) == ["partial"]
    assert codes(page_article(linked(isAccessibleForFree="true", wordCount=4000), Known(), "a.html")) == []


def test_a_page_that_is_not_free_and_shows_a_few_words_is_a_stub():
    read = read_page(f"<article><h1>{HEADLINE}</h1><p>{BODY.split('.', maxsplit=1)[0]}.</p></article>", table(ENGLISH))
    assert stub(Metadata(free=False), read.text, read.blocks, table(ENGLISH))
    assert stub(Metadata(free=None), read.text, read.blocks, table(ENGLISH)) is None


def test_a_short_report_that_its_writers_and_editors_sign_is_whole():
    html = f"<h1>{HEADLINE}</h1><p>ORRIN (NPA) - {BODY[:120]}.</p>"
    for end, whole in (("Reporting by Ana Paz; Editing by Leo Brandl", True), ("By Ana Paz", False)):
        read = read_page(f"{html}<p>{end}</p>", table(ENGLISH))
        assert (stub(Metadata(free=False), read.text, read.blocks, table(ENGLISH)) is None) is whole


def test_metadata_of_writers_length_and_changes():
    said = read_metadata(
        parse(
            linked(
                author='[{"@type": "Person", "name": "Ruta &amp; Co"}, "Jan Feld", 7, {"name": null}]',
                wordCount='"812"',
                isAccessibleForFree='"False"',
                dateModified='"2031-05-02T10:00:00Z"',
            )
        )
    )
    assert said.authors == ("Ruta & Co", "Jan Feld")
    assert (said.words, said.free, said.modified, said.live) == (812, False, "2031-05-02T10:00:00Z", False)


@pytest.mark.parametrize("value", ["-1", '"many"', "1e9", "99999999999", "null", "[]", "true"])
def test_lengths_that_are_none_count_as_not_said(value):
    assert read_metadata(parse(linked(wordCount=value))).words is None


CORRECTION = "Correction: An earlier version of this article gave the wrong month. It was amended on 4 May 2031."


def test_a_correction_is_remarked_dated_and_no_part_of_the_report():
    text = f"{HEADLINE}\n\n{BODY}\n\n{CORRECTION}"
    found = article(text, Known(published="2031-05-01"), "a.txt")
    assert codes(found) == ["corrected"]
    assert found.modified == "2031-05-04"
    assert [b.kind for b in label_blocks(found, ENGLISH)][-1] == "boilerplate"


def test_the_last_day_of_a_change_is_taken_from_date_lines():
    text = f"{HEADLINE}\n\nPublished: 2 May 2031\n\nUpdated: 3 May 2031\n\n{BODY}"
    assert str(changes_in(text, (), None, ENGLISH).day) == "2031-05-03"
    assert changes_in(f"{HEADLINE}\n\n2 May 2031\n\n{BODY}", (), None, ENGLISH).day is None


@pytest.mark.parametrize(
    "line",
    [
        "The ministry issued a correction on Monday.",
        "An earlier version of the plan had foreseen a wood in place of the lake, Brandl said.",
    ],
)
def test_reports_of_corrections_are_none(line):
    assert changes_in(f"{HEADLINE}\n\n{BODY}\n\n{line}", (), None, ENGLISH).line is None


def test_a_live_page_is_remarked_and_its_posts_keep_their_headings():
    posts = "".join(
        f"<div class=post><time>10:{n}0</time><h3>Gate {n} opens now</h3>"
        f"<p>Water came through gate {n} with a roar, and {n} hundred people watched from the bank above it.</p>"
        f"<p>Nobody was allowed below the line that the fire brigade of Kell had drawn at dawn, said a guard.</p></div>"
        for n in range(1, 6)
    )
    html = f'<script type="application/ld+json">{{"@type": "LiveBlogPosting"}}</script><h1>{HEADLINE}</h1>{posts}'
    found = page_article(html, Known(), "live.html")
    kinds = {found.text[b.start : b.end]: b.kind for b in found.markup}
    assert codes(found) == ["live_page"]
    assert [kinds[f"Gate {n} opens now"] for n in range(1, 6)] == ["heading"] * 5


def test_a_name_that_the_page_gives_as_its_writer_is_a_byline():
    html = linked(author='{"name": "Ruta Feld"}').replace("</h1>", "</h1><div>Ruta Feld</div>")
    read = read_page(html, table(ENGLISH))
    assert {read.text[b.start : b.end]: b.kind for b in read.blocks}["Ruta Feld"] == "byline"


@pytest.mark.parametrize("pump", ["to read the full ", "word ... ", "…\n", "correction: ", "[+1 chars]\n", "updated "])
def test_looking_for_walls_takes_time_with_length_alone(pump):
    def look(size):
        text = pump * (size // len(pump))
        why(text)
        changes_in(text, (), None, ENGLISH)

    assert grows_linearly(look, 5_000, 60_000)
