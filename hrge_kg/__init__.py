"""Query the knowledge graph, assess programme descriptions against it, follow its citations.

    import hrge_kg as hrge

    graph = hrge.open_graph()
    norms = hrge.run_query(graph, "norms", topic="health")
    [shelter] = hrge.read_descriptions("shelter.yaml", graph)
    assessment = hrge.Assessor(graph).assess(shelter)
    trail = hrge.find_trail(graph, "guideline 6.3", direction="up")
    card = hrge.explain(graph, "no-mandatory-testing")
    text = hrge.write(trail, "markdown")

docs/reference/python.md describes the eight names. They are loaded when they are first used, so
that importing the package waits for no library.
"""

from typing import TYPE_CHECKING

__all__ = [
    "Assessor",
    "InputError",
    "explain",
    "find_trail",
    "open_graph",
    "read_descriptions",
    "run_query",
    "write",
]
__version__: str

if TYPE_CHECKING:
    from .assessment.assessor import Assessor as Assessor
    from .card.builder import explain as explain
    from .errors import InputError as InputError
    from .form.readers import read_descriptions as read_descriptions
    from .graph.store import open_graph as open_graph
    from .query.run import run_query as run_query
    from .trail.search import find_trail as find_trail
    from .writing import write as write
else:  # type checkers would take every submodule for a string
    _MODULES = {
        "Assessor": "assessment.assessor",
        "InputError": "errors",
        "explain": "card.builder",
        "find_trail": "trail.search",
        "open_graph": "graph.store",
        "read_descriptions": "form.readers",
        "run_query": "query.run",
        "write": "writing",
    }

    def __getattr__(name):
        """A public name, or `__version__`, when it is first wanted. (PEP 562)"""
        if name in _MODULES:
            from importlib import import_module

            globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
            return value
        if name == "__version__":  # the number itself stands in pyproject.toml alone
            from importlib.metadata import version

            return version("hrge-kg")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
