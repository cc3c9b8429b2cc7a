"""
Figures on development data to watch training by. They ask about annotated cues and triggers and know nothing of what the product
makes of the answers: what a reader is worth is measured with the product itself.
"""

import collections

import torch

import batches
from items import BEGIN

SIZE = 16


class Counts(collections.Counter):
    def pairs(self, name, gold, found):
        """Counts sets for precision and recall."""
        self.update({f"{name} right": len(gold & found), f"{name} gold": len(gold), f"{name} found": len(found)})

    def f1(self, name):
        return 2 * self[f"{name} right"] / max(1, self[f"{name} gold"] + self[f"{name} found"])

    def choice(self, name, right):
        self.update({f"{name} right": int(right), f"{name} asked": 1})

    def accuracy(self, name):
        return self[f"{name} right"] / max(1, self[f"{name} asked"])


@torch.no_grad()
def figures(model, polnear, events):
    """One line: F1 of cues, triggers and participants, accuracy of the rest."""
    model.eval()
    counts = Counts()
    for passages in (polnear, events):
        ordered = sorted(passages, key=lambda passage: len(passage.window.ids))
        for start in range(0, len(ordered), SIZE):
            batch = ordered[start : start + SIZE]
            last, states = batches.encode(model, batch)
            if passages is polnear:
                attributions(model, last, states, batch, counts)
            else:
                meetings(model, last, states, batch, counts)
    scores = {name: counts.f1(name) for name in ("cue", "trigger", "participant")}
    scores |= {name: counts.accuracy(name) for name in ("role", "valid", "status", "kind", "place", "time")}
    return " ".join(f"{name} {score:.3f}" for name, score in scores.items())


def attributions(model, last, states, batch, counts):
    tags = model.cue(last).argmax(-1)
    for row, passage in enumerate(batch):
        firsts = passage.window.first.values()
        gold = {piece for piece in firsts if passage.cue[piece] == BEGIN}
        counts.pairs("cue", gold, {piece for piece in firsts if tags[row, piece] == BEGIN})
    placed = batches.placed(batch, "attributions")
    if not placed:
        return
    labels = model.role(batches.roles(model, states, placed)).argmax(-1).tolist()
    for (_, item), found in zip(placed, labels):
        for label, own in zip(item.labels, found):
            if label >= 0:
                counts.choice("role", label == own)


def meetings(model, last, states, batch, counts):
    tags = model.triggers(last, states).argmax(-1)
    for row, passage in enumerate(batch):
        firsts = passage.window.first.values()
        gold = {piece for piece in firsts if passage.trigger[piece] == 1}
        counts.pairs("trigger", gold, {piece for piece in firsts if tags[row, piece] == 1})
    placed = batches.placed(batch, "triggers")
    if not placed:
        return
    trigger, candidates = batches.meetings(model, states, placed)
    heads = {name: getattr(model, name)(trigger) for name in ("valid", "status", "kind", "nowhere", "when")}
    for row, (_, item) in enumerate(placed):
        counts.choice("valid", (heads["valid"][row, 0] > 0) == (item.gold is not None))
        if item.gold is not None:
            told(item, {name: values[row] for name, values in heads.items()}, candidates[row], counts)


def told(item, heads, candidates, counts):
    counts.choice("status", heads["status"].argmax() == item.gold.status)
    counts.choice("kind", heads["kind"].argmax() == item.gold.kind)
    entities = enumerate(item.gold.participants)
    surest = {key: (takes_part, candidates[indexes, 0].max() > 0) for key, (indexes, takes_part) in entities}
    counts.pairs("participant", {key for key, (gold, _) in surest.items() if gold}, {key for key, (_, found) in surest.items() if found})
    spatial, temporal = item.spatial_and_temporal()
    if item.gold.places is not None:
        best = int(torch.cat([heads["nowhere"], candidates[spatial, 1]]).argmax())
        counts.choice("place", spatial[best - 1] in item.gold.places if best > 0 else not item.gold.places)
    if item.gold.times:
        best = int(torch.cat([heads["when"], candidates[temporal, 2]]).argmax())
        counts.choice("time", (temporal[best - 2] if best > 1 else -1 - best) in item.gold.times)
