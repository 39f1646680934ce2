"""Opens the built graph from the cache; if the files of the project have changed, builds it anew.

>>> len(open_graph()) > 10_000
True
"""

from __future__ import annotations

import logging

import pyoxigraph as ox

from ..resources import fingerprint
from .build import build
from .cache import keep_build, open_build

_LOGGER = logging.getLogger(__name__)


def open_graph() -> ox.Store:
    """The built graph, read-only.

    Raises InputError if the files of the project cannot be used. If the cache cannot be written,
    the graph is built in memory.
    """
    key = fingerprint()
    kept = open_build(key)
    if kept is not None:
        return kept
    _LOGGER.info("building the graph")
    built = build()
    kept = keep_build(key, built)
    return built if kept is None else kept
