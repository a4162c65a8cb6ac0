"""Notes on stories, lines and words; replies; and that what is taken back is gone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.made import NOW, article
from tests.store.newsroom import grouped
from twosource.anchor import find, select
from twosource.article import Span
from twosource.store import forget, notes, stories
from twosource.store.notes import DEEPEST, LONGEST, NoteRefused, Target


def words_of_the_first():
    return Target(article="pears-0", selector=select(article(0).text, Span(4, 11)))


def test_a_note_is_on_a_story_a_line_or_words(db):
    grouped(db, a=2)
    targets = [Target(), Target(line="s-1"), words_of_the_first(), Target(article="pears-1")]
    for n, target in enumerate(targets):
        notes.add(db, "a", f"note {n}", "Ann", NOW + n, target)
    found = notes.listed(db, "a")
    assert [note.target for note in found] == targets
    assert [(note.body, note.author, note.at, note.edited) for note in found[:1]] == [("note 0", "Ann", NOW, None)]
    assert find(article(0).text, found[2].target.selector) == Span(4, 11)
    assert notes.get(db, found[1].number) == found[1]
    assert notes.get(db, 99) is None
    assert notes.listed(db, "nobody") == []


def test_a_reply_is_on_what_its_note_is_on_and_editing_keeps_no_older_words(db):
    grouped(db, a=2)
    first = notes.add(db, "a", "is that so?", "Ann", NOW, words_of_the_first())
    answer = notes.reply(db, first.number, "yes", "Ben", NOW + 1)
    assert (answer.reply_to, answer.target) == (first.number, first.target)
    edited = notes.edit(db, answer.number, "yes, I asked", NOW + 2)
    assert (edited.body, edited.edited, edited.at, edited.author) == ("yes, I asked", NOW + 2, NOW + 1, "Ben")
    assert db.rows("SELECT 1 FROM note WHERE body = 'yes'") == []


def test_a_removed_note_is_gone_or_an_empty_place_above_its_replies(db):
    grouped(db, a=2)
    first = notes.add(db, "a", "one", "Ann", NOW, words_of_the_first())
    answer = notes.reply(db, first.number, "two", "Ben", NOW)
    assert notes.remove(db, first.number)
    top = notes.listed(db, "a")[0]
    assert (top.gone, top.body, top.author, top.target) == (True, "", "", Target())
    for refused in (notes.edit, lambda *given: notes.reply(*given[:3], "Ann", NOW)):
        with pytest.raises(NoteRefused, match="no note"):
            refused(db, first.number, "again", NOW)
    assert not notes.remove(db, first.number)
    assert notes.remove(db, answer.number)
    assert notes.listed(db, "a") == []
    assert db.rows("SELECT 1 FROM note") == []


def test_notes_follow_merges_and_words_their_article(db):
    grouped(db, a=2, b=1)
    notes.add(db, "a", "on the story", "Ann", NOW)
    notes.add(db, "a", "on the words", "Ann", NOW, words_of_the_first())
    stories.merge(db, "a", "b", by="ann", now=NOW)
    assert [n.body for n in notes.listed(db, "b")] == ["on the story", "on the words"]
    new, _ = stories.split(db, "b", ["pears-0"], by="ann", now=NOW)
    assert [n.body for n in notes.listed(db, new)] == ["on the words"]


def test_a_forgotten_article_leaves_no_quote_in_notes(db):
    grouped(db, a=2)
    notes.add(db, "a", "mind this", "Ann", NOW, words_of_the_first())
    forget.article(db, "pears-0")
    assert [(n.body, n.target) for n in notes.listed(db, "a")] == [("mind this", Target())]


@pytest.mark.parametrize(
    ("body", "author", "target", "why"),
    [
        (" \n", "Ann", Target(), "empty"),
        ("x", " ", Target(), "author"),
        ("x", "A" * 300, Target(), "author"),
        ("a\0b", "Ann", Target(), "U\\+0000"),
        ("a\ud800", "Ann", Target(), "U\\+D800"),
        ("x", "A\x1b[2J", Target(), "U\\+001B"),
        ("é" * (LONGEST // 2 + 1), "Ann", Target(), "100 kB"),
        ("x", "Ann", Target(line="l" * 201), "so long an id"),
        ("x", "Ann", Target(article="nobody"), "no article 'nobody'"),
        ("x", "Ann", Target(selector=select("abc", Span(0, 1))), "have to be an article's"),
        ("x", "Ann", Target(article="pears-0", selector=select("a" * 5000, Span(0, 4000))), "at most 2,000"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(db, body, author, target, why):
    grouped(db, a=1)
    with pytest.raises(NoteRefused, match=why):
        notes.add(db, "a", body, author, NOW, target)
    assert notes.listed(db, "a") == []


def test_the_longest_note_and_the_deepest_reply_are_kept(db):
    grouped(db, a=1)
    last = notes.add(db, "a", "é" * (LONGEST // 2), "Ann", NOW)
    for _ in range(DEEPEST):
        last = notes.reply(db, last.number, "and", "Ben", NOW)
    with pytest.raises(NoteRefused, match="replies"):
        notes.reply(db, last.number, "and", "Ben", NOW)
    with pytest.raises(NoteRefused, match="no story"):
        notes.add(db, "nobody", "x", "Ann", NOW)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(max_size=20))
def test_any_note_is_kept_as_it_is_or_refused(db, body, author):
    if not db.rows("SELECT 1 FROM story"):
        grouped(db, a=1)
    if kept := tried(db, body, author):
        assert (kept.body, kept.author) == (body, author)
        assert notes.get(db, kept.number) == kept


def tried(db, body, author):
    try:
        return notes.add(db, "a", body, author, NOW)
    except NoteRefused:
        return None
