"""The works on a trail for reference managers: CSL-JSON, BibTeX (also for biblatex) and RIS.

What type each kind of document has in each format is data
(ontology/vocabularies/document-kind.ttl). So is what a reader such as Zotero would lose, because
its type has no field for it: that is written once more, where the reader looks.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...errors import MissingExtra
from ..model import Trail, Work

_TYPE = "report"
"""What a report is called that has no other word; without one BibTeX says “Technical Report”."""


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
    }
    item |= {name: value for name, value in rest.items() if value}
    # Zotero and citeproc-js read variables in lines at the beginning of a note.
    lines = [f"{name}: {value}" for name, value in item.items() if name in work.csl_in_note]
    if work.address:
        item["URL"] = work.address
    note = "\n".join(line for line in (*lines, _note(work)) if line)
    return item | ({"note": note} if note else {})


def _note(work: Work) -> str:
    return "; ".join((*work.notes, *work.marks))


def _name(name: str) -> dict[str, str]:
    """A name as CSL has it: the last word is the family name; one word alone is a body's name."""
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def to_bibtex(trail: Trail) -> str:
    """BibTeX for its plain styles, for biblatex and for Zotero.

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
        fields = [
            Field(name, value if name == "url" else _tex(value))
            for name, value in _bibtex_fields(work).items()
            if value
        ]
        library.add(Entry(work.biblatex, work.key, fields))
    return write_string(library)


def _bibtex_fields(work: Work) -> dict[str, str | None]:
    series, volume, page = work.printed_in
    return {
        # Braces keep capitals as they are.
        "title": f"{{{work.title}}}",
        "author": " and ".join(work.creators),
        "date": work.iso_date,
        "year": work.iso_date and work.iso_date[:4],  # the plain styles do not know `date`
        "howpublished": _in_words(work) if work.bibtex_in_words else None,
        "institution": work.publisher and f"{{{work.publisher}}}",
        "number": work.number,
        "series": series,
        "volume": volume,
        "pages": page,
        "type": work.genre or _TYPE,
        "url": work.address and _verbatim(work.address),
        "note": "; ".join(work.notes),
        # No style prints it.
        "annote": "; ".join(work.marks),
    }


def _in_words(work: Work) -> str:
    """The body, where it is printed, and the number.

    >>> _in_words(Work("", "", "", "", "", number="A/RES/44/25", series="1577 UNTS 3"))
    '1577 UNTS 3, A/RES/44/25'
    """
    series, volume, page = work.printed_in
    printed = " ".join(part for part in (volume, series, page) if part)
    return ", ".join(part for part in (work.publisher, printed, work.number) if part)


def _verbatim(address: str) -> str:
    """An address for BibTeX. Programs differ in what they take as a command in it: so nothing is
    escaped with a backslash, and what they would take out is written as RFC 3986 allows.

    >>> _verbatim("https://example.org/~a_b")
    'https://example.org/%7Ea_b'
    """
    return re.sub(r"[~{}\\^]", lambda found: f"%{ord(found[0]):02X}", address)


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
        "type_of_work": work.genre,
        "secondary_title": series,
        "volume": volume,
        "start_page": page,
    }
    entry |= {name: value for name, value in rest.items() if value}
    if work.genre:  # some types have no tag for it
        entry["keywords"] = [work.genre]
    if work.number:
        entry["unknown_tag"] = {work.ris_number: [work.number]}
    if work.address:
        entry["urls"] = [work.address]
    if work.notes or work.marks:
        entry["notes"] = [*work.notes, *work.marks]
    return entry


def _ris_author(name: str) -> str:
    parts = _name(name)
    return f"{parts['family']}, {parts['given']}" if "family" in parts else parts["literal"]
