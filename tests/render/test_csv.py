"""CSV: one tidy row a telling or figure, exact places, nothing a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pytest

from tests.made import EVIL, WIRE, evil_account, made_account
from twosource.render.csv import COLUMNS, guarded, render_csv

RUN = (
    "=1+1",
    "+1",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '"=1',
    "'=1",
    "“=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "%x",
)


def rows(account, **how):
    return list(csv.DictReader(io.StringIO(render_csv(account, **how), newline="")))


def test_one_row_for_each_telling_and_figure():
    found = rows(made_account())
    assert [r["kind"] for r in found] == ["statement"] * 6 + ["figure"] * 4 + ["omission"]
    assert [r["label"] for r in found[:4]] == ["A1", "B1", "C2", "A3"]
    assert list(found[0]) == list(COLUMNS)


def test_the_words_are_those_at_the_place():
    row = rows(made_account())[0]
    assert WIRE[int(row["start"]) : int(row["end"])] == row["text"]
    assert row["speaker"] == "Ilona Drábková"
    assert (row["mode"], row["relation"], row["rule"], row["score"]) == (
        "direct",
        "variant_wording",
        "direct_after",
        "0.97",
    )


def test_an_interrupted_quotation_keeps_the_places_of_its_pieces():
    row = rows(evil_account("plain words"))[0]
    assert row["spans"] == "0-11;16-27"
    assert row["text"] == "plain words […] plain words"
    assert (row["start"], row["end"]) == ("0", "27")


def test_figures_have_their_numbers():
    row = rows(made_account())[6]
    assert (row["value"], row["unit"], row["hedge"], row["relation"]) == ("12000.0", "cars", "about", "conflict")


@pytest.mark.parametrize("words", RUN)
def test_no_cell_begins_like_a_formula(words):
    for row in rows(evil_account(words)):
        for column, cell in row.items():
            if column not in {"value", "low", "high", "of"}:
                assert cell.lstrip(" \"'“").lstrip("\\") == "" or cell[0] == "'" or cell[0] not in "=+-@＝＋－＠%\t\r\n"
        assert row["text"].startswith("'")


@pytest.mark.parametrize("words", RUN)
def test_the_guard_is_an_apostrophe_before_it(words):
    assert str(guarded(words)).startswith("'")


def test_negative_numbers_of_ours_stay_numbers():
    assert guarded(-5.0) == -5.0
    assert rows(evil_account("x"))[-2]["value"] == "-5.0"


def test_ordinary_text_is_left_alone():
    assert guarded("“Nobody will drive over it,”") == "“Nobody will drive over it,”"


@pytest.mark.parametrize("words", EVIL)
def test_controls_are_written_out(words):
    text = render_csv(evil_account(words)).replace("\r\n", "")
    assert text.isprintable()


@pytest.mark.parametrize("words", EVIL)
def test_raw_gives_the_exact_words(words):
    text = rows(evil_account(words), raw=True)[1]["text"]
    assert text == words


def test_without_texts_the_places_stay():
    account = made_account()
    bare = replace(account, articles=tuple(replace(a, text=None) for a in account.articles))
    row = rows(bare)[0]
    assert (row["text"], row["start"]) == ("", "161")


def test_an_omission_says_who_leaves_out_what_and_how_many_tell_it():
    made = made_account()
    omitted = next(r for r in rows(made) if r["kind"] == "omission")
    (gold,) = made.omissions
    assert (omitted["article"], omitted["id"]) == (gold.article, gold.line)
    assert (omitted["value"], omitted["of"]) == (str(gold.tellers), str(gold.reports))
    assert omitted["start"] == ""
