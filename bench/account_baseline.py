"""The accounts of the shared folder made by the simplest method that could work, scored beside the program's.

Baseline: TF-IDF over the story's sentences, one cosine threshold for statements and one for figures, chains of links as
groups (single linkage). It is given what the program extracts (spans, speakers, figures), so that alignment alone is
compared. Statements of named speakers who differ stay apart; the relation is read off the cosine; the right speaker is
the one most tellings name; figures are one line where unit and context are alike; a line whose numbers differ is a
conflict, and so is a statement with "not" in one telling only. Every threshold is the best one on these very stories,
so the baseline's numbers are an upper bound.
"""

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import program
import shared_gold
from measures import Measure, measures
from program import Row
from twosource.account import Account, FigureTelling, Telling
from twosource.article import Article, Outlet, Span
from twosource.pipeline import account, read
from twosource.report import Report

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = 0.25
"""Least cosine of two tellings of one statement; of 0.2 to 0.6 the best by groups on the seven stories, 2026-11-22."""

FIGURES = 0.25
"""Least cosine of the words around two figures of one unit; of 0.2 to 0.6 the best on the seven stories, 2026-11-22."""

AROUND = 60
"""Code points on each side of a figure that are its context."""

RELATIONS = ((0.95, "same_words"), (0.7, "variant_wording"), (0.5, "shortened"), (0.0, "paraphrase"))
"""Cosine from which on the closest pair has this relation."""

WORD = re.compile(r"\w+")
ABOUT = ("account gold, 7 stories", "development")


@dataclass(frozen=True, slots=True)
class Bag:
    """A stretch of text as weighted words, and the vector's length."""

    weighted: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, text: str, weighed: Mapping[str, float]) -> "Bag":
        """Return the words of ``text``, each by its number times its weight."""
        counts = Counter(word.lower() for word in WORD.findall(text))
        found = {word: count * weighed.get(word, 1.0) for word, count in counts.items()}
        return cls(found, math.sqrt(math.fsum(w * w for w in found.values())))


def weights(texts: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency of every word, smoothed, over ``texts``."""
    within = Counter(word for text in texts for word in {w.lower() for w in WORD.findall(text)})
    return {word: 1 + math.log((1 + len(texts)) / (1 + n)) for word, n in within.items()}


def cosine(left: Bag, right: Bag) -> float:
    """Return the cosine of two bags, 0 where one is empty."""
    if not left.length or not right.length:
        return 0.0
    shared = math.fsum(w * right.weighted[k] for k, w in left.weighted.items() if k in right.weighted)
    return shared / (left.length * right.length)


def simple(reports: Sequence[Report], full: Account, at: tuple[float, float] = (STATEMENTS, FIGURES)) -> Row:
    """Return an account of the reports by the baseline, as JSON; people and articles are those of ``full``."""
    texts = {report.id: report.article.text for report in reports}
    weighed = weights([line for text in texts.values() for line in re.split(r"(?<=[.?!])\s+|\n+", text) if line])
    statements, turned = _statements(full, texts, weighed, at[0])
    figures, opposed = _figures(full, texts, weighed, at[1])
    return {
        "people": [{"id": person.id, "name": person.name} for person in full.people],
        "statements": statements,
        "figures": figures,
        "conflicts": [*turned, *opposed],
        "lineage": {"independent_reports": len(reports), "links": []},
    }


def _statements(
    full: Account, texts: Mapping[str, str], weighed: Mapping[str, float], least: float
) -> tuple[list[Row], list[Row]]:
    told = [(s.speaker, t) for s in full.statements for t in s.tellings]
    words = [" ".join(span.of(texts[t.article]) for span in t.content) for _, t in told]
    bags = [Bag.of(shown, weighed) for shown in words]

    def one(i: int, j: int) -> bool:
        known = told[i][0] and told[j][0] and told[i][0] != told[j][0]
        return not known and cosine(bags[i], bags[j]) >= least

    made, turned = [], []
    for group in _chained(len(told), one):
        pairs = [(i, j) for i, j in combinations(group, 2) if told[i][1].article != told[j][1].article]
        closest = max((cosine(bags[i], bags[j]) for i, j in pairs), default=None)
        named = Counter(told[i][0] for i in group if told[i][0])
        relation = "single" if closest is None else next(name for bar, name in RELATIONS if closest >= bar)
        tellings = [
            {"article": t.article, "content": [list(s) for s in t.content]} for t in (told[i][1] for i in group)
        ]
        speaker = max(named, key=lambda s: named[s], default=None)
        made.append({"speaker": speaker, "relation": relation, "tellings": tellings})
        turned += [
            _place("polarity", told[i][1], told[j][1]) for i, j in pairs if _denied(words[i]) != _denied(words[j])
        ][:1]
    return made, turned


def _denied(words: str) -> bool:
    return bool(re.search(r"\bnot\b|n['\u2019]t\b|\bnever\b|\bno\b", words.lower()))


def _figures(
    full: Account, texts: Mapping[str, str], weighed: Mapping[str, float], least: float
) -> tuple[list[Row], list[Row]]:
    told = [(line.unit, t) for line in full.figures for t in line.tellings]
    bags = [Bag.of(_context(texts[t.article], t.span), weighed) for _, t in told]

    def one(i: int, j: int) -> bool:
        return told[i][0] == told[j][0] and cosine(bags[i], bags[j]) >= least

    made, opposed = [], []
    for group in _chained(len(told), one):
        tellings = [told[i][1] for i in group]
        pairs = [(a, b) for a, b in combinations(tellings, 2) if a.article != b.article]
        differ = [(a, b) for a, b in pairs if a.value != b.value]
        agreement = "single" if not pairs else "conflict" if differ else "agree"
        made.append(
            {"agreement": agreement, "tellings": [{"article": t.article, "span": list(t.span)} for t in tellings]}
        )
        opposed += [_place("number", a, b) for a, b in differ][:1]
    return made, opposed


def _context(text: str, span: Span) -> str:
    return text[max(0, span.start - AROUND) : span.start] + " " + text[span.end : span.end + AROUND]


def _place(kind: str, left: Telling | FigureTelling, right: Telling | FigureTelling) -> Row:
    spans = [t.span if isinstance(t, FigureTelling) else t.content[0] for t in (left, right)]
    sides = [{"article": t.article, "span": list(s)} for t, s in zip((left, right), spans, strict=True)]
    return {"kind": kind, "left": sides[0], "right": sides[1]}


def _chained(count: int, one: Callable[[int, int], bool]) -> list[list[int]]:
    """Groups of what is linked by a chain of pairs."""
    home = list(range(count))
    for i, j in combinations(range(count), 2):
        if home[i] != home[j] and one(i, j):
            home = [home[i] if h == home[j] else h for h in home]
    groups: dict[int, list[int]] = defaultdict(list)
    for i, h in enumerate(home):
        groups[h].append(i)
    return list(groups.values())


def stories(gold: Path) -> dict[str, list[Article]]:
    """Return the articles of each story of the folder's accounts."""
    rows: dict[str, Row] = {
        row["id"]: row
        for name in ("news_cluster", "basil")
        for row in program.lines(gold / "stories" / f"{name}.jsonl")
    }
    for path in (gold.parent / shared_gold.SEEDS).glob("*.txt"):
        rows[path.name] = {"id": path.name, "published": "2025-02-12", "text": path.read_bytes().decode()}
    asked = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted((gold / "accounts").glob("*.json"))}
    return {name: [_article(rows[a["doc"]]) for a in story["articles"]] for name, story in asked.items()}


def _article(row: Row) -> Article:
    outlet = Outlet(row["outlet"]) if row.get("outlet") else None
    kept = {key: row.get(key) for key in ("url", "title", "published")}
    return Article(id=row["id"], text=row["text"], outlet=outlet, **kept)


def account_baseline(gold: Path) -> Iterator[Measure]:
    """Yield the numbers of the accounts part for the baseline, each named ``accounts: … [TF-IDF]``."""
    reports = {name: [read(article) for article in articles] for name, articles in stories(gold).items()}
    for m in _scored(gold, {name: simple(told, account(told)) for name, told in reports.items()}, reports):
        if not re.search(r"copies|independent", m.name):
            yield replace(m, name=f"{m.name} [TF-IDF]", pinned=False)


def _scored(gold: Path, accounts: Mapping[str, Row], reports: Mapping[str, Sequence[Report]]) -> Iterator[Measure]:
    texts = {r.id: {"id": r.id, "text": r.article.text} for told in reports.values() for r in told}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = program.write_lines(folder / "accounts.jsonl", [{"story": s, **a} for s, a in accounts.items()])
        written = program.write_lines(folder / "texts.jsonl", texts.values())
        command = [
            sys.executable,
            "-B",
            str(gold / "score.py"),
            "accounts",
            str(gold / "accounts"),
            str(rows),
            str(written),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise program.ProgramFailed(done.stderr[-400:])
    yield from measures("accounts", done.stdout, *ABOUT)


def main() -> int:
    """Print the baseline's numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder")
    for m in account_baseline(parser.parse_args().gold):
        print(f"{m.name:58} {m.value:6.1f}   {m.gold:32} {m.split}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
