"""The SHACL engines. An engine reads the shapes once and runs them over many descriptions.

pyshacl is the reference. pyshifty is quick, and is used where it is installed;
tests/properties/test_engines.py and test_differential.py test that both report the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox

from ..errors import MissingExtra
from ..namespaces import RDF, RDF_TYPE, SH
from .shacl import OutcomeShape, Result, Shapes, in_order, read_report, to_rdflib

if TYPE_CHECKING:
    import rdflib

    from .pyshacl_runner import PreparedShapes

_MESSAGE = SH("message")
_TriplesByShape = dict[str, list[ox.Triple]]


@dataclass(frozen=True)
class Validation:
    """What an engine found in a description: the results of outcome shapes.

    The whole W3C report is made on demand.
    """

    results: list[Result]
    make_report: Callable[[], rdflib.Graph]

    @cached_property
    def report(self) -> rdflib.Graph:
        """The W3C validation report."""
        return self.make_report()


class Engine(ABC):
    """An engine with the shapes that it runs.

    It loads the shapes that the first description needs, and all others when a second description
    needs more: one description is assessed soonest so, and many are as well.
    """

    name: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    """The packages that the engine runs on. With a new version of one, the self-test runs again."""

    def __init__(self, shapes: Shapes, outcomes: dict[str, OutcomeShape]) -> None:
        self.shapes = shapes
        self.outcomes = outcomes
        self._loaded: Set[str] | None = None

    def validate(self, data: Sequence[ox.Triple], some: Set[str] | None = None) -> Validation:
        """Run the shapes over an entailed description; `some`: only these outcome shapes (IRIs).

        Raises InputError if the engine cannot use the shapes.
        """
        every = self.outcomes.keys()
        wanted = every if some is None else some
        if not wanted:  # an engine may refuse to run without any shape
            return Validation([], partial(_w3c_report, [], {}))
        if self._loaded is None and wanted != every:
            self._load(self.shapes.of(wanted))
            self._loaded = wanted
        elif self._loaded is None or not wanted <= self._loaded:
            self._load(self.shapes.every)
            self._loaded = every
        return self._run(data, wanted)

    @abstractmethod
    def _load(self, shapes: Sequence[ox.Triple]) -> None:
        """Read these shapes, and forget others."""

    @abstractmethod
    def _run(self, data: Sequence[ox.Triple], wanted: Set[str]) -> Validation:
        """Run those of the loaded shapes that are wanted (IRIs of outcome shapes)."""


class Pyshacl(Engine):
    """The reference engine."""

    name = "pyshacl"
    packages = ("pyshacl", "rdflib")
    _prepared: PreparedShapes

    def _load(self, shapes: Sequence[ox.Triple]) -> None:
        from .pyshacl_runner import PreparedShapes

        # The engine looks into its shapes very often. A store without named graphs saves a quarter
        # of the time.
        self._prepared = PreparedShapes(to_rdflib(shapes, "SimpleMemory"))

    def _run(self, data: Sequence[ox.Triple], wanted: Set[str]) -> Validation:
        from .pyshacl_runner import run

        self._prepared.leave_out(self.outcomes.keys() - wanted)
        report = run(to_rdflib(data), self._prepared)
        return Validation(read_report(report, self.outcomes), partial(_unchanged, report))


class Pyshifty(Engine):
    """A quick engine whose SHACL code is not the reference's.

    Its quick results name the node that failed and the message of the shape, but not the shape. So
    we give the engine a copy of the shapes in which the message of each outcome shape is the IRI of
    this shape. From the IRI we find the shape in our own graph, with its real message, severity
    and path.
    """

    name = "pyshifty"
    packages = ("pyshifty", "rdflib")

    def __init__(self, shapes: Shapes, outcomes: dict[str, OutcomeShape]) -> None:
        """Raises InputError where the engine is not installed."""
        if not find_spec("shifty"):
            raise MissingExtra("the engine pyshifty", "pyshifty", "fast")
        super().__init__(shapes, outcomes)

    def _load(self, shapes: Sequence[ox.Triple]) -> None:
        import shifty

        kept = (t for t in shapes if t.predicate != _MESSAGE or _subject(t) not in self.outcomes)
        there = {_subject(triple) for triple in shapes} & self.outcomes.keys()
        messages = (ox.Triple(ox.NamedNode(iri), _MESSAGE, ox.Literal(iri)) for iri in there)
        self._validator = shifty.PreparedValidator(_turtle([*kept, *messages]))

    def _run(self, data: Sequence[ox.Triple], wanted: Set[str]) -> Validation:
        # It starts with the node shapes that hold the wanted shapes, and so runs a few others. No
        # shape depends on the results of another.
        found = self._validator.validate_algebra(
            _turtle(data),
            graph_mode="data",
            infer=False,
            shape_names=self.shapes.holders(wanted),
        )
        distinct = set()
        for violation in found.violations:
            focus = _value(violation.focus_node)
            for reason in violation.reasons:
                if reason.author_message is not None and reason.author_message in wanted:
                    value = _value(reason.value)
                    # If a shape counts too few values, it fires on silence, not on a statement.
                    # The engine then gives the focus node itself as the value.
                    statement = None if value == focus else value
                    shape = self.outcomes[reason.author_message]
                    distinct.add(Result(focus, statement, shape))
        results = in_order(distinct)
        fired = dict.fromkeys(result.shape.iri for result in results)
        return Validation(results, partial(_w3c_report, results, self.shapes.themselves(fired)))


ENGINES: dict[str, type[Engine]] = {engine.name: engine for engine in (Pyshacl, Pyshifty)}
"""The engines by name."""


def default_engine() -> type[Engine]:
    """The quick engine where it is installed (extra `fast`), else the reference."""
    return Pyshifty if find_spec("shifty") else Pyshacl


def with_results(validation: Validation, more: Sequence[Result], shapes: Shapes) -> Validation:
    """A validation with results that no engine had to find, also in its report."""
    fired = dict.fromkeys(result.shape.iri for result in more)
    joined = partial(_joined_report, validation.make_report, more, shapes.themselves(fired))
    return Validation(in_order([*validation.results, *more]), joined)


# A Validation is sent from one process to another (--jobs), and Python can pickle only functions of
# a module. So these are functions of the module, and no lambdas.


def _unchanged(report: rdflib.Graph) -> rdflib.Graph:
    return report


def _w3c_report(results: Sequence[Result], shapes: _TriplesByShape) -> rdflib.Graph:
    """The report from the results and the triples of the shapes that fired. (W3C SHACL, 3.6)"""
    report = ox.BlankNode()
    conforms = ox.Triple(report, SH("conforms"), ox.Literal(not results))
    of_type = ox.Triple(report, RDF_TYPE, SH("ValidationReport"))
    return to_rdflib([of_type, conforms, *_result_triples(report, results, shapes)])


def _joined_report(
    make_report: Callable[[], rdflib.Graph], more: Sequence[Result], shapes: _TriplesByShape
) -> rdflib.Graph:
    """A report with more results."""
    import rdflib

    report = make_report()
    node = report.value(predicate=rdflib.RDF.type, object=rdflib.SH.ValidationReport)
    joined = report + to_rdflib(_result_triples(ox.BlankNode(str(node)), more, shapes))
    if more and node is not None:
        joined.set((node, rdflib.SH.conforms, rdflib.Literal(False)))
    return joined


def _result_triples(
    report: ox.BlankNode, results: Sequence[Result], shapes: _TriplesByShape
) -> Iterator[ox.Triple]:
    of_shape = {iri: list(_properties(triples)) for iri, triples in shapes.items()}
    for result in results:
        node = ox.BlankNode()
        own: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("focusNode", ox.NamedNode(result.focus)),
            ("sourceShape", ox.NamedNode(result.shape.iri)),
            *((("value", ox.NamedNode(result.value)),) if result.value else ()),
        ]
        yield ox.Triple(report, SH("result"), node)
        yield ox.Triple(node, RDF_TYPE, SH("ValidationResult"))
        for name, value in [*own, *of_shape[result.shape.iri]]:
            yield ox.Triple(node, SH(name), value)


def _properties(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """The properties that each result of a shape has, from the triples of the shape."""
    copied = {
        SH + "path": "resultPath",
        SH + "severity": "resultSeverity",
        SH + "message": "resultMessage",
    }
    left_out = {RDF + "type", SH + "qualifiedValueShape"}
    for triple in triples:
        name = triple.predicate.value
        if name in copied and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
            yield copied[name], triple.object
        elif name not in left_out:
            kind = name.removeprefix(SH)
            component = f"{SH}{kind[0].upper()}{kind[1:]}ConstraintComponent"
            yield "sourceConstraintComponent", ox.NamedNode(component)


def _subject(triple: ox.Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, (ox.NamedNode, ox.BlankNode)) else ""


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""  # N-Triples are Turtle


def _value(term: str) -> str:
    """The IRI or the text of a term in N-Triples, without its angle brackets or quotation marks."""
    if term.startswith("<"):
        return term[1:-1]
    from rdflib.util import from_n3

    return str(from_n3(term))
