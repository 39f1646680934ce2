"""Puts the values of parameters into a query, as one VALUES block.

The header of the query says which type each value must have. A thing may be given by any name that
`graph.lookup` knows; words of the source are folded as quotations are. An RDF library writes the
values; they are never pasted as text. The block replaces the line `#VALUES` of the query; if there
is no such line, it comes at the end.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pyoxigraph as ox

from ..errors import InputError
from ..graph.lookup import find
from ..namespaces import PREFIXES, SCHEME, XSD, expand, shrink
from ..sparql import query_text, select
from ..suggest import did_you_mean
from ..text.folding import fold_pasted
from .header import Header, Param
from .occurrence import described_beside, occurs

_LOGGER = logging.getLogger(__name__)
_CURIE = re.compile(r"[a-z-]+:\S*")
_MARKER = re.compile(r"^[ \t]*#VALUES[ \t]*$", re.MULTILINE)


def bind(
    text: str, header: Header, params: Mapping[str, str], store: ox.Store | None, file: str
) -> str:
    """The query's text with its parameters. Every line of the query keeps its number.

    Raises InputError for a parameter that is unknown, missing or of another type; with a store,
    also for an IRI or a concept that the graph does not have.
    """
    declared = {param.name: param for param in header.params}
    for name in params:
        if name not in declared:
            known = f"It takes {', '.join(declared)}." if declared else "It takes none."
            raise InputError(
                file, f"the query has no parameter “{name}”", known + did_you_mean(name, declared)
            )
    for param in header.params:
        if param.required and param.name not in params:
            raise InputError(
                file,
                f"the parameter “{param.name}” is missing",
                f"Add --param {param.name}={param.kind.upper()}.",
            )
    if not params:
        return text
    terms = {name: _term(declared[name], value, store, file) for name, value in params.items()}
    variables = " ".join(f"?{name}" for name in terms)
    values = " ".join(str(term) for term in terms.values())
    block = f"VALUES ({variables}) {{ ({values}) }}"
    if _MARKER.search(text):
        return _MARKER.sub(lambda _: block, text)
    return f"{text}\n{block}\n"


def _term(param: Param, value: str, store: ox.Store | None, file: str) -> ox.NamedNode | ox.Literal:
    makers: dict[str, Callable[[], ox.NamedNode | ox.Literal]] = {
        "iri": lambda: _iri(value, store),
        "string": lambda: ox.Literal(value),
        "quotation": lambda: ox.Literal(fold_pasted(value)),
        "integer": lambda: _integer(value),
        "date": lambda: _date(value),
        "concept": lambda: _concept(value, param.scheme, store),
    }
    try:
        return makers[param.kind]()
    except _Unusable as error:
        raise InputError(
            file, f"the parameter {param.name}={value} {error.problem}", error.remedy
        ) from error


class _Unusable(ValueError):
    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def _integer(value: str) -> ox.Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()):
        raise _Unusable("is not a whole number", "Write digits, for instance 43.")
    return ox.Literal(int(value))


def _date(value: str) -> ox.Literal:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise ValueError(value)
        return ox.Literal(
            date.fromisoformat(value.strip()).isoformat(),
            datatype=XSD("date"),
        )
    except ValueError as error:
        raise _Unusable("is not a date", "Write it as 2021-02-28.") from error


def _iri(value: str, store: ox.Store | None) -> ox.NamedNode:
    name = value.strip()
    whole = expand(name)
    if whole is None:
        prefix, colon, _ = name.partition(":")
        refusal = None
        if store is not None and name:
            try:
                return _named(name, store)
            except InputError as error:
                refusal = error
        if refusal and not _CURIE.fullmatch(name):
            raise _Unusable(f"is no name of one thing: {refusal.problem}", refusal.remedy)
        problem = (
            f"has the prefix “{prefix}”, which is unknown" if colon else "is no name of one thing"
        )
        raise _Unusable(
            problem, "Write a CURIE (prefix:name) or a whole IRI." + did_you_mean(prefix, PREFIXES)
        )
    try:
        node = ox.NamedNode(whole)
    except ValueError as error:
        raise _Unusable(
            f"is not an IRI: {error}", "Write a CURIE (prefix:name) or a whole IRI."
        ) from error
    if store is not None and not occurs(node, store):
        known = described_beside([whole], store)[whole]
        raise _Unusable(
            "names nothing in the graph",
            "Correct its spelling." + did_you_mean(shrink(whole), known),
        )
    return node


def _named(name: str, store: ox.Store) -> ox.NamedNode:
    """The thing that a person's name for it means; what is to be said of the name is logged."""
    found = find(store, name)
    for note in found.notes:
        _LOGGER.warning("%s", note)
    return ox.NamedNode(found.iri)


def _concept(value: str, scheme: str | None, store: ox.Store | None) -> ox.NamedNode:
    """The concept with this key, notation, label, CURIE or IRI.

    So people can type whatever a table shows. Without a store, only a key, CURIE or IRI is known.
    """
    if ":" in value:
        return _iri(value, store)
    if store is None:
        return _iri(f"c:{value.strip()}", None)
    names = _concept_names(scheme, store)
    wanted = fold_pasted(value).casefold()
    matches = {iri for iri, name in names if name.casefold() == wanted}
    if len(matches) == 1:
        return ox.NamedNode(matches.pop())
    keys = sorted({_key(iri) for iri in matches or {iri for iri, _ in names}})
    where = f" of scheme:{scheme}" if scheme else ""
    if matches:
        raise _Unusable(f"names several concepts{where}", f"Write one of {', '.join(keys)}.")
    known = f"Known are {', '.join(keys)}." if scheme else "Write the key of a concept."
    raise _Unusable(
        f"is no concept{where}", known + did_you_mean(value, [name for _, name in names])
    )


def concept_keys(scheme: str | None, store: ox.Store) -> list[str]:
    """The keys of the concepts of a scheme, or of all, sorted."""
    return sorted({_key(iri) for iri, _ in _concept_names(scheme, store)})


def _key(iri: str) -> str:
    return shrink(iri).removeprefix("c:")


def _concept_names(scheme: str | None, store: ox.Store) -> list[tuple[str, str]]:
    """Concepts (IRIs) of a scheme, or of all, each with its key and every label and notation."""
    rows = select(store, query_text("parameters/concept-names.rq"))
    return list(
        dict.fromkeys(
            (row["concept"], row["name"])
            for row in rows
            if scheme is None or row["scheme"] == SCHEME + scheme
        )
    )


def parse_params(arguments: Iterable[str]) -> dict[str, str]:
    """The parameters of a command line, each given as NAME=VALUE.

    Raises InputError if one has another form, or is given twice.

    >>> parse_params(["topic=health"])
    {'topic': 'health'}
    """
    params: dict[str, str] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            raise InputError(
                f"--param {argument}", "this is no parameter", "Write --param name=value."
            )
        if name in params:
            raise InputError(
                f"--param {argument}", f"the parameter “{name}” is given twice", "Give it once."
            )
        params[name] = value
    return params
