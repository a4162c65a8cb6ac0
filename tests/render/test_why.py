"""Why: the source paragraph with the words underlined, and all that led to the line."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import EVIL, evil_account, made_account
from twosource.article import Span
from twosource.render.labels import label_account
from twosource.render.lines import Look, cells
from twosource.render.why import LONGEST, paragraph, render_why

PLAIN = Look(80)


def asked(label, account=None, look=PLAIN):
    account = account or made_account()
    return render_why(account, *label_account(account).find(label), look)


def test_the_words_are_underlined_in_their_paragraph():
    lines = asked("A1").splitlines()
    at = next(n for n, line in enumerate(lines) if "“Nobody" in line)
    assert lines[at] == "    “Nobody will drive over it before we know how deep it goes,” mayor Ilona"
    assert lines[at + 1] == "    " + "^" * 60
    assert lines[at + 2] == "    Drábková told reporters at the town hall."


def test_on_a_terminal_the_underline_is_a_style():
    text = asked("A1", look=Look(80, colour=True))
    assert "^^" not in text
    assert "\x1b[1;4m“Nobody will drive over it before we know how deep it goes,”\x1b[0m" in text


def test_a_telling_shows_rule_features_speaker_and_the_other_tellings():
    text = asked("A1")
    for wanted in (
        "Kolné Gazette",
        "characters 161–221",
        "direct_after, score 0.97",
        "marks typographic · speaker surname · distance 1",
        "Ilona Drábková, mayor",
        "told  [243–247]",
        "reporters  [248–257]",
        "said1  other wording, told in 3 reports",
        "similarity 0.91",
        "org1  one agency text: Meridian News (A B)",
        "C2   Nobody is going to drive across",
        'quote "“Nobody',
    ):
        assert wanted in text


def test_a_figure_shows_how_it_was_read_and_what_it_conflicts_with():
    text = asked("A2")
    assert "about 12,000 cars" in text
    assert "C3   Some 21,000" in text
    assert "con1  different numbers" in text


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("said2", "paraphrase"),
        ("fig1", "cars: CONFLICT"),
        ("con2", "possible conflict: one is stronger than the other"),
        ("org2", "own report: Evening Lamp"),
        ("link1", "A Kolné Gazette and B Valley Today: copies of one text"),
        ("who2", "Hartwig & Sons, organisation"),
        ("only1", "said, told by this report alone"),
        ("B", "2 times"),
    ],
)
def test_every_kind_of_line_can_be_asked_about(label, words):
    assert words in asked(label)


def test_a_conflict_shows_both_places():
    text = asked("con1")
    assert text.count(" ^^^^^^^^^^^\n") == 2
    assert "12,000 against 21,000" in text


def test_without_the_text_it_says_how_to_see_the_words():
    account = made_account()
    bare = replace(account, articles=tuple(replace(a, text=None) for a in account.articles))
    assert "saved without this text" in asked("A1", bare)
    assert "position 161 221" in asked("A1", bare)


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_a_text_steers_the_terminal(words):
    account = evil_account(words)
    for label in label_account(account).subjects:
        text = asked(label, account)
        assert not [c for c in text.replace("\n", "") if not c.isprintable() and c not in "\u2068\u2069"]
        assert asked(label, account, Look(80, ascii=True)).isascii()
        assert all(cells(line) <= 80 for line in text.splitlines())


def test_a_paragraph_is_its_line():
    text = "First line here.\nSecond one is it.\nThird."
    assert paragraph(text, Span(20, 24)).of(text) == "Second one is it."


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = (
        "A headline that is long enough to look as if it were wrapped\n"
        "The mayor of the small town said on Monday that nobody had told\n"
        "him about the crack before it was in the newspapers, and that\n"
        "he would ask.\n"
    )
    assert paragraph(text, Span(130, 133)).of(text).startswith("The mayor")
    assert paragraph(text, Span(130, 133)).of(text).endswith("would ask.")


@given(st.text(st.sampled_from("ab \n."), max_size=300), st.integers(0, 300), st.integers(0, 20))
def test_a_paragraph_holds_the_words_and_stays_in_the_text(text, start, width):
    span = Span(min(start, len(text)), min(start + width, len(text)))
    found = paragraph(text, span)
    assert 0 <= found.start <= span.start
    assert span.end <= found.end <= len(text)


def test_a_text_without_line_ends_is_cut():
    text = "x" * 100_000
    assert paragraph(text, Span(50_000, 50_010)).width == 2 * LONGEST + 10
