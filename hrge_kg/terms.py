"""RDF terms of the store's library, told apart where its types leave open what stands in a place.

>>> text(ox.Literal("a word"))
'a word'
"""

from __future__ import annotations

import pyoxigraph as ox


def text(term: object) -> str:
    """The IRI, lexical form or blank-node name of a term. Raises TypeError for a quoted triple or the default graph."""
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    raise TypeError(f"{term} has no text")


def node(term: object) -> ox.NamedNode | ox.BlankNode:
    """A term that something can be said of. Raises TypeError for any other."""
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term
    raise TypeError(f"{term} is no node")
