"""
Cues that the start of training finds in the events and nobody annotated there: PolNeAR marks thoughts, wishes and agreements too, the
events only what is said. Learned is that they are not speech.
"""

import torch

import batches
from items import speech_item

BEGINS, GOES_ON, JOINT = 0.5, 0.5, 0.6
NEAR, ADJACENT = 8, 3  # pieces


def cues_of(begin, inside, window):
    """Words of each cue, from the probabilities of the pieces that a cue begins there or goes on."""
    cues, last = [], None
    for word, piece in sorted(window.first.items(), key=lambda pair: pair[1]):
        b, i = begin[piece], inside[piece]
        if b >= BEGINS and b >= i:
            cues.append([word])
            last = piece
        elif cues and i >= GOES_ON and piece - last <= NEAR:
            cues[-1].append(word)
            last = piece
        elif b + i >= JOINT and not (cues and piece - last <= ADJACENT):
            cues.append([word])
            last = piece
    return cues


@torch.no_grad()
def add_attitudes(model, passages, size=16):
    """Adds them to the passages, and returns how many they are."""
    model.eval()
    count = 0
    for start in range(0, len(passages), size):
        batch = passages[start : start + size]
        last, _ = batches.encode(model, batch)
        for passage, rows in zip(batch, model.cue(last).float().softmax(-1).cpu()):
            window = passage.window
            annotated = {word for word, piece in window.first.items() if passage.cue[piece] > 0}
            cues = cues_of(rows[:, 1].tolist(), rows[:, 2].tolist(), window)
            new = [speech_item(window, cue, speech=False) for cue in cues if not annotated & set(cue)]
            passage.attributions += new
            count += len(new)
    return count
