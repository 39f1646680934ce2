"""What the reference engine reports in each round of the self-test: run once, for all workers."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshacl, Validation
from hrge_kg.assessment.shacl import Result

Reported = list[tuple[frozenset[str], list[Result]]]
"""For each round the outcome shapes (IRIs) that looked, and what they reported."""


def reported_by_reference(graph: ox.Store, cache: Path) -> Reported:
    """Run the product's own self-test, unless another worker has, and keep what was reported.

    `cache` is that of the session, which all workers share: the mark that the self-test leaves
    there is believed by all that they start.
    """
    kept = cache.parent / "reference-rounds.pickle"
    with locked(cache.parent / "reference-rounds.lock"):
        if not kept.is_file():
            kept.write_bytes(pickle.dumps(_run(graph, cache)))
    found: Reported = pickle.loads(kept.read_bytes())
    return found


def _run(graph: ox.Store, cache: Path) -> Reported:
    reported: Reported = []

    class Recorded(Pyshacl):
        """The reference engine, and a record of what it reports."""

        def validate(self, data: Sequence[ox.Triple], some: Set[str] | None = None) -> Validation:
            found = super().validate(data, some)
            reported.append((frozenset(some or ()), found.results))
            return found

    own = cache.parent / "cache-of-the-reference"  # without a mark, so that the rounds are run
    own.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRGE_CACHE", str(own))
        Assessor(graph, Recorded).run_self_test()
    for mark in own.iterdir():  # of what was tested, and of the build
        mark.rename(cache / mark.name)
    return reported


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """While this lasts, other workers wait who lock the same file."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
