"""Corrections people make: kept as lines, in force at once, undone exactly."""

import pytest

from tests.store.made import NOW
from tests.store.newsroom import grouped
from twosource.judgements import Judgements
from twosource.store import forget, judgements, stories
from twosource.store.lines import LONGEST, Refused

SPEAKER = {"article": "pears-0", "quotation": "q-1", "name": "Odile Brandt"}
NAMES = {"story": "a", "left": "Brandt", "right": "O. Brandt"}
TELLINGS = {"story": "a", "left": ["pears-0", "q-1"], "right": ["pears-1", "q-2"]}


def put(db, kind, payload, now=NOW):
    return judgements.put(db, kind, payload, by="ann", now=now, reason="I rang them")


def test_corrections_hold_for_their_story_until_undone(db):
    grouped(db, a=2, b=1)
    first = put(db, "speaker", SPEAKER)
    put(db, "same_person", NAMES)
    put(db, "other_statement", TELLINGS)
    told = ("pears-0", "q-1"), ("pears-1", "q-2")
    assert judgements.for_story(db, "a") == Judgements(
        speakers={told[0]: "Odile Brandt"}, same_people=(("Brandt", "O. Brandt"),), other_statements=(told,)
    )
    assert judgements.for_story(db, "b") == judgements.for_story(db, "nobody") == Judgements()
    judgements.undo(db, first.number, by="ann", now=NOW)
    assert judgements.for_story(db, "a").speakers == {}
    assert [line.kind for line in judgements.all(db, about="a")] == [
        "undo",
        "other_statement",
        "same_person",
        "speaker",
    ]


def test_two_places_in_no_conflict_are_kept_by_place(db):
    grouped(db, a=2, b=1)
    sides = ["pears-0", 3, 9], ["pears-1", 0, 4]
    line = put(db, "no_conflict", {"story": "a", "left": sides[0], "right": sides[1]})
    assert judgements.for_story(db, "a").no_conflicts == ((("pears-0", 3, 9), ("pears-1", 0, 4)),)
    judgements.undo(db, line.number, by="ann", now=NOW)
    assert judgements.for_story(db, "a") == Judgements()
    with pytest.raises(Refused, match="both sides are the same"):
        put(db, "no_conflict", {"story": "a", "left": sides[0], "right": sides[0]})


def test_a_later_correction_wins_and_is_found_after_a_merge_and_a_move(db):
    grouped(db, a=2, b=1)
    put(db, "speaker", SPEAKER)
    put(db, "speaker", {**SPEAKER, "name": ""})
    put(db, "same_person", NAMES)
    stories.merge(db, "a", "b", by="ann", now=NOW)
    assert judgements.for_story(db, "b").speakers == {("pears-0", "q-1"): ""}
    assert judgements.for_story(db, "b").same_people == (("Brandt", "O. Brandt"),)
    new, _ = stories.split(db, "b", ["pears-0"], by="ann", now=NOW)
    assert judgements.for_story(db, new).speakers == {("pears-0", "q-1"): ""}


def test_a_correction_makes_its_storys_account_stale(db):
    grouped(db, a=2)
    before = stories.get(db, "a").changes
    line = put(db, "same_person", NAMES)
    judgements.undo(db, line.number, by="ann", now=NOW)
    assert stories.get(db, "a").changes == before + 2


def test_an_outlets_mark_is_what_the_last_line_that_counts_says(db):
    def mark():
        return [row["mark"] for row in db.rows("SELECT mark FROM outlet_mark WHERE outlet = 'The Lamp'")]

    put(db, "outlet_mark", {"outlet": "The Lamp", "mark": "distrusted"})
    hidden = put(db, "outlet_mark", {"outlet": "The Lamp", "mark": "hidden"})
    assert mark() == ["hidden"]
    undone = judgements.undo(db, hidden.number, by="ann", now=NOW)
    assert mark() == ["distrusted"]
    judgements.undo(db, undone.number, by="ann", now=NOW)
    assert mark() == ["hidden"]
    put(db, "outlet_mark", {"outlet": "The Lamp", "mark": ""})
    assert mark() == []


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("merge", {"story": "a", "into": "b"}),
        ("nonsense", {}),
        ("speaker", {"article": "pears-0"}),
        ("speaker", {**SPEAKER, "name": 7}),
        ("speaker", {**SPEAKER, "article": "nobody"}),
        ("speaker", {**SPEAKER, "name": "x" * (LONGEST + 1)}),
        ("same_person", {**NAMES, "right": "Brandt"}),
        ("same_person", {**NAMES, "story": "nobody"}),
        ("same_statement", {**TELLINGS, "left": ["pears-0"]}),
        ("outlet_mark", {"outlet": "The Lamp", "mark": "adored"}),
    ],
)
def test_what_is_no_correction_is_refused_and_leaves_no_line(db, kind, payload):
    grouped(db, a=2)
    before = judgements.effective(db)
    with pytest.raises(Refused):
        put(db, kind, payload)
    assert judgements.effective(db) == before


def test_any_text_is_kept_in_a_correction(db):
    grouped(db, a=1)
    name = "N\0UL \ud800 é 😀 ' OR 1=1"
    line = judgements.put(db, "speaker", {**SPEAKER, "name": name}, by="b\0b", now=NOW, reason="\udfff")
    assert judgements.all(db)[0] == line
    assert (line.payload["name"], line.by, line.reason) == (name, "b\0b", "\udfff")


def test_the_log_is_read_page_by_page(db):
    grouped(db, a=1)
    for _ in range(5):
        put(db, "speaker", SPEAKER)
    first = judgements.all(db, limit=3)
    rest = judgements.all(db, limit=3, before=first[-1].number)
    numbers = [line.number for line in (*first, *rest)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 5
    assert [line.kind for line in judgements.all(db, kinds=["assign"])] == ["assign"]


def test_a_correction_in_a_forgotten_article_holds_no_name_any_more(db):
    grouped(db, a=2)
    line = put(db, "speaker", SPEAKER)
    put(db, "speaker", {**SPEAKER, "article": "pears-1"})
    forget.article(db, "pears-0")
    assert judgements.for_story(db, "a").speakers == {("pears-1", "q-1"): "Odile Brandt"}
    blank = judgements.all(db, about="a")[-1]
    assert (blank.number, blank.by, blank.reason, set(blank.payload.values())) == (line.number, "ann", "", {""})
    judgements.undo(db, line.number, by="ann", now=NOW)
