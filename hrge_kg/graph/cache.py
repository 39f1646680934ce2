"""The cache: graphs that were built before, and marks of checks that need not be done again.

A built graph has a folder of its own. The folder's name is the fingerprint: a checksum over all
that a build reads and runs (`resources.fingerprint`). If any of it changes, so does the
fingerprint, and the graph is built anew. The cache keeps the graphs that were used last.

A folder is written under another name and renamed when it is whole. So a run that is killed at any
point leaves no half graph that the next run would open. hrge deletes only its own folders: each
holds a stamp, a file that says that hrge made the folder. A run that writes or deletes a folder
keeps its stamp locked; one with a name of that kind and no lock was left by a run that was killed.

`build_record` knows the size, time and checksum of every file. A graph whose files are not those is
damaged: it is deleted, and built anew. That a graph cannot be opened is no damage by itself.

The mark of a check is an empty file beside the folders, named for the check and for what was
checked.

>>> open_build("no-such-fingerprint") is None
True
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import stat
import time
from pathlib import Path

import pyoxigraph as ox

from .. import prepared
from ..errors import InputError
from ..locks import lock, locked_if_free
from ..system_errors import reason_of
from . import build_record

_LOGGER = logging.getLogger(__name__)

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
"""Seconds. Where the system has no locks, a folder that is not whole and is older than this was
left by a run that was killed.
"""


def cache_folder() -> Path:
    """Where hrge keeps what it made: $HRGE_CACHE, else hrge below $XDG_CACHE_HOME or ~/.cache.

    Raises FileNotFoundError if none is named and the user has no home folder.
    """
    named = os.environ.get("HRGE_CACHE")
    if named:
        return Path(named)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hrge"
    except RuntimeError as error:
        raise FileNotFoundError(2, "the user has no home folder", "HRGE_CACHE") from error


def builds_folder() -> Path:
    """Where built graphs are kept, a folder for each fingerprint."""
    return cache_folder() / "hrge-builds"


def open_build(fingerprint: str) -> ox.Store | None:
    """The built graph of a fingerprint, read-only; None where none is kept, or one was damaged.

    Raises InputError where there is one that is not damaged and still cannot be opened.
    """
    try:
        folder = builds_folder() / fingerprint
    except OSError:
        return None
    if not _is_ours(folder):
        return None
    if not build_record.is_unchanged(folder) and drop_damaged(folder):
        return None
    try:
        graph = _open(folder)
    except (OSError, RuntimeError, UnicodeError) as error:  # any of them, whatever the reason is
        if drop_damaged(folder):
            return None
        raise InputError(
            str(folder),
            f"the graph that is kept here cannot be opened: {error}",
            "Check its permissions, allow more open files (ulimit -n 256), or name another folder "
            "in HRGE_CACHE.",
        ) from None
    with contextlib.suppress(OSError):
        os.utime(folder / _STAMP)  # when it was last used
    _remove_unused(folder)
    return graph


def keep_build(fingerprint: str, graph: ox.Store) -> ox.Store | None:
    """Keep a built graph and open it from the cache, read-only; None where it cannot be kept."""
    try:
        folder = builds_folder() / fingerprint
        _write(graph, folder)
        _remove_unused(folder)
        return _open(folder)
    except (OSError, RuntimeError, UnicodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        _LOGGER.warning(
            "the built graph cannot be kept, and is built at every run: %s. "
            "Name a folder that you can write to in HRGE_CACHE",
            reason,
        )
        return None


def is_kept(fingerprint: str) -> bool:
    """Whether a built graph of this fingerprint is there; it may be damaged."""
    try:
        return _is_ours(builds_folder() / fingerprint)
    except OSError:
        return False


def drop_damaged(folder: Path) -> bool:
    """Remove a built graph if one of its files is not as it was written; whether that was so.

    What cannot be read, because too many files are open or the permissions lack, is not damaged.
    """
    if not _is_ours(folder) or not build_record.is_damaged(folder):
        return False
    _LOGGER.warning("the graph that was kept in %s is damaged, and is built anew", folder)
    _remove(folder)
    return not _is_ours(folder)  # another user's folder may stay


def has_mark(name: str) -> bool:
    """Whether an earlier run left this mark: the check need not be done again."""
    with contextlib.suppress(OSError):
        return (cache_folder() / name).is_file()
    return False


def leave_mark(name: str) -> None:
    """Leave a mark that a check was done; if it cannot be kept, later runs do the check again."""
    with contextlib.suppress(OSError):
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / name).touch()


def _open(folder: Path) -> ox.Store:
    graph = ox.Store.read_only(str(folder / "graph"))
    prepared.opened(graph, folder, build_record.checksums(folder), _drop_file)
    return graph


def _drop_file(path: Path) -> None:
    """Remove a damaged file of a build, so that the next run builds anew."""
    _LOGGER.warning("%s is damaged; the graph is asked instead, and the next run builds anew", path)
    with contextlib.suppress(OSError):
        path.unlink()


def _write(graph: ox.Store, folder: Path) -> None:
    """Write a graph to its folder. Raises OSError where it cannot be kept."""
    from shutil import rmtree

    from .names import INDEX, index_names  # only a new build needs them

    builds = folder.parent
    builds.mkdir(parents=True, exist_ok=True)
    if not any(builds.iterdir()):  # else it may be a folder of the user's own
        (builds / "CACHEDIR.TAG").write_bytes(_CACHE_TAG)
    half_made = builds / _half_made_name()
    half_made.mkdir()
    try:
        with (half_made / _STAMP).open("xb") as stamp:
            lock(stamp.fileno())
            stamp.write(_STAMP_TEXT)
            stamp.flush()
            store = ox.Store(str(half_made / "graph"))
            store.bulk_extend(graph)
            store.flush()
            (half_made / prepared.FOLDER).mkdir()
            kept = {**prepared.answers(graph), INDEX: index_names(graph)}
            for name, content in kept.items():
                (half_made / prepared.FOLDER / name).write_bytes(content)
            del store
            build_record.write(half_made)
            if os.path.lexists(folder) and not _is_ours(folder):  # rename replaces empty folders
                raise FileExistsError(folder)
            half_made.rename(folder)
    except OSError:
        if not _is_ours(folder):  # another run may have put the same graph there first
            raise
    finally:
        rmtree(half_made, ignore_errors=True)


def _remove_unused(kept: Path) -> None:
    """Remove the builds that were used longest ago, and what killed runs left; never `kept`."""
    with contextlib.suppress(OSError):
        ours = [path for path in kept.parent.iterdir() if path != kept and _is_ours(path)]
        last_used = {path: _last_used(path) for path in ours}
        half_made = [path for path in last_used if path.name.startswith(_HALF_MADE)]
        whole = sorted(last_used.keys() - half_made, key=lambda path: last_used[path], reverse=True)
        abandoned = [path for path in half_made if _is_abandoned(path, last_used[path])]
        for path in [*whole[KEPT - 1 :], *abandoned]:
            _remove(path)


def _last_used(build: Path) -> float:
    """When a build was last used. A time to come says nothing: a clock was wrong."""
    then = (build / _STAMP).stat().st_mtime
    return then if then < time.time() + _ABANDONED else 0


def _is_abandoned(half_made: Path, since: float) -> bool:
    """Whether the run that wrote a folder has ended."""
    with locked_if_free(half_made / _STAMP) as free:
        return time.time() - since > _ABANDONED if free is None else free


def _half_made_name() -> str:
    return f"{_HALF_MADE}{os.urandom(8).hex()}"


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
    from shutil import rmtree  # slow to import, and seldom needed

    gone = path.parent / _half_made_name()
    with contextlib.suppress(OSError):
        path.rename(gone)  # so that no other run opens half a graph
        rmtree(gone / "graph", ignore_errors=True)  # follows no symbolic link
        rmtree(gone)
