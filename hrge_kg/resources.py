"""Where the ontology, data, shapes and queries lie: beside the package in a checkout, inside it in a wheel.

>>> (root() / "ontology" / "hrge.ttl").is_file()
True
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDERS = ("ontology", "data", "shapes", "queries")


@cache
def root() -> Path:
    """The folder that holds ontology/, data/, shapes/ and queries/."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent


def files(folder: str, *suffixes: str, base: Path | None = None) -> list[Path]:
    """All files below a folder with one of the suffixes, sorted by path."""
    found = (base or root()) / folder
    return sorted(path for path in found.rglob("*") if path.is_file() and path.suffix in suffixes)


def relative(path: Path) -> str:
    """A path as messages print it: relative to the root or the working folder where it lies below one."""
    for base in (root(), Path.cwd()):
        try:
            return path.resolve().relative_to(base).as_posix()
        except ValueError:
            continue
    return path.as_posix()


def fingerprint(base: Path | None = None) -> str:
    """SHA-256 over the names and bytes of everything that a build reads, in hexadecimal."""
    start = base or root()
    digest = hashlib.sha256()
    code = sorted(Path(__file__).resolve().parent.glob("*.py"))
    for path in code + [p for folder in FOLDERS for p in files(folder, ".ttl", ".ru", ".rq", ".txt", ".yaml", base=start)]:
        name = path.relative_to(start).as_posix() if path.is_relative_to(start) else path.name
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
