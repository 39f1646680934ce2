"""The JSON Schema of the form (2020-12), which gives editors completion and checks.

It accepts what the reader of forms accepts (readers/nodes.py), as far as a schema can express it.
tests/form/test_json_schema.py lists what a schema cannot express, with the reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..parsing.dates import month_names, spellings
from .content import fact_words
from .slots import SLOTS
from .vocabulary import Aspect, Concept, Dimension, Vocabulary

Schema = dict[str, Any]

_APOSTROPHES = "['’]*"
_SHORT_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
# What a title may not hold, below U+10000: engines agree on no way to write characters beyond. Of
# what nobody sees, some is left out where it is read, and some kept. (parsing/characters.py)
_WHITE = r"\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202c"
    r"\u2060-\u2064\u2066-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
_NOT_PRINTED = (
    r"\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u0600-\u0605\u06dd\u070f"
    r"\u0890\u0891\u08e2\u202d\u202e\u2065\u206a-\u206f\ud800-\uf8ff\ufff9-\ufffb\ufffe\uffff"
)
_LEAP_YEARS = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_MIDNIGHT = "([Tt ]00:00(:00([.]0+)?)?( ?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?)?"
_DAYS = (
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    "(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    "02-(0[1-9]|1[0-9]|2[0-8])",
)


def json_schema(vocabulary: Vocabulary) -> str:
    """The JSON Schema of the form as a text."""
    schema = _Definitions(vocabulary).whole()
    return _laid_out(schema) + "\n"


class _Definitions:
    """Collects under `$defs` what several parts of the form share."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.made: dict[str, Schema] = dict(_VALUES)
        for word, boolean in {"yes": True, "no": False}.items():
            spelled = _string(f" *{_any_case(str(boolean).lower())} *")
            self.made[word] = {
                "anyOf": [{"const": boolean}, *self.spellings("answer", only=(word,)), spelled]
            }
        self.made["number"] = self.number()

    def whole(self) -> Schema:
        """The schema of a whole form."""
        vocabulary = self.vocabulary
        of_programme = [d for d in vocabulary.dimensions.values() if d.of_programme]
        of_groups = [d for d in vocabulary.dimensions.values() if not d.of_programme]
        people = [self.concept(_scheme(d)) for d in of_groups]
        self.made["people"] = {"anyOf": [_ref("short-name"), *people]}
        self.made["answer"] = {
            "anyOf": [_ref("yes"), _ref("no"), *self.spellings("answer", leave_out=("yes", "no"))]
        }
        self.made["dont-know"] = {"anyOf": self.spellings("answer", only=("dont-know",))}
        self.made["statement"] = self.statement()
        several = {"type": "array", "items": _or_blank(_ref("statement")), "minItems": 1}
        self.made["answers"] = {"anyOf": [_ref("statement"), several, _BLANK]}
        self.made["group"] = _mapping(
            {d.key: self.facts(d) for d in of_groups}
            | {"without": self.without(of_groups), "only": self.only()}
        )
        head: Schema = {
            "programme": _ref("short-name"),
            "title": _ref("title"),
            "answered": _or_blank(
                self.with_on({name: self.slot(name) for name in ("on", "by", "level")})
            ),
            "without": self.without(of_programme),
            "groups": _or_blank(
                {
                    "type": "object",
                    "propertyNames": _string(_SHORT_NAME),
                    "additionalProperties": _or_blank(_ref("group")),
                }
            ),
            "answers": _or_blank(
                _mapping({key: self.answers(a) for key, a in vocabulary.aspects.items()})
            ),
        }
        form = _mapping(head | {d.key: self.facts(d) for d in of_programme})
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Programme description",
            **form,
            "required": ["programme"],
            "$defs": dict(sorted(self.made.items())),
        }

    def spellings(
        self, scheme: str, *, only: Iterable[str] = (), leave_out: Iterable[str] = ()
    ) -> list[Schema]:
        """The keys of a scheme, which editors offer, and every other spelling that is read."""
        concepts = [
            concept
            for concept in self.vocabulary.by_scheme.get(scheme, ())
            if (not only or concept.key in only) and concept.key not in leave_out
        ]
        keys = {"enum": [concept.key for concept in concepts]}
        return [keys, {"type": "string", **_PLAIN, "pattern": f"^{_spellings(concepts)}$"}]

    def concept(self, scheme: str) -> Schema:
        """A word of a scheme."""
        name = f"{scheme}-word"
        if name not in self.made:
            self.made[name] = {"anyOf": self.spellings(scheme)}
        return _ref(name)

    def concepts(self, scheme: str) -> Schema:
        """One or several words of a scheme, or blank."""
        name = f"{scheme}-words"
        self.made[name] = _several(self.concept(scheme))
        return _ref(name)

    def facts(self, dimension: Dimension) -> Schema:
        """The answer to a question about groups or the programme."""
        scheme = _scheme(dimension)
        name = f"facts-{scheme}"
        if "some" in fact_words(self.vocabulary, dimension.key):
            name, values = "facts-yes-no-some", [_ref("yes"), _ref("no"), {"const": "some"}]
        else:
            values = [self.concept(scheme)]
        self.made[name] = _several({"anyOf": [*values, _ref("dont-know")]})
        return _ref(name) | {"description": f"{dimension.question} {dimension.why}"}

    def without(self, dimensions: Iterable[Dimension]) -> Schema:
        """The values of `without`: kinds that a group or the programme does not have."""
        schemes = [_scheme(dimension) for dimension in dimensions]
        return _several({"anyOf": [self.concept(scheme) for scheme in schemes]})

    def only(self) -> Schema:
        """Whether the kinds that a group names are all that there are."""
        return _one({"anyOf": [_ref("yes"), _ref("no"), _ref("dont-know")]})

    def slot(self, name: str) -> Schema:
        """The values of a slot other than `holds` and `of`."""
        slot = SLOTS[name]
        if slot.scheme and slot.several:
            return self.concepts(slot.scheme)
        item = self.concept(slot.scheme) if slot.scheme else _ref(slot.kind)
        return _several(item) if slot.several else _one(item)

    def with_on(self, slots: Schema) -> Schema:
        """A mapping of slots; in the place of `on` may stand `true`, which loaders make of it."""
        made_of_on = {"patternProperties": {"^true$": slots["on"]}}
        return _mapping(slots) | made_of_on | {"not": {"required": ["on", "true"]}}

    def number(self) -> Schema:
        """A number; as a text it may have the sign of its unit."""
        units = self.vocabulary.by_scheme.get("unit", ())
        signs = "".join(name for unit in units for name in unit.names if len(name) == 1)
        sign = f"( *[{signs}])?" if signs else ""
        clear = f"(?![1-9][0-9]{{0,2}}[.][0-9]{{3}}{sign}$)"
        return {
            "anyOf": [
                {"type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000_000},
                _string(f"{clear}0{{0,11}}[0-9]{{1,9}}([.][0-9]{{1,3}}0{{0,17}})?{sign}"),
                _string(f"[0-9]{{1,20}}([.][0-9]{{1,20}})?[eE][+-]?[0-9]{{1,2}}{sign}"),
            ]
        }

    def statement(self) -> Schema:
        """An answer, bare or with slots; `of` is left to each question."""
        slots: Schema = {"holds": _ref("answer"), "of": True}
        slots |= {name: self.slot(name) for name in SLOTS if name not in slots}
        stated = {"not": {"type": "null"}}
        both = {
            "required": ["quantity", "unit"],
            "properties": {"quantity": stated, "unit": stated},
        }
        neither = {"properties": {"quantity": _BLANK, "unit": _BLANK}}
        whole = self.with_on(slots) | {"required": ["holds"], "anyOf": [both, neither]}
        return {"anyOf": [_ref("answer"), whole]}

    def answers(self, aspect: Aspect) -> Schema:
        """The answers to one question."""
        name = f"answers-{aspect.of_scheme}" if aspect.of_scheme else "answers-without-of"
        of = {"of": self.concepts(aspect.of_scheme) if aspect.of_scheme else _BLANK}
        self.made[name] = _ref("answers") | {"properties": of, "items": {"properties": of}}
        return _ref(name) | {"description": f"{aspect.question} {aspect.why}"}


_BLANK: Schema = {"type": "null"}


def _scheme(dimension: Dimension) -> str:
    return dimension.iri.rsplit("/", 1)[1]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _mapping(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _or_blank(schema: Schema) -> Schema:
    return {"anyOf": [schema, _BLANK]}


def _several(item: Schema) -> Schema:
    """One value or a list of values. It refuses an empty list: `for: []` would mean everyone."""
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}, _BLANK]}


def _one(item: Schema) -> Schema:
    """One value, also as a list of one."""
    only = {"type": "array", "items": item, "minItems": 1, "maxItems": 1}
    return {"anyOf": [item, only, _BLANK]}


def _string(pattern: str) -> Schema:
    """A string that the whole pattern matches."""
    return {"type": "string", **_PLAIN, "pattern": f"^({pattern})$"}


_PLAIN: Schema = {"maxLength": 100, "not": {"pattern": r"\n"}}
"""A word. It has no line break, because in some engines `$` also matches before the last one."""


@cache
def _capitals() -> dict[str, str]:
    """All letters whose small letter is the same, by this small letter. Names are compared in small
    letters.
    """
    letters: dict[str, str] = {}
    for letter in map(chr, range(0x3000)):  # all alphabets of Europe, and signs such as kelvin
        small = letter.lower()
        letters[small] = letters.get(small, "") + letter
    return letters


def _letter(small: str) -> str:
    """A pattern of all letters that have this small letter."""
    letters = _capitals()[small]
    if len(letters) > 1 or small in "$.*+?(){}|/":
        return f"[{letters}]"
    return re.sub(r"[\^\\\[\]]", r"\\\g<0>", small)


def _any_case(word: str) -> str:
    return "".join(_letter(letter) for letter in word)


def _spellings(concepts: Iterable[Concept]) -> str:
    """A pattern of all spellings that suggest.plain_key makes the same as a name of a concept:
    any case, spaces, underscores or hyphens between words, apostrophes anywhere.
    """
    names = dict.fromkeys(name for concept in concepts for name in concept.names)
    return f" *{_APOSTROPHES}{_any_of(names)} *"


def _any_of(names: Iterable[str]) -> str:
    """A pattern of these names; what several begin with is written once, to keep it short."""
    endings: dict[str, list[str]] = {}
    for name in names:
        endings.setdefault(name[:1], []).append(name[1:])
    branches = [
        _beginning(first) + _any_of(rest) if first else "" for first, rest in endings.items()
    ]
    return branches[0] if len(branches) == 1 else f"({'|'.join(branches)})"


def _beginning(letter: str) -> str:
    return ("[ _-]+" if letter == "-" else _letter(letter)) + _APOSTROPHES


def _laid_out(value: object, indent: str = "") -> str:
    """JSON with each part on one line if it fits there. So a changed word changes one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(line) <= 100 or not _nests(value):
        return line
    inner = indent + " "
    if isinstance(value, list):
        lines = [inner + _laid_out(item, inner) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    lines = [f"{inner}{_laid_out(key)}: {_laid_out(item, inner)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _nests(value: Schema | list[Any]) -> bool:
    """Whether it is worth several lines: a list, or an object that holds another."""
    return isinstance(value, list) or any(isinstance(x, dict | list) for x in value.values())


_WRITTEN_DATES = tuple(
    f"(?!0000|.*0000 *$)({pattern.replace('(?:', '(')})"
    for pattern in spellings(f"({'|'.join(map(_any_case, month_names()))})").values()
)
"""Dates as people write them. No day of a month is too many for the schema."""


_VALUES: dict[str, Schema] = {
    "short-name": {
        "anyOf": [
            _string(_SHORT_NAME),
            {"type": "integer", "minimum": 0},
            {"type": "boolean"},
        ]
    },
    "title": {
        "anyOf": [
            {"type": ["null", "boolean", "number"]},
            {
                "type": "string",
                "pattern": f"^[{_WHITE}{_UNSEEN}]*([^{_WHITE}{_UNSEEN}{_NOT_PRINTED}]|"
                f"[{_WHITE}{_UNSEEN}]+(?=[^{_WHITE}{_UNSEEN}])){{1,300}}[{_WHITE}{_UNSEEN}]*$",
            },
        ]
    },
    "date": {
        "anyOf": [
            *(
                _string(f" *({pattern}) *")
                for pattern in (
                    "(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?",
                    f"(?!0000)([0-9]{{4}}-({'|'.join(_DAYS)})|{_LEAP_YEARS}-02-29){_MIDNIGHT}",
                    *_WRITTEN_DATES,
                )
            ),
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ]
    },
}
"""What stands in no vocabulary: names, titles and dates."""
