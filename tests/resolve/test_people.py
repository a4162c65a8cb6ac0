"""People across reports: one person under several spellings, two people under one surname, bodies and their short
names.
"""

from itertools import permutations

from tests.resolve.marked import told
from twosource.article import Article, Span
from twosource.facts import Person
from twosource.judgements import Judgements
from twosource.report import Report
from twosource.resolve.people import canonical, unify_people


def report(article, *people):
    """A report with these people, each (name, kind) or (name, kind, speaks_for)."""
    text = "\n".join(p[0] for p in people) + f"\n{article}"
    found, at = [], 0
    for name, kind, *more in people:
        found.append(
            Person(
                f"{article}-{name}", name, kind, tuple(more[1:]), more[0] if more else None, (Span(at, at + len(name)),)
            )
        )
        at += len(name) + 1
    return Report(article=Article(id=article, text=text), language="en", model=None, blocks=(), people=tuple(found))


def names(unified):
    return {p.name for p in unified.people}


def test_spellings_and_lone_surnames_of_one_person_are_one():
    unified = unify_people(
        [
            report("a", ("Viktor Zelinsky", "person")),
            report("b", ("Victor Zelinskyy", "person")),
            report("c", ("Zelinskiy", "person")),
        ]
    )
    assert names(unified) == {"Viktor Zelinsky"}
    assert len({*unified.of.values()}) == 1
    assert unified.people[0].forms == {"a": ("Viktor Zelinsky",), "b": ("Victor Zelinskyy",), "c": ("Zelinskiy",)}


def test_two_people_of_one_surname_stay_two_and_a_lone_surname_joins_neither():
    unified = unify_people(
        [report("a", ("Anna Kessler", "person"), ("Peter Kessler", "person")), report("b", ("Kessler", "person"))]
    )
    assert names(unified) == {"Anna Kessler", "Peter Kessler", "Kessler"}


def test_people_that_one_report_tells_apart_are_never_joined_through_another():
    unified = unify_people(
        [
            report("a", ("Jan Berg", "person"), ("Jan Bergh", "person")),
            report("b", ("Jan Berg", "person")),
        ]
    )
    assert unified.of["a", "a-Jan Berg"] != unified.of["a", "a-Jan Bergh"]
    assert unified.of["b", "b-Jan Berg"] == unified.of["a", "a-Jan Berg"]


def test_a_body_is_one_under_its_name_acronym_and_article():
    unified = unify_people(
        [
            report("a", ("United Nations", "organisation"), ("Lake Transport Board", "organisation")),
            report("b", ("UN", "organisation"), ("LTB", "organisation")),
            report("c", ("the United Nations", "organisation")),
        ]
    )
    assert names(unified) == {"the United Nations", "Lake Transport Board"}


def test_groups_join_by_their_words_and_a_bare_official_stays_in_his_report():
    unified = unify_people(
        [
            report("a", ("local residents", "group"), ("official", "anonymous"), ("police spokesman", "anonymous")),
            report("b", ("Local residents", "group"), ("official", "anonymous"), ("police spokesman", "anonymous")),
        ]
    )
    assert sorted(p.name.lower() for p in unified.people) == [
        "local residents",
        "official",
        "official",
        "police spokesman",
    ]


def test_a_spokesman_keeps_the_body_he_speaks_for():
    unified = unify_people(
        [
            report("a", ("Kremlin", "organisation"), ("Pavel Orsk", "person", "a-Kremlin", "Kremlin spokesman")),
            report("b", ("the Kremlin", "organisation"), ("Orsk", "person")),
        ]
    )
    orsk = next(p for p in unified.people if p.name == "Pavel Orsk")
    assert orsk.speaks_for == unified.of["b", "b-the Kremlin"]
    assert orsk.roles == ("Kremlin spokesman",)


def test_the_order_of_reports_plays_no_part():
    reports = [
        report("a", ("Anna Kessler", "person"), ("Kessler", "person"), ("UN", "organisation")),
        report("b", ("Ana Kessler", "person"), ("United Nations", "organisation")),
        report("c", ("Anna M. Kessler", "person"), ("Kesler", "person"), ("experts", "group")),
    ]
    unified = [unify_people(order) for order in permutations(reports)]
    assert all(u.people == unified[0].people and dict(u.of) == dict(unified[0].of) for u in unified)


def test_every_person_of_every_report_is_in_the_account_and_ids_are_distinct():
    text = "Talks\n[1:Foreign Minister Ana Ruiz] said (1:yes). [2:Two aides] said (2:no).\n"
    found = told(text)
    one = Report(article=found.article, language="en", model=None, blocks=(), people=found.people)
    unified = unify_people([one])
    assert {(one.id, p.id) for p in found.people} == set(unified.of)
    assert len({p.id for p in unified.people}) == len(unified.people)


def test_no_reports_have_no_people():
    assert unify_people([]).people == ()


def test_a_person_is_shown_under_the_commonest_full_name_in_any_order_of_reports():
    reports = [
        report("b", ("Pavel Orsanskyi", "person")),
        report("c", ("Pavel Orsansky", "person")),
        report("d", ("Pavel Orsansky", "person")),
    ]
    shown = {tuple(sorted(names(unify_people(order)))) for order in permutations(reports)}
    assert shown == {("Pavel Orsansky",)}
    tied = {tuple(sorted(names(unify_people(order)))) for order in permutations(reports[:2])}
    assert tied == {("Pavel Orsanskyi",)}


def test_the_canonical_form_is_the_fullest_not_the_loudest():
    assert canonical(["Kessler", "ANNA KESSLER", "Anna Kessler", "Anna Kesler"]) == "Anna Kessler"


def test_a_countrys_body_is_one_however_the_country_is_put():
    unified = unify_people(
        [
            report("a", ("Iranian government", "organisation")),
            report("b", ("Iran's government", "organisation")),
            report("c", ("government of Iran", "organisation")),
        ]
    )
    assert len(set(unified.of.values())) == 1


def test_a_body_without_its_country_follows_the_only_one_that_has_it():
    pair = [
        report("a", ("Torvanian health ministry", "organisation")),
        report("b", ("health ministry", "organisation")),
    ]
    assert len(set(unify_people(pair).of.values())) == 1
    third = report("c", ("Varnian health ministry", "organisation"))
    assert len(set(unify_people([*pair, third]).of.values())) == 3


def test_two_bodies_of_one_report_stay_two():
    both = report("a", ("Torvanian health ministry", "organisation"), ("health ministry", "organisation"))
    assert len(set(unify_people([both]).of.values())) == 2


def test_an_unnamed_source_is_one_in_copies_of_a_text_and_two_in_two_texts():
    told = "A ferry ran aground on Monday. The coastguard said that nobody was hurt."
    other = "After the storm a man from the coastguard was at the pier, and said little."

    def said(article, text):
        at = text.index("coastguard")
        person = Person(f"{article}-c", "coastguard", "anonymous", (), None, (Span(at, at + 10),))
        made = Article(id=article, text=text)
        return Report(article=made, language="en", model=None, blocks=(), people=(person,))

    assert len(unify_people([said("a", told), said("b", told)]).people) == 1
    assert len(unify_people([said("a", told), said("b", other)]).people) == 2


def test_names_that_somebody_judged_to_be_one_person_are_one_and_no_more_without_the_judgement():
    reports = [report("a", ("Sister Agnes", "person")), report("b", ("Teresa Holub", "person"))]
    judged = unify_people(reports, Judgements(same_people=(("Teresa Holub", "sister agnes"),)))
    assert len(judged.people) == 1
    assert judged.people[0].forms == {"a": ("Sister Agnes",), "b": ("Teresa Holub",)}
    assert len(unify_people(reports).people) == 2


def test_names_judged_not_to_be_one_person_are_parted():
    reports = [report("a", ("Viktor Zelinsky", "person")), report("b", ("Victor Zelinskyy", "person"))]
    judged = unify_people(reports, Judgements(other_people=(("Viktor Zelinsky", "Victor Zelinskyy"),)))
    assert names(judged) == {"Viktor Zelinsky", "Victor Zelinskyy"}
    assert judged.of["a", "a-Viktor Zelinsky"] != judged.of["b", "b-Victor Zelinskyy"]


def test_a_judgement_on_names_that_no_report_has_changes_nothing():
    reports = [report("a", ("Jan Berg", "person"))]
    judged = Judgements(same_people=(("Jan Berg", "Nobody Else"),), other_people=(("Jan Berg", "Jan Berg"),))
    assert unify_people(reports, judged) == unify_people(reports)
