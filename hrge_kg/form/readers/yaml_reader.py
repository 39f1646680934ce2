"""Reads the YAML form: a programme, its groups and its answers, into a Description.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code.
(docs/reference/form.md)
"""

from __future__ import annotations

from ...parsing.characters import fold_spaces
from ...parsing.files import Source, file_name, read_text
from ...parsing.notes import Notes
from ..description import Description
from ..vocabulary import Vocabulary
from .nodes import FormReader

LARGEST = 1_000_000
"""Bytes of a form. A form that answers everything has a few thousand; some YAML is slow to read."""


def read_form(path: Source, vocabulary: Vocabulary, notes: Notes | None = None) -> Description:
    """Read one YAML form; `-` is standard input.

    Raises InputError for whatever the form does not know: all mistakes, each with its line.
    """
    return parse_form(read_text(path, LARGEST), file_name(path), vocabulary, notes)


def parse_form(
    text: str, file: str, vocabulary: Vocabulary, notes: Notes | None = None
) -> Description:
    """The same as `read_form`, from a text; messages call the file `file`."""
    form = FormReader(file, vocabulary, by_line=True, notes=notes)
    # YAML has only spaces between its words, and takes some other characters for ends of lines.
    spaced, changes = fold_spaces(text)
    for line, told in changes:
        form.notes.add(told, line=line)
    return form.read(form.root(spaced))
