"""The JSON-LD context of descriptions, made from the vocabulary: the form's keys are its keys.

A description names it by its IRI; this library answers for that IRI itself and fetches nothing.

>>> CONTEXT_IRI
'https://w3id.org/hrge/context.jsonld'
"""

from __future__ import annotations

from collections.abc import Mapping

from ..namespaces import BASE, CONCEPT, HRGE, PREFIXES
from .slots import SLOTS
from .vocabulary import Vocabulary

CONTEXT_IRI = BASE + "context.jsonld"
_PREFIXES = ("hrge", "c", "programme", "rdf", "rdfs", "xsd")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def context(vocabulary: Vocabulary) -> dict[str, Json]:
    """The content of `@context`: aspects, slots, dimensions and concepts by their keys.

    A key that it does not know becomes a term of hrge:, so that whoever reads it meets an unknown
    term, not silence.

    >>> context(Vocabulary({}, {}, {}))["serves"]
    {'@id': 'hrge:serves', '@type': '@id'}
    """
    # Where a concept is expected, bare keys are concepts. But a concept may have the key of a
    # property, which would win: these keys are defined once more.
    names = _property_names(vocabulary)
    concepts: dict[str, Json] = {"@vocab": CONCEPT}
    concepts |= {
        key: concept.iri for key, concept in sorted(vocabulary.concepts.items()) if key in names
    }
    made: dict[str, Json] = {
        "@version": 1.1,
        "@vocab": HRGE,
        "id": "@id",
        "type": "@type",
    }
    made |= {prefix: PREFIXES[prefix] for prefix in _PREFIXES}
    made |= {
        "title": "rdfs:label",
        "label": "rdfs:label",
        "serves": {"@id": "hrge:serves", "@type": "@id"},
    }
    for name in ("has", "hasNot"):
        made[name] = _asks_concept(name, name, concepts)
    made["without"] = _asks_concept("without", "hasNot", concepts)
    for key, dimension in sorted(vocabulary.dimensions.items()):
        scheme = dimension.scheme
        answers: dict[str, Json] = {
            c.answer: c.iri for c in vocabulary.by_scheme.get(scheme, ()) if c.answer
        }
        made[key] = _asks_concept(key, "has", concepts | answers)
    for key, aspect in sorted(vocabulary.aspects.items()):
        made[key] = {"@id": aspect.iri, "@type": "@id"}
    kinds: Mapping[str, str] = {"date": "xsd:date", "number": "xsd:decimal"}
    for key, slot in SLOTS.items():
        for name in dict.fromkeys((key, slot.property)):
            literal = kinds.get(slot.kind)
            made[name] = (
                {"@id": f"hrge:{slot.property}", "@type": literal}
                if literal
                else _asks_concept(name, slot.property, concepts)
            )
    return made


def document(vocabulary: Vocabulary) -> dict[str, Json]:
    """The context as a JSON-LD document, as the distribution publishes it."""
    return {"@context": context(vocabulary)}


def _asks_concept(key: str, name: str, concepts: Mapping[str, Json]) -> dict[str, Json]:
    scoped = dict(concepts)
    # Else the scoped context would take from the key that its values are concepts.
    if key in scoped:
        scoped[key] = {"@id": scoped[key], "@type": "@vocab"}
    return {"@id": f"hrge:{name}", "@type": "@vocab", "@context": scoped}


def _property_names(vocabulary: Vocabulary) -> set[str]:
    slots = {name for key, slot in SLOTS.items() for name in (key, slot.property)}
    return {
        "id",
        "type",
        "title",
        "label",
        "serves",
        "has",
        "hasNot",
        "without",
        *slots,
        *vocabulary.aspects,
        *vocabulary.dimensions,
    }
