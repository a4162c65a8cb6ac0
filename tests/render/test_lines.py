"""Layout: never wider than asked for, measured in cells, nothing of a text steers the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import EVIL
from twosource.render.lines import Look, Sheet, ascii_only, cells, clipped, isolated, named, shown, wrap

texts = st.text(st.characters(codec=None), max_size=200)


@given(st.lists(st.tuples(texts.map(shown), st.sampled_from(["", "label", "mark"])), max_size=6), st.integers(10, 60))
def test_no_line_is_wider_than_asked_for(pieces, width):
    for line in wrap(pieces, width, "  ", "    "):
        assert cells("".join(text for text, _ in line).rstrip(" ")) <= width


@given(texts)
def test_wrapping_loses_nothing_but_spaces(text):
    piece = shown(text)
    laid = "".join(text for line in wrap([(piece, "")], 20) for text, _ in line)
    assert laid.replace(" ", "") == piece.replace(" ", "")


@pytest.mark.parametrize("words", EVIL)
@pytest.mark.parametrize("show", [shown, named])
def test_nothing_shown_steers_a_terminal(words, show):
    allowed = {"\u2068", "\u2069"} if isolated(words) != words else set()
    assert not [c for c in show(words) if not c.isprintable() and c not in allowed]


def test_a_line_feed_in_a_name_is_written_out_but_joins_running_text():
    assert named("Jan\nHolt") == "Jan\\u000aHolt"
    assert shown("he\nsaid\tso") == "he said so"


def test_wide_characters_count_two_cells():
    sheet = Sheet(Look(20))
    sheet.add([("漢字" * 10, "")])
    assert [cells(line) for line in sheet.lines] == [20, 20]


def test_right_to_left_words_are_isolated_and_others_are_not():
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("Łódź") == "Łódź"


@given(texts)
def test_ascii_is_ascii(text):
    assert ascii_only(shown(text)).isascii()


def test_ascii_keeps_letters_readable():
    assert ascii_only("“Hájek” → 5 km² … —") == '"Hajek" -> 5 km2 ... -'


@given(texts.map(shown), st.integers(1, 40))
def test_clipped_text_fits(text, width):
    assert cells(clipped(text, width)) <= max(width, 2)


def test_a_cut_section_ends_in_an_ellipsis():
    sheet = Sheet(Look(20))
    sheet.add([("one two three four five six seven eight nine ten", "")], most=2)
    assert len(sheet.lines) == 2
    assert sheet.lines[-1].endswith("...")
    assert all(len(line) <= 20 for line in sheet.lines)


def test_marked_words_are_underlined_without_colour_and_styled_with_it():
    plain, coloured = Sheet(Look(20)), Sheet(Look(20, colour=True))
    for sheet in (plain, coloured):
        sheet.quote([("he said ", ""), ("漢 no", "mark"), (" twice", "")], indent=2)
    assert plain.lines[:2] == ["  he said 漢 no", "          ^^^^^"]
    assert "\x1b[1;4m漢 no\x1b[0m" in coloured.lines[0]
    assert len(coloured.lines) == 2
