"""Trails for other libraries: networkx and pandas; and GraphML, which networkx writes.

Both libraries are extras. (GraphML 1.0)
"""

from __future__ import annotations

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

    Nodes are IRIs; edges lead from what rests to what it rests on. Raises MissingExtra without
    networkx.
    """
    try:
        import networkx
    except ImportError as error:
        raise MissingExtra("a graph of networkx", "networkx", "trails") from error
    plain = as_dict(trail)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        start=trail.start, end=trail.end or "", notes=list(trail.notes)
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
        frame.attrs["notes"] = list(trail.notes)
    return frames


def to_graphml(trail: Trail) -> str:
    """GraphML 1.0, with scalar attributes: what is empty is left out, lists have semicolons."""
    whole = to_networkx(trail)
    import networkx

    plain: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    plain.graph.update(_scalars(whole.graph))
    for node, values in whole.nodes(data=True):
        plain.add_node(node, **_scalars(values))
    for start, end, key, values in whole.edges(keys=True, data=True):
        plain.add_edge(start, end, key=key, **_scalars({**values, **values["evidence"]}))
    # Not write_graphml: where lxml is installed it writes other bytes.
    return "\n".join(networkx.generate_graphml(plain)) + "\n"


def _scalars(values: dict[str, Any]) -> dict[str, str | int | bool]:
    scalars: dict[str, str | int | bool] = {}
    for key, value in values.items():
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "; ".join(value)
        if isinstance(value, str | int) and value != "":
            scalars[key] = value
    return scalars
