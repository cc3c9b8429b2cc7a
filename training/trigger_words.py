"""Which word of a meeting's evidence tells of it: the annotators marked clauses, the network tags words."""

import re


def pattern(words):
    return re.compile(f"({'|'.join(words.split())})", re.IGNORECASE)


STRONG = pattern(r"""
    meet meets met meeting meetings talk talks talking visit visits visited visiting summit summits call calls called phoned
    negotiat\w+ session sessions conference dialogue state-visit""")
WEAK = pattern(r"""
    arriv\w+ travel\w* trips? journey tour discuss\w* conversation telephon\w* phon\w+ invit\w+ host\w* attend\w* receiv\w+ summon\w*
    delegation speak\w* spoke audience gather\w* forum assembly consult\w+ mediat\w+ conven\w+ flies flew welcom\w+ confer\w* dinner lunch
    round guests greet\w* sign\w* lands? landed go goes went begins? leads? leading address\w*""")
# Where no meeting was annotated at these, the network is told that they are none.
TEMPTING = pattern(r"""
    meet meets met meeting meetings talks visit visits visited visiting summit summits negotiat\w+ session sessions conference dialogue
    arriv\w+ trips? telephon\w+ invit\w+ phoned hosts? hosted attend\w* conversation""")
DEMAND = {"for", "on", "upon"}
ENDING = re.compile(r".*(s|ed|ing)")


def demands(words, index):
    """"calls for", "call on"."""
    return words[index].lower() in {"call", "calls", "called"} and index + 1 < len(words) and words[index + 1].lower() in DEMAND


def trigger_of(words, evidence, taken, rules):
    """
    The index of the trigger among `evidence`, indexes into `words`: that of the rules, else a word for a meeting, else one that often goes with it, else
    what looks like a verb, else the middle one. Those that tell of another meeting already come last.
    """
    free = [index for index in evidence if index in rules and index not in taken]
    if free:
        return free[0]
    for likely in (STRONG, WEAK):
        found = [index for index in evidence if likely.fullmatch(words[index]) and not demands(words, index)]
        free = [index for index in found if index not in taken] or found
        if free:
            return free[0]
    verbs = [index for index in evidence if len(words[index]) > 3 and words[index].islower() and ENDING.fullmatch(words[index])]
    return verbs[0] if verbs else evidence[len(evidence) // 2]
