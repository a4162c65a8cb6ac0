"""Claims in a report's own voice against what others tell."""

from twosource.align.claims import claims_differ
from twosource.facts import Credit

from .reports import report, said

FACT = "The trams met in the tunnel under Kestrel Hill shortly after the morning shift began."
HEAD = "Trams collide\n"


def hearsay(source, key="a"):
    text = f"{HEAD}{source} report that {FACT[0].lower()}{FACT[1:]}"
    words = text.partition(" that ")[2].removesuffix(".")
    return report(
        key, text, said(text, words, source, source=source, cue="report", mode="indirect"), kinds={source: "group"}
    )


def shown(*reports):
    texts = {r.id: r.article.text for r in reports}
    return [
        (c.kind, c.certainty, *(s.span.of(texts[s.article]) for s in (c.left, c.right))) for c in claims_differ(reports)
    ]


def test_hearsay_that_another_report_tells_as_fact_is_a_possible_conflict_of_attribution():
    one, two = hearsay("Local newspapers"), report("b", HEAD + FACT)
    ((kind, certainty, left, right),) = shown(one, two)
    assert (kind, certainty) == ("attribution", "possible")
    assert left.startswith("Local newspapers report that")
    assert right == FACT


def test_a_source_that_is_no_medium_may_be_left_out():
    assert shown(hearsay("Port officials"), report("b", HEAD + FACT)) == []


def test_a_report_that_credits_the_medium_elsewhere_has_not_lost_it():
    from dataclasses import replace

    two = report("b", HEAD + FACT)
    credited = replace(two, credits=(Credit("outlet", "The Kestrel Herald", two.blocks[0].span),))
    assert shown(hearsay("The Kestrel Herald"), two) != []
    assert shown(hearsay("The Kestrel Herald"), credited) == []


def test_what_is_told_in_other_words_may_be_known_from_elsewhere():
    other = "Under Kestrel Hill, in the long tunnel, the trams met when the morning shift had just begun its work."
    assert shown(hearsay("Local newspapers"), report("b", HEAD + other)) == []


def test_may_in_one_voice_against_a_fact_in_another():
    one = report("a", HEAD + "The driver of the second tram may have fallen asleep near the depot.")
    two = report("b", HEAD + "The driver of the second tram had fallen asleep near the depot.")
    assert [(kind, certainty) for kind, certainty, _, _ in shown(one, two)] == [("strength", "possible")]


def test_nothing_inside_one_report_differs():
    text = f"{HEAD}The driver may have fallen asleep near the depot.\nThe driver had fallen asleep near the depot."
    assert shown(report("a", text), report("b", "Another thing altogether happened.")) == []
