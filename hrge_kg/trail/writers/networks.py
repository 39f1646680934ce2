"""Trails for other libraries: networkx and pandas; and GraphML, which networkx writes.

Both libraries are extras. (GraphML 1.0)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...errors import MissingExtra
from ...namespaces import shrink
from ..model import Trail
from .json_writer import as_dict

if TYPE_CHECKING:
    import networkx
    import pandas


def to_networkx(trail: Trail) -> networkx.MultiDiGraph[str]:
    """A directed multigraph with the fields of the JSON as attributes.

    Nodes are IRIs; an edge leads from a node to one that it rests on. Raises MissingExtra without
    networkx.
    """
    try:
        import networkx
    except ImportError as error:
        raise MissingExtra("a graph of networkx", "networkx", "trails") from error
    plain = as_dict(trail)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        start=trail.start, end=trail.end or "", notes=list(trail.told)
    )
    for node in plain["nodes"]:
        graph.add_node(
            node["id"],
            **{key: value for key, value in node.items() if key != "id"},
            curie=shrink(node["id"]),
        )
    for number, edge in enumerate(plain["edges"], 1):
        rest = {key: value for key, value in edge.items() if key not in ("from", "to")}
        graph.add_edge(edge["from"], edge["to"], key=f"e{number}", **rest)
    return graph


def to_pandas(trail: Trail) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Two frames, of the nodes and of the edges, with the fields of the JSON as columns.

    Evidence has columns of its own ("evidence.quote"). Raises MissingExtra without pandas.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("a frame of pandas", "pandas", "pandas") from error
    plain = as_dict(trail)
    frames = pandas.DataFrame(plain["nodes"]), pandas.json_normalize(plain["edges"])
    for frame in frames:
        frame.attrs["notes"] = list(trail.told)
    return frames


def to_graphml(trail: Trail) -> str:
    """GraphML 1.0. Its attributes hold one value each: a list of words is joined with semicolons,
    and empty attributes are left out.

    The schema of GraphML wants ids that are XML names (NMTOKEN), which no IRI is, and Booleans in
    small letters. So an id is a CURIE with `_` for characters that no XML name may have, and the
    IRI is an attribute.
    """
    whole = to_networkx(trail)
    from networkx.readwrite.graphml import GraphMLWriter

    plain = type(whole)()
    plain.graph.update(_scalars(whole.graph))
    ids = _xml_names(whole)
    for node, values in whole.nodes(data=True):
        plain.add_node(ids[node], iri=node, **_scalars(values))
    for start, end, key, values in whole.edges(keys=True, data=True):
        scalars = _scalars({**values, **values["evidence"]})
        plain.add_edge(ids[start], ids[end], key=key, **scalars)
    # Not write_graphml: its output is another one if lxml is installed.
    writer = GraphMLWriter()
    writer.add_graph_element(plain)
    truths = {one.get("id") for one in writer.xml if one.get("attr.type") == "boolean"}
    for value in writer.xml.iterfind(".//data"):
        if value.get("key") in truths:
            value.text = value.text.lower()
    return f"{writer}\n"


def _xml_names(iris: Iterable[str]) -> dict[str, str]:
    """An XML name (NMTOKEN) of its own for each IRI, as like its CURIE as can be."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        name = wanted = re.sub(r"[^A-Za-z0-9._:-]", "_", shrink(iri))
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        names[iri] = name
    return names


def _scalars(values: dict[str, Any]) -> dict[str, str | int | bool]:
    scalars: dict[str, str | int | bool] = {}
    for key, value in values.items():
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "; ".join(value)
        if isinstance(value, str | int) and value != "":
            scalars[key] = value
    return scalars
