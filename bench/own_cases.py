"""Scores the project's own single-sentence cases (gold/*.jsonl): each is short, hard and written for this purpose."""

from collections.abc import Callable, Iterator
from pathlib import Path

import program
from matching import Share, Tally, Words, match, one_name
from measures import Measure
from own_story import resolves
from program import Row

GOLD, SPLIT = "own cases", "written for development"
CLOSE = 1e-3
"""Relative difference up to which two values are one ("two-thirds" is 0.667 in the gold)."""


def cases(cli: Path, gold_dir: Path) -> Iterator[Measure]:
    """Read all cases in one run and return the numbers of each set."""
    sets = {name: program.lines(gold_dir / f"{name}.jsonl") for name in SCORED}
    articles = [
        {"id": f"{name}/{c['id']}", "published": c["published"], "text": c["text"]}
        for name in SCORED
        for c in sets[name]
    ]
    reports = program.read(cli, articles)
    for name, score in SCORED.items():
        yield from score(sets[name], {c["id"]: reports[f"{name}/{c['id']}"] for c in sets[name]})
    yield from names(program.lines(gold_dir / "names.jsonl"))


def _share(what: str, share: Share) -> Measure:
    return Measure(f"cases: {what}", share.value, GOLD, SPLIT, share.n, misses=tuple(share.wrong))


def _f1(what: str, tally: Tally) -> Measure:
    return Measure(f"cases: {what} F1", tally.f1, GOLD, SPLIT, tally.gold, misses=tuple(tally.wrong))


def _case(c: Row) -> str:
    return f"{c['id']} {' '.join(c['text'].split())[:90]}"


def _bare(text: str, content: list[list[int]]) -> list[list[int]]:
    """A content without the "that" it may begin with: the own gold was written without, PolNeAR with it."""
    (start, end), *rest = content
    skipped = len("that ") if text[start:end].lower().startswith("that ") else 0
    return [[start + skipped, end], *rest]


def quotations(gold: list[Row], reports: dict[str, Row]) -> Iterator[Measure]:
    """Content found and exact; source, mode, act and speaker where it was found."""
    found, exact, source, mode, act, speaker = Tally(), Tally(), Share(), Share(), Share(), Share()
    for c in gold:
        words, report = Words(c["text"]), reports[c["id"]]
        wanted = [words.of(a["content"]) for a in c["attributions"]]
        got = [words.of(_bare(c["text"], q["content"])) for q in report["quotations"]]
        pairs = match(wanted, got)
        people = {p["id"]: p["name"] for p in report["people"]}
        found.add(wanted, got, len(pairs), _case(c))
        exact.add(wanted, got, sum(wanted[g] == got[f] for g, f in pairs), _case(c))
        for g, f in pairs:
            want, have = c["attributions"][g], report["quotations"][f]
            source.add(words.of(want["source"]) == words.of(have["source"]), _case(c))
            mode.add(want["mode"] == have["mode"], _case(c))
            act.add(want["act"] == have["act"], _case(c))
            speaker.add(one_name(want["speaker"], people.get(have["speaker"])), _case(c))
    yield _f1("quotations found", found)
    yield _f1("quotation content exact", exact)
    for what, share in (("source exact", source), ("mode", mode), ("act", act), ("speaker", speaker)):
        yield _share(f"quotation {what} right, of found", share)


def figures(gold: list[Row], reports: dict[str, Row]) -> Iterator[Measure]:
    """Spans exactly as in the gold; value, bounds, whole, hedge and unit where the span is right."""
    spans, value, hedge, unit = Tally(), Share(), Share(), Share()
    for c in gold:
        words = Words(c["text"])
        wanted = {words.of([f["span"]]): f for f in c["figures"]}
        got = {words.of([f["span"]]): f for f in reports[c["id"]]["figures"]}
        spans.add(wanted, got, len(wanted.keys() & got.keys()), _case(c))
        for at in wanted.keys() & got.keys():
            want, have = wanted[at], got[at]
            value.add(all(_near(want[k], have[k]) for k in ("value", "low", "high", "of")), _case(c))
            hedge.add(want["hedge"] == have["hedge"], _case(c))
            unit.add(want["unit"] == have["unit"], f"{_case(c)}: {have['unit']}, not {want['unit']}")
    yield _f1("figure spans", spans)
    for what, share in (("value", value), ("hedge", hedge), ("unit", unit)):
        yield _share(f"figure {what} right, of found", share)


def _near(a: float | None, b: float | None) -> bool:
    return a == b or (a is not None and b is not None and abs(a - b) <= CLOSE * abs(a))


def times(gold: list[Row], reports: dict[str, Row]) -> Iterator[Measure]:
    """Spans exactly as in the gold; TIMEX3 value and dates where the span is right."""
    spans, value, dates = Tally(), Share(), Share()
    for c in gold:
        words = Words(c["text"])
        wanted = {words.of([[t["start"], t["end"]]]): t for t in c["times"]}
        got = {words.of([t["span"]]): t for t in reports[c["id"]]["times"]}
        spans.add(wanted, got, len(wanted.keys() & got.keys()), _case(c))
        for at in wanted.keys() & got.keys():
            value.add(wanted[at]["value"] == got[at]["value"], f"{_case(c)}: {got[at]['value']}")
            start, end = wanted[at]["resolved"]
            if start:
                dates.add(
                    resolves(f"{start}/{end or '..'}", got[at]), f"{_case(c)}: {got[at]['start']}/{got[at]['end']}"
                )
    yield _f1("time spans", spans)
    yield _share("time value right, of found", value)
    yield _share("time dates right, of found", dates)


def blocks(gold: list[Row], reports: dict[str, Row]) -> Iterator[Measure]:
    """The kind of each line."""
    right = Share()
    for c in gold:
        got = {(b["start"], b["end"]): b["kind"] for b in reports[c["id"]]["blocks"]}
        for b in c["blocks"]:
            kind = got.get((b["span"][0], b["span"][1]))
            right.add(kind == b["kind"], f"{c['id']} {c['text'][slice(*b['span'])][:60]}: {kind}, not {b['kind']}")
    yield _share("block kinds right", right)


def names(gold: list[Row]) -> Iterator[Measure]:
    """Whether two spellings can be one person."""
    from twosource.resolve.names import SAME, same_name

    right = Share()
    for pair in gold:
        one = same_name(pair["name1"], pair["name2"]) >= SAME
        right.add(one == pair["is_match"], f"{pair['name1']} / {pair['name2']}")
    yield _share("name pairs right", right)


SCORED: dict[str, Callable[[list[Row], dict[str, Row]], Iterator[Measure]]] = {
    "quotations": quotations,
    "figures": figures,
    "times": times,
    "blocks": blocks,
}
