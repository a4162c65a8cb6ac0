"""The tagger as a torch module: a BERT encoder, a layer over words that sees the parse, a CRF, and links between words.

The encoder is written out so that nothing but torch is needed; its weights are those of MiniLM (Wang et al. 2020) as
all-MiniLM-L6-v2 carries them.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from twosource.extract.tagger.decoding import LABELS

SIGN_WIDTHS = (24, 24, 12, 12)
"""Width of the embedding of each sign: tag, relation, name, marks."""

WORD_WIDTH = 256
LINK_WIDTH = 128
NEAR = 34
"""Buckets of distance to one side, see `distances`."""

_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm_out": "output.LayerNorm",
}
"""Our names of a layer's weights and those of the published file."""


class Layer(nn.Module):
    """One layer of BERT. Attention is not dropped out: its kernel is a third faster so (2 cores, 2026-11-22)."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_out = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Windows x pieces x width to the same; ``mask`` is added to the attention's scores."""
        b, n, w = x.shape
        split = (b, n, self.heads, w // self.heads)
        q, k, v = (f(x).view(split).transpose(1, 2) for f in (self.query, self.key, self.value))
        if torch.onnx.is_in_onnx_export():
            seen = torch.softmax(q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5 + mask, -1) @ v
        else:
            seen = functional.scaled_dot_product_attention(q, k, v, mask)
        seen = self.out(seen.transpose(1, 2).reshape(b, n, w))
        x = self.norm(x + functional.dropout(seen, self.dropout, self.training))
        out = self.down(functional.gelu(self.up(x)))
        return self.norm_out(x + functional.dropout(out, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT without its pooler, in MiniLM's measures."""

    def __init__(self, width: int = 384, layers: int = 6, heads: int = 12, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.words = nn.Embedding(30522, width)
        self.places = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 4 * width, heads, dropout) for _ in range(layers))

    def forward(self, ids: Tensor, seen: Tensor) -> Tensor:
        """Windows x pieces to windows x pieces x width."""
        x = self.words(ids) + self.places(torch.arange(ids.shape[1], device=ids.device))
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        mask = (1.0 - seen[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load(self, weights: dict[str, Tensor]) -> None:
        """Take the published weights; every segment is the first one, so its embedding joins that of the places."""
        own = {"words.weight": weights["embeddings.word_embeddings.weight"]}
        segment = weights["embeddings.token_type_embeddings.weight"][0]
        own["places.weight"] = weights["embeddings.position_embeddings.weight"] + segment
        for end in ("weight", "bias"):
            own[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
            for n in range(len(self.layers)):
                own |= {f"layers.{n}.{a}.{end}": weights[f"encoder.layer.{n}.{b}.{end}"] for a, b in _NAMES.items()}
        self.load_state_dict(own)


class Tagger(nn.Module):
    """Scores of labels for every word, of links between words, and of having no link."""

    def __init__(self, sizes: tuple[int, ...], dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(dropout)
        self.signs = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(sizes, SIGN_WIDTHS, strict=True))
        wide = 384 * 2 + sum(SIGN_WIDTHS)
        self.word, self.head = nn.Linear(wide, WORD_WIDTH), nn.Linear(wide, WORD_WIDTH)
        self.norm = nn.LayerNorm(WORD_WIDTH)
        self.lstm = nn.LSTM(WORD_WIDTH, WORD_WIDTH // 2, batch_first=True, bidirectional=True)
        self.norm_out = nn.LayerNorm(WORD_WIDTH)
        self.label = nn.Linear(WORD_WIDTH, len(LABELS))
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.link = nn.Linear(WORD_WIDTH, 4 * LINK_WIDTH)
        self.alone = nn.Linear(WORD_WIDTH, 2)
        self.near = nn.Embedding(2 * NEAR, 2)
        nn.init.zeros_(self.near.weight)

    def forward(
        self, ids: Tensor, seen: Tensor, first: Tensor, last: Tensor, head: Tensor, signs: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return emissions (windows x words x labels), links (windows x words x words x 2) and alone (... x 2).

        Links go from a cue's first word to its source's (0) and from a content's first word to its cue's (1).
        """
        x = self.encoder(ids, seen)
        known = [embed(signs[..., i]) for i, embed in enumerate(self.signs)]
        h = self.dropout(torch.cat([_at(x, first), _at(x, last), *known], -1))
        z = self.norm(functional.gelu(self.word(h) + self.head(_at(h, head))))
        packed = pack_padded_sequence(z, lengths.cpu(), batch_first=True, enforce_sorted=False)
        rest = z.new_zeros(2, z.shape[0], WORD_WIDTH // 2)  # given, or the exported batch size would be a constant
        out, _ = pad_packed_sequence(self.lstm(packed, (rest, rest))[0], batch_first=True)
        z = self.norm_out(z + self.dropout(out))
        a, b, c, d = self.link(self.dropout(z)).split(LINK_WIDTH, -1)
        links = torch.stack([a @ b.transpose(1, 2), c @ d.transpose(1, 2)], -1) * LINK_WIDTH**-0.5
        return self.label(z), links + self.near(distances(z.shape[1])), self.alone(z)


def _at(x: Tensor, places: Tensor) -> Tensor:
    return torch.gather(x, 1, places[..., None].expand(-1, -1, x.shape[-1]))


def distances(n: int) -> Tensor:
    """Bucket of the signed distance between two of ``n`` words: one by one up to 8, then by doubling."""
    places = torch.arange(n)
    gap = places[None, :] - places[:, None]
    size = gap.abs()
    far = 8 + torch.log2(size.clamp(min=1).float() / 8).ceil().clamp(max=8).long()
    return torch.where(size <= 8, size, far) + (gap < 0).long() * NEAR


def chain_loss(emissions: Tensor, steps: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    """Negative log likelihood of a linear-chain CRF, mean over words."""
    gold = emissions.gather(2, labels[..., None]).squeeze(-1) * mask
    moves = steps[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]
    alpha = emissions[:, 0]
    for t in range(1, emissions.shape[1]):
        on = torch.logsumexp(alpha[:, :, None] + steps[None], 1) + emissions[:, t]
        alpha = torch.where(mask[:, t, None] > 0, on, alpha)
    return (torch.logsumexp(alpha, 1).sum() - gold.sum() - moves.sum()) / mask.sum()


Pairs = list[tuple[int, int, int]]
"""Window, word, and the word it is linked to (-1: none)."""


def link_loss(links: Tensor, alone: Tensor, pairs: Pairs, lengths: Tensor) -> Tensor:
    """Cross entropy of each word's link over all words of its window and having none."""
    if not pairs:
        return links.sum() * 0
    at = torch.tensor(pairs)
    row = links[at[:, 0], at[:, 1]]
    row = row.masked_fill(torch.arange(row.shape[1])[None] >= lengths[at[:, 0], None], -1e4)
    row = torch.cat([alone[at[:, 0], at[:, 1], None], row], 1)
    return functional.cross_entropy(row, at[:, 2] + 1)
