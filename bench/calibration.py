"""How often decisions about speakers are right, by rule and by the confidence they carry, against the confidence.

Two gold sources. The account gold names speakers: decisions of the whole program, wherever it found the statement. For
PolNeAR, which names nobody, ``judged_speakers.jsonl`` holds who speaks in 538 attributions, judged by reading (one
reader, 2026-11-22; drawn by rule, so that rare rules are there): each is a place in an article, known by its digest,
and a place where the right speaker is named (the source itself for one without a name; null for nobody). There the
gold's source words are given to the resolver, so that it is judged apart from the finding of quotations.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from measures import Measure
from program import Row, lines
from shared_gold import SEEDS, scorer
from twosource.article import Article, Span
from twosource.clean import label_blocks
from twosource.extract.mentions import find_mentions
from twosource.extract.sentences import parsing
from twosource.facts import Person, Quotation
from twosource.lang import ENGLISH
from twosource.pipeline import read
from twosource.resolve.confidence import kind_of
from twosource.resolve.names import SAME, same_name
from twosource.resolve.speakers import resolve_speakers

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "bench" / "judged_speakers.jsonl"
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
"""Edges of the bins of confidence."""

PRIOR, PRIOR_WEIGHT = 0.85, 4.0
"""What a kind of decision is taken to be worth before any is seen, and how many seen ones that counts for."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One speaker decided: by what kind of rule, how surely (0 to 1), whether right, in which story or article."""

    kind: str
    confidence: float
    right: bool
    group: str


def _decision(q: Quotation, group: str, *, right: bool) -> Decision:
    rule = str(q.features["speaker_rule"])
    return Decision(kind_of(rule, q.features), float(q.features["speaker_score"]), right, group)


def judged(gold: Path, split: str) -> Iterator[Decision]:
    """Decide on the gold's source words of every article that has judgements."""
    wanted = defaultdict(list)
    for row in lines(JUDGED):
        if row["split"] == split:
            wanted[row["article"]].append(row)
    for row in lines(gold / "attribution" / f"polnear_{split}.jsonl"):
        article = Article(id=row["id"], text=row["text"], published=row.get("published"))
        if rows := wanted.get(article.sha256[:12]):
            people, quotations = _resolved(article, row["attributions"])
            yield from _judge(rows, people, quotations)


def _resolved(article: Article, attributions: Iterable[Row]) -> tuple[dict[str, Person], list[Quotation]]:
    given = [
        Quotation(
            id=f"g{i}", act="said", mode="direct" if article.text[a["content"][0][0]] in '"“' else "indirect",
            content=_spans(a["content"]), cue=_spans(a["cue"]), source=_spans(a["source"]), score=1.0, rule="gold",
        )
        for i, a in enumerate(attributions)
        if a["content"]
    ]  # fmt: skip
    given.sort(key=lambda q: q.content)
    with parsing(article, label_blocks(article, ENGLISH), ENGLISH) as parsed:
        mentions = find_mentions(article, parsed.paragraphs, ENGLISH)
        people, found = resolve_speakers(article, parsed.paragraphs, mentions, tuple(given), ENGLISH)
    return {p.id: p for p in people}, list(found)


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(sorted(Span(*p) for p in pairs))


def _judge(rows: Iterable[Row], people: dict[str, Person], quotations: Iterable[Quotation]) -> Iterator[Decision]:
    by_place: dict[int, Quotation] = {}
    for q in quotations:
        if q.source:
            by_place.setdefault(q.source[0].start, q)
    for row in rows:
        q = by_place[row["source"][0]]
        person = people.get(q.speaker or "")
        at = Span(*row["speaker"]) if row["speaker"] else None
        right = person is None if at is None else person is not None and any(m.overlaps(at) for m in person.mentions)
        yield _decision(q, row["article"], right=right)


def accounts(gold: Path) -> Iterator[Decision]:
    """Decide on the statements of the account gold that the program finds; nicknames count as the name."""
    score = scorer(gold)
    texts = {r["id"]: r for n in ("news_cluster", "basil") for r in lines(gold / "stories" / f"{n}.jsonl")}
    for path in sorted((gold.parent / SEEDS).glob("*.txt")):
        texts[path.name] = {"id": path.name, "published": "2025-02-12", "text": path.read_bytes().decode()}
    for path in sorted((gold / "accounts").glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        docs = {a["key"]: texts[a["doc"]] for a in story["articles"]}
        reports = {k: read(Article(id=r["id"], text=r["text"], published=r.get("published"))) for k, r in docs.items()}
        for s in story["statements"]:
            for t in s["tellings"]:
                report = reports[t["article"]]
                if score.FURNITURE & {s.get("block"), t.get("block")}:
                    continue
                q = _nearest(t["content"], report.quotations, score)
                if q is not None:
                    person = next((p for p in report.people if p.id == q.speaker), None)
                    yield _decision(q, path.stem, right=_named(s, person, score))


def _nearest(content: list[list[int]], quotations: Iterable[Quotation], score: object) -> Quotation | None:
    want = _characters(content)
    near = [(q, _characters(q.content)) for q in quotations]
    near = [(q, c) for q, c in near if score.close_enough(want, c)]  # type: ignore[attr-defined]
    return max(near, key=lambda t: len(want & t[1]) / len(want | t[1]))[0] if near else None


def _characters(spans: Iterable[Iterable[int]]) -> set[int]:
    return {c for start, end in spans for c in range(start, end)}


def _named(statement: Row, person: Person | None, score: object) -> bool:
    name = person.name if person else None
    wanted = [statement.get(k) for k in ("speaker", "speaker_for", "speaker_person")]
    nick = any(w and name and same_name(w, name) >= SAME for w in wanted)
    return nick or bool(score.speaker_ok(statement, name))  # type: ignore[attr-defined]


def table(decisions: Iterable[Decision]) -> list[tuple[str, int, int, float]]:
    """Return kind of rule, right ones, all, and mean confidence, the most frequent first."""
    kinds: dict[str, list[Decision]] = defaultdict(list)
    for d in decisions:
        kinds[d.kind].append(d)
    rows = [(k, sum(d.right for d in ds), len(ds), sum(d.confidence for d in ds) / len(ds)) for k, ds in kinds.items()]
    return sorted(rows, key=lambda r: (-r[2], r[0]))


def bins(decisions: Iterable[Decision]) -> list[tuple[str, int, int, float]]:
    """Return bin of confidence, right ones, all, and mean confidence."""
    found = list(decisions)
    rows = []
    for low, high in pairwise(BINS):
        inside = [d for d in found if low <= d.confidence < high]
        if inside:
            mean = sum(d.confidence for d in inside) / len(inside)
            rows.append((f"{low:.2f} to {min(high, 1.0):.2f}", sum(d.right for d in inside), len(inside), mean))
    return rows


def gap(decisions: Iterable[Decision]) -> float:
    """Return how far confidence and share right lie apart, over the bins, weighted (expected calibration error)."""
    rows = bins(decisions)
    n = sum(r[2] for r in rows)
    return 100 * sum(abs(right - mean * count) for _, right, count, mean in rows) / n if n else 0.0


def fitted(decisions: Iterable[Decision]) -> dict[str, float]:
    """Return what each kind of decision is worth, drawn towards `PRIOR` where few were seen."""
    return {
        kind: round((right + PRIOR * PRIOR_WEIGHT) / (n + PRIOR_WEIGHT), 2) for kind, right, n, _ in table(decisions)
    }


def crossed(decisions: list[Decision]) -> float:
    """Return the gap where every story or article is judged with what was fitted on all others."""
    groups: dict[str, list[Decision]] = defaultdict(list)
    for d in decisions:
        groups[d.group].append(d)
    again = []
    for name, own in groups.items():
        worth = fitted(d for d in decisions if d.group != name)
        again += [Decision(d.kind, worth.get(d.kind, PRIOR), d.right, d.group) for d in own]
    return gap(again)


def calibration(gold: Path) -> Iterator[Measure]:
    """Score decisions and confidence on both gold sources."""
    found = {
        ("account gold, 7 stories", "development"): list(accounts(gold)),
        ("PolNeAR, judged", "dev"): list(judged(gold, "dev")),
        ("PolNeAR, judged", "train"): list(judged(gold, "train")),
    }
    for about, decisions in found.items():
        right = 100 * sum(d.right for d in decisions) / max(1, len(decisions))
        yield Measure(f"calibration: speaker right ({about[1]})", right, *about, len(decisions))
        yield Measure(f"calibration: gap ({about[1]})", gap(decisions), *about, len(decisions), "lower")
    pooled = [d for decisions in found.values() for d in decisions]
    yield Measure("calibration: gap, crossed", crossed(pooled), "all three", "crossed", len(pooled), "lower")


def _print(title: str, rows: Iterable[tuple[str, int, int, float]]) -> None:
    print(title)
    for name, right, n, mean in rows:
        print(f"  {name:28} right {100 * right / n:5.1f}  ({right} of {n})   confidence {100 * mean:5.1f}")


def main() -> int:
    """Print the table by rule and by confidence, what a fit would be, and the measures."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold"
    pooled: list[Decision] = []
    for title, decisions in (
        ("account gold", accounts(gold)),
        ("judged, dev", judged(gold, "dev")),
        ("judged, train", judged(gold, "train")),
    ):
        found = list(decisions)
        pooled += found
        right = sum(d.right for d in found)
        print(f"== {title}: right {100 * right / len(found):.1f} ({right} of {len(found)}), gap {gap(found):.1f}")
        _print("by confidence", bins(found))
    _print("== all, by rule", table(pooled))
    print(f"== gap {gap(pooled):.1f}; with every story or article judged by the others {crossed(pooled):.1f}")
    print("fitted:", fitted(pooled))
    return 0


if __name__ == "__main__":
    sys.exit(main())
