"""The works that a trail passes through, for reference managers: CSL-JSON, BibTeX (biblatex) and RIS.

What type each kind of document has in each format is data (ontology/vocabularies/document-kind.ttl). Only facts of the graph are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from .links import query_text, rows
from .trail import Trail
from .trail_network import missing


@dataclass(frozen=True)
class Work:
    """A document as reference managers know it; `date` is as the graph has it."""

    iri: str
    title: str
    csl: str
    biblatex: str
    ris: str
    kind: str
    date: str | None = None
    publisher: str | None = None
    number: str | None = None
    series: str | None = None
    creators: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def iso(self) -> str | None:
        """The date as year, year-month or year-month-day; of a date in words the year alone."""
        known = re.fullmatch(r"\d{4}(-\d\d){0,2}", self.date or "") or re.search(r"\b\d{4}\b", self.date or "")
        return known[0] if known else None

    @property
    def key(self) -> str:
        """A short name, as in rpg or cmw-gc5."""
        return self.iri.rsplit("/", 1)[1]


def works(store: ox.Store, trail: Trail) -> list[Work]:
    """The documents on a trail, and those whose provisions are on it, by IRI."""
    wanted = {node.document for node in trail.nodes.values() if node.document}
    merged: dict[str, dict[str, set[str]]] = {}
    for row in rows(store, query_text("trails/works.rq")):
        if row["work"] in wanted:
            for name, value in row.items():
                merged.setdefault(row["work"], {}).setdefault(name, set()).add(value)
    return [_work(iri, values) for iri, values in sorted(merged.items())]


def _work(iri: str, values: dict[str, set[str]]) -> Work:
    one = {name: min(found) for name, found in values.items()}
    return Work(
        iri, one["title"], one["csl"], one["biblatex"], one["ris"], one["kind"], one.get("date"), one.get("publisher"),
        "; ".join(sorted(values.get("symbol", ()))) or None, "; ".join(sorted(values.get("series", ()))) or None,
        tuple(sorted(values.get("creator", ()))), tuple(sorted(values.get("identifier", ()))),
    )  # fmt: skip


def to_csl_json(found: Iterable[Work]) -> str:
    """CSL-JSON, as in the schema of CSL 1.0.2."""
    return json.dumps([_csl(work) for work in found], ensure_ascii=False, indent=2) + "\n"


def _csl(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {"id": work.key, "type": work.csl, "title": work.title}
    if work.creators:
        item["author"] = [_name(name) for name in work.creators]
    if work.iso:
        item["issued"] = {"date-parts": [[int(part) for part in work.iso.split("-")]]}
    if work.publisher:
        item["authority" if work.csl == "legal_case" else "publisher"] = work.publisher
    rest = {"number": work.number, "container-title": work.series, "genre": work.kind}
    item |= {name: value for name, value in rest.items() if value}
    if work.identifiers:
        item["note"] = "; ".join(work.identifiers)
    return item


def _name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def to_bibtex(found: Iterable[Work]) -> str:
    """BibTeX with the entry types of biblatex (jurisdiction, legal, report)."""
    try:
        from bibtexparser.entrypoint import write_string
        from bibtexparser.library import Library
        from bibtexparser.model import Entry, Field
    except ImportError as error:
        raise missing("--format bibtex", "bibtexparser", "trails") from error
    library = Library()
    for work in found:
        fields = {
            "title": f"{{{work.title}}}",
            "author": " and ".join(work.creators),
            "date": work.iso,
            "institution" if work.biblatex != "book" else "publisher": work.publisher and f"{{{work.publisher}}}",
            "number": work.number,
            "series": work.series,
            "type": work.kind,
            "note": "; ".join(work.identifiers),
        }
        library.add(Entry(work.biblatex, work.key, [Field(name, _tex(value)) for name, value in fields.items() if value]))
    return write_string(library)


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text)


def to_ris(found: Iterable[Work]) -> str:
    """RIS, as rispy writes it."""
    try:
        import rispy
    except ImportError as error:
        raise missing("--format ris", "rispy", "trails") from error
    entries = []
    for work in found:
        entry: dict[str, Any] = {"type_of_reference": work.ris, "id": work.key, "title": work.title}
        if work.creators:
            entry["authors"] = [
                ", ".join(filter(None, (name.get("family"), name.get("given")))) or name["literal"] for name in map(_name, work.creators)
            ]
        if work.iso:
            entry["year"] = work.iso[:4]
            entry["date"] = work.iso.replace("-", "/")
        rest = {"publisher": work.publisher, "number": work.number, "secondary_title": work.series}
        entry |= {name: value for name, value in rest.items() if value}
        if work.identifiers:
            entry["notes"] = list(work.identifiers)
        entries.append(entry)
    return str(rispy.dumps(entries))
