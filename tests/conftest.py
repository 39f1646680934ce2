"""What all tests share: the built graph, a cache of their own, no network, and no silent skip in
CI.

A test that takes `graph`, `vocabulary`, `assessor` or `example` gets one that every other test sees
too, and must leave it as it is.
"""

from __future__ import annotations

import functools
import gc
import ipaddress
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import works_with
from paths import ROOT

if TYPE_CHECKING:
    import pyoxigraph as ox
    from selenium.webdriver.chrome.webdriver import WebDriver
    from self_test_rounds import Reported
    from serving import Served

    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.assessment.model import Assessment
    from hrge_kg.form.vocabulary import Vocabulary
    from hrge_kg.site import Pages

SHARED = ROOT.parent / "shared"  # third-party test suites and the like; not part of the project
NO_SHARED = "there is no ../shared on this machine"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache for this session, also of the commands it starts: the user's own is neither used nor
    changed.
    """
    base = tmp_path_factory.getbasetemp()
    # Several workers share one: each has a folder of its own below that of the session.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hrge-cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRGE_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def graph(cache: Path) -> ox.Store:
    """The graph, built once and read-only."""
    from hrge_kg.graph.store import open_graph

    return open_graph()


@pytest.fixture(scope="session")
def without_shapes(graph: ox.Store) -> list[ox.Quad]:
    """The graph without its shapes, which are most of it, for tests that change a copy."""
    from hrge_kg.namespaces import GRAPH, term_text

    shapes = GRAPH("shapes/").value
    return [quad for quad in graph if not term_text(quad.graph_name).startswith(shapes)]


@pytest.fixture(scope="session")
def vocabulary(graph: ox.Store) -> Vocabulary:
    """What a description can say."""
    from hrge_kg.form.vocabulary import load_vocabulary

    return load_vocabulary(graph)


@pytest.fixture(scope="session")
def assessor(graph: ox.Store, cache: Path) -> Assessor:
    """What turns a description into an assessment, with the quick engine.

    tests/properties/test_engines.py proves it equal to the reference. It has passed its self-test,
    once for all workers and for the commands that they start.
    """
    from self_test_rounds import locked

    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.assessment.engines import Pyshifty

    quick = Assessor(graph, Pyshifty)
    with locked(cache.parent / "self-test.lock"):
        quick.run_self_test()
    return quick


@pytest.fixture(scope="session")
def reference_rounds(graph: ox.Store, cache: Path) -> Reported:
    """What the reference engine reports in each round of the self-test, which it has passed.

    All workers share one run of it.
    """
    from self_test_rounds import reported_by_reference

    return reported_by_reference(graph, cache)


@pytest.fixture(scope="session")
def reference_assessor(graph: ox.Store, reference_rounds: Reported) -> Assessor:
    """The same with the reference engine and all shapes, for tests of engines and of what must
    always hold.
    """
    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.assessment.engines import Pyshacl

    return Assessor(graph, Pyshacl, all_shapes=True)


@pytest.fixture(scope="session")
def server(graph: ox.Store) -> Iterator[Served]:
    """A server over the built graph that is answering, with limits that tests can reach."""
    from serving import served

    limits = {"seconds": 3, "memory": 500_000_000}
    with served(query=limits, workers=2, seconds_to_receive=2, seconds_to_send=2) as found:
        yield found


@pytest.fixture(scope="session")
def whole(graph: ox.Store) -> Iterator[Served]:
    """A server with all pages, for tests that leave it as it is."""
    from serving import served

    with served(data="all", workers=1) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    """A real browser, offline; without one the test is skipped."""
    from browser import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def example(assessor: Assessor) -> Callable[[str], Assessment]:
    """The assessment of an example of data/programmes, by its name; each is made once."""
    from hrge_kg.form.readers.yaml_reader import read_form
    from hrge_kg.resources import root

    @functools.cache
    def assessed(name: str) -> Assessment:
        return assessor.assess(
            read_form(root() / "data" / "programmes" / f"{name}.yaml", assessor.vocabulary)
        )

    return assessed


@pytest.fixture(scope="session")
def closed(example: Callable[[str], Assessment]) -> Assessment:
    """The report of an example that has concerns of many kinds."""
    return example("closed-shelter")


@pytest.fixture(scope="session")
def girls(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """The assessment of a small description of girls."""
    from descriptions import GIRLS

    return _assessed(assessor, tmp_path_factory, GIRLS)


@pytest.fixture(scope="session")
def ten(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """The assessment of a description with ten answers."""
    from ten_answers import TEN

    return _assessed(assessor, tmp_path_factory, TEN)


def _assessed(assessor: Assessor, folders: pytest.TempPathFactory, text: str) -> Assessment:
    from descriptions import written

    from hrge_kg.form.readers.yaml_reader import read_form

    path = written(folders.mktemp("described"), text)
    return assessor.assess(read_form(path, assessor.vocabulary))


@pytest.fixture(scope="session")
def pages(graph: ox.Store) -> Pages:
    """The pages of the graph; each is made when a test asks for it."""
    from hrge_kg.site import Pages

    return Pages(graph)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared; without one the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


# No network. An audit hook sees every socket of this process that Python opens, whichever library
# asks for it; not those of compiled engines (pyoxigraph's SERVICE) or of commands that a test
# starts, which need a test of their own.

_attempts: list[str] = []


class NetworkAttempt(RuntimeError):
    """A test tried to reach something that is not this machine."""


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        # Of the families that tests meet, only the Internet ones have tuples for addresses.
        host = args[1][0] if isinstance(args[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if not _is_here(host):
        _attempts.append(f"{event} {host!r}")
        raise NetworkAttempt(_attempts[-1])


sys.addaudithook(_audit)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[list[str]]:
    """Fails a test that tried to reach another machine, even where the code under test caught the
    error.
    """
    _attempts.clear()
    yield _attempts
    assert not _attempts, f"the test tried to reach another machine: {_attempts}"


def pytest_configure(config: pytest.Config) -> None:
    """What is tried with programs of others is recorded, and compared with the page about it."""
    gc.set_threshold(50_000, 20, 20)  # as in a command (hrge_kg/__main__.py)
    works_with.configure(config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test's report has the rows that the test records, also if it is skipped."""
    works_with.note_rows(item)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first: no worker waits for another at the end."""
    items.sort(key=lambda item: "properties" not in item.path.parts)


# In CI nothing is skipped, lest a missing install step pass for a green run. Only ../shared may be
# missing.


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("HRGE_CI") != "1" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not SHARED.is_dir() and "../shared" in reason:
        return
    report.outcome = "failed"
    report.longrepr = (
        f"{reason}\n"
        "Nothing is skipped where HRGE_CI=1: install what is missing, or remove the test."
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test fails in CI."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a module that skips itself."""
    report = yield
    _refuse_skip(report)
    return report
