"""Assignment and the look back: one event one story, ids that stay, and people who have the last word."""

import msgspec
import pytest

import twosource.stories.stream as module
from tests.stream.news import EVENTS, arrivals, grouping, mixed, report, streamed
from twosource.article import stable_id
from twosource.stories import Features, Stream, features

DAY = 86_400.0


def state(stream):
    return (
        {a: (s.story, s.at, s.pinned, s.found) for a, s in stream.seats.items()},
        stream.stories,
        stream.redirects,
        stream.locked,
        stream.unsettled(),
    )


def again(stream):
    rows = [(a, s.story, s.found, s.at) for a, s in stream.seats.items()]
    return Stream.restore(
        rows,
        redirects=stream.redirects,
        locked=stream.locked,
        pinned=stream.pinned,
        unsettled=stream.unsettled(),
    )


def test_reports_of_one_event_come_into_one_story():
    stream = streamed(mixed())
    stream.repair(0.0)
    assert grouping(stream) == {frozenset(f"{event}{n}" for n in range(4)) for event in EVENTS}


def test_a_story_is_named_for_its_first_article_and_says_why_others_joined():
    first, second = arrivals(("ferry", 0), ("ferry", 1))
    stream = Stream()
    begun = stream.assign(*first, 0.0)
    joined = stream.assign(*second, 5.0)
    assert begun.new
    assert begun.story == joined.story == stable_id("story", "ferry0")
    assert not joined.new
    assert [reason.code for reason in begun.why] == ["alone"]
    assert "Ferry" in next(reason.said for reason in joined.why if reason.code == "words")


def test_an_article_that_comes_twice_keeps_its_story():
    stream = streamed(mixed())
    before = grouping(stream)
    again = stream.assign("ferry0", features(report("cup", 3)), 9.0)
    assert again.story == stream.story("ferry0")
    assert not again.new
    assert grouping(stream) == before


def test_the_same_arrivals_give_the_same_stories_and_reasons():
    one, two = Stream(), Stream()
    assert [one.assign(*a, 1.0) for a in mixed()] == [two.assign(*a, 1.0) for a in mixed()]
    assert one.repair(2.0) == two.repair(2.0)
    assert state(one) == state(two)


def test_a_look_back_brings_together_what_came_apart_and_the_old_id_leads_there():
    stream = streamed(arrivals(*(("ferry", n) for n in range(3)), ("mayor", 0)))
    apart = stream.split(stream.story("ferry0"), ["ferry2"]).into
    for seat in stream.seats.values():
        seat.pinned = False
    stream.assign(*arrivals(("ferry", 3))[0], 0.0)
    told = stream.repair(0.0)
    assert [(change.kind, change.story) for change in told] == [("merge", apart)]
    assert "captain" in told[0].why
    assert stream.resolve(apart) == stream.story("ferry0")
    assert set(stream.members(apart)) == {"ferry0", "ferry1", "ferry2", "ferry3"}


def test_a_look_back_parts_what_does_not_belong_together():
    stream = streamed(arrivals(*(("ferry", n) for n in range(4)), *(("mayor", n) for n in range(3))))
    whole = stream.story("ferry0")
    stream.merge(stream.story("mayor0"), whole)
    for seat in stream.seats.values():
        seat.pinned = False
    stream.assign(*arrivals(("ferry", 4))[0], 0.0)
    told = stream.repair(0.0)
    assert [(change.kind, change.articles) for change in told] == [("split", ("mayor0", "mayor1", "mayor2"))]
    assert stream.story("ferry0") == whole
    assert stream.story("mayor1") not in (whole, stable_id("story", "mayor0"))
    assert stream.resolve(stable_id("story", "mayor0")) == whole


def test_a_second_look_changes_nothing():
    stream = streamed(mixed())
    stream.repair(0.0)
    assert stream.repair(0.0) == ()


@pytest.mark.parametrize("deed", ["merge", "split", "move"])
def test_no_look_back_undoes_what_a_person_did(deed):
    stream = streamed(mixed())
    ferry, mayor = stream.story("ferry0"), stream.story("mayor0")
    if deed == "merge":
        stream.merge(mayor, ferry)
    elif deed == "split":
        stream.split(ferry, ["ferry1", "ferry2"])
    else:
        stream.move("ferry1", mayor)
    before = grouping(stream)
    for late in arrivals(("ferry", 5), ("mayor", 5), ("cup", 5)):
        stream.assign(*late, 0.0)
    stream.repair(0.0)
    assert {story - {"ferry5", "mayor5", "cup5"} for story in grouping(stream)} == before


def test_a_locked_story_takes_reports_and_loses_none():
    stream = streamed(arrivals(*(("ferry", n) for n in range(3)), ("mayor", 0)))
    stream.move("mayor0", stream.story("ferry0"))
    for seat in stream.seats.values():
        seat.pinned = False
    stream.lock(stream.story("ferry0"))
    stream.assign(*arrivals(("ferry", 4))[0], 0.0)
    assert stream.repair(0.0) == ()
    assert set(stream.members(stream.story("mayor0"))) == {"ferry0", "ferry1", "ferry2", "mayor0", "ferry4"}
    stream.unlock(stream.story("ferry0"))
    stream.assign(*arrivals(("ferry", 3))[0], 0.0)
    assert [change.articles for change in stream.repair(0.0)] == [("mayor0",)]


def test_what_cannot_be_done_is_refused_and_changes_nothing():
    stream = streamed(mixed())
    ferry, mayor = stream.story("ferry0"), stream.story("mayor0")
    before = state(stream)
    for wrong in (
        lambda: stream.merge(ferry, ferry),
        lambda: stream.split(ferry, []),
        lambda: stream.split(ferry, ["mayor0"]),
        lambda: stream.split(ferry, stream.members(ferry)),
        lambda: stream.move("mayor0", mayor),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
    for unknown in (lambda: stream.merge("story-none", ferry), lambda: stream.lock("none"), lambda: stream.story("x")):
        with pytest.raises(KeyError):
            unknown()
    assert state(stream) == before


def test_a_restored_stream_goes_on_as_the_first_would():
    found = mixed(each=6)
    stream = streamed(found[:20], at=3.0)
    stream.repair(3.0)
    stream.move("ferry1", stream.story("mayor0"))
    stream.lock(stream.story("cup0"))
    for article in found[20:24]:
        stream.assign(*article, 4.0)
    twin = again(stream)
    assert state(twin) == state(stream)
    for article in found[24:]:
        assert twin.assign(*article, 5.0) == stream.assign(*article, 5.0)
    assert twin.repair(5.0) == stream.repair(5.0)
    assert state(twin) == state(stream)


def test_stories_leave_after_the_window_and_their_ids_are_not_given_again():
    stream = streamed(arrivals(("ferry", 0), ("ferry", 1)), at=0.0)
    stream.assign(*arrivals(("mayor", 0))[0], module.WINDOW - DAY)
    gone = stream.expire(module.WINDOW + DAY)
    assert [(g.story, g.articles) for g in gone] == [(stable_id("story", "ferry0"), ("ferry0", "ferry1"))]
    assert list(stream.seats) == ["mayor0"]
    assert stream.assign(*arrivals(("ferry", 2))[0], module.WINDOW + DAY).new


def test_an_id_is_not_given_again_when_the_redirect_from_it_has_left():
    stream = streamed(arrivals(("ferry", 0), ("mayor", 0)), at=0.0)
    stream.assign(*arrivals(("cup", 0))[0], module.WINDOW)
    stream.assign(*arrivals(("cup", 1))[0], module.WINDOW)
    old, mayor, cup = (stream.story(a) for a in ("ferry0", "mayor0", "cup0"))
    stream.assign(*arrivals(("ferry", 1))[0], 0.0)
    stream.move("ferry0", cup)
    stream.merge(old, mayor)
    assert [gone.story for gone in stream.expire(module.WINDOW + DAY)] == [mayor]
    assert old not in stream.redirects
    assert stream.split(cup, ["ferry0"]).into != old


def test_an_id_that_the_caller_knows_is_not_given_again():
    known = {stable_id("story", "ferry0"), stable_id("story", "ferry0", 2)}
    stream = Stream.restore([], taken=known.__contains__)
    assert stream.assign(*arrivals(("ferry", 0))[0], 0.0).story == stable_id("story", "ferry0", 3)


def test_too_many_live_articles_push_out_the_longest_waiting(monkeypatch):
    monkeypatch.setattr(module, "MOST_LIVE", 8)
    stream = streamed(mixed())
    gone = stream.expire(0.0)
    assert len(stream.seats) <= 8
    assert gone[0].story == stable_id("story", "ferry0")
    assert len(stream.index) == len(stream.seats)


def test_far_apart_in_time_is_not_one_story():
    stream = streamed(arrivals(("ferry", 0)), at=0.0)
    assert stream.assign(*arrivals(("ferry", 1))[0], module.WINDOW + DAY).new
    assert not stream.assign(*arrivals(("ferry", 2))[0], None).new


def test_cleaning_the_index_changes_no_answer(monkeypatch):
    monkeypatch.setattr("twosource.stories.index.SPARE", 2)
    stream = streamed(mixed(each=5), at=0.0)
    for late in arrivals(("ferry", 7), ("cup", 7)):
        stream.assign(*late, 2 * module.WINDOW)
    stream.expire(module.WINDOW + DAY)
    twin = again(stream)
    late = arrivals(("cup", 6))[0]
    assert stream.assign(*late, 2 * module.WINDOW) == twin.assign(*late, 2 * module.WINDOW)


def test_features_survive_writing_down():
    found = features(report("ferry", 0))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Features) == found


def test_a_very_large_story_still_grows_and_stays_whole():
    found = features(report("ferry", 0))
    stream = streamed([(f"copy{n}", found) for n in range(300)])
    stream.repair(0.0)
    assert len(stream.stories) == 1
    assert not stream.assign("ferry1", features(report("ferry", 1)), None).new
    assert stream.repair(0.0) == ()
