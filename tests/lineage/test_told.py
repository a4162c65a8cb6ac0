"""Told words: what is quoted, by whatever marks, is not a report's own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lineage.reports import report, said
from twosource.anchor import fold
from twosource.article import Span
from twosource.lineage.told import marked_in, told_words


def marked(text):
    folded = fold(text)
    return [span.of(text) for span in marked_in(folded, Span(0, len(folded)))]


def own(*lines, kinds=None):
    told = told_words(report("a", "\n".join(lines), kinds=kinds))
    return " ".join(form for form, flag in zip(told.forms, told.own, strict=True) if flag)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said: "It stays shut." Nobody laughed.', ['"It stays shut."']),
        ("“It stays,” she said, “shut.”", ["“It stays,”", "“shut.”"]),
        ("He called it 'a joke' and left.", ["'a joke'"]),
        ("The workers' union didn't say when.", []),
        ("'We can't wait,' said the workers' leader.", ["'We can't wait,'"]),
        ("It was the '90s and nobody wore 'em.", []),
        ('"We never close a paragraph, they told us', ['"We never close a paragraph, they told us']),
        ("'We never close a paragraph, they told us", ["'We never close a paragraph, they told us"]),
        ('The pylon was 5" out of line.', []),
        ('the engineers said."Nobody asked us to look," he said', ['"Nobody asked us to look,"']),
        ("„Wir gehen”, sagte er, «und zwar heute».", ["„Wir gehen”", "«und zwar heute»"]),
    ],
)
def test_words_in_marks_are_found(text, quoted):
    assert marked(text) == quoted


def test_own_words_leave_out_quotations_posts_and_credits():
    assert own("Line shut", 'The line stays "shut for good", she said.') == "line shut the line stays she said"
    assert own("Line shut", "It rained.", "All safe now. — Rescue Varn (@rescue) May 4, 2025") == "line shut it rained"
    assert (
        own("Line shut", "All safe now.", "— Rescue Varn (@rescue) May 4, 2025", "It rained.") == "line shut it rained"
    )
    assert own("Line shut", "VARN (Reuters) - It rained.") == "line shut varn it rained"
    assert (
        own("Line shut", "It rained.", "Copyright 2019 The Associated Press. All rights reserved.")
        == "line shut it rained"
    )
    assert own("Line shut", "It rained.", "The wheels at dawn. (Ann Lee/NPA)") == "line shut it rained"


def test_direct_content_without_marks_is_quoted_too():
    text = "Line shut\nThe company wrote on its page.\nAll gondolas are empty.\nIt rained."
    told = told_words(report("a", text, said(text, "All gondolas are empty.", "The company")))
    assert [f for f, q in zip(told.forms, told.quoted, strict=True) if q] == ["all", "gondolas", "are", "empty"]


def test_furniture_is_not_told_unless_there_is_hardly_anything_else():
    body = " ".join(f"word{i}" for i in range(40))
    assert own("Line shut", body, "Share this story", kinds={2: "boilerplate"}) == f"line shut {body}"
    assert own("Line shut", body, kinds={1: "boilerplate"}) == f"line shut {body}"


@given(st.text(alphabet="ab \n\"'“’.,(@)—", max_size=200))
def test_marked_stretches_lie_apart_inside_the_paragraph(text):
    spans = list(marked_in(fold(text), Span(0, len(text))))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.timeout(5)
@pytest.mark.parametrize("char", ["'", '"', " '", '" ', "'a", "(@", "- a (@b) "])
def test_hostile_marks_take_no_more_than_a_moment(char):
    told_words(report("a", char * 50_000))
