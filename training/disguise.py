"""The same passages under other names, so that what is learned of a few entries is how they are told, not who met whom."""

import collections
import dataclasses

from model import MENTION_KINDS, MENTION_TYPES

KINDS = ("person", "state")
SHARE = 0.7  # of the different words of names that become others
MASKED = 0.15  # of all pieces
MASK = 103  # [MASK] in the vocabulary of BERT
SPECIAL = 999  # pieces up to here are no words


def kind_of(candidate):
    kind, type_ = MENTION_KINDS[candidate.code // len(MENTION_TYPES)], MENTION_TYPES[candidate.code % len(MENTION_TYPES)]
    return kind if kind in KINDS and type_ == "name" else None


def words_of(passage):
    """Of each word of a name: what it may be replaced by the like of, and its pieces. The last word of a person is mostly the family name."""
    window = passage.window
    for candidate in passage.names:
        kind = kind_of(candidate)
        if kind is None:
            continue
        pieces = collections.defaultdict(list)
        for piece in candidate.pieces:
            pieces[window.word[piece]].append(piece)
        for word, own in pieces.items():
            yield (kind, word == candidate.words[-1], len(own)), own


class Disguise:
    """Names of all passages, by what they can stand for: words of as many pieces in the same place of a name of the same kind."""

    def __init__(self, passages, rng):
        self.rng = rng
        known = collections.defaultdict(set)
        for passage in passages:
            for like, pieces in words_of(passage):
                known[like].add(tuple(passage.window.ids[piece] for piece in pieces))
        self.known = {like: sorted(words) for like, words in known.items()}

    def put_on(self, passage):
        """A passage with some names replaced, the same word by the same everywhere, and some pieces masked."""
        ids, other = list(passage.window.ids), {}
        for like, pieces in words_of(passage):
            word = tuple(passage.window.ids[piece] for piece in pieces)
            if word not in other:
                other[word] = self.rng.choice(self.known[like]) if self.rng.random() < SHARE else word
            for piece, id_ in zip(pieces, other[word]):
                ids[piece] = id_
        ids = [MASK if id_ > SPECIAL and self.rng.random() < MASKED else id_ for id_ in ids]
        return dataclasses.replace(passage, window=dataclasses.replace(passage.window, ids=ids))
