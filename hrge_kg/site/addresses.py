"""Where the page of each thing is, and how one page leads to another.

A path is relative to the root of the site and has no slash before it: norm/safe-return.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

import pyoxigraph as ox

from ..namespaces import BASE, expand, shrink
from ..sparql import query_text, select

PAGE = ".html"
_UNSAFE = re.compile(r"[^A-Za-z0-9_./-]+|\.\.+|//+")


@dataclass(frozen=True)
class Folder:
    """The pages of one kind of thing: their folder, what their list is called, its place among all
    lists, and the chapter that it is in.

    >>> Folder("norm", "Norms", 1, "The source").index
    'norm/index.html'
    """

    name: str
    heading: str
    rank: int
    chapter: str

    @property
    def index(self) -> str:
        """The path of the list of all pages in this folder."""
        return f"{self.name}/index{PAGE}"


@dataclass(frozen=True)
class Addresses:
    """The paths of things by IRI, and the folder that each has its page in."""

    paths: Mapping[str, str]
    folders: Mapping[str, Folder]
    folder_of: Mapping[str, str]
    brief: frozenset[str]
    """The things (IRIs) of which a page shows the statements alone, and no card."""

    @cached_property
    def iris(self) -> dict[str, str]:
        """The things by the path of their page."""
        return {path: iri for iri, path in self.paths.items()}

    def members(self, folder: str) -> list[str]:
        """The things (IRIs) whose pages are in a folder."""
        return [iri for iri, name in self.folder_of.items() if name == folder]


def read_addresses(graph: ox.Store) -> Addresses:
    """The addresses of all things that have a page. (queries/site/things.rq)"""
    best: dict[str, tuple[int, str, bool]] = {}
    folders: dict[str, Folder] = {}
    for row in select(graph, query_text("site/things.rq")):
        folder = Folder(row["folder"], row["heading"], int(row["rank"]), row["chapter"])
        folders.setdefault(folder.name, folder)
        found = (folder.rank, folder.name, row["show"] == "statements")
        best[row["thing"]] = min(best.get(row["thing"], found), found)
    folder_of = {iri: name for iri, (_, name, _) in sorted(best.items())}
    brief = frozenset(iri for iri, (_, _, only_statements) in best.items() if only_statements)
    paths = _distinct((iri, f"{name}/{_file_name(iri)}") for iri, name in folder_of.items())
    ordered = {folder.name: folder for folder in sorted(folders.values(), key=_rank)}
    return Addresses(paths, ordered, folder_of, brief)


def _rank(folder: Folder) -> tuple[int, str]:
    return folder.rank, folder.name


def _file_name(iri: str) -> str:
    """What is left of an IRI without its namespace, with no character that a disk may refuse.

    >>> _file_name(BASE + "id/passage/text/page-1"), _file_name(BASE + "ns#Norm")
    ('text/page-1', 'Norm')
    """
    curie = shrink(iri)
    short = curie.partition(":")[2] if expand(curie) == iri and curie != iri else ""
    return _UNSAFE.sub("-", short or iri.removeprefix(BASE)).strip("/.")


def _distinct(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A path for each IRI; no two differ only in case, which some disks cannot tell apart."""
    pairs = list(wanted)
    taken = {f"{name.partition('/')[0]}/index" for _, name in pairs}
    paths = {}
    for iri, name in pairs:
        numbered = chain([name], (f"{name}-{number}" for number in count(2)))
        stem = next(one for one in numbered if one.casefold() not in taken)
        taken.add(stem.casefold())
        paths[iri] = stem + PAGE
    return paths


def relative(target: str, here: str) -> str:
    """How a page leads to another path of the site, on a disk as on any server.

    >>> relative("norm/a.html", "passage/text/b.html"), relative("style.css", "index.html")
    ('../../norm/a.html', 'style.css')
    """
    return "../" * here.count("/") + target
