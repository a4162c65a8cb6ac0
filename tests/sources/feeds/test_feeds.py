"""Feeds of every dialect: what they say of an article, what is believed of it, and by what it is known again."""

import json
from datetime import UTC, datetime

import pytest

from tests.hostile_inputs import FEED, HOST, atom, entry, item, items, json_feed, rss
from twosource.errors import InputError
from twosource.sources.feeds import entry_article, feed_links, is_feed, parse_feed
from twosource.sources.feeds.claims import canonical, leads_home
from twosource.sources.feeds.dates import believed
from twosource.sources.feeds.words import line

NOW = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{HOST}/">
<title>Old</title><link>{HOST}/</link></channel>
<item rdf:about="{HOST}/a"><title>First</title><link>{HOST}/a</link><dc:creator>Ida Brandt</dc:creator>
<dc:date>2026-03-01T10:00:00+01:00</dc:date><dc:source>Meridian News</dc:source></item></rdf:RDF>""".encode()
OLD = b"<rss version='0.91'><channel><title>Old</title><item><title>First</title><link>/a</link></item></channel></rss>"
ATOM03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title mode="escaped"
 type="text/html">First &amp;amp; last</title><link rel="alternate" href="/a"/><issued>2026-03-01T10:00:00Z</issued>
<content type="text/html" mode="escaped">&lt;p&gt;Words&lt;/p&gt;</content></entry></feed>"""


def parsed(body, **more):
    return parse_feed(body, FEED, now=NOW, **more)


def only(body, **more):
    (found,) = parsed(body, **more).entries
    return found


def codes(*holders):
    return [code for one in holders for code, _ in one.remarks]


def article_html(words=100):
    return f"<p>{'The warden said so. ' * (words // 4 + 1)}</p>"


@pytest.mark.parametrize("body", [RDF, OLD, ATOM03, rss(item(1, title="First", link="/a")),
                                  json_feed({"id": 7, "url": "/a", "title": "First"})])  # fmt: skip
def test_every_dialect_gives_title_and_address(body):
    found = only(body)
    assert found.title.startswith("First")
    assert (found.url, found.canonical, found.key) == (f"{HOST}/a", f"{HOST}/a", f"url:{HOST}/a")


def test_rss_1_keeps_writer_day_and_source_of_dublin_core():
    found = only(RDF)
    assert (found.author, found.published, found.source_name) == ("Ida Brandt", "2026-03-01T09:00:00Z", "Meridian News")


def test_atom_03_is_read():
    found = only(ATOM03)
    assert (found.title, found.published, found.content_html) == (
        "First & last",
        "2026-03-01T10:00:00Z",
        "<p>Words</p>",
    )


def test_all_that_rss_says_of_an_entry_is_kept():
    more = """<author>ida@tessel.example (Ida Brandt)</author><category>Local</category><category>Fire</category>
    <source url="https://meridian.example/rss">Meridian News</source>
    <description>&lt;p&gt;One.&lt;/p&gt;Two &amp;amp; three</description>"""
    found = only(rss(item(1, more, title="T", link=f"{HOST}/1?utm_source=rss&amp;id=5#top")))
    assert (found.author, found.categories) == ("Ida Brandt", ("Local", "Fire"))
    assert (found.source_name, found.source_url) == ("Meridian News", "https://meridian.example/rss")
    assert found.summary == "One.\nTwo & three"
    assert (found.url, found.canonical) == (f"{HOST}/1?utm_source=rss&id=5#top", f"{HOST}/1?id=5")


def test_feed_says_its_site_language_claims_and_pause():
    head = f"""<language>de</language><ttl>45</ttl><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self"
    href="{HOST}/self.xml"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>"""
    feed = parsed(rss(*items(1), head=head))
    assert (feed.site, feed.language, feed.self_url, feed.hub_url) == (
        f"{HOST}/",
        "de",
        f"{HOST}/self.xml",
        "https://hub.example/",
    )
    assert (feed.poll_after, feed.parser, feed.remarks) == (2_700, "lxml", ())


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>1</ttl>", 300),
        ("<ttl>99999999</ttl>", 86_400),
        ("<ttl>-5</ttl>", None),
        ("<skipHours><hour>16</hour><hour>17</hour></skipHours>", 5_400),
        (f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>", None),
        ('<u:updatePeriod xmlns:u="http://purl.org/rss/1.0/modules/syndication/">hourly</u:updatePeriod>', 3_600),
    ],
)
def test_pause_that_a_feed_asks_for_is_bounded(head, seconds):
    assert parsed(rss(head=head)).poll_after == seconds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("AT&amp;T wins", "AT&T wins"),
        ("AT&amp;amp;T wins", "AT&T wins"),
        ("<![CDATA[AT&T &amp; <b>BT</b>]]>", "AT&T & BT"),
        ("3 &lt; 5, I &lt;3 it", "3 < 5, I <3 it"),
        ("Use &amp;lt;b&amp;gt; here", "Use <b> here"),
        ("One<br/>two", "One two"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Words", "Words"),
        ("  a\n  b\t ", "a b"),
        ("“Nobody”&#8217;s word", "“Nobody”’s word"),
    ],
)
def test_title_of_rss_is_plain_text_decoded_once(written, read):
    assert only(rss(item(1, title=written))).title == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<title>a &lt;b&gt; c &amp;amp; d</title>", "a <b> c &amp; d"),
        ('<title type="html">a &lt;b&gt;c&lt;/b&gt; &amp;amp; d</title>', "a c & d"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <em>c</em> &amp; d</div></title>', "a c & d"),
    ],
)
def test_title_of_atom_is_read_in_the_form_it_states(written, read):
    assert only(atom(f'<entry>{written}<link href="/a"/></entry>')).title == read


def test_ten_entries_with_one_guid_are_ten():
    feed = parsed(rss(*(item(n, guid="same") for n in range(10))))
    assert len({one.key for one in feed.entries}) == 10


def test_a_guid_used_again_for_another_address_is_another_entry():
    before, after = (only(rss(item(n, guid="g1", title=f"T{n}"))) for n in (1, 2))
    assert (before.guid, before.key) != (after.guid, after.key)


def test_entries_with_one_address_are_told_apart_by_guid_or_words():
    live = parsed(rss(*(item(n, link=f"{HOST}/live") for n in range(3)))).entries
    assert [one.key for one in live] == ["guid:tag:0", "guid:tag:1", "guid:tag:2"]
    same = parsed(rss(*(item(n, link=f"{HOST}/live", guid="x") for n in range(3)))).entries
    assert all(one.key.startswith("said:") for one in same)
    assert len({one.key for one in same}) == 3


def test_entries_equal_in_every_respect_are_counted_once():
    feed = parsed(rss(*items(3), item(1), item(1)))
    assert (len(feed.entries), feed.repeated, feed.seen) == (3, 2, 5)


def test_key_does_not_depend_on_the_other_entries_where_the_address_is_its_own():
    alone, among = only(rss(item(1))), parsed(rss(*items(9))).entries[1]
    assert alone.key == among.key


def test_reading_goes_on_where_it_stopped():
    body = rss(*items(12))
    turns = [parsed(body, start=start, most=5) for start in (0, 5, 10)]
    assert [one.url for turn in turns for one in turn.entries] == [f"{HOST}/{n}" for n in range(12)]
    assert [turn.left for turn in turns] == [7, 2, 0]
    assert {turn.seen for turn in turns} == {12}


def test_turns_of_atom_and_json_are_the_same():
    for body in (atom(*map(entry, range(12))), json_feed(*({"id": n, "url": f"/{n}"} for n in range(12)))):
        turns = [parsed(body, start=start, most=5) for start in (0, 5, 10, 15)]
        assert [one.url for turn in turns for one in turn.entries] == [f"{HOST}/{n}" for n in range(12)]
        assert [turn.left for turn in turns] == [7, 2, 0, 0]


def test_ampersands_that_begin_nothing_stay():
    feed = parsed(rss(item(1, title="Barn & byre &nbsp; burn &bogus; down")))
    assert feed.entries[0].title == "Barn & byre burn &bogus; down"
    assert (codes(feed), feed.parser) == (["feed_mended"], "lxml")


def test_what_stays_broken_goes_to_the_parser_that_never_raises():
    feed = parsed(rss(*items(4)).replace(b"<item><title>Report 2", b"</p><item><br><title>Report 2"))
    assert (feed.parser, codes(feed)) == ("feedparser", ["feed_broken"])
    assert [one.url for one in feed.entries] == [f"{HOST}/{n}" for n in range(4)]
    assert feed.entries[0].published == "2026-03-01T09:00:00Z"


def test_entries_that_nobody_can_read_are_counted():
    feed = parsed(rss(*items(4)).replace(b"</title><link>https://tessel-times.example/2", b"<link>"))
    assert codes(feed) == ["feed_broken", "entries_lost"]
    assert (len(feed.entries) + feed.broken, feed.left, feed.seen) == (4, 0, 4)


def test_updated_is_not_taken_for_published():
    for body in (atom(entry(1)), atom(entry(1)).replace(b"</entry>", b"<summary>A & B</summary><b></entry>")):
        found = only(body)
        assert (found.published, found.updated) == (None, "2026-03-01T10:00:00Z")


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:00:00Z"),
        ("Sun, 01 Mar 2026 10:00:00 +0530", "2026-03-01T04:30:00Z"),
        ("1 Mar 26 10:00 EST", "2026-03-01T15:00:00Z"),
        ("Sun, 01 Mar 2026 10:00:00 CET", "2026-03-01T09:00:00Z"),
        ("2026-03-01T10:00:00.5+01:00", "2026-03-01T09:00:00Z"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01 10:00:00", "2026-03-01"),
        ("Fri, 20 Mar 2026 23:00:00 GMT", "2026-03-20T23:00:00Z"),
        ("Mon, 23 Mar 2026 10:00:00 GMT", None),
        ("Mon, 01 Jan 1990 00:00:00 GMT", "1990-01-01T00:00:00Z"),
        ("Sun, 31 Dec 1989 10:00:00 GMT", None),
        ("Sat, 01 Jan 0000 10:00:00 GMT", None),
        ("Mon, 01 Jan 99999 10:00:00 GMT", None),
        ("Sun, 01 Mar 2026 10:00:00 +9999", None),
        ("2026-02-31T10:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("1" * 500, None),
        (None, None),
    ],
)
def test_dates_are_believed_between_1990_and_two_days_ahead(raw, read):
    assert believed(raw, NOW) == read


def test_a_date_that_cannot_be_believed_stays_as_a_claim():
    found = only(rss(item(1, "<pubDate>Sat, 31 Feb 2026</pubDate>")))
    assert (found.published, found.claimed_published, codes(found)) == (None, "Sat, 31 Feb 2026", ["bad_date"])


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://localhost:80/", "http://[::1]/", "http://10.0.0.8/x",
                                     "http://2130706433/", "http://0x7f.1/", "http://nas.local/"])  # fmt: skip
def test_addresses_that_lead_home_are_known_by_their_text(address):
    assert leads_home(address)
    assert not leads_home(f"{HOST}/x?u={address}")


def test_canonical_address_drops_what_counts_visitors():
    assert (
        canonical("HTTPS://Tessel.Example/a/B?utm_medium=x&b=2&a=1&fbclid=y#z") == "https://tessel.example/a/B?a=1&b=2"
    )
    assert canonical("ftp://a.example/") is None


def test_pages_name_the_feeds_they_link():
    html = """<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/all.xml">
    <link rel="stylesheet" href="/x.css"><LINK TYPE='application/feed+json' REL='alternate' HREF='https://b.example/f'>
    <link rel=alternate type=application/atom+xml href="javascript:x"><link rel="alternate" hreflang="fr" href="/fr">"""
    assert [(one.url, one.title) for one in feed_links(html, f"{HOST}/a/b")] == [
        (f"{HOST}/all.xml", "All & more"), ("https://b.example/f", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<urlset/>", "is a sitemap, not a feed"),
        (b"<opml/>", "is an OPML list of feeds, not a feed"),
        (b"<html><body>x</body></html>", "not a feed, and it links none"),
        (b"<svg/>", "not a feed"),
        (b"words", "not a feed"),
        (b"{}", "is JSON but no feed"),
        (b"[1, 2", "is not JSON: Expecting ',' delimiter (column 6)"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is a PNG image, not text"),
        (b" " * (20 * 1024 * 1024 + 1), "is over 20 MiB, more than a feed may be"),
    ],
)
def test_what_is_no_feed_says_why(body, reason):
    with pytest.raises(InputError) as wrong:
        parsed(body)
    assert wrong.value.reason == reason


def test_feeds_are_known_by_their_beginning():
    assert all(map(is_feed, (RDF.decode(), "\ufeff\n<?xml version='1.0'?><!-- <html> --><rss>", atom().decode())))
    assert is_feed(json.dumps({"version": "https://jsonfeed.org/version/1"}).replace("/", "\\/"))
    assert not any(map(is_feed, ("<html><rss>", "{}", "", "words <rss>")))


def test_charset_of_the_header_is_used_unless_servers_add_it_by_themselves():
    body = rss(item(1, title="Пожар в саду под городом"), before="")
    cyrillic = body.decode().encode("cp1251")
    assert parsed(cyrillic, charset="windows-1251").entries[0].title == "Пожар в саду под городом"
    declared = b"<?xml version='1.0' encoding='windows-1251'?>" + cyrillic
    assert parse_feed(declared, FEED, "text/xml; charset=ISO-8859-1").entries[0].title == "Пожар в саду под городом"


def test_long_content_is_the_article_with_its_headline():
    feed = parsed(rss(item(1, f"<description><![CDATA[{article_html()}]]></description>", title="Fire put out")))
    found = entry_article(feed.entries[0], feed)
    assert found.text.startswith("Fire put out\nThe warden said so.")
    assert (found.outlet.name, found.url, found.published) == ("Tessel Times", f"{HOST}/1", "2026-03-02T09:00:00Z")
    assert "partial" not in codes(found)


def test_title_and_summary_are_a_part_of_an_article():
    feed = parsed(rss(item(1, "<description>The warden said so on Monday.</description>", title="Fire put out")))
    found = entry_article(feed.entries[0], feed, "The Times of Tessel")
    assert [(block.kind, block.span.of(found.text)) for block in found.markup] == [
        ("headline", "Fire put out"), ("body", "The warden said so on Monday."),
    ]  # fmt: skip
    assert (found.outlet.name, "partial" in codes(found)) == ("The Times of Tessel", True)


def test_a_feed_of_others_articles_names_their_source_not_itself():
    source = '<source url="https://meridian.example/rss">Meridian News</source>'
    feed = parsed(rss(item(1, source, link="https://meridian.example/a"), item(2, link="https://lamp.example/b")))
    first, second = (entry_article(one, feed) for one in feed.entries)
    assert (first.outlet.name, second.outlet.name) == ("Meridian News", "lamp.example")
    assert "feed_source" in codes(first)


def test_line_keeps_what_is_no_tag():
    assert line("a < b > c <unknown> <3", "html") == "a < b > c <unknown> <3"
    assert line("x" * 2_000, "text") == "x" * 999 + "…"
    assert line(" \x00\u0085 ", "text") is None
