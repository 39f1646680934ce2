"""The empty form, generated from the vocabulary: a commented YAML template, and a JSON Schema that gives editors completion."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from .vocabulary import CONCEPT_SLOTS, Aspect, Dimension, Vocabulary


def template(vocabulary: Vocabulary) -> str:
    """A commented YAML form with every question; answers are left blank, which means not stated."""
    lines = [
        *_comment("A description of a programme. Fill in what you know; leave the rest blank. Blank means “not stated”, never yes or no."),
        *_comment("Write nothing about an identifiable person: no names, no addresses, no one person's story."),
        "",
        "programme: my-programme        # a short name: small letters, digits, hyphens",
        "title: My programme",
        "answered: {on: , by: , level: practice}   # defaults for all answers: day, source, level",
        *_comment(f"by: {_choices(vocabulary, 'information-source')}"),
        *_comment(f"level: {_choices(vocabulary, 'level')}. A rule alone shows little; say what happens in practice."),
        "",
    ]
    lines += [line for d in _dimensions(vocabulary, programme=True) for line in _dimension(vocabulary, d, "")]
    lines += ["", *_comment("Groups of people: those served, those held, and those turned away. Groups should not overlap.")]
    lines += [*_comment("without: [...] names kinds of people of whom there is nobody in the group."), "groups:", "  my-group:"]
    lines += [line for d in _dimensions(vocabulary, programme=False) for line in _dimension(vocabulary, d, "    ")]
    lines += [
        "    without:",
        "",
        *_comment(_SLOTS),
        *(line for slot in CONCEPT_SLOTS for line in _comment(f"  {slot}: {_choices(vocabulary, CONCEPT_SLOTS[slot])}")),
        "",
        "answers:",
    ]
    topic = ""
    for aspect in vocabulary.aspects.values():
        if aspect.topic != topic:
            topic = aspect.topic
            lines += ["", f"  # === {vocabulary.concepts[topic].label} ==="]
        lines += _aspect(vocabulary, aspect)
    return "\n".join(lines) + "\n"


_SLOTS = (
    "Each answer is yes, in part, no, don't know or does not apply, alone (key: no) or with more: "
    "key: {holds: yes, of: …, for: my-group, frequency: sometimes}. Several answers to one question are a list. Slots: "
    "of (which thing; blank means any), for (groups or kinds of people; blank means all who are admitted), since, until (days), "
    "quantity with unit, by, on, and:"
)


def _comment(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, 110, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")


def _choices(vocabulary: Vocabulary, scheme: str) -> str:
    return " · ".join(concept.key for concept in vocabulary.by_scheme.get(scheme, ()))


def _dimensions(vocabulary: Vocabulary, *, programme: bool) -> list[Dimension]:
    return [d for d in vocabulary.dimensions.values() if d.of_programme is programme]


def _dimension(vocabulary: Vocabulary, dimension: Dimension, indent: str) -> list[str]:
    scheme = dimension.iri.rsplit("/", 1)[1]
    yes_no = any(concept.answer for concept in vocabulary.by_scheme.get(scheme, ()))
    choices = "yes · no · some" if yes_no else _choices(vocabulary, scheme)
    return [*_comment(f"{dimension.question} {dimension.why}", indent), *_comment(choices, indent), f"{indent}{dimension.key}:"]


def _aspect(vocabulary: Vocabulary, aspect: Aspect) -> list[str]:
    lines = ["", *_comment(aspect.question, "  "), *_comment(f"Why: {aspect.why}", "  ")]
    lines += [line for quote in aspect.quotes for line in _comment(f"The source: “{quote}”", "  ")]
    if aspect.of_scheme:
        lines += _comment(f"of: {_choices(vocabulary, aspect.of_scheme)}", "  ")
    return [*lines, f"  {aspect.key}:"]


def json_schema(vocabulary: Vocabulary) -> str:
    """A JSON Schema (2020-12) of the form."""

    def keys(scheme: str) -> dict[str, Any]:
        return {"enum": [concept.key for concept in vocabulary.by_scheme.get(scheme, ())]}

    def many(item: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]}

    answer = {"enum": [True, False, "yes", "no", "in part", "don't know", "does not apply"]}

    def dimension(one: Dimension) -> dict[str, Any]:
        scheme = one.iri.rsplit("/", 1)[1]
        yes_no = any(concept.answer for concept in vocabulary.by_scheme.get(scheme, ()))
        value = {"enum": [True, False, "yes", "no", "some", "don't know"]} if yes_no else keys(scheme)
        return many(value) | {"description": f"{one.question} {one.why}"}

    def statement(aspect: Aspect) -> dict[str, Any]:
        slots: dict[str, Any] = {"holds": answer, "for": many({"type": "string"})}
        slots |= {slot: many(keys(scheme)) for slot, scheme in CONCEPT_SLOTS.items()}
        slots |= {"since": {"type": "string"}, "until": {"type": "string"}, "quantity": {"type": "number"}, "unit": keys("unit")}
        slots |= {"by": many(keys("information-source")), "on": {"type": "string"}}
        if aspect.of_scheme:
            slots["of"] = many(keys(aspect.of_scheme))
        whole = {"type": "object", "properties": slots, "required": ["holds"], "additionalProperties": False}
        return many({"anyOf": [answer, whole]}) | {"description": f"{aspect.question} {aspect.why}"}

    programme = {d.key: dimension(d) for d in _dimensions(vocabulary, programme=True)}
    group = {d.key: dimension(d) for d in _dimensions(vocabulary, programme=False)} | {"without": many({"type": "string"})}
    head: dict[str, Any] = {
        "programme": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": {"type": "string"},
        "answered": {
            "type": ["object", "null"],
            "properties": {"on": {"type": ["string", "null"]}, "by": many(keys("information-source")), "level": many(keys("level"))},
            "additionalProperties": False,
        },
        "without": many({"type": "string"}),
        "groups": {
            "type": ["object", "null"],
            "additionalProperties": {"type": ["object", "null"], "properties": group, "additionalProperties": False},
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
