"""Feeds that we give out: whatever stands in a text, they parse, and say just that."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from twosource.render.syndication import Channel, Line, syndicated

CHANNEL = Channel(id="urn:twosource:stories", title="Stories <b>&", home="http://127.0.0.1/", here="http://127.0.0.1/f")
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<script>alert("1")</script> ]]> & &amp; \x00 \x1b[31m \ud800 \u202e'


def tree(text):
    return etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False))


def test_atom_holds_every_line_with_its_id_and_its_text_as_text():
    shown = tree(syndicated(CHANNEL, [Line(id="urn:twosource:con1", title=HOSTILE, at=0, text=HOSTILE)], "atom"))
    entry = shown.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == "urn:twosource:con1"
    assert entry.find(f"{ATOM}title").text.startswith('<script>alert("1")</script> ]]> & &amp; \ufffd')
    assert len(entry.find(f"{ATOM}content")) == 0
    assert entry.find(f"{ATOM}updated").text == "1970-01-01T00:00:00Z"


def test_a_description_in_rss_is_escaped_for_readers_that_take_it_for_html():
    shown = tree(syndicated(CHANNEL, [Line(id="urn:a:b", title="t", at=1e9, text="<b>x</b>")], "rss"))
    assert shown.findtext("channel/item/description") == "&lt;b&gt;x&lt;/b&gt;"
    assert shown.findtext("channel/item/pubDate") == "Sun, 09 Sep 2001 01:46:40 +0000"


def test_json_feed_names_its_version_and_items():
    told = json.loads(syndicated(CHANNEL, [Line(id="urn:a:b", title="t", at=1e9, url="https://a.example/")], "json"))
    assert told["version"].endswith("/1.1")
    assert told["items"][0]["url"] == "https://a.example/"


@pytest.mark.parametrize("at", [float("inf"), float("nan"), -1e300, 1e300])
def test_a_time_that_is_none_is_the_first(at):
    assert "1970-01-01T00:00:00Z" in syndicated(CHANNEL, [Line(id="urn:a:b", title="t", at=at)], "json")


@given(st.text(), st.sampled_from(["atom", "rss"]))
def test_any_text_gives_well_formed_xml(text, form):
    lines = [Line(id="urn:a:b", title=text, at=0, text=text, url="https://a.example/?a=1&b=%22")]
    assert tree(syndicated(Channel(id="urn:a:c", title=text), lines, form)) is not None
