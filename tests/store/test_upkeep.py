"""Backups are whole or are not, and fill either kind of store; the doctor finds what is wrong and changes nothing."""

import io
import random
import sqlite3
import threading
import zipfile
from contextlib import closing

import pytest

from tests.store.made import NOW, article, incoming
from twosource.errors import Damaged, Full, StoreError
from twosource.store import articles, feeds, open_store, quarantine, runs, upkeep
from twosource.store.articles import Incoming
from twosource.store.database import Indexed
from twosource.store.feeds import Found, Poll
from twosource.store.quarantine import Reject
from twosource.store.schema import TABLES
from twosource.store.wording import Phrase, keys


def fill(db, many=40):
    run, feed = runs.begin(db, "add", NOW), feeds.add(db, "https://lamp.example/feed", now=NOW)
    feeds.polled(db, feed, Poll(next_poll=NOW, interval=9), [Found(key="k", claimed={"t": "\ud800"})], NOW)
    first = Incoming(article=article(0, title="\0 \ud800 \x1a"), feed=feed, entry_key="k", body=b"\0\xff" * 99)
    articles.add(db, [first, *map(incoming, range(1, many))], run=run, now=NOW)
    quarantine.put(db, [Reject(source="file", name="x", reason="binary", message="", body=b"\xff")], run=run, now=NOW)


def content(db):
    return {table: [tuple(row) for row in db.rows(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in TABLES}


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """Another empty place."""
    if request.param == "sqlite":
        return str(tmp_path / "restored.db")
    return f"{request.getfixturevalue('postgres')}&schema=restored_{random.randrange(10**12)}"


def test_a_backup_of_either_store_fills_either_store(db, target, tmp_path):
    fill(db)
    made = upkeep.backup(db, tmp_path / "news.zip")
    assert made.rows["article"] == 40
    assert upkeep.restore(tmp_path / "news.zip", target).rows == made.rows
    with open_store(target) as back:
        assert content(back) == content(db)
        assert articles.get(back, ["pears-0"]) == articles.get(db, ["pears-0"]) == [article(0, title="\0 \ud800 \x1a")]
        sought = back.words("article_words", "a.number", ((Phrase(keys("counted 17 crates")),),))
        assert back.one(f"SELECT a.id FROM article a WHERE {sought.sql}", **sought.values)["id"] == "pears-17"
        assert back.check(thorough=True) == ()
        assert articles.add(back, [incoming(99)], now=NOW)[0].number == 41
        assert runs.begin(back, "add", NOW) == 2
        with pytest.raises(StoreError, match="not empty"):
            upkeep.restore(tmp_path / "news.zip", target)
        assert len(articles.listed(back)) == 41


def test_a_copy_of_the_file_is_a_backup_too(db, target, tmp_path):
    fill(db)
    copy = tmp_path / "copy.db"
    if db.dialect != "sqlite":
        with pytest.raises(StoreError, match="on a server"):
            upkeep.backup(db, copy)
        assert not list(tmp_path.iterdir())
        return
    made = upkeep.backup(db, copy)
    assert made.rows["article"] == 40
    upkeep.restore(copy, target)
    with open_store(target) as back, open_store(copy, readonly=True) as whole:
        assert content(back) == content(whole) == content(db)
    with copy.open("rb+") as broken:
        broken.seek(9000)
        broken.write(b"\0\1\2")
    with pytest.raises(Damaged, match="SHA-256"):
        upkeep.restore(copy, tmp_path / "again.db")
    assert not (tmp_path / "again.db").exists()


def test_a_backup_is_of_one_moment_while_others_write(db, tmp_path):
    stop = threading.Event()

    def write():
        n = 0
        while not stop.is_set():
            articles.add(db, [incoming(n), incoming(n + 1)], now=NOW)
            n += 2

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for name in ("a.zip", "b.zip"):
            upkeep.backup(db, tmp_path / name)
    finally:
        stop.set()
        writer.join()
    for name in ("a", "b"):
        upkeep.restore(tmp_path / f"{name}.zip", tmp_path / f"{name}.db")
        with open_store(tmp_path / f"{name}.db") as back:
            assert back.check(thorough=True) == ()
            assert len(articles.listed(back, limit=10**6)) % 2 == 0


def test_a_backup_is_never_written_over_another_file(db, tmp_path):
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        upkeep.backup(db, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_text() == "mine"
    with pytest.raises(StoreError, match="cannot be written"):
        upkeep.backup(db, tmp_path / "none" / "a.zip")


def test_no_bit_of_a_backup_turns_unnoticed(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        fill(db)
        upkeep.backup(db, tmp_path / "news.zip")
    sound = (tmp_path / "news.zip").read_bytes()
    chance = random.Random(3)
    broken = tmp_path / "broken.zip"
    for n in range(100):
        bad = bytearray(sound)
        if n % 2:
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        else:
            del bad[chance.randrange(len(bad)) :]
        broken.write_bytes(bad)
        with pytest.raises(StoreError):
            upkeep.restore(broken, tmp_path / "back.db")
        assert not (tmp_path / "back.db").exists()


def forged(**members):
    """A zip with a right digest and any members."""
    import hashlib

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, said in members.items():
            archive.writestr(name.replace("_json", ".json"), said)
        archive.comment = b"0" * 64
    return held.getvalue()[:-64] + hashlib.sha256(held.getvalue()[:-64]).hexdigest().encode()


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"manifest_json": "[" * 100},
        {"manifest_json": "{}"},
        {"manifest_json": '{"format": "twosource.backup/1", "version": 1, "tables": {}}'},
        {"../../x": "x", "manifest_json": '{"format": "other"}'},
    ],
)
def test_a_forged_backup_is_refused(tmp_path, members):
    (tmp_path / "forged.zip").write_bytes(forged(**members))
    with pytest.raises(Damaged):
        upkeep.restore(tmp_path / "forged.zip", tmp_path / "back.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["forged.zip"]


def test_a_missing_backup_is_named(tmp_path):
    with pytest.raises(StoreError, match="there is no backup"):
        upkeep.restore(tmp_path / "none.zip", tmp_path / "back.db")


def states(db, **how):
    return {(c.name, c.state) for c in upkeep.doctor(db, **how)}


def test_the_doctor_finds_nothing_wrong_with_a_sound_store(db):
    assert all(c.state == "ok" for c in upkeep.doctor(db, thorough=True) if c.name != "room")
    fill(db)
    found = states(db, thorough=True, now=NOW)
    assert {state for _, state in found if _ not in {"room", "quarantine"}} == {"ok"}
    assert ("quarantine", "advice") in found


def test_the_doctor_finds_a_text_that_was_changed(db):
    fill(db)
    with db.writing() as w:
        w.run("UPDATE article SET text = (SELECT text FROM article WHERE id = 'pears-2') WHERE id = 'pears-1'")
        w.run("UPDATE article SET text = :junk WHERE id = 'pears-3'", junk=b"junk")
    wrong = {c.name: c.message for c in upkeep.doctor(db) if c.state == "wrong"}
    assert wrong.keys() >= {"texts", "search"}
    assert "pears-1" in wrong["texts"]
    assert "pears-3" in wrong["texts"]
    with pytest.raises(Damaged, match="pears-3"):
        articles.get(db, ["pears-3"])


def test_the_doctor_finds_a_lost_index_and_reindex_mends_it(db):
    fill(db)
    with db.writing() as w:
        w.clear_words("article_words")
        w.index_words("article_words", [Indexed(999, "x", "y")])
    assert {("database", "wrong"), ("search", "wrong")} <= states(db)
    upkeep.reindex(db)
    assert ("database", "ok") in states(db, thorough=True)
    assert ("search", "ok") in states(db)


def test_the_doctor_sees_feeds_that_fail_and_a_clock_that_ran_ahead(db):
    fill(db)
    (feed,) = feeds.all(db)
    for _ in range(10):
        feeds.polled(db, feed.number, Poll(next_poll=NOW, interval=9, error="timeout"), [], NOW)
    advice = {c.name: c.message for c in upkeep.doctor(db, now=NOW - 10**6) if c.state == "advice"}
    assert "10 times" in advice["feed"]
    assert "278 hours" in advice["clock"]


def test_the_doctor_sees_that_others_may_read_the_file(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        fill(db)
        (tmp_path / "news.db").chmod(0o644)
        (tmp_path / "news.db-version-0").touch()
        assert {("rights", "advice"), ("old version", "advice")} <= states(db)


def test_a_row_that_points_nowhere_is_found(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        fill(db)
        with closing(sqlite3.connect(tmp_path / "news.db")) as other:
            other.execute("INSERT INTO sighting VALUES (99, 'x', 9, NULL, NULL, 1)")
            other.commit()
        assert any("points to a" in c.message for c in upkeep.doctor(db) if c.state == "wrong")


def test_a_full_disk_leaves_no_half_backup(tmp_path):
    import resource
    import signal

    with open_store(tmp_path / "news.db") as db:
        fill(db, 400)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        try:
            for name in ("a.zip", "a.db"):
                with pytest.raises(Full):
                    upkeep.backup(db, tmp_path / name)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            signal.signal(signal.SIGXFSZ, before)
        assert not list(tmp_path.glob("*a.*"))
        assert db.check(thorough=True) == ()
