"""Whether two names mean the same: annotations name people and states in full, texts do as they please."""

import re
import unicodedata

WORD = re.compile(r"\w+")
ARTICLES = {"the"}


def words_of(name):
    """The words of a name without accents, dots, apostrophes and a leading article, in lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = WORD.findall(re.sub(r"[.'’]", "", plain))
    return words[1:] if words[:1] and words[0] in ARTICLES else words


def same(one, other):
    """Equal, or one is what the other ends with (a family name), or holds all of at least two words of the other."""
    a, b = sorted((words_of(one), words_of(other)), key=len)
    if not a:
        return False
    return a == b[-len(a) :] or (len(a) > 1 and set(a) <= set(b))


def any_same(name, names):
    return any(same(name, other) for other in names)
