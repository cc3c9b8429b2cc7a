"""The windows of the events corpus: its annotations name words and entities, the network is asked for words and candidates."""

import dataclasses
import re

import names
from items import (BEGIN, INSIDE, PUBLICATION, UNDATED, Passage, Told, candidates_of, cue_labels, rules_of, speech_item,
                   trigger_item)
from model import KINDS, STATUSES
from trigger_words import TEMPTING, trigger_of

FAR = 1000  # characters: a cue within its own content is less likely than one this far from it


@dataclasses.dataclass
class Names:
    """Every entity of an article with what it is called: its usual name and those of the text."""

    of: dict

    def __init__(self, article, found):
        self.of = {key: [name] for key, name in found["entities"].items()}
        for mention in found["mentions"]:
            self.of[mention["entity"]].append(article.text[mention["start"] : mention["end"]])

    def called(self, name):
        return {key for key, known in self.of.items() if names.any_same(name, known)}


def events_passages(articles, inputs):
    for article in articles:
        found = inputs[article.id]
        known = Names(article, found)
        for window in found["windows"]:
            passage = Passage(window, [], [], candidates_of(found, window))
            add_meetings(passage, article, passage.names, known, rules_of(found, window))
            add_statements(passage, article)
            yield passage


def add_meetings(passage, article, candidates, known, rules):
    """One trigger a meeting; two meetings of one trigger become one, of which both take part."""
    window = passage.window
    words = [article.text[start:end] for start, end in window.words]
    meetings = {}
    for meeting in article.meetings:
        start = article.text.find(meeting["evidence"])
        if start < 0 or not window.holds(start):
            continue
        word = trigger_of(words, window.words_in(start, start + len(meeting["evidence"])), meetings, rules)
        taking_part = set().union(*(known.called(each["name"]) for each in meeting["participants"]))
        if word in meetings:
            meetings[word][1].update(taking_part)
        else:
            meetings[word] = (meeting, taking_part)
    for word, (meeting, taking_part) in meetings.items():
        item = trigger_item(window, word, candidates, rules)
        item.gold = told_of(meeting, taking_part, item.candidates, article.published, known)
        passage.triggers.append(item)
    tempting = (word for word, text in enumerate(words) if word not in meetings and (word in rules or TEMPTING.fullmatch(text)))
    passage.triggers += [trigger_item(window, word, candidates, rules) for word in tempting]
    passage.trigger = window.labels(lambda word: int(word in meetings))


def told_of(meeting, taking_part, candidates, published, known):
    entities = {}
    for index, candidate in enumerate(candidates):
        if candidate.entity is not None:
            entities.setdefault(candidate.entity, []).append(index)
    place, date = meeting["place"], meeting["date"]
    at = known.called(place) if place else set()
    places = [index for index, candidate in enumerate(candidates) if candidate.entity in at or candidate.place in at] if at else []
    times = [UNDATED] if date is None else [PUBLICATION] if date == published else []
    times += [index for index, candidate in enumerate(candidates) if date is not None and date in candidate.days]
    return Told(
        STATUSES.index(meeting["status"]),
        KINDS.index(meeting["kind"]),
        [(indexes, entity in taking_part) for entity, indexes in entities.items()],
        None if place and not at else places,  # a place that nothing found in the text is called: no label
        times,
    )


def add_statements(passage, article):
    """Cues of what is said; joint speakers of one content and cue share theirs."""
    window, labels = passage.window, {}
    for content, cue in dict.fromkeys((statement["content"], statement["cue"]) for statement in article.statements):
        at = nearest(article.text, content, cue)
        spoken = window.words_in(at, at + len(cue)) if at is not None and window.holds(at) else []
        if not spoken:
            continue
        for position, word in enumerate(spoken):
            labels.setdefault(word, INSIDE if position else BEGIN)
        passage.attributions.append(speech_item(window, spoken, speech=True))
    passage.cue = window.labels(cue_labels(labels))


def nearest(text, content, cue):
    """Where the cue stands nearest to its content, or None where one of them does not stand in the text."""
    starts, cues = ([match.start() for match in re.finditer(re.escape(words), text)] for words in (content, cue))

    def distance(pair):
        start, at = pair
        return abs(start - at) + (FAR if start <= at < start + len(content) else 0)

    return min(((start, at) for start in starts for at in cues), key=distance, default=(None, None))[1]
