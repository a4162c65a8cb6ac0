"""The tagger at work: from marked paragraphs to attributions with the certainty of each.

The model is a file of the language's folder, checked against the digest on its card before it is used. Windows of one
article are read in batches of their own, so that what is found in it does not depend on what is read beside it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from twosource.article import Span
from twosource.extract.marked import Marked
from twosource.extract.tagger.decoding import Floats, Part, best_labels, parts_of
from twosource.extract.tagger.signals import Eyes, Signals
from twosource.extract.tagger.windows import Batch, Cut, batch_of, windows
from twosource.extract.tagger.wordpiece import WordPiece
from twosource.facts import Note
from twosource.lang import Language

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

BATCH = 12
"""Windows read at once: more are no faster on one core and cost memory (2026-11-22)."""

FOLDER = "tagger"
"""Name of the folder of a language that holds the model, its card and its vocabulary."""


INPUTS = ("ids", "seen", "first", "last", "head", "signs", "lengths")
"""Names of the model's inputs, the fields of a `Batch`."""


class Card(msgspec.Struct, frozen=True):
    """What the program must know of a model: name, version, digest of its file and scores of label steps."""

    name: str
    version: str
    sha256: str
    steps: list[list[float]]


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution as the tagger reads it: spans of the article, and how certain it is of the whole (0 to 1).

    Any of the three may be missing, not all: a content without cue, a cue without content.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    certainty: float


class Tagger:
    """A loaded model."""

    def __init__(self, session: "InferenceSession", card: Card, eyes: Eyes) -> None:
        """Take a session over the model's file; see `load_tagger`."""
        self.name = f"{card.name} {card.version}"
        self._session = session
        self._steps = np.array(card.steps, dtype=np.float32)
        self._eyes = eyes

    def tag(self, marked: Sequence[Marked]) -> tuple[tuple[Tagged, ...], ...]:
        """Return for each paragraph what is attributed in it, in order of the text."""
        paragraphs = [self._eyes.read(m) for m in marked]
        found: list[list[Tagged]] = [[] for _ in paragraphs]
        held = list(windows(paragraphs))
        for at in range(0, len(held), BATCH):
            for number, tagged in self._batch(paragraphs, held[at : at + BATCH]):
                found[number].append(tagged)
        return tuple(tuple(f) for f in found)

    def _batch(self, paragraphs: list[Signals], held: list[tuple[Cut, ...]]) -> Iterator[tuple[int, Tagged]]:
        batch = batch_of(paragraphs, held, self._eyes.wordpiece)
        emissions, links, alone = self._scores(batch)
        labels = best_labels(emissions, batch.lengths, self._steps)
        for n, window in enumerate(held):
            at = 0
            for number, first, end in window:
                here = slice(at, at + end - first)
                parts = parts_of(labels[n][here], emissions[n, here])
                spans = paragraphs[number].spans[first:end]
                for found in joined(parts, links[n, here, here], alone[n, here]):
                    yield number, _placed(found, spans)
                at += end - first

    def _scores(self, batch: Batch) -> tuple[Floats, Floats, Floats]:
        emissions, links, alone = self._session.run(None, {name: getattr(batch, name) for name in INPUTS})
        return emissions, links, alone


Joined = tuple[Part | None, Part | None, tuple[Part, ...]]
"""Source, cue and contents of one attribution."""


def joined(parts: list[Part], links: Floats, alone: Floats) -> list[Joined]:
    """Give each cue its source and each content its cue, where the link scores more than standing alone.

    ``links``: words x words x 2, from a cue's first word to a source's, and from a content's first word to a cue's.
    ``alone``: words x 2, the scores of having none.
    """
    cues = [p for p in parts if p.role == "cue"]
    sources = [p for p in parts if p.role == "source"]
    contents: dict[int, list[Part]] = {c.first: [] for c in cues}
    loose: list[Joined] = []
    for part in (p for p in parts if p.role == "content"):
        cue = _best(part, cues, links[..., 1], alone[..., 1])
        if cue is None:
            loose.append((None, None, (part,)))
        else:
            contents[cue.first].append(part)
    return [(_best(c, sources, links[..., 0], alone[..., 0]), c, tuple(contents[c.first])) for c in cues] + loose


def _best(part: Part, others: list[Part], links: Floats, alone: Floats) -> Part | None:
    best = max(others, key=lambda o: float(links[part.first, o.first]), default=None)
    return best if best is not None and links[part.first, best.first] > alone[part.first] else None


def _placed(found: Joined, spans: Sequence[Span]) -> Tagged:
    source, cue, contents = found
    sure = [p.certainty for p in (source, cue, *contents) if p is not None]
    return Tagged(
        _place(source, spans) if source else None,
        _place(cue, spans) if cue else None,
        tuple(_place(p, spans) for p in contents),
        round(float(np.prod(sure) ** (1 / len(sure))), 3),
    )


def _place(part: Part, spans: Sequence[Span]) -> Span:
    return Span(spans[part.first].start, spans[part.end - 1].end)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A language's tagger, or None with the note that says why."""

    tagger: Tagger | None
    notes: tuple[Note, ...] = ()


FAST = Loaded(None, (Note("fast", "read without the tagger: attributions were found by rules alone"),))
"""No tagger, because none was wanted."""


@cache
def load_tagger(lang: Language) -> Loaded:
    """Load the tagger of ``lang`` once."""
    return tagger_in(files(f"twosource.lang.{lang.code}").joinpath(FOLDER), lang)


def tagger_in(folder: Traversable, lang: Language) -> Loaded:
    """Load the tagger of a folder: none without onnxruntime, without a model, or where its digest is another."""
    try:
        import onnxruntime

        model = folder.joinpath("tagger.onnx").read_bytes()
        card = msgspec.json.decode(folder.joinpath("card.json").read_bytes(), type=Card)
        wordpiece = WordPiece(folder.joinpath("vocab.txt").read_text(encoding="utf-8"))
    except (ImportError, OSError, KeyError, ValueError, msgspec.DecodeError) as error:
        return _without(f"{type(error).__name__}: {error}")
    if hashlib.sha256(model).hexdigest() != card.sha256:
        return _without("the model's file is not the one its card names")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Loaded(Tagger(session, card, Eyes(wordpiece, lang)))


def _without(reason: str) -> Loaded:
    return Loaded(None, (Note("no_tagger", f"attributions were found by rules alone: {reason}"),))
