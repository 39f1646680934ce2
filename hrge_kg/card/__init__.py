"""One card with everything that the graph knows of a thing.

`explain` builds it, `writers` write it as text and JSON.
"""

from .builder import explain

__all__ = ["explain"]
