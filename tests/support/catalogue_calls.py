"""Calls of every query of the catalogue, for the tests that run all of them somewhere."""

from __future__ import annotations

import csv
import shlex
from typing import NamedTuple

from paths import ROOT


class Call(NamedTuple):
    """A named query and its parameters."""

    name: str
    params: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{name}={value}" for name, value in self.params.items())])


def _calls() -> list[Call]:
    path = ROOT / "tests" / "fixtures" / "queries" / "calls.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), strict=True)
    return [
        Call(row["query"], dict(word.split("=", 1) for word in shlex.split(row["parameters"])))
        for row in rows
    ]


CALLS = _calls()
