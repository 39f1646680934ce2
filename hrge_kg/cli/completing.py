"""Finds the words that may complete a command: verbs, options, choices, named queries with their
parameters, and names of things. Names are those of a built graph; nothing is built for them.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Iterable

_MOST = 200
"""Of more names, only their beginnings are offered, as in norm:"""
_AFTER_THE_PROGRAM = 1


def completions(parser: argparse.ArgumentParser, line: str) -> list[str]:
    """The words with which the last word of a line may go on, sorted.

    >>> from hrge_kg.cli.main import parser
    >>> completions(parser(), "hrge expl")
    ['explain']
    """
    words, last = _split(line)
    verbs = next(one for one in parser._actions if isinstance(one.choices, dict))
    known: dict[str, argparse.ArgumentParser] = dict(verbs.choices or {})
    name = next((word for word in words if word in known), None)
    if name is None:
        offered: Iterable[str] = _options(parser) if last.startswith("-") else known
    else:
        given = words[words.index(name) + 1 :]
        offered = _of_verb(known[name], name, given, last)
    return sorted({word for word in offered if word.startswith(last)})


def _split(line: str) -> tuple[list[str], str]:
    """The whole words of a line after the name of the program, and the word that is not whole."""
    try:
        words = shlex.split(line)
    except ValueError:  # a quotation mark is still open
        words = [word.lstrip("'\"") for word in line.split()]
    last = "" if not words or line[-1:].isspace() else words.pop()
    return words[_AFTER_THE_PROGRAM:], last


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [
        option
        for action in parser._actions
        if action.help != argparse.SUPPRESS
        for option in action.option_strings
        if option.startswith("--")
    ]


def _of_verb(
    parser: argparse.ArgumentParser, verb: str, given: list[str], last: str
) -> Iterable[str]:
    by_option = {option: one for one in parser._actions for option in one.option_strings}
    before = by_option.get(given[-1]) if given else None
    if before is not None and before.nargs != 0:
        return _values(before, verb, given, last)
    if last.startswith("-"):
        return _options(parser)
    positional = [one for one in parser._actions if not one.option_strings]
    place = _filled(given, by_option)
    return _values(positional[place], verb, given, last) if place < len(positional) else ()


def _filled(given: list[str], by_option: dict[str, argparse.Action]) -> int:
    """How many positional arguments are given already."""
    count, takes_next = 0, False
    for word in given:
        if takes_next:
            takes_next = False
        elif word in by_option:
            takes_next = by_option[word].nargs != 0
        else:
            count += not word.startswith("-")
    return count


def _values(action: argparse.Action, verb: str, given: list[str], last: str) -> Iterable[str]:
    if action.choices:
        return map(str, action.choices)
    maker = _MAKERS.get((verb, action.dest))
    return maker(given, last) if maker else ()  # the shell offers files then


def _queries(given: list[str], last: str) -> Iterable[str]:
    from ..query.catalogue import catalogue

    return [query.name for query in catalogue()]


def _params(given: list[str], last: str) -> Iterable[str]:
    """The parameters of the query that is named, each with =; after this, their values."""
    from ..query.catalogue import catalogue

    query = next((one for one in catalogue() if one.name in given), None)
    if query is None:
        return ()
    name, equals, value = last.partition("=")
    if not equals:
        return [f"{param.name}=" for param in query.header.params]
    param = next((one for one in query.header.params if one.name == name), None)
    if param is None:
        return ()
    values = {"iri": lambda: _things(given, value), "concept": lambda: _concepts(param.scheme)}
    return [f"{name}={one}" for one in values.get(param.kind, tuple)()]


def _concepts(scheme: str | None) -> Iterable[str]:
    from ..graph.cache import is_kept
    from ..graph.store import build_key, open_graph
    from ..query.parameters import concept_keys

    return concept_keys(scheme, open_graph()) if is_kept(build_key()) else ()


def _things(given: list[str], last: str) -> Iterable[str]:
    """The CURIEs of things; of very many only the prefixes."""
    from ..graph.cache import is_kept
    from ..graph.names import read_names
    from ..graph.store import build_key, open_graph
    from ..namespaces import shrink

    if not is_kept(build_key()):
        return ()
    called = [shrink(iri) for iri in read_names(open_graph()).by_iri]
    fitting = [name for name in called if name.startswith(last)]
    if len(fitting) <= _MOST:
        return fitting
    return {f"{name.partition(':')[0]}:" for name in fitting} if ":" not in last else fitting


_MAKERS: dict[tuple[str, str], Callable[[list[str], str], Iterable[str]]] = {
    ("query", "name"): _queries,
    ("query", "param"): _params,
    ("explain", "name"): _things,
    ("trail", "start"): _things,
    ("trail", "end"): _things,
}
"""By verb and name of the argument, what may stand there."""
