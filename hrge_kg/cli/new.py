"""`hrge new`: prints a form to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .output import (
    add_force_option,
    add_format_option,
    add_language_option,
    add_out_option,
    add_verb,
    put,
    put_description,
    refuse_own_output,
)

if TYPE_CHECKING:
    from .output import Verbs


FORMATS = ("yaml", "csv", "xlsx", "xlsform", "html")
OF_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".html": "html"}
"""The formats that the ending of OUT says, if no format is named."""


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "new",
        "print a form to fill in",
        run,
        "hrge new --format xlsx -o my-programme.xlsx",
    )
    verb.add_argument(
        "--for",
        dest="group",
        action="append",
        default=[],
        metavar="[NAME=]KIND,KIND|FILE",
        help="ask only what a check looks at for this group (repeatable); or for the groups of "
        "this description, and keep its answers",
    )
    add_format_option(
        verb,
        FORMATS,
        None,
        "; yaml has comments, xlsform is for KoboToolbox and ODK, html is one page to fill in. "
        "Without it, the ending of OUT says it (.csv, .xlsx, .html)",
    )
    add_out_option(verb, "; needed for xlsx and xlsform")
    add_force_option(verb)
    add_language_option(verb, "the page to fill in (html)")
    verb.add_argument(
        "--schema",
        action="store_true",
        help="print the JSON Schema of the form instead, for editors that complete keys",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write an empty form, one for some groups, or the JSON Schema."""
    from ..assessment.assessor import Assessor
    from ..assessment.relevance import find_relevance
    from ..form.content import EMPTY
    from ..form.convert import described, to_fill_in
    from ..form.json_schema import json_schema
    from ..form.prefill import prefilled
    from ..form.relevance import UNKNOWN
    from ..form.writers.xlsform_writer import to_xlsform
    from ..graph.store import open_graph
    from ..interview.offline_page import offline_page
    from ..languages.catalogue import find_language

    if arguments.format is None:
        ending = arguments.out.suffix.lower() if arguments.out else ""
        arguments.format = OF_ENDINGS.get(ending, "yaml")
    language = find_language(arguments.language)
    if not language.is_english and (arguments.schema or arguments.format != "html"):
        raise InputError(
            f"--language {arguments.language}",
            "only the page to fill in is translated",
            "Use it with --format html.",
        )
    refuse_own_output(map(Path, arguments.group))
    assessor = Assessor(open_graph())
    vocabulary = assessor.vocabulary
    if arguments.schema:
        put(arguments.out, json_schema(vocabulary).encode(), "json")
        return 0
    form, asked = EMPTY, None
    if arguments.group:
        form = prefilled(arguments.group, vocabulary)
        asked = assessor.asked(described(form, "--for", vocabulary))
    sheets = arguments.format in ("xlsx", "xlsform")
    relevance = find_relevance(assessor) if sheets else UNKNOWN
    if arguments.format == "xlsform":
        content = to_xlsform(vocabulary, form, asked, relevance)
    elif arguments.format == "html":
        content = offline_page(vocabulary, form, asked, language).encode()
    else:
        content = to_fill_in(arguments.format, vocabulary, form, asked, relevance)
    put_description(arguments.out, content, arguments.format, force=arguments.force)
    return 0
