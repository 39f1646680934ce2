"""The package as a whole: one version, one list of prefixes, no law in the code, everything in the
wheel, and its own guards.
"""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import socket
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from paths import ROOT

import hrge_kg
from hrge_kg.namespaces import DOCUMENT, HRGE, NORM, PREFIXES, RDFS, kebab, shrink
from hrge_kg.resources import BUILDING_ROOMS, FOLDERS, build_modules
from hrge_kg.site.guide_pages import FOLDERS as GUIDES

PACKAGE = ROOT / "hrge_kg"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "resources" not in path.parts)
BESIDE = [
    path for path in sorted(PACKAGE.rglob("*")) if path.suffix in {".css", ".html", ".js", ".md"}
]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
AREAS = (".ci", "hrge_kg", "tests", "docs", "benchmarks", *FOLDERS)
MADE = {"__pycache__", ".hypothesis"}

# Whose names the code must not know: what is law, or said of programmes, is data.
KINDS = ("norm", "provision", "document", "limit", "practice")

each_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)


def below(folder: Path) -> list[Path]:
    """The files of a folder, but for what tools make."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not MADE & set(path.parts)
    )


def tree() -> list[Path]:
    """The files of the project."""
    return [path for path in ROOT.iterdir() if path.is_file()] + [
        path for area in AREAS for path in below(ROOT / area)
    ]


def strings(module: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module with their lines; docstrings may give examples and are left out."""
    parsed = ast.parse(module.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(parsed) if isinstance(node, ast.Expr)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_guards_see_every_room() -> None:
    """A guard that looked into one folder only would shrink without a word when rooms are added."""
    rooms = {path.parent.name for path in PACKAGE.rglob("__init__.py")}
    assert {path.parent.name for path in MODULES} == rooms
    assert len(MODULES) > 80
    assert set(BUILDING_ROOMS) <= rooms


def test_fingerprint_covers_what_builds_the_graph_and_nothing_else() -> None:
    """Whatever the build imports is in the fingerprint; a room that it does not import is not."""
    code = (
        "import sys, hrge_kg.graph.build; "
        "print(*(m for m in sys.modules if m.startswith('hrge_kg')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    covered = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in build_modules()}
    covered = {name.removesuffix("__init__").strip("/") for name in covered}
    imported = {
        name.removeprefix("hrge_kg").strip(".").replace(".", "/") for name in run.stdout.split()
    }
    assert imported <= covered, imported - covered
    assert {name.split("/")[0] for name in covered if "/" in name} == set(BUILDING_ROOMS)


# The law is data.


@pytest.fixture(scope="module")
def names(graph: ox.Store) -> dict[str, str]:
    """What the law's own things are called, as key, CURIE and IRI, and the IRI that each name
    stands for.
    """
    found: dict[str, str] = {}
    for quad in graph:
        for kind in KINDS:
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(
                PREFIXES[kind]
            ):
                iri = quad.subject.value
                key = iri.removeprefix(PREFIXES[kind])
                found |= {iri: iri, f"{kind}:{key}": iri, key: iri}
    for kind in ("groupAspect", "programmeAspect"):
        parent = HRGE(kind)
        for quad in graph.quads_for_pattern(None, RDFS("subPropertyOf"), parent, None):
            assert isinstance(quad.subject, ox.NamedNode)
            key = quad.subject.value.removeprefix(HRGE)
            found |= dict.fromkeys(
                (quad.subject.value, f"hrge:{key}", key, kebab(key)), quad.subject.value
            )
    return found


def named_in(text: str, names: dict[str, str]) -> set[str]:
    """The names that a text mentions.

    A key that may be a plain word counts only where it is the whole text.
    """
    words = {text, *re.findall(r"https?://[\w./#:-]*[\w]|[\w.-]*:?[\w/-]*\w", text)}
    return {
        names[word]
        for word in words
        if word in names and (word == text or not word.isalpha() or not word.islower())
    }


def test_names_are_recognised(names: dict[str, str]) -> None:
    norm = next(iri for iri in names.values() if iri.startswith(NORM))
    key = norm.removeprefix(NORM)
    for text in (
        norm,
        key,
        f"norm:{key}",
        f"SELECT ?x {{ <{norm}> ?y ?x }}",
        f"{{norm:{key} ?y ?x}}",
        f"only {key}, here",
    ):
        assert named_in(text, names) == {norm}, text
    assert named_in("the tip of the iceberg", names) == set()
    assert named_in("tip", names) == {DOCUMENT + "tip"}
    assert {shrink(iri).partition(":")[0] for iri in names.values()} >= {
        "norm",
        "provision",
        "document",
        "limit",
        "hrge",
    }
    assert names["informed-consent"] == names["hrge:informedConsent"] == HRGE + "informedConsent"


@each_module
def test_code_names_no_norm_and_no_aspect(module: Path, names: dict[str, str]) -> None:
    found = [
        f"line {line}: {iri}"
        for line, text in strings(module)
        for iri in sorted(named_in(text, names))
    ]
    assert found == []


@pytest.mark.parametrize(
    "rule",
    [path for folder in FOLDERS for path in below(ROOT / folder) if path.suffix == ".ru"],
    ids=lambda path: path.name,
)
def test_rule_names_no_norm_and_no_aspect(rule: Path, names: dict[str, str]) -> None:
    rows = (row.split("# ")[0] for row in rule.read_text(encoding="utf-8").splitlines())
    assert [(n, found) for n, row in enumerate(rows, 1) if (found := named_in(row, names))] == []


# One place for each thing.


def test_version_stands_in_one_place_and_in_the_citation() -> None:
    version = PYPROJECT["project"]["version"]
    assert importlib.metadata.version("hrge-kg") == version, (
        "the installed package is older than pyproject.toml; install it again"
    )
    assert hrge_kg.__version__ == version
    number = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
    # Not in docs/ and CHANGELOG.md, which may speak of any version.
    read = [
        one
        for one in tree()
        if one.suffix in {".py", ".cff", ".toml", ".ttl"}
        or one.name in {"README.md", "Makefile", "run"}
    ]
    found = {
        path.relative_to(ROOT).as_posix(): len(
            number.findall(path.read_text(encoding="utf-8", errors="replace"))
        )
        for path in read
    }
    # The citation format has no other way to say it; a test below compares the two.
    places = {name: count for name, count in found.items() if count}
    assert places == {"pyproject.toml": 1, "CITATION.cff": 1}


@each_module
def test_namespaces_stand_in_one_module(module: Path) -> None:
    if module.stem == "namespaces":
        return
    assert [
        (line, text) for line, text in strings(module) for iri in PREFIXES.values() if iri in text
    ] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_declared_prefixes_are_those_of_the_list(folder: str) -> None:
    declaration = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
    wrong = [
        (path.relative_to(ROOT).as_posix(), prefix, iri)
        for path in below(ROOT / folder)
        if path.suffix in {".ttl", ".rq", ".ru"}
        for prefix, iri in declaration.findall(path.read_text(encoding="utf-8"))
        if PREFIXES.get(prefix) != iri
    ]
    assert wrong == []


@each_module
def test_module_has_a_docstring(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_readme_names_only_tasks_that_exist() -> None:
    tasks = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = {
        task
        for page in ("README.md", "CONTRIBUTING.md")
        for task in re.findall(
            r"(?:^ *|`)make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert {"demo", "test"} <= named <= tasks


def test_no_file_holds_a_path_of_one_machine() -> None:
    # Folders that differ from machine to machine; written apart, so that this file does not hold
    # one.
    folders = "|".join(["home", "root", "Users", "work", "tmp", "private", "mnt", "opt"])
    path_of_a_machine = re.compile(rf"(?<![\w./:$}}>-])(?:[A-Z]:\\+Users|/(?:{folders})/\w)")
    found = []
    for path in tree():
        for n, row in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):  # some fixtures are no text
            if path_of_a_machine.search(row) or f"{ROOT}/" in row:
                found.append(f"{path.relative_to(ROOT).as_posix()}:{n}: {row.strip()[:100]}")
    assert found == []


# What is installed.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    out = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return out


def test_wheel_holds_the_code_and_every_resource_and_nothing_else(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        info = {name for name in archive.namelist() if ".dist-info/" in name}
        held = {name: archive.read(name) for name in archive.namelist() if name not in info}
    wanted = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in [*MODULES, *BESIDE, ROOT / "hrge_kg" / "py.typed"]
    }
    for folder in (*FOLDERS, *(f"docs/{name}" for name in GUIDES)):
        files = below(ROOT / folder)
        assert files, folder
        wanted |= {
            f"hrge_kg/resources/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
            for path in files
        }
    assert held == wanted
    assert {Path(name).name for name in info} >= {
        "LICENSE",
        "LICENSE-DATA",
        "NOTICE.md",
        "entry_points.txt",
    }


def test_source_distribution_holds_the_project(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in [*MODULES, *BESIDE, ROOT / "Makefile", *below(ROOT / "tests")]
    }
    wanted |= {
        path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in below(ROOT / folder)
    }
    assert wanted <= held


# The tests' own guards. (conftest.py)


def test_reaching_another_machine_fails_the_test(no_network: list[str]) -> None:
    # An address that belongs to nobody (RFC 5737), and a name that never resolves (RFC 2606).
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"), socket.socket() as one:
        one.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="nowhere"):
        socket.create_connection(("nowhere.invalid", 80))
    assert len(no_network) == 2
    no_network.clear()


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
    ):
        pass


@pytest.mark.parametrize(
    ("ci", "counted"),
    [(False, "3 skipped"), (True, "1 failed, 1 skipped, 1 error")],
    ids=["elsewhere", "ci"],
)
def test_skipping_fails_in_ci(ci: bool, counted: str, tmp_path: Path) -> None:
    # Here ../shared, seen from the folder above tests/, is absent for certain.
    tests = tmp_path / "project" / "tests"
    tests.mkdir(parents=True)
    for name in ("conftest.py", "support/paths.py", "support/works_with.py"):
        (tests / name).parent.mkdir(exist_ok=True)
        (tests / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (tests / "test_one.py").write_text(
        "import pytest\ndef test_one():\n    pytest.skip('no luck')\n", encoding="utf-8"
    )
    (tests / "test_all.py").write_text(
        "import pytest\npytest.skip('no luck', allow_module_level=True)\n", encoding="utf-8"
    )
    (tests / "test_shared.py").write_text("def test_shared(shared):\n    pass\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--continue-on-collection-errors",
        "-o",
        "pythonpath=support",
        str(tests),
    ]
    run = subprocess.run(
        command,
        cwd=tests,
        env={**os.environ, "HRGE_CI": str(int(ci))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert counted in run.stdout, run.stdout


def test_the_citation_gives_the_version_and_the_day_of_the_graph() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PYPROJECT["project"]["version"]
    ontology = (ROOT / "ontology" / "hrge.ttl").read_text(encoding="utf-8")
    assert f'dcterms:modified "{citation["date-released"]}"^^xsd:date' in ontology
