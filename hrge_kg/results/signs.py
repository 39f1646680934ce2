"""The sign and the colour of each outcome in pictures. A sign never stands without its word.

Signs differ in form, so that they are told apart without colour.

>>> print(SIGNS[Outcome.NOT_APPLICABLE].drawn(10, 20))
<path transform="translate(10 20)" d="M-5,0H5" fill="none" stroke="#6b6e71" stroke-width="1.6"/>
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..assessment.enums import Outcome

_CIRCLE = "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z"


@dataclass(frozen=True)
class Sign:
    """A form around the point 0, 0 and 13 pixels wide at most, and its colour on white."""

    words: str
    colour: str
    form: str
    filled: bool = True
    half: str = ""
    """A part of the form that is filled where the form is not."""

    def drawn(self, x: float, y: float) -> str:
        """The sign at a place of a picture in SVG."""
        fill = self.colour if self.filled else "none"
        place = f'<path transform="translate({x:g} {y:g})"'
        half = f'{place} d="{self.half}" fill="{self.colour}"/>' if self.half else ""
        stroke = f'stroke="{self.colour}" stroke-width="1.6"'
        return f'{half}{place} d="{self.form}" fill="{fill}" {stroke}/>'


SIGNS: Mapping[Outcome, Sign] = {
    Outcome.CONCERN: Sign("concern", "#b3261e", "M0,-5.5L5.5,4.5H-5.5Z"),
    Outcome.NEEDS_REVIEW: Sign("for review", "#7a4f01", "M0,-5.5L5.5,0L0,5.5L-5.5,0Z"),
    Outcome.NOT_STATED: Sign("not stated", "#5c5f62", _CIRCLE, filled=False),
    Outcome.IN_PART: Sign("in part", "#00557a", _CIRCLE, filled=False, half="M0,-5A5,5 0 0 0 0,5Z"),
    Outcome.MET: Sign("met", "#1b5e37", _CIRCLE),
    Outcome.NOT_APPLICABLE: Sign("does not apply", "#6b6e71", "M-5,0H5", filled=False),
}
