"""Goes through many files: tells how far it is, and what cannot be used; the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from ..errors import Fault, InputError
from .progress import progress
from .streams import FAULT, tell, tell_error, tell_fault

if TYPE_CHECKING:
    from ..assessment.model import Assessment
    from ..assessment.portfolio import Unusable

_Made = TypeVar("_Made")


class EachFile(Generic[_Made]):
    """What was made of each file, in order; whatever cannot be used is told and counted."""

    def __init__(
        self, results: Iterable[tuple[Path, list[_Made] | Unusable]], total: int, outcome: str
    ) -> None:
        """`outcome` says what becomes of the files that can be used."""
        self._results = results
        self._outcome = outcome
        self.total = total
        self.number = 0
        self.unusable = 0
        self._faults = 0

    def __iter__(self) -> Iterator[tuple[Path, list[_Made] | Unusable]]:
        with progress(self.total) as done:
            for path, made in self._results:
                yield path, made
                # Only now is it kept; whoever stops the run here loses nothing that was told.
                self.number += 1
                if isinstance(made, InputError | Fault):
                    self.unusable += 1
                    self._faults += isinstance(made, Fault)
                    tell_error(made) if isinstance(made, InputError) else tell_fault(made)
                done(str(path), isinstance(made, list))

    def exit_code(self, *, attention: bool) -> int:
        """The exit code; `attention` is whether something that was made needs attention."""
        if self.unusable and self.total > 1:
            tell(f"{self.unusable} of {self.total} files cannot be used; {self._outcome}")
        if self.unusable:
            return FAULT if self._faults else 2
        return int(attention)


def makes_exit_1(assessment: Assessment, fail_on: str | None) -> bool:
    """Whether this assessment makes the command exit with 1.

    Without --fail-on it does if a statement raises a concern or a review, or if nothing that
    applies is stated.
    """
    if fail_on == "never":
        return False
    return assessment.raises(fail_on) if fail_on else not assessment.quiet
