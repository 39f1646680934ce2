"""The graph that reasoners see, OWLAPI's profile check of it and HermiT's verdict on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

import owlready2
import pyoxigraph as ox
import pytest
from paths import TESTS

from hrge_kg.namespaces import GRAPH, term_text

HERE = TESTS
ROOT = HERE.parent
FIXTURES = HERE / "fixtures" / "owl"
CHECK_PROFILE = HERE / "java" / "CheckProfile.java"

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OWL_IMPORTS = ox.NamedNode(OWL + "imports")
XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")

# The least of Debian's libowlapi-java and its dependencies that CheckProfile runs on, found by
# leaving out one jar at a time. Not all of /usr/share/java: what else lies there brings several
# slf4j bindings with it.
JAVA_SHARE = Path("/usr/share/java")
JARS = (
    "owlapi-distribution",
    "atinject-jsr330-api",
    "caffeine",
    "commons-io",
    "commons-rdf-api",
    "guava",
    "hppcrt",
    "rdf4j-model",
    "rdf4j-model-api",
    "rdf4j-rio-api",
    "rdf4j-util",
    "slf4j-api",
    "slf4j-nop",
    "xz",
)
CLOSING_LINE = re.compile(r": (\d+) axioms, (\d+) OWL 2 DL violations$")


def cannot_run(reason: str) -> NoReturn:
    """Skip the test; in CI fail it, so that a missing install step can't pass for a green run."""
    if os.environ.get("HRGE_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def needs_java(*, compiler: bool = False) -> None:
    """End the test unless there is a Java.

    With `compiler`, one that runs source files (a JDK, not a JRE).
    """
    if shutil.which("java") is None:
        cannot_run("no java")
    if compiler and shutil.which("javac") is None:
        cannot_run("no javac: a JDK is needed to run Java's source files")


def needs_owlapi() -> None:
    """End the test unless CheckProfile can run."""
    needs_java(compiler=True)
    if missing := [jar for jar in JARS if not (JAVA_SHARE / f"{jar}.jar").exists()]:
        cannot_run(f"not in {JAVA_SHARE} (apt-get install libowlapi-java): {', '.join(missing)}")


def ontology_files() -> list[Path]:
    """The header and all modules, vocabularies, aspects, alignments and pinned extracts."""
    ontology = ROOT / "ontology"
    folders = (
        ontology / name for name in ("modules", "vocabularies", "aspects", "alignments", "imports")
    )
    return [ontology / "hrge.ttl", *(file for folder in folders for file in turtle_in(folder))]


def norm_files() -> list[Path]:
    """The norms."""
    return turtle_in(ROOT / "data" / "norms")


def turtle_in(folder: Path) -> list[Path]:
    """The Turtle files below a folder; none is an error, lest a moved folder go unchecked."""
    files = sorted(folder.rglob("*.ttl"))
    if not files:
        raise FileNotFoundError(f"no Turtle files in {folder}")
    return files


def reasoned_graph(to: Path, extra: Iterable[Path] = ()) -> Path:
    """Write the ontology and the extra files to `to` as one N-Triples file, for a reasoner."""
    # Blank nodes are renamed, so that two files' `_:b` stay two nodes once merged.
    read = (
        quad.triple
        for file in (*ontology_files(), *extra)
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    return _write(_reasoned(read), to)


def built_graph(to: Path, store: ox.Store) -> Path:
    """Write the built graph as one N-Triples file, for a reasoner, without its shapes (SHACL)."""
    shapes = GRAPH("shapes/").value
    quads = (quad for quad in store if not term_text(quad.graph_name).startswith(shapes))
    return _write(_reasoned(quad.triple for quad in quads), to)


def _write(triples: Iterable[ox.Triple], to: Path) -> Path:
    # A set: the same triple may stand in several files.
    lines = sorted({f"{triple} .\n" for triple in triples})
    to.write_text("".join(lines), encoding="utf-8")
    return to


def _reasoned(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Those triples that reasoners are to see."""
    for triple in triples:
        if triple.predicate == OWL_IMPORTS:
            continue
        # xsd:date is not in OWL 2's datatype map and HermiT stops at it; no axiom here depends on a
        # day.
        if isinstance(triple.object, ox.Literal) and triple.object.datatype == XSD_DATE:
            if triple.predicate.value.startswith((OWL, RDF)):
                # Part of an axiom (hasValue, a list, an annotated axiom): without it the rest would
                # mean something else.
                raise ValueError(f"a date inside an axiom can't be dropped: {triple}")
            continue
        yield triple


def profile_violations(*graphs: Path) -> list[str]:
    """What keeps the graphs out of OWL 2 DL, a line each."""
    classpath = os.pathsep.join(str(JAVA_SHARE / f"{jar}.jar") for jar in JARS)
    run = subprocess.run(
        ["java", "-cp", classpath, str(CHECK_PROFILE), *map(str, graphs)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.splitlines()
    closing = [m for line in lines if (m := CLOSING_LINE.search(line))]
    # Java itself exits 1 when the program doesn't compile or a jar is missing, so the exit code
    # isn't enough.
    if (
        run.returncode not in (0, 1)
        or len(closing) != len(graphs)
        or any(m[1] == "0" for m in closing)
    ):
        raise RuntimeError(f"CheckProfile exited {run.returncode}\n{run.stdout}{run.stderr}")
    violations = [line for line in lines if not CLOSING_LINE.search(line)]
    if len(violations) != sum(int(m[2]) for m in closing) or bool(violations) != (
        run.returncode == 1
    ):
        raise RuntimeError(
            f"CheckProfile's output doesn't add up (exit {run.returncode})\n{run.stdout}"
        )
    return violations


class Verdict(NamedTuple):
    """What HermiT found."""

    consistent: bool
    unsatisfiable: frozenset[str]


def unsatisfiable(world: owlready2.World) -> frozenset[str]:
    """The classes that HermiT found to be empty."""
    empty = set(world.inconsistent_classes()) - {owlready2.Nothing}
    return frozenset(one.iri for one in empty)


def hermit(graph: Path) -> Verdict:
    """HermiT's verdict on an N-Triples file."""
    try:
        with reasoned(graph) as world:
            return Verdict(True, unsatisfiable(world))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(False, frozenset())


@contextmanager
def reasoned(graph: Path) -> Iterator[owlready2.World]:
    """An N-Triples file with what HermiT derives from it."""
    # A world of its own: the default one keeps what earlier tests loaded.
    world = owlready2.World()
    try:
        with graph.open("rb") as stream:
            world.get_ontology("https://w3id.org/hrge/reasoned#").load(fileobj=stream)
        # What it didn't read, HermiT would find consistent. (More is no trouble: owlready2 adds a
        # header.)
        written = graph.read_bytes().count(b"\n")
        if len(world.graph) < written:
            raise RuntimeError(f"owlready2 read {len(world.graph)} triples of {written} in {graph}")
        with pytest.MonkeyPatch.context() as patch:
            # HermiT ends before the better compiler and several collectors of garbage pay.
            patch.setenv("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
            owlready2.sync_reasoner_hermit(world, debug=0)
        yield world
    finally:
        world.close()
