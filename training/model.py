"""The network of the reader, in plain torch.

A BERT encoder (Devlin et al. 2019) of six layers with the weights of MiniLM (Wang et al. 2020) to start from. Two things are
added to its input: the case of the word a piece belongs to, and whether it stands in a quotation. A first head tags
the cue words of a window. For each cue a second pass goes on from the states after `SPLIT` layers, with the cue marked and
the distance to it added, through two layers of its own, and tags source and content; at the cue it says whether that is speech.

A second head tags the words that may tell of a meeting, by the states after `SPLIT` and after all layers. For each of them another second pass, through two layers of its own, is given
what the text's mentions and expressions of time are, and the meetings that rules read there. At the trigger it says what kind of event this is; for each
mention, of which it takes the mean of its pieces, whether it takes part, is the place, or tells the day.
"""

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS, SPLIT, INNER = 384, 12, 6, 4, 1536
VOCABULARY, POSITIONS = 30522, 512
FEATURES, DISTANCES = 9, 129  # case times quotation; -64 to 64
LABELS = 3
STATUSES = ("held", "planned", "possible", "cancelled", "postponed", "refused")
KINDS = ("PhoneCall", "VideoCall", "Summit", "Visit", "Talks", "Session", "Meeting")
MENTION_KINDS = ("none", "person", "state", "organisation", "group", "medium", "place", "time")
MENTION_TYPES = ("name", "nominal", "pronoun", "metonym", "demonym", "none")
MENTION_FLAGS = ("inTitle", "possessive", "locative", "proxy", "weak")
ROLES = 3  # participant, place, time
RULE_ROLES = ("participant", "other", "place", "time")  # what the rules take a candidate for; "other": a participant of another meeting
EPSILON = 1e-12
HIDDEN = 128


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
        place = self.position_embeddings(torch.arange(ids.shape[1], device=ids.device)) + self.token_type_embeddings.weight[0]
        return self.LayerNorm(self.word_embeddings(ids) + extra + place)


def head(width, answers):
    """For a question to states that were learned for another one."""
    return nn.Sequential(nn.Dropout(0.2), nn.Linear(width, HIDDEN), nn.GELU(), nn.Dropout(0.2), nn.Linear(HIDDEN, answers))


class ReaderModel(nn.Module):
    """`dropout` is for training only."""

    def __init__(self, dropout=0.1):
        super().__init__()
        self.emb = Embeddings()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.feat = nn.Embedding(FEATURES, WIDTH)
        self.drop = nn.Dropout(dropout)
        # attributions
        self.cond = nn.ModuleList(Layer() for _ in range(LAYERS - SPLIT))
        self.mark = nn.Embedding(2, WIDTH)
        self.rel = nn.Embedding(DISTANCES, WIDTH)
        self.cue = nn.Linear(WIDTH, LABELS)
        self.role = nn.Linear(WIDTH, LABELS)
        self.mode = head(2 * WIDTH, 1)
        # meetings
        self.meet = nn.ModuleList(Layer() for _ in range(LAYERS - SPLIT))
        self.tmark = nn.Embedding(2, WIDTH)
        self.trel = nn.Embedding(DISTANCES, WIDTH)
        self.kinds = nn.Embedding(len(MENTION_KINDS) * len(MENTION_TYPES), WIDTH)
        self.flags = nn.Embedding(2 ** len(MENTION_FLAGS), WIDTH)
        self.told = nn.Embedding(1 + 2 * len(STATUSES), WIDTH)
        self.roles_told = nn.Embedding(2 ** len(RULE_ROLES), WIDTH)
        self.trigger = head(2 * WIDTH, 2)
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.kind = nn.Linear(WIDTH, len(KINDS))
        self.valid = nn.Linear(WIDTH, 1)
        self.when = nn.Linear(WIDTH, 2)  # on the day of publication, not told
        self.nowhere = nn.Linear(WIDTH, 1)
        self.join = nn.Linear(2 * WIDTH, WIDTH)
        self.cand = nn.Linear(WIDTH, ROLES)

    def encode(self, ids, features, mask=None):
        """The last states of every piece, and those the second passes go on from."""
        x = self.drop(self.emb(ids, self.feat(features)))
        states = x
        for index, layer in enumerate(self.layers):
            x = layer(x, mask)
            if index == SPLIT - 1:
                states = x
        return self.drop(x), states

    def triggers(self, last, states):
        """Logits of the words that may tell of a meeting."""
        return self.trigger(torch.cat([last, states], -1))

    def roles(self, states, mark, distance, mask=None):
        """States of the pieces around one cue, for `role` and `mode`."""
        x = states + self.mark(mark) + self.rel(distance)
        for layer in self.cond:
            x = layer(x, mask)
        return self.drop(x)

    def speech(self, x, states, mark):
        """Logits of whether that is said, by the states of the cue's words."""
        marked = mark.to(x.dtype)[:, :, None]
        return self.mode((torch.cat([x, states], -1) * marked).sum(1) / marked.sum(1).clamp(min=1)).squeeze(-1)

    def meeting(self, states, mark, distance, kinds, flags, told, pool, candidate_kinds, candidate_flags, candidate_told, mask=None):
        """The trigger's state, for what is said of the event, and logits of every candidate's roles.

        `pool` has a row for each candidate, which takes the mean of its pieces.
        """
        x = states + self.tmark(mark) + self.trel(distance) + self.kinds(kinds) + self.flags(flags) + self.told(told)
        x = self.drop(x)
        for layer in self.meet:
            x = self.drop(layer(x, mask))
        marked = mark.to(x.dtype)[:, :, None]
        trigger = (x * marked).sum(1) / marked.sum(1).clamp(min=1)
        own = pool.to(x.dtype) @ x + self.kinds(candidate_kinds) + self.flags(candidate_flags) + self.roles_told(candidate_told)
        joint = torch.cat([own, trigger[:, None].expand(-1, own.shape[1], -1)], -1)
        return trigger, self.cand(self.drop(F.gelu(self.join(joint))))

    def event(self, trigger):
        """Logits in the order that the product reads them in."""
        return torch.cat([head(trigger) for head in (self.status, self.kind, self.valid, self.when, self.nowhere)], -1)


def load(checkpoint):
    """The model with the weights of a checkpoint (a state dict, in half or full precision), ready to run."""
    weights = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = ReaderModel()
    model.load_state_dict({name: weight.float() for name, weight in weights.items()})
    return model.eval()
