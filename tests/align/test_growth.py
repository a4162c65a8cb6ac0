"""The cost of an account grows with its reports, not with their pairs."""

from functools import cache

from made_story import Made, made_story
from tests.growth import grows_linearly
from twosource.align.conflicts import find_conflicts
from twosource.align.figures import align_figures
from twosource.align.only import find_only
from twosource.align.statements import align_statements

from .reports import counted, people, report, said, traced

WORDS = 250
SMALL, LARGE = 5, 40


def facts(made: Made):
    """What was put into a made-up report, each thing once."""
    for told in dict.fromkeys(made.said):
        mode = "direct" if told.direct else "indirect"
        yield said(made.text, told.words, told.speaker, mode=mode)
    for number, unit in dict.fromkeys(made.figures):
        yield counted(made.text, f"{number} ", float(number), unit)


@cache
def reports(count):
    return tuple(report(made.key, made.text, *facts(made)) for made in made_story(count, WORDS))


def align(count):
    told = reports(LARGE)[:count]
    statements = align_statements(told, people(*told), traced(*told))
    figures = align_figures(told, traced(*told))
    return statements, find_conflicts(told, statements, figures), find_only(told, statements, figures)


def test_alignment_of_many_reports_finds_what_they_share():
    statements, _, _ = align(LARGE)
    assert max(len({t.article for t in s.tellings}) for s in statements) >= LARGE // 5


def test_alignment_grows_with_the_number_of_reports():
    assert grows_linearly(align, SMALL, LARGE)
