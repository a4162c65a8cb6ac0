"""Finding without reading everything finds what reading everything finds, whichever way is taken to it."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.made import NOW
from twosource.article import Article, Outlet, Span
from twosource.facts import Figure, Person, Quotation
from twosource.report import Report
from twosource.store import articles, conditions, finding, open_store, reports, search, stories
from twosource.store.articles import Incoming
from twosource.store.database import runs_of
from twosource.store.query import Bounds, parse
from twosource.store.wording import keys
from twosource.stories.judgements import Assignment

WORDS = ("quay", "pear", "weir", "lamp", "mill")
NAMES = ("Odile Brandt", "Imre Falk", "Odile Falk")

TERMS = (
    *WORDS,
    "pe*",
    '"quay pear"',
    "-mill",
    '-"lamp quay"',
    "said:weir",
    "said:quay",
    "-said:lamp",
    "speaker:odile",
    'speaker:"imre falk"',
    "-speaker:brandt",
    "outlet:one",
    "-outlet:two",
    "after:2030-01-03",
    "before:2030-01-05",
    "figure:2",
    "figure:>2",
    "figure:<=3",
    "figure:3..4",
    "unit:crates",
    "-unit:kilos",
)
queries = st.lists(st.sampled_from(TERMS), min_size=1, max_size=3).flatmap(
    lambda terms: st.lists(st.sampled_from([" ", " ", " OR "]), min_size=len(terms), max_size=len(terms)).map(
        lambda marks: "".join(term + mark for term, mark in zip(terms, marks, strict=True)).removesuffix(" OR ")
    )
)
texts = st.lists(st.sampled_from(WORDS), min_size=3, max_size=7)
told = st.tuples(
    texts,
    st.integers(1, 6),
    st.sampled_from(["One", "Two"]),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.sampled_from(["crates", "kilos"])),
)
newsrooms = st.lists(told, min_size=1, max_size=14)


def report(n, given):
    """An article and what was read of it: each name says half of its words, one figure is from ``low`` to ``high``."""
    words, day, outlet, names, (low, more, unit) = given
    text = " ".join(words)
    article = Article(id=f"a-{n}", text=text, outlet=Outlet(outlet), published=f"2030-01-{day:02}", title=None)
    middle = len(" ".join(words[:2]))
    said = (Span(0, middle), Span(middle, len(text)))
    quotations = tuple(
        Quotation(id=f"q{i}", act="said", mode="direct", content=(said[i],), speaker=f"p{i}", score=0.9, rule="made")
        for i in range(len(names))
    )
    people = tuple(Person(f"p{i}", name, "person") for i, name in enumerate(names))
    figure = Figure(id="f", span=Span(0, 1), value=None, low=float(low), high=float(low + more), unit=unit)
    return Report(
        article=article, language=None, model=None, blocks=(), quotations=quotations, people=people, figures=(figure,)
    )


def filled(db, newsroom):
    """Store it all, two articles to a story; return the reports and the rows' times by article."""
    made = [report(n, given) for n, given in enumerate(newsroom)]
    outcomes = articles.add(db, [Incoming(article=r.article) for r in made], now=NOW)
    for r, outcome in zip(made, outcomes, strict=True):
        reports.put(db, outcome.number, r, "made", now=NOW)
    stories.assign(db, [Assignment(r.id, f"s-{n // 2}", 1.0, 0.5, (), False) for n, r in enumerate(made)], NOW)
    at = {row["id"]: (row["at"], row["number"]) for row in db.rows("SELECT id, at, number FROM article")}
    return made, at


def holds(words, phrase):
    rows = [words[i : i + len(phrase.keys)] for i in range(len(words) - len(phrase.keys) + 1)]
    whole = [tuple(row) == phrase.keys for row in rows]
    begun = [tuple(row[:-1]) == phrase.keys[:-1] and row[-1].startswith(phrase.keys[-1]) for row in rows]
    return any(begun if phrase.prefix else whole)


def meets(r, at, term, query):
    """The plain meaning of one term for one article."""
    names = {p.id: keys(p.name) for p in r.people}
    asked = [g for g in query.groups if all(t.field == "speaker" and not t.no for t in g)]
    units = [g for g in query.groups if all(t.field == "unit" and not t.no for t in g)]
    value = term.value
    match term.field:
        case "words":
            return holds(keys(r.article.text), value)
        case "speaker":
            return any(holds(names[q.speaker], value) for q in r.quotations)
        case "said":
            by = asked[0] if len(asked) == 1 and not term.no else ()
            return any(
                holds(keys(q.content[0].of(r.article.text)), value)
                and (not by or any(holds(names[q.speaker], t.value) for t in by))
                for q in r.quotations
            )
        case "outlet":
            return value == r.article.outlet.name.lower()
        case "figure":
            f, told = r.figures[0], all(any(t.value == r.figures[0].unit for t in g) for g in units)
            return (told or term.no) and within(f.low, f.high, value)
        case "unit":
            return r.figures[0].unit == value
    return within(at, at, value)


def within(low, high, bounds: Bounds):
    above = bounds.low is None or (high > bounds.low if bounds.low_open else high >= bounds.low)
    return above and (bounds.high is None or (low < bounds.high if bounds.high_open else low <= bounds.high))


def plainly(made, at, text):
    """The ids that a query finds, the newest first, by looking at everything."""
    query = parse(text)
    hit = [r for r in made if all(any(meets(r, at[r.id][0], t, query) != t.no for t in g) for g in query.groups)]
    return sorted((r.id for r in hit), key=lambda name: at[name], reverse=True)


WAYS = [
    {"FEW": few, "FIRST": first, "NEXT": following, "GAP": gap, "MOST_RUNS": most}
    for few, first, following in ((500, 100, 1000), (0, 1, 4), (0, 3, 0), (3, 2, 100), (0, 2, 100))
    for gap, most in ((200, 128), (0, 2), (1, 50))
]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsrooms, st.lists(queries, min_size=1, max_size=4), st.integers(1, 4))
def test_whichever_way_is_taken_the_newest_that_meet_the_query_are_found(tmp_path_factory, newsroom, asked, limit):
    with open_store(tmp_path_factory.mktemp("way") / "news.db") as db:
        made, at = filled(db, newsroom)
        for n, query in enumerate(asked):
            expected = plainly(made, at, query)
            for way in WAYS[n::2]:
                with pytest.MonkeyPatch.context() as patch:
                    for name, value in way.items():
                        patch.setattr(conditions if name in {"GAP", "MOST_RUNS"} else finding, name, value)
                    compared(db, query, expected, at, limit)


def compared(db, query, expected, at, limit):
    """All that is found, by pages, among some, as stories and as quotations."""
    pages = paged(lambda last: search.articles(db, query, limit=limit, before=last))
    assert [hit.id for hit in pages] == expected
    numbers = [number for _, number in at.values()][::2]
    among = [hit.id for hit in search.articles(db, query, among=numbers, limit=50)]
    assert among == [name for name in expected if at[name][1] in numbers]
    whole, first = (stories.listed(db, query=parse(query), limit=n) for n in (50, 2))
    assert {s.id for s in whole} == {f"s-{int(name[2:]) // 2}" for name in expected}
    assert [s.id for s in first] == [s.id for s in whole[:2]]
    said = paged(lambda last: search.quotations(db, query, limit=limit, before=last))
    assert [q.number for q in said] == [q.number for q in search.quotations(db, query, limit=100)]


def paged(page):
    """All pages, one after the other."""
    found, last = [], None
    while some := page(last):
        found += some
        last = some[-1].cursor
    return found


def test_a_page_of_stories_is_filled_from_further_down(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "FEW", 0)
    with open_store(tmp_path / "news.db") as db:
        told = [
            (["quay" if n in {0, 7} else "pear"] * 3, 1 + n // 2, "One", NAMES[:1], (n, 1, "crates")) for n in range(8)
        ]
        filled(db, told)
        assert [s.id for s in stories.listed(db, query=parse("quay"), limit=2)] == ["s-3", "s-0"]


def test_quotations_are_those_that_hold_the_words_and_have_the_speaker(tmp_path):
    with open_store(tmp_path / "news.db") as db:
        filled(
            db,
            [
                (["quay", "pear", "weir"], 1 + n % 6, "One", NAMES[n % 2 : n % 2 + 2], (n, 1, "crates"))
                for n in range(9)
            ],
        )
        told = [(q.article, q.name) for q in search.quotations(db, "weir")]
        assert sorted(told) == [(f"a-{n}", NAMES[n % 2 + 1]) for n in range(9)]
        assert {q.name for q in search.quotations(db, "weir speaker:imre")} == {"Imre Falk"}
        assert {q.article for q in search.quotations(db, "quay figure:>8.5")} == {"a-8"}


@given(st.sets(st.integers(1, 300)), st.integers(0, 40), st.integers(1, 20))
def test_runs_hold_all_numbers_in_order_and_stay_apart(numbers, gap, most):
    runs = runs_of(numbers, gap=gap, most=most)
    assert len(runs) <= most
    assert {n for n in numbers if any(first <= n <= last for first, last in runs)} == numbers
    assert all(first in numbers and last in numbers for first, last in runs)
    assert all(after[0] - before[1] > gap for before, after in pairwise(runs))
