"""From scores to whole spans, and from spans to attributions."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twosource.extract.tagger.decoding import LABELS, Part, best_labels, parts_of, spans_of
from twosource.extract.tagger.tagging import joined

NONE = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
OUT, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT = range(len(LABELS))


def scores(*rows):
    """Emissions of one window in which each word has the scores given, by label."""
    found = np.zeros((1, len(rows), len(LABELS)), dtype=np.float32)
    for word, row in enumerate(rows):
        for label, score in row.items():
            found[0, word, label] = score
    return found


def test_the_inside_of_a_part_follows_only_its_own_beginning():
    emissions = scores({B_SOURCE: 5}, {I_CUE: 5, B_CUE: 4}, {I_CONTENT: 5, I_CUE: 4.5})
    labels = best_labels(emissions, np.array([3]), NONE)[0]
    assert labels.tolist() == [B_SOURCE, B_CUE, I_CUE]


def test_no_window_begins_inside_a_part():
    assert best_labels(scores({I_CUE: 5, B_CUE: 1}), np.array([1]), NONE)[0].tolist() == [B_CUE]


def test_padding_has_no_labels():
    emissions = np.concatenate([scores({B_CUE: 5}, {I_CUE: 5}), scores({B_CUE: 5}, {I_CUE: 9})])
    assert [len(labels) for labels in best_labels(emissions, np.array([2, 1]), NONE)] == [2, 1]


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_the_best_labels_score_best_of_all_legal_ones(seed, length):
    rng = np.random.default_rng(seed)
    emissions = rng.normal(size=(1, length, len(LABELS))).astype(np.float32)
    steps = rng.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    labels = best_labels(emissions, np.array([length]), steps)[0]
    assert all(
        label % 2 or label == OUT or (n and labels[n - 1] in (label, label - 1)) for n, label in enumerate(labels)
    )
    greedy = [OUT]
    for n in range(1, length):
        legal = [k for k in range(len(LABELS)) if k % 2 or k == OUT or greedy[-1] in (k, k - 1)]
        greedy.append(max(legal, key=lambda k: emissions[0, n, k] + steps[greedy[-1], k]))
    assert total(emissions, steps, labels) >= total(emissions, steps, greedy) - 1e-4


def total(emissions, steps, labels):
    moves = sum(steps[a, b] for a, b in pairwise(labels))
    return sum(emissions[0, n, label] for n, label in enumerate(labels)) + moves


def test_two_parts_of_one_role_may_touch():
    labels = np.array([B_CUE, B_SOURCE, I_SOURCE, B_SOURCE, OUT, I_CONTENT])
    assert spans_of(labels) == [("cue", 0, 1), ("source", 1, 3), ("source", 3, 4), ("content", 5, 6)]


def test_certainty_is_the_mean_probability_of_the_labels():
    emissions = scores({B_CUE: 50}, {I_CUE: 0})[0]
    (part,) = parts_of(np.array([B_CUE, I_CUE]), emissions)
    assert abs(part.certainty - (1 + 1 / len(LABELS)) / 2) < 1e-6


SOURCE, CUE, SECOND = Part("source", 0, 1, 0.9), Part("cue", 1, 2, 0.9), Part("cue", 5, 6, 0.9)
CONTENT, REST = Part("content", 2, 4, 0.9), Part("content", 6, 9, 0.9)


def linked(*pairs, words=10):
    """Scores of links with these (from, to, kind) on, and of standing alone between on and off."""
    links, alone = np.zeros((words, words, 2), dtype=np.float32), np.full((words, 2), 0.5, dtype=np.float32)
    for start, end, kind in pairs:
        links[start, end, kind] = 1
    return links, alone


def test_one_source_may_speak_through_two_cues():
    links, alone = linked((1, 0, 0), (5, 0, 0), (2, 1, 1), (6, 5, 1))
    found = joined([SOURCE, CUE, CONTENT, SECOND, REST], links, alone)
    assert found == [(SOURCE, CUE, (CONTENT,)), (SOURCE, SECOND, (REST,))]


def test_an_interrupted_content_belongs_to_one_cue():
    links, alone = linked((1, 0, 0), (2, 1, 1), (6, 1, 1))
    assert joined([SOURCE, CUE, CONTENT, REST], links, alone) == [(SOURCE, CUE, (CONTENT, REST))]


def test_parts_without_a_link_stand_alone():
    links, alone = linked()
    assert joined([SOURCE, CUE, CONTENT], links, alone) == [(None, CUE, ()), (None, None, (CONTENT,))]


def test_nothing_found_is_nothing_joined():
    assert joined([], *linked()) == []
