"""Calls of every query of the catalogue, for the tests that run all of them somewhere."""

from __future__ import annotations

from typing import NamedTuple

from hrge_kg.query.catalogue import catalogue


class Call(NamedTuple):
    """A named query and its parameters."""

    name: str
    params: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{name}={value}" for name, value in self.params.items())])


def _calls() -> list[Call]:
    """The examples of each query, and the query without parameters if it requires none."""
    calls = []
    for query in catalogue():
        header = query.header
        if not any(param.required for param in header.params):
            calls.append(Call(query.name, {}))
        given = (dict(one.split("=", 1) for one in example) for example in header.examples)
        calls += [Call(query.name, params) for params in given]
    return calls


CALLS = _calls()
