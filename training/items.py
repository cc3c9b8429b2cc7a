"""What is learned from: windows with the labels of their words, and one item for each cue and each trigger."""

import dataclasses

from model import MENTION_FLAGS, MENTION_KINDS, MENTION_TYPES, RULE_ROLES, STATUSES
from windows import Window, distances

CUE_REACH, TRIGGER_REACH = 100, 120  # pieces
OTHER, SOURCE, CONTENT = range(3)
BEGIN, INSIDE = 1, 2


@dataclasses.dataclass
class Attribution:
    """The pieces low to high of a window around a cue, each with the label of its word. `speech` is None where nobody said."""

    low: int
    high: int
    mark: list
    distance: list
    labels: list
    speech: bool | None


@dataclasses.dataclass
class Candidate:
    """A mention, or words for a time, in one window. `entity` is None of a time, which may mean one of `days`."""

    words: list
    pieces: list
    code: int
    flags: int
    start: int
    end: int
    told: int = 0
    entity: str | None = None
    place: str | None = None
    days: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Told:
    """What is to be said of a trigger that tells of a meeting."""

    status: int
    kind: int
    participants: list  # of each entity: indexes of its candidates, and whether it takes part
    places: list | None  # candidates that name the place; none for no place told; None for no label
    times: list  # candidates that tell the day, or PUBLICATION or UNDATED; none for no label


PUBLICATION, UNDATED = -1, -2


@dataclasses.dataclass
class Trigger:
    low: int
    high: int
    mark: list
    distance: list
    kinds: list
    flags: list
    told: list
    candidates: list
    gold: Told | None = None  # None of a word that tells of no meeting

    def pools(self):
        """Of each candidate its pieces, counted from `low`."""
        return [[piece - self.low for piece in candidate.pieces] for candidate in self.candidates]

    def spatial_and_temporal(self):
        """Indexes of the mentions and of the times among the candidates."""
        spatial = [index for index, candidate in enumerate(self.candidates) if candidate.entity is not None]
        temporal = [index for index, candidate in enumerate(self.candidates) if candidate.entity is None]
        return spatial, temporal


@dataclasses.dataclass
class Passage:
    """A window with everything asked of it. `names` are its candidates, where the corpus has any."""

    window: Window
    cue: list
    attributions: list
    names: list = dataclasses.field(default_factory=list)
    trigger: list = dataclasses.field(default_factory=list)
    triggers: list = dataclasses.field(default_factory=list)


def speech_item(window, cue, speech=None):
    """The item of a cue of which no more is known than whether somebody says something."""
    piece = window.first[cue[0]]
    low, high = window.around(piece, CUE_REACH)
    return Attribution(low, high, window.marks(set(cue), low, high), distances(piece, low, high), [], speech)


def attribution(window, cue, source, content):
    """The item of a cue; source and content are sets of words."""
    item = speech_item(window, cue)
    item.labels = window.labels(lambda word: SOURCE if word in source else CONTENT if word in content else OTHER, item.low, item.high)
    return item


def cue_labels(label_of):
    """Labels of words by a dictionary that names only the words of cues."""
    return lambda word: label_of.get(word, OTHER)


def polnear_passages(articles, inputs):
    """The windows of PolNeAR. A relation belongs to the window its cue begins in, with what lies there of it."""
    for article in articles:
        for window in inputs[article.id]["windows"]:
            labels, found = {}, []
            for relation in article.relations:
                if not relation.cue or not window.holds(min(start for start, _ in relation.cue)):
                    continue
                cue = window.words_of(relation.cue)
                if not cue:
                    continue
                for position, word in enumerate(cue):
                    labels.setdefault(word, INSIDE if position else BEGIN)
                source, content = (set(window.words_of(spans)) for spans in (relation.source, relation.content))
                found.append(attribution(window, cue, source, content))
            yield Passage(window, window.labels(cue_labels(labels)), found)


def candidates_of(found, window):
    """The candidates with words in a window: mentions first, as the product orders them."""
    candidates = []
    for item in [*found["mentions"], *found["times"]]:
        words = window.words_in(item["start"], item["end"])
        if words:
            type_ = "none" if item["kind"] == "time" else item["type"]
            code = MENTION_KINDS.index(item["kind"]) * len(MENTION_TYPES) + MENTION_TYPES.index(type_)
            flags = sum(2**bit for bit, name in enumerate(MENTION_FLAGS) if item[name])
            entity, place, days = item.get("entity"), item.get("place"), item.get("days", [])
            candidates.append(Candidate(words, window.pieces_of(words), code, flags, item["start"], item["end"], 0, entity, place, days))
    return candidates


def types_of_pieces(candidates, length):
    """Code and flags of the shortest candidate that each piece belongs to."""
    codes, flags, shortest = [0] * length, [0] * length, [length + 1] * length
    for candidate in candidates:
        for piece in candidate.pieces:
            if len(candidate.pieces) < shortest[piece]:
                shortest[piece], codes[piece], flags[piece] = len(candidate.pieces), candidate.code, candidate.flags
    return codes, flags


def untold(passage):
    """The same without the meetings that the rules read."""

    def strip(item):
        candidates = [dataclasses.replace(candidate, told=0) for candidate in item.candidates]
        return dataclasses.replace(item, told=[0] * len(item.told), candidates=candidates)

    return dataclasses.replace(passage, triggers=[strip(item) for item in passage.triggers])


def rules_of(found, window):
    """The meetings that the rules read in a window, by the word of their trigger."""
    words = ((window.words_in(rule["trigger"]["start"], rule["trigger"]["end"]), rule) for rule in found["rules"])
    return {trigger[0]: rule for trigger, rule in words if trigger}


def role_told(candidate, rule, others):
    """What the rules take a candidate for, as a set of bits."""

    def is_among(spans):
        return any((span["start"], span["end"]) == (candidate.start, candidate.end) for span in spans)

    def touches(spans):
        return any(span["start"] < candidate.end and span["end"] > candidate.start for span in spans)

    own = rule or {"participants": [], "place": [], "date": []}
    if candidate.entity is None:
        found = {"time": touches(own["date"])}
    else:
        other = any(is_among(each["participants"]) for each in others)
        found = {"participant": is_among(own["participants"]), "other": other, "place": is_among(own["place"])}
    return sum(2**bit for bit, name in enumerate(RULE_ROLES) if found.get(name))


def trigger_item(window, word, candidates, rules):
    piece = window.first[word]
    low, high = window.around(piece, TRIGGER_REACH)
    codes, flags = types_of_pieces(candidates, len(window.ids))
    others = [rule for at, rule in rules.items() if at != word]
    inside = [
        dataclasses.replace(candidate, told=role_told(candidate, rules.get(word), others))
        for candidate in candidates
        if candidate.pieces[0] >= low and candidate.pieces[-1] < high
    ]
    # Rows of the table: no trigger of the rules, this one by its status, another one by its.
    statuses = {at: 1 + STATUSES.index(rule["status"]) + (0 if at == word else len(STATUSES)) for at, rule in rules.items()}
    told = [statuses.get(at, 0) for at in window.word[low:high]]
    return Trigger(low, high, window.marks({word}, low, high), distances(piece, low, high), codes[low:high], flags[low:high], told, inside)
