"""The cache: a built graph for each of the last few fingerprints, and marks of checks done.

A folder is made beside its final place and moved there in one step, so that a run killed at any
point leaves nothing that the next one would believe. Only folders that bear hrge's mark are
deleted.

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
_NAME = re.compile(rf"[0-9a-f]{{64}}|{_HALF_MADE}[0-9a-f]{{16}}")
_MARK = "HRGE-BUILD"
_MARK_TEXT = b"A graph that hrge built. hrge deletes this folder when it is no longer used.\n"
# The signature is that of https://bford.info/cachedir/: backups pass over the folder.
_TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# A cache of hrge (https://bford.info/cachedir/): it can be deleted.\n"
)
_ABANDONED = 3600
"""Seconds after which a half-made build is that of a run that was killed."""


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
        os.utime(folder / _MARK)  # used now
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
    """Whether an earlier run left the mark of a check that need not be done again."""
    return (cache_folder() / name).is_file()


def leave_mark(name: str) -> None:
    """Leave the mark of a check for later runs; without a writable cache they check again."""
    with contextlib.suppress(OSError):
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / name).touch()


def _write(graph: ox.Store, folder: Path) -> None:
    """Raises OSError where it cannot be kept."""
    builds = folder.parent
    builds.mkdir(parents=True, exist_ok=True)
    if not any(builds.iterdir()):  # else the folder may hold what is a user's
        (builds / "CACHEDIR.TAG").write_bytes(_TAG)
    half_made = builds / _half_made_name()
    half_made.mkdir()
    try:
        (half_made / _MARK).write_bytes(_MARK_TEXT)
        store = ox.Store(str(half_made / "graph"))
        store.bulk_extend(graph)
        store.flush()
        del store
        if os.path.lexists(folder) and not _is_ours(folder):  # an empty folder would give way
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
            path: (path / _MARK).stat().st_mtime
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
    """Whether hrge made a folder: it has such a name and bears the mark.

    A link is none, whatever it leads to.
    """
    mark = path / _MARK
    try:
        return (
            _NAME.fullmatch(path.name) is not None
            and stat.S_ISDIR(path.lstat().st_mode)
            and stat.S_ISREG(mark.lstat().st_mode)
            and mark.read_bytes() == _MARK_TEXT
        )
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Remove a folder that hrge made.

    Where this is cut short, what is left still bears the mark and is removed later.
    """
    gone = path.parent / _half_made_name()
    with contextlib.suppress(OSError):
        path.rename(gone)  # at once: no run finds half of it
        shutil.rmtree(gone / "graph", ignore_errors=True)  # goes into no link
        shutil.rmtree(gone)
