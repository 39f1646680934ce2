"""Where the ontology, data, shapes and queries lie: beside the package in a checkout, inside it in
a wheel, or where HRGE_ROOT says.

>>> (root() / "ontology" / "hrge.ttl").is_file()
True
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from .errors import InputError
from .system_errors import system_error

FOLDERS = ("ontology", "data", "shapes", "queries")
LANGUAGES = "data/languages"
"""The folder with the words of our pages in other languages; no build reads it."""
_NAME_A_ROOT = (
    "Name a folder that holds ontology/, data/, shapes/ and queries/, such as a copy of the "
    "project's."
)
BUILDING_ROOMS = ("parsing", "text", "graph")
"""The rooms whose code a built graph comes from, beside the modules of the package itself."""


def root() -> Path:
    """The folder that holds ontology/, data/, shapes/ and queries/: $HRGE_ROOT, else the project's
    own.

    Raises InputError where $HRGE_ROOT lacks one of the four.
    """
    named = os.environ.get("HRGE_ROOT")
    return _named(named) if named else _own()


@cache
def _named(folder: str) -> Path:
    try:
        path = Path(folder).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no working folder; a circle; a NUL
        raise InputError(
            "HRGE_ROOT", f"this folder cannot be found: {error}", _NAME_A_ROOT
        ) from error
    missing = [f"{name}/" for name in FOLDERS if not (path / name).is_dir()]
    if missing:
        raise InputError(
            folder,
            f"HRGE_ROOT names this folder, and it holds no {', no '.join(missing)}",
            _NAME_A_ROOT,
        )
    return path


@cache
def _own() -> Path:
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent


def license_file(name: str) -> str:
    """The text of one of the package's own notices and licences: in a checkout beside the package,
    else where the installer put it. (PEP 639)

    Raises InputError where an installation lacks it.

    >>> license_file("NOTICE.md").splitlines()[0]
    '# Notice'
    """
    package = Path(__file__).resolve().parent
    if not (package / "resources").is_dir():
        return read_utf8(package.parent / name, "the notice")
    from importlib.metadata import distribution

    text = distribution("hrge-kg").read_text(f"licenses/{name}")
    if text is None:
        raise InputError(name, "the installed package lacks this file", "Install hrge-kg anew.")
    return text


def front_page(name: str) -> str | None:
    """The text of README.md or CHANGELOG.md: in a checkout beside the package, else, of the README
    alone, what the installer kept of it; None where there is none.

    >>> (front_page("README.md") or "").startswith("# ")
    True
    """
    package = Path(__file__).resolve().parent
    path = package.parent / name
    if not (package / "resources").is_dir():
        return read_utf8(path, "the page") if path.is_file() else None
    if name != "README.md":
        return None
    from importlib.metadata import distribution

    # After the fields of the metadata, and a blank line, comes the README. (PEP 566)
    return (distribution("hrge-kg").read_text("METADATA") or "").partition("\n\n")[2] or None


def files(folder: str, *suffixes: str, base: Path | None = None) -> list[Path]:
    """All files below a folder with one of the suffixes, sorted by path."""
    found = (base or root()) / folder
    return sorted(
        path
        for folder, _, names in os.walk(found)
        for name in names
        if (path := Path(folder, name)).suffix in suffixes and path.is_file()
    )


def relative(path: Path) -> str:
    """A path as messages print it: relative to the root or the working folder where it lies below
    one.
    """
    whole, below = path.as_posix(), f"{root().as_posix()}/"
    if whole.startswith(below) and ".." not in path.parts:  # as nearly always; to resolve is slow
        return whole.removeprefix(below)
    for base in (root(), Path()):
        try:
            return path.resolve().relative_to(base.resolve()).as_posix()
        except (ValueError, FileNotFoundError):  # not below it; the working folder is gone
            continue
    return whole


def read_utf8(path: Path, what: str = "the file", remedy: str = "Check the path.") -> str:
    """The text of one of the project's own files, its line ends kept; messages call it `what`.

    Raises InputError where it cannot be read (with `remedy`) or is not UTF-8 (with the line).
    What people hand in goes through `parsing.files` instead, which is bounded.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        problem = f"{what} cannot be read ({{}})"
        raise system_error(error, relative(path), problem, remedy) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(
            relative(path), f"{what} is not UTF-8", "Save it as UTF-8.", line=line
        ) from error


def fingerprint(base: Path | None = None) -> str:
    """SHA-256 over the names and bytes of all files that a build reads or runs, in hexadecimal."""
    start = base or root()
    digest = hashlib.sha256()
    below = f"{start.as_posix()}/"
    for path in [*build_modules(), *_build_sources(start)]:
        whole = path.as_posix()
        name = whole.removeprefix(below) if whole.startswith(below) else path.name
        content = path.read_bytes()
        digest.update(os.fsencode(f"{name}\0{len(content)}\0") + content)
    return digest.hexdigest()


def build_modules() -> list[Path]:
    """The modules that decide what a built graph holds; no other changes it."""
    package = Path(__file__).resolve().parent
    rooms = (path for room in BUILDING_ROOMS for path in files(room, ".py", base=package))
    return sorted([*package.glob("*.py"), *rooms])


def module_hash(package: str) -> str:
    """SHA-256 over the modules of a room of this package, such as `hrge_kg.assessment`."""
    folder = Path(__file__).resolve().parent.joinpath(*package.split(".")[1:])
    return hashlib.sha256(
        b"\0".join(path.read_bytes() for path in files("", ".py", base=folder))
    ).hexdigest()


def _build_sources(start: Path) -> list[Path]:
    endings = (".ttl", ".ru", ".rq", ".txt", ".yaml")
    found = (path for folder in FOLDERS for path in files(folder, *endings, base=start))
    return [path for path in found if path.parent != start / LANGUAGES]
