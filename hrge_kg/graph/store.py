"""Opens the built graph: from the cache where the sources have not changed, else built anew.

The cache holds a folder for each of the last few fingerprints, made beside its final place and moved there in one step, so
that a run killed at any point leaves nothing that the next one would believe. Only folders that bear hrge's mark are deleted.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import stat
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from ..resources import fingerprint
from .build import build

KEPT = 4
"""Built graphs that stay in the cache: those used last."""

_HALF_MADE = "building-"
_NAME = re.compile(rf"[0-9a-f]{{64}}|{_HALF_MADE}[0-9a-f]{{16}}")
_MARK = "HRGE-BUILD"
_WORDS = b"A graph that hrge built. hrge deletes this folder when it is no longer used.\n"
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# A cache of hrge (https://bford.info/cachedir/): it can be deleted.\n"
_ABANDONED = 3600
"""Seconds after which a half-made build is that of a run that was killed."""


def cache_folder() -> Path:
    """Where hrge keeps what it made: $HRGE_CACHE, else hrge below $XDG_CACHE_HOME or ~/.cache."""
    named = os.environ.get("HRGE_CACHE")
    return (
        Path(named)
        if named
        else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hrge"
    )


def builds_folder() -> Path:
    """Where built graphs are kept, a folder for each fingerprint."""
    return cache_folder() / "hrge-builds"


def open_graph() -> ox.Store:
    """The built graph, read-only.

    Raises InputError where the sources cannot be used. Without a writable cache it is built in memory.
    """
    place = builds_folder() / fingerprint()
    if _is_ours(place):
        try:
            graph = ox.Store.read_only(str(place / "graph"))
        except (OSError, RuntimeError):  # the library raises either for files that are damaged
            _remove(place)
        else:
            with contextlib.suppress(OSError):
                os.utime(place / _MARK)  # used now
            _clean(place)
            return graph
    print("hrge: building the graph", file=sys.stderr)
    graph = build()
    try:
        _keep(graph, place)
        _clean(place)
        return ox.Store.read_only(str(place / "graph"))
    except (OSError, RuntimeError):
        return graph


def _keep(graph: ox.Store, place: Path) -> None:
    """Raises OSError where it cannot be kept."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not any(place.parent.iterdir()):
        (place.parent / "CACHEDIR.TAG").write_bytes(_TAG)
    work = place.parent / f"{_HALF_MADE}{secrets.token_hex(8)}"
    work.mkdir()
    try:
        (work / _MARK).write_bytes(_WORDS)
        store = ox.Store(str(work / "graph"))
        store.bulk_extend(graph)
        store.flush()
        del store
        if os.path.lexists(place) and not _is_ours(place):  # an empty folder would give way
            raise FileExistsError(place)
        work.rename(place)
    except OSError:
        if not _is_ours(place):  # another run may have put the same graph there first
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _clean(place: Path) -> None:
    """Remove the builds that were used longest ago, and what killed runs left; never `place`."""
    with contextlib.suppress(OSError):
        used = {
            path: (path / _MARK).stat().st_mtime
            for path in place.parent.iterdir()
            if path != place and _is_ours(path)
        }
        half_made = [path for path in used if path.name.startswith(_HALF_MADE)]
        whole = sorted(used.keys() - half_made, key=lambda path: used[path], reverse=True)
        for path in [
            *whole[KEPT - 1 :],
            *(path for path in half_made if time.time() - used[path] > _ABANDONED),
        ]:
            _remove(path)


def _is_ours(path: Path) -> bool:
    """Whether hrge made a folder: it has such a name and bears the mark. A link is none, whatever it leads to."""
    mark = path / _MARK
    try:
        return (
            _NAME.fullmatch(path.name) is not None
            and stat.S_ISDIR(path.lstat().st_mode)
            and stat.S_ISREG(mark.lstat().st_mode)
            and mark.read_bytes() == _WORDS
        )
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Remove a folder that hrge made. Where this is cut short, what is left still bears the mark and is cleaned later."""
    gone = path.parent / f"{_HALF_MADE}{secrets.token_hex(8)}"
    with contextlib.suppress(OSError):
        path.rename(gone)  # at once: no run finds half of it
        shutil.rmtree(gone / "graph", ignore_errors=True)  # goes into no link
        shutil.rmtree(gone)
