"""On how many origins the shared statements rest: against the hand-made accounts, and on own short stories.

A hand-made account gives each shared statement one origin, the occasion it was said on. Counted are the statements that
the program aligned with one of them. The own stories (bench/statement_origins.toml) also hold statements of two
occasions, so that counting one each time does not win; and pairs of words that must not be called one statement.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from account_baseline import stories
from measures import Measure
from twosource.account import Account, FigureLine, Statement
from twosource.article import Article, Outlet, Span
from twosource.pipeline import account, read

ROOT = Path(__file__).resolve().parent.parent
STORIES = Path(__file__).with_suffix(".toml")
ABOUT = ("account gold, 7 stories", "development")
OWN = ("own short stories", "written for development")
Row = dict[str, Any]


def origins(line: Statement | FigureLine) -> int:
    """Return how many origins a line is shown with: no more than reports tell it."""
    return min(len({t.origin for t in line.tellings}), _reports(line))


def _reports(line: Statement | FigureLine) -> int:
    return len({t.article for t in line.tellings})


# --- the hand-made accounts -----------------------------------------------------------------------------------


def against_accounts(gold: Path) -> Iterator[Measure]:
    """Yield the share of aligned shared statements with the gold's count of origins, and the over- and undercounted."""
    counted: list[tuple[int, int, str]] = []
    for name, articles in stories(gold).items():
        told = account(read(article) for article in articles)
        kept = json.loads((gold / "accounts" / f"{name}.json").read_text(encoding="utf-8"))
        counted += _aligned(kept, told, name)
    yield from _shares("statement origins", counted, ABOUT)


def _aligned(kept: Row, told: Account, name: str) -> Iterator[tuple[int, int, str]]:
    """Wanted and shown origins of every gold statement of two reports that one of the program's tells twice."""
    docs = {a["key"]: a["doc"] for a in kept["articles"]}
    wanted = kept["lineage"].get("by_statement_shared", {})
    for statement in kept["statements"]:
        places = [(docs[t["article"]], Span(*span)) for t in statement["tellings"] for span in t["content"]]
        if len({article for article, _ in places}) < 2 or not (statement.get("origin") or statement["id"] in wanted):
            continue
        if found := [s for s in told.statements if len(_met(s, places)) > 1]:
            best = max(found, key=lambda s: len(_met(s, places)))
            yield wanted.get(statement["id"], 1), origins(best), f"{name} {statement['id']}"


def _met(statement: Statement, places: Sequence[tuple[str, Span]]) -> set[str]:
    """The articles in which a statement has a telling that holds a good part of a place."""
    return {
        t.article
        for t in statement.tellings
        for article, place in places
        if t.article == article and any(2 * _common(span, place) >= min(span.width, place.width) for span in t.content)
    }


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


# --- the own stories ------------------------------------------------------------------------------------------


def own_stories(path: Path = STORIES) -> Iterator[Measure]:
    """Yield the same of the own stories, by half, and the share of unlike words that stand in two statements."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    made = [(row, account(_read(row))) for row in rows]
    for half in ("tune", "check"):
        of_half = [(row, told) for row, told in made if row["half"] == half]
        yield from _shares(f"own statement origins, {half}", [c for r, t in of_half for c in _counted(r, t)], OWN)
        kept = [(_apart(told, pair), row["case"]) for row, told in of_half for pair in row.get("apart", ())]
        wrong = tuple(case for right, case in kept if not right)
        yield Measure(
            f"own statement origins, {half}: unlike words kept apart",
            _share(len(kept) - len(wrong), len(kept)),
            *OWN,
            len(kept),
            misses=wrong,
        )


def _read(row: Row) -> list[Any]:
    return [
        read(Article(id=f"r{i}", text=text.strip(), outlet=Outlet(outlet), published="2026-03-05"))
        for i, (outlet, text) in enumerate(row["reports"])
    ]


def _counted(row: Row, told: Account) -> Iterator[tuple[int, int, str]]:
    lines: Mapping[str, Sequence[Statement | FigureLine]] = {"origins": told.statements, "figures": told.figures}
    for kind, shown in lines.items():
        for words, wanted in row.get(kind, {}).items():
            found = [line for line in shown if _reports(line) > 1 and _says(told, line, words)]
            # what is not aligned counts as what it is shown as: told by one, on no common origin
            yield (
                wanted,
                origins(found[0]) if found else 0,
                f"{row['case']}: {words}" + ("" if found else ", not aligned"),
            )


def _says(told: Account, line: Statement | FigureLine, words: str) -> bool:
    texts = {a.id: a.text or "" for a in told.articles}
    for telling in line.tellings:
        at = texts[telling.article].find(words)
        spans = getattr(telling, "content", None) or (telling.span,)  # type: ignore[union-attr]
        if at >= 0 and any(span.overlaps(Span(at, at + len(words))) for span in spans):
            return True
    return False


def _apart(told: Account, pair: Sequence[str]) -> bool:
    return not any(all(_says(told, s, words) for words in pair) for s in told.statements)


# --- both -----------------------------------------------------------------------------------------------------


def _shares(name: str, counted: Sequence[tuple[int, int, str]], about: tuple[str, str]) -> Iterator[Measure]:
    aligned = [(want, have, case) for want, have, case in counted if have]
    wrong = tuple(f"{case}: {have}, not {want}" for want, have, case in counted if want != have)
    right = sum(want == have for want, have, _ in aligned)
    yield Measure(f"{name}: right", _share(right, len(aligned)), *about, len(aligned), misses=wrong)
    over, under = (sum(have > want for want, have, _ in aligned), sum(have < want for want, have, _ in aligned))
    yield Measure(f"{name}: too many", float(over), *about, len(aligned), "lower")
    yield Measure(f"{name}: too few", float(under), *about, len(aligned), "lower")


def _share(right: int, of: int) -> float:
    return 100 * right / max(1, of)


def main() -> int:
    """Print the numbers, and what was counted otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder")
    gold = parser.parse_args().gold
    for m in (*own_stories(), *(against_accounts(gold) if gold.exists() else ())):
        print(f"{m.name:46} {m.value:6.1f}   of {m.n}")
        print("".join(f"   {miss}\n" for miss in m.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
