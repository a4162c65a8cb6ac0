"""JSON-LD: terms of schema.org alone, every reference within the graph, no verdict."""

import json

import pytest

from tests.made import EVIL, evil_account, made_account
from tests.stories import story_account
from twosource.render.linked import render_linked


@pytest.mark.parametrize("account", [story_account(), made_account(), *map(evil_account, EVIL)])
def test_quotations_lead_to_the_articles_and_speakers_of_the_graph(account):
    told = json.loads(render_linked(account))
    assert told["@context"] == "https://schema.org"
    graph = told["@graph"]
    ids = [node["@id"] for node in graph]
    assert len(ids) == len(set(ids))
    assert all(i.startswith("urn:twosource:") and i.isascii() and " " not in i for i in ids)
    quoted = [node for node in graph if node["@type"] == "Quotation"]
    assert len(quoted) == sum(len(s.tellings) for s in account.statements)
    for node in quoted:
        assert node["isPartOf"]["@id"] in ids
        assert node.get("spokenByCharacter", {"@id": ids[0]})["@id"] in ids
    for node in graph:
        assert not {"reviewRating", "claimReviewed"} & set(node)
        assert str(node.get("url", "http://")).lower().startswith(("http://", "https://"))
