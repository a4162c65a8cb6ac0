"""The names in a text: kinds voted over the article, titles apart, possessives off."""

from itertools import pairwise

import pytest

from tests.resolve.marked import told
from twosource.article import Article, Block, Span
from twosource.extract.mentions import find_mentions
from twosource.extract.sentences import Paragraph
from twosource.lang import ENGLISH

NEWS = """Drábková Warns Over Kiev Bridge
PRAGUE (Meridian News) – U.S. Secretary of Energy Hank Brody met Ilona Drábková, chairwoman of the River Board.
They spoke in Kyiv’s town hall. Drábková’s husband, the surgeon Dr. Petr Drábek, waited
Ukrainian officials and Republicans came; the Ukrainians left early.
“Drábková is right,” Sen. Carl Dorn, R-Ohio, told the Evening Lamp.
Marco Ruiz (Fla.) agreed with the Institute for Rivers and Lakes. On Monday Brody flew to Moscow.
At Trump Tower, Alison Vance, who served as mayor of Selm from 2008 to 2012, spoke for NATO.
"""


@pytest.fixture(scope="module")
def news():
    found = told(NEWS)
    return {(m.kind, m.span.of(found.article.text)) for m in found.mentions}, found


def roles(found, name):
    text = found.article.text
    return {r.of(text) for m in found.mentions if m.span.of(text) == name for r in m.roles}


def test_people_are_found_without_title_and_possessive(news):
    people = {name for kind, name in news[0] if kind == "person"}
    assert people >= {
        "Hank Brody",
        "Brody",
        "Ilona Drábková",
        "Drábková",
        "Petr Drábek",
        "Carl Dorn",
        "Marco Ruiz",
        "Alison Vance",
    }
    assert not [p for p in people if "Sen" in p or "’" in p or "Kyiv" in p or "Monday" in p]


def test_places_bodies_and_groups_are_told_apart(news):
    found, _ = news
    assert {("place", "Kyiv"), ("place", "Moscow"), ("place", "Trump Tower"), ("group", "Republicans")} <= found
    assert {("organisation", "NATO"), ("organisation", "Institute for Rivers")} & found
    assert ("group", "Ukrainians") in found
    assert ("group", "Ukrainian") not in found


def test_a_name_in_a_title_case_headline_is_known_from_the_body(news):
    first = min(news[1].mentions, key=lambda m: m.span)
    assert first.span == Span(0, 8)
    assert first.kind == "person"


def test_titles_and_appositions_stand_with_the_name(news):
    found = news[1]
    assert roles(found, "Hank Brody") == {"U.S. Secretary of Energy"}
    assert roles(found, "Ilona Drábková") == {"chairwoman of the River Board"}
    assert roles(found, "Carl Dorn") == {"Sen.", "R-Ohio"}
    assert roles(found, "Marco Ruiz") == {"Fla."}
    assert roles(found, "Alison Vance") == {"mayor of Selm from 2008 to 2012"}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Velanna is mourning the death of her cousin. Velanna sang.", "Velanna", "person"),
        ("They followed Jan Holt on Instagram for years.", "Jan Holt", "person"),
        ("The town lies in Brennick. In Brennick, Brennick people dance.", "Brennick", "place"),
    ],
)
def test_the_words_around_a_name_tell_what_it_is(sentence, name, kind):
    found = told(f"Headline here\n{sentence}\n")
    kinds = {m.kind for m in found.mentions if m.span.of(found.article.text) == name}
    assert kinds == {kind}


def test_what_somebody_does_is_no_role():
    found = told("News today\nJan Holt is mourning the death of his cousin. Tom Reyes was named mayor of Selm.\n")
    assert not roles(found, "Jan Holt")
    assert roles(found, "Tom Reyes") == {"mayor of Selm"}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("The mayor, Luis Ortega, spoke.", "Luis Ortega", "mayor"),
        ("Varn’s new defence secretary, Peter Hale, spoke.", "Peter Hale", "Varn’s new defence secretary"),
        ("A spokesman for the union, Tom Reyes, spoke.", "Tom Reyes", "spokesman for the union"),
        ("He met former Secretary of State and Nobel laureate Ann Lowe.", "Ann Lowe", None),
        ("An ally of Mr. Tom Reyes spoke.", "Tom Reyes", "Mr."),
        ("Tom Reyes is the owner of the mill.", "Tom Reyes", "owner of the mill"),
    ],
)
def test_a_role_is_the_holders_and_nobody_elses(sentence, name, role):
    found = told(f"Headline here\n{sentence}\n")
    if role:
        assert {r.removeprefix("The ").removeprefix("A ") for r in roles(found, name)} == {role}
    else:
        assert any("Secretary of State" in r for r in roles(found, name))


def test_mentions_are_in_order_and_never_overlap(news):
    spans = [m.span for m in news[1].mentions]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_without_a_parse_model_capitals_and_given_names_still_tell_people():
    import spacy

    text = "Yesterday Hannah Pryce met Sen. Carl Dorn in London. Pryce left."
    plain = spacy.blank("en")
    plain.add_pipe("sentencizer")
    paragraph = Paragraph(Block("body", 0, len(text)), 0, plain(text))
    found = {(m.kind, m.span.of(text)) for m in find_mentions(Article(id="x", text=text), (paragraph,), ENGLISH)}
    assert {("person", "Hannah Pryce"), ("person", "Carl Dorn"), ("person", "Pryce"), ("place", "London")} <= found


@pytest.mark.parametrize(
    "text", ["", "\n", "\ud800\x00 \u202e", "A" * 5000, "Mr. " * 500, "'s " * 500, "--- ### (((", "Ǆ ǅ ǆ ẞ"]
)
def test_odd_texts_have_spans_inside_the_text(text):
    found = told(text.replace("(", "{"))
    assert all(0 <= m.span.start < m.span.end <= len(found.article.text) for m in found.mentions)


def test_a_surname_with_its_particle_is_the_person_it_belongs_to():
    found = told("""Blast in the square
Mayor Bill de Blom spoke at noon. [1:De Blom] said (1:nobody was hurt).
""")
    assert found.name(1) == "Bill de Blom"


def test_a_plural_before_one_word_is_no_title():
    found = told("""Help for soldiers
A study by the Department of Veterans Affairs was late. Officials of Veterans Affairs apologised.
""")
    assert "Affairs" not in {p.name for p in found.people}


def test_a_surname_and_the_next_word_of_a_headline_are_no_name():
    found = told("""[1:Kessler] Breaks With Old Friend On (1:Harbour Tax)
Anna Kessler broke with an old friend on Monday. Kessler said so twice.
""")
    assert found.name(1) == "Anna Kessler"


def test_an_opening_preposition_is_no_part_of_a_name():
    found = told("""Taxes
Beyond Kessler's taxes there is little. Anna Kessler pays them. [1:Kessler] said (1:so).
""")
    assert found.name(1) == "Anna Kessler"
