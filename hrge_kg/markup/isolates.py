"""Words of another language within a text, between the marks that Unicode has for it.

A page in one language may hold words of another: English ones that nobody has translated, and names
that a person gave. In a script from right to left they would jumble, so Unicode sets them apart:
an isolate has a mark before and behind it. (UAX #9) HTML has elements for it.

>>> unmarked(f"Tout est {english('of concern')}.")
'Tout est of concern.'
"""

from __future__ import annotations

import re

_ENGLISH, _NAME, _END = "\u2066", "\u2068", "\u2069"
_MARK = re.compile(f"[{_ENGLISH}{_NAME}{_END}]")
_ISOLATE = re.compile(f"([{_ENGLISH}{_NAME}])([^{_ENGLISH}{_NAME}{_END}]*){_END}")


def english(text: str) -> str:
    """English words in a text of another language."""
    return f"{_ENGLISH}{text}{_END}"


def named(text: str) -> str:
    """A name, of whatever language."""
    return f"{_NAME}{text}{_END}"


def unmarked(text: str) -> str:
    """The text without marks."""
    return _MARK.sub("", text)


def whole_english(text: str) -> bool:
    """Whether all of a text is English.

    >>> whole_english(english("met")), whole_english(f"{english('met')} : oui")
    (True, False)
    """
    found = _ISOLATE.fullmatch(text)
    return found is not None and found[1] == _ENGLISH


def as_html(text: str) -> str:
    """HTML with elements in place of the marks; a mark that stands alone is left out.

    >>> as_html(f"{named('women')} : {english('met')}")
    '<bdi>women</bdi> : <span lang="en" dir="ltr">met</span>'
    """

    def element(found: re.Match[str]) -> str:
        if found[1] == _NAME:
            return f"<bdi>{found[2]}</bdi>"
        return f'<span lang="en" dir="ltr">{found[2]}</span>'

    return _MARK.sub("", _ISOLATE.sub(element, text))
