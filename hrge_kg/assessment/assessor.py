"""The way from a file to an assessment: read, entail, check, run SHACL, derive.

One Assessor serves many descriptions; what does not change between them is read once.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import pyoxigraph as ox

from ..errors import InputError
from ..form.description import Description
from ..form.vocabulary import load_vocabulary
from ..graph.store import cache_folder
from ..tables.model import Table
from . import self_test
from .applicability import ClassifiedDescription, applicability_table, asked
from .engines import Engine, Pyshacl
from .model import Assessment
from .norm_loader import load_limits, load_norms
from .outcomes import MissingResultError, derive
from .preparation import background, check_description, entailed
from .shacl import data_triples, outcome_shapes, shape_triples, shapes_to_run

_LOGGER = logging.getLogger(__name__)


class Assessor:
    """Reads descriptions against a built graph: whom its norms are about, and what comes of each.

    The first assessment raises InputError where the self-test of shapes and engine fails.
    """

    def __init__(self, graph: ox.Store, engine: type[Engine] = Pyshacl) -> None:
        self.vocabulary = load_vocabulary(graph)
        self.norms = load_norms(graph)
        self._graph = graph
        self._engine = engine
        self.background = background(graph)

    def applicability(
        self, descriptions: Iterable[Description], applies: str | None = None
    ) -> Table:
        """Whom each norm is about, of those described; no shape is run. Raises InputError for a description that contradicts itself."""
        described = [ClassifiedDescription(one, self._entailed(one)) for one in descriptions]
        return applicability_table(described, self.norms, applies)

    def asked(self, description: Description) -> list[str]:
        """The questions (keys) that some check looks at for the groups described. Raises InputError for a contradiction."""
        aspects = asked(ClassifiedDescription(description, self._entailed(description)), self.norms)
        return [key for key, aspect in self.vocabulary.aspects.items() if aspect.iri in aspects]

    def assess(self, description: Description) -> Assessment:
        """The outcome for every norm and group. Raises InputError for a description that contradicts itself."""
        engine = self._tested_engine
        store = self._entailed(description)
        validation = engine.validate(data_triples(store))
        try:
            assessment = derive(description, store, self.norms, validation.results)
            return replace(assessment, validation=validation)
        except MissingResultError as error:
            raise InputError(
                description.file,
                f"not assessed: {error}",
                "The shapes or the engine cannot be trusted; restore them.",
            ) from error

    def run_self_test(self) -> None:
        """Run the self-test now. Raises InputError where shapes and engine do not find what they must."""
        _ = self._tested_engine

    def _entailed(self, description: Description) -> ox.Store:
        store = entailed(description, self.background)
        check_description(description, store)
        return store

    @cached_property
    def _tested_engine(self) -> Engine:
        """The engine with all shapes, after the self-test: once for these shapes, these fixtures and this version of the engine."""
        graph, name = self._graph, self._engine.name
        outcomes = outcome_shapes(graph)
        engine = self._engine(shapes_to_run(graph), outcomes)
        limits = load_limits(graph)
        tested = [
            (norm.applies_to, check, list(self_test.fixtures(norm, check, limits)))
            for norm in self.norms
            for check in norm.checks
        ]
        versions = [f"{one} {importlib.metadata.version(one)}" for one in self._engine.packages]
        mark = (
            cache_folder()
            / f"self-test-{_hash([*shape_triples(graph), *self.background], repr([*versions, tested]))}"
        )
        if mark.is_file():
            return engine
        _LOGGER.info("checking the shapes and %s, once (up to a minute)", name)
        for one in self_test.rounds(self.norms, limits, self.background, outcomes):
            self_test.verify(
                self.norms,
                one.expected,
                engine.validate(data_triples(one.store), one.shapes).results,
                name,
            )
        with contextlib.suppress(OSError):  # without a cache it is checked every time
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        return engine


def _hash(triples: Iterable[ox.Triple], tested: str) -> str:
    # Blank nodes have other names in every store; what stands around them tells shapes apart well enough for a mark.
    words = re.sub(rb"_:\w+", b"_:", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return hashlib.sha256(b"\n".join([*sorted(words.splitlines()), tested.encode()])).hexdigest()[
        :32
    ]
