"""The SHACL engines. An engine reads the shapes once and runs them over many descriptions.

pyshacl is the reference. pyshifty is quick; tests/properties/test_engines.py tests that both report
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Protocol

import pyoxigraph as ox

from ..namespaces import RDF, RDF_TYPE, SH
from .shacl import OutcomeShape, Result, in_order, only, read_report, to_rdflib

if TYPE_CHECKING:
    import rdflib

    from .pyshacl_runner import PreparedShapes

_MESSAGE = SH("message")


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


class Engine(Protocol):
    """An engine with the shapes that it runs."""

    name: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    """The packages that the engine runs on. With a new version of one, the self-test runs again."""

    def __init__(self, shapes: Sequence[ox.Triple], outcomes: dict[str, OutcomeShape]) -> None: ...

    def validate(
        self, data: Sequence[ox.Triple], some: Collection[str] | None = None
    ) -> Validation:
        """Run the shapes over an entailed description; `some`: only these outcome shapes (IRIs)."""


class Pyshacl:
    """The reference engine."""

    name: ClassVar[str] = "pyshacl"
    packages: ClassVar[tuple[str, ...]] = ("pyshacl", "rdflib")

    def __init__(self, shapes: Sequence[ox.Triple], outcomes: dict[str, OutcomeShape]) -> None:
        # The engine looks into its shapes very often. A store without named graphs saves a quarter
        # of the time.
        self._shapes = to_rdflib(shapes, "SimpleMemory")
        self._outcomes = outcomes

    @cached_property
    def _prepared(self) -> PreparedShapes:
        from .pyshacl_runner import PreparedShapes

        return PreparedShapes(self._shapes)

    def validate(
        self, data: Sequence[ox.Triple], some: Collection[str] | None = None
    ) -> Validation:
        """As in `Engine`. Raises InputError if the engine cannot use the shapes."""
        from .pyshacl_runner import run

        report = run(
            to_rdflib(data),
            self._prepared if some is None else only(self._shapes, self._outcomes.keys() - some),
        )
        return Validation(read_report(report, self._outcomes), partial(_unchanged, report))


class Pyshifty:
    """A quick engine whose SHACL code is not the reference's.

    Its quick results name the node that failed and the message of the shape, but not the shape. So
    we give the engine a copy of the shapes in which the message of each outcome shape is the IRI of
    this shape. From the IRI we find the shape in our own graph, with its real message, severity
    and path.
    """

    name: ClassVar[str] = "pyshifty"
    packages: ClassVar[tuple[str, ...]] = ("pyshifty", "rdflib")

    def __init__(self, shapes: Sequence[ox.Triple], outcomes: dict[str, OutcomeShape]) -> None:
        import shifty

        self._outcomes = outcomes
        self._triples_of: dict[str, list[ox.Triple]] = {iri: [] for iri in outcomes}
        for triple in shapes:
            if _subject(triple) in outcomes:
                self._triples_of[_subject(triple)].append(triple)
        kept = (t for t in shapes if t.predicate != _MESSAGE or _subject(t) not in outcomes)
        messages = (ox.Triple(ox.NamedNode(iri), _MESSAGE, ox.Literal(iri)) for iri in outcomes)
        self._validator = shifty.PreparedValidator(_turtle([*kept, *messages]))

    def validate(
        self, data: Sequence[ox.Triple], some: Collection[str] | None = None
    ) -> Validation:
        """As in `Engine`. It runs all shapes and keeps only the results of `some`.

        That gives the same results, because no shape depends on the results of another.
        """
        kept = self._outcomes.keys() if some is None else some
        found = self._validator.validate_algebra(_turtle(data), graph_mode="data", infer=False)
        distinct = set()
        for violation in found.violations:
            focus = _value(violation.focus_node)
            for reason in violation.reasons:
                if reason.author_message is not None and reason.author_message in kept:
                    value = _value(reason.value)
                    # If a shape counts too few values, it fires on silence, not on a statement.
                    # The engine then gives the focus node itself as the value.
                    statement = None if value == focus else value
                    shape = self._outcomes[reason.author_message]
                    distinct.add(Result(focus, statement, shape))
        results = in_order(distinct)
        fired = dict.fromkeys(result.shape.iri for result in results)
        shapes = {iri: self._triples_of[iri] for iri in fired}
        return Validation(results, partial(_w3c_report, results, shapes))


# A Validation is sent from one process to another (--jobs), and Python can pickle only functions of
# a module. So these are functions of the module, and no lambdas.


def _unchanged(report: rdflib.Graph) -> rdflib.Graph:
    return report


def _w3c_report(results: Sequence[Result], shapes: dict[str, list[ox.Triple]]) -> rdflib.Graph:
    """The report as in W3C SHACL 3.6, from the results and the triples of the shapes that fired."""
    copied = {
        SH + "path": "resultPath",
        SH + "severity": "resultSeverity",
        SH + "message": "resultMessage",
    }
    left_out = {RDF + "type", SH + "qualifiedValueShape"}
    # by shape: the properties, the same in each of its results
    of_shape: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for triple in chain.from_iterable(shapes.values()):
        properties = of_shape.setdefault(_subject(triple), [])
        name = triple.predicate.value
        if name in copied and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
            properties.append((copied[name], triple.object))
        elif name not in left_out:
            kind = name.removeprefix(SH)
            properties.append(
                (
                    "sourceConstraintComponent",
                    ox.NamedNode(f"{SH}{kind[0].upper()}{kind[1:]}ConstraintComponent"),
                )
            )
    a, report = RDF_TYPE, ox.BlankNode()
    triples = [ox.Triple(report, a, SH("ValidationReport"))]
    for result in results:
        node = ox.BlankNode()
        own: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("focusNode", ox.NamedNode(result.focus)),
            ("sourceShape", ox.NamedNode(result.shape.iri)),
            *((("value", ox.NamedNode(result.value)),) if result.value else ()),
        ]
        triples += [
            ox.Triple(report, SH("result"), node),
            ox.Triple(node, a, SH("ValidationResult")),
        ]
        triples += [
            ox.Triple(node, SH(name), value) for name, value in [*own, *of_shape[result.shape.iri]]
        ]
    conforms = ox.Literal(not results)
    return to_rdflib([*triples, ox.Triple(report, SH("conforms"), conforms)])


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
