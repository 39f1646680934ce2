"""The pages of the graph: one for each thing, and those that lead there.

`Pages` makes each page when it is asked for; `folder` writes them all as a static site.
"""

from .pages import Pages

__all__ = ["Pages"]
