"""Says which parameter leaves an answer without a row.

>>> given = {"topic": "return", "norm": "norm:safe-return"}
>>> why_empty(Header(), given, lambda params: "norm" in params)
'no row: norm=norm:safe-return alone leaves none'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .header import Header


def why_empty(
    header: Header, params: Mapping[str, str], is_empty: Callable[[Mapping[str, str]], bool]
) -> str:
    """Why a query that was asked with these parameters has no row, as the end of a warning.

    `is_empty` asks the query with some of them. Each optional parameter is tried alone; one that
    the query requires is always given.
    """
    required = {param.name for param in header.params if param.required}
    needed = {name: value for name, value in params.items() if name in required}
    optional = {name: value for name, value in params.items() if name not in required}
    if is_empty(needed):
        return f"no row with {_written(needed)}" if needed else "no row, with parameters or without"
    alone = {}
    for name, value in optional.items():
        one = {**needed, name: value}
        if one == params or is_empty(one):
            alone[name] = value
    beside = f" beside {_written(needed)}" if needed else ""
    if not alone:
        return f"no row: each of {_written(optional)} alone leaves some{beside}, together none"
    each = "each of " if len(alone) > 1 else ""
    return f"no row: {each}{_written(alone)} alone leaves none{beside}"


def _written(params: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in params.items())
