"""Accounts kept for stories: whole, in short, stale when due, and conflicts with the time they were first seen."""

from dataclasses import replace

from tests.made import made_account
from tests.store.made import NOW
from tests.store.newsroom import assignment, grouped
from tests.stories import story_account, story_articles
from twosource.article import Article
from twosource.store import accounts, articles, forget, stories
from twosource.store.accounts import Summary
from twosource.store.articles import Incoming


def kept(db, account, story="a", **more):
    """Store the articles of an account and put them into a story."""
    batch = [Incoming(article=Article(id=a.id, text=a.text, url=a.url)) for a in account.articles]
    articles.add(db, batch, now=NOW)
    stories.assign(db, [assignment(a.id, story) for a in account.articles], NOW)
    return accounts.put(db, story, account, "basis", NOW, **more)


def test_a_real_account_comes_back_equal(db):
    articles.add(db, [Incoming(article=a) for a in story_articles()], now=NOW)
    stories.assign(db, [assignment(a.id, "a") for a in story_articles()], NOW)
    news = accounts.put(db, "a", story_account(), "b", NOW)
    assert accounts.get(db, "a") == story_account()
    assert news.before is None
    assert news.after.reports == story_account().lineage.reports
    assert set(news.conflicts) == {c.id for c in story_account().conflicts}


def test_an_account_is_told_in_short(db):
    account = made_account()
    kept(db, account)
    assert accounts.get(db, "a") == account
    made = accounts.made(db, ["a", "nobody"])
    assert list(made) == ["a"]
    summary = Summary(reports=3, origins=2, statements=3, figures=2, solid=3, one_origin=0, conflicts=1, possible=0)
    assert replace(made["a"].summary, conflicts=summary.conflicts, possible=summary.possible) == summary
    assert made["a"].summary.conflicts + made["a"].summary.possible == len(account.conflicts)
    s = stories.get(db, "a")
    assert (s.origins, s.conflicts, s.stale) == (2, made["a"].summary.conflicts, False)
    assert accounts.get(db, "nobody") is None


def test_what_changes_while_an_account_is_made_leaves_it_stale(db):
    account = made_account()
    kept(db, account)
    read_at = stories.get(db, "a").changes
    articles.add(db, [Incoming(article=Article(id="late", text="A late report."))], now=NOW)
    stories.assign(db, [assignment("late", "a")], NOW)
    assert accounts.put(db, "a", account, "basis", NOW, changes=read_at)
    assert [s.id for s in stories.stale(db)] == ["a"]
    assert accounts.made(db, ["a"])["a"].stale
    assert not accounts.unchanged(db, "a", "another basis")
    assert accounts.unchanged(db, "a", "basis")
    assert stories.stale(db) == []


def test_a_conflict_keeps_its_first_time_while_its_id_is_the_same(db):
    account = made_account()
    kept(db, account)
    first = accounts.conflicts(db)
    assert {c.id for c in first} == {c.id for c in account.conflicts}
    assert {c.first_seen for c in first} == {NOW}
    accounts.put(db, "a", replace(account, conflicts=()), "2", NOW + 1)
    assert accounts.conflicts(db) == []
    assert {c.gone for c in accounts.conflicts(db, gone=True)} == {NOW + 1}
    news = accounts.put(db, "a", account, "3", NOW + 2)
    assert news.conflicts == ()
    assert accounts.conflicts(db) == first


def test_the_feed_of_conflicts_shows_both_sides_in_the_articles_words(db):
    account = made_account()
    kept(db, account)
    texts = {a.id: a.text for a in account.articles}
    for c in accounts.conflicts(db):
        assert [side.words for side in c.sides] == [side.span.of(texts[side.article]) for side in c.sides]
        assert (c.story, c.why) == ("a", next(k.why for k in account.conflicts if k.id == c.id))
    assert accounts.conflicts(db, story="a", since=NOW) == accounts.conflicts(db)
    assert accounts.conflicts(db, since=NOW + 1) == accounts.conflicts(db, story="nobody") == []
    last = accounts.conflicts(db)[-1]
    assert accounts.conflicts(db, before=last.cursor) == []
    assert all(c.certainty == "conflict" for c in accounts.conflicts(db, certain=True))


def test_a_merged_storys_conflicts_keep_their_time_in_the_other(db):
    account = made_account()
    kept(db, account)
    stories.change(db, [], NOW)
    articles.add(db, [Incoming(article=Article(id="x", text="Other."))], now=NOW)
    stories.assign(db, [assignment("x", "b")], NOW)
    stories.merge(db, "a", "b", by="ann", now=NOW + 1)
    assert accounts.get(db, "a") is None
    assert accounts.conflicts(db) == []
    assert accounts.put(db, "a", account, "2", NOW + 2).conflicts == ()
    assert {(c.story, c.first_seen) for c in accounts.conflicts(db)} == {("b", NOW)}


def test_no_account_is_kept_of_what_was_forgotten(db):
    account = made_account()
    kept(db, account)
    forget.article(db, account.articles[0].id)
    assert accounts.get(db, "a") is None
    assert [(c.why, c.sides) for c in accounts.conflicts(db, gone=True)] == [("", ())] * len(account.conflicts)
    assert accounts.put(db, "a", account, "2", NOW) is None
    assert accounts.put(db, "nobody", account, "2", NOW) is None
    assert [s.id for s in stories.stale(db)] == ["a"]


def test_a_story_cut_down_to_one_report_has_no_account(db):
    grouped(db, a=2)
    assert accounts.put(db, "a", replace(made_account(), articles=()), "b", NOW)
    stories.split(db, "a", ["pears-1"], by="ann", now=NOW)
    assert accounts.get(db, "a") is None
    assert stories.get(db, "a").origins is None


def test_a_basis_does_not_depend_on_order():
    assert accounts.basis_of(["a", "b"]) == accounts.basis_of(["b", "a"]) != accounts.basis_of(["ab"])
