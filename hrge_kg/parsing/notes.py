"""What was read otherwise than it was written, and what was not read: told once for each file.

>>> notes = Notes("form.csv")
>>> notes.add("U+00A0 (no-break space) is read as a space", line=3)
>>> notes.add("U+00A0 (no-break space) is read as a space", line=7)
>>> notes.told()
('form.csv:3: U+00A0 (no-break space) is read as a space (here first, at 2 places)',)
"""

from __future__ import annotations

import logging

_LOGGER = logging.getLogger(__name__)


class Notes:
    """Gathers the notes on one file; of each kind the first place is told, and how many there are.

    >>> Notes("form.csv").told()
    ()
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._places: dict[str, dict[tuple[int | None, str], None]] = {}

    def add(self, told: str, *, line: int | None = None, cell: str | None = None) -> None:
        """Keep a note; a sentence without its full stop. The same at the same place counts once."""
        self._places.setdefault(told, {})[line, cell or ""] = None

    def told(self) -> tuple[str, ...]:
        """The notes as lines, in the order in which they were found."""
        lines = []
        for told, places in self._places.items():
            line, cell = next(iter(places))
            where = self.file if line is None else f"{self.file}:{line}"
            more = f" (here first, at {len(places)} places)" if len(places) > 1 else ""
            lines.append(f"{where}: {cell + ': ' if cell else ''}{told}{more}")
        return tuple(lines)

    def log(self) -> None:
        """Tell them to whoever listens to the log of the library, as the command does."""
        for line in self.told():
            _LOGGER.warning("%s", line)
