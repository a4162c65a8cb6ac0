"""Alignment takes whatever the readers hand it: any Unicode, any spans."""

from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.align.conflicts import find_conflicts
from twosource.align.event import common_event
from twosource.align.figures import align_figures
from twosource.align.only import find_only
from twosource.align.passages import differences, passages
from twosource.align.statements import align_statements
from twosource.article import Article, Block, Span
from twosource.facts import Figure, Person, Quotation
from twosource.report import Report

from .reports import people, traced

WORDS = [
    "the",
    "not",
    "no",
    "5",
    "25",
    "1.2",
    "$",
    "%",
    "may",
    "will",
    "never",
    "swap",
    "Port",
    "Sund",
    "“x”",
    "\u2028",
]
WORDS += ["\ud800", ".", ",", "said", "and", "but", "that", "Friday", "5:10", "a.m.", "killed", "\n"]
TEXT = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@st.composite
def spans(draw, text):
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    return Span(*ends)


@st.composite
def reports(draw, key):
    text = draw(TEXT)
    block = Block(draw(st.sampled_from(["headline", "body", "caption"])), 0, len(text))
    quotations = [
        Quotation(
            id=f"q{i}",
            act=draw(st.sampled_from(["said", "thought"])),
            mode=draw(st.sampled_from(["direct", "indirect", "mixed"])),
            content=tuple(draw(st.lists(spans(text), max_size=2))),
            source=tuple(draw(st.lists(spans(text), max_size=1))),
            speaker=draw(st.sampled_from(["p-A", "p-B", None])),
            score=1.0,
            rule="any",
        )
        for i in range(draw(st.integers(0, 3)))
    ]
    numbers = st.one_of(st.none(), st.floats())
    figures = [
        Figure(
            id=f"f{i}",
            span=draw(spans(text)),
            value=draw(numbers),
            low=draw(numbers),
            unit=draw(st.sampled_from(["", "km", "USD", "people"])),
        )
        for i in range(draw(st.integers(0, 2)))
    ]
    cast = tuple(Person(id=f"p-{name}", name=name, kind="person") for name in "AB")
    article = Article(id=key, text=text, published=draw(st.sampled_from([None, "2024-01-01", "", "x"])))
    return Report(
        article=article,
        language="en",
        model=None,
        blocks=(block,) if text else (),
        quotations=tuple(quotations),
        people=cast,
        figures=tuple(figures),
    )


@settings(max_examples=150, deadline=None)
@given(reports("a"), reports("b"))
def test_any_two_reports_align_the_same_in_either_order(one, other):
    seen = []
    for pair in ((one, other), (other, one)):
        statements = align_statements(pair, people(*pair), traced(*pair))
        figures = align_figures(pair, traced(*pair))
        conflicts = find_conflicts(pair, statements, figures)
        alone = find_only(pair, statements, figures)
        common_event(pair)
        texts = {r.id: r.article.text for r in pair}
        assert all(
            0 <= s.start <= s.end <= len(texts[t.article]) for x in statements for t in x.tellings for s in t.content
        )
        assert all(p.span.end <= len(texts[p.article]) for c in conflicts for p in (c.left, c.right))
        seen.append((*({x.id for x in found} for found in (statements, figures, conflicts)), set(alone)))
    assert seen[0] == seen[1]


@given(TEXT, TEXT)
def test_differences_rebuild_both_strings_in_order(left, right):
    steps = differences(left, right)
    assert [s.left for s in steps] == sorted(s.left for s in steps)
    assert [s.right for s in steps] == sorted(s.right for s in steps)


@given(TEXT)
def test_passages_lie_inside_the_text_and_in_order(text):
    made = Report(article=Article(id="a", text=text), language=None, model=None, blocks=(Block("body", 0, len(text)),))
    found = [p.span for p in passages(made)]
    assert found == sorted(found)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
