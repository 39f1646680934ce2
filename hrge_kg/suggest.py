"""Offers the nearest known name where one is unknown, or none.

A wrong offer may be taken, and turn what was meant into its opposite. So a name is offered only for
what is clearly a slip: every word of it is one of the name's words, in another form or with a
typing error. What denies, or turns a word round, is no slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_NEGATING = frozenset(
    {"no", "not", "non", "un", "anti", "ex", "never", "none", "nobody", "without"}
)
_ENDINGS = ("ies", "ied", "ing", "es", "ed", "ly", "s", "d", "e", "y")
_AGENT = ("er", "ers", "or", "ors")
_PATIENT = ("ed", "ee", "ees")
_NEAR = 0.6
"""The share of letters of both names that stand in words which they have in common."""


def plain_key(name: str) -> str:
    """A name as it is compared: small letters, hyphens for spaces, no apostrophes.

    >>> plain_key("Don’t know")
    'dont-know'
    """
    return re.sub(r"[\s_-]+", "-", name.strip().lower()).replace("'", "").replace("’", "")


def did_you_mean(name: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """A sentence that offers the nearest known name; the empty string where none is near.

    `labels` has further names of what is known, each with the name that is offered.

    >>> did_you_mean("shelterr", ["shelter", "testing"])
    ' Did you mean “shelter”?'
    >>> did_you_mean("unlocked", ["locked"]), did_you_mean("never", ["ever"])
    ('', '')
    """
    close = nearest(name, known, labels)
    return f" Did you mean “{close}”?" if close else ""


def nearest(name: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str | None:
    """The known name that is surely meant; None where none is, or two are as near.

    >>> nearest("what happenz", ["practice"], {"what happens": "practice"})
    'practice'
    """
    scores = _scores(name, dict(labels or {}) | {one: one for one in known})
    best = max(scores.values(), default=0.0)
    closest = [offer for offer, score in scores.items() if score == best]
    return closest[0] if best >= _NEAR and len(closest) == 1 else None


def near_names(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names that may be meant, at most so many, the nearest first.

    >>> near_names("children", ["child", "childern", "church"])
    ['childern', 'child']
    """
    scores = _scores(name, {one: one for one in known})
    near = [offer for offer, score in scores.items() if score >= _NEAR]
    return sorted(near, key=lambda offer: (-scores[offer], offer))[:most]


def _scores(name: str, offered: Mapping[str, str]) -> dict[str, float]:
    """How near each offer is, by the nearest of its names."""
    scores: dict[str, float] = {}
    for candidate, offer in offered.items():
        scores[offer] = max(scores.get(offer, 0.0), _nearness(name, candidate))
    return scores


def _nearness(name: str, candidate: str) -> float:
    """From 0 to 1: how much of both names stands in words that they have in common."""
    written, known = _words(name), _words(candidate)
    if _NEGATING & set(written) != _NEGATING & set(known):
        return 0.0
    if "".join(written) == "".join(known):
        return 1.0
    left = list(known)
    shared = 0
    for word in written:
        same = next((other for other in left if is_slip(word, other)), None)
        if same is None:
            return 0.0
        left.remove(same)
        shared += len(word) + len(same) - _distance(word, same)
    return shared / max(1, len("".join(written)) + len("".join(known)))


def _words(name: str) -> list[str]:
    """The words of a name: between hyphens, or between the capitals of a term.

    >>> _words("turnedAway"), _words("hrge:turned away")
    (['turned', 'away'], ['hrge', 'turned', 'away'])
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
    return [word for word in re.split(r"[-:.@/]", plain_key(apart)) if word]


def is_slip(written: str, known: str) -> bool:
    """Whether a word is another one in another form, or with a typing error.

    >>> is_slip("children", "childern"), is_slip("trafficker", "trafficked")
    (True, False)
    """
    if written == known:
        return True
    if written[:1] != known[:1] or _turned_round(written, known):
        return False
    if len(_stem(known)) > 3 and _stem(written) == _stem(known):
        return True
    short, long = sorted((written, known), key=len)
    if len(short) > 4 and len(long) < len(short) + 4 and long.startswith(short):
        return True
    allowed = 0 if len(long) < 4 else 1 if len(long) < 9 else 2
    return _distance(written, known) <= allowed


def _turned_round(one: str, other: str) -> bool:
    """Whether one word is the other with a beginning of its own, or doer and done to.

    A first letter that is written twice is a typing error.
    """
    short, long = sorted((one, other), key=len)
    if long.endswith(short) and long != short and long != short[0] + short:
        return True
    if long.endswith("less") != short.endswith("less"):
        return True
    return any(
        first.endswith(_AGENT) and second.endswith(_PATIENT)
        for first, second in ((one, other), (other, one))
    )


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word.removesuffix(ending)
    return word


def _distance(one: str, other: str) -> int:
    """How many letters are added, left out, changed, or swapped with the next."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
