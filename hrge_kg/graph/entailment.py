"""Runs the entailment rules: the SPARQL updates of ontology/rules, in the order of their names.

The same rules serve the graph and every description, in this library as in any other triple store.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..resources import files
from ..sparql import read_query
from .own_queries import run_update


def entail(store: ox.Store, base: Path | None = None) -> None:
    """Add to a store's default graph what the rules derive from it.

    Raises InputError for a rule that is no update, or would contact another server.
    """
    for path in files("ontology/rules", ".ru", base=base):
        run_update(store, read_query(path))
