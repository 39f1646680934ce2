"""How an interview begins: with a form that is there already, or with a title and groups."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import InputError
from ..form.content import FormContent, content_of
from ..form.description import Description
from ..form.form_names import with_form_names
from ..form.readers import read_one
from ..form.vocabulary import Vocabulary
from ..parsing.files import is_short_name, read_text
from .answers import with_defaults

_ENDINGS = (".yaml", ".yml")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|(?<=[\s:\[{,])\'(?:[^\'\n]|\'\')*\'')
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


def kept_form(file: Path, out: Path, vocabulary: Vocabulary) -> FormContent | None:
    """The form to go on with; None where there is none yet.

    Raises InputError for a file that is no YAML, or cannot be used; and for one with comments,
    which it would lose if it were written again.
    """
    if out.suffix.lower() not in _ENDINGS:
        raise InputError(str(out), "an interview is kept as YAML", "Name a file in .yaml.")
    if out != file and out.exists():
        raise InputError(str(out), "there is such a file already", "Name another file with -o.")
    if not file.exists():
        return None
    content = opened(read_one(file, vocabulary), vocabulary)
    if out == file and _COMMENT.search(_QUOTED.sub("", read_text(file))):
        raise InputError(
            str(file),
            "it has comments, which `hrge ask` would lose",
            "Go on in a file of its own: -o NEW.yaml.",
        )
    return content


def opened(description: Description, vocabulary: Vocabulary) -> FormContent:
    """The form of a description, to go on with: what its author says for all answers stays."""
    content = content_of(with_form_names(description)[0], vocabulary)
    return with_defaults(content, description.defaults)


def short_name(text: str) -> str:
    """A text as a short name of the form; empty where nothing of it can be one.

    >>> short_name(" Women and girls ")
    'women-and-girls'
    """
    name = re.sub(r"[^a-z0-9]+", "-", text.strip().lower()).strip("-")[:100]
    return name if is_short_name(name) else ""
