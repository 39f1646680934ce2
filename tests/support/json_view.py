"""A YAML form as JSON, the way an editor hands it to a JSON Schema."""

from __future__ import annotations

import re
from typing import Any

import yaml

NULL = re.compile(r"null|Null|NULL|~|")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
YES_OR_NO = re.compile(r"yes|Yes|YES|no|No|NO")
WHOLE = re.compile(r"[-+]?[0-9]+")
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def json_of(node: yaml.Node, *, yes_is_true: bool = False) -> Any:
    """The JSON value of a node by the core schema of YAML 1.2 (section 10.3), as editors read it.

    `yes`, `on` and days are strings; with `yes_is_true`, as in YAML 1.1, `yes` and `no` are
    booleans. Keys are strings as written. Of equal keys the last one counts.
    """
    if isinstance(node, yaml.MappingNode):
        return {_key(key): json_of(value, yes_is_true=yes_is_true) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [json_of(item, yes_is_true=yes_is_true) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    text: str = node.value
    if node.style is not None or NOT_FINITE.fullmatch(text):
        return text  # JSON has no number that is not finite
    if NULL.fullmatch(text):
        return None
    if BOOLEAN.fullmatch(text) or (yes_is_true and YES_OR_NO.fullmatch(text)):
        return text.lower() in ("true", "yes")
    if WHOLE.fullmatch(text):
        return int(text)
    if OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return float(text) if DECIMAL.fullmatch(text) else text


def _key(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else repr(node.value)


def scalars(node: yaml.Node) -> list[yaml.ScalarNode]:
    """All scalars of a tree, keys as well."""
    if isinstance(node, yaml.ScalarNode):
        return [node]
    inner = (
        [part for pair in node.value for part in pair]
        if isinstance(node, yaml.MappingNode)
        else node.value
    )
    return [scalar for part in inner for scalar in scalars(part)]
