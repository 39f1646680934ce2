"""The exceptions for input that cannot be used: where, what is wrong, and what to do next.

>>> str(InputError("form.yaml", "unknown key “shelterr”", "Did you mean “shelter”?", line=3))
'form.yaml:3: unknown key “shelterr”. Did you mean “shelter”?'
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from .escaping import escaped

MOST = 50
"""How many mistakes of one file are printed at most; the others are only counted."""
MOST_GATHERED = 500
"""With so many mistakes the rest of a file is not read: to say what was meant takes long."""


class InputError(Exception):
    """Input that cannot be used: its place, what is wrong, and what to do (`remedy`).

    `where` is a file, an option, a query or a name; what does not print in it is kept as an
    escape. `line` counts from 1, or is None if it is not known.

    >>> InputError("form.yaml", "the file is empty", "Fill it in.").line is None
    True
    """

    def __init__(self, where: str, problem: str, remedy: str, *, line: int | None = None) -> None:
        where = escaped(where)
        super().__init__(where, problem, remedy)
        self.where = where
        self.problem = problem
        self.remedy = remedy
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        # Pickle keeps only positional arguments; `line` is keyword-only, so it would be lost.
        return _restored, (type(self), self.where, self.problem, self.remedy, self.line)

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.problem.rstrip('.')}. {self.remedy}".rstrip()


class Stopped(KeyboardInterrupt):
    """The system asked this process to end (SIGTERM)."""


class MissingExtra(InputError):
    """A library that belongs to an extra is not installed.

    >>> str(MissingExtra("--endpoint", "SPARQLWrapper", "remote"))
    "--endpoint: this needs SPARQLWrapper. Run: pip install 'hrge-kg[remote]'"
    """

    def __init__(self, where: str, library: str, extra: str) -> None:
        super().__init__(where, f"this needs {library}", f"Run: pip install 'hrge-kg[{extra}]'")

    def __reduce__(self) -> tuple[object, ...]:
        # It comes back as an InputError: its own constructor takes other arguments.
        return _restored, (InputError, self.where, self.problem, self.remedy, self.line)


class InputErrors(InputError):
    """Several mistakes of one file; place, problem and remedy are those of the first.

    >>> two = [InputError("a.csv", "one", "Fix it."), InputError("a.csv", "two", "Fix it.")]
    >>> print(InputErrors(two))
    a.csv: one. Fix it.
    a.csv: two. Fix it.
    """

    def __init__(self, mistakes: Sequence[InputError], *, stopped: bool = False) -> None:
        """`stopped`: the file was not read to its end, so that it may have more mistakes."""
        first = mistakes[0]
        super().__init__(first.where, first.problem, first.remedy, line=first.line)
        self.mistakes = tuple(mistakes)
        self.stopped = stopped

    def __reduce__(self) -> tuple[object, ...]:
        return partial(InputErrors, stopped=self.stopped), (self.mistakes,)

    def __str__(self) -> str:
        lines = [str(mistake) for mistake in self.mistakes[:MOST]]
        more = len(self.mistakes) - MOST
        if more > 0:
            lines.append(f"{self.where}: and {'at least ' if self.stopped else ''}{more} more")
        return "\n".join(lines)


class Mistakes:
    """Gathers the mistakes of a file.

    So the code that reads the file goes on after each mistake, and reports all of them at the end.

    >>> mistakes = Mistakes()
    >>> with mistakes.gathered():
    ...     raise InputError("form.yaml", "this is wrong", "Fix it.")
    >>> with mistakes.gathered():
    ...     pass
    >>> len(mistakes.found)
    1
    """

    def __init__(self) -> None:
        self.found: list[InputError] = []

    @contextlib.contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep the mistake that ends this block, and go on after the block.

        Raises InputErrors once there are too many to go on.
        """
        try:
            yield
        except InputErrors as errors:
            if errors.stopped:
                raise
            self.found += errors.mistakes
        except InputError as error:
            self.found.append(error)
        if len(self.found) >= MOST_GATHERED:
            raise InputErrors(self._distinct(), stopped=True)

    def raise_found(self, *, by_line: bool = False) -> None:
        """Raise InputError if any mistake was found; it has each mistake once.

        They are sorted by line if `by_line`, which is only for the lines of one text. Otherwise
        they are in the order in which they were found.
        """
        distinct = self._distinct()
        if by_line:
            distinct.sort(key=lambda mistake: mistake.line or 0)
        if len(distinct) == 1:
            raise distinct[0]
        if distinct:
            raise InputErrors(distinct)

    def _distinct(self) -> list[InputError]:
        return list({str(mistake): mistake for mistake in self.found}.values())


class Fault(RuntimeError):
    """A fault of hrge itself, which another process met; the message says where."""


def fault_of(error: BaseException) -> str:
    """An exception that nobody expected, and where in hrge it came from, on one line.

    >>> fault_of(ValueError("wrong"))
    'ValueError: wrong'
    """
    if isinstance(error, Fault):
        return str(error)
    package = Path(__file__).parent
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(package)
    ]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:]]
    told = " ".join(f"{type(error).__name__}: {error}".split())[:500]
    return f"{told} ({' > '.join(places)})" if places else told


def _restored(
    kind: type[InputError], where: str, problem: str, remedy: str, line: int | None
) -> InputError:
    return kind(where, problem, remedy, line=line)
