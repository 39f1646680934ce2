"""Many files, each read and assessed by itself, in the order given.

Several processes may work side by side. A file that cannot be used does not stop the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..form.readers import ENDINGS, read_file
from ..graph.store import open_graph
from ..tables.model import Table, Term
from .assessor import Assessor
from .enums import Outcome
from .model import Assessment

Assessed = list[Assessment] | InputError
"""What became of one file: an assessment for each programme in it, or why it cannot be used."""

SUMMARY = (
    "programme",
    "title",
    "file",
    "concern",
    "needsReview",
    "notStated",
    "inPart",
    "met",
    "notApplicable",
)

_assessor: Assessor | None = None  # of this worker process: built once, for all files that it gets


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and for a folder the files in it that can be descriptions, by name.

    A folder's own folders are left alone. Raises InputError for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(filter(_is_description, path.iterdir()))
        if not inside:
            raise InputError(
                str(path),
                "no file in this folder has the ending of a description",
                f"Use one of: {', '.join(ENDINGS)}.",
            )
        found += inside
    return found


def _is_description(path: Path) -> bool:
    """Whether a file has a description's ending, and is not hidden or locked by an office suite."""
    hidden = path.name.startswith((".", "~$"))
    return path.is_file() and path.suffix.lower() in ENDINGS and not hidden


def assess_files(paths: Iterable[Path], jobs: int = 1) -> Iterator[tuple[Path, Assessed]]:
    """Each file with its assessments or its error, in the order given.

    Raises InputError where the shapes or the engine cannot be trusted.
    """
    files = list(paths)
    assessor = Assessor(open_graph())
    assessor.run_self_test()  # before any file: what it raises is about no file
    if jobs == 1 or len(files) < 2:
        yield from ((path, _assess(path, assessor)) for path in files)
        return
    with ProcessPoolExecutor(min(jobs, len(files)), initializer=_start) as pool:
        yield from zip(files, pool.map(_work, files), strict=True)


def summary(assessments: Iterable[Assessment]) -> Table:
    """One row for each programme, in the order given: how often each outcome occurs.

    There is no score and no ranking. (docs/how-to/assess-a-portfolio.md)
    """
    return Table(SUMMARY, tuple(_row(one) for one in assessments), "Norms by group, by outcome")


def _row(assessment: Assessment) -> tuple[Term | None, ...]:
    description = assessment.description
    counts = (ox.Literal(assessment.counts[outcome]) for outcome in Outcome)
    return (
        ox.NamedNode(description.programme),
        ox.Literal(description.title),
        ox.Literal(description.file),
        *counts,
    )


def _assess(path: Path, assessor: Assessor) -> Assessed:
    try:
        return [assessor.assess(one) for one in read_file(path, assessor.vocabulary)]
    except InputError as error:
        return error


def _start() -> None:
    global _assessor
    _assessor = Assessor(open_graph())


def _work(path: Path) -> Assessed:
    assert _assessor is not None
    return _assess(path, _assessor)
