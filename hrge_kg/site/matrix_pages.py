"""Which documents rest on which: a picture and the same as a table."""

from __future__ import annotations

from ..tables.writers import write
from ..trail.document_matrix import document_matrix
from ..trail.writers.matrix_svg import matrix_svg
from .addresses import PAGE
from .context import Maker, SiteContext
from .query_pages import answer_rows


def matrix_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the page, the picture, and the table as CSV."""

    def page() -> bytes:
        table = document_matrix(site.graph)
        return site.render(
            "matrix.html", f"matrix{PAGE}", table=table, rows=answer_rows(site, table)
        )

    return {
        f"matrix{PAGE}": page,
        "matrix.svg": lambda: matrix_svg(
            document_matrix(site.graph), site.cards.link_graph
        ).encode(),
        "matrix.csv": lambda: write(document_matrix(site.graph), "csv").encode(),
    }
