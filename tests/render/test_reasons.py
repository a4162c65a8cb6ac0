"""Numbers of the alignment in words a reader understands."""

from twosource.render.reasons import reasons


def test_numbers_become_words():
    told = reasons({"letters_changed": 0.25, "cosine": 0.7, "contained": 1.0, "shared": 0.5, "log_odds": 2.73})
    assert told == (
        "25% of the letters differ",
        "mostly the same words",
        "all of one stands in the other",
        "3 telling words in common",
        "all in all a likely case",
    )


def test_what_is_the_same_letter_for_letter_needs_no_more_words():
    assert reasons({"letters_changed": 0.0, "cosine": 1.0, "contained": 1.0, "log_odds": 5.35}) == (
        "letter for letter the same",
        "all in all a clear case",
    )


def test_what_is_not_known_gives_no_words():
    assert reasons({"tagger": 0.9, "rule": "direct.after"}) == ()
    assert reasons({"minutes_apart": 90.0, "steps_apart": 1.0, "words_changed": 0.06}) == (
        "90 minutes apart",
        "1 step apart on the scale of firmness",
        "6% of the words differ",
    )
