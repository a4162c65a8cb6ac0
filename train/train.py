"""Trains the attribution tagger and exports it: seeded, a checkpoint every epoch, goes on where it stopped.

What it was asked, its learning curve and its checkpoint stand in the folder --work; the model goes to --out.
"""

import argparse
import json
import random
import time
from pathlib import Path

import export
import torch
from batches import lesson, shuffled
from gold import Taught, taught
from measure import exact
from model import Tagger, chain_loss, link_loss
from safetensors.torch import load_file

from twosource.extract.tagger.signals import Inventory
from twosource.extract.tagger.wordpiece import WordPiece
from twosource.lang import ENGLISH

WARM = 0.06
"""Share of the steps in which the rate climbs; from there it falls to nothing in a straight line."""

HEAD_RATE = 1e-3
LINK_WEIGHT = 0.1
MEAN = 0.998
"""Keeping rate of the running mean of the weights, which is what is measured and shipped."""


def main() -> None:
    """Read the gold, train, export."""
    ask = arguments()
    torch.set_num_threads(ask.threads)
    vocabulary = ask.encoder / "vocab.txt"
    teach = taught(ask.gold / "polnear_train.jsonl", vocabulary, ask.work / "train.pickle")
    check = taught(ask.gold / "polnear_instances_valid.jsonl", vocabulary, ask.work / "instances.pickle")
    wordpiece = WordPiece(vocabulary.read_text(encoding="utf-8"))
    training = Training(ask, wordpiece)
    while training.epoch < ask.epochs:
        training.one_epoch(teach, check)
    export.export(training.mean, check, vocabulary, ask.out)


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument("--gold", type=Path, required=True, help="folder with polnear_*.jsonl")
    p.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    p.add_argument("--work", type=Path, required=True, help="folder for checkpoint and learning curve")
    p.add_argument("--out", type=Path, required=True, help="folder for the model")
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder's last layer")
    p.add_argument("--decay", type=float, default=0.85, help="of the rate from layer to layer downwards")
    p.add_argument("--pieces", type=int, default=3072, help="of a batch")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


class Training:
    """The state of a training run; it continues from a checkpoint where there is one."""

    def __init__(self, ask: argparse.Namespace, wordpiece: WordPiece) -> None:
        self.ask, self.wordpiece = ask, wordpiece
        torch.manual_seed(ask.seed)
        self.rng = random.Random(ask.seed)  # noqa: S311 - no secret
        sizes = ENGLISH.table("tagger", Inventory).sizes
        self.model, self.mean = Tagger(sizes), Tagger(sizes)
        self.model.encoder.load(load_file(ask.encoder / "model.safetensors"))
        self.mean.load_state_dict(self.model.state_dict())
        self.optimizer = optimizer(self.model, ask.rate, ask.decay)
        self.epoch = self.step = self.steps = 0
        self.kept: Path = ask.work / "checkpoint.pt"
        if self.kept.exists():
            self._resume()

    def one_epoch(self, teach: list[Taught], check: list[Taught]) -> None:
        """Train once over everything, measure, keep a checkpoint."""
        batches = shuffled(teach, self.rng, self.ask.pieces)
        self.steps = self.steps or len(batches) * self.ask.epochs
        began, loss = time.monotonic(), 0.0
        self.model.train()
        for n, rows in enumerate(batches, 1):
            loss += (self._learn(rows, teach) - loss) / min(n, 100)
            if n % 50 == 0:
                print(f"epoch {self.epoch + 1}, {n} of {len(batches)}, loss {loss:.3f}", flush=True)
        self.epoch += 1
        scores = exact(self.mean, check, self.wordpiece)
        line = {"epoch": self.epoch, "loss": round(loss, 3), "seconds": round(time.monotonic() - began), **scores}
        print(json.dumps(line), flush=True)
        with (self.ask.work / "curve.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self._keep()

    def _learn(self, rows: list[tuple[int, tuple]], teach: list[Taught]) -> float:
        self.step += 1
        warm, left = self.step / (WARM * self.steps), 1 - self.step / self.steps
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * max(0.01, min(1.0, warm) * left)
        batch = lesson(teach, rows, self.wordpiece, self.rng)
        emissions, links, alone = self.model(*batch.inputs)
        lengths = batch.inputs[-1]
        linking = link_loss(links[..., 0], alone[..., 0], batch.sources, lengths)
        linking = linking + link_loss(links[..., 1], alone[..., 1], batch.cues, lengths)
        loss = chain_loss(emissions, self.model.steps, batch.labels, batch.mask) + LINK_WEIGHT * linking
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self._average()
        return float(loss.detach())

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(MEAN, self.step / (self.step + 10))
        for mean, now in zip(self.mean.parameters(), self.model.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - keep)

    def _keep(self) -> None:
        """Write the checkpoint beside the old one and put it in its place, so that a kill loses one epoch at most."""
        new = self.kept.with_suffix(".new")
        state = {name: getattr(self, name).state_dict() for name in ("model", "mean", "optimizer")}
        counts = {name: getattr(self, name) for name in ("epoch", "step", "steps")}
        torch.save(state | counts | {"rng": self.rng.getstate(), "torch": torch.get_rng_state()}, new)
        new.rename(self.kept)

    def _resume(self) -> None:
        kept = torch.load(self.kept, weights_only=False)
        for name in ("model", "mean", "optimizer"):
            getattr(self, name).load_state_dict(kept[name])
        self.epoch, self.step, self.steps = kept["epoch"], kept["step"], kept["steps"]
        self.rng.setstate(kept["rng"])
        torch.set_rng_state(kept["torch"])


def optimizer(model: Tagger, rate: float, decay: float) -> torch.optim.Optimizer:
    """AdamW with a smaller rate for lower layers; the embeddings of words stay as they are."""
    model.encoder.words.weight.requires_grad_(False)
    depth = len(model.encoder.layers)
    groups = []
    for name, weights in model.named_parameters():
        if not weights.requires_grad:
            continue
        peak = HEAD_RATE
        if name.startswith("encoder."):
            above = depth - 1 - int(name.split(".")[2]) if name.startswith("encoder.layers.") else depth
            peak = rate * decay**above
        groups.append({"params": [weights], "lr": peak, "peak": peak, "weight_decay": 0.01 * (weights.ndim > 1)})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


if __name__ == "__main__":
    main()
