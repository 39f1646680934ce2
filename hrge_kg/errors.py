"""The exceptions for input that cannot be used: where, what is wrong, and what to do next.

>>> str(InputError("form.yaml", "unknown key “shelterr”", "Did you mean “shelter”?", line=3))
'form.yaml:3: unknown key “shelterr”. Did you mean “shelter”?'
"""

from __future__ import annotations


class InputError(Exception):
    """Input that cannot be used, with its place and a remedy.

    `where` is a file, an option, a query or a name. `line` counts from 1; None: not known.

    >>> InputError("form.yaml", "the file is empty", "Fill it in.").line is None
    True
    """

    def __init__(self, where: str, problem: str, remedy: str, *, line: int | None = None) -> None:
        super().__init__(where, problem, remedy)
        self.where = where
        self.problem = problem
        self.remedy = remedy
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is pickled by its positional arguments; the line is none of them.
        return _restored, (type(self), self.where, self.problem, self.remedy, self.line)

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.problem.rstrip('.')}. {self.remedy}".rstrip()


class MissingExtra(InputError):
    """A library that belongs to an extra is not installed.

    >>> str(MissingExtra("--endpoint", "SPARQLWrapper", "remote"))
    "--endpoint: this needs SPARQLWrapper. Run: pip install 'hrge-kg[remote]'"
    """

    def __init__(self, where: str, library: str, extra: str) -> None:
        super().__init__(where, f"this needs {library}", f"Run: pip install 'hrge-kg[{extra}]'")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (InputError, self.where, self.problem, self.remedy, self.line)


def _restored(
    kind: type[InputError], where: str, problem: str, remedy: str, line: int | None
) -> InputError:
    return kind(where, problem, remedy, line=line)
