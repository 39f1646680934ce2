"""The record of a built graph: name, size, time of change and checksum of each of its files.

Size and time are compared whenever a graph is opened, which takes no time; the checksum of what is
prepared, which has no checks of its own as the store has, when it is read. The other checksums are
compared where size or time differ, as in a copy, and where a graph cannot be opened or read.
"""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

from ..prepared import FOLDER as PREPARED
from ..prepared import checksum

_RECORD = "FILES.json"
_LOGS = ("LOG", "LOCK")
"""How the names of files begin that say nothing of the graph."""
_UNREADABLE = (errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Errors in reading a file that say nothing of what is in it."""


def write(folder: Path) -> None:
    """Write the record of the graph in a folder. Raises OSError where that cannot be done."""
    record = {path.name: [*_status(path), _checksum(path)] for path in _files(folder)}
    (folder / _RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")


def is_unchanged(folder: Path) -> bool:
    """Whether every file has the size and time that it had."""
    try:
        return {path.name: _status(path) for path in _files(folder)} == {
            name: entry[:2] for name, entry in _read(folder).items()
        }
    except (OSError, ValueError):
        return False


def checksums(folder: Path) -> dict[str, str]:
    """The recorded checksum of each file; none where there is no record."""
    try:
        return {name: entry[2] for name, entry in _read(folder).items()}
    except (OSError, ValueError):
        return {}


def is_damaged(folder: Path) -> bool:
    """Whether a file is missing, is there too many, or is not as it was written."""
    try:
        record = _read(folder)
        found = {path.name: path for path in _files(folder)}
        return found.keys() != record.keys() or any(
            _checksum(path) != record[name][2] for name, path in found.items()
        )
    except OSError as error:
        return error.errno not in _UNREADABLE
    except ValueError:
        return True


def _read(folder: Path) -> dict[str, list[Any]]:
    record = json.loads((folder / _RECORD).read_bytes())
    if not isinstance(record, dict) or not all(
        isinstance(entry, list) and len(entry) == 3 for entry in record.values()
    ):
        raise ValueError(folder)
    return record


def _files(folder: Path) -> list[Path]:
    graph = (path for path in (folder / "graph").iterdir() if not path.name.startswith(_LOGS))
    return [*sorted(graph), *_prepared(folder)]


def _prepared(folder: Path) -> list[Path]:
    return sorted((folder / PREPARED).iterdir())


def _checksum(path: Path) -> str:
    return checksum(path.read_bytes())


def _status(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]
