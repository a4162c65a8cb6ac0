"""Wordings of one statement: the best telling of each article, equal ones together, differing words marked."""

from tests.made import made_account
from twosource.account import Account, AccountArticle, Lineage, Statement, Telling
from twosource.article import Span
from twosource.render.variants import wordings
from twosource.render.view import View


def told(*texts, mode="direct"):
    """An account of one statement told once by each article, the whole text being the quotation."""
    tellings = tuple(
        Telling(article=str(n), quotation=f"q{n}", mode=mode, content=(Span(0, len(text)),))
        for n, text in enumerate(texts)
    )
    statement = Statement(id="s", speaker=None, relation="variant_wording", tellings=tellings)
    articles = tuple(
        AccountArticle(id=str(n), outlet=None, url=None, title=None, published=None, origin="o", text=text)
        for n, text in enumerate(texts)
    )
    lineage = Lineage(reports=len(texts), independent_reports=1)
    account = Account(articles=articles, people=(), statements=(statement,), figures=(), conflicts=(), lineage=lineage)
    return View(account), statement


def differing(*texts):
    view, statement = told(*texts)
    return [[s.of(w.words) for s in w.differing] for w in wordings(view, statement)]


def test_two_wordings_mark_each_others_words():
    assert differing("we talk about a swap of land", "we talk about an exchange of land") == [
        ["a swap"],
        ["an exchange"],
    ]


def test_a_marked_bracket_is_closed():
    assert differing("LISLE (AP) two ships sank", "two ships sank") == [["LISLE (AP)"], []]


def test_marks_case_and_spaces_make_no_other_wording():
    view, statement = told("“We will stay,”", '"we will  stay."', "'We Will Stay'")
    assert len(wordings(view, statement)) == 1
    assert len(wordings(view, statement)[0].tellings) == 3


def test_of_many_wordings_the_middle_one_is_the_measure():
    found = differing("we will stay here now", "we will stay here", "they will stay here")
    assert found == [[], ["now"], ["they"]]


def test_wordings_with_hardly_a_word_in_common_stay_unmarked():
    assert differing("nobody warned us at all", "there was never any notice given") == [[], []]


def test_of_an_articles_tellings_the_quoted_one_is_shown():
    account = made_account()
    statement = account.statements[0]
    headline = Telling(article="w", quotation="q-h", mode="indirect", content=(Span(0, 49),))
    from dataclasses import replace

    longer = replace(statement, tellings=(headline, *statement.tellings))
    first = wordings(View(account), longer)[0]
    assert first.words.startswith("“Nobody")
    assert first.further == (headline,)


def test_words_that_change_the_meaning_are_marked_apart():
    view, statement = told("we will stay here with 40 boats", "we may stay here with 50 ships")
    second = wordings(view, statement)[1]
    assert [s.of(second.words) for s in second.differing] == ["may", "50 ships"]
    assert [s.of(second.words) for s in second.weighty] == ["may", "50 ships"]
    view, statement = told("we will stay at home", "we will remain at home")
    assert wordings(view, statement)[1].weighty == ()


def test_of_many_wordings_each_origin_shows_one():
    from dataclasses import replace

    texts = [f"we will stay here {word}" for word in ("now", "again", "today", "gladly", "forever", "then")]
    view, statement = told(*texts)
    tellings = tuple(replace(t, origin="wire" if n < 4 else f"o{n}") for n, t in enumerate(statement.tellings))
    found = wordings(view, replace(statement, tellings=tellings))
    assert len(found) == 3
    assert sorted(len(w.origin) for w in found) == [0, 0, 3]
