"""How much the answer to a question settles: what an interview sorts its questions by.

A finding that waits for one answer is settled by it; one that waits for four answers is settled by
each to a quarter. So a question that stands alone before many norms comes early, and not the one
that is a small part of most. What the programme does counts more than the rest.

The rule and the factor are those by which fewest answers found most of what our examples show.
(benchmarks/interview.py)
"""

from __future__ import annotations

from collections import defaultdict

from ..assessment.model import Assessment

_OF_ACTIVITY = 3.0
"""What a finding counts whose topic is one of those that the programme's activity bears on."""


def settled(assessment: Assessment) -> defaultdict[tuple[str, str], float]:
    """How many findings an answer settles, in parts: by the question's key in the form and group.

    The group is named as in the form; it is empty for the programme itself.
    """
    profile = assessment.profile
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    for finding in assessment.findings:
        keys = {profile.form_key(question.about) for question in finding.questions}
        bears = profile.topics.intersection(finding.norm.topics[:1])
        group = assessment.groups[finding.group] if finding.group else ""
        for key in keys:
            shares[key, group] += (_OF_ACTIVITY if bears else 1) / len(keys)
    return shares
