"""One picture of a portfolio: norms down, programmes across, the sign of an outcome in each cell.

Where the programmes are too many for a page, outcomes stand across, each with the number of
programmes as a bar. The picture has no score, and ranks no programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from textwrap import wrap

from ..assessment.enums import Outcome
from .picture_data import PictureData, PictureNorm
from .signs import SIGNS

WIDTH = 736  # pixels: the width of a report's page
_LEFT, _LINE, _CHARACTERS = 312, 13, 50
_TITLE = 34  # characters of an upright line
_BAR_ROW = 26  # a number above its bar needs so much
_TEXT, _PALE = "#1a1a1a", "#d8dadc"


def portfolio_svg(data: PictureData) -> str:
    """The picture in SVG 1.1; every cell has its words as a title."""
    legend, top = _legend(data)
    heads, top = _titles(data, top) if data.titles else _outcomes(top)
    rows, bottom = _rows(data, top)
    height = bottom + 8
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="Noto Sans, Arial, Helvetica, sans-serif" font-size="11">',
        f"<title>{escape(_title(data))}</title><desc>{escape(data.words)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *legend,
        *heads,
        *rows,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _title(data: PictureData) -> str:
    if not data.norms:
        return data.words
    return (
        "Norms and programmes: what is stated of each"
        if data.titles
        else "Norms: in how many programmes each outcome occurs"
    )


def _legend(data: PictureData) -> tuple[list[str], int]:
    """The title, what is shown, and the signs with their words; and where this ends."""
    lines = [_text(8, 18, _title(data), 'font-weight="bold" font-size="14"')]
    y = 38
    for line in wrap(data.words, 124):
        lines.append(_text(8, y, line))
        y += 15
    if not data.titles:
        return lines, y + 4
    x = 15.0
    for outcome in Outcome:
        sign = SIGNS[outcome]
        lines += [sign.drawn(x, y + 6), _text(x + 11, y + 10, sign.words, f'fill="{sign.colour}"')]
        x += 34 + 6.2 * len(sign.words)
    return lines, y + 24


def _titles(data: PictureData, top: int) -> tuple[list[str], int]:
    """The upright titles of the programmes; and where they end."""
    titles = [wrap(title, _TITLE)[:2] or ["?"] for title in data.titles.values()]
    y = top + 8 + round(5.8 * max(len(line) for lines in titles for line in lines))
    lines = []
    for at, title in enumerate(titles):
        x = _column(at, len(titles)) - (2 if len(title) > 1 else -4)
        for number, line in enumerate(title):
            place = f'transform="translate({x + 11 * number:.1f} {y}) rotate(-90)"'
            lines.append(f'<text {place} font-size="10">{escape(line)}</text>')
    return lines, y + 6


def _outcomes(top: int) -> tuple[list[str], int]:
    """The heads of the columns of outcomes: sign and word; and where they end."""
    lines = []
    for at, outcome in enumerate(Outcome):
        sign, x = SIGNS[outcome], _bar_left(at)
        lines.append(sign.drawn(x + 6, top + 8))
        for number, line in enumerate(wrap(sign.words, 8)):
            lines.append(_text(x + 15, top + 12 + 12 * number, line, f'fill="{sign.colour}"'))
    return lines, top + 30


def _rows(data: PictureData, top: int) -> tuple[list[str], int]:
    """The norms below the headings of their topics; and where the last one ends."""
    lines: list[str] = []
    y = top
    for topic, norms in groupby(data.norms, key=lambda norm: norm.topic):
        y += 18
        lines.append(_text(8, y, topic.capitalize(), 'font-weight="bold"'))
        y += 6
        for norm in norms:
            label = wrap(norm.label, _CHARACTERS)
            height = max(_LINE * len(label) + 6, 0 if data.titles else _BAR_ROW)
            lines.append(f'<path d="M8,{y}H{WIDTH - 8}" stroke="{_PALE}"/>')
            for number, line in enumerate(label, 1):
                lines.append(_text(8, y + _LINE * number, line))
            middle = y + height / 2
            lines += _cells(data, norm, middle) if data.titles else _bars(data, norm, middle)
            y += height
    return lines, y


def _cells(data: PictureData, norm: PictureNorm, y: float) -> Iterator[str]:
    for at, (programme, title) in enumerate(data.titles.items()):
        outcome = data.cells.get((norm.iri, programme))
        if outcome is not None:
            sign = SIGNS[outcome]
            words = escape(f"{title}: {norm.label}: {sign.words}")
            drawn = sign.drawn(_column(at, len(data.titles)), y)
            yield f"<g><title>{words}</title>{drawn}</g>"


def _bars(data: PictureData, norm: PictureNorm, y: float) -> Iterator[str]:
    for at, outcome in enumerate(Outcome):
        number = norm.counts[outcome]
        if number:
            x, room = _bar_left(at), _bar_left(1) - _bar_left(0) - 6
            length = max(1.0, room * number / data.programmes)
            colour = SIGNS[outcome].colour
            yield _text(x, y, f"{number:,}", f'fill="{colour}"')
            yield (
                f'<rect x="{x:.1f}" y="{y + 3:.1f}" width="{length:.1f}" height="5" '
                f'fill="{colour}"/>'
            )


def _column(at: int, of: int) -> float:
    """The middle of a programme's column."""
    width = min(28.0, (WIDTH - _LEFT - 8) / of)
    return _LEFT + width * (at + 0.5)


def _bar_left(at: int) -> float:
    return _LEFT + at * (WIDTH - _LEFT - 4) / len(Outcome)


def _text(x: float, y: float, words: str, style: str = f'fill="{_TEXT}"') -> str:
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'
