"""Owners: shown where several outlets of a story have one, and enough to count reports once with a lifted sentence."""

import pytest

from tests.lineage.reports import OWN, PRESS, WIRE, report
from twosource.errors import InputError
from twosource.lang import ENGLISH
from twosource.lineage import trace
from twosource.lineage.owners import OwnerTable, known_owners, owners_from

LIFTED = (
    "It carries about 900 passengers a day in the season and was due for an overhaul next spring, nobody knew when.\n"
)
LIST = """
owners = [
  { name = "Varn Media", outlets = ["The Lantern", "Harrow Courier"] },
  { name = "", outlets = ["USA Today"] },
  { name = "Oster Holding", outlets = ["The Wall Street Journal"] },
]
"""


def traced(left, right, outlets, owners=None):
    pair = [report(key, text, outlet=outlet) for key, text, outlet in zip("ab", (left, right), outlets, strict=True)]
    return trace(pair, owners).lineage


def test_the_list_has_every_outlet_once():
    names = [outlet for owner in ENGLISH.table("owners", OwnerTable).owners for outlet in owner.outlets]
    assert len(names) == len(set(names)) == len(known_owners().of_outlet)


@pytest.mark.parametrize("outlet", ["The Wall Street Journal", "Wall Street Journal", "WSJ", "wsj.com"])
def test_an_outlet_is_known_by_any_of_its_names(outlet):
    lineage = traced(WIRE, PRESS, (outlet, "nypost.com"))
    assert [(o.owner, o.articles) for o in lineage.owners] == [("News Corp", ("a", "b"))]


def test_a_common_owner_alone_makes_no_two_reports_one():
    lineage = traced(OWN, PRESS, ("The Wall Street Journal", "New York Post"))
    assert lineage.independent_reports == 2


def test_a_common_owner_and_a_sentence_in_common_do():
    assert traced(WIRE, OWN + LIFTED, ("Coast Today", "New York Post")).independent_reports == 2
    assert traced(WIRE, OWN + LIFTED, ("The Wall Street Journal", "New York Post")).independent_reports == 1


def test_two_reports_of_one_outlet_are_not_listed_as_of_one_owner():
    assert traced(OWN, PRESS, ("New York Post", "nypost.com")).owners == ()
    assert traced(OWN, PRESS, ("", "")).owners == ()


def test_a_list_of_ones_own_holds_over_the_one_that_comes_along():
    own = owners_from(LIST, "owners.toml")
    assert own.owner("harrowcourier.example") == "Varn Media"
    assert own.owner("Wall Street Journal") == "Oster Holding"
    assert own.owner("USA Today") == ""
    assert own.owner("New York Post") == "News Corp"
    lineage = traced(WIRE, OWN + LIFTED, ("The Lantern", "Harrow Courier"), own)
    assert (lineage.independent_reports, [o.owner for o in lineage.owners]) == (1, ["Varn Media"])


@pytest.mark.parametrize("text", ["owners = 3", "owners = [{ name = 1 }]", "[", "a = " + "[" * 5000, "\x00"])
def test_what_is_no_list_is_refused_by_name(text):
    with pytest.raises(InputError, match=r"mine\.toml: not a list of owners"):
        owners_from(text, "mine.toml")
