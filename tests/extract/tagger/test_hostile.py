"""Bad input for the whole reading of an article, tagger included: no fault, and time in proportion to the length."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_linearly
from twosource.article import Article
from twosource.extract.sentences import MAX_PARSED
from twosource.pipeline import read
from twosource.report import Report

SMALL, LARGE = 400, 3_200
"""Code points: a paragraph, and the longest that is parsed as one."""

OPENING = "Ferry stays in port\nThe harbour master said on Monday that the ferry would not sail. "

PUMPS = [
    "said ",
    "“ ",
    "“No,” he said. ",
    "Hollis claims the mayor's claim that ",
    "according to ",
    "‘",
]


def reading(text):
    report = read(Article(id="a", text=text))
    assert_sound(report)
    return report


def assert_sound(report: Report):
    """Every part of every quotation stands in the text and holds something, and none is told twice."""
    text = report.article.text
    for quotation in report.quotations:
        assert quotation.content
        for span in (*quotation.content, *quotation.cue, *quotation.source):
            assert 0 <= span.start < span.end <= len(text)
    assert len({q.id for q in report.quotations}) == len(report.quotations)


@pytest.mark.parametrize("pump", PUMPS)
def test_a_pump_costs_no_more_a_character_when_it_is_longer(pump):
    assert grows_linearly(lambda size: reading(OPENING + (pump * size)[:size]), SMALL, LARGE)


def test_a_paragraph_of_lines_costs_no_more_a_line_when_there_are_more():
    line = "Hollis said that the ferry, which “nobody” had seen, was rotten.\n"
    assert grows_linearly(lambda lines: reading("Ferry\n" + line * lines), 20, 160)


def test_a_hundred_thousand_opening_marks_are_not_read_as_words():
    report = reading(OPENING + "“" * 100_000)
    assert "unbroken_run" in [note.code for note in report.notes]
    assert [q.content[0].of(report.article.text) for q in report.quotations] == ["that the ferry would not sail"]


def test_a_paragraph_beyond_what_is_parsed_is_read_to_there():
    end = len(OPENING) + MAX_PARSED
    report = reading(OPENING + "x" * (MAX_PARSED - 200) + " " + "Hollis said that it was rotten. " * 40)
    assert {"too_long", "unbroken_run"} <= {note.code for note in report.notes}
    assert 1 < len(report.quotations) < 40
    assert all(q.content[-1].end <= end for q in report.quotations)


MARKS = [
    "“Nobody sails in that,' Hollis said.",
    "«Nobody sails in that“, Hollis said. „Nobody,” she added.",
    "''Nobody sails in that'', said Hollis. ``Nobody.''",
    "\"Nobody sails in that,” Hollis said. 'It's \"rotten“', he said.",
    "”“”“ Hollis said ”“ \"\"\" ''' said",
    "「Nobody sails in that」, Hollis said. ＂Nobody,＂ she said.",
    "Hollіs ѕaid that the ferry was rotten. \u202e.dias sihT\u202c",
    "Hollis\u200bsaid\u00a0that the fer\u00adry was rotten\x00.",
    "Hollis \ud800 said \udfff that the ferry was rotten.",
]


@pytest.mark.parametrize("text", MARKS)
def test_mixed_marks_and_scripts_do_no_harm(text):
    assert reading("Ferry stays in port\n" + text + "\nAbout 300 cars waited on Monday.").language == "en"


TRANSCRIPT = """HOST: Good evening. The ferry has not sailed since Monday. Ms Hollis, why?
HOLLIS: We found rust as deep as my thumb. You would not sail in that.
HOST: The owner says [crosstalk] that you knew?
HOLLIS: (Laughs) That is -- no. No. I said in March, quote, "fix it," unquote.
"""
TABLE = """Port | Ferries | Rust (mm) | Said
--- | --- | --- | ---
Varn | 3 | 12.5 | “no comment”
Hollen | 1 | 0 | said
Total | 4 | 12.5 | said “ | said
"""


@pytest.mark.parametrize("text", [TRANSCRIPT, TABLE, TABLE.replace(" | ", "\t"), TRANSCRIPT.replace("\n", " ")])
def test_transcripts_and_tables_are_read_without_fault(text):
    text = OPENING + "\n" + text
    contents = [span.of(text) for q in reading(text).quotations for span in q.content]
    assert any("the ferry would not sail" in content for content in contents)


PIECES = [
    "said ",
    "Hollis ",
    "that ",
    "claims ",
    "“",
    "” ",
    '"',
    "'",
    "\n",
    ". ",
    ", ",
    "told reporters ",
    "@x (@y) — ",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25))
def test_any_mixture_of_words_marks_and_signs_is_read(pieces):
    reading("Ferry stays in port, says Mary Hollis\n" + "".join(pieces))
