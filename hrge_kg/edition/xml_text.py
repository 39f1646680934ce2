"""XML as text. Elements within words are written without white space around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
)


def escaped(text: str) -> str:
    """A text as the content of an element.

    >>> escaped("a < b & c")
    'a &lt; b &amp; c'
    """
    return text.translate(_IN_TEXT)


def element(
    name: str, attributes: Mapping[str, str | None] | None = None, content: str = ""
) -> str:
    """An element; an attribute without a value is left out.

    >>> element("ref", {"href": "?a=1&b=2", "eId": None}, "words")
    '<ref href="?a=1&amp;b=2">words</ref>'
    """
    written = "".join(
        f' {key}="{value.translate(_IN_VALUE)}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def block(name: str, attributes: Mapping[str, str | None] | None, children: Iterable[str]) -> str:
    """An element that holds elements and no words: each on lines of its own."""
    lines = "\n".join(child for child in children if child)
    return element(name, attributes, f"\n{lines}\n" if lines else "")
