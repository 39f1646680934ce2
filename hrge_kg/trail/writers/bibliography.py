"""The works on a trail for reference managers: CSL-JSON, BibTeX (biblatex) and RIS.

What type each kind of document has in each format is data
(ontology/vocabularies/document-kind.ttl).
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...errors import MissingExtra
from ..model import Trail, Work


def to_csl_json(trail: Trail) -> str:
    """CSL-JSON, as in the schema of CSL 1.0.2."""
    items = [_csl_item(work) for work in trail.works]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {"id": work.key, "type": work.csl, "title": work.title}
    if work.creators:
        item["author"] = [_name(name) for name in work.creators]
    if work.iso_date:
        item["issued"] = {"date-parts": [[int(part) for part in work.iso_date.split("-")]]}
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
    """A name as CSL has it: the last word is the family name; one word alone is a body's name."""
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def to_bibtex(trail: Trail) -> str:
    """BibTeX with the entry types of biblatex (jurisdiction, legal, report).

    Raises MissingExtra without bibtexparser.
    """
    try:
        from bibtexparser.entrypoint import write_string
        from bibtexparser.library import Library
        from bibtexparser.model import Entry, Field
    except ImportError as error:
        raise MissingExtra("--format bibtex", "bibtexparser", "trails") from error
    library = Library()
    for work in trail.works:
        fields = [Field(name, _tex(value)) for name, value in _bibtex_fields(work).items() if value]
        library.add(Entry(work.biblatex, work.key, fields))
    return write_string(library)


def _bibtex_fields(work: Work) -> dict[str, str | None]:
    series, volume, page = work.printed_in
    return {
        # Braces keep capitals as they are.
        "title": f"{{{work.title}}}",
        "author": " and ".join(work.creators),
        "date": work.iso_date,
        "institution": work.publisher and f"{{{work.publisher}}}",
        "number": work.number,
        "series": series,
        "volume": volume,
        "pages": page,
        "type": work.genre,
        "note": _note(work),
    }


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text)


def to_ris(trail: Trail) -> str:
    """RIS. Raises MissingExtra without rispy."""
    try:
        import rispy
    except ImportError as error:
        raise MissingExtra("--format ris", "rispy", "trails") from error
    return str(rispy.dumps([_ris_entry(work) for work in trail.works]))


def _ris_entry(work: Work) -> dict[str, Any]:
    entry: dict[str, Any] = {"type_of_reference": work.ris, "id": work.key, "title": work.title}
    if work.creators:
        entry["authors"] = [_ris_author(name) for name in work.creators]
    if work.iso_date:
        entry["year"] = work.iso_date[:4]
        entry["date"] = work.iso_date.replace("-", "/")
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
    return entry


def _ris_author(name: str) -> str:
    parts = _name(name)
    return f"{parts['family']}, {parts['given']}" if "family" in parts else parts["literal"]
