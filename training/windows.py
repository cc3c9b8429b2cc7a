"""What the encoder takes, as `inputs.ts` makes it, and the way from a text's words to pieces and back."""

import dataclasses

UNLABELLED = -100  # torch's own number for what no loss counts
FARTHEST = 64


@dataclasses.dataclass
class Window:
    ids: list
    features: list
    words: list  # (start, end) in code points
    word: list  # of each piece the index of its word, or -1
    chunk: list  # of each piece its paragraph, or -1

    def __post_init__(self):
        self.first = {}  # of each word its first piece, which alone carries labels
        for piece, word in enumerate(self.word):
            if word >= 0:
                self.first.setdefault(word, piece)

    def holds(self, offset):
        return self.words[0][0] <= offset < self.words[-1][1]

    def words_in(self, start, end):
        return [index for index, (s, e) in enumerate(self.words) if s < end and e > start]

    def words_of(self, spans):
        return sorted({index for start, end in spans for index in self.words_in(start, end)})

    def pieces_of(self, words):
        wanted = set(words)
        return [piece for piece, word in enumerate(self.word) if word in wanted]

    def around(self, piece, reach):
        """The pieces of the paragraph at most `reach` from this one: (low, high), the latter exclusive."""
        low = high = piece
        while low > 0 and self.chunk[low - 1] == self.chunk[piece] and piece - low < reach:
            low -= 1
        while high + 1 < len(self.chunk) and self.chunk[high + 1] == self.chunk[piece] and high - piece < reach:
            high += 1
        return low, high + 1

    def marks(self, words, low, high):
        return [int(word in words) for word in self.word[low:high]]

    def labels(self, label_of, low=0, high=None):
        """`label_of` asked for each word at its first piece."""
        high = len(self.word) if high is None else high
        return [label_of(word) if self.first.get(word) == piece else UNLABELLED
                for piece, word in zip(range(low, high), self.word[low:high])]


def distances(piece, low, high):
    """From each piece to this one, as rows of an embedding."""
    return [max(-FARTHEST, min(FARTHEST, k - piece)) + FARTHEST for k in range(low, high)]
