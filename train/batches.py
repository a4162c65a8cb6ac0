"""Windows of annotated articles as tensors, with the labels and links they should get."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from gold import Taught
from model import Pairs
from torch import Tensor

from twosource.extract.tagger.signals import Signals
from twosource.extract.tagger.windows import Cut, batch_of, windows
from twosource.extract.tagger.wordpiece import WordPiece

SIZES = (64, 96, 128, 160, 192)
"""Pieces of a training window: short ones as instances are, long ones as articles are read."""

HIDDEN = 0.15
"""Share of windows whose parse is hidden, so that the tagger works without one."""

POOL = 600
"""Windows among which those of like length are put together."""

Row = tuple[int, tuple[Cut, ...]]
"""An article, and one of its windows."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch: the model's inputs in order, labels (windows x words), and links of cues and of contents."""

    inputs: list[Tensor]
    labels: Tensor
    sources: Pairs
    cues: Pairs

    @property
    def mask(self) -> Tensor:
        """1 where a word stands, windows x words."""
        return (torch.arange(self.labels.shape[1])[None] < self.inputs[-1][:, None]).float()


def shuffled(taught: list[Taught], rng: random.Random, pieces: int) -> list[list[Row]]:
    """Return one epoch's batches of at most ``pieces`` pieces, padding counted, in random order."""
    rows: list[Row] = [(n, w) for n, t in enumerate(taught) for w in windows(t.paragraphs, rng.choice(SIZES))]
    rng.shuffle(rows)
    found = [batch for i in range(0, len(rows), POOL) for batch in _filled(taught, rows[i : i + POOL], pieces)]
    rng.shuffle(found)
    return found


def _filled(taught: list[Taught], rows: list[Row], pieces: int) -> Iterator[list[Row]]:
    held: list[Row] = []
    for row in sorted(rows, key=lambda r: _width(taught[r[0]].paragraphs, r[1])):
        if held and _width(taught[row[0]].paragraphs, row[1]) * (len(held) + 1) > pieces:
            yield held
            held = []
        held.append(row)
    yield held


def _width(paragraphs: tuple[Signals, ...], window: tuple[Cut, ...]) -> int:
    return 1 + sum(1 + sum(len(p) for p in paragraphs[n].pieces[a:b]) for n, a, b in window)


def lesson(taught: list[Taught], rows: list[Row], wordpiece: WordPiece, rng: random.Random | None = None) -> Lesson:
    """Return the batch of ``rows``; with ``rng`` the parse of some windows is hidden."""
    offset: dict[int, int] = {}
    paragraphs: list[Signals] = []
    for n in dict.fromkeys(n for n, _ in rows):
        offset[n] = len(paragraphs)
        paragraphs += taught[n].paragraphs
    batch = batch_of(paragraphs, [tuple((offset[n] + k, a, b) for k, a, b in w) for n, w in rows], wordpiece)
    labels = np.zeros(batch.first.shape, dtype=np.int64)
    sources: Pairs = []
    cues: Pairs = []
    for row, (n, window) in enumerate(rows):
        words = np.concatenate([taught[n].labels[k][a:b] for k, a, b in window])
        words[0] -= bool(words[0] and words[0] % 2 == 0)  # a window may begin inside a part
        labels[row, : len(words)] = words
        _add_links(taught[n], window, row, sources, cues)
    head, signs = batch.head, batch.signs
    for row in range(len(rows)) if rng else ():
        if rng and rng.random() < HIDDEN:
            head[row] = np.arange(head.shape[1])
            signs[row, :, :3] = 0
    inputs = (batch.ids, batch.seen, batch.first, batch.last, head, signs, batch.lengths)
    return Lesson([torch.from_numpy(x) for x in inputs], torch.from_numpy(labels), sources, cues)


def _add_links(taught: Taught, window: tuple[Cut, ...], row: int, sources: Pairs, cues: Pairs) -> None:
    """Add the links whose first end stands in the window; the other end may be outside (-1)."""
    place: dict[tuple[int, int], int] = {}
    for k, a, b in window:
        place |= {(k, w): len(place) + w - a for w in range(a, b)}
    for link in taught.links:
        cue = place.get(link.cue, -1) if link.cue else -1
        if cue >= 0:
            sources.append((row, cue, place.get(link.source, -1) if link.source else -1))
        cues += ((row, place[c], cue) for c in link.contents if c in place)
