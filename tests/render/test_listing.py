"""The listing of one report: everything found, each with its place."""

from dataclasses import replace

import pytest

from tests.made import EVIL, made_report
from twosource.article import Article, Outlet, Span
from twosource.facts import Credit, Note, Person, Quotation, ToldTo
from twosource.render.lines import Look
from twosource.render.listing import render_listing
from twosource.report import Report


def test_a_report_shows_what_was_found_and_where():
    text = render_listing(made_report(), Look(80))
    for wanted in (
        "Kolné Gazette · gazette.txt · 3 Mar 2025 · en · 77 words",
        "5 blocks: 4 body, 1 headline",
        "Ilona Drábková (for town hall) → reporters",
        "“Nobody will drive over it before we know how deep it goes,”  [161–221]",
        "about 12,000 cars  = 12,000 cars  [282–288]",
        "on Monday  = 3 Mar 2025  [123–132]",
        "agency: Meridian News",
        "no date in the text",
    ):
        assert wanted in text


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_a_text_steers_the_terminal(words):
    article = Article(
        id=words, text=f"{words} said {words}", outlet=Outlet(words), title=words, published=words, origin=words
    )
    span = Span(0, len(words))
    report = Report(
        article=article,
        language=words,
        model=None,
        blocks=(),
        quotations=(
            Quotation(
                id="q",
                act="thought",
                mode="mixed",
                content=(span,),
                cue=(span,),
                speaker="p",
                told_to=ToldTo(words, span),
                score=1.0,
                rule="r",
            ),
        ),
        people=(Person("p", words, "person", (words,)),),
        credits=(Credit("agency", words, span),),
        notes=(Note("n", words),),
    )
    for look in (Look(80), Look(80, ascii=True)):
        text = render_listing(report, look)
        assert not [c for c in text.replace("\n", "") if not c.isprintable() and c not in "\u2068\u2069"]
    assert text.isascii()


def test_a_report_of_nothing_is_still_listed():
    nothing = Report(article=Article(id="a", text=""), language=None, model=None, blocks=())
    assert "0 words" in render_listing(nothing, Look(80))


def test_a_quotation_without_speaker_shows_its_source():
    report = made_report()
    bare = replace(report, quotations=tuple(replace(q, speaker=None) for q in report.quotations))
    assert "SAID     mayor Ilona Drábková → reporters" in render_listing(bare, Look(80))
