"""Which tellings are one statement."""

import pytest

from twosource.align.statements import align_statements
from twosource.judgements import NONE, Judgements

from .reports import people, report, said, traced

A = """Harbour shut after pier fails
The old pier cannot be saved, harbour master Ana Mora said on Friday.
“Every plank below the water line is rotten,” Mora said.
She added that fishermen would get berths in Port Sund for free.
Councillor Bo Lind said the pier can be saved.
"""
B = """Port Sund takes boats
Ana Mora told the Lantern that the pier was beyond saving.
"Every plank under the water line is rotten," she said, "and nobody looked for years."
Fishermen will be given free berths at Port Sund, according to Mora.
"""


def story():
    one = report(
        "a",
        A,
        said(A, "The old pier cannot be saved", mode="indirect"),
        said(A, "“Every plank below the water line is rotten,”"),
        said(A, "fishermen would get berths in Port Sund for free", mode="indirect"),
        said(A, "the pier can be saved", speaker="Bo Lind", mode="indirect"),
    )
    other = report(
        "b",
        B,
        said(B, "the pier was beyond saving", mode="indirect"),
        said(B, '"Every plank under the water line is rotten," … "and nobody looked for years."'),
        said(B, "Fishermen will be given free berths at Port Sund", mode="indirect"),
    )
    return one, other


def aligned(*reports, judged=NONE, **more):
    return align_statements(reports, people(*reports, **more), traced(*reports), judged)


def told(statement, *reports):
    texts = {r.id: r.article.text for r in reports}
    return [(t.article, " ".join(s.of(texts[t.article]) for s in t.content)) for t in statement.tellings]


def test_tellings_of_one_speaker_are_joined_and_different_points_kept_apart():
    one, other = story()
    found = [{t.article for t in s.tellings} for s in aligned(one, other) if s.speaker == "a-Ana Mora"]
    assert found == [{"a", "b"}] * 3


def test_a_speaker_who_says_the_opposite_is_another_statement():
    found = [s for s in aligned(*story()) if s.speaker == "a-Bo Lind"]
    assert [(s.relation, len(s.tellings)) for s in found] == [("single", 1)]


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        ("“Every plank under the water-line is rotten, and nobody looked for many years.”", "same_words"),
        (
            "“The planks are all rotten below the waterline, and nobody looked at them for a number of years.”",
            "paraphrase",
        ),
        ("“Every plank below the waterline is rotten.”", "shortened"),
        ("“All planks below the waterline are rotten, and nobody ever looked for years.”", "variant_wording"),
    ],
)
def test_the_relation_is_the_closest_between_two_articles(other, relation):
    first = "“Every plank under the waterline is rotten, and nobody looked for many years.”"
    reports = [report(key, f"Pier\n{text}", said(f"Pier\n{text}", text)) for key, text in (("a", first), ("b", other))]
    assert [s.relation for s in aligned(*reports)] == [relation]


def test_neither_order_nor_a_second_run_changes_anything():
    one, other = story()
    forth, back = aligned(one, other), aligned(other, one)
    assert {s.id for s in forth} == {s.id for s in back}
    assert aligned(one, other) == forth


def test_a_record_that_tells_two_things_stands_in_two_statements():
    text = "Head\nMora said the pier would stay shut until spring, and two trawlers had been lost in the storm."
    both = report(
        "c",
        text,
        said(
            text, "the pier would stay shut until spring, and two trawlers had been lost in the storm", mode="indirect"
        ),
    )
    first = "Head\n“The pier stays shut until spring.”"
    second = "Head\n“Two trawlers were lost in the storm.”"
    one = report("d", first, said(first, "“The pier stays shut until spring.”"))
    other = report("e", second, said(second, "“Two trawlers were lost in the storm.”"))
    found = aligned(both, one, other)
    assert [[t.article for t in s.tellings] for s in found] == [["c", "d"], ["c", "e"]]
    assert told(found[0], both, one)[0][1] == "the pier would stay shut until spring"


def test_what_is_never_told_apart_is_one_statement():
    text = "Head\n“The pier stays shut until spring. Two trawlers were lost in the storm, and we mourn them.”"
    words = text.split("\n")[1]
    reports = [report(key, text, said(text, words)) for key in "cd"]
    assert [told(s, *reports) for s in aligned(*reports)] == [[("c", words), ("d", words)]]


def test_a_body_and_the_person_who_speaks_for_it_are_one_speaker():
    first, second = (
        "Head\nThe port said the pier stays shut until spring.",
        "Head\nThe pier stays shut until spring, Ana Mora said.",
    )
    one = report(
        "a",
        first,
        said(first, "the pier stays shut until spring", speaker="Port", mode="indirect"),
        kinds={"Port": "organisation"},
    )
    other = report("b", second, said(second, "The pier stays shut until spring", mode="indirect"))
    (joined,) = aligned(one, other, voices={"Ana Mora": "Port"})
    assert joined.speaker == "a-Ana Mora"


def test_two_people_with_the_same_words_are_two_statements():
    text = "Head\nThe pier stays shut until spring, she said."
    reports = [
        report(k, text, said(text, "The pier stays shut until spring", speaker=who, mode="indirect"))
        for k, who in (("a", "Ana Mora"), ("b", "Bo Lind"))
    ]
    assert len(aligned(*reports)) == 2


def test_a_speaker_who_could_not_be_told_joins_on_the_same_words():
    text = "Head\nThe pier stays shut until spring, she said."
    reports = [
        report(k, text, said(text, "The pier stays shut until spring", speaker=who, mode="indirect"))
        for k, who in (("a", "Ana Mora"), ("b", None))
    ]
    assert [s.speaker for s in aligned(*reports)] == ["a-Ana Mora"]


def test_beliefs_that_the_reporter_ascribes_are_no_statements():
    text = "Head\nMora hopes the pier stays shut until spring."
    assert aligned(report("a", text, said(text, "the pier stays shut until spring", act="thought"))) == ()


def test_copies_count_as_one_text_unless_they_alone_tell_it():
    text = "Head\n“Every plank below the water line is rotten,” Mora said."
    reports = [report(key, text, said(text, "“Every plank below the water line is rotten,”")) for key in "ab"]
    reports.append(report("c", B, said(B, "the pier was beyond saving", mode="indirect")))
    found = align_statements(reports, people(*reports), traced(*reports, copies="ab"))
    assert [s.relation for s in found] == ["same_words", "single"]


def test_one_record_inside_another_is_told_once():
    text = "Head\nAna Mora said the pier had been rotten below the water for years."
    outer = said(text, "Ana Mora said the pier had been rotten below the water for years", mode="indirect")
    inner = said(
        text, "the pier had been rotten below the water for years", source="Ana Mora", cue="said", mode="indirect"
    )
    made = report("a", text, outer, inner)
    assert [told(s, made) for s in aligned(made)] == [[("a", "the pier had been rotten below the water for years")]]


def test_a_quotation_without_words_breaks_nothing():
    text = "Head\n“…”"
    assert len(aligned(report("a", text, said(text, "“…”")), report("b", text, said(text, "“…”")))) <= 2


def test_an_outlet_that_reports_what_someone_said_is_not_the_one_who_said_it():
    first = "Head\nThe Kestrel Herald reports that Ana Mora had never seen a bill for billions of dollars."
    second = "Head\nAna Mora said she had never seen a bill for billions of dollars."
    wrapped = "Ana Mora had never seen a bill for billions of dollars"
    one = said(first, wrapped, "The Kestrel Herald", source="The Kestrel Herald", cue="reports", mode="indirect")
    two = said(
        second, "she had never seen a bill for billions of dollars", source="Ana Mora", cue="said", mode="indirect"
    )
    reports = (report("a", first, one, kinds={"The Kestrel Herald": "organisation"}), report("b", second, two))
    (statement,) = align_statements(reports, people(*reports), traced(*reports))
    assert len(statement.tellings) == 2
    assert statement.speaker == "a-Ana Mora"


def test_tellings_that_somebody_judged_to_be_one_statement_are_one_and_those_judged_apart_are_apart():
    one, other = story()
    left = ("a", one.quotations[0].id)
    right = ("b", other.quotations[0].id)
    third = ("a", one.quotations[1].id)
    together = {(t.article, t.quotation) for s in aligned(one, other) for t in s.tellings if len(s.tellings) > 1}
    assert {left, right, third} <= together

    apart = aligned(one, other, judged=Judgements(other_statements=((left, right),)))
    assert [{(t.article, t.quotation) for t in s.tellings} & {left, right} for s in apart].count({left, right}) == 0
    joined = aligned(one, other, judged=Judgements(same_statements=((left, third),)))
    held = [{(t.article, t.quotation) for t in s.tellings} for s in joined]
    assert any({left, right, third} <= tellings for tellings in held)
    assert sum(len(s.tellings) for s in joined) == sum(len(s.tellings) for s in aligned(one, other))


def test_a_judgement_on_tellings_that_are_not_there_changes_nothing():
    one, other = story()
    judged = Judgements(same_statements=((("a", "q-x"), ("b", "q-y")),), other_statements=((("c", "q"), ("d", "q")),))
    assert aligned(one, other, judged=judged) == aligned(one, other)
