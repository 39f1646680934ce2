"""Reads the YAML form: a programme, its groups and its answers, into a Description.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code.
(docs/reference/form.md)
"""

from __future__ import annotations

from pathlib import Path

from ...parsing.files import file_name, read_text
from ..description import Description
from ..vocabulary import Vocabulary
from .nodes import FormReader

LARGEST = 1_000_000
"""Bytes of a form. A form that answers everything has a few thousand; YAML is slow to read."""


def read_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one YAML form; `-` is standard input.

    Raises InputError, with file and line, for whatever the form does not know.
    """
    return parse_form(read_text(path, LARGEST), file_name(path), vocabulary)


def parse_form(text: str, file: str, vocabulary: Vocabulary) -> Description:
    """The same, from a text; the name of the file is for messages."""
    form = FormReader(file, vocabulary)
    return form.read(form.root(text))
