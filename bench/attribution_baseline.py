"""Attribution by others on the same articles: textacy's direct quotations, and the project's own rules without tagger.

Both are scored by the shared folder's own script, as the program is. textacy reads each article with the parse model
that the program uses. It finds direct quotations alone, by design, and gives an article up where its quotation marks
do not pair; so it is given paragraph by paragraph what it would give up whole, which is the kinder way (2026-11-22).
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import program
import shared_gold
from measures import Measure, measures
from program import Row
from speed import bare_parser

ROOT = Path(__file__).resolve().parent.parent
GOLD = {"attribution": "polnear_dev.jsonl", "instances": "polnear_instances_valid.jsonl"}
"""The file of each part."""

LONGEST = 100_000
"""Code points of an article that are given to textacy; no article of the gold is longer."""

Span = list[int]


def attribution_baseline(name: str, cli: Path, gold: Path) -> Iterator[Measure]:
    """Yield the numbers of the part ``name`` (attribution or instances) for each baseline, named ``… [whose]``.

    A baseline that is not installed is skipped with a line that says so.
    """
    score, path = shared_gold.scorer(gold), gold / "attribution" / GOLD[name]
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "given.jsonl"
        if name == "instances":
            score.make_instances(path, given)
        articles = [_article(row) for row in program.lines(given if name == "instances" else path)]
        for whose, read in BASELINES.items():
            try:
                found = program.write_lines(Path(folder) / "found.jsonl", read(cli, articles))
            except ModuleNotFoundError as error:
                print(f"{name}: {whose} skipped, {error.name} is not installed", flush=True)
                continue
            printed = shared_gold.captured(getattr(score, name), str(path), str(found))
            for m in measures(name, printed, *shared_gold.SPLITS[name]):
                yield Measure(f"{m.name} [{whose}]", m.value, m.gold, m.split, m.n, m.better, pinned=False)


def _article(row: Row) -> Row:
    return {key: row[key] for key in ("id", "outlet", "url", "title", "published", "text") if row.get(key) is not None}


def _rules(cli: Path, articles: Iterable[Row]) -> Iterable[Row]:
    """The program's fast profile: its rules over the parse, without the learned tagger."""
    return program.read(cli, articles, ("--fast",)).values()


def _textacy(_: Path, articles: Iterable[Row]) -> Iterator[Row]:
    from textacy.extract.triples import direct_quotations

    parser = bare_parser()
    for article in articles:
        found: list[Row] = []
        for start, doc in _docs(article["text"][:LONGEST], parser):
            found += ({role: _moved(spans, start) for role, spans in q.items()} for q in _told(direct_quotations, doc))
        yield {"id": article["id"], "quotations": found}


def _docs(text: str, parser: Callable[[str], Any]) -> Iterator[tuple[int, Any]]:
    """Yield the whole article, or where its marks do not pair each paragraph, with the place where it starts."""
    whole = parser(text)
    if sum(token.is_quote for token in whole) % 2 == 0:
        yield 0, whole
        return
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, parser(line)
        start += len(line)


def _told(extract: Callable[[Any], Iterable[Any]], doc: Any) -> Iterator[dict[str, list[Span]]]:  # noqa: ANN401 - spaCy's
    try:
        for q in extract(doc):
            yield {"source": spans_of(q.speaker), "cue": spans_of(q.cue), "content": spans_of(q.content)}
    except ValueError:
        return  # its marks do not pair


def spans_of(tokens: Iterable[Any]) -> list[Span]:
    """Return the places of tokens, of those that follow each other as one."""
    held = list(tokens)
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(held), start=1) if b.i != a.i + 1), len(held)]
    runs = [held[a:b] for a, b in pairwise(cuts) if a < b]
    return [[run[0].idx, run[-1].idx + len(run[-1])] for run in runs]


def _moved(spans: Iterable[Span], by: int) -> list[Span]:
    return [[start + by, end + by] for start, end in spans]


BASELINES: dict[str, Callable[[Path, list[Row]], Iterable[Row]]] = {"rules alone": _rules, "textacy": _textacy}


def main() -> int:
    """Print the baselines' numbers on both parts, or on those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=Path, default=ROOT / ".venv" / "bin" / "twosource", help="the installed program")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder")
    parser.add_argument("parts", nargs="*", choices=[*GOLD, []], help="attribution, instances")
    ask = parser.parse_args()
    for name in ask.parts or GOLD:
        for m in attribution_baseline(name, ask.cli, ask.gold):
            print(f"{m.name:66} {m.value:6.1f}   n {m.n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
