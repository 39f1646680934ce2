"""Which questions of the form a fact about a group, or about the programme, takes out.

>>> adults_only = Exclusion("age", frozenset({"adult"}))
>>> adults_only.holds({"age": ("adult",)}), adults_only.holds({"age": ("adult", "child")})
(True, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .content import Words

COMPLETE = "only"
"""The key under which a group says that its list of kinds is complete."""


@dataclass(frozen=True)
class Exclusion:
    """A fact by which a question is not about a group: all that its answer to `dimension` names is
    among `words` (of the form; the empty word is a blank answer).

    If `complete`, the group has to say as well that its list of kinds is complete.
    """

    dimension: str
    words: frozenset[str]
    complete: bool = False

    def holds(self, facts: Mapping[str, Words]) -> bool:
        """Whether the facts of a group (or of a programme) take the question out."""
        if self.complete and facts.get(COMPLETE) != ("yes",):
            return False
        return self.words.issuperset(facts.get(self.dimension) or ("",))


@dataclass(frozen=True)
class Relevance:
    """What takes each question (key) out: for one group, and for the whole programme.

    A question that is not here is always asked. `topics` has the topics (keys) on which a kind of
    programme bears, by dimension and word: it says what to ask first, and takes nothing out.
    """

    of_group: Mapping[str, frozenset[Exclusion]] = field(default_factory=dict)
    of_programme: Mapping[str, frozenset[Exclusion]] = field(default_factory=dict)
    topics: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def concerns(
        self, question: str, programme: Mapping[str, Words], group: Mapping[str, Words]
    ) -> bool:
        """Whether a question may be about a group of a programme, given the facts about both."""
        excluded = any(one.holds(programme) for one in self.of_programme.get(question, ()))
        return not excluded and not any(one.holds(group) for one in self.of_group.get(question, ()))


UNKNOWN = Relevance()
"""Nothing is known of it: every question is asked."""
