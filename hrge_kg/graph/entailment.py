"""Runs the entailment rules: the SPARQL updates of ontology/rules, in the order of their names.

The same rules serve the graph and every description, in this library as in any other triple store.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..resources import files, read_utf8


def entail(store: ox.Store, base: Path | None = None) -> None:
    """Add to a store's default graph what the rules derive from it."""
    for path in files("ontology/rules", ".ru", base=base):
        store.update(read_utf8(path))
