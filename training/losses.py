"""What the network is punished for. Every loss comes by its name; how they are weighed is at the top."""

import torch
from torch.nn import functional as F

import batches
from model import STATUSES
from windows import UNLABELLED

MEETINGS = {
    "trigger": 2.0, "speech": 0.5, "valid": 0.5, "status": 0.4, "kind": 0.3, "participant": 1.5, "place": 0.4, "time": 0.4,
}
ATTRIBUTIONS = {"cue": 1.0, "role": 0.7}
TRIGGERS_WEIGH = 2.0  # triggers are rare
PARTICIPANTS_WEIGH = 1.3


def weighed(losses, weights):
    return sum(weights[name] * loss for name, loss in losses.items())


def tagging(logits, labels):
    """Mean cross entropy over the labelled pieces."""
    return F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED)


def attributions(model, last, states, passages):
    """Losses of the cues, and of source and content around the annotated ones."""
    device = states.device
    losses = {"cue": tagging(model.cue(last), batches.padded([passage.cue for passage in passages], UNLABELLED, device))}
    placed = batches.placed(passages, "attributions")
    placed.sort(key=lambda pair: pair[1].high - pair[1].low)
    labelled = sum(label >= 0 for _, item in placed for label in item.labels)
    half = (len(placed) + 1) // 2 if len(placed) > 6 else len(placed)  # long and short apart: less padding
    for group in filter(None, (placed[:half], placed[half:])):
        labels = batches.padded([item.labels for _, item in group], UNLABELLED, device)
        logits = model.role(batches.roles(model, states, group)).float()
        loss = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED, reduction="sum")
        losses["role"] = losses.get("role", 0) + loss / max(labelled, 1)
    return losses


def speech(model, states, passages):
    placed = batches.placed(passages, "attributions")
    if not placed:
        return {}
    said = torch.tensor([float(item.speech) for _, item in placed], device=states.device)
    return {"speech": F.binary_cross_entropy_with_logits(batches.speech(model, states, placed).float(), said)}


def triggers(model, last, states, passages):
    labels = batches.padded([passage.trigger for passage in passages], UNLABELLED, last.device)
    weight = torch.tensor([1.0, TRIGGERS_WEIGH], device=last.device)
    return {"trigger": F.cross_entropy(model.triggers(last, states).float().flatten(0, 1), labels.flatten(), weight, ignore_index=UNLABELLED)}


def share(logits, right):
    """What is lost where any of the right ones of several may be chosen."""
    return -logits.log_softmax(0)[right].logsumexp(0)


def told(model, trigger, candidates, items, status_weights):
    """Losses of what is said of triggers that tell of meetings, one row each."""
    device = trigger.device
    status, kind = (torch.tensor([getattr(item.gold, name) for item in items], device=device) for name in ("status", "kind"))
    losses = {
        "status": F.cross_entropy(model.status(trigger).float(), status, status_weights.to(device)),
        "kind": F.cross_entropy(model.kind(trigger).float(), kind),
    }
    nowhere, when = model.nowhere(trigger).float(), model.when(trigger).float()
    participants, places, times = [], [], []
    for row, item in enumerate(items):
        logits = candidates[row].float()
        # An entity takes part where its surest mention does.
        participants += [(logits[indexes, 0].max(), float(takes_part)) for indexes, takes_part in item.gold.participants]
        spatial, temporal = item.spatial_and_temporal()
        if item.gold.places is not None and spatial:
            right = [1 + spatial.index(index) for index in item.gold.places] or [0]
            places.append(share(torch.cat([nowhere[row], logits[spatial, 1]]), right))
        if item.gold.times:
            # Rows of `when`: on the day of publication (-1), not told (-2).
            right = [-1 - index if index < 0 else 2 + temporal.index(index) for index in item.gold.times]
            times.append(share(torch.cat([when[row], logits[temporal, 2]]), right))
    if participants:
        logits, labels = zip(*participants)
        weight = torch.tensor(PARTICIPANTS_WEIGH, device=device)
        labels = torch.tensor(labels, device=device)
        losses["participant"] = F.binary_cross_entropy_with_logits(torch.stack(logits), labels, pos_weight=weight)
    if places:
        losses["place"] = torch.stack(places).mean()
    if times:
        losses["time"] = torch.stack(times).mean()
    return losses


def meetings(model, states, passages, status_weights):
    placed = batches.placed(passages, "triggers")
    if not placed:
        return {}
    trigger, candidates = batches.meetings(model, states, placed)
    valid = torch.tensor([float(item.gold is not None) for _, item in placed], device=states.device)
    losses = {"valid": F.binary_cross_entropy_with_logits(model.valid(trigger).float().squeeze(-1), valid)}
    rows = [row for row, (_, item) in enumerate(placed) if item.gold is not None]
    if rows:
        losses |= told(model, trigger[rows], candidates[rows], [placed[row][1] for row in rows], status_weights)
    return losses


def status_weights(passages):
    """Rare statuses weigh more, by the power of 0.4; a meeting weighs one on average."""
    counts = torch.ones(len(STATUSES))
    for passage in passages:
        for item in passage.triggers:
            if item.gold is not None:
                counts[item.gold.status] += 1
    weights = (counts.sum() / counts) ** 0.4
    return weights / (weights * counts).sum() * counts.sum()
