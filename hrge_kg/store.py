"""Opens the built graph: from the cache where the sources have not changed, else built anew.

The cache is one folder a fingerprint, made beside its final place and moved there in one step, so that a run killed at any
point leaves nothing that the next one would believe.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

from .build import build
from .resources import fingerprint


def cache_folder() -> Path:
    """Where built graphs are kept: $HRGE_CACHE, else hrge below $XDG_CACHE_HOME or ~/.cache."""
    named = os.environ.get("HRGE_CACHE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hrge"


def open_graph() -> ox.Store:
    """The built graph, read-only.

    Raises InputError where the sources cannot be used. Without a writable cache it is built in memory.
    """
    place = cache_folder() / fingerprint()
    if place.is_dir():
        try:
            return ox.Store.read_only(str(place))
        except (OSError, RuntimeError):  # the library raises either for files that are damaged
            shutil.rmtree(place, ignore_errors=True)
    print("hrge: building the graph", file=sys.stderr)
    graph = build()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _keep(graph, place)
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError):
        return graph


def _keep(graph: ox.Store, place: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix="building-", dir=place.parent))
    try:
        store = ox.Store(str(work / "graph"))
        store.bulk_extend(graph)
        store.flush()
        del store
        for old in place.parent.iterdir():  # one graph is kept: that of the present sources
            if old.is_dir() and old not in (work, place) and not old.name.startswith("building-"):
                shutil.rmtree(old, ignore_errors=True)
        (work / "graph").rename(place)
    except OSError:
        if not place.is_dir():  # another run may have put the same graph there first
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
