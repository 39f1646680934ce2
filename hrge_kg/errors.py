"""The one exception for input that cannot be used.
It names the file and the line, what is wrong and what to do next.

>>> str(InputError("form.yaml", 3, "the key 'shelterr' is unknown", "Did you mean 'shelter'?"))
"form.yaml:3: the key 'shelterr' is unknown. Did you mean 'shelter'?"
"""


class InputError(Exception):
    """Input that cannot be used, with its place and a remedy.
    `line` counts from 1 and is None where no line is known.

    >>> InputError("form.yaml", None, "the file is empty", "Fill it in.").line is None
    True
    """

    def __init__(self, file: str, line: int | None, problem: str, remedy: str) -> None:
        # All four go to the base class, so that the error survives pickling between processes.
        super().__init__(file, line, problem, remedy)
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.problem.rstrip('.')}. {self.remedy}".rstrip()
