"""Stories in the store: assignments, merges, splits, moves, locks, and undoing; what the log says is what there is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.made import NOW, article
from tests.store.newsroom import assignment, grouped, seats, stored
from twosource.store import forget, judgements, lines, stories
from twosource.store.lines import Refused
from twosource.stories.features import features
from twosource.stories.judgements import Change

EMPTY = ("membership", "placement", "judgement_about", "account", "account_conflict", "note", "alert")


def state(db):
    """All that a person would see of stories, by id."""
    rows = db.rows(
        "SELECT s.id, t.id, s.locked, s.size, s.title, s.first, s.last FROM story s "
        "LEFT JOIN story t ON t.number = s.redirect WHERE s.size > 0 OR s.redirect IS NOT NULL OR s.locked = 1"
    )
    return seats(db), sorted(tuple(row) for row in rows)


def live(db):
    """What is where, and which stories are locked: what undoing has to bring back."""
    rows = db.rows("SELECT id, locked, size, title, first, last FROM story WHERE redirect IS NULL AND size > 0")
    return seats(db), sorted(tuple(row) for row in rows)


def test_articles_are_assigned_once_however_often_they_come(db):
    stored(db, 3)
    batch = [assignment("pears-0", "s"), assignment("pears-1", "s"), assignment("nobody", "s")]
    assert stories.assign(db, batch, NOW) == 2
    assert stories.assign(db, [*batch, assignment("pears-2", "t", new=True)], NOW + 1) == 1
    assert seats(db) == {"pears-0": "s", "pears-1": "s", "pears-2": "t"}
    assert db.rows("SELECT * FROM ungrouped") == []
    s = stories.get(db, "s")
    assert (s.size, s.title, s.stale, s.locked) == (2, "Pears pile up, 0 crates", True, False)
    member = stories.members(db, "s")[0]
    assert (member.article, member.score, member.margin, member.by) == ("pears-0", 1.25, 0.5, "machine")
    assert member.why == (("likeness", "alike"),)


def test_a_story_without_a_title_is_called_by_its_first_line(db):
    stored(db, 1, title=None, text="\n\n  Quay   full\nNothing moves.")
    stories.assign(db, [assignment("pears-0", "s")], NOW)
    assert stories.get(db, "s").title == "Quay full"


def test_features_come_back_to_the_stream(db):
    stored(db, 2)
    found = features(article(0))
    batch = [assignment("pears-0", "s"), assignment("pears-1", "s")]
    stories.assign(db, batch, NOW, features={"pears-0": found})
    first, second = stories.live(db, 0)
    assert (first.article, first.story, first.found, first.person) == ("pears-0", "s", found, False)
    assert second.found is None
    assert stories.live(db, NOW * 2) == []


def test_a_merged_id_leads_to_the_other_story_also_through_several(db):
    grouped(db, a=1, b=1, c=1)
    stories.merge(db, "a", "b", by="ann", now=NOW + 1)
    stories.merge(db, "b", "c", by="ann", now=NOW + 2)
    assert stories.resolve(db, "a") == stories.resolve(db, "b") == "c"
    assert stories.resolve(db, "z") is None
    assert stories.get(db, "a").size == 3
    assert [s.id for s in stories.listed(db)] == ["c"]
    assert stories.assign(db, [], NOW) == 0
    with pytest.raises(Refused, match="one story"):
        stories.merge(db, "c", "a", by="ann", now=NOW + 3)


def test_what_arrives_for_a_merged_story_joins_the_other_one(db):
    grouped(db, a=1, b=1)
    stories.merge(db, "a", "b", by="ann", now=NOW)
    stored(db, 3)
    stories.assign(db, [assignment("pears-2", "a")], NOW)
    assert seats(db) == dict.fromkeys(["pears-0", "pears-1", "pears-2"], "b")


def test_a_split_makes_a_story_and_undoing_it_leads_back(db):
    grouped(db, a=3)
    before = live(db)
    new, line = stories.split(db, "a", ["pears-1", "pears-2"], by="ann", now=NOW + 1, reason="another quay")
    assert seats(db) == {"pears-0": "a", "pears-1": new, "pears-2": new}
    assert stories.get(db, new).title == "Pears pile up, 1 crates"
    told = judgements.all(db, about=new)[0]
    assert (told.kind, told.by, told.reason, told.placed) == ("split", "ann", "another quay", ("pears-1", "pears-2"))
    undone = judgements.undo(db, line, by="ben", now=NOW + 2)
    assert live(db) == before
    assert stories.resolve(db, new) == "a"
    judgements.undo(db, undone.number, by="ben", now=NOW + 3)
    assert seats(db)["pears-1"] == new
    assert stories.resolve(db, new) == new


@pytest.mark.parametrize(
    ("chosen", "why"),
    [([], "have to stay|have to go"), (["pears-0", "pears-1"], "stay"), (["pears-2"], "not in story")],
)
def test_a_split_needs_some_of_the_storys_articles(db, chosen, why):
    grouped(db, a=2, b=1)
    before = state(db)
    with pytest.raises(Refused, match=why):
        stories.split(db, "a", chosen, by="ann", now=NOW)
    assert state(db) == before


def test_the_machine_does_not_go_against_a_person(db):
    grouped(db, a=2, b=1, c=3)
    new, _ = stories.split(db, "a", ["pears-1"], by="ann", now=NOW)
    merge = Change("merge", new, "a", ("pears-1",), 2.0, "alike")
    back = Change("move", new, "b", ("pears-1",), 2.0, "alike")
    assert stories.change(db, [merge, back], NOW) == (None, None)
    parts = Change("split", "c", "x", ("pears-3",), 0.1, "unlike")
    stories.lock(db, "c", locked=True, by="ann", now=NOW)
    assert stories.change(db, [parts], NOW) == (None,)
    assert db.one("SELECT 1 FROM story WHERE id = 'x'") is None
    stories.lock(db, "c", locked=False, by="ann", now=NOW)
    line, other = stories.change(db, [parts, Change("merge", "b", "a", ("pears-2",), 3.0, "alike")], NOW)
    assert line < other
    assert seats(db) == {"pears-0": "a", "pears-1": new, "pears-2": "a", "pears-3": "x", "pears-4": "c", "pears-5": "c"}
    told = judgements.all(db, kinds=["split"])[0]
    assert (told.by, told.score, told.reason) == ("machine", 0.1, "unlike")


def test_what_a_person_left_where_it_is_stays_there_too(db):
    grouped(db, a=3, b=1)
    new, line = stories.split(db, "a", ["pears-0"], by="ann", now=NOW)
    split = Change("split", "a", "x", ("pears-1",), 0.1, "unlike")
    assert stories.change(db, [split], NOW) == (None,)
    assert {seat.article: seat.person for seat in stories.live(db, 0)} == {
        "pears-0": True, "pears-1": True, "pears-2": True, "pears-3": False
    }  # fmt: skip
    judgements.undo(db, line, by="ann", now=NOW)
    assert not any(seat.person for seat in stories.live(db, 0))
    assert stories.change(db, [split], NOW) != (None,)
    assert stories.resolve(db, new) == "a"


def test_a_refused_change_of_a_person_undoes_the_whole_batch(db):
    grouped(db, a=1, b=1)
    changes = [Change("merge", "a", "b", ("pears-0",), 0, ""), Change("merge", "nobody", "b", (), 0, "")]
    with pytest.raises(Refused, match="no story 'nobody'"):
        stories.change(db, changes, NOW, "ann")
    assert seats(db) == {"pears-0": "a", "pears-1": "b"}


def test_undoing_waits_for_what_was_built_on_it(db):
    grouped(db, a=1, b=1, c=1)
    first = stories.merge(db, "a", "b", by="ann", now=NOW)
    second = stories.merge(db, "b", "c", by="ann", now=NOW)
    with pytest.raises(Refused, match=f"undo line {second} first"):
        judgements.undo(db, first, by="ann", now=NOW)
    judgements.undo(db, second, by="ann", now=NOW)
    judgements.undo(db, first, by="ann", now=NOW)
    assert seats(db) == {"pears-0": "a", "pears-1": "b", "pears-2": "c"}
    with pytest.raises(Refused, match="undone already"):
        judgements.undo(db, first, by="ann", now=NOW)
    with pytest.raises(Refused, match="no line 999"):
        judgements.undo(db, 999, by="ann", now=NOW)
    with pytest.raises(Refused, match="always in some story"):
        judgements.undo(db, 1, by="ann", now=NOW)


def test_a_merge_cannot_be_redone_into_a_circle(db):
    grouped(db, a=1, b=1)
    line = stories.merge(db, "a", "b", by="ann", now=NOW)
    undone = judgements.undo(db, line, by="ann", now=NOW)
    stories.merge(db, "b", "a", by="ann", now=NOW)
    before = state(db)
    with pytest.raises(Refused, match="circle"):
        judgements.undo(db, undone.number, by="ann", now=NOW)
    assert state(db) == before


def test_locks_follow_the_last_line_that_counts(db):
    grouped(db, a=2)
    line = stories.lock(db, "a", locked=True, by="ann", now=NOW)
    with pytest.raises(Refused, match="is locked"):
        stories.lock(db, "a", locked=True, by="ann", now=NOW)
    assert stories.get(db, "a").locked
    judgements.undo(db, line, by="ann", now=NOW)
    assert not stories.get(db, "a").locked


def test_lists_go_on_after_the_last_story_in_every_order(db):
    grouped(db, a=1, b=3, c=2, d=1)
    for order in ("newest", "origins", "coverage", "changed"):
        found, before = [], None
        while page := stories.listed(db, order=order, limit=3, before=before):
            found += [s.id for s in page]
            before = page[-1].cursor(order)
        assert sorted(found) == ["a", "b", "c", "d"]
        if order == "coverage":
            assert found[:2] == ["b", "c"]
    assert [s.id for s in stories.listed(db, least=2, order="coverage")] == ["b", "c"]
    assert stories.listed(db, since=NOW * 2) == []
    assert [s.id for s in stories.listed(db, since=NOW, order="changed", least=3)] == ["b"]


def test_stories_of_two_reports_are_stale_until_accounted(db):
    grouped(db, a=2, b=1)
    assert [s.id for s in stories.stale(db)] == ["a"]


def test_forgetting_leaves_stories_without_a_trace_of_the_article(db):
    numbers = grouped(db, a=2, b=1)
    stories.merge(db, "b", "a", by="ann", now=NOW)
    forget.article(db, "pears-0")
    assert stories.get(db, "a").title == "Pears pile up, 1 crates"
    assert stories.get(db, "a").size == 2
    forget.outlet(db, "the lamp 1")
    forget.outlet(db, "the lamp 2")
    empty = stories.get(db, "b")
    assert (empty.id, empty.size, empty.title, empty.first) == ("a", 0, None, None)
    assert stories.listed(db) == []
    assert db.rows("SELECT * FROM placement") == []
    assert db.check(thorough=True) == ()
    assert len(numbers) == 3


def emptied(db):
    with db.writing() as w:
        for table in EMPTY:
            w.run(f"DELETE FROM {table}")
        w.run("UPDATE judgement SET undoes = NULL, undone_by = NULL")
        w.run("UPDATE story SET redirect = NULL")
        w.run("DELETE FROM judgement")
        w.run("DELETE FROM story")


KINDS = st.sampled_from(["assign", "merge", "split", "move", "lock", "undo"])
STEPS = st.lists(st.tuples(KINDS, *[st.integers(0, 9)] * 3, st.booleans()), max_size=14)


def step(db, kind, i, j, k, person, now):
    """Do something to some of what is there; None where it was refused or there was nothing to do it to."""
    by, there = ("ann" if person else "machine"), sorted(set(seats(db).values()))
    waiting = [name for name in ARTICLES if name not in seats(db)]
    if kind == "assign" or not there:
        stories.assign(db, [assignment(a, f"s{i}") for a in waiting[: 1 + j % 3]], now)
        return None
    story, other = there[i % len(there)], there[j % len(there)]
    inside = [a for a, s in seats(db).items() if s == story]
    chosen = tuple(sorted(inside)[: 1 + k % 3])
    try:
        if kind == "lock":
            return stories.lock(db, story, locked=person, by="ann", now=now)
        if kind == "undo":
            log = lines.read(db)
            return judgements.undo(db, log[(10 * i + j) % len(log)].number, by="ann", now=now).number
        into = f"n{now}" if kind == "split" else other
        return stories.change(db, [Change(kind, story, into, chosen, 0.5, "why")], now, by)[0]
    except Refused:
        return None


ARTICLES = [f"pears-{i}" for i in range(8)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_log_replayed_from_nothing_is_what_there_is_and_undoing_brings_back_what_was(db, steps):
    if not db.rows("SELECT 1 FROM article"):
        stored(db, len(ARTICLES))
    emptied(db)
    for n, (kind, i, j, k, person) in enumerate(steps):
        before = live(db)
        line = step(db, kind, i, j, k, person, NOW + n)
        assert judgements.replay(lines.read(db)) == seats(db)
        if line is None:
            assert kind == "assign" or not before[0] or live(db) == before
            continue
        after = live(db)
        undone = judgements.undo(db, line, by="ben", now=NOW + n)
        assert live(db) == before
        judgements.undo(db, undone.number, by="ben", now=NOW + n)
        assert live(db) == after
    for row in db.rows("SELECT s.size, (SELECT count(*) FROM membership m WHERE m.story = s.number) AS n FROM story s"):
        assert row["size"] == row["n"]
