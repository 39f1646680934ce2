"""The ontology on one page: every class, property and concept with its definition.

An IRI with a hash leads to the file before the hash; so this page has a place for each such name.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ..labels import natural_key
from ..namespaces import HRGE, RDFS, SKOS, local_name
from .addresses import PAGE, Folder
from .context import Maker, SiteContext

_DEFINITIONS = (SKOS("definition"), RDFS("comment"), HRGE("question"), SKOS("scopeNote"))


@dataclass(frozen=True)
class Term:
    """A term with its definition; `above` are the terms (IRIs) that it is a kind or part of."""

    iri: str
    label: str
    name: str
    definition: str | None
    above: tuple[tuple[str, str, str], ...]


_CHAPTER = "The ontology"  # as queries/site/things.rq has it
_ABOVE = (
    ("is a kind of", RDFS("subClassOf")),
    ("is a kind of", RDFS("subPropertyOf")),
    ("of", RDFS("domain")),
    ("leads to", RDFS("range")),
    ("in the scheme", SKOS("inScheme")),
    ("broader", SKOS("broader")),
)


def ontology_pages(site: SiteContext) -> dict[str, Maker]:
    """The maker of ns.html."""

    def make() -> bytes:
        folders = site.addresses.folders.values()
        found = [(one, terms(site, one)) for one in folders if one.chapter == _CHAPTER]
        return site.render("ontology.html", f"ns{PAGE}", found=found)

    return {f"ns{PAGE}": make}


def terms(site: SiteContext, folder: Folder) -> list[Term]:
    """The terms of a folder by label."""
    found = [_term(site, iri) for iri in site.addresses.members(folder.name)]
    return sorted(found, key=lambda term: (natural_key(term.label), term.iri))


def _term(site: SiteContext, iri: str) -> Term:
    node = ox.NamedNode(iri)
    above = [
        (name, quad.object.value, site.label(quad.object.value))
        for name, predicate in _ABOVE
        for quad in site.graph.quads_for_pattern(node, predicate, None, None)
        if isinstance(quad.object, ox.NamedNode)
    ]
    return Term(iri, site.label(iri), local_name(iri), _definition(site, node), tuple(above))


def _definition(site: SiteContext, node: ox.NamedNode) -> str | None:
    for predicate in _DEFINITIONS:
        texts = [
            quad.object.value
            for quad in site.graph.quads_for_pattern(node, predicate, None, None)
            if isinstance(quad.object, ox.Literal)
        ]
        if texts:
            return min(texts)
    return None
