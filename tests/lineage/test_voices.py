"""On how many origins a statement or figure rests, once its tellings are known."""

import pytest

from twosource.article import Article, Outlet
from twosource.pipeline import account, read


def told(*texts):
    reports = [
        read(Article(id=f"r{i}", text=text, outlet=Outlet(f"The {name} Gazette"), published="2026-03-05"), fast=True)
        for i, (name, text) in enumerate(zip(("Wexlow", "Norrey", "Harl"), texts, strict=False))
    ]
    return account(reports)


def shared(made, words):
    """The origins of the tellings of the statement of two reports that holds ``words`` in its first."""
    for statement in made.statements:
        first = statement.tellings[0]
        text = next(a.text for a in made.articles if a.id == first.article)
        held = any(words in span.of(text) for span in first.content)
        if held and len({t.article for t in statement.tellings}) > 1:
            return {t.origin for t in statement.tellings}
    pytest.fail(f"no two reports tell {words!r}")


QUAY = (
    "Mayor Della Quint said that the town would not sell the old harbour to investors from Oslo. Fishermen applauded.\n"
)
RETOLD = "The town would not sell the old harbour to investors from Oslo, said Della Quint, the mayor. It rained.\n"


def test_one_person_whose_words_two_reporters_retell_is_one_origin():
    made = told("Harbour stays\n\n" + QUAY, "No sale\n\n" + RETOLD)
    (origin,) = shared(made, "the old harbour")
    (known,) = [o for o in made.lineage.origins if o.id == origin]
    assert known.articles == ("r0", "r1")
    assert "Quint" in known.name


def test_an_occasion_that_one_of_the_reports_tells_names_the_origin():
    spoken = "Mayor Della Quint told reporters that the town would not sell the old harbour to investors from Oslo.\n"
    made = told("Harbour stays\n\n" + spoken, "No sale\n\n" + RETOLD)
    (origin,) = shared(made, "the old harbour")
    assert next(o.kind for o in made.lineage.origins if o.id == origin) == "briefing"


def test_a_speech_and_a_letter_are_two_origins():
    speech = "In a speech on Tuesday, mayor Della Quint said that the old harbour must be sold by May.\n"
    letter = "Mayor Della Quint wrote in an open letter that before summer the town must have sold its old harbour.\n"
    assert len(shared(told("Sale\n\n" + speech, "Mayor writes\n\n" + letter), "old harbour")) == 2


def test_each_report_may_have_asked_other_people_at_the_scene():
    one = "Residents said they heard two loud bangs before the bakery burned. Nobody was hurt in the fire.\n"
    other = "Shortly before the bakery burned, they heard two loud bangs, residents said. The police came late.\n"
    assert len(shared(told("Fire\n\n" + one, "Bakery burns\n\n" + other), "two loud bangs")) == 2


def test_a_figure_that_both_have_of_one_body_has_one_origin():
    one = "The fire brigade said 31 houses were flooded when the Tarn burst its banks. The school is shut.\n"
    other = "According to the fire brigade, 31 houses were flooded on Monday night. The river falls.\n"
    made = told("Flood\n\n" + one, "River high\n\n" + other)
    (line,) = [f for f in made.figures if len({t.article for t in f.tellings}) > 1]
    assert len({t.origin for t in line.tellings}) == 1


def test_every_origin_of_a_telling_is_listed_with_its_article():
    made = told("Harbour stays\n\n" + QUAY, "No sale\n\n" + RETOLD)
    known = {o.id: o.articles for o in made.lineage.origins}
    assert all(t.article in known[t.origin] for s in made.statements for t in s.tellings)
