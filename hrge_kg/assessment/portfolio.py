"""Many files, each read and assessed by itself, in the order given.

Several processes may work side by side. A file that cannot be used does not stop the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from ..errors import Fault, InputError, fault_of
from ..form.description import Description
from ..form.readers import ENDINGS, read_file
from ..graph.store import open_graph
from ..parsing.files import Source, file_name
from ..system_errors import system_error
from ..tables.model import Table, Term
from .assessor import Assessor
from .engines import Engine
from .enums import Outcome
from .model import Assessment

_Made = TypeVar("_Made")
_Taken = TypeVar("_Taken")
Unusable = InputError | Fault
"""Why a file cannot be used. A fault is one of hrge itself; it too is about one file only."""
Assessed = list[Assessment] | Unusable
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

_AT_ONCE = 16
"""Files that are read, and then assessed, at once."""

_assessor: Assessor | None = None  # of this worker process: built once, for all files that it gets


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and for a folder the files in it that can be descriptions, by name.

    A folder's own folders are left alone. Raises InputError for a folder without any, and for one
    that cannot be read.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(filter(_is_description, path.iterdir()))
        except OSError as error:
            raise system_error(error, str(path), "the folder cannot be read ({})") from error
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


def assess_files(
    paths: Iterable[Path],
    jobs: int = 1,
    engine: type[Engine] | None = None,
    *,
    all_shapes: bool = False,
) -> Iterator[tuple[Path, Assessed]]:
    """Each file with its assessments or its error, in the order given.

    `engine` and `all_shapes` are those of the `Assessor`. Raises InputError where the shapes or the
    engine cannot be trusted.
    """
    return make_of_each(_whole, paths, jobs, engine, all_shapes=all_shapes)


def make_of_each(
    make: Callable[[Assessment], _Made],
    paths: Iterable[Path],
    jobs: int = 1,
    engine: type[Engine] | None = None,
    *,
    all_shapes: bool = False,
) -> Iterator[tuple[Path, list[_Made] | Unusable]]:
    """As `assess_files`, with what `make` makes of each assessment in its place.

    `make` is a function of a module. It runs in the process that assesses, so that what it makes is
    all that comes from there: an assessment is large.
    """
    files = list(paths)
    assessor = Assessor(open_graph(), engine, all_shapes=all_shapes)
    assessor.run_self_test()  # before any file: what it raises is about no file
    if jobs == 1 or len(files) < 2:
        yield from zip(files, assess_each(files, assessor, make), strict=True)
        return
    # Only this process can read standard input.
    shared = [path for path in files if str(path) != "-"]
    jobs = min(jobs, len(files))
    work = partial(_work, make=make, engine=engine, all_shapes=all_shapes)
    # Each process gets several shares, so that none is waited for at the end.
    size = max(1, min(_AT_ONCE, len(shared) // (4 * jobs)))
    with contextlib.closing(_share_out(work, shared, jobs, size)) as results:
        for path in files:
            own = str(path) == "-"
            yield path, *(assess_each([path], assessor, make) if own else [next(results)])


def _share_out(
    work: Callable[[Sequence[Path]], list[list[_Made] | Unusable] | str],
    files: Sequence[Path],
    jobs: int,
    size: int,
) -> Generator[list[_Made] | Unusable, None, None]:
    """What so many processes make of each file, in the order given; `size` files are one share."""
    from ..workers import run_each

    shares = [files[start : start + size] for start in range(0, len(files), size)]
    with contextlib.closing(run_each(work, shares, jobs, _why_lost, preload=__name__)) as results:
        for share, made in zip(shares, results, strict=True):
            if not isinstance(made, str):
                yield from made
            elif size == 1:
                yield _lost(share[0], made)
            else:  # one of these files ended the process; the others can be assessed
                yield from _share_out(work, share, 1, 1)


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


def assess_each(
    sources: Iterable[Source], assessor: Assessor, make: Callable[[Assessment], _Made]
) -> Iterator[list[_Made] | Unusable]:
    """What `make` makes of each assessment of a file, or why the file cannot be used: for each file
    in the order given.

    Some files are read before the first is assessed: together they take less time.
    """

    def made(descriptions: list[Description]) -> list[_Made]:
        return [make(assessor.assess(one)) for one in descriptions]

    def read(source: Source) -> list[Description]:
        return list(read_file(source, assessor.vocabulary))

    coming = iter(sources)
    while some := list(islice(coming, _AT_ONCE)):
        found = [_usable(source, read, source) for source in some]
        assessor.prepare(one for each in found if isinstance(each, list) for one in each)
        for source, each in zip(some, found, strict=True):
            yield _usable(source, made, each) if isinstance(each, list) else each


def _usable(
    source: Source, work: Callable[[_Taken], list[_Made]], taken: _Taken
) -> list[_Made] | Unusable:
    """What the work returns, or why this file cannot be used."""
    try:
        return work(taken)
    except InputError as error:
        return error
    except OSError as error:
        return system_error(error, file_name(source))
    except Exception as error:
        return Fault(f"{file_name(source)}: {fault_of(error)}")


def _whole(assessment: Assessment) -> Assessment:
    return assessment


def _work(
    paths: Sequence[Path],
    *,
    make: Callable[[Assessment], _Made],
    engine: type[Engine] | None,
    all_shapes: bool,
) -> list[list[_Made] | Unusable]:
    """In a process of its own."""
    global _assessor
    if _assessor is None:
        _assessor = Assessor(open_graph(), engine, all_shapes=all_shapes)
    return list(assess_each(paths, _assessor, make))


def _why_lost(_: Sequence[Path], reason: str) -> str:
    return reason


def _lost(path: Path, reason: str) -> InputError:
    return InputError(
        file_name(path),
        f"not assessed: {reason}",
        "Assess it by itself; if that fails too, the machine may have too little memory.",
    )
