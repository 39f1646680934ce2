"""From a description to its assessment: apply the rules, check, run SHACL, derive outcomes.

One Assessor serves many descriptions: it reads the norms and the shapes only once. (The readers in
`form` read the files.)
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import pyoxigraph as ox

from ..errors import InputError
from ..form.description import Description
from ..form.vocabulary import vocabulary_of
from ..graph.cache import has_mark, leave_mark
from ..graph.shape_generator import refuse_changed
from ..prepared import build_hash
from ..resources import module_hash
from ..sparql import query_text, select
from ..tables.model import Table
from . import self_test
from .applicability import ClassifiedDescription, applicability_table, aspects_to_ask
from .engines import Engine, default_engine, with_results
from .model import Assessment
from .norm_loader import load_limits, load_norms
from .norms import Limit
from .outcomes import MissingResultError, derive
from .preparation import Workbench, background, check_description, entailed
from .selection import ShapeForm, ShapeSelector, shape_forms
from .self_test_fixtures import fixtures, narrowing_fixtures, sign_fixtures
from .shacl import OutcomeShape, Shapes, data_triples, outcome_shapes

_LOGGER = logging.getLogger(__name__)


class Assessor:
    """Assesses descriptions by the norms of a built graph: whom each is about, and its outcomes.

    The first assessment raises InputError where the self-test of shapes and engine fails.
    """

    def __init__(
        self, graph: ox.Store, engine: type[Engine] | None = None, *, all_shapes: bool = False
    ) -> None:
        """Without `engine` it is the quick one where it is installed (extra `fast`), else pyshacl.

        With `all_shapes` it also runs the shapes that can only report silence, or nothing.
        """
        self.all_shapes = all_shapes
        self.vocabulary = vocabulary_of(graph)
        self.norms = load_norms(graph)
        self.graph = graph
        self._engine = engine or default_engine()
        self.background = background(graph)
        self._workbench = Workbench(self.background)

    def applicability(
        self, descriptions: Iterable[Description], applies: str | None = None
    ) -> Table:
        """Which norms are about which of the groups described; no shape is run.

        Raises InputError for a description that contradicts itself.
        """
        classified = [self._classified(description) for description in descriptions]
        return applicability_table(classified, self.norms, applies)

    def asked(self, description: Description) -> list[str]:
        """The aspects (keys) that a form for these groups has to ask.

        Some check of a norm that may be about these groups looks at them, or they settle whether
        a norm is about these groups. Raises InputError for a description that contradicts itself.
        """
        asked = self.asked_of(self._classified(description))
        return [key for key in self.vocabulary.aspects if key in asked]

    def asked_of(self, classified: ClassifiedDescription) -> set[str]:
        """The same for a description that is entailed already, in no order."""
        to_ask = aspects_to_ask(classified, self.norms)
        # Forms do not ask some dimensions; they ask an aspect in place of each (`asked_as`).
        for dimension in self.vocabulary.dimensions.values():
            if dimension.asked_as and dimension.iri in to_ask:
                to_ask.add(dimension.asked_as)
        return {key for key, aspect in self.vocabulary.aspects.items() if aspect.iri in to_ask}

    def assess(self, description: Description) -> Assessment:
        """The outcome for every norm and group.

        Raises InputError for a description that contradicts itself, if the self-test fails, if the
        engine cannot use the shapes, and if no shape reports anything for a norm that needs it.
        """
        engine = self._tested_engine
        with self._workbench.entailed(description) as store:
            check_description(description, store)
            return self._assess(description, store, engine)

    def prepare(self, descriptions: Iterable[Description]) -> None:
        """Say which descriptions will be assessed next, in this order.

        The rules are then applied to some of them at once, which takes less time and gives the
        same. Those that were named before are forgotten.
        """
        self._workbench.prepare(descriptions)

    def _assess(self, description: Description, store: ox.Store, engine: Engine) -> Assessment:
        data = data_triples(store)
        if self.all_shapes:
            validation = engine.validate(data)
        else:
            to_run, silences = self._selector.select(data)
            validation = with_results(engine.validate(data, to_run), silences, engine.shapes)
        try:
            assessment = derive(description, store, self.norms, validation.results)
            return replace(assessment, validation=validation, edition=self._edition)
        except MissingResultError as error:
            raise InputError(
                description.file,
                f"not assessed: {error}",
                "The shapes or the engine cannot be trusted; restore them.",
            ) from error

    def run_self_test(self) -> None:
        """Run the self-test now, unless it has already passed with these shapes and this engine.

        Raises InputError if shapes and engine do not find what they must.
        """
        _ = self._tested_engine

    @cached_property
    def _edition(self) -> str:
        """The day of this state of the graph; empty if the graph does not say it."""
        days = select(self.graph, query_text("assessment/edition.rq"))
        return days[0]["day"] if days else ""

    @cached_property
    def _forms(self) -> dict[str, ShapeForm]:
        return shape_forms(self.graph)

    @cached_property
    def _outcomes(self) -> dict[str, OutcomeShape]:
        return outcome_shapes(self.graph)

    @cached_property
    def _selector(self) -> ShapeSelector:
        return ShapeSelector(self._outcomes, self._forms)

    def _classified(self, description: Description) -> ClassifiedDescription:
        store = entailed(description, self.background)  # its own: it is asked as long as it is used
        check_description(description, store)
        return ClassifiedDescription(description, store)

    @cached_property
    def _tested_engine(self) -> Engine:
        """The engine with all shapes, after the self-test.

        The self-test runs once for these shapes, these fixtures and this version of the engine. A
        file in the cache, the mark, says that it has passed. A mark of the build, which takes no
        time to find, says that it has passed with what this build holds.
        """
        shapes = Shapes(self.graph)
        engine = self._engine(shapes, self._outcomes)
        of_build = build_hash(self.graph)
        if of_build is None:
            self._pass_self_test(shapes)
            return engine
        mark = f"self-test-{self._hash([of_build, module_hash(__package__)])}"
        if not has_mark(mark):
            self._pass_self_test(shapes)
            leave_mark(mark)
        return engine

    def _pass_self_test(self, shapes: Shapes) -> None:
        """Run the self-test, unless it has passed. Raises InputError where it fails."""
        name = self._engine.name
        outcomes = self._outcomes
        limits = load_limits(self.graph)
        mark = f"self-test-{self._self_test_hash(shapes, limits)}"
        if has_mark(mark):
            return
        _LOGGER.info("checking the shapes and %s, once (up to a minute)", name)
        refuse_changed(self.graph)
        for test in self_test.rounds(self.norms, limits, self.background, outcomes):
            data = data_triples(test.store)
            # An engine of its own for each round loads only the shapes of the round.
            results = self._engine(shapes, outcomes).validate(data, test.shapes).results
            self_test.verify(self.norms, test.expected, results, name)
            self_test.verify_selection(results, test.shapes, *self._selector.select(data))
        leave_mark(mark)

    def _self_test_hash(self, shapes: Shapes, limits: dict[str, Limit]) -> str:
        """A hash of all on which the result of the self-test depends."""
        described = [
            (norm.applies_to, check, list(fixtures(norm, check, limits)))
            for norm in self.norms
            for check in norm.checks
        ] + [list(sign_fixtures(sign)) for norm in self.norms for sign in norm.signs]
        narrowing = [fixture for _, _, fixture in narrowing_fixtures(self.norms)]
        forms = [
            (iri, form.path, sorted(form.classes), form.on_silence)
            for iri, form in self._forms.items()
        ]
        triples = [*shapes.every, *(quad.triple for quad in self.background)]
        text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        # Names of blank nodes differ from store to store, so all get the same name here. The hash
        # still changes if a shape changes, because the other parts of its triples change.
        lines = sorted(re.sub(rb"_:\w+", b"_:", text).splitlines())
        lines.append(repr([self._outcomes, forms, described, narrowing]).encode())
        return self._hash(lines)

    def _hash(self, parts: Iterable[str | bytes]) -> str:
        """A hash of these parts and of the versions that the engine runs on."""
        from importlib.metadata import version

        packages = [f"{name} {version(name)}" for name in self._engine.packages]
        encoded = [part.encode() if isinstance(part, str) else part for part in (*packages, *parts)]
        return hashlib.sha256(b"\n".join(encoded)).hexdigest()[:32]
