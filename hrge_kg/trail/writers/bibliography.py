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

from ...errors import MissingExtra
from ...namespaces import local_name
from ...sparql import query_text, select
from ..model import Trail


@dataclass(frozen=True)
class Work:
    """A document as reference managers know it. `date` is as the graph has it; `notes` tell how sure each field is, and what is unverified:
    that fills no field.
    """

    iri: str
    title: str
    csl: str
    biblatex: str
    ris: str
    genre: str | None = None
    date: str | None = None
    publisher: str | None = None
    number: str | None = None
    series: str | None = None
    creators: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def iso(self) -> str | None:
        """The date as year, year-month or year-month-day; of a date in words the year alone."""
        known = re.fullmatch(r"\d{4}(-\d\d){0,2}", self.date or "") or re.search(
            r"\b\d{4}\b", self.date or ""
        )
        return known[0] if known else None

    @property
    def printed_in(self) -> tuple[str | None, str | None, str | None]:
        """Series, volume and first page: of "999 UNTS 171" they can be told apart.

        >>> Work("", "", "", "", "", series="596 UNTS 261, reg. 8638").printed_in
        ('UNTS', '596', '261')
        """
        told = re.match(r"(\d+) (\D+) (\d+)\b", self.series or "")
        return (told[2], told[1], told[3]) if told else (self.series, None, None)

    @property
    def key(self) -> str:
        """A short name, as in rpg or cmw-gc5."""
        return local_name(self.iri)


def works(store: ox.Store, trail: Trail) -> list[Work]:
    """The documents on a trail, and those whose provisions are on it, by IRI."""
    wanted = {node.document for node in trail.nodes.values() if node.document}
    found: dict[str, list[dict[str, str]]] = {}
    for row in select(store, query_text("trails/works.rq")):
        if row["work"] in wanted:
            found.setdefault(row["work"], []).append(row)
    return [_work(iri, told) for iri, told in sorted(found.items())]


def _work(iri: str, told: list[dict[str, str]]) -> Work:
    one = {
        name: min(row[name] for row in told if name in row)
        for name in ("title", "csl", "biblatex", "ris")
    }
    facts = [row for row in told if "field" in row]
    first = {
        field: min(row["rank"] for row in facts if row["field"] == field)
        for field in {row["field"] for row in facts}
    }
    facts = [row for row in facts if row["rank"] == first[row["field"]]]
    fields: dict[str, set[str]] = {}
    marks: dict[str, set[str]] = {}
    for row in facts:
        if row["sure"] == "true":
            fields.setdefault(row["field"], set()).add(row["value"])
        marks.setdefault(row["mark"], set()).add(
            row["field"] if row["sure"] == "true" else f"{row['field']} {row['value']}"
        )
    identifiers = fields.pop("identifier", set())
    reg = {rest for value in fields.get("series", ()) if (rest := value.partition(", ")[2])}
    how = [f"{mark}: {', '.join(sorted(which))}" for mark, which in sorted(marks.items())]
    joined = {name: "; ".join(sorted(values)) for name, values in fields.items()}
    return Work(
        iri, **one, **joined, genre=min((row["genre"] for row in told if "genre" in row), default=None),
        creators=tuple(sorted({row["creator"] for row in told if "creator" in row})), notes=(*sorted(identifiers | reg), *how),
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
    series, volume, page = work.printed_in
    rest = {
        "number": work.number,
        "container-title": series,
        "volume": volume,
        "page": page,
        "genre": work.genre,
        "note": _note(work),
    }
    return item | {name: value for name, value in rest.items() if value}


def _note(work: Work) -> str:
    return "; ".join(work.notes)


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
        raise MissingExtra("--format bibtex", "bibtexparser", "trails") from error
    library = Library()
    for work in found:
        series, volume, page = work.printed_in
        fields = {
            "title": f"{{{work.title}}}",
            "author": " and ".join(work.creators),
            "date": work.iso,
            "institution": work.publisher and f"{{{work.publisher}}}",
            "number": work.number,
            "series": series,
            "volume": volume,
            "pages": page,
            "type": work.genre,
            "note": _note(work),
        }
        library.add(
            Entry(
                work.biblatex,
                work.key,
                [Field(name, _tex(value)) for name, value in fields.items() if value],
            )
        )
    return write_string(library)


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text)


def to_ris(found: Iterable[Work]) -> str:
    """RIS, as rispy writes it."""
    try:
        import rispy
    except ImportError as error:
        raise MissingExtra("--format ris", "rispy", "trails") from error
    entries = []
    for work in found:
        entry: dict[str, Any] = {"type_of_reference": work.ris, "id": work.key, "title": work.title}
        if work.creators:
            entry["authors"] = [
                ", ".join(filter(None, (name.get("family"), name.get("given")))) or name["literal"]
                for name in map(_name, work.creators)
            ]
        if work.iso:
            entry["year"] = work.iso[:4]
            entry["date"] = work.iso.replace("-", "/")
        series, volume, page = work.printed_in
        rest = {
            "publisher": work.publisher,
            "number": work.number,
            "secondary_title": series,
            "volume": volume,
            "start_page": page,
        }
        entry |= {name: value for name, value in rest.items() if value}
        if work.notes:
            entry["notes"] = list(work.notes)
        entries.append(entry)
    return str(rispy.dumps(entries))
