"""What a notebook shows of a trail."""

from __future__ import annotations

from ..model import Trail
from .svg import picture
from .text import to_text


def mime_bundle(trail: Trail) -> dict[str, str]:
    """The picture, and the text for a notebook that cannot draw it, by MIME type."""
    return {"image/svg+xml": picture(trail), "text/plain": to_text(trail)}
