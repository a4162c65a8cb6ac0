"""Addresses: which are asked at all, and that no spelling of this machine is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faulty import Faulty, ok
from tests.sources.fetch.near import fetcher
from twosource.sources.fetch import Fetcher, FetchError, Limits
from twosource.sources.fetch.address import address, joined
from twosource.sources.fetch.failure import Failure

SPELLINGS = [
    "http://127.0.0.1:{}/",
    "http://localhost:{}/",
    "http://127.1:{}/",
    "http://2130706433:{}/",
    "http://0x7f.1:{}/",
    "http://0x7f000001:{}/",
    "http://0177.0.0.1:{}/",
    "http://0:{}/",
    "http://0.0.0.0:{}/",
    "http://127。0。0。1:{}/",
    "http://１２７.0.0.1:{}/",
    "http://[::1]:{}/",
    "http://[::ffff:127.0.0.1]:{}/",
    "http://[::127.0.0.1]:{}/",
    "http://user@127.0.0.1:{}/",
    "http://example.com\\@127.0.0.1:{}/",
    "http://127.0.0.1.:{}/",
    "http://127.0.0.1:{}\\@example.com/",
    "http://example.com@127.0.0.1:{}/",
    "http://[64:ff9b::7f00:1]:{}/",
    "http://[64:ff9b:1::7f00:1]:{}/",
    "http://[2002:7f00:1::]:{}/",
    "http://[fe80::1%25lo]:{}/",
    "http://%31%32%37.0.0.1:{}/",
    "http://127.0.0.1%00.example.com:{}/",
    "http://ⓛocalhost:{}/",
    "http://LOCALHOST:{}/",
    "http:/127.0.0.1:{}/",
    "http:127.0.0.1:{}/",
    "http:\\\\127.0.0.1:{}/",
    "ht\ntp://127.0.0.1:{}/",
    "http://127.0.0.1\t:{}/",
    "http://127.00.0.1:{}/",
    "http://127.0.0.1:{}:80/",
    "http://1.0.0.127.0x:{}/",
    "http://999.0.0.1:{}/",
]


def read(url):
    return address(url, Limits())


def test_no_spelling_of_this_machine_reaches_it():
    with Faulty() as canary, Fetcher() as asking:
        for spelling in SPELLINGS:
            with pytest.raises(FetchError) as caught:
                asking.get(spelling.format(canary.port))
            assert caught.value.code in ("bad_url", "bad_scheme", "private_address", "dns"), spelling
        assert canary.connections == 0


def test_names_that_lead_to_this_machine_do_not_reach_it():
    with Faulty() as canary, Fetcher(resolve=canary.resolve) as asking:
        for host in ("news.example", "127-0-0-1.example", "xn--bcher-kva.example"):
            with pytest.raises(FetchError, match="private network"):
                asking.get(canary.url("/", host))
        assert canary.connections == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "bad_scheme"),
        ("ftp://example.com/", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("data:text/html,well", "bad_scheme"),
        ("gopher://example.com:70/", "bad_scheme"),
        ("", "bad_scheme"),
        ("//example.com/", "bad_scheme"),
        ("http://", "bad_url"),
        ("http:///path", "bad_url"),
        ("http://example.com:/", "bad_url"),
        ("http://exa mple.com/", "bad_url"),
        ("http://ex..ample/", "bad_url"),
        ("http://-a.example/", "bad_url"),
        ("http://" + "a" * 64 + ".example/", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("http://[v1.x]/", "bad_url"),
        ("http://example.com/\r\nHost: other.example", "bad_url"),
        ("http://example.com/a\x00b", "bad_url"),
        ("http://example.com/\ud800", "bad_url"),
        ("http://example.com:22/", "bad_port"),
        ("http://example.com:25/", "bad_port"),
        ("http://example.com:6379/", "bad_port"),
        ("http://example.com:99999/", "bad_port"),
        ("http://example.com/" + "a" * 8_000, "url_too_long"),
    ],
)
def test_what_is_no_plain_web_address_is_refused_before_anything_is_opened(url, code):
    with Fetcher(resolve=lambda *_: pytest.fail("looked up")) as asking, pytest.raises(FetchError) as caught:
        asking.get(url)
    assert caught.value.code == code
    assert caught.value.permanent
    assert caught.value.url == url
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("HTTP://Example.COM", "http://example.com/"),
        ("https://example.com:443/a?b=c#part", "https://example.com/a?b=c"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        (" https://example.com/a b ", "https://example.com/a%20b"),
        ("https://example.com/é?q=ü", "https://example.com/%C3%A9?q=%C3%BC"),
        ("https://example.com/%C3%A9%zz", "https://example.com/%C3%A9%zz"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://a_b.example/", "https://a_b.example/"),
        ("https://example.com?q=1?2", "https://example.com/?q=1?2"),
        ("https://192.0.43.8/", "https://192.0.43.8/"),
        ("https://[2606:2800:220::1]:8443/", "https://[2606:2800:220::1]:8443/"),
    ],
)
def test_an_address_is_written_in_one_way(url, text):
    assert read(url).text == text
    assert read(text).text == text


def test_a_target_of_a_redirect_is_read_from_where_it_stands():
    base = read("https://example.com/a/b?c")
    assert joined(base, "../d", Limits()).text == "https://example.com/d"
    assert joined(base, "//other.example/", Limits()).text == "https://other.example/"
    assert joined(base, "?x", Limits()).text == "https://example.com/a/b?x"
    for odd in ("http://[", "\\\\127.0.0.1\\", "http://a@b/"):
        with pytest.raises(Failure):
            joined(base, odd, Limits())


def test_ports_can_be_chosen():
    with Faulty() as server, fetcher(ports=[range(443, 444)]) as asking:
        with pytest.raises(FetchError) as caught:
            asking.get(server.url())
        assert caught.value.code == "bad_port"
        assert server.connections == 0


def test_a_name_in_other_letters_is_told():
    with Faulty() as server, fetcher(resolve=server.resolve) as asking:
        server.script("/", ok())
        came = asking.get(server.url("/", "вести.example"))
    assert ("international_host" in dict(came.remarks)) is True
    assert came.url.startswith("http://xn--")


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_a_failure(text):
    for url in (text, f"http://{text}", f"https://example.com/{text}"):
        try:
            found = read(url)
        except Failure:
            continue
        assert found.text.isascii()
        assert found.text.isprintable()
        assert " " not in found.text
        assert read(found.text) == found
