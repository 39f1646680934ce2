"""Pages as one HTML file that stands alone: its style inside, no script, nothing fetched, made to
be read and to be printed on A4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from .document import Document, DocumentBlock, Heading, Items, Paragraph

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 "Noto Sans", Arial, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; break-inside: avoid; }
h1 { font-size: 1.7rem; border-bottom: 3px solid #1a1a1a; }
h2 { font-size: 1.3rem; margin-top: 2.2rem; border-bottom: 1px solid #666; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; }
h4 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
p, ul, ol { margin: .4rem 0; orphans: 3; widows: 3; }
ul, ol { padding-left: 1.6rem; }
li { margin: .25rem 0; break-inside: avoid; }
dl { margin: .2rem 0 1rem; padding-left: .8rem; border-left: 3px solid #666; break-inside: avoid; }
dl > div { break-inside: avoid; }
dt { font-weight: bold; font-size: .9rem; color: #333; margin-top: .35rem; }
dd { margin: 0; }
q { quotes: none; font-style: italic; }
article + article { break-before: page; margin-top: 4rem; }
@page { size: A4; margin: 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Arial, sans-serif; } }
@media print { html { font-size: 9.5pt; } body { max-width: none; padding: 0; line-height: 1.4; } h1, article + article { margin-top: 0; } }
@media print, (min-width: 40rem) {
  dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: .8rem; margin: .3rem 0; align-items: baseline; }
  dt { margin: 0; }
}
"""

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""


def write(pages: Sequence[Document]) -> str:
    """One file with every page as an article of its own."""
    title = "; ".join(page.title for page in pages)
    articles = [
        "<article>\n" + "\n".join(_block(block) for block in page.blocks) + "\n</article>"
        for page in pages
    ]
    body = "\n".join(articles)
    return f"{_HEAD}<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"


def _block(block: DocumentBlock) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_text(block.text)}</p>"
    if isinstance(block, Items):
        tag = "ol" if block.numbered else "ul"
        items = "\n".join(f"<li>{_text(text)}</li>" for text in block.texts)
        return f"<{tag}>\n{items}\n</{tag}>"
    pairs = "\n".join(
        f"<div>\n<dt>{escape(name)}:</dt>\n<dd>{_text(text)}</dd>\n</div>"
        for name, text in block.pairs
    )
    return f"<dl>\n{pairs}\n</dl>"


def _text(text: str) -> str:
    """Words in quotation marks are marked up as such, and keep their marks.

    >>> _text("said: “a < b” (page 1)")
    'said: <q>“a &lt; b”</q> (page 1)'
    """
    return re.sub("“[^“”]+”", r"<q>\g<0></q>", escape(text))
