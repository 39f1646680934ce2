"""`hrge validate --on spark`: writes the results of many descriptions as a folder of Parquet."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import InputError
from ..graph.store import ensure_kept
from ..spark.assess import assess_to_folder
from .streams import tell


def write_on_spark(arguments: argparse.Namespace, files: list[Path]) -> int:
    """Have Spark assess every file. The exit code is 2 if some file cannot be used, else 0.

    Raises InputError for options that only one machine has.
    """
    if not arguments.out or arguments.format != "parquet":
        raise InputError(
            "--on spark", "it writes a folder of Parquet files", "Name it: -o results.parquet"
        )
    if arguments.fail_on not in (None, "never"):
        raise InputError(
            f"--fail-on {arguments.fail_on}",
            "with --on spark the exit code only says whether all files can be used",
            "Ask the results, with `hrge portfolio`.",
        )
    given = {"--jobs": arguments.jobs != 1, "--engine": arguments.engine is not None}
    given |= {"--all-shapes": arguments.all_shapes, "-": Path("-") in files}
    for option in (option for option, is_given in given.items() if is_given):
        raise InputError(option, "Spark takes none", "Leave it out, or leave out --on spark.")
    ensure_kept()  # else every executor of this machine would build the graph
    unusable = assess_to_folder(files, arguments.out)
    if unusable:
        tell(f"{unusable} of {len(files)} files cannot be used; each has a row with its error")
    return 2 if unusable else 0
