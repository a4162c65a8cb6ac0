"""A language's phrases and the tuned constants of the text rules as they would be had one outlet never been seen.

The rules are written by hand and hold no weights. Two things could still lean on an outlet: a stock phrase that only
its pages have, and a constant that was swept over them. So for each outlet every phrase is taken out that stands in its
pages and in those of no other, and the constant is the best one for the others. This is stricter than what happened:
most phrases so taken out are known from elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from twosource.anchor import fold
from twosource.clean import markup, plain
from twosource.clean.phrases import Table

COSTS = (6, 10, 15, 20)
"""Values of `plain.COST` that were swept."""

AGREEMENTS = (0.5, 0.75, 0.9)
"""Values of `markup.AGREES` that were swept."""

T = TypeVar("T")


def outlet_of(page: Mapping[str, Any]) -> str:
    """Return the outlet of a page of the development set, which its id begins with."""
    return str(page["id"]).rpartition("_")[0]


def without(known: Table, outlet: str, texts: Mapping[str, str]) -> tuple[Table, int]:
    """Return the table without the phrases of that outlet alone, and their number; ``texts`` are by outlet."""
    gone: set[str] = set()
    own = texts[outlet]
    others = [text for name, text in texts.items() if name != outlet]

    def only_there(phrase: str) -> bool:
        return phrase in own and not any(phrase in text for text in others)

    for phrase in _phrases(known):
        if only_there(phrase):
            gone.add(phrase)
    return _less(known, frozenset(gone)), len(gone)


def all_text(pages: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the text of each outlet's pages as phrases are compared with it: folded, lower case, single spaces."""
    found: dict[str, list[str]] = {}
    for page in pages:
        found.setdefault(outlet_of(page), []).append(" ".join(fold(page["text"]).casefold().split()))
    return {outlet: "\n".join(texts) for outlet, texts in found.items()}


@contextmanager
def constant(module: Any, name: str, value: float) -> Iterator[None]:  # noqa: ANN401 - any module
    """Set a constant of a module for a while."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def best_for_others(by_value: Mapping[float, Mapping[str, Sequence[T]]], outlet: str, score: Any) -> float:  # noqa: ANN401
    """Return the value at which the scores of all outlets but one are best; the smaller of equals."""
    return max(
        sorted(by_value), key=lambda v: float(score([s for o, ss in by_value[v].items() if o != outlet for s in ss]))
    )


SWEPT = {"text": (plain, "COST", COSTS), "html": (markup, "AGREES", AGREEMENTS)}
"""By kind of input the module, the name and the swept values of its constant."""


def _phrases(table: object) -> Iterator[str]:
    for f in fields(table):  # type: ignore[arg-type]
        value = getattr(table, f.name)
        if is_dataclass(value):
            yield from _phrases(value)
        elif isinstance(value, frozenset):
            yield from value


def _less(table: T, gone: frozenset[str]) -> T:
    changed: dict[str, object] = {}
    for f in fields(table):  # type: ignore[arg-type]
        value = getattr(table, f.name)
        if is_dataclass(value):
            changed[f.name] = _less(value, gone)
        elif isinstance(value, frozenset):
            changed[f.name] = value - gone
    return replace(table, **changed)  # type: ignore[type-var]
