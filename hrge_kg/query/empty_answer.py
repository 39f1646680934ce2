"""Says which parameter leaves an answer without a row, and what is near.

>>> given = {"topic": "return", "norm": "norm:safe-return"}
>>> some = Table(("norm",), ((None,),))
>>> why_empty(Header(), given, lambda params: Table(("norm",), ()) if "norm" in params else some)
['no row: norm=norm:safe-return alone leaves none', 'near: 1 row without norm=norm:safe-return']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..tables.model import Table, Term, row_count
from .header import Header

MOST_NEAR = 6
"""So many near rows are named; the others are counted."""


def why_empty(
    header: Header, params: Mapping[str, str], ask: Callable[[Mapping[str, str]], Table]
) -> list[str]:
    """Why a query that was asked with these parameters has no row, as the ends of warnings.

    `ask` asks the query with some of them. Each optional parameter is tried alone; one that the
    query requires is always given. What there is without one of several parameters is near.
    """
    return [_reason(header, params, ask), *_near(header, params, ask)]


def _reason(
    header: Header, params: Mapping[str, str], ask: Callable[[Mapping[str, str]], Table]
) -> str:
    needed, optional = _sorted_out(header, params)
    if not ask(needed).terms:
        return f"no row with {_written(needed)}" if needed else "no row, with parameters or without"
    alone = {}
    for name, value in optional.items():
        one = {**needed, name: value}
        if one == params or not ask(one).terms:
            alone[name] = value
    beside = f" beside {_written(needed)}" if needed else ""
    if not alone:
        return f"no row: each of {_written(optional)} alone leaves some{beside}, together none"
    each = "each of " if len(alone) > 1 else ""
    return f"no row: {each}{_written(alone)} alone leaves none{beside}"


def _near(
    header: Header, params: Mapping[str, str], ask: Callable[[Mapping[str, str]], Table]
) -> list[str]:
    """What there is without one of the parameters, which are still more than none; fewest first.

    Only the nearest rows are named.
    """
    found = []
    for name, value in _sorted_out(header, params)[1].items():
        others = {other: given for other, given in params.items() if other != name}
        if others and (table := ask(others)).terms:
            found.append((table, name, f"{row_count(table)} without {_written({name: value})}"))
    if not found:
        return []
    found.sort(key=lambda each: len(each[0].terms))
    (nearest, name, first), *others_found = found
    named = "; ".join(_by_value(nearest, name))
    warnings = [f"near: {first}{': ' if named else ''}{named}"]
    if others_found:
        warnings.append(f"farther: {'; '.join(words for _, _, words in others_found)}")
    return warnings


def _by_value(table: Table, name: str) -> Iterator[str]:
    """The rows by what they have in the column of a parameter, if there is such a column."""
    rows: dict[str, dict[str, None]] = {}
    for row in table.terms[:MOST_NEAR]:
        has = _cell(table, row, name)
        called = rows.setdefault(f"{name}={has}: " if has else "", {})
        called[_cell(table, row, table.columns[0])] = None
    yield from (f"{has}{', '.join(called)}" for has, called in rows.items())
    if len(table.terms) > MOST_NEAR:
        yield f"{len(table.terms) - MOST_NEAR} more"


def _cell(table: Table, row: tuple[Term | None, ...], name: str) -> str:
    from ..tables.cells import cell_text

    if name not in table.columns:
        return ""
    return cell_text(row[table.columns.index(name)], name in table.lists, None)


def _sorted_out(header: Header, params: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The parameters that the query requires, and the others."""
    required = {param.name for param in header.params if param.required}
    needed = {name: value for name, value in params.items() if name in required}
    return needed, {name: value for name, value in params.items() if name not in required}


def _written(params: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in params.items())
