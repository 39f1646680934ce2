"""The JSON-LD context of descriptions, made from the vocabulary; it has the keys of the form.

A description names the context by its IRI. hrge then uses this context and fetches nothing.

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

    A key that is not in it becomes a term of hrge: that does not exist. So hrge reports the key,
    where JSON-LD would drop it in silence.

    >>> context(Vocabulary({}, {}, {}))["serves"]
    {'@id': 'hrge:serves', '@type': '@id'}
    """
    # As the value of a property that takes concepts, a bare key means a concept. But if a property
    # has the same key, JSON-LD would take the property. So these keys are defined once more.
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
    made["only"] = {"@id": "hrge:only", "@type": "xsd:boolean"}
    for name in ("has", "hasNot"):
        # A compacting program prefers a term with a container. So it writes `has`, and not some
        # dimension, which has the same property.
        made[name] = _asks_concept(name, name, concepts) | {"@container": "@set"}
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
    # The key itself may also be the key of a concept. Its definition in the scoped context replaces
    # the one outside, so it has to say again that the values are concepts.
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
        "only",
        *slots,
        *vocabulary.aspects,
        *vocabulary.dimensions,
    }
