"""What every text passes that somebody hands in: characters that do not show, or look like others.

Spreadsheets, word processors and web pages put in no-break spaces, soft hyphens and marks that
nobody sees. In a word of the form they say nothing, and are folded or left out. In a title, the
only free text, they stay where a script needs them. A change is never silent: `changes` has words
for it. What else does not print is refused, and named by its code point.

>>> fold_word("in\\u00a0part").text, fold_word("no\\u200b").changes
('in part', ('U+200B (zero width space) is left out',))
>>> fold_title("“A – B”").text
'“A – B”'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial

_SPACES = frozenset(
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
) | frozenset(map(chr, range(0x2000, 0x200B)))
"""White space other than the space: no-break, narrow and wide spaces, ends of lines."""

_JOINERS = frozenset("\u200c\u200d")
"""Persian, the languages of India and some emoji need them."""
_BREAK = "\u200b"
"""The zero-width space; Khmer, Thai and others show with it where a line may break."""
_MARKS = frozenset("\u200e\u200f\u061c")
"""Marks of direction, which text from right to left needs."""
_UNSEEN = (
    _JOINERS
    | _MARKS
    | frozenset(_BREAK)
    | frozenset("\xad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e")
    | frozenset("\u2060\u3164\ufeff\uffa0")
    | frozenset("\u202a\u202b\u202c\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069")
    | frozenset(map(chr, range(0xFE00, 0xFE10)))
)
"""What nobody sees. Not the two overrides: they show other words than are read."""
_IN_TITLES = frozenset("\u17b4\u17b5\u180b\u180c\u180d\u115f\u1160") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
"""Letters without shape and variants of letters: part of how a word of a script is written."""
_WITHOUT_SPACES = (
    (0x0E00, 0x109F),  # Thai, Lao, Tibetan, Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x1AAF),  # Tai and its neighbours
    (0x3000, 0x9FFF),  # Chinese and Japanese
    (0xA9E0, 0xAADF),
)
"""Blocks of scripts that put no spaces between words."""

_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
_APOSTROPHES = frozenset("\u2018\u201a\u201b\u2019\u2032\u02bc\uff07`\u00b4")
_QUOTES = "“”„‟″«»"


@cache
def not_in_xml() -> re.Pattern[str]:
    """A character that no XML document may hold. (XML 1.0, 2.2: Char)"""
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Folded:
    """A text as it is read: what was changed, in words, and the first character that is refused."""

    text: str
    changes: tuple[str, ...] = ()
    odd: str | None = None


def fold_word(text: str) -> Folded:
    """A key or a word of the form, as it is looked up.

    >>> fold_word("don’t know"), fold_word("“yes”").text
    (Folded(text="don't know", changes=(), odd=None), 'yes')
    """
    folded = _fold(text, _word_letter)
    bare = folded.text.strip()
    if bare.strip(_QUOTES) != bare:
        told = f"quotation marks ({bare[0]}) around a word are left out"
        return Folded(bare.strip(_QUOTES).strip(), (*folded.changes, told), folded.odd)
    return folded


def fold_title(text: str) -> Folded:
    """A title as it is kept: on one line, with single spaces.

    >>> fold_title("ជន\\u200bរង").text == "ជន\\u200bរង", fold_title("a\\u200bb").text
    (True, 'ab')
    """
    letters = set(unicodedata.normalize("NFC", text).strip())
    to_the_left = any(unicodedata.bidirectional(one) in ("R", "AL") for one in letters - _MARKS)
    fold = partial(_title_letter, inside=letters, to_the_left=to_the_left)
    folded = _fold(text, fold)
    return Folded(" ".join(folded.text.split()), folded.changes, folded.odd)


def fold_spaces(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text with spaces for all other white space but tabs and ends of lines.

    And what was changed, each with its line.

    >>> fold_spaces("a:\\u00a0b")
    ('a: b', [(1, 'U+00A0 (no-break space) is read as a space')])
    """
    changes = []
    line, letters = 1, list(text)
    for place, letter in enumerate(text):
        if letter == "\n":
            line += 1
        elif letter in _SPACES and letter not in "\t\r":
            letters[place] = " "
            changes.append((line, f"{named(letter)} is read as a space"))
    return "".join(letters), changes


def named(letter: str) -> str:
    """A character by its code point and its name.

    >>> named("\\u202e"), named("\\x07")
    ('U+202E (right-to-left override)', 'U+0007 (a control character)')
    """
    kinds = {"Cc": "a control character", "Cs": "half a character", "Co": "of private use"}
    kind = kinds.get(unicodedata.category(letter), "assigned to nothing")
    return f"U+{ord(letter):04X} ({_ENDS.get(letter) or unicodedata.name(letter, kind).lower()})"


_ENDS = {"\n": "line break", "\r": "line break", "\t": "tab", "\x85": "line break"}


def _fold(text: str, fold: Callable[[str, int], tuple[str, str]]) -> Folded:
    if text.isascii() and text.isprintable():
        return Folded(text)
    composed = unicodedata.normalize("NFC", text)
    changes: dict[str, None] = {}
    if composed != text:
        changes["accents that stand apart are joined with their letters (NFC)"] = None
    letters: list[str] = []
    odd = None
    for place, letter in enumerate(composed):
        new, told = fold(composed, place)
        letters.append(new)
        if told:
            changes[told] = None
        elif new and not new.isprintable() and letter not in _UNSEEN:
            odd = odd or letter
    # What was left out may have stood between a letter and its accent.
    return Folded(unicodedata.normalize("NFC", "".join(letters)), tuple(changes), odd)


def _word_letter(text: str, place: int) -> tuple[str, str]:
    """What a character of a word is read as, and words for it where it is another."""
    letter = text[place]
    if letter in _UNSEEN:
        return "", f"{named(letter)} is left out"
    if letter in _SPACES:
        return " ", f"{named(letter)} is read as a space"
    if letter in _HYPHENS:
        return "-", f"{named(letter)} is read as a hyphen"
    if letter in _APOSTROPHES:
        return "'", ""  # names are compared without apostrophes
    return letter, ""


def _title_letter(
    text: str, place: int, *, inside: AbstractSet[str], to_the_left: bool
) -> tuple[str, str]:
    """The same for a title, with the characters that stand `inside` it.

    `to_the_left`: some of them are of a script that is written so.
    """
    letter = text[place]
    if letter in _SPACES:
        # At the ends they are no part of the title.
        return " ", f"{named(letter)} is read as a space" if letter in inside else ""
    if letter not in _UNSEEN or _needed(text, place, to_the_left=to_the_left):
        return letter, ""
    return "", f"{named(letter)} is left out"


def _needed(text: str, place: int, *, to_the_left: bool) -> bool:
    """Whether the script of a title needs a character that nobody sees."""
    letter = text[place]
    around = set(text[max(0, place - 1) : place + 2]) - _UNSEEN - _SPACES
    if letter in _IN_TITLES:
        return True
    if letter in _JOINERS:
        return any(ord(one) > 0x058F for one in around)
    if letter == _BREAK:
        return any(first <= ord(one) <= last for one in around for first, last in _WITHOUT_SPACES)
    return letter in _MARKS and to_the_left
