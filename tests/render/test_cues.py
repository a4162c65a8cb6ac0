"""Cues that must stand before the words they report, in every form: who denies, asks or hopes asserts nothing."""

import csv
import io
from dataclasses import replace

import pytest

from tests.made import made_account
from twosource.article import Article, Outlet, Span
from twosource.pipeline import account, read
from twosource.render.csv import render_csv
from twosource.render.cues import telling_cue
from twosource.render.html import render_html
from twosource.render.lines import Look
from twosource.render.listing import render_listing
from twosource.render.markdown import render_markdown
from twosource.render.terminal import render_terminal


def cue(text, words, told, mode="indirect"):
    at, content = text.index(words), text.index(told)
    spans = (Span(content, content + len(told)),), (Span(at, at + len(words)),)
    return telling_cue(text, mode, *spans)


@pytest.mark.parametrize(
    ("text", "words", "told", "shown"),
    [
        ("Brand denied that the lock had failed.", "denied", "the lock had failed", "denied"),
        ("Brand does not accept that the lock failed.", "does not accept", "the lock failed", "does not accept"),
        ("Brand did not immediately say why it fell.", "say", "why it fell", "did not immediately say"),
        ("Brand wasn’t saying it fell.", "saying", "it fell", "wasn’t saying"),
        ("Brand was asked whether the lock failed.", "asked", "the lock failed", "asked whether"),
        ("Brand refused to say who knew.", "say", "who knew", "refused to say"),
        ("Brand hopes to reopen the lock.", "hopes", "to reopen the lock", "hopes"),
        ("Brand dismissed it as “pure fog”.", "dismissed", "“pure fog”", "dismissed"),
        ("The lock had failed, Brand claimed.", "claimed", "The lock had failed", "claimed"),
        ("Talk of a failed lock was fog, Brand said.", "Talk of", "a failed lock", "Talk of"),
        ("Brand spoke about a failed lock.", "spoke about", "a failed lock", "spoke about"),
    ],
)
def test_who_does_not_assert_is_shown_with_the_outlets_own_cue(text, words, told, shown):
    assert cue(text, words, told) == shown


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("Brand said the lock failed.", "said", "the lock failed"),
        ("The lock failed, according to Brand.", "according to", "The lock failed"),
        ("Brand told reporters that the lock failed.", "told", "the lock failed"),
        ("Brand, who had not slept, said the lock failed.", "said", "the lock failed"),
        ("Brand was quoted as saying it failed.", "was quoted as saying", "it failed"),
    ],
)
def test_plain_cues_are_left_out(text, words, told):
    assert cue(text, words, told) == ""


def test_quoted_words_stand_for_themselves_unless_the_cue_has_a_tone():
    assert cue("“It fell,” Brand joked.", "joked", "“It fell,”", "direct") == ""
    assert cue("“It fell,” Brand claimed.", "claimed", "“It fell,”", "direct") == "claimed"


def test_a_cue_among_the_words_told_is_not_said_twice():
    assert cue("The sum was quickly corrected to nine.", "was quickly corrected", "The sum was quickly corrected") == ""


TEXTS = (
    (
        "Lock gate at Velden stuck\nVELDEN - A ship hit the gate on Monday. "
        "Harbour master Ilse Brand denied that the gate had failed before the ship came in.\n"
    ),
    (
        "Velden gate stuck after ship strike\nThe gate was hit on Monday. "
        "Ilse Brand, the harbour master, denied that the gate had failed before the ship came in. "
        "Pilot Ole Rask does not accept that fog was to blame.\n"
    ),
)
TOLD = "the gate had failed before the ship came in"


@pytest.fixture(scope="module")
def reports():
    return [
        read(Article(id=f"x{n}", text=text, outlet=Outlet(name), published="2026-03-02"), fast=True)
        for n, (text, name) in enumerate(zip(TEXTS, ("Tide", "Quay"), strict=True))
    ]


def test_a_denial_reads_as_one_in_every_form(reports):
    found = account(reports)
    assert f"denied: {TOLD}" in " ".join(render_terminal(found, Look(80)).split())
    assert f"**denied:** {TOLD}" in render_markdown(found)
    assert '<span class="must"><bdi>denied</bdi>:</span> ' + TOLD in render_html(found, reports)
    assert f"denied: {TOLD}" in render_listing(reports[0], Look(120))
    rows = list(csv.DictReader(io.StringIO(render_csv(found))))
    assert {row["cue"] for row in rows if row["text"] == TOLD} == {"denied"}


def test_what_one_report_alone_has_keeps_its_cue(reports):
    assert "does not accept: fog was to blame (Rask)" in " ".join(render_terminal(account(reports), Look(100)).split())


def test_equal_words_under_cues_that_differ_are_two_wordings():
    said = Article(id="y", text=TEXTS[0].replace("denied", "said"), outlet=Outlet("Mole"), published="2026-03-02")
    shown = render_terminal(account([read(said), read(replace(said, id="z", text=TEXTS[1]))]), Look(100))
    lines = [line for line in shown.split("SAID BY", 1)[1].splitlines() if TOLD in line]
    assert len(lines) == 2
    assert not [line for line in lines if " = " in line]
    assert len([line for line in lines if "denied: " in line]) == 1


def test_without_texts_no_cue_is_shown():
    known = made_account()
    bare = replace(known, articles=tuple(replace(a, text=None) for a in known.articles))
    assert "claims" not in render_terminal(bare, Look(80)).split("CUES")[0]
