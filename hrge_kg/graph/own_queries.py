"""Checks the project's own queries, rules and SPARQL in shapes when the graph is built.

So a copy of the project (HRGE_ROOT) that somebody sent can neither contact another server nor fail
later, in the middle of something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import PREFIXES, SH, term_text
from ..parsing.sparql_words import refuse_reaching_out
from ..resources import files, relative, root
from ..sparql import QueryText, read_query, syntax_refusal

_VIOLATIONS = ("checks", "descriptions")
"""The folders of queries/ with queries that find mistakes, and say what is wrong."""
_COLUMNS = {"subject", "problem", "remedy"}
_ANY_FORM = ("catalogue", "distribution")
"""The folders whose queries need not be SELECT."""
_PREPARED = "prepared"
"""The folder whose queries may also be CONSTRUCT."""
_IN_SHAPES = ("select", "ask", "construct", "update", "rule", "jsFunctionName", "jsLibrary")
"""Properties of SHACL under which an engine finds what it runs. (SHACL, 5; SHACL-AF; SHACL-JS)"""


def check_own_queries(base: Path | None = None) -> None:
    """Check every query below queries/ and every update, without running any over a graph.

    Raises InputError for one that would contact another server, is not SPARQL, or is a query of
    another form or with other columns than its folder needs.
    """
    queries = (base or root()) / "queries"
    for path in files("queries", ".rq", base=base):
        _check_query(read_query(path), path.relative_to(queries).parts)
    for folder in ("ontology", "shapes"):
        for path in files(folder, ".ru", base=base):
            run_update(ox.Store(), read_query(path))


def _check_query(query: QueryText, place: Sequence[str]) -> None:
    """Check a query that stands at this place (folder, …, name) below queries/."""
    refuse_reaching_out(query, query.file)
    try:
        answer = ox.Store().query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_refusal(error, query.file) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(
            query.file, f"this query cannot be run: {error}", "Correct the query."
        ) from error
    if isinstance(answer, ox.QuerySolutions):
        missing = _COLUMNS - {variable.value for variable in answer.variables}
        if missing and place[0] in _VIOLATIONS and place[-1].endswith("-violation.rq"):
            columns = ", ".join(f"?{name}" for name in sorted(missing))
            raise InputError(
                query.file, f"this query has no {columns}", "Select ?subject ?problem ?remedy."
            )
    elif place[0] not in _ANY_FORM and not (
        place[0] == _PREPARED and isinstance(answer, ox.QueryTriples)
    ):
        raise InputError(query.file, "this is no SELECT query", "Ask with SELECT.")


def check_shapes(store: ox.Store, graphs: Mapping[str, Path]) -> None:
    """Refuse SPARQL in shapes that would contact another server. Raises InputError."""
    for name in _IN_SHAPES:
        for quad in store.quads_for_pattern(None, SH(name), None, None):
            path = graphs.get(term_text(quad.graph_name))
            file = relative(path) if path else "shapes"
            if name.startswith("js"):
                raise InputError(file, "a shape would run JavaScript", "Leave it out.")
            if isinstance(quad.object, ox.Literal):
                try:
                    refuse_reaching_out(quad.object.value, file)
                except InputError as error:  # its line counts from the literal
                    raise InputError(file, error.problem, error.remedy) from error


def run_update(store: ox.Store, update: QueryText) -> None:
    """Run an update of the project. Raises InputError where it is none, or would reach out."""
    _admit(update, update.file)
    try:
        store.update(update, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_refusal(error, update.file, "update") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(
            update.file, f"this update cannot be run: {error}", "Correct the update."
        ) from error


@lru_cache(maxsize=256)
def _admit(text: str, file: str) -> None:
    # Rules run over every description, and need not be looked at every time.
    refuse_reaching_out(text, file)
