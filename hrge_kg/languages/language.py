"""A language: what each English text of ours is in it.

A text is looked up as a whole, and if that finds nothing, sentence by sentence, or as a list. One
that changes from page to page has holes: `{number} answers`. A text that the language lacks stays
English, and is marked as that. So nothing of ours is lost, and
nothing is guessed; and a translation of words that we have changed is not shown.

>>> french = Language("fr", {"answers": "réponses", "{number} {words}": "{number} {words}",
...                          "three": "trois"})
>>> french.say("Three answers")
'Trois réponses'
>>> unmarked(french.say("No answer"))
'No answer'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..markup.isolates import english, named, unmarked

_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"
"""Numbers that we write in words. None and one go with another form of what is counted, so a text
with them has an entry of its own."""
HOLES: Mapping[str, str] = {
    "number": rf"(?i:{_NUMBERS})|(?!1\b)\d[\d,.]*",
    "figure": r"\d[\d,.]*",
    "name": ".+?",
    "names": ".+?",
    "quote": "[^“”]+",
    "words": ".+?",
}
"""What may stand in a hole: a number of things; any figure, as of a page; words of a person, and
words of the source, which nobody translates; names of a description, with commas between them; any
words, which are translated."""
_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z0-9])")
_PARTS: Sequence[tuple[str, re.Pattern[str], Callable[[Iterable[object]], bool]]] = (
    (" ", _SENTENCES, any),
    ("; ", re.compile("; "), all),
    (": ", re.compile(": "), all),
    (", ", re.compile(", "), all),
)
"""How a text is taken apart, and how many of its parts a language has to have."""
_HOLE = re.compile(rf"\{{({'|'.join(HOLES)})(\d?)\}}")


def holes(text: str) -> list[str]:
    """The holes of a text, sorted.

    >>> holes("{names}: {number} of {number2}")
    ['names', 'number', 'number2']
    """
    return sorted(kind + number for kind, number in _HOLE.findall(text))


@dataclass(frozen=True)
class _Pattern:
    """A text with holes, and what it is in the language."""

    said: str
    expression: re.Pattern[str]
    longest: str
    """The longest of its fixed parts, in small letters: it is looked for first."""
    may_begin_small: bool
    """Whether it begins with a number, or a small letter."""


@dataclass(frozen=True)
class Language:
    """A language by its tag (BCP 47), with our texts by their English.

    `note` is what every page in it has to say of the translation, in the language and in English;
    it is empty for one that somebody has reviewed.
    """

    tag: str
    texts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    direction: str = "ltr"
    note: tuple[str, ...] = ()

    @property
    def is_english(self) -> bool:
        """Whether nothing is to be translated."""
        return self.tag == "en"

    def say(self, text: str, names: Collection[str] = ()) -> str:
        """A text of ours in this language. `names` stand in the description: they stay."""
        if self.is_english or not any(map(str.isalpha, text)):
            return text
        core = text.strip()
        before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
        return f"{before}{self._found(core, names) or english(unmarked(core))}{after}"

    def say_plain(self, text: str, names: Collection[str] = ()) -> str:
        """The same without marks, for what shows none."""
        return unmarked(self.say(text, names))

    def has(self, text: str) -> bool:
        """Whether this language has a text, as a whole."""
        return self.is_english or text in self.texts or _small(text) in self.texts

    def _found(self, text: str, names: Collection[str]) -> str | None:
        if listed := _listed(text, names):
            return listed
        if found := self.texts.get(text):
            return found
        if found := self.texts.get(_small(text)):
            return _like(text, found)
        small = text.casefold()
        for pattern in self._patterns:
            if pattern.longest in small and (found := self._filled(pattern, text, names)):
                return _like(text, found) if pattern.may_begin_small else found
        return self._in_parts(text, names)

    def _in_parts(self, text: str, names: Collection[str]) -> str | None:
        """A text whose sentences the language has, some or all; or of whose parts it has all."""
        one_sentence = text.endswith(".") and not _SENTENCES.search(text)
        if one_sentence and (whole := self._found(text[:-1], names)):
            return f"{whole}."
        for between, split, enough in _PARTS:
            parts = split.split(text)
            if len(parts) > 1 and all(part.count("“") == part.count("”") for part in parts):
                found = [self._part(part, names) for part in parts]
                if enough(found):
                    said = zip(found, parts, strict=True)
                    glue = self.texts.get(between, between)
                    return glue.join(one or english(part) for one, part in said)
        return None

    def _part(self, text: str, names: Collection[str]) -> str | None:
        return self._found(text, names) if any(map(str.isalpha, text)) else text

    def _filled(self, pattern: _Pattern, text: str, names: Collection[str]) -> str | None:
        match = pattern.expression.fullmatch(text)
        if match is None:
            return None
        filled = {}
        for hole, value in match.groupdict().items():
            kind = hole.rstrip("0123456789")
            if kind == "names":
                listed = _listed(value, names)
                if listed is None:
                    return None
                filled[hole] = listed
            elif kind == "name":
                filled[hole] = named(value)
            elif kind == "quote":
                filled[hole] = english(value)
            elif kind == "number":
                filled[hole] = self.texts.get(value.lower(), value)
            else:
                filled[hole] = self.say(value, names)
        return _HOLE.sub(lambda hole: filled[hole[1] + hole[2]], pattern.said)

    @cached_property
    def _patterns(self) -> tuple[_Pattern, ...]:
        """The texts with holes, those with the most fixed words first."""
        with_holes = [(text, said) for text, said in self.texts.items() if _HOLE.search(text)]
        with_holes.sort(key=lambda pair: (-len(_HOLE.sub("", pair[0])), pair[0]))
        return tuple(_pattern(text, said) for text, said in with_holes)


ENGLISH = Language("en", name="English")


def _pattern(text: str, said: str) -> _Pattern:
    fixed = [part.casefold() for part in _HOLE.sub("\0", text).split("\0")]
    expression = "".join(_expression(text))
    may_begin_small = text.startswith("{number") or text[:1].islower()
    return _Pattern(said, re.compile(expression, re.DOTALL), max(fixed, key=len), may_begin_small)


def _expression(text: str) -> Iterator[str]:
    end = 0
    for hole in _HOLE.finditer(text):
        yield _fixed(text[end : hole.start()], first=not end)
        yield f"(?P<{hole[1]}{hole[2]}>{HOLES[hole[1]]})"
        end = hole.end()
    yield _fixed(text[end:], first=not end)


def _fixed(text: str, *, first: bool) -> str:
    """The expression for a fixed part; the first letter of a text may be small or a capital."""
    if first and text[:1].isalpha():
        return f"(?i:{text[0]}){re.escape(text[1:])}"
    return re.escape(text)


def _listed(text: str, names: Collection[str]) -> str | None:
    """Names with commas or semicolons between them; None where something else is there."""
    if text in names:
        return named(text)
    parts = re.split("([,;] )", text)
    if all(part in names or _small(part) in names for part in parts[::2]):
        return "".join(named(part) if place % 2 == 0 else part for place, part in enumerate(parts))
    return None


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _like(text: str, said: str) -> str:
    """A translation that begins with a capital letter where the English text does."""
    return said[:1].upper() + said[1:] if text[:1].isupper() else said
