"""What an address on the command line leads to is told by what came, not by what the server calls it."""

import gzip
import io
import zipfile

import pytest

from tests.faulty import Faulty, ok, redirect
from tests.sources.fetch.near import fetcher
from twosource.sources.fetch import FetchError
from twosource.sources.web import received


def archive(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "{}")
    return made.getvalue()


PAGE = b"<!DOCTYPE html><html><head><title>Flood</title></head><body><p>The river rose.</p></body></html>"
RSS = b"<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0'><channel><title>t</title></channel></rss>"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>'
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"></rdf:RDF>'
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "media", "kind"),
    [
        (PAGE, "text/html", "page"),
        (PAGE, "text/plain", "page"),
        (PAGE, "application/json", "page"),
        ("\ufeff  <html><p>Well</p></html>".encode("utf-16"), "text/html", "page"),
        (b"The river rose by two metres overnight.", "text/html", "page"),
        (b"The river rose by two metres overnight.", "text/plain", "text"),
        (b"The river rose by two metres overnight.", "", "text"),
        (RSS, "text/html", "feed"),
        (RSS.decode().encode("utf-16"), "text/xml", "feed"),
        (ATOM, "application/octet-stream", "feed"),
        (RDF, "text/xml", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": []}', "application/json", "feed"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "text/xml", "sitemap"),
        (b'<?xml version="1.0"?><sitemapindex></sitemapindex>', "text/xml", "sitemap"),
        (b'<opml version="2.0"><body/></opml>', "text/xml", "opml"),
        (b'{"text": "The river rose."}', "application/json", "json"),
        (b'[{"text": "The river rose."}]', "text/plain", "json"),
        (b'{"text": "one"}\n{"text": "two"}\n', "application/json", "lines"),
        (b"{" * 100_000, "application/json", "json"),
        (b"[" * 100_000, "application/json", "json"),
        (b"[Reuters] The river rose.", "text/html", "page"),
        (WARC, "text/plain", "warc"),
        (gzip.compress(WARC), "application/gzip", "warc"),
        (archive("datapackage.json", "archive/data.warc.gz"), "application/zip", "wacz"),
        (archive("word/document.xml"), "application/zip", "other"),
        (gzip.compress(b"text"), "application/gzip", "other"),
        (b"\x1f\x8b\x08broken", "application/gzip", "other"),
        (b"%PDF-1.7\n", "text/html", "other"),
        (b"\x00\x01\x02\x03" * 50, "text/html", "other"),
        (b"", "text/plain", "text"),
    ],
)
def test_kinds(body, media, kind):
    with Faulty() as server, fetcher() as asking:
        server.script("/it", ok(body, kind=media or "-"))
        came = received(server.url("/it"), asking)
    assert (came.kind, came.fetched.body, came.name) == (kind, body, server.url("/it"))
    assert (came.why is not None) == (kind == "other")


def test_it_is_called_by_the_address_that_answered():
    with Faulty() as server, fetcher() as asking:
        server.script("/", redirect("/there"))
        server.script("/there", ok(PAGE))
        assert received(server.url(), asking).name == server.url("/there")


def test_what_is_not_there_is_told():
    with Faulty() as server, fetcher() as asking, pytest.raises(FetchError, match="not there"):
        received(server.url("/none"), asking)


def test_a_person_is_no_robot_unless_said_so():
    with Faulty() as server, fetcher(robots=True) as asking:
        server.script("/robots.txt", ok(b"User-agent: *\nDisallow: /"))
        server.script("/page", ok(PAGE))
        assert received(server.url("/page"), asking).kind == "page"
        with pytest.raises(FetchError) as caught:
            received(server.url("/page"), asking, robots=True)
        assert caught.value.code == "robots"
    assert [one.path for one in server.questions] == ["/page", "/robots.txt"]
