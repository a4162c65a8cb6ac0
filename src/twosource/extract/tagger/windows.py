"""Windows: stretches of neighbouring paragraphs short enough for the encoder, and batches of them as arrays.

Paragraphs are joined until a window is full, so that a paragraph is read with those around it; one that is longer than
a window is cut between sentences, a sentence that is longer between words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twosource.extract.tagger.signals import Signals
from twosource.extract.tagger.wordpiece import WordPiece

MAX_PIECES = 192
"""Pieces of a window. Training saw windows of up to this length; the encoder's limit is 512."""

Cut = tuple[int, int, int]
"""Paragraph, first word, end: a stretch of one paragraph."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as arrays, short ones padded with 0.

    Windows x pieces: ``ids``, ``seen`` (1 where a piece stands). Windows x words: ``first`` and ``last`` piece of a
    word, place of its ``head`` in the window. Windows x words x fields: ``signs``. ``lengths``: words of each window.
    """

    ids: NDArray[np.int64]
    seen: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    head: NDArray[np.int64]
    signs: NDArray[np.int64]
    lengths: NDArray[np.int64]


def windows(paragraphs: Sequence[Signals], size: int = MAX_PIECES) -> Iterator[tuple[Cut, ...]]:
    """Yield the windows of an article in order; together they hold every word once."""
    held: list[Cut] = []
    room = size - 1
    for cut, width in _cuts(paragraphs, size - 2):
        if held and width + 1 > room:
            yield tuple(held)
            held, room = [], size - 1
        held.append(cut)
        room -= width + 1
    if held:
        yield tuple(held)


def _cuts(paragraphs: Sequence[Signals], size: int) -> Iterator[tuple[Cut, int]]:
    """Yield stretches of at most ``size`` pieces with their width: whole paragraphs where they fit."""
    for n, signals in enumerate(paragraphs):
        widths = [len(p) for p in signals.pieces]
        if sum(widths) <= size:
            if widths:
                yield (n, 0, len(widths)), sum(widths)
            continue
        yield from (((n, first, end), width) for first, end, width in _pieces(widths, signals.breaks, size))


def _pieces(widths: list[int], breaks: tuple[int, ...], size: int) -> Iterator[tuple[int, int, int]]:
    """Cut a long paragraph: at the last sentence start that leaves a full stretch, else where it is full."""
    first, width, stop = 0, 0, 0
    starts = set(breaks)
    at = 0
    while at < len(widths):
        if at in starts:
            stop = at
        if width and width + min(widths[at], size) > size:
            end = stop if stop > first else at
            yield first, end, min(size, sum(widths[first:end]))
            first = at = end
            width, stop = 0, end
            continue
        width += min(widths[at], size)
        at += 1
    if first < len(widths):
        yield first, len(widths), width


def batch_of(paragraphs: Sequence[Signals], held: Sequence[tuple[Cut, ...]], wordpiece: WordPiece) -> Batch:
    """Return windows of one article as arrays, short ones padded."""
    rows = [_row(paragraphs, window, wordpiece) for window in held]
    words = max(len(r.first) for r in rows)
    return Batch(
        ids=_padded([r.ids for r in rows], max(len(r.ids) for r in rows)),
        seen=_padded([[1] * len(r.ids) for r in rows], max(len(r.ids) for r in rows)),
        first=_padded([r.first for r in rows], words),
        last=_padded([r.last for r in rows], words),
        head=_padded([r.head for r in rows], words),
        signs=np.stack([_tall(r.signs, words) for r in rows]),
        lengths=np.array([len(r.first) for r in rows], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    ids: list[int]
    first: list[int]
    last: list[int]
    head: list[int]
    signs: NDArray[np.int64]


def _row(paragraphs: Sequence[Signals], window: tuple[Cut, ...], wordpiece: WordPiece) -> _Row:
    ids = [wordpiece.start]
    first: list[int] = []
    last: list[int] = []
    head: list[int] = []
    signs = []
    for n, start, end in window:
        signals = paragraphs[n]
        base = len(first)
        for word, at in enumerate(signals.heads[start:end].tolist(), start):
            pieces = signals.pieces[word][: MAX_PIECES - 2]
            first.append(len(ids))
            ids += pieces
            last.append(len(ids) - 1)
            head.append(base + (at if start <= at < end else word) - start)
        ids.append(wordpiece.end)
        signs.append(signals.signs[start:end])
    return _Row(ids, first, last, head, np.concatenate(signs))


def _padded(rows: list[list[int]], width: int) -> NDArray[np.int64]:
    return np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)


def _tall(signs: NDArray[np.int64], words: int) -> NDArray[np.int64]:
    return np.pad(signs, ((0, words - len(signs)), (0, 0)))
