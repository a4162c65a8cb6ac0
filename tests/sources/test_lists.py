"""OPML lists and sitemaps: what they name, each once, and what is refused is counted."""

from datetime import UTC, datetime

import pytest

from twosource.errors import InputError
from twosource.sources.opml import Subscription, read_opml, write_opml
from twosource.sources.sitemaps import parse_sitemap

NOW = datetime(2026, 3, 20, tzinfo=UTC)
MAP = "https://tessel-times.example/news.xml"
LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine &amp; yours</title></head><body>
<outline text="Local"><outline text="Towns"><outline type="rss" text="Tessel Times" xmlUrl="https://tessel.example/f"
 htmlUrl="https://tessel.example/"/></outline></outline><outline title="Lamp" XMLURL="http://lamp.example/rss?utm_source=o"/>
<outline text="again" xmlUrl="https://tessel.example/f?utm_medium=x"/><outline text="bad" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://tessel-times.example/a</loc><lastmod>2026-03-02</lastmod><news:news>
<news:publication><news:name>Tessel Times</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-01T10:00:00+01:00</news:publication_date>
<news:title>Barn &amp;amp; byre burn</news:title><news:keywords>fire, barn</news:keywords></news:news></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>https://tessel-times.example/a</loc></url>
<url><loc>https://elsewhere.example/b</loc><news:news>
<news:publication_date>2099-01-01</news:publication_date></news:news></url></urlset>"""


def test_opml_gives_each_feed_once_with_its_folders():
    found = read_opml(LIST, "mine.opml")
    assert found.feeds == (
        Subscription("https://tessel.example/f", "Tessel Times", "https://tessel.example/", ("Local", "Towns")),
        Subscription("http://lamp.example/rss?utm_source=o", "Lamp"),
    )
    assert (found.title, found.repeated, found.refused, found.left) == ("Mine & yours", 1, 1, 0)


def test_opml_written_is_read_again_the_same():
    feeds = [
        Subscription("https://a.example/?a=1&b=2", "“A” <b> & \"b\"", "https://a.example/", ("One", "Two & three")),
        Subscription("https://b.example/f", "B", None, ("One",)),
        Subscription("https://c.example/f", "C"),
        Subscription("https://d.example/f", "D", None, ("One", "Two & three")),
    ]  # fmt: skip
    found = read_opml(write_opml(feeds, "All of <it>", NOW).encode(), "out.opml")
    assert sorted(found.feeds, key=lambda feed: feed.url) == feeds
    assert (found.title, found.remarks) == ("All of <it>", ())


@pytest.mark.parametrize(
    "body", [b"<rss/>", b"", b"<opml><body>", b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', b"<outline>" * 999]
)
def test_what_is_no_list_of_feeds_is_refused(body):
    with pytest.raises(InputError):
        read_opml(body, "a.opml")


def test_stray_ampersands_in_opml_are_mended():
    found = read_opml(
        b'<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/></body></opml>', "a.opml"
    )
    assert [(one.title, one.url) for one in found.feeds] == [("A & B", "https://a.example/?x=1&y=2")]
    assert [code for code, _ in found.remarks] == ["opml_mended"]


def test_news_sitemap_gives_title_day_and_outlet():
    found = parse_sitemap(NEWS, MAP, now=NOW)
    first, second = found.pages
    assert (first.title, first.published, first.changed) == ("Barn & byre burn", "2026-03-01T09:00:00Z", "2026-03-02")
    assert (first.outlet, first.language, first.keywords) == ("Tessel Times", "en", ("fire", "barn"))
    assert (second.published, second.claimed_published) == (None, "2099-01-01")
    assert (found.refused, found.repeated, found.left, found.elsewhere) == (1, 1, 0, 1)


def test_index_names_its_sitemaps():
    body = b"<sitemapindex>" + b"<sitemap><loc>https://a.example/1.xml</loc></sitemap>" * 2
    found = parse_sitemap(body + b"<sitemap><loc>gopher:x</loc></sitemap></sitemapindex>", MAP)
    assert (found.sitemaps, found.refused, found.repeated, found.pages) == (("https://a.example/1.xml",), 1, 1, ())


def test_sitemap_cut_off_keeps_what_stands_whole():
    found = parse_sitemap(NEWS[: NEWS.index(b"javascript")], MAP, now=NOW)
    assert [one.url for one in found.pages] == ["https://tessel-times.example/a"]
    assert [code for code, _ in found.remarks] == ["sitemap_cut_off"]


def test_sitemap_of_plain_lines_is_read():
    found = parse_sitemap(b"https://a.example/1\nhttps://a.example/2\nnonsense\n", MAP)
    assert ([one.url for one in found.pages], found.refused) == (["https://a.example/1", "https://a.example/2"], 1)


def test_more_addresses_than_the_protocol_allows_are_counted():
    body = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(50_010))
    found = parse_sitemap(f"<urlset>{body}</urlset>".encode(), MAP)
    assert (len(found.pages), found.left) == (50_000, 10)


@pytest.mark.parametrize(
    "body", [b"<rss/>", b"words", b"", b"<urlset>" + b"<url>" * 999, b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset/>"]
)
def test_what_is_no_sitemap_is_refused(body):
    with pytest.raises(InputError):
        parse_sitemap(body, MAP)
