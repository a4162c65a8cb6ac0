"""Searching a store: every field, both orders, pages that stay, matches as places in the text as received."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.made import NOW, article, incoming
from tests.store.newsroom import grouped, read_once, stored, told
from tests.store.test_query import HOSTILE
from twosource.store import articles, finding, people, reports, search, stories
from twosource.store.query import QuerySyntax
from twosource.store.wording import keys

DAY = 86_400.0


def found(db, query, **more):
    return sorted(hit.id for hit in search.articles(db, query, **more))


@pytest.fixture
def room(db):
    """Six articles with their reports: number n counts n crates and is of the outlet Lamp n modulo 5."""
    told(db)
    return db


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("pears", {0, 1, 2, 3, 4, 5}),
        ("PEARS crates Veldén", {0, 1, 2, 3, 4, 5}),
        ("pears plums", set()),
        ('"east quay"', {0, 1, 2, 3, 4, 5}),
        ('"quay east"', set()),
        ("pears -3", {0, 1, 2, 4, 5}),
        ("3 OR 4 pears", {3, 4}),
        ("-pears OR 2", {2}),
        ("vel*", {0, 1, 2, 3, 4, 5}),
        ("vel", set()),
        ("speaker:brandt", {0, 1, 2, 3, 4, 5}),
        ('speaker:"odile br"*', {0, 1, 2, 3, 4, 5}),
        ("speaker:velden", set()),
        ("-speaker:brandt", set()),
        ("said:room", {0, 1, 2, 3, 4, 5}),
        ("said:growers", set()),
        ('said:"3 more" speaker:brandt', {3}),
        ("said:room speaker:nobody", set()),
        ("outlet:lamp", {0, 1, 2, 3, 4, 5}),
        ('outlet:"The Lamp 0"', {0, 5}),
        ("outlet:LAMP1.example", {1}),
        ("-outlet:lamp2.example", {0, 1, 3, 4, 5}),
        ("outlet:1 OR outlet:2", {1, 2}),
        ("figure:4", {4}),
        ("figure:>=4 unit:crates", {4, 5}),
        ("figure:>4 unit:crates", {5}),
        ("figure:<2 unit:crates", {0, 1}),
        ("figure:2..3 unit:crates", {2, 3}),
        ("figure:3 unit:apples", set()),
        ("unit:crates OR unit:apples", {0, 1, 2, 3, 4, 5}),
        ("-unit:crates", set()),
        ("on:2030-03-17", {0, 1, 2, 3, 4, 5}),
        ("after:2030-03-17 before:2030-03-18", {0, 1, 2, 3, 4, 5}),
        ("before:2030-03-17", set()),
        ("after:2030-03-18", set()),
        ("lang:en", {0, 1, 2, 3, 4, 5}),
        ("lang:cs", set()),
        ("story:nothing OR 2", {2}),
        ("feed:nothing", set()),
    ],
)
def test_every_term_finds_its_articles(room, query, ids):
    assert found(room, query) == [f"pears-{n}" for n in sorted(ids)]


def test_common_terms_are_looked_up_otherwise_and_find_the_same(room, monkeypatch):
    """What many rows hold is asked of each article by time; a bound of one row makes everything common."""
    grouped(room, a=2, b=1)
    queries = ["said:room", "-said:3", "figure:>2 unit:crates", "unit:crates", "figure:<=2 OR said:4"]
    queries += ["said:room speaker:brandt", "pears"]
    before = [found(room, query) for query in queries]
    quoted = [[q.id for q in search.quotations(room, query)] for query in queries]
    in_stories = [[s.id for s in stories.listed(room, query=search.parse(query))] for query in queries]
    monkeypatch.setattr(finding, "FEW", 1)
    assert [found(room, query) for query in queries] == before
    assert [[q.id for q in search.quotations(room, query)] for query in queries] == quoted
    assert [[s.id for s in stories.listed(room, query=search.parse(query))] for query in queries] == in_stories
    assert before[0] == [f"pears-{n}" for n in range(6)]
    assert in_stories[0] == ["b", "a"]


def test_a_story_and_those_merged_into_it_are_found_by_id(db):
    grouped(db, a=2, b=1)
    assert found(db, "story:a") == ["pears-0", "pears-1"]
    stories.merge(db, "b", "a", by="ann", now=NOW)
    assert found(db, "story:b") == ["pears-0", "pears-1", "pears-2"]
    assert [s.id for s in stories.listed(db, query=search.parse("pears"))] == ["a"]
    assert stories.listed(db, query=search.parse("plums")) == []


def test_a_feed_is_found_by_words_of_its_address_or_title(db):
    with db.writing() as w:
        feed = w.insert(
            "INSERT INTO feed (url, kind, title, added, next_poll, interval) "
            "VALUES ('https://lamp.example/rss', 'feed', 'Harbour News', 0, 0, 60) RETURNING number"
        )
    articles.add(db, [incoming(0), articles.Incoming(article=article(1), feed=feed)], now=NOW)
    assert found(db, "feed:harbour") == found(db, 'feed:"lamp.example/rss"') == ["pears-1"]
    assert found(db, "-feed:harbour") == ["pears-0"]


def test_a_hit_shows_its_matches_in_the_text_as_received(db):
    text = "Head\n" + "filler " * 100 + "the “Ea\u0301st”\n\tquay is full"
    articles.add(db, [incoming(0, text=text, title="East of Eden"), incoming(1, text="Nothing.")], now=NOW)
    hit = search.articles(db, '"east quay" full OR east')[0]
    assert [s.of(text) for s in hit.spans] == ["Ea\u0301st”\n\tquay", "full"]
    assert [s.of("East of Eden") for s in hit.title_spans] == ["East"]
    assert hit.shown == hit.excerpt.of(text)
    assert hit.excerpt.covers(hit.spans[0])
    assert (hit.id, hit.outlet, hit.story, hit.at) == ("pears-0", "The Lamp 0", None, hit.cursor[0])


def test_pages_go_on_by_time_and_number_whatever_arrives(db):
    for n in range(9):
        articles.add(db, [incoming(n, published=f"2030-01-0{1 + n % 3}")], now=NOW)
    whole = [hit.id for hit in search.articles(db, "pears", limit=50)]
    assert [n % 3 for n in (int(name[-1]) for name in whole)] == [2, 2, 2, 1, 1, 1, 0, 0, 0]
    first = search.articles(db, "pears", limit=4)
    articles.add(db, [incoming(n, published="2030-01-03") for n in range(10, 13)], now=NOW)
    second = search.articles(db, "pears", limit=50, before=first[-1].cursor)
    assert [hit.id for hit in (*first, *second)] == whole


def test_the_best_come_first_where_asked(db):
    """PostgreSQL's ranking knows less (no rarity, no lengths): there only what is found is tested."""
    texts = ["No ship here.", "Quay quay quay, quay.", "One quay, " + "and many other words " * 40]
    articles.add(db, [incoming(n, text=text, title=None) for n, text in enumerate(texts)], now=NOW)
    best = [hit.id for hit in search.articles(db, "quay", order="best")]
    assert sorted(best) == ["pears-1", "pears-2"]
    assert db.dialect == "postgresql" or best[0] == "pears-1"
    assert [hit.id for hit in search.articles(db, "quay", order="newest")] == ["pears-2", "pears-1"]
    assert [hit.id for hit in search.articles(db, "quay outlet:2", order="best")] == ["pears-2"]
    assert [hit.id for hit in search.articles(db, "outlet:2", order="best", limit=1)] == ["pears-2"]


def test_new_articles_alone_can_be_asked(db):
    numbers = stored(db, 4)
    assert found(db, "pears", among=[numbers["pears-1"], numbers["pears-3"], 999]) == ["pears-1", "pears-3"]
    assert found(db, "pears", among=[]) == []


def test_quotations_are_found_by_their_words_speaker_and_article(room):
    hits = search.quotations(room, '"nobody rang" speaker:brandt outlet:1')
    assert [(q.article, q.name, q.kind, q.act) for q in hits] == [("pears-1", "Odile Brandt", "person", "said")]
    assert [s.of(hits[0].words) for s in hits[0].spans] == ["nobody rang"]
    text = article(1).text
    assert hits[0].span.of(text).startswith(hits[0].words[:5])
    assert search.quotations(room, "growers") == []
    assert [q.id for q in search.quotations(room, "figure:3")] == ["q-3b", "q-3"]
    assert [q.id for q in search.quotations(room, "-said:room figure:3")] == ["q-3b"]
    first = search.quotations(room, "room", limit=2)
    rest = search.quotations(room, "room", before=first[-1].cursor)
    assert [q.article for q in (*first, *rest)] == [f"pears-{n}" for n in range(5, -1, -1)]


def answered(db, query):
    """The hits, or the error in the query; nothing else may come."""
    try:
        return search.articles(db, query), search.quotations(db, query), search.articles(db, query, order="best")
    except QuerySyntax as wrong:
        return wrong


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_find_something_or_say_why_not(room, query):
    assert isinstance(answered(room, query), tuple | QuerySyntax)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["said:", "speaker:", "-", '"', "pears", "OR", "figure:>", "5", "*", "story:", "unit:%", "é", "'"]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_may_be_searched(db, text):
    if not db.rows("SELECT 1 FROM article"):
        told(db, 2)
    answered(db, text)
    assert isinstance(people.people(db, text), list)


def test_the_longest_query_is_answered(db):
    stored(db, 2)
    assert search.articles(db, " ".join(f"p{n}*" for n in range(64))) == []
    assert search.articles(db, " OR ".join(["pears", *(f"q{n}" for n in range(50))]))[0].id == "pears-1"
    assert search.articles(db, '"' + "a " * 490 + '"') == []


def test_speakers_are_found_by_words_of_their_name_the_last_perhaps_begun(room):
    for name in ("", "odile", "Brandt ODILE", "Odile Bra", "brändt "):
        assert [s.name for s in people.people(room, name)] == ["Odile Brandt"], name
    assert people.people(room, "odi bra ") == []
    assert people.people(room, "brandt", kinds=["organisation"]) == []
    speaker = people.people(room, "brandt")[0]
    assert (speaker.quotations, speaker.outlets, speaker.kind) == (6, 5, "person")
    assert speaker.first == speaker.last == search.articles(room, "pears")[0].at
    assert people.speaker(room, speaker.number) == speaker
    assert people.speaker(room, 999) is None
    assert people.people(room, before=speaker.cursor) == []


def test_what_a_speaker_said_is_told_over_time(db):
    for n in range(3):
        number = articles.add(db, [incoming(n, published=f"2030-0{n + 1}-01")], now=NOW)[0].number
        reports.put(db, number, read_once(n), "r", now=NOW)
    speaker = people.people(db, "brandt")[0].number
    said = people.said(db, speaker, limit=2)
    assert [q.article for q in said] == ["pears-2", "pears-1"]
    assert [q.article for q in people.said(db, speaker, before=said[-1].cursor)] == ["pears-0"]
    assert people.months(db, speaker) == {"2030-01": 1, "2030-02": 1, "2030-03": 1}
    assert people.outlets(db, speaker) == {"the lamp 0": 1, "the lamp 1": 1, "the lamp 2": 1}
    assert said[0].at - said[1].at == 28 * DAY
    assert keys(said[0].words)[:4] == ("we", "had", "room", "for")
