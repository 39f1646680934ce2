"""The templates of the pages. (Jinja)

They are strict: a name that is not there is an error, and text is escaped unless it is Markup.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..card.model import Entry
from ..errors import MissingExtra
from ..labels import place_label
from ..namespaces import shrink

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def environment() -> Environment:
    """The environment of the templates. Raises MissingExtra without Jinja."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtra("the pages", "jinja2", "web") from error
    made = Environment(
        loader=PackageLoader("hrge_kg.site", "templates"),
        autoescape=True,
        auto_reload=False,  # the templates of a package do not change while it runs
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"curie": shrink, "quoted": quoted, "by_label": by_label, "shell": shlex.quote}
    made.globals["place_label"] = place_label
    return made


def quoted(text: str) -> Markup:
    """A text as HTML, in which words between quotation marks are a `q`.

    >>> str(quoted("it says “a < b”"))
    'it says <q>“a &lt; b”</q>'
    """
    from markupsafe import Markup, escape

    return Markup(re.sub("“[^“”]+”", r"<q>\g<0></q>", str(escape(text))))


def by_label(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries under their labels, in the order in which the labels come.

    >>> list(by_label([Entry("a", "1"), Entry("b", "2"), Entry("a", "3")]))
    ['a', 'b']
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.label, []).append(entry)
    return found
