"""Each dangerous act has few owners, listed in OWNERS; no module runs what it reads.

No other module writes or reads files, opens devices, prints, uses a standard stream, starts
processes, reaches out, or catches whatever comes. The modules are read, not run. What each owner
does right, its own tests show.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrge_kg

PACKAGE = Path(hrge_kg.__file__).parent

OWNERS = {
    "writes": {
        "file_writer.py",  # what a user names for output
        "graph/distribution.py",  # into the folder that file_writer.py makes for it
        "site/folder.py",  # likewise
        "graph/cache.py",  # the folders of the cache
        "graph/build_record.py",  # and what stands in them
    },
    "reads": {
        "parsing/files.py",  # what people hand in, with its limits
        "form/readers/recognition.py",  # the beginning of a file that would be replaced
        "resources.py",  # the files of the project
        "graph/sources.py",
        "graph/dataset.py",  # what the distribution has just written
        "graph/shape_generator.py",
        "graph/cache.py",  # what hrge wrote itself
        "graph/build_record.py",
        "prepared.py",
        "markup/html_writer.py",  # files of the package
        "trail/writers/html_page.py",
        "interview/offline_page.py",
        "file_writer.py",  # the stamp of a folder that a killed run left
        "locks.py",  # opens a file to ask who holds its lock
        "processes.py",  # what the system says of this process
        "server/pages_of_ours.py",  # files of the package
        "form/readers/xlsx_sheets.py",  # a part of a workbook that is read already
        "query/remote.py",  # opens the connection to an endpoint
        "publish/graph_store.py",  # so does this one
    },
    "opens devices": {
        "file_writer.py",
        "cli/streams.py",
        "processes.py",
        "parsing/files.py",  # pipes, which need not have an end
    },
    "prints": {"cli/streams.py"},
    "uses a standard stream": {
        "cli/streams.py",
        "cli/output.py",  # asks whether standard output is a file that is to be read
        "file_writer.py",  # writes to what stands behind /dev/stdout
        "parsing/files.py",  # reads standard input, with its limits
    },
    "starts processes": {
        "processes.py",
        "worker_pool.py",
        "workers.py",
        "stopping.py",  # has SIGTERM raise an exception
        "cli/terminal.py",  # the pager that the user has set, by pydoc
    },
    "reaches out": {
        "query/remote.py",
        "publish/graph_store.py",
        "server/serve.py",  # listens on the address that the user names
    },
    "catches everything": {
        "cli/main.py",  # no exception leaves it
        "processes.py",  # nor a process of its own
        "assessment/portfolio.py",  # one bad file stops no other
        "file_writer.py",  # removes what is half written
        "form/readers/xlsx_sheets.py",  # its library lets through whatever its parsers meet
        "query/guard.py",  # so does this one
    },
    "runs what it reads": set(),
}

WRITING = {"write_bytes", "write_text", "rename", "unlink", "rmdir", "rmtree", "mkdir", "makedirs"}
WRITING |= {"touch", "chmod", "chown", "symlink_to", "hardlink_to", "copy2", "copyfile", "copytree"}
WRITING |= {"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory"}
OF_OS = {"replace", "remove", "rename", "unlink", "rmdir", "link", "symlink", "mkdir", "truncate"}
OUTSIDE = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx"}
PROCESSES = {"multiprocessing", "subprocess", "concurrent", "signal", "pty", "pydoc"}
STARTING = ("fork", "kill", "system", "popen", "exec", "spawn", "posix_spawn")
STREAMS = {"stdin", "stdout", "stderr", "__stdout__", "__stderr__"}


def acts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What a module does of these acts, with the line."""
    for node in ast.walk(tree):
        found = None
        if isinstance(node, ast.Call):
            found = _call(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found = _import(node)
        elif isinstance(node, ast.ExceptHandler):
            names = [] if node.type is None else [_name(each) for each in ast.walk(node.type)]
            if node.type is None or {"Exception", "BaseException"} & set(names):
                found = "catches everything"
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS:
            found = "uses a standard stream" if _name(node.value) == "sys" else None
        if found:
            yield found, getattr(node, "lineno", 0)


def _call(node: ast.Call) -> str | None:
    name, owner = _name(node.func), _owner(node.func)
    if name in ("eval", "exec", "compile") and owner is None:
        return "runs what it reads"
    if name == "__import__" or (owner in ("pickle", "marshal") and name in ("load", "loads")):
        return "runs what it reads"
    if name == "print" and owner is None:
        return "prints"
    if owner == "os":
        if name in ("open", "fdopen", "dup2"):
            return "opens devices"
        if (name or "").startswith(STARTING):
            return "starts processes"
        return "writes" if name in OF_OS else None
    if name in WRITING:
        return "writes"
    if name == "copy" and owner == "shutil":
        return "writes"
    if name == "replace" and isinstance(node.func, ast.Attribute):
        # That of a path has one argument, that of a text two.
        return "writes" if len(node.args) == 1 and not node.keywords else None
    if name in ("read_bytes", "read_text"):
        return "reads" if isinstance(node.func, ast.Attribute) else None
    if name == "open":
        return _open(node, owner)
    return None


def _open(node: ast.Call, owner: str | None) -> str:
    place = 1 if owner is None else 0
    modes = [word.value for word in node.keywords if word.arg == "mode"] + node.args[place:]
    mode = modes[0].value if modes and isinstance(modes[0], ast.Constant) else "r"
    return "writes" if set(str(mode)) & set("wax+") else "reads"


def _import(node: ast.Import | ast.ImportFrom) -> str | None:
    names = (
        [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    )
    if isinstance(node, ast.ImportFrom) and node.level:
        return None
    for name in names:
        parts = {name, name.split(".")[0]}
        if parts & OUTSIDE:
            return "reaches out"
        if parts & PROCESSES:
            return "starts processes"
    return None


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _owner(node: ast.AST) -> str | None:
    return (_name(node.value) or "") if isinstance(node, ast.Attribute) else None


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, list[int]]]:
    """By act and module the lines."""
    made: dict[str, dict[str, list[int]]] = {act: {} for act in OWNERS}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        for act, line in acts(ast.parse(path.read_bytes())):
            made[act].setdefault(module, []).append(line)
    return made


@pytest.mark.parametrize("act", OWNERS)
def test_only_its_owner_does_it(act: str, found: dict[str, dict[str, list[int]]]) -> None:
    others = {module: lines for module, lines in found[act].items() if module not in OWNERS[act]}
    assert others == {}, f"{act}: use an owner ({', '.join(sorted(OWNERS[act]))})"


@pytest.mark.parametrize("act", [act for act, owners in OWNERS.items() if owners])
def test_every_owner_does_it(act: str, found: dict[str, dict[str, list[int]]]) -> None:
    assert sorted(OWNERS[act] - found[act].keys()) == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("open('a', 'w')", "writes"),
        ("path.open(mode='ab')", "writes"),
        ("path.open('r+')", "writes"),
        ("path.replace(other)", "writes"),
        ("os.replace(one, other)", "writes"),
        ("shutil.rmtree(folder)", "writes"),
        ("path.unlink()", "writes"),
        ("open('a')", "reads"),
        ("path.open('rb')", "reads"),
        ("path.read_text()", "reads"),
        ("os.open('/dev/null', 0)", "opens devices"),
        ("print(name)", "prints"),
        ("sys.stderr.write(name)", "uses a standard stream"),
        ("import subprocess", "starts processes"),
        ("from concurrent.futures import ProcessPoolExecutor", "starts processes"),
        ("os.fork()", "starts processes"),
        ("from urllib.request import urlopen", "reaches out"),
        ("import socket", "reaches out"),
        ("try: pass\nexcept: pass", "catches everything"),
        ("try: pass\nexcept (OSError, Exception): pass", "catches everything"),
        ("eval(text)", "runs what it reads"),
        ("pickle.loads(data)", "runs what it reads"),
    ],
)
def test_the_act_is_seen(text: str, act: str) -> None:
    assert [one for one, _ in acts(ast.parse(text))] == [act]


@pytest.mark.parametrize(
    "text",
    ["text.replace('a', 'b')", "replace(norm, checks=())", "import re", "dict().update(a=1)"],
)
def test_what_is_harmless_is_not_taken_for_it(text: str) -> None:
    assert [one for one, _ in acts(ast.parse(text))] == []
