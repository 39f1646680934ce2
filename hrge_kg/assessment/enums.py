"""The outcomes of an assessment and the reasons for them: closed lists.

What code asks of an outcome or a reason is a property of it. Each value is the string that stands
in the graph and in every machine format.

>>> Outcome.CONCERN.rank < Outcome.MET.rank
True
>>> str(Reason.SILENCE)
'silence'
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome for a norm and a group, worst first. (ontology/vocabularies/outcome.ttl)"""

    CONCERN = "concern"
    NEEDS_REVIEW = "needs-review"
    NOT_STATED = "not-stated"
    IN_PART = "in-part"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"

    @property
    def rank(self) -> int:
        """The place in the order from worst (0) on."""
        return _RANKS[self]

    @property
    def is_witnessed(self) -> bool:
        """Whether it rests on a statement that shows the norm met, in full or in part."""
        return self in (Outcome.MET, Outcome.IN_PART)

    @property
    def words(self) -> str:
        """The outcome in plain words: `not stated`."""
        return self.value.replace("-", " ")


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


class Reason(StrEnum):
    """Why an outcome is what it is."""

    STATED = "stated"
    STATED_IN_PART = "stated in part"
    SILENCE = "silence"
    RULE_WITHOUT_PRACTICE = "rule without practice"
    STATED_TOO_GENERALLY = "stated too generally"
    STATED_NARROWLY = "stated narrowly"
    STATED_MORE_WIDELY = "stated more widely"
    ONE_REVIEWER_DENIED = "one reviewer denied"
    GROUND_NOT_STATED = "ground not stated"
    REACH_NOT_STATED = "reach not stated"
    ADVERSE_FACT = "adverse fact"
    NUMBER_BEYOND_BOUND = "number beyond a bound"
    CONCLUSION_WITHOUT_FACTS = "conclusion without facts"
    LIMIT_CLAIMED = "limit claimed"
    LIMIT_TEST_DENIED = "test of a limit denied"
    LIMIT_TEST_UNANSWERED = "test of a limit unanswered"
    OPEN_WORDS = "open words"
    TWO_READINGS = "two readings"
    HUMAN_CHECK = "human check"
    EXCEPTION = "exception"
    EXCEPTION_NOT_KNOWN = "exception not known"
    PART_DOES_NOT_APPLY = "part said not to apply"
    APPLICABILITY_NOT_KNOWN = "applicability not known"
    NO_GROUP_DESCRIBED = "no group described"
    DOES_NOT_APPLY = "does not apply"
    DOES_NOT_ARISE = "does not arise"
    STATED_BY_AUTHOR = "stated by the author"
    NOT_A_PROGRAMME_MATTER = "not a programme matter"
    NO_NORM_KNOWN_TO_APPLY = "nobody known to be meant"

    @property
    def raised_by_statement(self) -> bool:
        """Whether something in the description raises the review.

        Other reviews come with the norm, whatever is stated.
        """
        return self in _RAISED_BY_STATEMENT

    @property
    def excepted(self) -> bool:
        """Whether an exception, or a part that does not apply, decides the outcome."""
        return self in _EXCEPTED

    @property
    def not_about_group(self) -> bool:
        """Whether the norm is not about the group, or is not known to be."""
        return self in (Reason.APPLICABILITY_NOT_KNOWN, Reason.DOES_NOT_APPLY)


_RAISED_BY_STATEMENT = frozenset(
    {
        Reason.LIMIT_CLAIMED,
        Reason.EXCEPTION,
        Reason.TWO_READINGS,
        Reason.PART_DOES_NOT_APPLY,
        Reason.STATED_MORE_WIDELY,
        Reason.ONE_REVIEWER_DENIED,
        Reason.GROUND_NOT_STATED,
        Reason.REACH_NOT_STATED,
        Reason.ADVERSE_FACT,
        Reason.NUMBER_BEYOND_BOUND,
    }
)
_EXCEPTED = frozenset({Reason.EXCEPTION, Reason.EXCEPTION_NOT_KNOWN, Reason.PART_DOES_NOT_APPLY})


class Checkability(StrEnum):
    """What a check of a norm can come to. (ontology/vocabularies/checkability.ttl)"""

    MEET_OR_FLAG = "meet-or-flag"
    FLAG_ONLY = "flag-only"
    HUMAN = "human"
    NOT_A_PROGRAMME_MATTER = "not-a-programme-matter"


class AspectKind(StrEnum):
    """What a question asks for. (ontology/vocabularies/aspect-kind.ttl)"""

    FACT = "fact"
    QUALITY = "quality"
    CONCLUSION = "conclusion"
