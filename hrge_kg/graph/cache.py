"""The cache: graphs that were built before, and marks of checks that need not be done again.

A built graph has a folder of its own. The folder's name is the fingerprint: a checksum over all
that a build reads and runs (`resources.fingerprint`). If any of it changes, so does the
fingerprint, and the graph is built anew. The cache keeps the graphs that were used last.

A folder is written under another name and renamed when it is whole. So a run that is killed at any
point leaves no half graph that the next run would open. hrge deletes only its own folders: each
holds a stamp, a file that says that hrge made the folder. The mark of a check is an empty file
beside them, named for the check and for what was checked.

>>> open_build("no-such-fingerprint") is None
True
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import stat
import time
from pathlib import Path

import pyoxigraph as ox

KEPT = 4
"""Built graphs that stay in the cache: those used last."""

_HALF_MADE = "building-"
"""How the name of a folder begins while it is written or deleted."""
_NAME = re.compile(rf"[0-9a-f]{{64}}|{_HALF_MADE}[0-9a-f]{{16}}")
_STAMP = "HRGE-BUILD"
"""The file that says that hrge made the folder; its time says when the graph was last used."""
_STAMP_TEXT = b"A graph that hrge built. hrge deletes this folder when it is no longer used.\n"
# By this file backup programs know a cache and leave it out. (https://bford.info/cachedir/)
_CACHE_TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# A cache of hrge (https://bford.info/cachedir/): it can be deleted.\n"
)
_ABANDONED = 3600
"""Seconds. A folder that is not whole and is older than this was left by a run that was killed."""


def cache_folder() -> Path:
    """Where hrge keeps what it made: $HRGE_CACHE, else hrge below $XDG_CACHE_HOME or ~/.cache."""
    named = os.environ.get("HRGE_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hrge"


def builds_folder() -> Path:
    """Where built graphs are kept, a folder for each fingerprint."""
    return cache_folder() / "hrge-builds"


def open_build(fingerprint: str) -> ox.Store | None:
    """The built graph of a fingerprint, read-only; None where none is kept or it is damaged."""
    folder = builds_folder() / fingerprint
    if not _is_ours(folder):
        return None
    try:
        graph = ox.Store.read_only(str(folder / "graph"))
    except (OSError, RuntimeError):  # the library raises either for files that are damaged
        _remove(folder)
        return None
    with contextlib.suppress(OSError):
        os.utime(folder / _STAMP)  # when it was last used
    _remove_unused(folder)
    return graph


def keep_build(fingerprint: str, graph: ox.Store) -> ox.Store | None:
    """Keep a built graph and open it from the cache, read-only; None where it cannot be kept."""
    folder = builds_folder() / fingerprint
    try:
        _write(graph, folder)
        _remove_unused(folder)
        return ox.Store.read_only(str(folder / "graph"))
    except (OSError, RuntimeError):
        return None


def has_mark(name: str) -> bool:
    """Whether an earlier run left this mark: the check need not be done again."""
    return (cache_folder() / name).is_file()


def leave_mark(name: str) -> None:
    """Leave a mark that a check was done; if it cannot be kept, later runs do the check again."""
    with contextlib.suppress(OSError):
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / name).touch()


def _write(graph: ox.Store, folder: Path) -> None:
    """Write a graph to its folder. Raises OSError where it cannot be kept."""
    builds = folder.parent
    builds.mkdir(parents=True, exist_ok=True)
    if not any(builds.iterdir()):  # else it may be a folder of the user's own
        (builds / "CACHEDIR.TAG").write_bytes(_CACHE_TAG)
    half_made = builds / _half_made_name()
    half_made.mkdir()
    try:
        (half_made / _STAMP).write_bytes(_STAMP_TEXT)
        store = ox.Store(str(half_made / "graph"))
        store.bulk_extend(graph)
        store.flush()
        del store
        if os.path.lexists(folder) and not _is_ours(folder):  # rename replaces empty folders
            raise FileExistsError(folder)
        half_made.rename(folder)
    except OSError:
        if not _is_ours(folder):  # another run may have put the same graph there first
            raise
    finally:
        shutil.rmtree(half_made, ignore_errors=True)


def _remove_unused(kept: Path) -> None:
    """Remove the builds that were used longest ago, and what killed runs left; never `kept`."""
    with contextlib.suppress(OSError):
        last_used = {
            path: (path / _STAMP).stat().st_mtime
            for path in kept.parent.iterdir()
            if path != kept and _is_ours(path)
        }
        half_made = [path for path in last_used if path.name.startswith(_HALF_MADE)]
        whole = sorted(last_used.keys() - half_made, key=lambda path: last_used[path], reverse=True)
        abandoned = [path for path in half_made if time.time() - last_used[path] > _ABANDONED]
        for path in [*whole[KEPT - 1 :], *abandoned]:
            _remove(path)


def _half_made_name() -> str:
    return f"{_HALF_MADE}{secrets.token_hex(8)}"


def _is_ours(path: Path) -> bool:
    """Whether hrge made a folder: it has a name that hrge gives, and holds the stamp.

    A symbolic link is never ours, even if it leads to such a folder.
    """
    stamp = path / _STAMP
    try:
        return (
            _NAME.fullmatch(path.name) is not None
            and stat.S_ISDIR(path.lstat().st_mode)
            and stat.S_ISREG(stamp.lstat().st_mode)
            and stamp.read_bytes() == _STAMP_TEXT
        )
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Remove a folder that hrge made.

    The stamp goes last: if hrge is stopped before, a later run knows the folder and removes it.
    """
    gone = path.parent / _half_made_name()
    with contextlib.suppress(OSError):
        path.rename(gone)  # so that no other run opens half a graph
        shutil.rmtree(gone / "graph", ignore_errors=True)  # follows no symbolic link
        shutil.rmtree(gone)
