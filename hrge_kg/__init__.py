"""A legal knowledge graph of a UN toolkit section, and tools that query it, check programmes
against it and trail its citations.

Start from `hrge_kg.store.open_graph`, `hrge_kg.query.run`, `hrge_kg.assess.assess` and
`hrge_kg.trail.trail`; `hrge` is the command.
"""

from typing import TYPE_CHECKING

__version__: str

if not TYPE_CHECKING:  # type checkers would take every submodule for a string

    def __getattr__(name):
        """`__version__`, asked of the installed package when it is wanted: the number itself stands
        in pyproject.toml alone.
        """
        if name == "__version__":
            from importlib.metadata import version

            return version("hrge-kg")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
