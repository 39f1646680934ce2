"""Reads descriptions of programmes from a file of any known format, told apart by its ending.

One YAML file, table or workbook describes one programme. A file in RDF may describe several, and
so may an export of the form for phones.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ...errors import InputError
from ...namespaces import HRGE, RDF_TYPE
from ...parsing.files import Source, file_name, quoted
from ...parsing.notes import Notes
from ..description import Description
from ..vocabulary import Vocabulary, vocabulary_of
from .csv_reader import read_csv
from .rdf_reader import RDF_ENDINGS, read_rdf
from .xlsx_reader import read_xlsx
from .yaml_reader import read_form

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (*YAML_ENDINGS, ".csv", ".xlsx", *RDF_ENDINGS)
"""The endings of files that can hold descriptions."""
MOST_GROUPS = 300
"""Groups of one programme. Real programmes have fewer than ten."""
_RDF_XML = (".rdf", ".owl", ".xml")
_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".numbers", ".tsv", ".tab")


def read_descriptions(path: str | Path, graph: ox.Store) -> list[Description]:
    """The programmes that a file describes, at least one; `-` is standard input, read as YAML.

    What was read otherwise than it was written stands in `notes` of each, and is logged.

    Raises InputError, with file and line, for whatever cannot be used.
    """
    return read_file(Path(path), vocabulary_of(graph))


def read_file(path: Source, vocabulary: Vocabulary, *, log: bool = True) -> list[Description]:
    """The same as `read_descriptions`, with a vocabulary that is loaded already.

    Without `log`, what was read otherwise stands in `notes` alone.

    Raises InputError, with file and line, for whatever cannot be used.
    """
    notes = Notes(file_name(path))
    try:
        descriptions = _read(path, vocabulary, notes)
    finally:  # a note may explain why a file cannot be used
        if log:
            notes.log()
    for description in descriptions:
        _refuse_many_groups(description)
    return descriptions


def _refuse_many_groups(description: Description) -> None:
    """The work of an assessment grows with the groups, and with it the memory."""
    is_group = (RDF_TYPE, HRGE("ServedGroup"))
    groups = sum((predicate, value) == is_group for _, predicate, value in description.triples)
    if groups > MOST_GROUPS:
        raise InputError(
            description.file,
            f"the programme has {groups} groups, and hrge assesses at most {MOST_GROUPS}",
            "Join groups that are alike, or describe the programme in several files.",
        )


def _read(path: Source, vocabulary: Vocabulary, notes: Notes) -> list[Description]:
    ending = path.suffix.lower()
    # The shell gives a name without an ending to what it pipes: `hrge validate <(…)`.
    piped = isinstance(path, Path) and (str(path) == "-" or (not ending and path.is_fifo()))
    if piped or ending in YAML_ENDINGS:
        return [read_form(path, vocabulary, notes)]
    if ending == ".csv":
        return read_csv(path, vocabulary, notes)
    if ending == ".xlsx":
        return read_xlsx(path, vocabulary, notes)
    if ending in RDF_ENDINGS:
        return read_rdf(path, vocabulary, notes)
    if path.is_dir():
        raise InputError(str(path), "this is a folder", "Name the files in it.")
    if ending in _RDF_XML:
        raise InputError(
            str(path),
            "hrge does not read RDF/XML",
            "Save it as Turtle (.ttl), N-Triples (.nt) or JSON-LD (.jsonld).",
        )
    if ending in _SPREADSHEETS:
        raise InputError(
            str(path),
            f"hrge does not read spreadsheets with the ending {quoted(ending)}",
            "Save it as .xlsx or .csv.",
        )
    known = ", ".join(ENDINGS)
    raise InputError(str(path), f"the ending {quoted(ending)} is unknown", f"Use one of: {known}.")


def read_one(path: Path, vocabulary: Vocabulary) -> Description:
    """The one programme that a file describes. Raises InputError where it describes several."""
    descriptions = read_file(path, vocabulary)
    if len(descriptions) > 1:
        raise InputError(
            str(path),
            f"the file describes {len(descriptions)} programmes",
            "Name a file that describes one.",
        )
    return descriptions[0]
