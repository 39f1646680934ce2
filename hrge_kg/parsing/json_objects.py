"""Reads JSON without its traps: no key twice, no depth without bound, and every object knows its
lines.

>>> read_json('{"a":\\n {"b": 1}}', "notes.json")["a"].first
2
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ..errors import InputError
from .files import quoted

DEEPEST = 50
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """A JSON object and the lines on which it begins and ends.

    >>> JsonObject({"a": 1}).first
    1
    """

    first = 1
    last = 1


class _Refused(ValueError):
    pass


def read_json(text: str, file: str) -> Any:
    """The JSON in a text, its objects as JsonObject.

    Raises InputError, with the line where it is known.

    >>> read_json('{"a": 1, "\\\\u0061": 2}', "notes.json")
    Traceback (most recent call last):
    hrge_kg.errors.InputError: notes.json:1: the key “a” stands here twice. Keep one of them.
    """
    spans, twice = _objects(text, file)
    closed: Iterator[tuple[int, int]] = iter(spans)

    def made(pairs: list[tuple[str, Any]]) -> JsonObject:
        found = JsonObject(pairs)
        found.first, found.last = next(closed)  # objects are made in the order in which they end
        return found

    try:
        tree = json.loads(
            text,
            object_pairs_hook=made,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
        json.dumps(tree, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise InputError(
            file, f"this is not JSON: {error.msg}", "Correct the syntax.", line=error.lineno
        ) from error
    except UnicodeEncodeError as error:
        raise InputError(
            file,
            "this is not JSON: an escape stands for half a character",
            "Write the character itself.",
        ) from error
    except _Refused as error:
        raise InputError(file, str(error), "Write a plain number.") from error
    if twice:
        raise InputError(
            file,
            f"the key {quoted(twice[0])} stands here twice",
            "Keep one of them.",
            line=twice[1],
        )
    return tree


def _objects(text: str, file: str) -> tuple[list[tuple[int, int]], tuple[str, int] | None]:
    """The first and last line of every object, in the order in which they end, and the first key
    that stands twice.
    """
    spans: list[tuple[int, int]] = []
    twice: tuple[str, int] | None = None
    open_: list[tuple[int, set[str] | None]] = []
    line, at, before = 1, 0, ""
    for match in _TOKEN.finditer(text):
        line, at, token = line + text.count("\n", at, match.start()), match.start(), match[0]
        if token in "[{":
            open_.append((line, set() if token == "{" else None))
            if len(open_) > DEEPEST:
                raise InputError(file, "this is nested too deeply", "Write it flatter.", line=line)
        elif token in "]}" and open_:
            first, keys = open_.pop()
            if keys is not None:
                spans.append((first, line))
        elif token == ":" and open_ and open_[-1][1] is not None:
            keys, key = open_[-1][1], _decoded(before)
            twice = twice or ((key, line) if key in keys else None)
            keys.add(key)
        before = token
    return spans, twice


def _decoded(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:  # no JSON, as will be said
        return token


def _integer(text: str) -> int:
    if len(text) > 30:
        raise _Refused("a number is too long")
    return int(text)


def _float(text: str) -> float:
    if len(text) > 30 or abs(float(text)) > 1e30:
        raise _Refused("a number is too long")
    return float(text)


def _constant(text: str) -> NoReturn:
    raise _Refused(f"{text} is no number of JSON")
