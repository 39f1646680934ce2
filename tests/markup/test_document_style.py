"""The style of documents: one rule for one thing, on the screen and in print."""

from __future__ import annotations

from collections import Counter

from hrge_kg.markup.html_writer import STYLE


def test_no_rule_stands_twice() -> None:
    rules = [line.strip() for line in STYLE.splitlines() if line.strip().endswith("}")]
    assert [rule for rule, times in Counter(rules).items() if times > 1 and rule != "}"] == []


def test_blocks_are_indented_and_closed() -> None:
    """So what was meant for print alone does not leave its block."""
    depth = 0
    for line in STYLE.splitlines():
        if line:
            assert line.startswith("  ") == (depth > 0) or line == "}", line
        depth += line.count("{") - line.count("}")
    assert depth == 0
