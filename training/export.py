#!/usr/bin/env python3
"""Turns a checkpoint into the three networks the reader runs.

usage: export.py CHECKPOINT.pt VOCABULARY.txt OUT_DIR [--float]

Writes to OUT_DIR encoder.onnx (ids, features -> cue, trigger, states), roles.onnx (states, mark, distance -> role, mode) and meetings.onnx
(states, mark, distance, kinds, flags, told, pool, candidateKinds, candidateFlags, candidateTold -> event, candidates). Weights are signed 8-bit integers, one scale a column, of 7 bits only (`reduce_range`): on processors without VNNI the sum of two
products of 8 bits would saturate, and they would read other things than processors with it. Activations are quantised while
running, over the whole tensor: one window at a time.

The graphs are optimised here rather than when they are opened. What is left out is the fusion of addition and normalisation, which
is a scalar loop on processors and costs 15 % of the time.
"""

import argparse
import pathlib
import tempfile
import unicodedata
import warnings

import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

import model as network

OPSET = 17
PIECES = 256  # the longest window
SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]


class MergedAttention(nn.Module):
    """The same attention with one product for queries, keys and values, and the scaling of the scores in its weights."""

    def __init__(self, attention):
        super().__init__()
        query, key, value = (attention.self[name] for name in ("query", "key", "value"))
        scale = (network.WIDTH // network.HEADS) ** -0.5
        self.weight = nn.Parameter(torch.cat([query.weight * scale, key.weight, value.weight]))
        self.bias = nn.Parameter(torch.cat([query.bias * scale, key.bias, value.bias]))
        self.output = attention.output

    def forward(self, x, mask=None):
        batch, length, width = x.shape
        merged = nn.functional.linear(x, self.weight, self.bias)
        q, k, v = merged.view(batch, length, 3, network.HEADS, width // network.HEADS).permute(2, 0, 3, 1, 4)
        mixed = ((q @ k.transpose(2, 3)).softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width)
        return self.output["LayerNorm"](x + self.output["dense"](mixed))


class CompactEmbedding(nn.Module):
    """An embedding of 8-bit integers with one scale a row: rare pieces keep their precision beside large ones."""

    def __init__(self, embedding):
        super().__init__()
        scale = embedding.weight.detach().abs().amax(1, keepdim=True) / 127
        self.register_buffer("rows", (embedding.weight.detach() / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        return nn.functional.embedding(ids, self.rows).float() * nn.functional.embedding(ids, self.scale)


def is_kept(piece):
    """Whether English news can need a piece: no placeholders, and no letters of other scripts than the Latin one."""
    if piece.startswith("["):
        return piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    return all(
        ord(letter) < 128 or unicodedata.category(letter)[0] in "PS" or unicodedata.name(letter, "").startswith("LATIN")
        for letter in piece.removeprefix("##")
    )


def prune(model, vocabulary):
    """Takes out of the table of pieces, and of its vocabulary, what is not kept; what is left moves together."""
    kept = [index for index, piece in enumerate(vocabulary) if is_kept(piece)]
    pieces = model.emb.word_embeddings
    pieces.weight = nn.Parameter(pieces.weight[kept].detach().clone())
    return [vocabulary[index] for index in kept]


def prepare(model, compact):
    """Rewrites the model for inference; what it computes stays the same but for the rounding of the embeddings."""
    for layer in [*model.layers, *model.cond, *model.meet]:
        layer.attention = MergedAttention(layer.attention)
    places = model.emb.position_embeddings
    places.weight = nn.Parameter(places.weight[:PIECES].detach().clone())
    if compact:
        model.emb.word_embeddings = CompactEmbedding(model.emb.word_embeddings)
        model.emb.position_embeddings = CompactEmbedding(places)
        for name in ("rel", "trel", "kinds", "flags", "told", "roles_told"):
            setattr(model, name, CompactEmbedding(getattr(model, name)))
    return model


class Encoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, features):
        last, states = self.model.encode(ids, features)
        return self.model.cue(last), self.model.triggers(last, states), states


class Roles(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, states, mark, distance):
        x = self.model.roles(states, mark, distance)
        return self.model.role(x), self.model.speech(x, states, mark)


class Meetings(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, *inputs):
        trigger, candidates = self.model.meeting(*inputs)
        return self.model.event(trigger), candidates


def trace(module, inputs, outputs, path):
    """Writes a graph in full precision whose pieces may be of any number."""
    axes = {name: {1: "candidates"} if name.startswith("candidate") else {1: "pieces"} for name in [*inputs, *outputs] if name not in ("event", "speech")}
    if "pool" in axes:
        axes["pool"] = {1: "candidates", 2: "pieces"}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantise(source, target):
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"MatMulConstBOnly": True},
    )


def optimise(source, target):
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3  # it warns of a graph made for this kind of processor; the operators are in every build
    ort.InferenceSession(str(source), options, disabled_optimizers=SLOW_FUSIONS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("vocabulary", type=pathlib.Path, help="the whole vocabulary of the checkpoint, one piece a line")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--float", action="store_true", help="full precision, to measure what quantising costs")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    model = network.load(arguments.checkpoint)
    vocabulary = prune(model, arguments.vocabulary.read_text(encoding="utf-8").splitlines())
    (arguments.out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in vocabulary), encoding="utf-8")
    model = prepare(model, compact=not arguments.float)

    pieces = torch.zeros(1, 32, dtype=torch.int32)
    crop = {"states": torch.zeros(1, 32, network.WIDTH), "mark": pieces, "distance": pieces}
    mentions = torch.zeros(1, 3, dtype=torch.int32)
    named = {"kinds": pieces, "flags": pieces, "told": pieces, "pool": torch.zeros(1, 3, 32)}
    named |= {"candidateKinds": mentions, "candidateFlags": mentions, "candidateTold": mentions}
    graphs = {
        "encoder": (Encoder(model), {"ids": pieces + 2000, "features": pieces}, ["cue", "trigger", "states"]),
        "roles": (Roles(model), crop, ["role", "speech"]),
        "meetings": (Meetings(model), {**crop, **named}, ["event", "candidates"]),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, (module, inputs, outputs) in graphs.items():
            traced, quantised = (pathlib.Path(folder, f"{name}.{step}.onnx") for step in ("float", "int8"))
            trace(module, inputs, outputs, traced)
            if not arguments.float:
                quantise(traced, quantised)
            target = arguments.out / f"{name}.onnx"
            optimise(traced if arguments.float else quantised, target)
            print(f"{target}  {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
