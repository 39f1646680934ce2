"""A trail as one page that stands alone: the picture to pan and zoom, the evidence of what is clicked, and all of it as a list below.

Nothing is fetched. Without script, and in print, the picture and the list say everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from .links import Link, Node
from .prefixes import shrink
from .trail import Trail
from .trail_report import link_lines, node_lines
from .trail_svg import picture

_STYLE = """
body { margin: 0; color: #111; background: #fff; font: 1rem/1.45 Arial, Helvetica, sans-serif; }
main { max-width: 74rem; margin: 0 auto; padding: 1rem; }
#view { border: 1px solid #666; overflow: hidden; height: 62vh; cursor: grab; touch-action: none; }
#view svg { display: block; transform-origin: 0 0; max-width: none; }
.node, .link { cursor: pointer; }
.node:focus rect, .node.on rect { stroke-width: 3.5; }
.link:focus path, .link.on path { stroke-width: 3; }
.node:focus, .link:focus { outline: none; }
#said { border: 2px solid #111; padding: .5rem 1rem; min-height: 5rem; }
button { font: inherit; padding: .2rem .7rem; }
li { margin: .5rem 0; break-inside: avoid; }
li p { margin: .1rem 0; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  main { max-width: none; padding: 0; } .screen { display: none; }
  #view { border: 0; height: auto; overflow: visible; } #view svg { transform: none !important; max-width: 100%; height: auto; }
}
"""
_SCRIPT = """
const view = document.getElementById('view'), svg = view.querySelector('svg'), said = document.getElementById('said');
let x = 0, y = 0, scale = 1, drag = null, moved = false;
const draw = () => { svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`; };
const zoom = (factor, cx, cy) => {
  const next = Math.min(8, Math.max(0.1, scale * factor));
  x = cx - (cx - x) * next / scale; y = cy - (cy - y) * next / scale; scale = next; draw();
};
const fit = () => { scale = Math.min(1, view.clientWidth / svg.viewBox.baseVal.width); x = y = 0; draw(); };
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
  const one = target.closest('.node, .link'); if (!one) return;
  document.querySelectorAll('.on').forEach(each => each.classList.remove('on')); one.classList.add('on');
  const id = one.dataset.number === undefined ? 'node ' + one.dataset.id : 'link ' + one.dataset.number;
  const item = document.querySelector(`[data-about="${CSS.escape(id)}"]`);
  said.replaceChildren(...[...item.childNodes].map(each => each.cloneNode(true)));
};
svg.addEventListener('click', event => { if (!moved) show(event.target); });
svg.addEventListener('keydown', event => {
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); show(event.target); }
});
document.getElementById('in').addEventListener('click', () => zoom(1.25, view.clientWidth / 2, view.clientHeight / 2));
document.getElementById('out').addEventListener('click', () => zoom(0.8, view.clientWidth / 2, view.clientHeight / 2));
document.getElementById('fit').addEventListener('click', fit);
fit();
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
    title = f"Citation trail: {start.label}" + (f" to {trail.nodes[trail.end].label}" if trail.end else "")
    return "\n".join([
        _HEAD,
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>",
        *(f"<p>{escape(note)}</p>" for note in trail.notes),
        _HELP,
        f'<div id="view">\n{picture(trail, alone=False)}</div>',
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
    ends = f"<p>{escape(trail.nodes[link.start].label)} <strong>{escape(link.label)}</strong> {escape(trail.nodes[link.end].label)}</p>"
    said = "".join(f"<p>{escape(line)}</p>" for line in link_lines(trail, link))
    return f'<li data-about="link {number}">{ends}{said}</li>'


def _node(node: Node) -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in node_lines(node))
    return (
        f'<li data-about="{escape(f"node {node.id}")}"><p><strong>{escape(node.label)}</strong> [{escape(shrink(node.id))}]</p>{said}</li>'
    )


def _register(trail: Trail) -> Iterator[str]:
    if trail.discrepancies:
        yield "<h2>Discrepancies: questions for a lawyer, not corrections</h2>\n<ul>"
        for one in trail.discrepancies.values():
            head = f"<p><strong>{escape(one.key)} {escape(one.label)}</strong> ({escape(one.status)})</p>"
            yield f"<li>{head}<p>{escape(one.difference)}</p></li>"
        yield "</ul>"
