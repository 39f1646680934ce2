"""The JSON Schema of the form, which gives editors completion and checks."""

from __future__ import annotations

import json
from typing import Any

from .content import fact_words
from .slots import CONCEPT_SLOTS
from .vocabulary import Aspect, Dimension, Vocabulary
from .writers.template import _dimensions


def json_schema(vocabulary: Vocabulary) -> str:
    """A JSON Schema (2020-12) of the form."""

    def keys(scheme: str) -> dict[str, Any]:
        return {"enum": [concept.key for concept in vocabulary.by_scheme.get(scheme, ())]}

    def many(item: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]}

    answers = {"enum": [True, False, "yes", "no", "in part", "don't know", "does not apply"]}

    def dimension(one: Dimension) -> dict[str, Any]:
        words = fact_words(vocabulary, one.key)
        return many({"enum": [True, False, *words, "don't know"] if "some" in words else words}) | {
            "description": f"{one.question} {one.why}"
        }

    def statement(aspect: Aspect) -> dict[str, Any]:
        slots: dict[str, Any] = {"holds": answers, "for": many({"type": "string"})}
        slots |= {slot: many(keys(scheme)) for slot, scheme in CONCEPT_SLOTS.items()}
        slots |= {
            "since": {"type": "string"},
            "until": {"type": "string"},
            "quantity": {"type": "number"},
            "unit": keys("unit"),
        }
        slots |= {"by": many(keys("information-source")), "on": {"type": "string"}}
        if aspect.of_scheme:
            slots["of"] = many(keys(aspect.of_scheme))
        whole = {
            "type": "object",
            "properties": slots,
            "required": ["holds"],
            "additionalProperties": False,
        }
        return many({"anyOf": [answers, whole]}) | {
            "description": f"{aspect.question} {aspect.why}"
        }

    programme = {d.key: dimension(d) for d in _dimensions(vocabulary, programme=True)}
    group = {d.key: dimension(d) for d in _dimensions(vocabulary, programme=False)} | {
        "without": many({"type": "string"})
    }
    head: dict[str, Any] = {
        "programme": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": {"type": "string"},
        "answered": {
            "type": ["object", "null"],
            "properties": {
                "on": {"type": ["string", "null"]},
                "by": many(keys("information-source")),
                "level": many(keys("level")),
            },
            "additionalProperties": False,
        },
        "without": many({"type": "string"}),
        "groups": {
            "type": ["object", "null"],
            "additionalProperties": {
                "type": ["object", "null"],
                "properties": group,
                "additionalProperties": False,
            },
        },
        "answers": {
            "type": ["object", "null"],
            "properties": {aspect.key: statement(aspect) for aspect in vocabulary.aspects.values()},
            "additionalProperties": False,
        },
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Programme description",
        "type": "object",
        "properties": head | programme,
        "required": ["programme"],
        "additionalProperties": False,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
