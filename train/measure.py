"""Scores a model while it is trained: parts found exactly on instances, by role."""

from collections import Counter

import torch
from batches import lesson
from gold import Taught
from model import Tagger

from twosource.extract.tagger.decoding import ROLES, best_labels, spans_of
from twosource.extract.tagger.windows import windows
from twosource.extract.tagger.wordpiece import WordPiece

BATCH = 24


def exact(model: Tagger, taught: list[Taught], wordpiece: WordPiece) -> dict[str, float]:
    """Return the F1 of exactly found sources, cues and contents; `evaluate.py instances` decides, this goes along."""
    model.eval()
    rows = sorted(((n, w) for n, t in enumerate(taught) for w in windows(t.paragraphs)), key=lambda r: r[1][-1][2])
    hits: Counter[str] = Counter()
    either: Counter[str] = Counter()
    for i in range(0, len(rows), BATCH):
        batch = lesson(taught, rows[i : i + BATCH], wordpiece)
        with torch.no_grad():
            emissions, _, _ = model(*batch.inputs)
        found = best_labels(emissions.numpy(), batch.inputs[-1].numpy(), model.steps.detach().numpy())
        for labels, gold in zip(found, batch.labels.numpy(), strict=True):
            ours, theirs = set(spans_of(labels)), set(spans_of(gold[: len(labels)]))
            hits.update(role for role, _, _ in ours & theirs)
            either.update(role for role, _, _ in (*ours, *theirs))
    return {role: round(200 * hits[role] / max(1, either[role]), 1) for role in ROLES}
