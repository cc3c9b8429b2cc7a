"""Reads the annotated texts: two corpora, neither of which is part of the project, and the entries that we made up.

PolNeAR (Newell, Margolin and Ruths 2018) is brat standoff: `polnear/PART/text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`,
with offsets in code points. The events are JSON Lines: `events/PART.texts.jsonl` and `events/PART.gold.jsonl`, which name their
evidence by its words. `entries/` has the like of these in one file each, without statements.
"""

import collections
import dataclasses
import json
import pathlib
import re
import unicodedata

ENTRIES = pathlib.Path(__file__).parent / "entries"


@dataclasses.dataclass
class Relation:
    """Somebody says something: spans (start, end) of the words for each part."""

    cue: list
    source: list
    content: list


@dataclasses.dataclass
class Article:
    id: str
    text: str
    published: str | None = None
    relations: list = dataclasses.field(default_factory=list)
    meetings: list = dataclasses.field(default_factory=list)
    statements: list = dataclasses.field(default_factory=list)


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def standoff(path):
    """The relations of one brat file that have a content. Spans and relations only; whatever else it holds is passed over."""
    spans, relations = {}, []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key):
            offsets = rest.split("\t")[0].split(" ", 1)[1]
            spans[key] = [tuple(map(int, part.split())) for part in offsets.split(";")]
        elif re.fullmatch(r"E\d+", key):
            parts = collections.defaultdict(list)
            for item in rest.split():
                role, _, target = item.partition(":")
                parts[re.sub(r"\d+$", "", role)] += spans.get(target, [])
            if parts["Content"]:
                relations.append(Relation(parts["Cue"], parts["Source"], parts["Content"]))
    return relations


def polnear(corpora, part):
    """The articles of a part in the order of their names; of several annotators the first."""
    articles = []
    folder = corpora / "polnear" / part
    annotations = collections.defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations[path.stem.rpartition("_")[0]].append(path)
    for path in sorted((folder / "text").glob("*.txt")):
        if annotations[path.stem]:
            with open(path, encoding="utf-8", newline="") as file:
                articles.append(Article(path.stem, file.read(), relations=standoff(annotations[path.stem][0])))
    return articles


def composed(value):
    """Strings within a JSON value in NFC, as the product composes its texts."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    return {key: composed(item) for key, item in value.items()} if isinstance(value, dict) else value


def events(corpora, part):
    """The entries of a part, in the order of their annotations."""
    texts = {item["id"]: item for item in json_lines(corpora / "events" / f"{part}.texts.jsonl")}
    articles = []
    for gold in composed(json_lines(corpora / "events" / f"{part}.gold.jsonl")):
        item = composed(texts[gold["id"]])
        articles.append(Article(gold["id"], item["text"], item["published"], meetings=gold["meetings"], statements=gold["statements"]))
    return articles


def made_up():
    """Our own entries. Nothing is said of their statements."""
    found = [composed(item) for path in sorted(ENTRIES.glob("*.jsonl")) for item in json_lines(path)]
    return [Article(item["id"], item["text"], item["published"], meetings=item["meetings"]) for item in found]
