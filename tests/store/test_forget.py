"""What is forgotten is nowhere any more: not in rows, not by search, not in the bytes of the files."""

import json
import zlib
from contextlib import suppress
from dataclasses import replace

from tests.store.made import NOW, article, incoming
from tests.store.newsroom import assignment, read_once
from twosource import pipeline
from twosource.anchor import select
from twosource.article import Outlet, Span
from twosource.facts import Figure, Person, Quotation
from twosource.report import Report
from twosource.store import (
    accounts,
    alerts,
    articles,
    feeds,
    forget,
    judgements,
    notes,
    open_store,
    reports,
    search,
    stories,
)
from twosource.store.alerts import Alert
from twosource.store.articles import Incoming
from twosource.store.feeds import Found, Poll
from twosource.store.forget import Forgotten
from twosource.store.notes import Target
from twosource.store.schema import TABLES, WORDS
from twosource.store.wording import Phrase, keys
from twosource.stories.judgements import Change, Reason

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


def everything(db):
    """All that stands in any column of any table, as text: what is compressed unpacked, what is JSON spelled out."""
    for table in (*TABLES, *(WORDS if db.dialect == "postgresql" else ())):
        for row in db.rows(f"SELECT * FROM {table}"):
            for name, value in zip(row.keys(), row, strict=True):
                yield f"{table}.{name}", plain(value)


def plain(value):
    if isinstance(value, bytes | memoryview):
        with suppress(zlib.error):
            value = zlib.decompress(bytes(value))
        value = bytes(value).decode("utf-8", "replace")
    if isinstance(value, str) and value[:1] in {"{", "["}:
        with suppress(ValueError):
            return repr(json.loads(value))
    return str(value)


def shown(db, word):
    """In which columns the word stands."""
    return {where for where, told in everything(db) if word.casefold() in told.casefold()}


def test_a_forgotten_article_leaves_no_word_in_any_column_of_any_table(db):
    told = secret(1)
    text = told.article.text
    outcomes = articles.add(db, [replace(told, guid=f"urn:{SECRET}"), incoming(2), incoming(3)], now=NOW)
    name = Span(text.index(SECRET), text.index(SECRET) + len(SECRET))
    said = Quotation(id="q", act="said", mode="direct", content=(name,), speaker="p", score=0.9, rule="r")
    people = (Person("p", SECRET, "person", (SECRET,), None, (name,)),)
    figure = Figure(id="f", span=Span(0, 2), value=1.0, unit=SECRET, subject=name)
    read = Report(
        article=told.article, language="en", model=None, blocks=(), quotations=(said,), people=people, figures=(figure,)
    )
    reports.put(db, outcomes[0].number, read, "r", now=NOW)
    seats = [assignment(o.id, f"s-{n}", why=(Reason("words", SECRET),)) for n, o in enumerate(outcomes)]
    stories.assign(db, seats[:1], NOW)
    stories.assign(db, [assignment(outcomes[1].id, "s-1"), assignment(outcomes[2].id, "s-2")], NOW)
    change = Change("merge", "s-1", "s-0", (outcomes[1].id,), 1.0, f"both have {SECRET}")
    assert stories.change(db, [change], NOW)[0]
    accounts.put(db, "s-0", pipeline.account([read, read_once(2)]), "basis", NOW)
    alerts.queue(db, [Alert(kind="new_story", key="k", channel="c", payload={"t": SECRET}, story="s-0")], NOW)
    alerts.queue(db, [Alert(kind="quoted", key="l", channel="c", payload={"t": SECRET}, article=outcomes[0].id)], NOW)
    notes.add(db, "s-0", "Who is that?", "ann", NOW, Target(article=outcomes[0].id, selector=select(text, name)))
    correction = {"article": outcomes[0].id, "quotation": "q", "name": SECRET}
    judgements.put(db, "speaker", correction, by="ann", now=NOW, reason=f"{SECRET} told me")
    assert shown(db, SECRET) >= {"article.text", "report.json", "speaker.name", "quotation.words", "figure.unit"}
    assert shown(db, SECRET) >= {"original.bytes", "judgement.reason", "alert.payload", "note.target", "story.title"}
    forget.article(db, outcomes[0].id)
    assert shown(db, SECRET) == set()
    assert search.articles(db, SECRET) == search.quotations(db, SECRET) == []
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
