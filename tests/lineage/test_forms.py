"""Forms: what a copyist can change unseen does not change a word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.lineage.forms import forms


def words(text):
    return [form for form, _, _ in forms(text)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Varn VALLEY's line", ["varn", "valley", "s", "line"]),
        ("ca\u200bble st\u00adorm", ["cable", "storm"]),
        ("c\u0430bl\u0435 st\u043erm", ["cable", "storm"]),
        ("Caf\u00e9 Cafe\u0301", ["cafe", "cafe"]),
        ("\uff37\uff49\uff4e\uff44 \ufb01ne", ["wind", "fine"]),
        ("\u200b \u0301", []),
        ("20,000 (2019)", ["20", "000", "2019"]),
    ],
)
def test_a_word_has_one_form_however_it_is_written(text, plain):
    assert words(text) == plain


@given(st.text(max_size=300))
def test_forms_stand_in_order_and_are_never_empty(text):
    found = list(forms(text))
    assert all(form and start < end <= len(text) for form, start, end in found)
    assert all(a[2] <= b[1] for a, b in pairwise(found))
