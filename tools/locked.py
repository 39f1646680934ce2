"""Reads the lock files of `tools/requirements/`, which `make lock` writes."""

from __future__ import annotations

from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = Path(__file__).resolve().parent / "requirements"


def plain(name: str) -> str:
    """The one spelling of a package's name: in small letters, with hyphens."""
    return canonicalize_name(name)


def read_lock(name: str) -> list[Requirement]:
    """The pinned packages of a lock file, each with the systems that it is for."""
    lines = (LOCKS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in " #"]


def pinned(pin: Requirement) -> str:
    """The version that a line of a lock file names."""
    return str(pin.specifier).removeprefix("==")
