r"""Writes shapes as Turtle, a predicate on each line, always in the same order.

>>> import pyoxigraph as ox
>>> print(to_turtle([ox.Triple(ox.NamedNode(PREFIXES["hsh"] + "A"),
...     ox.NamedNode(PREFIXES["sh"] + "minCount"), ox.Literal(1))]))
PREFIX hsh: <https://w3id.org/hrge/shapes#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<BLANKLINE>
hsh:A
    sh:minCount 1 ;
.
<BLANKLINE>
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ..namespaces import PREFIXES, RDF, RDF_TYPE, RDFS, XSD

_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
"""A name that needs no escape after its prefix; all others are written as a whole IRI."""
_FIRST, _REST, _NIL = RDF("first"), RDF("rest"), RDF("nil")
_BEFORE_OTHERS = (RDF_TYPE, RDFS("label"))
_BARE = {
    XSD("integer"): re.compile(r"[+-]?[0-9]+"),
    XSD("decimal"): re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    XSD("boolean"): re.compile(r"true|false"),
}
"""Datatypes whose literals Turtle has without quotation marks. (W3C Turtle, 2.5.2 and 2.5.3)"""
_INDENT = "    "

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Said = dict[ox.NamedNode, list[_Term]]
_Spaces = sorted(PREFIXES.items(), key=lambda one: -len(one[1]))


def to_turtle(triples: Iterable[ox.Triple]) -> str:
    """The triples as Turtle. Blank nodes are written where they are named: each has one place."""
    return _Writer(triples).text()


def _order(term: _Term) -> tuple[str, str]:
    return ("", term.value) if isinstance(term, ox.NamedNode) else (type(term).__name__, str(term))


class _Writer:
    """Writes one file; it notes the prefixes that its terms need."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: dict[ox.NamedNode | ox.BlankNode | ox.Triple, _Said] = {}
        self._named: Counter[_Term] = Counter()
        self._used: set[str] = set()
        self._names: dict[str, str] = {}
        for triple in triples:
            objects = self._said.setdefault(triple.subject, {}).setdefault(triple.predicate, [])
            objects.append(triple.object)
            self._named[triple.object] += 1

    def text(self) -> str:
        # Things that are named seldom come first: what uses a shape stands before it.
        order = sorted(
            (self._named[one], one.value) for one in self._said if isinstance(one, ox.NamedNode)
        )
        body = "".join(self._statement(ox.NamedNode(iri)) for _, iri in order)
        head = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(self._used))
        return head + body

    def _statement(self, subject: ox.NamedNode) -> str:
        return f"\n{self._name(subject.value)}\n{self._properties(subject, 0)}\n.\n"

    def _properties(self, subject: ox.NamedNode | ox.BlankNode, depth: int) -> str:
        said = self._said[subject]
        first = [one for one in _BEFORE_OTHERS if one in said]
        rest = sorted((one for one in said if one not in first), key=lambda one: one.value)
        start = _INDENT * (depth + 1)
        lines = (
            f"{start}{self._verb(one)}{self._objects(said[one], depth)}" for one in [*first, *rest]
        )
        return " ;\n".join(lines) + " ;"

    def _verb(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate == RDF_TYPE else self._name(predicate.value)

    def _objects(self, objects: list[_Term], depth: int) -> str:
        if len(objects) == 1:
            return self._object(objects[0], depth + 1, " ")
        start = "\n" + _INDENT * (depth + 2)
        written = sorted(objects, key=_order)
        return " ,".join(start + self._object(one, depth + 1, "") for one in written)

    def _object(self, term: _Term, depth: int, before: str) -> str:
        if isinstance(term, ox.Literal):
            return before + self._literal(term)
        if isinstance(term, ox.NamedNode):
            return before + ("()" if term == _NIL else self._name(term.value))
        assert isinstance(term, ox.BlankNode)
        if term not in self._said:
            return before + "[]"
        start = _INDENT * (depth + 1)
        if _FIRST in self._said[term]:
            self._name(_FIRST.value)  # another writer of Turtle may need its prefix
            items = (start + self._object(one, depth, "") for one in self._items(term))
            return before + "(\n" + "\n".join(items) + f"\n{_INDENT * depth})"
        return f"\n{start}[\n{self._properties(term, depth + 1)}\n{start}]"

    def _items(self, node: _Term) -> Iterator[_Term]:
        while isinstance(node, ox.BlankNode):
            said = self._said[node]
            (item,), (node,) = said[_FIRST], said[_REST]
            yield item

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype
        quoted = str(ox.Literal(literal.value))
        if literal.language:
            return f"{quoted}@{literal.language}"
        if datatype == XSD("string"):
            return quoted
        name = self._name(datatype.value)
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(literal.value):
            whole = datatype == XSD("decimal") and "." not in literal.value
            return f"{literal.value}.0" if whole else literal.value
        return f"{quoted}^^{name}"

    def _name(self, iri: str) -> str:
        if iri in self._names:
            return self._names[iri]
        for prefix, space in _Spaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                self._used.add(prefix)
                self._names[iri] = f"{prefix}:{iri[len(space) :]}"
                return self._names[iri]
        self._names[iri] = f"<{iri}>"
        return self._names[iri]
