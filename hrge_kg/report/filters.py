"""By what the findings of a report can be chosen on a page: outcome, topic, group."""

from __future__ import annotations

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..assessment.wording import capital
from ..markup.document import Choice, plain, tag
from .digest import FindingGroup
from .leads import Leads
from .signs import IN_CELLS

_OUTCOME, _TOPIC, _GROUP = range(3)
_PROGRAMME = "The programme itself"


class Filters:
    """The choices of one report, and the tags of its findings."""

    def __init__(self, leads: Leads, assessment: Assessment) -> None:
        shown = [
            (topic.label, group)
            for topic in leads.topics
            for group in topic.findings
            if not group.whatever_is_stated
        ]
        found = {group.finding.outcome for _, group in shown}
        self._outcomes = [outcome for outcome in Outcome if outcome in found]
        self._topics = list(dict.fromkeys(label for label, _ in shown))
        about = {label for _, group in shown for label in group.groups or (_PROGRAMME,)}
        groups = [*assessment.groups.values(), _PROGRAMME]
        self._groups = [label for label in groups if label in about]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What the reader can choose; what has one value alone is no choice."""
        outcomes = [IN_CELLS[outcome].text for outcome in self._outcomes]
        topics = [capital(label or "other") for label in self._topics]
        groups = [capital(plain(label)) for label in self._groups]
        return (
            _choice("Outcome", "Every outcome", _OUTCOME, outcomes),
            _choice("Group", "All groups", _GROUP, groups),
            _choice("Topic", "All topics", _TOPIC, topics),
        )

    def tags(self, group: FindingGroup) -> frozenset[str]:
        """The tags of findings that share one entry."""
        topic = next(iter(group.norm.topics), "")
        labels = group.groups or (_PROGRAMME,)
        return frozenset(
            {
                tag(_OUTCOME, self._outcomes.index(group.finding.outcome)),
                tag(_TOPIC, self._topics.index(topic)),
                *(tag(_GROUP, self._groups.index(label)) for label in labels),
            }
        )


def _choice(name: str, every: str, number: int, values: list[str]) -> Choice:
    tags = tuple((words, tag(number, place)) for place, words in enumerate(values))
    return Choice(name, every, tags)
