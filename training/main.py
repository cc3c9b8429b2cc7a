#!/usr/bin/env python3
"""Trains the reader: from the weights of MiniLM, or from a checkpoint, to the files that the product runs.

usage: python training/main.py --corpora DIR --out DIR [--start CHECKPOINT.pt] [...]

DIR of the corpora holds `polnear` and `events`, as `corpora.py` says. Into OUT go `inputs/` (made by the product's code and kept:
remove them when that code has changed), a checkpoint of each stage in half precision, and `models/`.
"""

import argparse
import copy
import json
import pathlib
import shutil
import subprocess
import sys

import torch

import corpora
import measure
import start
import train
from attitudes import add_attitudes
from events import events_passages
from items import polnear_passages
from windows import Window

FOLDER = pathlib.Path(__file__).parent
MODELS = FOLDER.parent / "models"
ANNOTATED = 2  # times that an entry of the corpus is seen while one that we made up is seen once


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--start", type=pathlib.Path, help="a checkpoint, of attributions or of the whole reader: the stage of meetings alone")
    parser.add_argument("--first-steps", type=int, default=1400, help="steps of the stage of attributions (four epochs)")
    parser.add_argument("--steps", type=int, default=1600, help="steps of the stage of meetings")
    parser.add_argument("--branches", type=int, default=2, help="of the stage of meetings, whose mean is taken")
    parser.add_argument("--rate", type=float, default=3e-4, help="of learning in the stage of meetings, of the layers that begin as copies")
    parser.add_argument("--polnear-batch", type=int, default=12, help="windows a step")
    parser.add_argument("--events-batch", type=int, default=8, help="windows a step")
    parser.add_argument("--every", type=int, default=500, help="steps between two measurements, each with a checkpoint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="of torch on the processor")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--models", type=pathlib.Path, default=MODELS, help="the reader that makes the candidates of meetings")
    parser.add_argument("--node", default="node", help="the command of Node 24")
    return parser.parse_args()


def inputs_of(name, articles, chosen, candidates):
    """The inputs of some articles by their id, from the file where they were made before."""
    folder = chosen.out / "inputs"
    folder.mkdir(exist_ok=True)
    texts, made = folder / f"{name}.texts.jsonl", folder / f"{name}.jsonl"
    if not made.exists():
        with open(texts, "w", encoding="utf-8") as file:
            for article in articles:
                dated = {} if article.published is None else {"published": article.published}
                file.write(json.dumps({"id": article.id, "text": article.text, **dated}) + "\n")
        command = [chosen.node, FOLDER / "inputs.ts", texts, start.minilm("vocab.txt"), "--models", chosen.models]
        command += ["--candidates"] if candidates else []
        partial = made.with_suffix(".partial")
        with open(partial, "wb") as file:
            subprocess.run(command, stdout=file, check=True)
        partial.rename(made)
    found = {}
    for item in corpora.json_lines(made):
        item["windows"] = [Window(**window) for window in item["windows"]]
        found[item["id"]] = item
    return found


def of_meetings(name, entries, chosen):
    return list(events_passages(entries, inputs_of(name, entries, chosen, candidates=True)))


def passages(chosen, part):
    """All windows of both corpora's parts with their labels."""
    attributions, entries = corpora.polnear(chosen.corpora, part), corpora.events(chosen.corpora, part)
    polnear = list(polnear_passages(attributions, inputs_of(f"polnear.{part}", attributions, chosen, candidates=False)))
    events = of_meetings(f"events.{part}", entries, chosen)
    triggers = [item for passage in events for item in passage.triggers]
    relations = sum(len(passage.attributions) for passage in polnear)
    told = sum(item.gold is not None for item in triggers)
    print(f"{part}: {len(polnear)} windows with {relations} relations", end="; ")
    print(f"{len(events)} with {len(triggers)} triggers, {told} of meetings", flush=True)
    return polnear, events


def export(checkpoint, target, models):
    """With the settings of the reader there is: they still name its version and its thresholds."""
    subprocess.run([sys.executable, FOLDER / "export.py", checkpoint, start.minilm("vocab.txt"), target], check=True)
    shutil.copy(models / "reader.json", target / "reader.json")


def branch(model, events, made_up, chosen, report_as):
    """Several times from the same beginning: the mean of their weights is surer than each."""
    print(f"attitudes of the start: {add_attitudes(model, events)}", flush=True)
    branches = []
    for number in range(1, chosen.branches + 1):
        own = train.meetings(copy.deepcopy(model), events * ANNOTATED + made_up, chosen, chosen.seed + number, report_as(f"meetings-{number}"))
        branches.append(own.state_dict())
    model.load_state_dict({name: torch.stack([weights[name] for weights in branches]).mean(0) for name in branches[0]})
    report_as("meetings")(model.eval(), "mean")
    return model


def main():
    chosen = options()
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(chosen.threads)
    polnear, events = passages(chosen, "train")
    held_out = passages(chosen, "dev")
    made_up = of_meetings("made-up", corpora.made_up(), chosen)
    print(f"made up: {sum(item.gold is not None for passage in made_up for item in passage.triggers)} meetings", flush=True)

    def report_as(stage):
        def report(model, step):
            start.save(model, chosen.out / f"{stage}.{step}.pt")
            print(f"{stage} {step}, development: {measure.figures(model, *held_out)}", flush=True)

        return report

    if chosen.start is None:
        model = start.from_minilm().to(chosen.device)
        model = start.begin_meetings(train.attributions(model, polnear, chosen, report_as("attributions")))
        start.save(model, chosen.out / "attributions.pt")
    else:
        model = start.from_checkpoint(chosen.start).to(chosen.device)
    model = branch(model, events, made_up, chosen, report_as)
    start.save(model, chosen.out / "reader.pt")
    export(chosen.out / "reader.pt", chosen.out / "models", chosen.models)


if __name__ == "__main__":
    main()
