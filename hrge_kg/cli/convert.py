"""`hrge convert`: writes a description in another format, without loss."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .output import add_force_option, add_out_option, add_verb, put_description, refuse_own_output
from .streams import tell

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "convert",
        "write a description in another format, without loss",
        run,
        "hrge convert my-programme.yaml --to xlsx -o my-programme.xlsx",
    )
    verb.add_argument("file", type=Path, metavar="FILE", help="the description")
    verb.add_argument(
        "--to",
        required=True,
        choices=("yaml", "csv", "xlsx", "jsonld", "ttl"),
        metavar="FORMAT",
        help="yaml, csv, xlsx, jsonld or ttl",
    )
    add_out_option(verb, "; needed for xlsx")
    add_force_option(verb)


def run(arguments: argparse.Namespace) -> int:
    """Read a description, write it in the other format, and say which names changed."""
    from ..form.convert import convert
    from ..form.readers import read_one
    from ..form.vocabulary import load_vocabulary
    from ..graph.store import open_graph

    refuse_own_output([arguments.file])
    vocabulary = load_vocabulary(open_graph())
    conversion = convert(read_one(arguments.file, vocabulary), arguments.to, vocabulary)
    if conversion.renamed:
        tell(
            f"{conversion.renamed} names of the programme, its groups and statements "
            "changed: a form gives its own names"
        )
    put_description(arguments.out, conversion.content, arguments.to, force=arguments.force)
    return 0
