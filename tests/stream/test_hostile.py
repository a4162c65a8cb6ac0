"""Whatever comes in: no crash, no article lost, none in two stories, no id that changes its meaning."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stream.news import EVENTS, arrivals, report
from twosource.article import Article
from twosource.stories import Stream, features
from twosource.stories.replay import replay

TEXTS = [
    "",
    " \n\t\n",
    "x" * 1_000_000,
    "wort " * 50_000,
    "\ud800\udfff \u202e\x00\x1b[31m 🐐🐐",
    "''''''''''" * 1000,
    "A" * 39 + "'" * 40_000,
    "1,000,000,000 " * 300,
    "中文新聞 報道 " * 200,
]


def test_any_text_has_features_and_a_story():
    stream = Stream()
    for n, text in enumerate(TEXTS):
        found = features(Article(id=f"t{n}", text=text, title=text[:500] if n % 2 else None))
        assert len(found.terms) == len(found.weights)
        stream.assign(f"t{n}", found, float("nan") if n == 3 else 1e300)
    stream.repair(0.0)
    assert len(stream.seats) == len(TEXTS)


def test_one_text_a_thousand_times_is_one_story():
    lines = replay(Article(id=str(n), text=report("ferry", 0).text, title="Same title") for n in range(1000))
    assert [len(line.articles) for line in lines] == [1000]


def test_one_title_over_all_events_does_not_join_them():
    articles = [
        Article(id=f"{e}{n}", text=report(e, n).text.partition("\n\n")[2], title="Live updates")
        for n in range(4)
        for e in EVENTS
    ]
    assert len(replay(articles)) >= len(EVENTS)


def test_replay_keeps_every_article_once_whatever_its_date():
    dates = ["9999-12-31", "0001-01-01", "soon", "2024-13-45", None, "2024-02-03T04:05:06+14:00", "2024-02-03"]
    articles = [
        Article(id=f"{e}{n}", text=report(e, n).text, published=dates[(n + i) % len(dates)])
        for i, e in enumerate(EVENTS)
        for n in range(7)
    ]
    lines = replay([*articles, articles[0]])
    told = [article for line in lines for article in line.articles]
    assert sorted(told) == sorted(article.id for article in articles)
    assert all(line.first <= line.last for line in lines if line.first)


deeds = st.lists(
    st.tuples(
        st.sampled_from(["assign", "assign", "assign", "repair", "merge", "split", "move", "lock", "unlock", "expire"]),
        st.integers(0, 39),
        st.integers(0, 39),
    ),
    max_size=60,
)
ALL = arrivals(*((event, number) for number in range(8) for event in EVENTS))


@given(deeds)
@settings(max_examples=60, deadline=None)
def test_any_sequence_of_deeds_keeps_stories_whole(plan):
    stream, given_ids, now = Stream(), {}, 0.0
    for deed, one, two in plan:
        now += 86_400.0
        live = list(stream.seats)
        kept = {a: stream.story(a) for a in stream.pinned}
        locked = {s: set(stream.stories[s]) for s in stream.locked}
        try:
            if deed == "assign":
                stream.assign(*ALL[one], None if two % 3 == 0 else now)
            elif deed == "repair":
                stream.repair(now)
                assert all(stream.story(a) == s for a, s in kept.items())
                assert all(stream.story(a) == s for s, articles in locked.items() for a in articles)
            elif deed == "expire":
                stream.expire(now + two * 86_400.0)
            elif live:
                a, b = live[one % len(live)], live[two % len(live)]
                if deed == "merge":
                    stream.merge(stream.story(a), stream.story(b))
                elif deed == "split":
                    stream.split(stream.story(a), [a])
                elif deed == "move":
                    stream.move(a, stream.story(b))
                else:
                    getattr(stream, deed)(stream.story(a))
        except ValueError:
            pass
        members = [a for articles in stream.stories.values() for a in articles]
        assert sorted(members) == sorted(stream.seats)
        assert all(stream.story(a) == s for s, articles in stream.stories.items() for a in articles)
        assert all(stream.stories.values())
        assert all(stream.resolve(old) in stream.stories for old in stream.redirects)
        assert not stream.redirects.keys() & stream.stories.keys()
        assert stream.locked <= stream.stories.keys()
        for story in stream.stories:
            assert given_ids.setdefault(story, story) == story
        for story in given_ids.keys() - stream.stories.keys() - stream.redirects.keys():
            given_ids[story] = "left"
    twin = Stream.restore(
        [(a, s.story, s.found, s.at) for a, s in stream.seats.items()],
        redirects=stream.redirects,
        locked=stream.locked,
        pinned=stream.pinned,
        unsettled=stream.unsettled(),
        taken=stream.taken,
    )
    assert twin.repair(now) == stream.repair(now)
    assert twin.stories == stream.stories
