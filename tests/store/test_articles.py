"""Articles come in once however often they are delivered, and go out exactly as they came."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.made import NOW, article, incoming
from twosource.article import Article, Block, Original, Outlet
from twosource.store import articles, feeds, open_store, runs
from twosource.store.article_rows import AHEAD, believed, key_of
from twosource.store.articles import Incoming
from twosource.store.wording import Phrase, keys


def add(db, *batch, now=NOW, **more):
    return articles.add(db, batch, now=now, **more)


def found(db, words):
    sought = db.words("article_words", "a.number", ((Phrase(keys(words)),),))
    return [r["id"] for r in db.rows(f"SELECT a.id FROM article a WHERE {sought.sql} ORDER BY a.id", **sought.values)]


def test_an_article_comes_back_equal(db):
    whole = article(
        1,
        markup=(Block("headline", 0, 10), Block("body", 11, 50)),
        from_page=True,
        remarks=(("bad_bytes", "two bytes are none"), ("stub", "short")),
        modified="2030-03-18T10:00:00+01:00",
    )
    bare = Article(id="bare", text="x")
    outcomes = add(db, Incoming(article=whole), Incoming(article=bare))
    assert [o[:2] for o in outcomes] == [("stored", "pears-1"), ("stored", "bare")]
    assert articles.get(db, ["bare", "nobody", "pears-1"]) == [bare, whole]
    assert articles.numbered(db, [outcomes[1].number]) == {outcomes[1].number: bare}


TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(["\0", "\ud800", "a\0b", "\x1a0000", "\U0010ffff", "İı"])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def standing(request, tmp_path_factory):
    """One store for all examples of a property."""
    place = tmp_path_factory.mktemp("standing") / "news.db"
    if request.param == "postgresql":
        place = f"{request.getfixturevalue('postgres')}&schema=standing"
    with open_store(place) as store:
        yield store


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, title=TEXT, name=TEXT, url=st.none() | TEXT, origin=TEXT, mark=TEXT)
def test_any_text_in_any_place_comes_back_exactly(standing, text, title, name, url, origin, mark):
    came = Article(
        id=name, text=text, title=title, url=url, outlet=Outlet(name, title), origin=origin, remarks=((mark, title),)
    )
    (outcome,) = add(standing, Incoming(article=came, guid=mark, claims={"said": [mark, title], "language": name}))
    (back,) = articles.get(standing, [outcome.id])
    assert (back.text, back.sha256) == (text, came.sha256)
    if outcome.kind != "known":
        assert replace(back, id=name) == came
    assert standing.one("SELECT key FROM article WHERE number = :n", n=outcome.number)["key"] == key_of(
        Incoming(article=came)
    )


def test_the_same_delivery_is_known_and_another_text_is_the_next_version(db):
    first, again = add(db, incoming(1), incoming(1))
    later, back = add(db, incoming(1, text="Corrected."), incoming(1), now=NOW + 60)
    assert (first.kind, again.kind, later.kind, back.kind) == ("stored", "known", "new_version", "known")
    assert first[1:] == again[1:] == back[1:]
    assert later.id != first.id
    assert [(v.id, v.version) for v in articles.versions(db, later.id)] == [(first.id, 1), (later.id, 2)]
    assert articles.get(db, [later.id])[0].text == "Corrected."
    assert not articles.versions(db, "nobody")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"url": "https://www.lamp.example/a?utm_source=x"}, {"url": "http://m.lamp.example/a/"}, True),
        ({"url": "https://lamp.example/a"}, {"url": "https://lamp.example/b"}, False),
        ({"url": "https://lamp.example/"}, {"url": "https://lamp.example/", "id": "other"}, False),
        ({"url": None}, {"url": None}, True),
        ({"url": None}, {"url": None, "id": "other"}, False),
        ({"url": None, "id": ""}, {"url": None, "id": ""}, True),
        ({"url": "https://lamp.example/" + "a" * 4000}, {"url": "https://lamp.example/" + "a" * 3999 + "b"}, False),
    ],
)
def test_what_makes_two_deliveries_one_article(db, one, other, same):
    first, second = add(db, incoming(1, **one), incoming(1, **other))
    assert (second.kind == "known") is same
    assert (first.id == second.id) is same


def test_a_canonical_address_counts_on_its_own_domain_only(db):
    own = Incoming(
        article=article(1, url="https://lamp.example/a?page=1"), claims={"canonical": "https://lamp.example/a"}
    )
    plain = Incoming(article=article(1, url="https://lamp.example/a"))
    syndicated = Incoming(
        article=article(1, url="https://copy.example/a"), claims={"canonical": "https://lamp.example/a"}
    )
    assert [o.kind for o in add(db, own, plain, syndicated)] == ["stored", "known", "stored"]
    assert len(db.rows("SELECT 1 FROM article")) == 2


def test_a_key_that_the_source_gives_wins(db):
    outcomes = add(db, Incoming(article=article(1), key="guid:7"), Incoming(article=article(2), key="guid:7"))
    assert [o.kind for o in outcomes] == ["stored", "new_version"]


def test_ids_stay_apart_and_do_not_depend_on_what_else_is_stored(db, tmp_path):
    first, second = add(db, incoming(1, id="same"), incoming(2, id="same"))
    assert first.id == "same" != second.id
    (long,) = add(db, incoming(3, id="x" * 300))
    assert len(long.id) < 50
    with open_store(tmp_path / "other.db") as other:
        add(other, incoming(9, id="same"))
        assert add(other, incoming(2, id="same"))[0].id == second.id


def test_every_place_an_article_was_met_is_kept_once(db):
    number = feeds.add(db, "https://lamp.example/feed", now=NOW)
    met = Incoming(article=article(1), feed=number, guid="g-1")
    add(db, incoming(1), met, met, Incoming(article=article(1), feed=number, guid="g-2"))
    add(db, met, now=NOW + 1)
    assert [tuple(r) for r in db.rows("SELECT feed, guid FROM sighting ORDER BY coalesce(guid, '')")] == [
        (None, None),
        (number, "g-1"),
        (number, "g-2"),
    ]


def test_originals_are_shared_and_come_back(db):
    page = Incoming(article=article(1), body=b"<p>\xff\0", media_type="text/html", charset="latin-1")
    same = Incoming(article=article(2), body=b"<p>\xff\0", media_type="text/html", charset="latin-1")
    carried = Incoming(article=article(3, original=Original(b"<p>\xff\0", "text/html", "utf-8")))
    add(db, page, same, carried, incoming(4))
    kept = articles.original(db, "pears-2")
    assert kept == articles.original(db, "pears-1") == Original(b"<p>\xff\0", "text/html", "latin-1")
    assert articles.original(db, "pears-3").charset == "utf-8"
    assert articles.original(db, "pears-4") is None
    assert len(db.rows("SELECT 1 FROM original")) == 2


def test_articles_are_found_by_their_words_and_titles(db):
    add(db, *map(incoming, range(30)))
    assert found(db, "counted 17 crates") == ["pears-17"]
    assert found(db, "pile up 23") == ["pears-23"]
    assert len(found(db, "ODILE brandt said")) == 30


def test_lists_are_the_newest_first_page_by_page(db):
    outlets = [Outlet("Łódź Gazette"), None]
    for n in range(25):
        add(db, incoming(n, published=f"2030-03-{1 + n % 9:02}", outlet=outlets[n % 2]), now=NOW + n)
    everything, page = [], articles.listed(db, limit=7)
    while page:
        everything += page
        page = articles.listed(db, limit=7, before=(page[-1].at, page[-1].number))
    assert [(a.at, a.number) for a in everything] == sorted(((a.at, a.number) for a in everything), reverse=True)
    assert len({a.id for a in everything}) == 25
    assert len(articles.listed(db, outlet="lodz GAZETTE")) == 13
    assert {a.outlet for a in articles.listed(db, outlet="lodz gazette", limit=3)} == {"Łódź Gazette"}
    day = believed("2030-03-05", NOW)
    assert {a.published for a in articles.listed(db, since=day, until=day + 1)} == {"2030-03-05"}
    assert not articles.listed(db, story="story-none")
    assert not articles.listed(db, feed=1)


def test_a_time_that_cannot_be_true_is_kept_and_not_believed(db):
    claims = ["1970-01-01", "0001-01-01T00:00:00Z", "2999-01-01", "soon", "", None, "9999-12-31T23:59:59-12:00"]
    add(db, *(incoming(n, published=claim) for n, claim in enumerate(claims)))
    assert {a.at for a in articles.listed(db)} == {NOW}
    assert {a.published for a in articles.listed(db)} == set(claims)
    assert believed("2030-03-17T10:00:00+02:00", NOW) == believed("2030-03-17T08:00:00Z", NOW) < NOW
    assert believed("2030-03-19", NOW) > NOW + AHEAD / 4


def test_articles_without_a_story_are_given_in_the_order_they_came(db):
    add(db, incoming(3), now=NOW + 5)
    add(db, incoming(1), incoming(2), now=NOW)
    waiting = articles.unassigned(db, 2)
    assert [a.id for _, a in waiting] == ["pears-1", "pears-2"]
    with db.writing() as w:
        articles.grouped(w, [number for number, _ in waiting])
    assert [a.id for _, a in articles.unassigned(db, 9)] == ["pears-3"]


def test_a_batch_is_stored_whole_or_not_at_all(db):
    bad = Incoming(article=article(2), claims={"x": object()})
    with pytest.raises(TypeError):
        add(db, incoming(1), bad)
    assert not db.rows("SELECT 1 FROM article")
    assert not found(db, "crates")
    assert add(db) == ()


def test_a_batch_of_any_size_is_taken(db):
    outcomes = add(db, *(incoming(n, text=f"Text {n}") for n in range(1200)))
    assert len({o.id for o in outcomes}) == 1200
    assert len(articles.get(db, [o.id for o in outcomes])) == 1200


def test_a_clock_that_jumps_doubles_and_loses_nothing(db):
    for now in (NOW, NOW - 3600, NOW + 10 * 365 * 86400, NOW):
        add(db, *map(incoming, range(3)), now=now)
    assert [a.first_seen for a in articles.listed(db)] == [NOW] * 3


def test_the_ledger_of_a_run_balances_or_it_does_not_end(db):
    run = runs.begin(db, "add", NOW)
    runs.noted(db, run, seen=4)
    add(db, incoming(1), incoming(2), incoming(1), run=run)
    with pytest.raises(Exception, match=r"lost count: 4 seen, but 2 stored, 1 known, 0 rejected and 0 deferred"):
        runs.end(db, run, NOW + 1)
    runs.noted(db, run, deferred=1)
    ended = runs.end(db, run, NOW + 2, note="fine")
    assert (ended.stored, ended.known, ended.deferred, ended.ended, ended.note) == (2, 1, 1, NOW + 2, "fine")
    assert runs.last(db) == runs.last(db, "add") == ended
    assert runs.last(db, "watch") is None
