"""Runs the notebooks of docs/notebooks and writes their output into them: `make notebooks`.

A notebook runs in its own folder, with the package of this checkout. What a run writes to standard
error (progress) and when it ran is left out, so that the same code gives the same file.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
SECONDS = 1200
"""For one cell: the first assessment tests the shapes and the engine before it believes them."""


def run_notebook(path: Path) -> Any:
    """The notebook with the output of a new run. Raises CellExecutionError where a cell fails."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    paths = [str(ROOT), os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # a busy machine hands what a cell prints over in more pieces
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs = [
                output for output in cell.outputs if getattr(output, "name", "") != "stderr"
            ]
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    return notebook


def differences(path: Path) -> list[str]:
    """The lines in which the output of a new run differs from what the notebook shows."""
    import nbformat

    shown, found = nbformat.read(path, as_version=4), run_notebook(path)
    return list(
        difflib.unified_diff(
            nbformat.writes(shown).splitlines(),
            nbformat.writes(found).splitlines(),
            "shown",
            "found",
            lineterm="",
        )
    )


def main() -> int:
    """Run every notebook, or those named, and write it anew or compare."""
    import nbformat

    parser = argparse.ArgumentParser(description="Run the notebooks of docs/notebooks.")
    parser.add_argument("--check", action="store_true", help="only compare the output")
    parser.add_argument("paths", nargs="*", type=Path, default=NOTEBOOKS)
    arguments = parser.parse_args()
    differing = 0
    for path in arguments.paths:
        if not arguments.check:
            nbformat.write(run_notebook(path), path)
        elif lines := differences(path):
            differing += 1
            print("\n".join(lines))
    if differing:
        print("Run `make notebooks` and read the difference.", file=sys.stderr)
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
