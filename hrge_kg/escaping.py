"""Shows text that comes from outside: names of files, arguments, answers of other machines.

What does not print is written as an escape, so that it cannot move the cursor, change what a
terminal shows, or stop hrge because no encoding has it.

>>> escaped("a\\x1b[31m\\nb\\udcff")
'a\\\\x1b[31m\\\\nb\\\\xff'
"""

from __future__ import annotations

import re

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """The text on one line, with an escape for each character that does not print.

    A byte of a name that is not UTF-8 is written as \\xff, as a shell would.

    >>> escaped("café"), escaped("\\u202e"), escaped("\\U000e0001")
    ('café', '\\\\u202e', '\\\\U000e0001')
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _escape(letter) for letter in text)


def for_workbook(text: str) -> str:
    """A text as a workbook stores it: there `_x0041_` stands for the letter A.

    >>> for_workbook("_x0041_ and snake_case")
    '_x005F_x0041_ and snake_case'
    """
    return _LIKE_AN_ESCAPE.sub("_x005F_", text)


def _escape(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python could not decode (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if letter in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[letter]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
