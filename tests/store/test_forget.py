"""What is forgotten is nowhere any more: not in rows, not by search, not in the bytes of the files."""

from tests.store.made import NOW, article, incoming
from twosource.article import Outlet
from twosource.store import articles, feeds, forget, open_store
from twosource.store.articles import Incoming
from twosource.store.feeds import Found, Poll
from twosource.store.forget import Forgotten
from twosource.store.wording import Phrase, keys

SECRET = "Quillbrock"


def found(db, words):
    sought = db.words("article_words", "a.number", ((Phrase(keys(words)),),))
    return [r["id"] for r in db.rows(f"SELECT a.id FROM article a WHERE {sought.sql} ORDER BY a.id", **sought.values)]


def secret(n=1, **more):
    told = article(n, text=f"Minister {SECRET} came.\n" + article(n).text, title=f"{SECRET}s pears", **more)
    return Incoming(article=told, body=SECRET.encode() * 3, claims={"credit": SECRET})


def test_a_forgotten_article_is_in_no_row_and_not_found(db):
    outcomes = articles.add(db, [secret(1), secret(2), incoming(3)], now=NOW)
    assert found(db, SECRET) == ["pears-1", "pears-2"]
    assert forget.article(db, "pears-1") == Forgotten(1, 0, 0)
    assert forget.article(db, "pears-2") == Forgotten(1, 1, 0)
    assert forget.article(db, "pears-2") == Forgotten(0, 0, 0)
    assert found(db, SECRET) == []
    assert found(db, "crates") == ["pears-3"]
    assert not articles.get(db, ["pears-1"])
    assert not articles.original(db, "pears-1")
    assert articles.numbered(db, [outcomes[0].number]) == {}
    assert len(db.rows("SELECT 1 FROM sighting")) == 1
    assert db.rows("SELECT 1 FROM original") == []
    assert [a.id for _, a in articles.unassigned(db, 9)] == ["pears-3"]
    assert db.check(thorough=True) == ()


def test_forgotten_words_are_not_in_the_files_either(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        articles.add(db, [secret(1), *map(incoming, range(2, 40))], now=NOW)
        articles.add(db, [incoming(50)], now=NOW)
        files = list(tmp_path.iterdir())
        word = SECRET.lower().encode()
        assert any(word in file.read_bytes().lower() for file in files)
        forget.article(db, "pears-1")
        assert [file.name for file in tmp_path.iterdir() if word in file.read_bytes().lower()] == []


def test_an_outlet_is_forgotten_by_its_name(db):
    articles.add(db, [incoming(n, outlet=Outlet("Łódź Gazette" if n % 2 else "Other")) for n in range(6)], now=NOW)
    assert forget.outlet(db, "lodz gazette").articles == 3
    assert {a.outlet for a in articles.listed(db)} == {"Other"}
    assert forget.outlet(db, "nobody") == Forgotten()


def test_what_is_old_is_forgotten_by_its_time(db):
    articles.add(db, [incoming(n, published=f"2030-03-{n:02}") for n in range(1, 9)], now=NOW)
    middle = sorted(a.at for a in articles.listed(db))[4]
    assert forget.older_than(db, middle).articles == 4
    assert min(a.at for a in articles.listed(db)) == middle


def test_a_feed_is_forgotten_with_or_without_its_articles(db):
    for n, url in enumerate(("https://a.example/feed", "https://b.example/feed"), 1):
        number = feeds.add(db, url, now=NOW)
        feeds.polled(db, number, Poll(next_poll=NOW, interval=9), [Found(key="k", claimed={"title": SECRET})], NOW)
        articles.add(db, [Incoming(article=article(n), feed=number, entry_key="k")], now=NOW)
    assert forget.feed(db, "https://a.example/feed", articles=True).articles == 1
    assert forget.feed(db, "https://b.example/feed", articles=False) == Forgotten()
    assert forget.feed(db, "https://c.example/feed", articles=True) == Forgotten()
    assert [a.id for a in articles.listed(db)] == ["pears-2"]
    assert feeds.all(db) == []
    assert db.rows("SELECT 1 FROM entry") == []


def test_a_forgotten_article_is_not_queued_again_and_its_claims_are_gone(db):
    number = feeds.add(db, "https://a.example/feed", now=NOW)
    named = [Found(key="k", url="https://a.example/1", claimed={"title": SECRET})]
    feeds.polled(db, number, Poll(next_poll=NOW, interval=9), named, NOW)
    articles.add(db, [Incoming(article=article(1), feed=number, entry_key="k")], now=NOW)
    forget.article(db, "pears-1")
    assert feeds.polled(db, number, Poll(next_poll=NOW, interval=9), named, NOW) == (0, 1)
    assert feeds.pending(db, NOW, 9) == []
    assert [r["claimed"] for r in db.rows("SELECT claimed FROM entry")] == ["{}"]


def test_many_are_forgotten_in_several_transactions(db):
    articles.add(db, [incoming(n, text=f"Text {n}") for n in range(1100)], now=NOW)
    assert forget.older_than(db, NOW + 10**9).articles == 1100
    assert articles.listed(db) == []
    assert db.check(thorough=True) == ()
