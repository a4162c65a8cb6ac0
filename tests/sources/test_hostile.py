"""What hostile feeds, pages and archives come to: a declared error, or all that is sound in them, in bounded time."""

import os
import random
import socket
import threading
import time
from datetime import UTC, datetime
from io import BytesIO

import pytest

from tests.hostile_inputs import (
    FEED,
    HIDDEN,
    HOST,
    archives,
    feeds,
    item,
    items,
    outside,
    packed,
    page,
    pages,
    record,
    rss,
    zipped,
)
from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.arrived import page_article
from twosource.sources.feeds import parse_feed
from twosource.sources.wacz import wacz_articles
from twosource.sources.warc import Tally, warc_articles
from twosource.sources.warc_records import Whole, records

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def name(case):
    return f"{case.number} {case.what}"


def read(raw, tally=None):
    tally = Tally() if tally is None else tally
    return list(warc_articles(BytesIO(raw), "a.warc", tally, now=NOW)), tally


@pytest.mark.parametrize("case", feeds(), ids=name)
def test_feed(case):
    begun = time.monotonic()
    if case.expect == "E":
        with pytest.raises(InputError, match=case.says.replace("?", ".") or "declares"):
            parse_feed(case.body, FEED, case.media_type, now=NOW)
    else:
        feed = parse_feed(case.body, FEED, case.media_type, now=NOW)
        codes = {code for code, _ in (*feed.remarks, *(remark for one in feed.entries for remark in one.remarks))}
        assert len(feed.entries) == case.holds
        assert case.says in codes if case.says else not codes
        for one in feed.entries:
            assert one.url is None or one.url.startswith(HOST)
            assert not one.published or one.published.startswith("2026-03")
            assert "<" not in f"{one.title}{one.author}"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("case", pages(), ids=name)
def test_page(case):
    begun = time.monotonic()
    found = page_article(case.body, f"{HOST}/1", "text/html", now=NOW)
    assert time.monotonic() - begun < 20  # 3 at most where nothing else runs
    if case.expect == "E":
        assert isinstance(found, InputError)
        assert case.says in found.reason
        return
    assert isinstance(found, Article)
    assert "orchard" in found.text.casefold()
    assert HIDDEN not in found.text
    assert (found.url, found.outlet.domain) in (
        (f"{HOST}/1", "tessel-times.example"),
        (f"{HOST}/x", "tessel-times.example"),
    )
    assert not case.says or case.says in {code for code, _ in found.remarks}


@pytest.mark.parametrize("case", archives(), ids=name)
def test_archive(case):
    begun = time.monotonic()
    found, tally = read(case.body)
    taken = [one for one in found if isinstance(one, Article)]
    remarks = {code for one in taken for code, _ in one.remarks}
    assert case.holds is None or len(taken) == case.holds
    assert not case.says or case.says in remarks | set(tally.skipped)
    assert (tally.bytes, tally.seen) == (len(case.body), tally.read + tally.skipped.total())
    assert tally.read == len(taken)
    assert time.monotonic() - begun < 5


@pytest.fixture
def canary():
    """A port on loopback that counts who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def listen():
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(1)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        done.set()
        thread.join()


def test_nothing_in_a_feed_opens_a_file_or_calls_an_address(tmp_path, canary):
    """The file is a pipe without a writer: opening it would hang."""
    os.mkfifo(tmp_path / "pipe")
    address, calls = canary
    for target in (f"file://{tmp_path}/pipe", str(tmp_path / "pipe"), address):
        for body in outside(target):
            for broken in (
                body,
                body.replace(b"</title>", b" & more</title>"),
                body[:-20],
                body.replace(b"rss", b"feed"),
            ):
                try:
                    feed = parse_feed(broken, FEED, now=NOW)
                except InputError:
                    continue
                assert str(tmp_path) not in "".join(f"{one.title}{one.summary}" for one in feed.entries)
    assert calls == []


def test_bytes_that_are_a_name_open_nothing(tmp_path):
    """Given a name as bytes, the parser behind ours would open it."""
    (tmp_path / "secret.xml").write_bytes(rss(item(1)))
    with pytest.raises(InputError):
        parse_feed(str(tmp_path / "secret.xml").encode(), FEED)


def test_a_hundred_thousand_items_are_read_in_turns():
    begun = time.monotonic()
    body = rss(*(f"<item><title>Report {n}</title><link>{HOST}/{n}</link></item>" for n in range(100_000)))
    first = parse_feed(body, FEED, now=NOW)
    second = parse_feed(body, FEED, now=NOW, start=99_998)
    assert (len(first.entries), first.left, first.seen) == (5_000, 95_000, 100_000)
    assert ("entries_left", "95,000 entries not read") in first.remarks
    assert [one.url for one in second.entries] == [f"{HOST}/99998", f"{HOST}/99999"]
    assert (second.left, second.start, second.seen) == (0, 99_998, 100_000)
    assert time.monotonic() - begun < 20


def test_an_archive_of_bombs_costs_little():
    bomb = packed(record(1, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"\0" * 70_000_000))
    begun = time.monotonic()
    found, tally = read(bomb * 3 + packed(record(2)))
    assert sum(isinstance(one, Article) for one in found) == 1
    assert tally.skipped["too_large"] == 3
    assert time.monotonic() - begun < 10


def test_what_only_looks_like_beginnings_is_given_up():
    begun = time.monotonic()
    raw = packed(record(1)) + b"\x1f\x8b\x08" * 500_000
    found, tally = read(raw)
    assert sum(isinstance(one, Article) for one in found) == 1
    assert tally.bytes == len(raw)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("other", ["../../x.warc.gz", "/etc/x.warc", "archive/../../x.warc.gz", "C:\\x.warc"])
def test_names_that_lead_out_of_a_wacz_are_passed_over(other, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    raw = zipped({other: packed(record(1)), "archive/data.warc.gz": packed(record(2)), "pages/pages.jsonl": b"{}"})
    tally = Tally()
    found = list(wacz_articles(BytesIO(raw), "a.wacz", tally, now=NOW))
    assert [one.url for one in found if isinstance(one, Article)] == [f"{HOST}/2"]
    assert tally.skipped["name"] == 1
    assert list(tmp_path.iterdir()) == []


def test_sound_records_come_through_whatever_happens_to_one_among_them():
    """Every kind of damage to one record of six; the five others come out, and every byte is accounted for."""
    for seed in range(1_000):
        r = random.Random(seed)
        parts = [packed(record(n)) if seed % 2 else record(n) for n in range(6)]
        victim = r.randrange(6)
        hurt = bytearray(parts[victim])
        at = r.randrange(len(hurt))
        match r.randrange(4):
            case 0:
                hurt[at] ^= 1 << r.randrange(8)
            case 1:
                del hurt[at:]
            case 2:
                hurt[at:at] = r.randbytes(20)
            case _:
                del hurt[at : at + 30]
        parts[victim] = bytes(hurt)
        whole = b"".join(parts)
        found = list(records(BytesIO(whole), len(whole)))
        came = {one.header.get("warc-target-uri") for one in found if isinstance(one, Whole)}
        assert {f"{HOST}/{n}" for n in range(6) if n != victim} <= came, seed
        assert sum(one.length for one in found) == len(whole)
        assert [one.offset for one in found] == [sum(p.length for p in found[:n]) for n in range(len(found))]


def test_broken_feeds_take_time_in_proportion_to_their_length():
    """Shapes that make parsers slow, in a feed that is not well-formed, so that every reader has to look at it."""
    for shape in ("<", "&", "<![CDATA[", "<!h", "<?x ", "<a ", 'x="', "<a>", "<!--", "&eacute;", "&#x41", "<p", "</a>"):
        begun = time.process_time()
        body = rss(*items(3)).replace(b"</channel>", b"<item><title>&" + shape.encode() * (60_000 // len(shape)))
        try:
            feed = parse_feed(body, FEED, now=NOW)
        except InputError:
            continue
        finally:
            assert time.process_time() - begun < 2, shape
        assert len(feed.entries) >= 3, shape


def test_a_page_in_every_wrong_encoding_is_one_article():
    for charset in ("utf-8", "utf-16", "latin-1", "nonsense", "cp037", "utf-7", "rot13", "zlib"):
        found = page_article(
            page("<p>The café at Tessel burned, the mayor’s office said.</p>"), f"{HOST}/1", "text/html", charset
        )
        assert "café at Tessel" in found.text, charset
