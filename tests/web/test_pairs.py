"""Two reports side by side: every stretch of five words that stands in both is marked, wherever it stands."""

import time

from twosource.web.views.pairs import shared

MOVED = "the pump had been switched off for eleven days"
OTHER = "nobody in the office wanted to say why that was"


def marked(left, right):
    here, there = shared(left, right)
    return [s.of(left) for s in here], [s.of(right) for s in there]


def test_what_was_moved_is_marked_too():
    left = f"At first {MOVED}. Later {OTHER}, he said."
    right = f"It was odd: {OTHER}. She found that {MOVED}!"
    assert marked(left, right) == ([MOVED, OTHER], [OTHER, MOVED])


def test_what_one_report_tells_twice_is_marked_twice():
    left, right = f"{MOVED}. And again: {MOVED}.", f"Yes, {MOVED}"
    assert marked(left, right) == ([MOVED, MOVED], [MOVED])


def test_case_marks_and_punctuation_do_not_count_and_four_words_are_too_few():
    assert marked("“Nobody, in the OFFICE wanted”", "nobody in the office wanted to") == (
        ["Nobody, in the OFFICE wanted"],
        ["nobody in the office wanted"],
    )
    assert marked("in the old office", "in the old office") == ([], [])
    assert shared("", "words") == ((), ())


def test_long_texts_without_end_are_compared_at_once():
    left, right = "ab cd " * 5_000, "cd ab " * 5_000
    begun = time.perf_counter()
    here, _ = shared(left, right)
    assert time.perf_counter() - begun < 2
    assert [(s.start, s.end) for s in here] == [(0, len(left) - 1)]
