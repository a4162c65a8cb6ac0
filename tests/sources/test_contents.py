"""Feeds, mails, archives and addresses among the inputs: told from their bytes and read, nothing lost."""

import gzip
import io
import sys

import pytest

from tests.faulty import Faulty, ok
from tests.hostile_inputs import HOST, atom, items, json_feed, mail, packed, page, record, rss, zipped
from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.fetch import Fetcher
from twosource.sources.files import Given, articles
from twosource.sources.given import Notice

BOX = b"From a@tessel.example Mon Mar  2 09:00:00 2026\n" + mail().replace(b"\r\n", b"\n")
LINES = b'{"text": "The ferry sails on Monday from Tessel to the other bank, the warden said.", "id": "1"}\n' * 2


def read(path, given=Given()):  # noqa: B008
    found = list(articles([str(path)], given))
    taken = [one for one in found if isinstance(one, Article)]
    told = [one for one in found if isinstance(one, Notice)]
    return taken, [one for one in found if isinstance(one, InputError) and not isinstance(one, Notice)], told


@pytest.mark.parametrize(
    ("name", "body", "count"),
    [
        ("a", rss(*items(3)), 3),
        ("a.html", rss(*items(2)), 2),
        ("a.json", json_feed({"id": 1, "title": "The ferry sails"}, {"id": 2, "title": "The ferry sank"}) + b"\n", 2),
        ("b", atom(), 1),
        ("c.bin", packed(record(1), record(2)), 2),
        ("c", record(1) + record(2), 2),
        ("d.zip", zipped({"archive/a.warc": record(1), "datapackage.json": b"{}"}), 1),
        ("e", mail(), 1),
        ("f", BOX + b"\n\n" + BOX, 2),
    ],
)
def test_what_an_input_is_shows_in_its_bytes(tmp_path, name, body, count):
    (tmp_path / name).write_bytes(body)
    taken, wrong, _ = read(tmp_path / name)
    assert (len(taken), wrong) == (count, [])


def test_archive_ends_with_its_account_and_names_what_is_broken(tmp_path):
    raw = packed(record(1), record(2, b"", kind="request"), record(3))
    (tmp_path / "a.warc.gz").write_bytes(raw[:-30])
    taken, wrong, told = read(tmp_path / "a.warc.gz")
    assert [one.url for one in taken] == [f"{HOST}/1"]
    assert [one.reason.partition(": ")[2] for one in wrong] == ["ends before the length it states"]
    assert [one.reason for one in told] == ["1 of 3 records read, 1 request, 1 truncated"]


def test_archive_packed_as_a_whole_says_what_to_do(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(1) + record(2)))
    taken, wrong, _ = read(tmp_path / "a.warc.gz")
    assert taken == []
    assert "unpack it (gunzip)" in wrong[0].reason


def test_archive_over_the_size_of_an_article_is_read(tmp_path):
    blanks = record(2, b"\n" * 15_000_000, kind="resource")
    (tmp_path / "a.warc").write_bytes(record(1) + blanks + blanks + record(3))
    taken, wrong, _ = read(tmp_path / "a.warc")
    assert ([one.url for one in taken], wrong) == ([f"{HOST}/1", f"{HOST}/3"], [])


def test_archive_through_a_pipe_is_read(monkeypatch):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    raw = packed(*(record(n) for n in range(40)))[:-30]
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Pipe(raw)})())
    taken, wrong, _ = read("-")
    assert (len(taken), [one.name for one in wrong]) == (
        39,
        [f"standard input@{len(raw) + 30 - len(packed(record(39)))}"],
    )


def test_what_the_user_states_holds_for_each_article_of_many(tmp_path):
    (tmp_path / "a.xml").write_bytes(rss(*items(2)))
    taken, _, _ = read(tmp_path / "a.xml", Given(outlet="Lamp", url="https://lamp.example/feed"))
    assert [one.outlet.name for one in taken] == ["Lamp", "Lamp"]
    assert [one.url for one in taken] == [f"{HOST}/0", f"{HOST}/1"]


def test_lists_of_addresses_are_named_and_not_fetched(tmp_path):
    (tmp_path / "a.opml").write_bytes(b'<opml><body><outline xmlUrl="https://a.example/f"/></body></opml>')
    (tmp_path / "b.xml").write_bytes(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>")
    reasons = [read(tmp_path / name)[1][0].reason for name in ("a.opml", "b.xml")]
    assert reasons == ["is a list of 1 feeds, which are not fetched here", "is a sitemap of 1 addresses, none fetched"]


def test_a_broken_feed_in_a_directory_spoils_no_other(tmp_path):
    (tmp_path / "a.rss").write_bytes(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>")
    (tmp_path / "b.rss").write_bytes(rss(*items(2)))
    taken, wrong, _ = read(tmp_path)
    assert (len(taken), len(wrong)) == (2, 1)
    assert "a.rss" in wrong[0].name


@pytest.mark.parametrize(
    ("body", "kind", "count"),
    [
        (page(), "text/html", 1),
        (rss(*items(2)), "text/html", 2),
        (json_feed({"id": 1, "title": "The ferry sails"}), "application/json", 1),
        (packed(record(1), record(2)), "application/octet-stream", 2),
        (zipped({"archive/a.warc": record(1), "datapackage.json": b"{}"}), "application/zip", 1),
        (LINES, "application/x-ndjson", 2),
        (b"Orchard fire\n\nThe brigade put it out, the warden said on Monday.", "text/plain", 1),
        (b'{"text": "The ferry sails on Monday, the warden said at the landing."}', "application/json", 1),
        (b'{"a": 1}', "application/json", 0),
        (b"<urlset/>", "application/xml", 0),
        (b"%PDF-1.7", "application/pdf", 0),
    ],
)
def test_an_address_is_read_as_what_it_holds(body, kind, count):
    with Faulty() as server, Fetcher(allow_private=["127.0.0.0/8"], per_host_delay=0.0) as fetcher:
        server.script("/x", ok(body, kind=kind))
        found = list(articles([server.url("/x")], fetcher=fetcher))
    taken = [one for one in found if isinstance(one, Article)]
    assert len(taken) == count
    assert count or isinstance(found[0], InputError)


def test_an_address_that_may_not_be_asked_is_an_error_of_that_input_alone(tmp_path):
    (tmp_path / "a.txt").write_text("The brigade put out the orchard fire on Monday, the warden said in Tessel.")
    wrong, found = articles(["http://127.0.0.1:9/x", str(tmp_path / "a.txt")])
    assert isinstance(wrong, InputError)
    assert isinstance(found, Article)
