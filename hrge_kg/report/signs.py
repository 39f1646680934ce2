"""The sign of each outcome, which stands beside its word and has its colour.

Whoever sees no colour, or prints in grey, has the sign and the word.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..assessment.enums import Outcome
from ..markup.document import Mark

ACT_NOW = Mark("▲", "act-now")
NOT_ENOUGH = Mark("◇ too little", "not-enough")
"""Something is stated, but not enough to tell."""
SIGNS: Mapping[Outcome, Mark] = {
    Outcome.CONCERN: Mark("▲", "concern"),
    Outcome.NEEDS_REVIEW: Mark("◆", "needs-review"),
    Outcome.NOT_STATED: Mark("○", "not-stated"),
    Outcome.IN_PART: Mark("◐", "in-part"),
    Outcome.MET: Mark("●", "met"),
    Outcome.NOT_APPLICABLE: Mark("–", "not-applicable"),
}
IN_CELLS: Mapping[Outcome, Mark] = {
    Outcome.CONCERN: Mark("▲ concern", "concern"),
    Outcome.NEEDS_REVIEW: Mark("◆ review", "needs-review"),
    Outcome.IN_PART: Mark("◐ in part", "in-part"),
    Outcome.MET: Mark("● met", "met"),
    Outcome.NOT_APPLICABLE: Mark("–", "not-applicable"),
}
"""The same with a short word, for the cells of a picture; what is not stated has an empty cell."""
