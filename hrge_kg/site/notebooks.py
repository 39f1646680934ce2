"""Notebooks as Markdown: their words, their code, and what it printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def as_markdown(notebook: str) -> str:
    """A notebook, in the format of Jupyter (nbformat 4), as Markdown.

    >>> cell = {"cell_type": "code", "source": ["1 + 1"], "outputs": []}
    >>> print(as_markdown(json.dumps({"cells": [cell]})))
    ```python
    1 + 1
    ```
    <BLANKLINE>
    """
    return (
        "\n\n".join(part for cell in json.loads(notebook)["cells"] for part in _parts(cell)) + "\n"
    )


def _parts(cell: dict[str, Any]) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
    elif cell["cell_type"] == "code":
        yield _fenced(source, "python")
        printed = "".join(map(_printed, cell.get("outputs", ())))
        if printed.strip():
            yield _fenced(printed.rstrip("\n"), "text")


def _printed(output: dict[str, Any]) -> str:
    """What a cell printed, or its result as text."""
    if "text" in output:
        return "".join(output["text"])
    return "".join(output.get("data", {}).get("text/plain", ())) + "\n"


def _fenced(text: str, language: str) -> str:
    """Code between marks of which it has none."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"
