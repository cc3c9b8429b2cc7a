"""The network of the attribution reader, in plain torch.

A BERT encoder (Devlin et al. 2019) of six layers with the weights of MiniLM (Wang et al. 2020) to start from. Two things are
added to its input: the case of the word a piece belongs to, and whether it stands in a quotation. A first head tags
the cue words of a window. For each cue a second pass goes on from the states after `SPLIT` layers, with the cue marked and
the distance to it added, through two layers of its own, and tags source and content.
"""

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS, SPLIT, INNER = 384, 12, 6, 4, 1536
VOCABULARY, POSITIONS = 30522, 512
FEATURES, DISTANCES = 9, 129  # case times quotation; -64 to 64
LABELS = 3
EPSILON = 1e-12


class Attention(nn.Module):
    """Self-attention over one window. Parameters are named as in published BERT checkpoints."""

    def __init__(self):
        super().__init__()
        self.self = nn.ModuleDict({name: nn.Linear(WIDTH, WIDTH) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(WIDTH, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, EPSILON)})

    def forward(self, x, mask=None):
        batch, length, _ = x.shape
        q, k, v = (
            self.self[name](x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        scores = q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, None, :], -1e4)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        return self.output["LayerNorm"](x + self.output["dense"](mixed))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, INNER)})
        self.output = nn.ModuleDict({"dense": nn.Linear(INNER, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, EPSILON)})

    def forward(self, x, mask=None):
        x = self.attention(x, mask)
        inner = F.gelu(self.intermediate["dense"](x))
        return self.output["LayerNorm"](x + self.output["dense"](inner))


class Embeddings(nn.Module):
    def __init__(self):
        super().__init__()
        self.word_embeddings = nn.Embedding(VOCABULARY, WIDTH)
        self.position_embeddings = nn.Embedding(POSITIONS, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, ids, extra):
        place = self.position_embeddings.weight[: ids.shape[1]] + self.token_type_embeddings.weight[0]
        return self.LayerNorm(self.word_embeddings(ids) + extra + place)


class AttributionModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = Embeddings()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.cond = nn.ModuleList(Layer() for _ in range(LAYERS - SPLIT))
        self.feat = nn.Embedding(FEATURES, WIDTH)
        self.mark = nn.Embedding(2, WIDTH)
        self.rel = nn.Embedding(DISTANCES, WIDTH)
        self.cue = nn.Linear(WIDTH, LABELS)
        self.role = nn.Linear(WIDTH, LABELS)

    def encode(self, ids, features, mask=None):
        """Cue logits of every piece, and the states the second pass goes on from."""
        x = self.emb(ids, self.feat(features))
        states = x
        for index, layer in enumerate(self.layers):
            x = layer(x, mask)
            if index == SPLIT - 1:
                states = x
        return self.cue(x), states

    def roles(self, states, mark, distance, mask=None):
        """Logits of neither, source and content for the pieces around one cue."""
        x = states + self.mark(mark) + self.rel(distance)
        for layer in self.cond:
            x = layer(x, mask)
        return self.role(x)


def load(checkpoint):
    """The model with the weights of a checkpoint (a state dict, in half or full precision), ready to run."""
    weights = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = AttributionModel()
    model.load_state_dict({name: weight.float() for name, weight in weights.items()})
    return model.eval()
