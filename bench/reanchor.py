"""Finds the places of gold/accounts/story.json again after the received text of a report has changed.

Each place stands beside the words it shows; the nearest occurrence of these words to the old place is taken. What
is not found is named, and nothing is written then.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from program import Row

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "gold" / "accounts" / "story.json"
DEMO = ROOT / "src" / "twosource" / "demo"
ROLES = ("cue", "source")


def main() -> int:
    """Move what moved; name what is gone."""
    gold = json.loads(STORY.read_text(encoding="utf-8"))
    texts = received()
    docs = {a["key"]: texts[a["doc"]] for a in gold["articles"]}
    lost = [words for key, owner, spans, shown in places(gold) for words in moved(docs[key], owner, spans, shown)]
    for words in lost:
        print(f"not found: {words!r}", file=sys.stderr)
    if not lost:
        STORY.write_text(laid_out(gold), encoding="utf-8")
    return int(bool(lost))


def received() -> dict[str, str]:
    """Return the received texts of the bundled story, by file name."""
    from twosource.article import Article
    from twosource.sources.files import articles

    found = articles([str(DEMO)])
    return {Path(a.origin).name: a.text for a in found if isinstance(a, Article)}


Owner = tuple[Row, tuple[str, ...]]
"""A row of the gold and the keys under which its spans stand, in order."""


def places(gold: Row) -> Iterator[tuple[str, Owner, list[list[int]], list[str]]]:
    """Yield every place: the article's key, where it stands in the gold, its spans and the words they show."""
    for s in gold["statements"]:
        for t in s["tellings"]:
            roles = tuple(r for r in ROLES if t[r])
            shown = [w for w in t["shown"] if w]
            yield t["article"], (t, ("content", *roles)), [*t["content"], *(t[r] for r in roles)], shown
    for key, row in _single(gold):
        yield key, (row, ("span",)), [row["span"]], [row["shown"]]


def _single(gold: Row) -> Iterator[tuple[str, Row]]:
    """Yield the rows that have one span, with the key of their article."""
    rows = [t for f in gold["figures"] for t in f["tellings"]] + gold["times"] + gold["only"]
    rows += [c[side] for c in gold["conflicts"] for side in ("left", "right")]
    rows += [e for o in gold["lineage"]["origins"] for e in o["evidence"]]
    yield from ((row["article"], row) for row in rows)
    yield from ((key, b) for key, blocks in gold["blocks"].items() for b in blocks)


def moved(text: str, owner: Owner, spans: list[list[int]], shown: list[str]) -> Iterator[str]:
    """Set the spans of one row anew; yield the words that are not there any more."""
    row, keys = owner
    new: list[list[int]] = []
    for (start, _), words in zip(spans, shown, strict=True):
        at = nearest(text, words, start)
        if at is None:
            yield words
        else:
            new.append([at, at + len(words)])
    if len(new) == len(spans):
        many = len(spans) - len(keys) + 1
        for key in keys:
            row[key] = [new.pop(0) for _ in range(many)] if key == "content" else new.pop(0)


def nearest(text: str, words: str, near: int) -> int | None:
    """Return the occurrence of ``words`` that starts nearest to ``near``, or None."""
    before, after = text.rfind(words, 0, near + len(words)), text.find(words, near)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - near)) if found else None


def laid_out(gold: Row) -> str:
    """Return the gold as JSON with one telling, figure or place a line, so that a difference can be read."""
    parts = [f" {_one(key)}: {_value(part)}" for key, part in gold.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(part: object) -> str:
    if isinstance(part, list):
        return "[\n" + ",\n".join(f"  {_group(row)}" for row in part) + "]"
    if isinstance(part, dict):
        return "{\n" + ",\n".join(f"  {_one(k)}: {_rows(v)}" for k, v in part.items()) + "}"
    return _one(part)


def _group(row: Row) -> str:
    if "tellings" not in row:
        return _one(row)
    head = _one({k: v for k, v in row.items() if k != "tellings"})[:-1]
    return head + ', "tellings": [\n' + ",\n".join(f"    {_one(t)}" for t in row["tellings"]) + "]}"


def _rows(part: object) -> str:
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return "[\n" + ",\n".join(f"   {_one(row)}" for row in part) + "]"
    return _one(part)


def _one(part: object) -> str:
    return json.dumps(part, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
