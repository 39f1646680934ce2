"""The form on the page of a named query: a field for each parameter, with values from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..labels import natural_key
from ..namespaces import HRGE, SKOS, expand, shrink
from ..query.catalogue import Query
from ..query.header import Param
from ..query.parameters import concept_keys
from ..tables.cells import cell_text
from ..tables.model import SEPARATOR, Table, Term
from .context import SiteContext

_MOST = 400
"""More values than these are not offered one by one."""


@dataclass(frozen=True)
class Field:
    """A parameter as a person gives it.

    `choices` are the values to choose from, each with its label. Without them a text is typed, and
    `offers` are texts that are known to lead somewhere.
    """

    param: Param
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()


def fields(
    site: SiteContext, query: Query, all_rows: Table | None, given: Mapping[str, str]
) -> list[Field]:
    """The fields of a query. `all_rows` is its answer without parameters, `given` what was given
    last.
    """
    return [
        _field(site, query, param, all_rows, given.get(param.name, ""))
        for param in query.header.params
    ]


def _field(
    site: SiteContext, query: Query, param: Param, all_rows: Table | None, value: str
) -> Field:
    choices = _choices(site, param, all_rows)
    if 0 < len(choices) <= _MOST:
        if value and value not in dict(choices):
            choices = [(value, value), *choices]
        return Field(param, value, tuple(choices))
    examples = [
        one.partition("=")[2]
        for example in query.header.examples
        for one in example
        if one.partition("=")[0] == param.name
    ]
    offers = dict.fromkeys([*examples, *_texts(param, all_rows)])
    return Field(param, value, (), tuple(offers)[:_MOST])


def _choices(site: SiteContext, param: Param, rows: Table | None) -> list[tuple[str, str]]:
    if param.kind == "concept":
        return _by_label((key, site.label(iri)) for key, iri in _concepts(site, param))
    if param.kind == "iri":
        cells = (cell.value for cell in _column(param, rows) if isinstance(cell, ox.NamedNode))
        things = dict.fromkeys(cells) or site.addresses.members(param.name)
        return _by_label((shrink(iri), site.label(iri)) for iri in things)
    if param.kind == "integer":
        texts = {cell_text(cell, False, None) for cell in _column(param, rows)}
        return [(text, text) for text in sorted(filter(None, texts), key=natural_key)]
    return []


def _by_label(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: natural_key(choice[1]))


def _concepts(site: SiteContext, param: Param) -> list[tuple[str, str]]:
    """The keys of the concepts of a scheme, with the concepts (IRIs).

    Where a property has the name of the parameter, those that nothing is tied to by it are left
    out, unless a narrower or a wider one is tied to something.
    """
    if param.scheme is None:
        return []
    keys = {key: expand(f"c:{key}") or key for key in concept_keys(param.scheme, site.graph)}
    tied = {
        quad.object.value
        for quad in site.graph.quads_for_pattern(None, HRGE(param.name), None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    near = {iri for one in tied for iri in (one, *_linked(site, one, up=True))}
    near |= {iri for one in tied for iri in _linked(site, one, up=False)}
    return [(key, iri) for key, iri in keys.items() if iri in near] or list(keys.items())


def _linked(site: SiteContext, iri: str, *, up: bool) -> set[str]:
    """All wider concepts, or all narrower ones."""
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        node = ox.NamedNode(waiting.pop())
        subject, value = (node, None) if up else (None, node)
        for quad in site.graph.quads_for_pattern(subject, SKOS("broader"), value, None):
            other = quad.object if up else quad.subject
            if isinstance(other, ox.NamedNode) and other.value not in found:
                found.add(other.value)
                waiting.append(other.value)
    return found


def _texts(param: Param, rows: Table | None) -> list[str]:
    """The texts in the column of a parameter."""
    texts: set[str] = set()
    if rows is not None and param.kind == "string":
        for cell in _column(param, rows):
            text = cell_text(cell, False, None)
            texts.update(text.split(SEPARATOR) if param.name in rows.lists else [text])
    return sorted(filter(None, texts), key=natural_key)


def _column(param: Param, rows: Table | None) -> list[Term | None]:
    if rows is None or param.name not in rows.columns:
        return []
    number = rows.columns.index(param.name)
    return [row[number] for row in rows.terms]
