"""`hrge validate -o FILE.parquet`: writes the results of many descriptions as columns."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..assessment.portfolio import make_of_each
from ..errors import InputError
from ..parsing.files import file_name
from ..results.columns import Row, row_of_unusable, rows_of
from .each_file import EachFile, makes_exit_1
from .output import refuse_description
from .streams import tell

if TYPE_CHECKING:
    from ..assessment.engines import Engine
    from ..assessment.model import Assessment

_Made = tuple[list[Row], bool]


def write_columns(
    arguments: argparse.Namespace, files: list[Path], engine: type[Engine] | None
) -> int:
    """Assess every file, and write their rows to a results file while this goes on.

    If it is stopped, no file is written.
    """
    from ..results.writers import write_results

    if not arguments.out:
        raise InputError(
            f"--format {arguments.format}",
            "this is no text, and cannot be printed",
            f"Name the file to write: -o results.{arguments.format}",
        )
    refuse_description(arguments.out)
    make = partial(_rows, fail_on=arguments.fail_on)
    each = EachFile(
        make_of_each(make, files, arguments.jobs, engine, all_shapes=arguments.all_shapes),
        len(files),
        "each has a row with its error",
    )
    attention = False

    def rows() -> Iterator[Row]:
        nonlocal attention
        for path, made in each:
            if not isinstance(made, list):
                yield row_of_unusable(file_name(path), made)
                continue
            for of_programme, needs_attention in made:
                attention |= needs_attention
                yield from of_programme

    try:
        write_results(arguments.out, arguments.format, rows())
    except KeyboardInterrupt:
        tell(f"stopped after {each.number} of {len(files)} files; nothing was written")
        raise
    return each.exit_code(attention=attention)


def _rows(assessment: Assessment, *, fail_on: str | None) -> _Made:
    return rows_of(assessment), makes_exit_1(assessment, fail_on)
