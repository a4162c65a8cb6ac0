"""What most reports tell and one leaves out."""

from dataclasses import replace

from tests.made import made_account
from twosource.account import Account, AccountArticle, Lineage, Statement, Telling
from twosource.align.omitted import omissions, unfinished
from twosource.article import Span
from twosource.facts import Note


def told(tellers, reports="abcd", notes=()):
    """An account of one statement that some of the reports tell."""
    tellings = tuple(Telling(article=a, quotation=f"q{a}", mode="direct", content=(Span(0, 5),)) for a in tellers)
    made = {"url": None, "title": None, "published": None, "origin": "o", "text": "words"}
    return Account(
        articles=tuple(AccountArticle(id=a, outlet=a, **made) for a in reports),
        people=(),
        statements=(Statement(id="s", speaker=None, relation="same_words", tellings=tellings),),
        figures=(),
        conflicts=(),
        lineage=Lineage(reports=len(reports), independent_reports=len(reports)),
        notes=tuple(Note(code, "said so", None, article) for code, article in notes),
    )


def test_what_most_tell_and_one_does_not_is_omitted_there():
    ((article, tellers, reports),) = [(o.article, o.tellers, o.reports) for o in omissions(told("abc"))]
    assert (article, tellers, reports) == ("d", 3, 4)


def test_half_is_not_most():
    assert omissions(told("ab")) == ()


def test_of_two_reports_neither_omits():
    assert omissions(told("a", "ab")) == ()


def test_a_report_received_in_part_omits_nothing_and_is_named():
    account = told("abc", notes=[("partial", "d")])
    assert omissions(account) == ()
    assert unfinished(account) == ("d",)


def test_a_report_of_another_event_or_without_words_omits_nothing():
    assert omissions(told("abc", notes=[("other_event", "d")])) == ()
    assert omissions(told("abc", notes=[("empty", "d")])) == ()


def test_the_most_widely_told_comes_first():
    account = made_account()
    found = omissions(replace(account, statements=(*account.statements,)))
    assert [o.tellers for o in found] == sorted((o.tellers for o in found), reverse=True)


def test_an_account_carries_its_omissions_by_the_ids_of_its_lines():
    account = made_account()
    lines = {line.id for line in (*account.statements, *account.figures)}
    assert account.omissions
    assert {o.line for o in account.omissions} <= lines
    assert {o.article for o in account.omissions} <= {a.id for a in account.articles}
