"""How sure a decision about a speaker is: by its rule, by what the rule saw, and by the decision it rests on."""

from tests.resolve.marked import told
from twosource.resolve.confidence import OTHER, SURE, confidence, kind_of

RAFT = """Raft sinks
Mayor Anna Brod told reporters that (1:the raft sank). [1:Brod] had seen it.
"(2:It went down fast)," [2:she] said. [3:A spokesman] said (3:nobody was hurt).
"(4:Not a soul)."
"""


def test_every_decision_carries_its_rule_and_how_sure_it_is():
    raft = told(RAFT)
    for number in "1234":
        features = raft.quotations[number].features
        assert features["speaker_rule"]
        assert 0 < features["speaker_score"] <= 1
    assert raft.quotations["2"].features["speaker_rule"] == "pronoun.subject"


def test_a_name_is_surer_than_a_pronoun_and_a_pronoun_than_words_without_a_source():
    raft = told(RAFT)
    name, pronoun, carried = (raft.quotations[n].features["speaker_score"] for n in "124")
    assert name > pronoun > carried


def test_a_decision_that_rests_on_another_is_less_sure_than_that():
    text = """Raft sinks
(1:The raft sank), [1:she] said.
(2:Nobody was hurt).
Mayor Anna Brod left.
"""
    raft = told(text, carried={"2": "1"})
    assert raft.quotations["2"].features["speaker_score"] <= raft.quotations["1"].features["speaker_score"]


def test_pronouns_are_told_apart_by_how_far_the_first_in_focus_leads():
    assert kind_of("pronoun.subject", {"focus": 1.0, "lead": 0.9}) == "pronoun.subject, clear"
    assert kind_of("pronoun.subject", {"focus": 1.0, "lead": 0.1}) == "pronoun.subject, close"
    assert kind_of("pronoun.subject", {"focus": 0.01, "lead": 0.01}) == "pronoun.subject, faint"
    assert confidence("pronoun.subject", {"focus": 1.0, "lead": 0.9}) > confidence(
        "pronoun.subject", {"focus": 0.01, "lead": 0.01}
    )


def test_every_share_is_one_and_unknown_rules_have_the_common_one():
    assert all(0 < share < 1 for share in SURE.values())
    assert confidence("no.such.rule", {}) == OTHER
