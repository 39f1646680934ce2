"""Opens the built graph from the cache; if the files of the project have changed, builds it anew.

>>> len(open_graph()) > 10_000
True
"""

from __future__ import annotations

import hashlib
import logging

import pyoxigraph as ox

from ..errors import InputError
from ..resources import fingerprint
from .cache import builds_folder, drop_damaged, is_kept, keep_build, open_build

_LOGGER = logging.getLogger(__name__)


def open_graph() -> ox.Store:
    """The built graph, read-only.

    Raises InputError if the files of the project cannot be used, or the kept graph cannot be
    opened. If the cache cannot be written, the graph is built in memory, and the log says so.
    """
    key = build_key()
    kept = open_build(key)
    if kept is not None:
        return kept
    from .build import build  # slow to import, and seldom needed

    _LOGGER.info("building the graph")
    built = build()
    kept = keep_build(key, built)
    return built if kept is None else kept


def build_graph() -> ox.Store:
    """The graph built anew, in memory; it is kept as well, unless one is kept already.

    Raises InputError if the files of the project cannot be used.
    """
    from .build import build

    key = build_key()
    built = build()
    if not is_kept(key):
        keep_build(key, built)
    return built


def build_key() -> str:
    """The name of the folder of this build: of the files it comes of, and the store's version.

    The store runs the rules, and may not open what another version of it has kept.
    """
    return hashlib.sha256(f"{fingerprint()} {ox.__version__}".encode()).hexdigest()


def ensure_kept() -> None:
    """Build the graph and keep it, unless it is kept. Raises InputError as `open_graph` does."""
    if not is_kept(build_key()):
        open_graph()


def was_of_damage(error: BaseException) -> bool:
    """Whether an error came of a kept graph that is damaged: it is removed, so try again.

    Errors of files and of the store may come of that. Where the graph is whole, they do not.
    """
    cause = error.__cause__ if isinstance(error, InputError) else error
    if not isinstance(cause, OSError | RuntimeError | ValueError):
        return False
    try:
        return drop_damaged(builds_folder() / build_key())
    except (InputError, OSError):
        return False
