"""The words that all pictures of trails have on nodes, on links and below the picture.

Pictures tell kinds of link apart by words and lines, never by colour.
"""

from __future__ import annotations

from ..model import Link, Node, Trail

_WIDTH = 28


def wrapped(text: str, width: int = _WIDTH) -> list[str]:
    """The lines of a label; no word is cut unless it is longer than a line.

    >>> wrapped("Organized Crime Convention", 16)
    ['Organized Crime', 'Convention']
    """
    lines = [""]
    for word in text.split():
        while len(word) > width:
            head, word = word[:width], word[width:]
            lines.append(head)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def trail_title(trail: Trail) -> str:
    """The title of a picture or page."""
    end = f" to {trail.nodes[trail.end].label}" if trail.end else ""
    return f"Citation trail: {trail.nodes[trail.start].label}{end}"


def node_label(node: Node) -> tuple[str, str]:
    """What a picture writes on a node: its label; and on a second line its kind, force, page and
    discrepancies.
    """
    kinds = dict.fromkeys(part for part in (node.kind, node.force) if part)
    page = [f"p. {node.page}"] if node.page else []
    return node.label, " · ".join([*kinds, *page, *discrepancy_mark(node)])


def discrepancy_mark(thing: Node | Link) -> list[str]:
    """The numbers of the discrepancies of a node or link; nothing if it has none."""
    return [f"see {', '.join(thing.discrepancies)}"] if thing.discrepancies else []


def link_label(link: Link) -> str:
    """What a picture writes on a link: its kind, and whether the editors added it."""
    return f"{link.label} (editors)" if link.editorial else link.label


def arrow_words(link: Link) -> list[str]:
    """What a picture writes on the arrow of a single link: letter, kind and discrepancies."""
    return [f"{link.letter} {link_label(link)}", *discrepancy_mark(link)]


def notes_below(trail: Trail) -> list[str]:
    """What a picture writes below: the notes, and the number and label of each discrepancy.

    The answer comes first; a picture that writes it above has only the others here.
    """
    return [*trail.told, *(f"{one.key}: {one.label}" for one in trail.discrepancies.values())]
