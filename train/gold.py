"""Reads annotated articles as the program reads them: what the tagger sees of each, and what it should say.

Gold is JSON Lines: articles with ``id``, ``text`` and ``attributions`` of ``source``, ``cue`` and ``content`` (lists of
``[start, end]``), or instances with ``tokens`` and BIO ``labels``.
"""

import json
import multiprocessing
import pickle
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twosource.article import Article
from twosource.clean import label_blocks
from twosource.extract.marked import mark_all
from twosource.extract.sentences import parsing
from twosource.extract.tagger.decoding import ROLES
from twosource.extract.tagger.signals import Eyes, Signals
from twosource.extract.tagger.wordpiece import WordPiece
from twosource.lang import ENGLISH

Place = tuple[int, int]
"""Paragraph and word of an article."""

_SHOWN = {"``": "“", "''": "”", "`": "‘", "'": "’", "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution by the first words of its parts; a part that does not stand in the told text is missing."""

    cue: Place | None
    source: Place | None
    contents: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Taught:
    """One article: its paragraphs, for each a label of every word, and its attributions."""

    id: str
    paragraphs: tuple[Signals, ...]
    labels: tuple[NDArray[np.int64], ...]
    links: tuple[Link, ...]


def taught(gold: Path, vocabulary: Path, kept: Path) -> list[Taught]:
    """Return the articles of ``gold``, read on two processes the first time and kept in ``kept``."""
    if not kept.exists():
        lines = gold.read_text(encoding="utf-8").splitlines()
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            found = pool.map(partial(_read, vocabulary=vocabulary.read_text(encoding="utf-8")), lines, chunksize=16)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    known: list[Taught] = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
    return known


def _read(line: str, vocabulary: str) -> Taught:
    gold = json.loads(line)
    if "tokens" in gold:
        gold = _article(gold)
    article = Article(id=gold["id"], text=gold["text"], title=gold.get("title"), published=gold.get("published"))
    eyes = Eyes(WordPiece(vocabulary), ENGLISH)
    with parsing(article, label_blocks(article, ENGLISH), ENGLISH) as parsed:
        paragraphs = tuple(eyes.read(m) for m in mark_all(article, parsed.paragraphs))
    labels, starts = _labels(gold["attributions"], paragraphs)
    return Taught(gold["id"], paragraphs, labels, tuple(_link(a, starts) for a in gold["attributions"]))


def _article(instance: dict[str, Any]) -> dict[str, Any]:
    """Make an article of an instance; its parts stand alone, for instances do not link them."""
    tokens = [_SHOWN.get(t, t) for t in instance["tokens"]]
    spans: dict[str, list[list[int]]] = {role: [] for role in ROLES}
    at = 0
    for token, label in zip(tokens, instance["labels"], strict=True):
        if label[:2] == "B-":
            spans[label[2:]].append([at, at + len(token)])
        elif label[:2] == "I-" and spans[label[2:]]:
            spans[label[2:]][-1][1] = at + len(token)
        at += len(token) + 1
    parts = [{r: [s] if r == role else [] for r in ROLES} for role in ROLES for s in spans[role]]
    return {"id": instance["id"], "text": " ".join(tokens), "attributions": parts}


Starts = dict[tuple[str, int, int], Place]
"""First word of each annotated span, by role, start and end."""


def _labels(
    attributions: list[dict[str, Any]], paragraphs: tuple[Signals, ...]
) -> tuple[tuple[NDArray[np.int64], ...], Starts]:
    """Label every word that shares a character with a span; a later span wins where two overlap."""
    labels = tuple(np.zeros(len(p.spans), dtype=np.int64) for p in paragraphs)
    owner = {c: (n, w) for n, p in enumerate(paragraphs) for w, span in enumerate(p.spans) for c in range(*span)}
    starts: Starts = {}
    for number, role, start, end in ((n, r, *span) for a in attributions for n, r in enumerate(ROLES) for span in a[r]):
        words = sorted({owner[c] for c in range(start, end) if c in owner})
        for before, (n, w) in zip([None, *words], words, strict=False):
            begins = before is None or before[0] != n
            labels[n][w] = 2 * number + (1 if begins else 2)
        if words:
            starts[role, start, end] = words[0]
    return labels, starts


def _link(attribution: dict[str, Any], starts: Starts) -> Link:
    first = {r: [starts[r, s, e] for s, e in attribution[r] if (r, s, e) in starts] for r in ROLES}
    return Link(next(iter(first["cue"]), None), next(iter(first["source"]), None), tuple(first["content"]))
