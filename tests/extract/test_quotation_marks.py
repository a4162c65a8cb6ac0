"""Pairs of quotation marks, in text as untidy as pages are."""

import pytest

from tests.growth import grows_linearly
from twosource.article import Span
from twosource.extract.quotation_marks import closes_unopened, pair_marks


def shown(text, **more):
    return [text[p.span.start : p.span.end] for p in pair_marks(text, Span(0, len(text)), **more) if p.depth == 0]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('"Go," she said. "Now."', ['"Go,"', '"Now."']),
        ("“Go,” she said. “Now.”", ["“Go,”", "“Now.”"]),
        ("«Go», she said", ["«Go»"]),
        ("``Go,'' she said", ["``Go,''"]),
        ("“ Go , ” she said", ["“ Go , ”"]),
        ("She’ll say ‘never again’ twice", ["‘never again’"]),
        ("The dockers’ union's 'no' vote", ["'no'"]),
        ("called it 'the miners’ lamp' again", ["'the miners’ lamp'"]),
        ("rock 'n' roll in the '80s, he said", ["'n'"]),
        ("'It wasn't us,' say crews", ["'It wasn't us,'"]),
        ('A 6\'2" guard spoke of "fog"', ['"fog"']),
        ("praised its ”readiness to listen.”", ["”readiness to listen.”"]),
        ("\"I hate the word 'Cold,'\" he said", ["\"I hate the word 'Cold,'\""]),
        ("''It was on 'News at Ten,''' said Ode", ["''It was on 'News at Ten,'''"]),
        ("no marks at all, it's plain", []),
        ("”", []),
    ],
)
def test_pairs_as_a_reader_sees_them(text, pairs):
    assert shown(text) == pairs


def test_marks_of_one_kind_nest_only_where_nothing_ends_before_them():
    text = "“The strike was not “a stunt by idlers.” It was fair,” she said"
    assert shown(text) == ["“The strike was not “a stunt by idlers.” It was fair,”"]


def test_a_quotation_never_closed_ends_where_the_next_begins():
    assert shown('"We are late, he said. "We will go."') == ['"We are late, he said.', '"We will go."']


def test_a_quotation_never_closed_reaches_the_end_of_its_paragraph():
    text = "She said: “We begin at six. Nobody waits"
    (pair,) = pair_marks(text, Span(0, len(text)))
    assert not pair.closed
    assert pair.inner.of(text) == "We begin at six. Nobody waits"


def test_a_paragraph_may_go_on_with_a_quotation_opened_before():
    text = "And nobody waits.” She left."
    assert closes_unopened(text, Span(0, len(text)))
    assert shown(text, continued=True) == ["And nobody waits.”"]
    assert not closes_unopened("“Nobody” waits", Span(0, 14))


def test_only_the_given_stretch_is_read():
    text = '"one" "two" "three"'
    assert [p.span for p in pair_marks(text, Span(6, 11))] == [Span(6, 11)]


@pytest.mark.parametrize("piece", ['"', "“", "”", "'a ", '"a ', "‘a ", "''", '" "'])
def test_many_marks_take_linear_time(piece):
    def work(n):
        text = piece * n
        pair_marks(text, Span(0, len(text)))

    assert grows_linearly(work, 5_000, 40_000)
