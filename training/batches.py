"""Ragged lists as padded tensors."""

import torch
from torch.nn.utils.rnn import pad_sequence


def padded(rows, value, device):
    """One row each, filled up with `value`; at least one column."""
    width = max(1, *map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows], device=device)


def encode(model, passages):
    """The last states of every piece of some windows, and those that second passes go on from."""
    device = model.cue.weight.device
    ids = padded([passage.window.ids for passage in passages], 0, device)
    features = padded([passage.window.features for passage in passages], 0, device)
    return model.encode(ids, features, ids != 0)


def placed(passages, name):
    """The `attributions` or `triggers` of some passages, each with the row of its passage."""
    return [(row, item) for row, passage in enumerate(passages) for item in getattr(passage, name)]


def crops(states, placed):
    """
    The states around some cues or triggers, and where they are not padding. `placed` pairs each item with the row of its
    window in `states`.
    """
    cut = pad_sequence([states[row, item.low : item.high] for row, item in placed], batch_first=True)
    lengths = torch.tensor([item.high - item.low for _, item in placed], device=states.device)
    return cut, torch.arange(cut.shape[1], device=states.device)[None] < lengths[:, None]


def column(placed, name, device):
    return padded([getattr(item, name) for _, item in placed], 0, device)


def roles(model, states, placed):
    """States of the pieces around cues."""
    cut, mask = crops(states, placed)
    return model.roles(cut, column(placed, "mark", states.device), column(placed, "distance", states.device), mask)


def speech(model, states, placed):
    """Logits of whether what cues tell of is said."""
    cut, mask = crops(states, placed)
    mark = column(placed, "mark", states.device)
    return model.speech(model.roles(cut, mark, column(placed, "distance", states.device), mask), cut, mark)


def meetings(model, states, placed):
    """States of triggers, and logits of the roles of their candidates (padded)."""
    cut, mask = crops(states, placed)
    device = states.device
    codes = padded([[each.code for each in item.candidates] for _, item in placed], 0, device)
    flags = padded([[each.flags for each in item.candidates] for _, item in placed], 0, device)
    told = padded([[each.told for each in item.candidates] for _, item in placed], 0, device)
    pool = torch.zeros(len(placed), codes.shape[1], cut.shape[1])
    for row, (_, item) in enumerate(placed):
        for index, pieces in enumerate(item.pools()):
            pool[row, index, pieces] = 1 / len(pieces)
    pieces = [column(placed, name, device) for name in ("mark", "distance", "kinds", "flags", "told")]
    return model.meeting(cut, *pieces, pool.to(device), codes, flags, told, mask)
