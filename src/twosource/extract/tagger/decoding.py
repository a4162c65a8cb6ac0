"""From scores to spans and links: the best labels that make whole spans, and for each part the cue it belongs to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{side}-{role}" for role in ROLES for side in "BI"))
"""What a word can be: outside, or the beginning or the inside of a part."""

Floats = NDArray[np.float32]

FORBIDDEN = np.float32(-1e4)
"""Score of a step that makes no span: the inside of a part after anything but its beginning or inside."""


@dataclass(frozen=True, slots=True)
class Part:
    """A source, cue or content: words ``first`` to ``end`` (not included), and the model's certainty (0 to 1)."""

    role: str
    first: int
    end: int
    certainty: float


def allowed(steps: Floats) -> tuple[Floats, Floats]:
    """Return the scores of steps with impossible ones forbidden, and of a label at the start of a window."""
    whole = steps.copy()
    start = np.zeros(len(LABELS), dtype=np.float32)
    for inside in range(2, len(LABELS), 2):
        bad = [k for k in range(len(LABELS)) if k not in (inside, inside - 1)]
        whole[bad, inside] = FORBIDDEN
        start[inside] = FORBIDDEN
    return whole, start


def best_labels(emissions: Floats, lengths: NDArray[np.int64], steps: Floats) -> list[NDArray[np.int64]]:
    """Return the best labels of each window (Viterbi). ``emissions``: windows x words x labels."""
    whole, start = allowed(steps)
    score = emissions[:, 0] + start
    back = np.zeros(emissions.shape, dtype=np.int64)
    for t in range(1, emissions.shape[1]):
        through = score[:, :, None] + whole
        back[:, t] = through.argmax(1)
        on = through.max(1) + emissions[:, t]
        score = np.where((t < lengths)[:, None], on, score)
    return [_trace(score[n], back[n, : lengths[n]]) for n in range(len(lengths))]


def _trace(score: Floats, back: NDArray[np.int64]) -> NDArray[np.int64]:
    found = np.zeros(len(back), dtype=np.int64)
    at = int(score.argmax())
    for t in range(len(back) - 1, -1, -1):
        found[t] = at
        at = int(back[t, at])
    return found


def parts_of(labels: NDArray[np.int64], emissions: Floats) -> list[Part]:
    """Return the parts of a stretch of words; certainty is the mean probability of its words' labels."""
    odds = np.exp(emissions - emissions.max(1, keepdims=True))
    odds /= odds.sum(1, keepdims=True)
    sure = odds[np.arange(len(labels)), labels]
    return [Part(role, first, end, float(sure[first:end].mean())) for role, first, end in spans_of(labels)]


def spans_of(labels: NDArray[np.int64]) -> list[tuple[str, int, int]]:
    """Return (role, first, end) of every part that the labels of a window make."""
    found: list[tuple[str, int, int]] = []
    for t, label in enumerate(labels.tolist()):
        if label == 0:
            continue
        role = ROLES[(label - 1) // 2]
        if label % 2 == 0 and found and found[-1][0] == role and found[-1][2] == t:
            found[-1] = (role, found[-1][1], t + 1)
        else:
            found.append((role, t, t + 1))
    return found
