"""The first lines: nothing twice, nobody too short accused, what conflicts named, no dangling marks."""

from dataclasses import replace

import pytest

from tests.web.served import demo
from twosource.account import Omission
from twosource.article import Article
from twosource.pipeline import account, read
from twosource.render.glance import glance, trimmed
from twosource.render.page import Page
from twosource.render.witnesses import absences, stubs


def page():
    told, reports = demo()
    return Page(told, list(reports))


def cut_short(words):
    """The page of the bundled story with its last report cut to its first words."""
    _, reports = demo()
    last = reports[-1].article
    text = " ".join(last.text.split()[:words])
    short = read(Article(id=last.id, text=text, outlet=last.outlet, title=last.title, published=last.published))
    made = account((*reports[:-1], short))
    line = next(s for s in made.statements if len({t.article for t in s.tellings}) == 3)
    return Page(
        replace(made, omissions=(Omission(article=last.id, line=line.id, tellers=3, reports=4),)),
        [*reports[:-1], short],
    )


def test_no_line_stands_there_twice():
    lines = glance(page())
    assert len({line.target for line in lines}) == len(lines)
    assert {"missing", "only one"} <= {line.kind for line in lines}


def test_what_is_missing_is_another_line_than_that_of_one_origin():
    first = page()
    single = next(line for line in glance(first) if line.kind == "one origin")
    omitted = Omission(article=first.account.articles[0].id, line=single.target, tellers=3, reports=4)
    again = Page(replace(first.account, omissions=(omitted,)), list(first.report.values()))
    assert single.target not in {line.target for line in glance(again) if line.kind == "missing"}


def test_a_stub_is_not_accused_of_leaving_out():
    short = cut_short(70)
    assert stubs(short) == {demo()[1][-1].id}
    assert absences(short) == []
    assert not any(line.kind == "missing" for line in glance(short))


def test_a_report_of_some_length_is():
    longer = cut_short(200)
    assert not stubs(longer)
    assert [one.absent for one in absences(longer)] == [(demo()[1][-1].id,)]


def test_a_conflict_of_figures_says_what_is_counted():
    line = next(line for line in glance(page()) if line.kind == "conflict")
    assert (line.who, line.words, line.rests) == ("people", "A “14” ⇄ C “Nineteen”", "different numbers")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("the gate stays shut,”", "the gate stays shut"),
        ("“the gate stays shut,”", "“the gate stays shut”"),
        ('and that is all,"', "and that is all"),
        ("“and that is", "and that is"),
        ('the "inner" gate', 'the "inner" gate'),
        ("the dockers’", "the dockers’"),
        ("they said:", "they said"),
        ('",', ""),
        ("", ""),
    ],
)
def test_marks_that_dangle_are_left_out(words, shown):
    assert trimmed(words) == shown
