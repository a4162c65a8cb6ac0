"""Links that open an outlet's page at certain words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.article import Span
from twosource.web.deeplinks import deep_link, web_page

TEXT = (
    "Ferry service stops after engine fire\n"
    "The ferry stopped. No one was hurt - the crew, all twelve, were on deck & safe, the harbour office said.\n"
    "Nine passengers were on board. The ferry will stay in port until Friday, the office said.\n"
    "Nine others had left the ship before. "
    + "The line has run since 1951 and carries some two hundred people a day across the bay. " * 6
    + "\n"
)
URL = "https://news.example/ferry"


def linked(words, nth=0, url=URL):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return deep_link(url, TEXT, Span(at, at + len(words)))


def test_words_that_stand_once_are_named_as_they_stand():
    assert linked("will stay in port until Friday") == f"{URL}#:~:text=will%20stay%20in%20port%20until%20Friday"


def test_what_means_something_in_a_fragment_is_encoded():
    link = linked("hurt - the crew, all twelve, were on deck & safe")
    assert link.endswith("text=hurt%20%2D%20the%20crew%2C%20all%20twelve%2C%20were%20on%20deck%20%26%20safe")


def test_short_words_are_named_with_their_neighbours():
    assert linked("Nine").endswith("text=Nine,-passengers%20were%20on%20board.%20The")
    assert linked("Nine", 1).endswith("text=Nine,-others%20had%20left%20the%20ship")
    assert linked("twelve").endswith(
        "text=was%20hurt%20%2D%20the%20crew%2C%20all-,twelve,-%2C%20were%20on%20deck%20%26%20safe%2C%20the"
    )


def test_only_whole_words_are_named():
    assert linked("tay in port until Fri") == linked("stay in port until Friday")


def test_long_places_are_named_by_their_ends():
    start = TEXT.index("Nine others")
    link = deep_link(URL, TEXT, Span(start, len(TEXT.rstrip())))
    assert link.endswith("text=Nine%20others%20had%20left%20the,a%20day%20across%20the%20bay")


def test_a_place_over_lines_is_named_by_its_ends():
    words = TEXT[TEXT.index("stops after") : TEXT.index(" was hurt")]
    assert linked(words) == f"{URL}#:~:text=stops%20after%20engine%20fire,The%20ferry%20stopped.%20No%20one"


def test_words_that_no_name_tells_apart_get_the_plain_address():
    text = "same words again\n" * 3
    assert deep_link(URL, text, Span(0, 4)) == URL


def test_a_fragment_of_the_page_is_kept():
    assert linked("until Friday, the office", url=f"{URL}#live:~:text=old").startswith(f"{URL}#live:~:text=until")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        "//evil.example/",
        "http:evil.example",
        "https:///x",
        "http://[x",
        "https://a.example/\nSet-Cookie",
        "https:\\\\evil.example",
    ],
)
def test_only_addresses_of_the_web_become_links(url):
    assert web_page(url) is None
    assert deep_link(url, TEXT, Span(0, 5)) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_gives_an_address_without_spaces(text, start, width):
    link = deep_link(URL, text, Span(min(start, len(text)), min(start + width, len(text))))
    assert link.startswith(URL)
    assert link.isascii()
    assert not any(c.isspace() or c in "\"'<>\\" for c in link)
