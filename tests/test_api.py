"""The public API: eight names, the page that describes them, their signatures, and the notebook."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from paths import ROOT

import hrge_kg
from hrge_kg.assessment.model import Assessment
from hrge_kg.errors import InputError
from hrge_kg.namespaces import PREFIXES
from hrge_kg.tables.html_writer import SHOWN
from hrge_kg.tables.model import Table, Term, Triples

PAGE = ROOT / "docs" / "reference" / "python.md"
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
XSD = PREFIXES["xsd"]

# A change here is a change for everyone who uses the library: tell it in CHANGELOG.md.
SIGNATURES = {
    "Assessor": (
        "(graph: ox.Store, engine: type[Engine] | None = None, *, all_shapes: bool = False) -> None"
    ),
    "InputError": "(where: str, problem: str, remedy: str, *, line: int | None = None) -> None",
    "explain": "(graph: ox.Store, name: str) -> Card",
    "find_trail": (
        "(graph: ox.Store, start: str, end: str | None = None, *, direction: Direction = 'both', "
        "depth: int | None = None, only: Collection[str] | None = None, "
        "without: Collection[str] = (), most: int | None = None) -> Trail"
    ),
    "open_graph": "() -> ox.Store",
    "read_descriptions": "(path: str | Path, graph: ox.Store) -> list[Description]",
    "run_query": (
        "(graph: ox.Store, name_or_text: str | Query, /, *, max_rows: int = 1000000, "
        "**params: str | int | date) -> Result"
    ),
    "write": "(result: Writable, format: str, *, annex: bool = False, language: str = 'en') -> str",
}


class _Bare(str):
    """Text that a signature shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def signature(name: str) -> str:
    """A signature as its module writes it; a class that is a default by its name."""
    public = getattr(hrge_kg, name)
    found = inspect.signature(public.__init__ if inspect.isclass(public) else public)
    parameters = []
    for each in found.parameters.values():
        if each.name == "self":
            continue
        default = each.default
        if inspect.isclass(default) and default is not each.empty:
            default = _Bare(default.__name__)
        parameters.append(each.replace(annotation=_Bare(each.annotation), default=default))
    return str(
        found.replace(parameters=parameters, return_annotation=_Bare(found.return_annotation))
    )


def test_eight_names_and_no_room_among_them() -> None:
    assert dir(hrge_kg) == sorted(hrge_kg.__all__) == sorted(SIGNATURES)
    rooms = {path.stem for path in (ROOT / "hrge_kg").iterdir()}
    assert not rooms & set(hrge_kg.__all__)
    for name in hrge_kg.__all__:
        assert getattr(hrge_kg, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'assess'"):
        _ = hrge_kg.assess  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures_are_those_that_were_agreed(name: str) -> None:
    assert signature(name) == SIGNATURES[name]


def test_page_describes_exactly_the_names_with_their_signatures() -> None:
    text = PAGE.read_text(encoding="utf-8")
    parts = re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert sorted(name for name, _ in parts) == sorted(hrge_kg.__all__)
    for name, part in parts:
        [written] = re.findall(r"```signature\n(.*?)\n```", part, re.DOTALL)
        # Long ones are broken over lines.
        written = " ".join(written.split()).replace("( ", "(").replace(", )", ")")
        assert written.replace(",)", ")") == name + SIGNATURES[name]
        assert "```python\n>>> " in part, name
        assert "aises `InputError`" in part or "raise `InputError`" in part or name == "InputError"


def test_examples_of_the_page(graph: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 15
    assert result.failed == 0


def test_page_lists_the_formats_of_every_result(graph: ox.Store) -> None:
    rows = re.findall(
        r"^\| (`.*?) \| (\w[\w, -]*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    listed = dict(rows)
    results: dict[str, Any] = {
        "`Table`": Table((), ()),
        "`Triples`": Triples(()),
        "`bool`": True,
        "`Trail`": hrge_kg.find_trail(graph, "norm:safe-return", depth=1),
        "`Card`": hrge_kg.explain(graph, "norm:safe-return"),
    }
    for kind, result in results.items():
        with pytest.raises(InputError) as raised:
            hrge_kg.write(result, "pdf")
        assert raised.value.remedy == f"Use one of {listed.pop(kind)}."
    assert len(listed) == 1


def test_write_writes_what_the_command_writes(assessment: Assessment) -> None:
    from hrge_kg.report.formats import WRITERS

    for name, writer in WRITERS.items():
        assert hrge_kg.write(assessment, name) == writer([assessment])
    assert hrge_kg.write([assessment], "csv").startswith("programme,norm,")
    with pytest.raises(InputError, match="text, html, markdown, json, jsonl, ttl, csv"):
        hrge_kg.write([assessment], "pdf")


def test_a_report_for_people_has_its_annex(graph: ox.Store, assessment: Assessment) -> None:
    from hrge_kg.report.formats import WITH_ANNEX

    for name, writer in WITH_ANNEX.items():
        whole = hrge_kg.write(assessment, name, annex=True)
        assert whole == writer([assessment])
        short = hrge_kg.write(assessment, name)
        assert len(whole) > len(short) or name == "html"  # which has it anyway, folded
    with pytest.raises(InputError, match=r"json.*with an annex.*Use one of text, html, markdown"):
        hrge_kg.write(assessment, "json", annex=True)
    with pytest.raises(InputError, match="Leave out the annex"):
        hrge_kg.write(Table((), ()), "csv", annex=True)


@pytest.mark.parametrize("result", [3, "text", [], [1], None])
def test_what_is_no_result_is_not_written(result: Any) -> None:
    with pytest.raises(TypeError, match=r"not (int|str|list|NoneType)"):
        hrge_kg.write(result, "text")


SLOW = {"rdflib", "pyshacl", "importlib.metadata", "hrge_kg.graph.build"}
"""What takes long to import, and no query of a kept graph needs."""


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import hrge_kg", {"pyoxigraph", "rdflib", "pyshacl", "yaml"}),
        (
            "from hrge_kg.cli.main import parser; parser().format_help()",
            {"pyoxigraph", "rdflib", "pyshacl", "yaml"},
        ),
        ("from hrge_kg.cli.main import main; main(['query', 'norms'])", SLOW),
        ("from hrge_kg.cli.main import main; main(['query', 'norms', '--format', 'csv'])", SLOW),
        ("from hrge_kg.cli.main import main; main(['explain', 'safe-return'])", {"pyshacl"}),
        ("from hrge_kg.cli.main import main; main(['trail', 'norm:safe-return'])", {"pyshacl"}),
    ],
    ids=["import", "help", "query", "csv", "explain", "trail"],
)
def test_nothing_is_imported_before_it_is_needed(
    code: str, absent: set[str], graph: ox.Store
) -> None:
    code += "; import sys; print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not absent & set(run.stderr.split())


def test_cells_are_values_of_python_and_rdflib() -> None:
    def typed(text: str, name: str) -> ox.Literal:
        return ox.Literal(text, datatype=ox.NamedNode(XSD + name))

    norm = ox.NamedNode(PREFIXES["norm"] + "a")
    cells: dict[Term, object] = {
        norm: rdflib.URIRef(norm.value),
        ox.BlankNode("b"): rdflib.BNode("b"),
        ox.Literal("words"): "words",
        ox.Literal("words", language="en"): "words",
        typed("43", "integer"): 43,
        typed("2.50", "decimal"): Decimal("2.50"),
        typed("1.5e0", "double"): 1.5,
        typed("1", "boolean"): True,
        typed("2021-02-28", "date"): date(2021, 2, 28),
        # Neither is a date of Python's; the words are kept.
        typed("2021-02-30", "date"): "2021-02-30",
        typed("2021", "gYear"): "2021",
    }
    terms: list[Term | None] = [*cells, None]
    table = Table(("a",), tuple((term,) for term in terms))
    assert list(table) == [*((value,) for value in cells.values()), (None,)]
    assert [type(value) for (value,) in table] == [*map(type, cells.values()), type(None)]
    assert len(table) == len(cells) + 1
    frame = table.to_pandas()
    assert list(frame["a"]) == [*cells.values(), None]
    assert isinstance(frame["a"][0], rdflib.URIRef)
    alone = Table(("a",), tuple((term,) for term in cells if isinstance(term, ox.NamedNode)))
    assert {type(value) for value in alone.to_pandas()["a"]} == {rdflib.URIRef}


def test_an_empty_cell_leaves_the_numbers_of_its_column_whole() -> None:
    frame = Table(("a", "b"), ((ox.Literal(43), ox.Literal(1)), (None, ox.Literal(2)))).to_pandas()
    assert [str(value) for value in frame["a"]] == ["43", "None"]
    assert frame["b"].sum() == 3


def test_triples_are_those_of_rdflib() -> None:
    norm, label = ox.NamedNode(PREFIXES["norm"] + "a"), ox.NamedNode(PREFIXES["rdfs"] + "label")
    number = ox.Literal("2.50", datatype=ox.NamedNode(XSD + "decimal"))
    triples = Triples(
        (ox.Triple(norm, label, ox.Literal("a", language="en")), ox.Triple(norm, label, number))
    )
    graph = triples.to_rdflib()
    assert set(graph) == set(triples)
    assert {value.n3(graph.namespace_manager) for value in graph.objects()} == {
        '"a"@en',
        '"2.50"^^xsd:decimal',
    }
    assert list(triples.to_pandas().columns) == ["subject", "predicate", "object"]


def test_notebooks_show_the_first_rows_and_count_the_others() -> None:
    rows = tuple((ox.Literal(f"<{number}>"),) for number in range(SHOWN + 1))
    page = Table(("a",), rows, "Rows")._repr_html_()
    assert page.count("<tr>") == SHOWN + 1  # with the head
    assert "&lt;0&gt;" in page
    assert f"Rows: the first {SHOWN} of {SHOWN + 1} rows" in page
    assert repr(Table(("a",), rows, "Rows")) == f"<Table Rows: {SHOWN + 1} rows of a>"


@pytest.fixture(scope="module")
def assessment(example: Any) -> Assessment:
    """One that has concerns, silences and something for review."""
    found = example("closed-shelter")
    assert isinstance(found, Assessment)
    return found


def test_assessment_as_a_frame_has_a_row_a_norm_and_group(assessment: Assessment) -> None:
    frame = assessment.to_pandas()
    assert len(frame) == len(assessment.findings)
    assert frame["outcome"].value_counts().to_dict() == {
        str(outcome): number for outcome, number in assessment.counts.items() if number
    }
    assert not frame.duplicated(["norm", "group"]).any()


def test_assessment_in_a_notebook_counts_every_outcome(assessment: Assessment) -> None:
    page = assessment._repr_html_()
    assert f"{assessment.counts['not-stated']} not stated" in page
    assert "What is not stated is not in this table, and is not met." in page
    assert repr(assessment).startswith("<Assessment Closed shelter for women: ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_gives_the_output_that_it_shows(path: Path, graph: ox.Store) -> None:
    for library in ("nbclient", "ipykernel"):
        pytest.importorskip(library, reason=f"{library} is not installed (extra test)")
    command = [sys.executable, str(ROOT / "tools" / "run_notebooks.py"), "--check", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
