"""After how many questions an interview has found most of what a whole description shows.

Run: python benchmarks/interview.py [ticks]. Each example is answered as its file answers; what the
file does not answer is skipped. Counted are the questions asked until 80 % of the concerns, and of
what is met, of the whole description are found. With `ticks`, what the programme does is one
question, and who the people of a group are is one more for each group, as it is in the browser and
in `hrge ask`.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.content import FormContent, Words, content_of
from hrge_kg.form.form_names import with_form_names
from hrge_kg.form.readers import read_one
from hrge_kg.graph.store import open_graph
from hrge_kg.interview.engine import Interview
from hrge_kg.interview.model import Ask
from hrge_kg.interview.people import people_asks
from hrge_kg.resources import root

SHARE = 0.8
KINDS = (Outcome.CONCERN, Outcome.MET)
TICKS = sys.argv[1:] == ["ticks"]


def found(assessment: Assessment, outcome: Outcome) -> set[tuple[str, str]]:
    """Norm and group of each finding with this outcome; the group by its name."""
    return {
        (finding.norm.iri, assessment.groups.get(finding.group or "", ""))
        for finding in assessment.findings
        if finding.outcome == outcome
    }


def answered(asked: Ask, so_far: FormContent, whole: FormContent) -> FormContent | None:
    """What is stated so far with the answer of the whole form; None where it gives none."""
    own = tuple(one for one in whole.answers if one[0] == asked.key)
    if own:
        return replace(so_far, answers=(*so_far.answers, *own))
    if not asked.group and not asked.groups:
        stated = _stated(asked.key, whole.head)
        return replace(so_far, head={**so_far.head, **stated}) if stated else None
    told = {name: _stated(asked.key, whole.groups[name]) for name in asked.groups or (asked.group,)}
    if not any(told.values()):
        return None
    groups = {name: {**facts, **told.get(name, {})} for name, facts in so_far.groups.items()}
    return replace(so_far, groups=groups)


def _stated(key: str, facts: Mapping[str, Words]) -> dict[str, Words]:
    """What is stated under a key, with who is not there; empty where nothing is."""
    if key not in facts:
        return {}
    stated = {key: facts[key], "without": facts.get("without", ())}
    return {name: words for name, words in stated.items() if words}


def count(path: Path, assessor: Assessor) -> dict[Outcome, tuple[int, int | None, int | None]]:
    """For each kind: findings in all, and the questions asked and answered until most are found."""
    description = read_one(path, assessor.vocabulary)
    whole = content_of(with_form_names(description)[0], assessor.vocabulary)
    every = {kind: found(assessor.assess(description), kind) for kind in KINDS}
    names = {key: whole.head[key] for key in ("programme", "title")}
    start = FormContent(names, whole.defaults, {name: {} for name in whole.groups}, ())
    number = answers = 0
    passed: set[tuple[str, str]] = set()
    if TICKS:
        vocabulary = assessor.vocabulary
        first = {
            key for key, one in vocabulary.dimensions_of(programme=True).items() if one.asked_first
        }
        ticked = {asked.key for asked in people_asks(vocabulary, "")} | {"only", "without"}
        start = replace(
            start,
            head=names | {key: words for key, words in whole.head.items() if key in first},
            groups={
                group: {key: words for key, words in facts.items() if key in ticked}
                for group, facts in whole.groups.items()
            },
        )
        number = answers = 1 + len(whole.groups)
        passed = {(key, group) for key in ticked for group in whole.groups}
    interview = Interview(assessor, start, path.name, passed)
    counts: dict[Outcome, tuple[int, int | None, int | None]] = {}
    while len(counts) < len(KINDS):
        for kind in KINDS:
            got = len(every[kind] & found(interview.assessment, kind))
            if kind not in counts and got >= SHARE * len(every[kind]):
                counts[kind] = len(every[kind]), number, answers
        asked = interview.ask()
        if asked is None:
            break
        number += 1
        content = answered(asked, interview.content, whole)
        if content is None:
            interview.put_off(asked)
        else:
            answers += 1
            interview.take(asked, content)
    return {kind: counts.get(kind, (len(every[kind]), None, None)) for kind in KINDS}


def main() -> None:
    """Print a table."""
    assessor = Assessor(open_graph())
    asked: dict[Outcome, list[int]] = {kind: [] for kind in KINDS}
    given: dict[Outcome, list[int]] = {kind: [] for kind in KINDS}
    print("| description | kind | findings | asked | answered |\n|---|---|---|---|---|")
    for path in sorted((root() / "data" / "programmes").glob("*.yaml")):
        for kind, (findings, number, answers) in count(path, assessor).items():
            if findings:
                print(f"| {path.stem} | {kind} | {findings} | {number} | {answers} |", flush=True)
                asked[kind].append(number if number is not None else 10**6)
                given[kind].append(answers if answers is not None else 10**6)
    for kind in KINDS:
        print(
            f"| median | {kind} | | {statistics.median(asked[kind])} | "
            f"{statistics.median(given[kind])} |"
        )


if __name__ == "__main__":
    main()
