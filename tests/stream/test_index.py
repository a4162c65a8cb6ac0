"""The index answers as a look at every article would, however often articles come and go."""

import numpy as np
import pytest

from twosource.stories import Features, index
from twosource.stories.index import Index

RNG = np.random.default_rng(5)


def made(terms=30, rare=20, of=400):
    """Features of random terms and weights, of length one."""
    chosen = RNG.permutation(of)[:terms].astype(np.uint32)
    weights = RNG.random(terms).astype(np.float32) + 0.1
    return Features(chosen.tobytes(), (weights / np.linalg.norm(weights)).tobytes(), rare, "")


def product(one, two):
    left, right = (
        dict(zip(np.frombuffer(f.terms, np.uint32), np.frombuffer(f.weights, np.float32), strict=True))
        for f in (one, two)
    )
    return sum(left[term] * right[term] for term in left.keys() & right.keys())


@pytest.fixture
def live(monkeypatch):
    """An index after articles of five stories came and half of them left, and what is left."""
    monkeypatch.setattr(index, "SPARE", 7)
    found, held = Index(), {}
    for n in range(90):
        held[f"a{n}"] = made()
        found.add(f"a{n}", held[f"a{n}"], f"s{n % 5}")
        if n % 2:
            found.drop(f"a{n - 1}", held.pop(f"a{n - 1}"))
    return found, held


def test_products_are_exact(live):
    found, held = live
    asked = made()
    products = found.products(asked, found.slots(held))
    assert products == pytest.approx([product(asked, its) for its in held.values()], abs=1e-6)
    assert found.matrix(list(held)) == pytest.approx(
        np.array([[product(a, b) for b in held.values()] for a in held.values()]), abs=1e-6
    )


def test_each_near_story_is_there_once_with_an_article_of_its_own(live):
    found, held = live
    asked = made()
    near = found.near(asked, 10)
    assert sorted(near) == ["s0", "s1", "s2", "s3", "s4"]
    assert list(near.values()) == sorted(near.values(), reverse=True)
    for story, its in near.items():
        own = [product(asked, f) for a, f in held.items() if int(a[1:]) % 5 == int(story[1])]
        assert min(abs(its - p) for p in own) < 1e-6


def test_an_article_is_not_near_itself_and_follows_its_story(live):
    found, held = live
    article, its = next(iter(held.items()))
    found.assign(article, "alone")
    assert next(iter(found.near(its, 10))) == "alone"
    assert "alone" not in found.near(its, 10, article)


def test_nothing_is_near_an_article_without_words(live):
    found, _ = live
    assert found.near(Features(b"", b"", 0, ""), 10) == {}
    found.add("empty", Features(b"", b"", 0, ""), "s9")
    assert found.products(made(), found.slots(["empty"])).tolist() == [0.0]


def test_a_small_budget_reads_the_rarest_terms(monkeypatch):
    monkeypatch.setattr(index, "BUDGET", 2)
    found = Index()
    weights = np.full(2, 0.7, np.float32).tobytes()
    for n in range(5):
        found.add(f"common{n}", Features(np.array([1, 10 + n], np.uint32).tobytes(), weights, 2, ""), f"c{n}")
    found.add("rare", Features(np.array([2, 99], np.uint32).tobytes(), weights, 2, ""), "r")
    assert list(found.near(Features(np.array([1, 2], np.uint32).tobytes(), weights, 2, ""), 9)) == ["r"]
