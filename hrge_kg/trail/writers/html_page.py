"""A trail as one HTML file: a picture to pan and zoom, and below it everything as a list.

A click on the picture shows the evidence. Nothing is fetched. Without script, and in print, the
picture and the list tell everything. The style and the script stand beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from ...namespaces import shrink
from ..model import Link, Node, Trail
from .labels import trail_title
from .svg import picture
from .text import discrepancy_sentences, link_lines, link_name, node_lines

_ACROSS = (
    "@page { size: A4 landscape; margin: 10mm; } @media print { #view svg { max-height: 135mm; } }"
)
_UPRIGHT = (
    "@page { size: A4 portrait; margin: 10mm; } @media print { #view svg { max-height: 220mm; } }"
)
_WITHOUT_SCRIPT = (
    ".screen { display: none; }"
    " #view { height: auto; overflow: auto; cursor: auto; touch-action: auto; }"
)
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; script-src 'unsafe-inline'">"""
_HELP = """<p class="screen">Drag to move, turn the wheel to zoom; \
click a box or a line, or press Tab and Enter, for its words.
<button id="in">Larger</button> <button id="out">Smaller</button> \
<button id="fit">Whole width</button></p>"""
_PRINT = """<p class="screen"><label><input type="checkbox" id="all"> \
Print the evidence below as well. Otherwise the page prints as one sheet of A4.</label></p>"""


@cache
def _beside(name: str) -> str:
    """The text of a file in this folder."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def to_html(trail: Trail) -> str:
    """One HTML file."""
    title = escape(trail_title(trail))
    drawing = picture(trail, alone=False)
    return "\n".join(
        [
            _HEAD,
            f"<title>{title}</title>",
            f"<style>\n{_beside('trail.css')}{_paper(drawing)}</style>",
            f"<noscript><style>{_WITHOUT_SCRIPT}</style></noscript>",
            f"</head>\n<body>\n<main>\n<h1>{title}</h1>",
            *(f"<p>{escape(note)}</p>" for note in trail.told),
            _HELP,
            f'<div id="view">\n{drawing}</div>',
            '<div id="said" class="screen" aria-live="polite">Nothing is chosen yet.</div>',
            _PRINT,
            '<section class="evidence">\n<h2>Links</h2>\n<ol>',
            *(_link(trail, number, link) for number, link in enumerate(trail.edges)),
            "</ol>\n<h2>What it passes through</h2>\n<ul>",
            *(_node(node) for node in trail.nodes.values()),
            "</ul>",
            *_register(trail),
            f"</section>\n</main>\n<script>\n{_beside('trail.js')}</script>\n</body>\n</html>\n",
        ]
    )


def _paper(drawing: str) -> str:
    """How the page is printed: a picture that is much higher than wide stands upright."""
    size = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"', drawing)
    assert size
    return _UPRIGHT if int(size[2]) > 0.75 * int(size[1]) else _ACROSS


def _link(trail: Trail, number: int, link: Link) -> str:
    start, end = trail.nodes[link.start].label, trail.nodes[link.end].label
    ends = f"<p>{escape(start)} <strong>{escape(link_name(link))}</strong> {escape(end)}</p>"
    return _item(f"link {number}", ends, link_lines(trail, link), link.discrepancies)


def _node(node: Node) -> str:
    head = f"<p><strong>{escape(node.label)}</strong> [{escape(shrink(node.id))}]</p>"
    return _item(f"node {node.id}", head, node_lines(node), node.discrepancies)


def _item(about: str, head: str, lines: Iterable[str], keys: Iterable[str]) -> str:
    attributes = f'data-about="{escape(about)}" data-keys="{escape(" ".join(keys))}"'
    return f"<li {attributes}>{head}{_paragraphs(lines)}</li>"


def _register(trail: Trail) -> Iterator[str]:
    if trail.discrepancies:
        yield "<h2>Discrepancies: questions for a lawyer, not corrections</h2>\n<ul>"
        for discrepancy in trail.discrepancies.values():
            head, *lines = discrepancy_sentences(discrepancy)
            strong = f"<p><strong>{escape(head)}</strong></p>"
            yield f'<li id="{escape(discrepancy.key)}">{strong}{_paragraphs(lines)}</li>'
        yield "</ul>"


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
