"""Triples as expanded JSON-LD: one object for each thing, with its classes in `@type`.

pyoxigraph writes `rdf:type` as a property like any other, and begins a new object whenever the
subject changes. Then a frame that asks for a class finds nothing.

>>> from hrge_kg.namespaces import HRGE, RDF_TYPE
>>> print(to_json_ld([ox.Triple(ox.NamedNode("x:a"), RDF_TYPE, HRGE("Norm"))]), end="")
[
  {
    "@id": "x:a",
    "@type": [
      "https://w3id.org/hrge/ns#Norm"
    ]
  }
]
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from ..namespaces import RDF_TYPE


def to_json_ld(triples: Iterable[ox.Triple]) -> str:
    """The triples as JSON-LD that needs no context, always in the same order."""
    written = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.JSON_LD)
    things: dict[str, dict[str, Any]] = {}
    for part in json.loads(written or b"[]"):
        thing = things.setdefault(part["@id"], {"@id": part["@id"]})
        for name, values in part.items():
            if name == RDF_TYPE.value:
                thing.setdefault("@type", []).extend(value["@id"] for value in values)
            elif name != "@id":
                thing.setdefault(name, []).extend(values)
    ordered = [things[key] for key in sorted(things)]
    return json.dumps(ordered, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
