"""The colours of marks, by tone: on white, with a contrast of at least 4.5 : 1.

A mark has a sign and a word beside its colour, so nobody needs to see the colour.
"""

from __future__ import annotations

from collections.abc import Mapping

LINK = "1D4F91"
TONES: Mapping[str, str] = {
    "act-now": "8C1D18",
    "concern": "B3261E",
    "needs-review": "7A4F01",
    "not-enough": "5F5B00",
    "in-part": "00557A",
    "met": "1B5E37",
    "not-stated": "5C5F62",
    "not-applicable": "5C5F62",
}
