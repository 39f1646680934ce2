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
    add_out_option(verb, "; needed for xlsx; a new folder if FILE describes several programmes")
    add_force_option(verb)


def run(arguments: argparse.Namespace) -> int:
    """Read descriptions, write them in the other format, and say which names changed."""
    from ..errors import InputError
    from ..file_writer import write_files
    from ..form.convert import convert, file_names
    from ..form.readers import read_file
    from ..form.vocabulary import load_vocabulary
    from ..graph.store import open_graph

    refuse_own_output([arguments.file])
    vocabulary = load_vocabulary(open_graph())
    found = read_file(arguments.file, vocabulary)
    made = [(one, convert(one, arguments.to, vocabulary)) for one in found]
    renamed = sum(conversion.renamed for _, conversion in made)
    if renamed:
        tell(
            f"{renamed} names of the programme, its groups and statements "
            "changed: a form gives its own names"
        )
    if len(made) == 1:
        put_description(arguments.out, made[0][1].content, arguments.to, force=arguments.force)
        return 0
    if arguments.out is None:
        raise InputError(
            str(arguments.file),
            f"the file describes {len(made)} programmes",
            "Name a new folder, with -o; each gets a file in it.",
        )
    contents = {
        f"{name}.{arguments.to}": conversion.content
        for name, (_, conversion) in zip(file_names(found), made, strict=True)
    }
    write_files(arguments.out, contents)
    tell(f"{len(contents)} descriptions were written to {arguments.out}")
    return 0
