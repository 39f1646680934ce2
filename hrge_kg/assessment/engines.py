"""The SHACL engines: one set of shapes, read once, that is run over many descriptions.

pyshacl is the reference. pyshifty is quick; tests/properties/test_engines.py proves it equal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Protocol

import pyoxigraph as ox

from ..namespaces import RDF, RDF_TYPE, SH
from .shacl import OutcomeShape, Result, in_order, only, read_report, run, to_rdflib

if TYPE_CHECKING:
    import rdflib

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
    """What it depends on: another version of any of these is tested anew before it is believed."""

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
        # The engine looks into its shapes so often that a store without contexts saves a quarter.
        self._shapes = to_rdflib(shapes, "SimpleMemory")
        self._outcomes = outcomes

    def validate(
        self, data: Sequence[ox.Triple], some: Collection[str] | None = None
    ) -> Validation:
        """Run the shapes, or some. Raises InputError where the engine cannot use them."""
        shapes = self._shapes if some is None else only(self._shapes, self._outcomes.keys() - some)
        report = run(to_rdflib(data), shapes)
        return Validation(read_report(report, self._outcomes), partial(_as_it_is, report))


class Pyshifty:
    """A quick engine of other descent.

    Its quick results name the place that failed and the message, but not the property shape. So in
    its copy of the shapes each outcome shape has its own IRI for a message. Words, severity and
    path are those of our graph, by the shape.
    """

    name: ClassVar[str] = "pyshifty"
    packages: ClassVar[tuple[str, ...]] = ("pyshifty", "rdflib")

    def __init__(self, shapes: Sequence[ox.Triple], outcomes: dict[str, OutcomeShape]) -> None:
        import shifty

        self._outcomes = outcomes
        self._said: dict[str, list[ox.Triple]] = {iri: [] for iri in outcomes}
        for one in shapes:
            if _of(one) in outcomes:
                self._said[_of(one)].append(one)
        spoken = (one for one in shapes if one.predicate != _MESSAGE or _of(one) not in outcomes)
        names = (ox.Triple(ox.NamedNode(iri), _MESSAGE, ox.Literal(iri)) for iri in outcomes)
        self._validator = shifty.PreparedValidator(_turtle([*spoken, *names]))

    def validate(
        self, data: Sequence[ox.Triple], some: Collection[str] | None = None
    ) -> Validation:
        """Run the shapes. Shapes do not see each other: of all results those of some are kept."""
        kept = self._outcomes.keys() if some is None else some
        found = self._validator.validate_algebra(_turtle(data), graph_mode="data", infer=False)
        distinct = set()
        for violation in found.violations:
            focus = _words(violation.focus_node)
            for reason in violation.reasons:
                if reason.author_message is not None and reason.author_message in kept:
                    value = _words(reason.value)
                    # Where too few values are counted, the value is the focus itself: silence.
                    statement = None if value == focus else value
                    shape = self._outcomes[reason.author_message]
                    distinct.add(Result(focus, statement, shape))
        results = in_order(distinct)
        fired = dict.fromkeys(result.shape.iri for result in results)
        return Validation(results, partial(_w3c_report, results, {i: self._said[i] for i in fired}))


# A validation goes from one process to another, so that its report is made by functions of the
# module.


def _as_it_is(report: rdflib.Graph) -> rdflib.Graph:
    return report


def _w3c_report(results: Sequence[Result], shapes: dict[str, list[ox.Triple]]) -> rdflib.Graph:
    """The report as in W3C SHACL 3.6: the results, and what their shapes say of themselves."""
    copied = {
        SH + "path": "resultPath",
        SH + "severity": "resultSeverity",
        SH + "message": "resultMessage",
    }
    left = {RDF + "type", SH + "qualifiedValueShape"}
    of_shape: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for one in chain.from_iterable(shapes.values()):
        said = of_shape.setdefault(_of(one), [])
        name = one.predicate.value
        if name in copied and isinstance(one.object, (ox.NamedNode, ox.Literal)):
            said.append((copied[name], one.object))
        elif name not in left:
            kind = name.removeprefix(SH)
            said.append(
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


def _of(triple: ox.Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, (ox.NamedNode, ox.BlankNode)) else ""


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""  # N-Triples are Turtle


def _words(term: str) -> str:
    """What a term of the engine says, without its marks."""
    if term.startswith("<"):
        return term[1:-1]
    from rdflib.util import from_n3

    return str(from_n3(term))
