"""The two stages of training: attributions, then meetings by the encoder of attributions."""

import collections
import random
import time

import torch
from torch.optim.swa_utils import AveragedModel

import batches
import losses
from disguise import Disguise
from items import untold

WARM_UP = 50  # steps
LAST_SHARE = 0.01  # of the rate of learning that is left at the end
UNTOLD = 0.15  # of the events are learned without what the rules read: they miss much
AVERAGE = 0.998  # how much of the averaged weights stays at each step
REPORT = 50  # steps
ATTRIBUTION_HEADS = {"feat", "mark", "rel", "cue", "role"}
HEADS = {"mode", "trigger", "tmark", "kinds", "flags", "told", "roles_told", "status", "kind", "valid", "when", "nowhere", "join", "cand"}
MEETINGS = HEADS | {"meet", "trel"}


def shuffled(items, rng):
    """Endless: all in a new order, and again."""
    while True:
        yield from rng.sample(items, len(items))


def attributions(model, passages, options, report):
    """From MiniLM to a model of attributions: PolNeAR alone."""
    deck = shuffled(passages, random.Random(options.seed))
    model.emb.word_embeddings.requires_grad_(False)  # the corpus holds few of them

    def of_polnear():
        batch = [next(deck) for _ in range(options.polnear_batch)]
        found = losses.attributions(model, *batches.encode(model, batch), batch)
        return found, losses.ATTRIBUTIONS

    return fit(model, of_polnear, options.first_steps, (1.6e-4, 8e-4, ATTRIBUTION_HEADS), options.every, report)


def meetings(model, events, options, seed, report):
    """From a model of attributions to one of both. What it knows stays as it is, weight by weight, and so does what it reads."""
    weights = losses.status_weights(events)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    disguise = Disguise(events, rng)
    deck = shuffled(events, rng)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.split(".")[0] in MEETINGS)

    def of_events():
        batch = [next(deck) for _ in range(options.events_batch)]
        batch = [disguise.put_on(untold(passage) if rng.random() < UNTOLD else passage) for passage in batch]
        last, states = batches.encode(model, batch)
        found = losses.triggers(model, last, states, batch) | losses.speech(model, states, batch)
        return found | losses.meetings(model, states, batch, weights), losses.MEETINGS

    return fit(model, of_events, options.steps, (options.rate, 8e-4, HEADS), options.every, report)


def optimiser(model, rates, steps):
    """New heads learn faster than what has learned already."""
    rate, head_rate, heads = rates
    groups = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups[name.split(".")[0] in heads].append(parameter)
    adam = torch.optim.AdamW([{"params": groups[False], "lr": rate}, {"params": groups[True], "lr": head_rate}], weight_decay=0.01)

    def share(step):
        return min((step + 1) / WARM_UP, 1) * max(LAST_SHARE, 1 - step / steps)

    return adam, torch.optim.lr_scheduler.LambdaLR(adam, share)


def ramped(averaged, current, count):
    """An exponential average that forgets the first steps sooner."""
    return averaged.lerp(current, 1 - min(AVERAGE, (1 + int(count)) / (10 + int(count))))


def fit(model, batch, steps, rates, every, report):
    """
    Learns for some steps and returns the model with averaged weights. `batch` gives the losses of a step and their weights;
    `report` is called with the averaged model and the step every `every` steps and at the end.
    """
    device = model.cue.weight.device
    adam, schedule = optimiser(model, rates, steps)
    average = AveragedModel(model, avg_fn=ramped)
    recent = collections.defaultdict(lambda: collections.deque(maxlen=REPORT))
    start = time.monotonic()
    for step in range(1, steps + 1):
        model.train()
        adam.zero_grad()
        # Half precision pays on a device only; on processors it was twice as slow.
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type != "cpu"):
            found, weights = batch()
            loss = losses.weighed(found, weights)
        loss.backward()
        for key, value in found.items():
            recent[key].append(float(value.detach()))
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        schedule.step()
        average.update_parameters(model)
        if step % REPORT == 0 or step == steps:
            means = " ".join(f"{key} {sum(values) / len(values):.3f}" for key, values in recent.items())
            print(f"{step} of {steps}, {time.monotonic() - start:.0f} s: {means}", flush=True)
        if step % every == 0 or step == steps:
            report(average.module.eval(), step)
    return average.module.eval()
