"""Trails as plain values and as JSON. (docs/reference/trail.md)"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..model import Discrepancy, Link, Node, Step, Trail


def as_dict(trail: Trail) -> dict[str, Any]:
    """A trail as plain values: IRIs in full, keys as docs/reference/trail.md has them."""
    return {
        "start": trail.start,
        "end": trail.end,
        "nodes": [_node_dict(node) for node in trail.nodes.values()],
        "edges": [_edge_dict(link) for link in trail.edges],
        "up": [_step_dict(step) for step in trail.up],
        "down": [_step_dict(step) for step in trail.down],
        "paths": [[_step_dict(step) for step in path] for path in trail.paths],
        "discrepancies": [discrepancy_dict(one) for one in trail.discrepancies.values()],
        "answer": trail.answer,
        "notes": list(trail.notes),
    }


def discrepancy_dict(discrepancy: Discrepancy) -> dict[str, Any]:
    """A discrepancy as plain values; its `id` is the number in the register."""
    fields = asdict(discrepancy)
    iri, key = fields.pop("id"), fields.pop("key")
    return {"id": key, "iri": iri} | fields


def _node_dict(node: Node) -> dict[str, Any]:
    fields = asdict(node)
    rest = {"printedLabel": fields.pop("printed_label")}
    for name in ("details", "discrepancies"):
        rest[name] = list(fields.pop(name))
    return fields | rest


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
