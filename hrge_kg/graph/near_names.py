"""Finds the names that are nearest to one that is unknown, so that a message can offer them.

Near is what shares words with it, spelt so or with a slip; rare words weigh more. A document or
anything else is not near because of one word that many titles have.
"""

from __future__ import annotations

import math
from collections import defaultdict

from ..labels import natural_key
from ..namespaces import PREFIXES
from ..suggest import is_slip
from .names import IGNORED, Named, Names, normalise_name

# Things of a higher rank than this (shapes, readings, terms) are offered only if nothing else has a
# similar name. (queries/lookup/names.rq has the ranks)
_LAST_OFFERED_RANK = 12
_SLIP = 0.9  # what a word with a slip counts, against one that is spelt alike
_SAME_ARTICLE = 0.5  # what another number of the same article counts
_RARE = 6  # a word in so many names tells what is meant, whatever else was written


def nearest(names: Names, name: str, most: int) -> list[Named]:
    """The things whose names are most like this name, best first."""
    prefix, _, rest = name.partition(":")
    wanted = set(normalise_name(rest if prefix in PREFIXES else name).split()) - IGNORED
    by_name: dict[str, list[Named]] = defaultdict(list)  # a norm, not its check, has their name
    for thing in names.things:
        for known in thing.plain:
            if not by_name[known] or by_name[known][0].rank == thing.rank:
                by_name[known].append(thing)
    by_word: dict[str, list[str]] = defaultdict(list)
    for known in by_name:
        for word in set(known.split()):
            by_word[word].append(known)
    scores: dict[str, float] = defaultdict(float)
    shared: dict[str, set[str]] = defaultdict(set)
    for word in wanted:
        for same, share in _alike(word, by_word).items():
            weight = share * math.log(1 + len(by_name) / len(by_word[same]))
            for known in by_word[same]:
                scores[known] += weight
                shared[known].add(same)
    rare = {word for word, found in by_word.items() if len(found) <= _RARE}
    near = [known for known in shared if _means_something(shared[known], wanted, rare, names)]
    # A name that differs by slips only is meant; no other is offered beside it.
    slips = [
        known for known in near if _differs_by_slips(set(known.split()), wanted, shared[known])
    ]
    found = sorted(slips or near, key=lambda known: _order(scores[known], known, by_name[known][0]))
    things = list({thing.iri: thing for known in found for thing in by_name[known]}.values())
    main = [thing for thing in things if thing.rank <= _LAST_OFFERED_RANK] or things
    return main[:most]


def _order(score: float, known: str, thing: Named) -> tuple[object, ...]:
    """By what is shared; then the shorter name, the kind, and the key with numbers as numbers."""
    return -round(score, 6), len(known.split()), thing.rank, natural_key(known), thing.iri


def _alike(word: str, known: dict[str, list[str]]) -> dict[str, float]:
    """The known words that a word may be, with how much each counts.

    Of a number, those that count the same article or a part of it.
    """
    if word in known:
        return {word: 1.0}
    if word[0].isdigit():
        first = word.split(".")[0]
        return {other: _SAME_ARTICLE for other in known if other.split(".")[0] == first}
    return {other: _SLIP for other in known if not other[0].isdigit() and is_slip(word, other)}


def _differs_by_slips(known: set[str], wanted: set[str], shared: set[str]) -> bool:
    """Whether every word of both names is in the other, but for slips; numbers have none."""
    numbers = {word for word in known | wanted if word[0].isdigit()}
    return known - IGNORED == shared and len(shared) == len(wanted) and numbers <= known & wanted


def _means_something(shared: set[str], wanted: set[str], rare: set[str], names: Names) -> bool:
    """Whether the words that a name shares with the wanted one say that it may be meant.

    They must be half of what was written, or a rare word. Words that many titles have must be two
    thirds; one of them is something only if nothing else was written.
    """
    words = {word for word in shared if not word[0].isdigit()}
    if not words or (names.too_general(words) and len(wanted) > len(shared)):
        return False
    if words <= names.generic:
        return 3 * len(shared) >= 2 * len(wanted)
    return 2 * len(shared) >= len(wanted) or bool(words & wanted & rare)
