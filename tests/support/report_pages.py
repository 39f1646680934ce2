"""Reports as tests look at them: all blocks in reading order, with their words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hrge_kg.assessment.model import Assessment
from hrge_kg.markup.document import (
    Document,
    Facts,
    Grid,
    Heading,
    Items,
    Paragraph,
    words_of,
)
from hrge_kg.report.compose import compose


@dataclass(frozen=True)
class Listed:
    """The items of a list, in words."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """Facts, in words."""

    pairs: tuple[tuple[str, str], ...]


Plain = Heading | str | Listed | Known | Grid


def flat(page: Document) -> list[Plain]:
    """The blocks of a page that have words, in order; headings without what leads to them."""
    found: list[Plain] = []
    for block in page.flat:
        if isinstance(block, Heading):
            found.append(Heading(block.level, block.text))
        elif isinstance(block, Items):
            found.append(Listed(tuple(map(words_of, block.texts))))
        elif isinstance(block, Facts):
            found.append(Known(tuple((name, words_of(text)) for name, text in block.pairs)))
        elif isinstance(block, Paragraph):
            found.append(words_of(block.text))
        elif isinstance(block, Grid):
            found.append(block)
    return found


def titles(page: Document) -> list[str]:
    """The headings of a page."""
    return [block.text for block in flat(page) if isinstance(block, Heading)]


def under(page: Document, title: str, level: int = 3) -> tuple[str, ...]:
    """The items of the list below a heading, which may count them; none without the heading."""
    found = [
        items.texts
        for heading, items in pairwise(flat(page))
        if isinstance(heading, Heading)
        and heading.level == level
        and re.fullmatch(rf"{re.escape(title)}(: [a-z0-9 ]+)?", heading.text)
        and isinstance(items, Listed)
    ]
    return found[0] if found else ()


def cards(page: Document) -> list[tuple[int, str, dict[str, str]]]:
    """Each heading with the facts below it; those for a lawyer with the others of its finding."""
    found: list[tuple[int, str, dict[str, str]]] = []
    for heading, facts in pairwise(flat(page)):
        if isinstance(heading, Heading) and isinstance(facts, Known):
            if heading.level == 4:
                found[-1][2].update(facts.pairs)
            else:
                found.append((heading.level, heading.text, dict(facts.pairs)))
    return found


def whole(assessment: Assessment) -> Document:
    """The report with its annex."""
    return compose(assessment, annex=True)
