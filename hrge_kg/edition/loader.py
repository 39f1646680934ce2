"""Reads an edition of a source text from the built graph and the text file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as day

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import SOURCE, expand, local_name, shrink
from ..parsing.characters import not_in_xml
from ..resources import read_utf8, relative, root
from ..sparql import query_text, select
from ..text.folding import Span
from .model import Anchor, Citation, Cited, Edition, Facts, Named, Passage

_Row = dict[str, str]
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NEEDED = {
    "label": "rdfs:label in {source}",
    "jurisdiction": "hrge:jurisdiction in {source}",
    "language": "dcterms:language in {source}",
    "rights": "dcterms:rights in {source}",
    "title": "dcterms:title of its document",
    "kind": "a class of its document, such as hrge:Publication",
    "publisher": "a fact of its document that states hrge:publisher",
    "published": "a fact of its document that states hrge:published",
}


def source_keys(graph: ox.Store) -> list[str]:
    """The keys of the source texts of the graph, such as the names of their folders, sorted."""
    rows = select(graph, query_text("edition/source.rq"))
    return sorted({row["thing"].removeprefix(SOURCE) for row in rows})


def main_source(graph: ox.Store) -> str:
    """The key of the source text that the graph calls the main one.

    Raises InputError if it calls none so.
    """
    rows = select(graph, "SELECT ?thing WHERE { ?thing hrge:mainSource true }")
    if not rows:
        raise InputError("the graph", "no source text is the main one", _choices(graph))
    return rows[0]["thing"].removeprefix(SOURCE)


def read_edition(graph: ox.Store, name: str | None = None) -> Edition:
    """The edition of a source text, by its key, CURIE or IRI; of the main one without a name.

    Raises InputError for a name that no source text has, where a fact that an edition needs is not
    in the graph, and where the text file has a character that XML cannot hold.
    """
    key = _key(graph, name) if name else main_source(graph)
    iri = SOURCE + key
    facts = _facts(graph, key, iri)
    path = root() / "data" / "sources" / key / "text.txt"
    raw = read_utf8(path, "the text", "Each folder of data/sources holds text.txt.")
    if bad := not_in_xml().search(raw.replace("\f", " ")):
        raise InputError(
            relative(path),
            f"the character U+{ord(bad[0]):04X} cannot stand in XML",
            "Extract the text anew, without control characters.",
            line=raw.count("\n", 0, bad.start()) + 1,
        )
    return Edition(
        facts,
        raw,
        _passages(select(graph, query_text("edition/passages.rq"), iri)),
        _anchors(select(graph, query_text("edition/anchors.rq"), iri)),
        _citations(select(graph, query_text("edition/citations.rq"), iri)),
    )


def _key(graph: ox.Store, name: str) -> str:
    key = (expand(name) or name).removeprefix(SOURCE)
    if key not in source_keys(graph):
        raise InputError(f"“{name}”", "there is no such source text", _choices(graph))
    return key


def _choices(graph: ox.Store) -> str:
    return f"Name one of these: {', '.join(source_keys(graph))}."


def _facts(graph: ox.Store, key: str, iri: str) -> Facts:
    row = select(graph, query_text("edition/source.rq"), iri)[0]
    file = f"data/sources/{key}/source.ttl"
    for name, what in _NEEDED.items():
        if name not in row:
            raise InputError(
                file,
                f"{shrink(iri)}: an edition needs {what.format(source=file)}",
                "Add it; docs/how-to/add-a-section.md has an example.",
            )
    editors = select(graph, query_text("edition/editors.rq"))
    if not editors:
        raise InputError(
            "ontology/hrge.ttl",
            "the header of the ontology does not say who made it, and when",
            "Add dcterms:creator, with a label, and dcterms:modified.",
        )
    published = first_day(row["published"])
    if published is None:
        raise InputError(
            file,
            f"{shrink(iri)}: “{row['published']}” is no date of publication",
            "Write a day (2020-05-17), a month (May 2020) or a year.",
        )
    return Facts(
        key,
        iri,
        row["label"],
        row["title"],
        row["kind"],
        row["publisher"],
        published,
        local_name(row["language"]),
        row["jurisdiction"],
        row["rights"],
        Named(editors[0]["editor"], editors[0]["name"]),
        editors[0]["modified"],
    )


def first_day(date: str) -> str | None:
    """The first day of a date that may be a day, a month or a year; None for anything else.

    Akoma Ntoso takes days only; so does the UN's profile of it for what is known less exactly.

    >>> first_day("May 2020"), first_day("2020"), first_day("2020-05-17"), first_day("no date")
    ('2020-05-01', '2020-01-01', '2020-05-17', None)
    """
    month, _, year = date.partition(" ")
    if month in _MONTHS:
        date = f"{year}-{_MONTHS.index(month) + 1:02}"
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        return None
    whole = f"{date}-01-01"[:10]
    try:
        return day.fromisoformat(whole).isoformat()
    except ValueError:
        return None


def _grouped(rows: Iterable[_Row], name: str) -> dict[str, list[_Row]]:
    grouped: dict[str, list[_Row]] = {}
    for row in rows:
        grouped.setdefault(row[name], []).append(row)
    return grouped


def _spans(rows: Iterable[_Row]) -> tuple[Span, ...]:
    return tuple(sorted({(int(row["start"]), int(row["end"])) for row in rows}))


def _passages(rows: Iterable[_Row]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            iri,
            local_name(found[0]["kind"]),
            int(found[0]["order"]),
            int(found[0]["page"]),
            int(found[0]["line"]),
            found[0].get("parent"),
            found[0].get("label"),
            found[0]["text"],
            _spans(found),
        )
        for iri, found in _grouped(rows, "passage").items()
    )


def _anchors(rows: Iterable[_Row]) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(
            iri,
            _spans(found),
            tuple(Named(*pair) for pair in sorted({(row["named"], row["label"]) for row in found})),
        )
        for iri, found in sorted(_grouped(rows, "anchor").items())
    )


def _citations(rows: Iterable[_Row]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            iri,
            _spans(found),
            tuple(
                Cited(Named(cited, label), Named(document, title))
                for cited, label, document, title in sorted(
                    {(row["cited"], row["label"], row["document"], row["title"]) for row in found}
                )
            ),
        )
        for iri, found in sorted(_grouped(rows, "citation").items())
    )
