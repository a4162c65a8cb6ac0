"""Writes a trained tagger as ONNX with weights of eight bits, and its card."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from batches import lesson
from gold import Taught
from model import Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic

from twosource.extract.tagger.tagging import INPUTS
from twosource.extract.tagger.windows import windows
from twosource.extract.tagger.wordpiece import WordPiece

OUTPUTS = ("emissions", "links", "alone")
_WORDS = {0: "windows", 1: "words"}
_PIECES = {0: "windows", 1: "pieces"}
AXES = dict.fromkeys((*INPUTS, *OUTPUTS), _WORDS) | {
    "ids": _PIECES,
    "seen": _PIECES,
    "lengths": {0: "windows"},
    "links": {0: "windows", 1: "words", 2: "others"},
}


def export(model: Tagger, sample: list[Taught], vocabulary: Path, out: Path) -> None:
    """Write tagger.onnx, vocab.txt and card.json to ``out``; ``sample`` are articles to trace the model with."""
    rows = [(n, w) for n, t in enumerate(sample[:8]) for w in windows(t.paragraphs)]
    inputs = lesson(sample, rows, WordPiece(vocabulary.read_text(encoding="utf-8"))).inputs
    out.mkdir(parents=True, exist_ok=True)
    plain, small = out / "plain.onnx", out / "tagger.onnx"
    names = {"input_names": INPUTS, "output_names": OUTPUTS, "dynamic_axes": AXES}
    torch.onnx.export(model.eval(), tuple(inputs), str(plain), opset_version=17, dynamo=False, **names)
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
    shutil.copyfile(vocabulary, out / "vocab.txt")
    digest = hashlib.sha256(small.read_bytes()).hexdigest()
    steps = np.round(model.steps.detach().numpy(), 5).tolist()
    card = {"name": "attribution-en", "version": "1", "sha256": digest, "steps": steps}
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{small}: {small.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")
