"""Scores the bundled story against the account a person would write of it (gold/accounts/story.json)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import program
from matching import Share, Tally, Words, alike, one_name, pairs_of
from measures import Measure
from program import Row

GOLD, SPLIT = "own story", "shown to everyone"
FURNITURE = {"teaser", "caption", "credit", "boilerplate"}
NO_CONFLICT = ("unsure", "between_speakers", "same_speaker_over_time", "needs_sum")
Side = tuple[str, frozenset[int]]
Pair = tuple[Side, Side]
"""Two sides in two articles: of a conflict, or of a statement or figure that both tell."""
Groups = list[tuple[Row, list[Side]]]
Alike = Callable[[frozenset[int], frozenset[int]], bool]


def story(cli: Path, gold_dir: Path, demo: Path) -> Iterator[Measure]:
    """Read and compare the bundled story and return its numbers."""
    gold = json.loads((gold_dir / "accounts" / "story.json").read_text(encoding="utf-8"))
    articles = [given(demo, a["doc"]) for a in gold["articles"]]
    reports = program.read(cli, articles)
    account = program.compare(cli, articles)
    texts = {key: Words(reports[doc]["text"]) for key, doc in _docs(gold).items()}
    yield from _reading(gold, reports, texts)
    yield from _account(gold, account, texts)


def given(demo: Path, name: str) -> Row:
    """Return a file of the story as one JSON line: its text or page, and what its sidecar tells."""
    path = demo / name
    beside = path.with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    return {"id": name, **told, ("html" if name.endswith(".html") else "text"): path.read_bytes().decode("utf-8")}


def _docs(gold: Row) -> dict[str, str]:
    return {a["key"]: a["doc"] for a in gold["articles"]}


def _measure(what: str, value: float, n: int) -> Measure:
    return Measure(f"story: {what}", value, GOLD, SPLIT, n)


def _share(what: str, share: Share) -> Measure:
    return Measure(f"story: {what}", share.value, GOLD, SPLIT, share.n, misses=tuple(share.wrong))


def _reading(gold: Row, reports: dict[str, Row], texts: dict[str, Words]) -> Iterator[Measure]:
    docs = _docs(gold)
    found, speaker = Share(), Share()
    for s, t in told(gold):
        report = reports[docs[t["article"]]]
        want = texts[t["article"]].of(t["content"])
        near = [q for q in report["quotations"] if alike(want, texts[t["article"]].of(q["content"]))]
        found.add(bool(near), f"{t['article']} {t['shown'][0]}")
        if near:
            nearest = max(near, key=lambda q: _overlap(want, texts[t["article"]].of(q["content"])))
            people = {p["id"]: p["name"] for p in report["people"]}
            speaker.add(speaker_right(s, people.get(nearest["speaker"])), f"{t['article']} {t['shown']}")
    yield _share("statements found", found)
    yield _share("speaker right, of found", speaker)
    yield from _blocks(gold, reports)
    yield from _times(gold, reports)


def told(gold: Row) -> Iterator[tuple[Row, Row]]:
    """Return every statement with each telling that stands in the report itself, not in its furniture."""
    for s in gold["statements"]:
        yield from ((s, t) for t in s["tellings"] if not {s.get("block"), t.get("block")} & FURNITURE)


def speaker_right(statement: Row, name: str | None) -> bool:
    """Tell whether the name is the gold's speaker, or the body that speaker speaks for."""
    wanted = [statement["speaker"], statement.get("speaker_for"), statement.get("speaker_person")]
    return any(one_name(w, name) for w in wanted if w)


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b)


def _blocks(gold: Row, reports: dict[str, Row]) -> Iterator[Measure]:
    kinds, furniture = Share(), 0
    for key, doc in _docs(gold).items():
        for b in gold["blocks"][key]:
            got = _kind(reports[doc]["blocks"], b["span"])
            kinds.add(got == b["kind"], f"{key} {b['shown']}: {got}, not {b['kind']}")
            furniture += (got in ("body", "heading")) != (b["kind"] in ("body", "heading"))
    yield _share("block kinds right", kinds)
    yield Measure("story: body taken for furniture or the reverse", furniture, GOLD, SPLIT, kinds.n, "lower")


def _kind(blocks: list[Row], span: list[int]) -> str | None:
    """Return the kind of the block that covers most of the span."""
    shared = [(min(span[1], b["end"]) - max(span[0], b["start"]), b["kind"]) for b in blocks]
    width, kind = max(shared, default=(0, None))
    return kind if width > 0 else None


def _times(gold: Row, reports: dict[str, Row]) -> Iterator[Measure]:
    docs = _docs(gold)
    right = Share()
    for t in gold["times"]:
        if t["resolved"]:
            near = [x for x in reports[docs[t["article"]]]["times"] if _touch(x["span"], t["span"])]
            right.add(any(resolves(t["resolved"], x) for x in near), f"{t['article']} {t['shown']}")
    yield _share("times resolved right", right)


def _touch(a: list[int], b: list[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def resolves(wanted: str, found: Row) -> bool:
    """Tell whether a found time has the gold's interval ("2025-10-14", "2025-03/.." with an open end)."""
    start, _, end = wanted.partition("/")
    agrees = [
        want == ".." or (found.get(side) or "").startswith(want)
        for want, side in ((start, "start"), (end or start, "end"))
    ]
    return all(agrees)


def _account(gold: Row, account: Row, texts: dict[str, Words]) -> Iterator[Measure]:
    keys = {doc: key for key, doc in _docs(gold).items()}

    def gold_side(t: Row, spans: list[list[int]]) -> Side:
        return t["article"], texts[t["article"]].of(spans)

    def found_side(t: Row, spans: list[list[int]]) -> Side:
        return keys[t["article"]], texts[keys[t["article"]]].of(spans)

    statements = [(s, [gold_side(t, t["content"]) for x, t in told(gold) if x is s]) for s in gold["statements"]]
    figures = [
        (f, [gold_side(t, [t["span"]]) for t in f["tellings"] if t.get("block") not in FURNITURE])
        for f in gold["figures"]
    ]
    found = [(s, [found_side(t, t["content"]) for t in s["tellings"]]) for s in account["statements"]]
    yield from _groups("statements aligned", "relation", statements, found, alike)
    found = [(f, [found_side(t, [t["span"]]) for t in f["tellings"]]) for f in account["figures"]]
    yield from _groups("figures aligned", "agreement", figures, found, lambda a, b: bool(a & b))
    wanted = [c for c in gold["conflicts"] if not any(c.get(k) for k in NO_CONFLICT)]
    shown = [c for c in account["conflicts"] if c["left"]["article"] != c["right"]["article"]]
    yield from _conflicts(
        [(gold_side(c["left"], [c["left"]["span"]]), gold_side(c["right"], [c["right"]["span"]])) for c in wanted],
        [(found_side(c["left"], [c["left"]["span"]]), found_side(c["right"], [c["right"]["span"]])) for c in shown],
        [sides for _, sides in (*statements, *figures)],
    )
    yield from _lineage(gold, account, keys)


def _groups(what: str, label: str, gold: Groups, found: Groups, same: Alike) -> Iterator[Measure]:
    """Score groups by their pairs between articles, and the label of the groups whose pairs were found."""
    tally, labels = Tally(), Share()
    pairs = [(f, pair) for f, sides in found for pair in _sides(sides)]
    met: set[int] = set()
    for g, sides in gold:
        for wanted in _sides(sides):
            hits = [n for n, (_, pair) in enumerate(pairs) if _one_pair(wanted, pair, same)]
            tally.gold += 1
            tally.hits += bool(hits)
            met.update(hits)
            if hits:
                labels.add(pairs[hits[0]][0][label] == g[label])
    tally.found = tally.hits + len(pairs) - len(met)
    yield _measure(f"{what}, pairs F1", tally.f1, tally.gold)
    yield _share(f"{what}, {label} right", labels)


def _sides(sides: list[Side]) -> list[Pair]:
    return [(sides[a], sides[b]) for a, b in pairs_of(sides)]


def _one_pair(wanted: Pair, found: Pair, same: Alike) -> bool:
    (a, b), (x, y) = wanted, found
    one = [[p[0] == q[0] and same(p[1], q[1]) for q in (x, y)] for p in (a, b)]
    return (one[0][0] and one[1][1]) or (one[0][1] and one[1][0])


def _conflicts(wanted: list[Pair], shown: list[Pair], groups: list[list[Side]]) -> Iterator[Measure]:
    """A conflict is met where both sides are shown: there, or at a telling of the same statement or figure."""
    right = [p for p in shown if any(_meets(c, p, groups) for c in wanted)]
    met = [c for c in wanted if any(_meets(c, p, groups) for p in shown)]
    yield _measure("conflicts shown that are ones", 100 * len(right) / max(1, len(shown)), len(shown))
    yield _measure("conflicts found", 100 * len(met) / max(1, len(wanted)), len(wanted))


def _meets(wanted: Pair, shown: Pair, groups: list[list[Side]]) -> bool:
    (a, b), (x, y) = wanted, shown
    left, right = _places(a, groups), _places(b, groups)
    return (_at(x, left) and _at(y, right)) or (_at(y, left) and _at(x, right))


def _places(side: Side, groups: list[list[Side]]) -> list[Side]:
    near = [g for g in groups if _at(side, g)]
    return [side, *(x for g in near for x in g if x[0] == side[0])]


def _at(side: Side, places: list[Side]) -> bool:
    return any(side[0] == p[0] and side[1] & p[1] for p in places)


def _lineage(gold: Row, account: Row, keys: dict[str, str]) -> Iterator[Measure]:
    wanted = {frozenset((x["left"], x["right"])): {x["kind"], *x.get("also", ())} for x in gold["lineage"]["links"]}
    found = {frozenset((keys[x["left"]], keys[x["right"]])): x["kind"] for x in account["lineage"]["links"]}
    both = Share()
    for a in keys.values():
        for b in keys.values():
            if a < b:
                pair = frozenset((a, b))
                both.add(found.get(pair) in wanted.get(pair, {None}), f"{a} {b}: {found.get(pair)}")
    yield _share("links between reports right", both)
    right = account["lineage"]["independent_reports"] == gold["lineage"]["independent_reports"]
    yield _measure("independent reports right", 100.0 * right, 1)
