"""Reads JSON so that mistakes in it are found, and every object knows its lines.

Python's own reader keeps only the last of two equal keys, and fails on many brackets within each
other. Here both raise an InputError with the line.

>>> read_json('{"a":\\n {"b": 1}}', "notes.json")["a"].first
2
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ..errors import InputError, Mistakes
from .files import quoted

DEEPEST = 50
"""Objects and lists within each other."""
# What is needed to find the lines and keys of objects: strings, brackets and colons.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """A JSON object and the lines on which it begins and ends.

    >>> JsonObject({"a": 1}).first
    1
    """

    first = 1
    last = 1


class _Refused(ValueError):
    """A number that is not accepted; the reader of JSON does not tell its line."""


def read_json(text: str, file: str, mistakes: Mistakes | None = None) -> Any:
    """The JSON in a text, its objects as JsonObject.

    Raises InputError, with the line where it is known. With `mistakes`, keys that stand twice are
    gathered there, and the last of them counts.

    >>> read_json('{"a": 1, "\\\\u0061": 2}', "notes.json")
    Traceback (most recent call last):
    hrge_kg.errors.InputError: notes.json:1: the key “a” stands here twice. Keep one of them.
    """
    line_ranges, repeated_keys = _scan_objects(text, file)
    next_range: Iterator[tuple[int, int]] = iter(line_ranges)

    def make_object(pairs: list[tuple[str, Any]]) -> JsonObject:
        made = JsonObject(pairs)
        made.first, made.last = next(next_range)  # the reader makes objects as they end, too
        return made

    try:
        tree = json.loads(
            text,
            object_pairs_hook=make_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
        json.dumps(tree, ensure_ascii=False).encode()  # fails on half a character
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
    gathering = mistakes or Mistakes()
    for key, line in repeated_keys:
        with gathering.gathered():
            raise InputError(
                file, f"the key {quoted(key)} stands here twice", "Keep one of them.", line=line
            )
    if mistakes is None:
        gathering.raise_found()
    return tree


def _scan_objects(text: str, file: str) -> tuple[list[tuple[int, int]], list[tuple[str, int]]]:
    """The first and last line of every object, in the order in which they end, and the keys that
    stand twice, with their lines.
    """
    line_ranges: list[tuple[int, int]] = []
    repeated_keys: list[tuple[str, int]] = []
    # What is open here, from the outside in: its line, and the keys so far (of a list: None).
    open_brackets: list[tuple[int, set[str] | None]] = []
    line, position, token_before = 1, 0, ""
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position, token = match.start(), match[0]
        if token in "[{":
            open_brackets.append((line, set() if token == "{" else None))
            if len(open_brackets) > DEEPEST:
                raise InputError(file, "this is nested too deeply", "Write it flatter.", line=line)
        elif token in "]}" and open_brackets:
            first, keys = open_brackets.pop()
            if keys is not None:
                line_ranges.append((first, line))
        elif token == ":" and open_brackets and open_brackets[-1][1] is not None:
            keys, key = open_brackets[-1][1], _decoded(token_before)
            if key in keys:
                repeated_keys.append((key, line))
            keys.add(key)
        token_before = token
    return line_ranges, repeated_keys


def _decoded(token: str) -> str:
    """The words of a JSON string, without its quotes and escapes."""
    try:
        return str(json.loads(token))
    except ValueError:  # a mistake, which the reader of JSON will find
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
    raise _Refused(f"{text} is not a number in JSON")
