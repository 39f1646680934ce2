"""A trail as one page that stands alone: the picture to pan and zoom, the evidence of what is clicked, and all of it as a list below.

Nothing is fetched. Without script, and in print, the picture and the list say everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ...namespaces import shrink
from ..model import Link, Node, Trail
from .svg import picture
from .text import discrepancy_said, link_lines, link_name, node_lines

_STYLE = """
body { margin: 0; color: #111; background: #fff; font: 1rem/1.45 Arial, Helvetica, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
main { max-width: 74rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
#view { border: 1px solid #666; overflow: hidden; height: 62vh; cursor: grab; touch-action: none; }
#view svg { display: block; transform-origin: 0 0; max-width: none; }
.node, .link, .hit { cursor: pointer; }
.node:focus rect, .node.on rect { stroke-width: 3.5; }
.link:focus path, .link.on path { stroke-width: 3; }
.link:hover path { stroke-width: 2.2; }
.node:focus, .link:focus { outline: none; }
#said { border: 2px solid #111; padding: .5rem 1rem; min-height: 5rem; }
button { font: inherit; padding: .2rem .7rem; }
li { margin: .5rem 0; break-inside: avoid; }
li p { margin: .1rem 0; }
h1, h2 { break-after: avoid; }
@media print {
  main { max-width: none; padding: 0; } .screen { display: none; }
  #view { border: 0; height: auto; overflow: visible; } #view svg { transform: none !important; max-width: 100%; height: auto; }
}
"""
_ACROSS = (
    "@page { size: A4 landscape; margin: 12mm; } @media print { #view svg { max-height: 150mm; } }"
)
_UPRIGHT = "@page { size: A4 portrait; margin: 12mm; }"
_STYLE_WITHOUT_SCRIPT = ".screen { display: none; } #view { height: auto; overflow: auto; cursor: auto; touch-action: auto; }"
_SCRIPT = """
const view = document.getElementById('view'), svg = view.querySelector('svg'), said = document.getElementById('said');
let x = 0, y = 0, scale = 1, drag = null, moved = false;
const draw = () => { svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`; };
const zoom = (factor, cx, cy) => {
  const next = Math.min(8, Math.max(0.1, scale * factor));
  x = cx - (cx - x) * next / scale; y = cy - (cy - y) * next / scale; scale = next; draw();
};
const fit = least => { scale = Math.max(least, Math.min(1, view.clientWidth / svg.viewBox.baseVal.width)); x = y = 0; draw(); };
view.addEventListener('wheel', event => {
  event.preventDefault(); const box = view.getBoundingClientRect();
  zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
view.addEventListener('pointerdown', event => { drag = [event.clientX - x, event.clientY - y]; moved = false; });
window.addEventListener('pointermove', event => {
  if (!drag) return;
  const nx = event.clientX - drag[0], ny = event.clientY - drag[1];
  if (Math.abs(nx - x) + Math.abs(ny - y) > 3) moved = true;
  x = nx; y = ny; draw();
});
window.addEventListener('pointerup', () => { drag = null; });
const show = target => {
  const number = target.closest('.hit')?.dataset.number;
  const one = number ? svg.querySelector(`.link[data-number="${number}"]`) : target.closest('.node, .link'); if (!one) return;
  document.querySelectorAll('.on').forEach(each => each.classList.remove('on')); one.classList.add('on');
  const id = one.dataset.number === undefined ? 'node ' + one.dataset.id : 'link ' + one.dataset.number;
  const item = document.querySelector(`[data-about="${CSS.escape(id)}"]`);
  const about = [item, ...item.dataset.keys.split(' ').filter(Boolean).map(key => document.getElementById(key))];
  said.replaceChildren(...about.flatMap(each => [...each.childNodes]).map(each => each.cloneNode(true)));
};
// what is reached by Tab comes into sight by moving the picture, not by scrolling its frame
view.addEventListener('focusin', event => {
  view.scrollTo(0, 0);
  const box = view.getBoundingClientRect(), one = event.target.getBoundingClientRect();
  if (one.left < box.left || one.right > box.right) x += box.left + 20 - one.left;
  if (one.top < box.top || one.bottom > box.bottom) y += box.top + 20 - one.top;
  draw();
});
svg.addEventListener('click', event => { if (!moved) show(event.target); });
svg.addEventListener('keydown', event => {
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); show(event.target); }
});
document.getElementById('in').addEventListener('click', () => zoom(1.25, view.clientWidth / 2, view.clientHeight / 2));
document.getElementById('out').addEventListener('click', () => zoom(0.8, view.clientWidth / 2, view.clientHeight / 2));
document.getElementById('fit').addEventListener('click', () => fit(0));
fit(0.7);  // on a small screen so large that it can be read
"""


_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">"""
_HELP = """<p class="screen">Drag to move, turn the wheel to zoom; click a box or a line, or press Tab and Enter, for its words.
<button id="in">Larger</button> <button id="out">Smaller</button> <button id="fit">Whole width</button></p>"""


def to_html(trail: Trail) -> str:
    """One HTML file."""
    start = trail.nodes[trail.start]
    title = f"Citation trail: {start.label}" + (
        f" to {trail.nodes[trail.end].label}" if trail.end else ""
    )
    drawn = picture(trail, alone=False)
    wide, high = (
        int(found) for found in re.findall(r'<svg[^>]* width="(\d+)" height="(\d+)"', drawn)[0]
    )
    return "\n".join([
        _HEAD,
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{_UPRIGHT if high > 0.75 * wide else _ACROSS}</style>\n"
        f"<noscript><style>{_STYLE_WITHOUT_SCRIPT}</style></noscript>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>",
        *(f"<p>{escape(note)}</p>" for note in trail.notes),
        _HELP,
        f'<div id="view">\n{drawn}</div>',
        '<div id="said" class="screen" aria-live="polite">Nothing is chosen yet.</div>',
        "<h2>Links</h2>\n<ol>",
        *(_link(trail, number, link) for number, link in enumerate(trail.edges)),
        "</ol>\n<h2>What it passes through</h2>\n<ul>",
        *(_node(node) for node in trail.nodes.values()),
        "</ul>",
        *_register(trail),
        f"</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n",
    ])  # fmt: skip


def _link(trail: Trail, number: int, link: Link) -> str:
    start, end = trail.nodes[link.start].label, trail.nodes[link.end].label
    ends = f"<p>{escape(start)} <strong>{escape(link_name(link))}</strong> {escape(end)}</p>"
    return _item(f"link {number}", ends, link_lines(trail, link), link.discrepancies)


def _node(node: Node) -> str:
    head = f"<p><strong>{escape(node.label)}</strong> [{escape(shrink(node.id))}]</p>"
    return _item(f"node {node.id}", head, node_lines(node), node.discrepancies)


def _item(about: str, head: str, lines: Iterable[str], keys: Iterable[str]) -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<li data-about="{escape(about)}" data-keys="{escape(" ".join(keys))}">{head}{said}</li>'
    )


def _register(trail: Trail) -> Iterator[str]:
    if trail.discrepancies:
        yield "<h2>Discrepancies: questions for a lawyer, not corrections</h2>\n<ul>"
        for one in trail.discrepancies.values():
            head, *lines = discrepancy_said(one)
            said = "".join(f"<p>{escape(line)}</p>" for line in lines)
            yield f'<li id="{escape(one.key)}"><p><strong>{escape(head)}</strong></p>{said}</li>'
        yield "</ul>"
