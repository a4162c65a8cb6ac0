"""What goes wrong in attribution, counted by class: what was missed, what is none, and whose words it was not.

Every class is decided by rule from the gold and the program's output, the first that fits, with the matching of the
shared folder's script (a content counts as found from a Jaccard of words of a half on). Counts are kept by version of
the program, so that the table can show the change since the version before.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import program
import shared_gold
from matching import Words
from measures import Measure
from program import Row
from speed import bare_parser
from twosource.extract.cues import cues_of
from twosource.lang import ENGLISH
from twosource.version import VERSION

if TYPE_CHECKING:
    from spacy.tokens import Token

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "bench" / "attribution_errors.json"
FOUND = 0.5
"""Least Jaccard of a found content, as in the folder's script."""

NEAR = 0.2
"""Least Jaccard from which on a content counts as found with wrong boundaries."""

LONGEST = 4_000
"""Code points of a line that are parsed to look at a cue."""

LABEL = re.compile(r"[A-Z][\w.’' -]{1,40}(?:\([^)]{1,30}\))?: ?\S")
"""The start of a line of a transcript."""

# fmt: off
PRONOUNS = frozenset((
    "he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "us", "me", "his", "their", "its", "who",
))
# fmt: on
CLASSES = (
    "missed: content joined into another's",
    "missed: boundaries, Jaccard under .5",
    "missed: transcript",
    "missed: no cue in the gold",
    "missed: nominal cue",
    "missed: adjective or preposition as cue",
    "missed: verb of speech",
    "missed: verb of thought or wish",
    "missed: other verb that is a known cue",
    "missed: verb that is no known cue",
    "missed: other cue",
    "spurious: boundaries, Jaccard under .5",
    "spurious: second record of one attribution",
    "spurious: inside another content",
    "spurious: quoted words",
    "spurious: thought, wish or plan",
    "spurious: reported, verb of speech",
    "spurious: reported, other cue",
    "wrong source: none found",
    "wrong source: pronoun for a name",
    "wrong source: name for a pronoun",
    "wrong source: source of another attribution",
    "wrong source: other words",
)
"""In the order in which they are shown."""

WordSet = frozenset[int]


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as sets of words, of the gold or found; ``row`` is as it was given."""

    source: WordSet
    cue: WordSet
    content: WordSet
    row: Row


class Reading:
    """One article with gold and found attributions, matched as the folder's script does it."""

    def __init__(self, text: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
        self.text, self.words = text, Words(text)
        self.gold = [t for t in map(self._told, gold) if t.content]
        self.found = [t for t in map(self._told, found) if t.content]
        self.matched: dict[int, int] = {}
        for g, told in enumerate(self.gold):
            free = [f for f in range(len(self.found)) if f not in self.matched.values()]
            best = max(free, key=lambda f: (jaccard(told.content, self.found[f].content), -f), default=None)
            if best is not None and jaccard(told.content, self.found[best].content) >= FOUND:
                self.matched[g] = best

    def _told(self, row: Row) -> Told:
        source, cue, content = (self.words.of(row.get(role) or ()) for role in ("source", "cue", "content"))
        return Told(source, cue, content, row)

    def missed(self) -> list[Told]:
        return [told for g, told in enumerate(self.gold) if g not in self.matched]

    def spurious(self) -> list[Told]:
        taken = set(self.matched.values())
        return [told for f, told in enumerate(self.found) if f not in taken]

    def shown(self, spans: Sequence[Sequence[int]]) -> list[str]:
        """The words of spans in lower case."""
        return [w for s, e in spans for w in re.findall(r"\w+", self.text[s:e].lower())]


def jaccard(left: WordSet, right: WordSet) -> float:
    """Return the share of the union that both have."""
    return len(left & right) / len(left | right) if left | right else 0.0


def classes(gold: Path, found: Mapping[str, Sequence[Row]]) -> Counter[str]:
    """Count every error in the quotations ``found`` by article id; classes without any are there with 0."""
    score, tagged = shared_gold.scorer(gold), Tagged()
    counted = Counter(dict.fromkeys(CLASSES, 0))
    for row in program.lines(gold / "attribution" / "polnear_dev.jsonl"):
        reading = Reading(row["text"], row["attributions"], found.get(row["id"], ()))
        counted.update(f"missed: {kind_of_missed(reading, told, score, tagged)}" for told in reading.missed())
        counted.update(f"spurious: {kind_of_spurious(reading, told, score)}" for told in reading.spurious())
        counted.update(f"wrong source: {kind}" for kind in kinds_of_source(reading))
    return counted


# --- missed -----------------------------------------------------------------------------------------------------


class Tagged:
    """Words of a line with their parts of speech, by the parse model that the program uses."""

    def __init__(self) -> None:
        self._parser = bare_parser()

    def of(self, text: str, spans: Sequence[Sequence[int]]) -> "list[Token]":
        """Return the tokens in ``spans``, read in their line."""
        start = text.rfind("\n", 0, spans[0][0]) + 1
        end = text.find("\n", spans[0][1])
        doc = self._parser(text[start : end if end >= 0 else len(text)][:LONGEST])
        return [t for t in doc for s, e in spans if s <= t.idx + start < e]


def kind_of_missed(reading: Reading, told: Told, score: ModuleType, tagged: Tagged) -> str:
    """Return the class of an attribution of the gold that was not found."""
    near = max((jaccard(told.content, f.content) for f in reading.found), default=0.0)
    start = told.row["content"][0][0]
    line = reading.text[reading.text.rfind("\n", 0, start) + 1 :][:80]
    if near >= FOUND:
        return "content joined into another's"
    if near >= NEAR:
        return "boundaries, Jaccard under .5"
    if LABEL.match(line) and line[0] not in '"“':
        return "transcript"
    if not told.cue:
        return "no cue in the gold"
    return _by_cue(reading, told, score, tagged)


def _by_cue(reading: Reading, told: Told, score: ModuleType, tagged: Tagged) -> str:
    cue = tagged.of(reading.text, told.row["cue"])
    verbs, seen = [t for t in cue if t.pos_ == "VERB"], {t.pos_ for t in cue}
    if not verbs and seen & {"NOUN", "PROPN"}:
        return "nominal cue"
    if not verbs and seen & {"ADJ", "ADP", "SCONJ"}:
        return "adjective or preposition as cue"
    if _speech(reading.shown(told.row["cue"]), score):
        return "verb of speech"
    lexicon = cues_of(ENGLISH)
    lemmas = [lexicon.lemma(t) for t in verbs]
    if any(lemma in lexicon.thought for lemma in lemmas):
        return "verb of thought or wish"
    if verbs:
        known = any(lemma in lexicon.verbs for lemma in lemmas)
        return "other verb that is a known cue" if known else "verb that is no known cue"
    return "other cue"


def _speech(words: Sequence[str], score: ModuleType) -> bool:
    return not score.SPEECH.isdisjoint(words)


# --- found, and none --------------------------------------------------------------------------------------------


def kind_of_spurious(reading: Reading, told: Told, score: ModuleType) -> str:
    """Return the class of an attribution that was found and is none of the gold's."""
    near = max((jaccard(told.content, g.content) for g in reading.gold), default=0.0)
    if near >= FOUND:
        return "second record of one attribution"
    if near >= NEAR:
        return "boundaries, Jaccard under .5"
    if any(told.content < g.content for g in reading.gold):
        return "inside another content"
    if told.row["mode"] == "direct":
        return "quoted words"
    if told.row["act"] == "thought":
        return "thought, wish or plan"
    return f"reported, {'verb of speech' if _speech(reading.shown(told.row['cue']), score) else 'other cue'}"


def kinds_of_source(reading: Reading) -> Iterator[str]:
    """Yield what is wrong with the source of each content that was found; only where the gold has one."""
    for g, f in reading.matched.items():
        gold, found = reading.gold[g], reading.found[f]
        if not gold.source or gold.source & found.source:
            continue
        wanted, shown = (reading.shown(t.row["source"]) for t in (gold, found))
        others = [o.source for o in reading.gold if o is not gold]
        if not shown:
            yield "none found"
        elif PRONOUNS.issuperset(shown) and not PRONOUNS.issuperset(wanted):
            yield "pronoun for a name"
        elif PRONOUNS.issuperset(wanted) and not PRONOUNS.issuperset(shown):
            yield "name for a pronoun"
        else:
            yield "source of another attribution" if any(found.source & o for o in others) else "other words"


# --- kept counts ------------------------------------------------------------------------------------------------


def attribution_errors(gold: Path, reports: Path) -> Iterator[Measure]:
    """Yield the count of each class in reports written as JSON lines; counts are shown, never floors."""
    found = {r["id"]: r["quotations"] for r in program.lines(reports)}
    for name, count in classes(gold, found).items():
        yield Measure(f"attribution errors: {name}", count, "PolNeAR", "dev", None, "lower", pinned=False)


def load(path: Path = KEPT) -> dict[str, dict[str, int]]:
    """Return the counts by version, the oldest first; none where there is no file."""
    kept: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return kept


def before(path: Path = KEPT, version: str = VERSION) -> dict[str, int]:
    """Return the counts of the version before this one, none where there was none."""
    return next((counts for v, counts in reversed(load(path).items()) if v != version), {})


def save(counts: Mapping[str, int], path: Path = KEPT, version: str = VERSION) -> None:
    """Keep the counts of this version beside those of the one before; older ones go."""
    before = [(v, c) for v, c in load(path).items() if v != version][-1:]
    path.write_text(json.dumps(dict([*before, (version, dict(counts))]), indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Print the counts and the change since the version before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=Path, default=ROOT / ".venv" / "bin" / "twosource", help="the installed program")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder")
    parser.add_argument("--reports", type=Path, help="what `twosource read --jsonl` printed, to leave out the reading")
    ask = parser.parse_args()
    was = before()
    if ask.reports:
        reports = {r["id"]: r["quotations"] for r in program.lines(ask.reports)}
    else:
        rows = program.lines(ask.gold / "attribution" / "polnear_dev.jsonl")
        given = ({k: row[k] for k in ("id", "title", "published", "text") if row.get(k)} for row in rows)
        reports = {key: r["quotations"] for key, r in program.read(ask.cli, given).items()}
    for name, count in classes(ask.gold, reports).items():
        change = f"{count - was[name]:+6}" if name in was else ""
        print(f"{name:46} {count:5} {change}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
