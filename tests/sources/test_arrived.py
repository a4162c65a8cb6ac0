"""Pages that were called: what page, feed and address say otherwise of one article is told, and who wins."""

from datetime import UTC, datetime

import pytest

from tests.hostile_inputs import HOST, page, rss
from twosource.errors import InputError
from twosource.sources.arrived import page_article
from twosource.sources.feeds import Entry
from twosource.sources.given import Known

NOW = datetime(2026, 3, 20, tzinfo=UTC)
SAID = Entry(
    key="x",
    title="Orchard fire put out",
    url=f"{HOST}/1?utm_source=f",
    canonical=f"{HOST}/1",
    published="2026-03-01T10:00:00Z",
)


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def read(head="", claimed=None, **more):
    return page_article(page(head=head), f"{HOST}/1", "text/html", claimed=claimed, now=NOW, **more)


def codes(found):
    return [code for code, _ in found.remarks]


def test_page_that_agrees_with_its_feed_has_nothing_to_tell():
    found = read(meta("article:published_time", "2026-03-01T11:00:00+01:00"), SAID)
    assert (found.published, codes(found)) == ("2026-03-01T11:00:00+01:00", [])


def test_day_of_the_feed_is_taken_where_the_page_has_none():
    assert read(claimed=SAID).published == "2026-03-01T10:00:00Z"


@pytest.mark.parametrize("day", ["2099-01-01", "1970-01-01T00:00:00Z"])
def test_day_of_a_page_that_cannot_be_believed_gives_way(day):
    found = read(meta("article:published_time", day), SAID)
    assert (found.published, codes(found)) == ("2026-03-01T10:00:00Z", ["bad_date"])


def test_differences_are_told_and_the_page_wins_over_the_feed():
    head = meta("article:published_time", "2026-02-01") + meta("og:title", "Another headline")
    found = read(head, SAID)
    assert (found.title, found.published) == ("Another headline", "2026-02-01")
    assert codes(found) == ["published_differs", "title_differs"]


def test_address_within_the_domain_is_believed_and_elsewhere_only_told():
    own = read(f'<link rel="canonical" href="{HOST}/story/1">')
    other = read(
        '<link rel="canonical" href="https://big.example/1">' + meta("og:site_name", "Big Paper"), outlet="Tessel Times"
    )
    assert (own.url, codes(own)) == (f"{HOST}/story/1", [])
    assert (other.url, other.outlet.name, codes(other)) == (
        f"{HOST}/1",
        "Tessel Times",
        ["address_claimed", "outlet_claimed"],
    )


def test_what_the_user_states_wins_over_page_and_feed():
    found = read(claimed=SAID, outlet="Tessel Times", stated=Known(outlet="Mine", published="2026-01-01", title="T"))
    assert (found.outlet.name, found.published, found.title) == ("Mine", "2026-01-01", "T")


def test_page_read_apart_is_the_same():
    assert read(apart=True) == read()


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.7 words", "application/pdf", "is application/pdf, not a page"),
        (b"%PDF-1.7 words", "text/html", "is a PDF, not text"),
        (rss(), "text/html", "is a feed, not a page"),
        (b"", "text/html", "is a page without visible text"),
        (b"<p>x", "image/png", "is image/png, not a page"),
        (b"x" * 20_000_001, "text/html", "is over 20 MB"),
    ],
)
def test_what_is_no_page_says_why(body, kind, reason):
    found = page_article(body, f"{HOST}/1", kind)
    assert isinstance(found, InputError)
    assert found.reason == reason


def test_plain_text_is_received_as_it_is():
    raw = "Orchard fire\r\n\r\nThe brigade put it out, the warden said on Monday in Tessel.\r\n"
    assert page_article(raw.encode(), f"{HOST}/1.txt", "text/plain", "utf-8").text == raw


def test_conflict_of_charsets_is_told_and_the_bytes_decide():
    body = page("<p>The café’s owner</p>", head='<meta charset="utf-8">').decode().encode("cp1252")
    found = page_article(body, f"{HOST}/1", "text/html", "windows-1252")
    assert "café’s" in found.text
    assert codes(found) == ["encoding_conflict"]
