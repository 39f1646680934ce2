"""Some of the shapes, for the engines of others. (Our own take the shapes to run by name.)"""

from __future__ import annotations

from collections.abc import Collection

import rdflib


def only(shapes: rdflib.Graph, left_out: Collection[str]) -> rdflib.Graph:
    """The shapes without some outcome shapes (IRIs), and without what only these use."""
    dropped = {rdflib.URIRef(iri) for iri in left_out}
    part = rdflib.Graph("SimpleMemory", bind_namespaces="none")
    targeted = set(shapes.subjects(rdflib.SH.targetClass))
    todo = [
        shape
        for shape in targeted
        if not dropped.issuperset(shapes.objects(shape, rdflib.SH.property))
    ]
    seen = set(todo)
    while todo:
        for triple in shapes.triples((todo.pop(), None, None)):
            if triple[2] in dropped:
                continue
            part.add(triple)
            if triple[2] not in seen:
                seen.add(triple[2])
                todo.append(triple[2])
    return part
