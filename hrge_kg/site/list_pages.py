"""The list of all things of one kind. A list that is too long for one page is divided by a query,
queries/site/list-FOLDER.rq; then it leads to one page for each heading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..labels import natural_key
from ..namespaces import GRAPH, local_name
from ..resources import files
from ..sparql import query_text, select
from ..trail.model import Node
from .addresses import PAGE, Folder
from .context import Maker, SiteContext
from .redirects import hash_stems


@dataclass(frozen=True)
class Part:
    """A part of a list: what it is about (IRI, kind and label), its page, and its things (IRIs)."""

    iri: str
    kind: str
    label: str
    path: str
    members: tuple[str, ...]


def list_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the list of each folder, of its parts, and of the pages at which IRIs with a
    hash arrive, where things of the folder have such.
    """
    divided = {path.stem for path in files("queries/site", ".rq")}
    makers: dict[str, Maker] = {}
    for folder in site.addresses.folders.values():
        hashes = [f"{stem}{PAGE}" for stem in hash_stems(site.addresses.members(folder.name))]
        parts = _parts(site, folder) if f"list-{folder.name}" in divided else []
        for here in (folder.index, *hashes):
            makers[here] = _list_maker(site, folder, here, parts, arrive=here in hashes)
        for part in parts:
            makers[part.path] = _part_maker(site, folder, part)
    return makers


def _parts(site: SiteContext, folder: Folder) -> list[Part]:
    rows = select(site.graph, query_text(f"site/list-{folder.name}.rq"))
    best: dict[str, str] = {}
    for row in rows:
        best[row["thing"]] = min(row["rank"], best.get(row["thing"], row["rank"]))
    members: dict[str, set[str]] = {}
    for row in rows:
        if row["rank"] == best[row["thing"]]:
            members.setdefault(row["group"], set()).add(row["thing"])
    parts = [_part(site, folder, iri, things) for iri, things in members.items()]
    return sorted(parts, key=lambda part: (_place(site, part.iri), natural_key(part.label)))


def _place(site: SiteContext, iri: str) -> tuple[bool, int]:
    """Things in the order of their lists, before files."""
    is_file = iri not in site.addresses.paths
    return is_file, 0 if is_file else site.rank(iri)


def _part(site: SiteContext, folder: Folder, iri: str, things: Iterable[str]) -> Part:
    found = site.addresses.paths.get(iri)
    if found:
        kind = site.addresses.folders[site.addresses.folder_of[iri]].heading
        label = site.label(iri)
    else:
        kind, label = "Files", iri.removeprefix(GRAPH) + ".ttl"
        found = f"file/{iri.removeprefix(GRAPH)}{PAGE}"
    return Part(iri, kind, label, f"list/{folder.name}/{found}", tuple(sorted(things)))


def _list_maker(
    site: SiteContext, folder: Folder, here: str, parts: list[Part], *, arrive: bool
) -> Maker:
    def make() -> bytes:
        members = site.addresses.members(folder.name)
        listed = {iri for part in parts for iri in part.members if _found_by_name(site, iri)}
        kinds = [(kind, list(some)) for kind, some in groupby(parts, key=lambda part: part.kind)]
        return site.render(
            "list.html",
            here,
            folder=folder,
            number=len(members),
            found=_entries(site, (iri for iri in members if iri not in listed)),
            kinds=kinds,
            arrive=arrive and bool(parts),
        )

    return make


def _found_by_name(site: SiteContext, iri: str) -> bool:
    """Whether arrive.js can tell the page of a thing from what is after the hash of its IRI."""
    wanted = f"{site.addresses.folder_of[iri]}/{local_name(iri)}{PAGE}"
    return site.addresses.paths[iri] == wanted


def _part_maker(site: SiteContext, folder: Folder, part: Part) -> Maker:
    return lambda: site.render(
        "list-part.html", part.path, folder=folder, part=part, found=_entries(site, part.members)
    )


def _entries(site: SiteContext, iris: Iterable[str]) -> list[tuple[str, str, str, Node | None]]:
    """Label, IRI, local name and node of things, by label."""
    nodes = site.cards.link_graph.nodes
    labelled = sorted(((site.label(iri), iri) for iri in iris), key=_by_label)
    return [(label, iri, local_name(iri), nodes.get(iri)) for label, iri in labelled]


def _by_label(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0].casefold(), pair[1]
