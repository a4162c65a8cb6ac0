"""BibTeX: one part a report, balanced and without a command whatever the texts hold."""

import re
from itertools import accumulate

import pytest

from tests.made import EVIL, evil_account
from tests.stories import story_account
from twosource.render.bibtex import render_bibtex


def test_every_report_is_there_with_what_a_citation_needs():
    account = story_account()
    parts = render_bibtex(account).split("@online{")[1:]
    assert len(parts) == len(account.articles)
    for part, article in zip(parts, account.articles, strict=True):
        assert part.startswith(f"{article.id},")
        assert article.outlet in part
        assert f"date = {{{article.published[:10]}}}" in part
        assert (f"url = {{{article.url}}}" in part) is bool(article.url)


ESCAPED = re.compile(r"\\(?:[$&#_%]|text(?:braceleft|braceright|backslash|asciitilde|asciicircum)\{\})")


@pytest.mark.parametrize("words", [*EVIL, "} @comment{ \\input{/etc/passwd} %", "$x$ #1 & _ ^ ~", "{" * 500])
def test_no_text_adds_a_command_or_ends_a_field(words):
    told = render_bibtex(evil_account(words))
    bare = ESCAPED.sub("", told)
    assert "\\" not in bare
    assert not set("$#_%~^") & set(re.sub(r"url = .*", "", bare))
    depths = list(accumulate({"{": 1, "}": -1}.get(c, 0) for c in told))
    assert depths[-1] == 0
    assert sum(c == "@" and depth == 0 for c, depth in zip(told, depths, strict=True)) == told.count("\n@") + 1
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", told)
