"""Trails as plain values and as JSON. (docs/reference/trail.md)"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..model import Discrepancy, Link, Node, Step, Trail


def as_dict(trail: Trail) -> dict[str, Any]:
    """A trail as plain values; IRIs whole, keys as docs/reference/trail.md has them."""
    return {
        "start": trail.start,
        "end": trail.end,
        "nodes": [_node_dict(node) for node in trail.nodes.values()],
        "edges": [_edge_dict(link) for link in trail.edges],
        "up": [_step_dict(step) for step in trail.up],
        "down": [_step_dict(step) for step in trail.down],
        "paths": [[_step_dict(step) for step in path] for path in trail.paths],
        "discrepancies": [discrepancy_dict(one) for one in trail.discrepancies.values()],
        "notes": list(trail.notes),
    }


def discrepancy_dict(one: Discrepancy) -> dict[str, Any]:
    """A discrepancy as plain values."""
    rest = {name: value for name, value in asdict(one).items() if name not in ("id", "key")}
    return {"id": one.key, "iri": one.id} | rest


def _node_dict(node: Node) -> dict[str, Any]:
    plain = {
        name: value
        for name, value in asdict(node).items()
        if name not in ("printed_label", "details", "discrepancies")
    }
    details = [asdict(detail) for detail in node.details]
    return plain | {
        "printedLabel": node.printed_label,
        "details": details,
        "discrepancies": list(node.discrepancies),
    }


def _edge_dict(link: Link) -> dict[str, Any]:
    evidence = asdict(link.evidence)
    evidence["pinpointUnit"] = evidence.pop("pinpoint_unit")
    return {
        "from": link.start,
        "to": link.end,
        "kind": link.kind,
        "label": link.label,
        "evidence": evidence,
        "verification": link.verification,
        "editorial": link.editorial,
        "basis": link.basis,
        "remark": link.remark,
        "citation": link.citation,
        "discrepancies": list(link.discrepancies),
    }


def _step_dict(step: Step) -> dict[str, Any]:
    return {
        "from": step.origin,
        "to": step.target,
        "direction": "up" if step.up else "down",
        "depth": step.depth,
        "kinds": list(dict.fromkeys(link.kind for link in step.links)),
        "repeated": step.repeated,
    }


def to_json(trail: Trail) -> str:
    """A trail as JSON."""
    return json.dumps(as_dict(trail), ensure_ascii=False, indent=2) + "\n"
