"""Which questions an interview asks most: those to translate first.

Run: python benchmarks/most_asked.py [NUMBER]. Each example is answered as its file answers, as in
the browser: what the programme does, and who the people are, comes before. Counted is in how many
interviews a question is among the first forty.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from interview import answered

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.form.content import FormContent, content_of
from hrge_kg.form.form_names import with_form_names
from hrge_kg.form.readers import read_one
from hrge_kg.graph.store import open_graph
from hrge_kg.interview.engine import Interview
from hrge_kg.interview.people import people_asks
from hrge_kg.resources import root

FIRST = 40


def asked_of(path: Path, assessor: Assessor) -> set[str]:
    """The keys of the first questions that the interview about an example asks."""
    vocabulary = assessor.vocabulary
    description = read_one(path, vocabulary)
    whole = content_of(with_form_names(description)[0], vocabulary)
    of_programme = vocabulary.dimensions_of(programme=True).values()
    first = [one.key for one in of_programme if one.asked_first]
    ticked = {*(asked.key for asked in people_asks(vocabulary, "")), "only", "without"}
    head = {key: whole.head[key] for key in ("programme", "title", *first) if key in whole.head}
    groups = {
        group: {key: words for key, words in facts.items() if key in ticked}
        for group, facts in whole.groups.items()
    }
    passed = {(key, group) for key in ticked for group in whole.groups}
    passed |= {(key, "") for key in first}
    start = FormContent(head, whole.defaults, groups, ())
    interview = Interview(assessor, start, path.name, passed)
    keys: set[str] = set()
    for _ in range(FIRST):
        asked = interview.ask()
        if asked is None:
            break
        keys.add(asked.key)
        content = answered(asked, interview.content, whole)
        if content is None:
            interview.put_off(asked)
        else:
            interview.take(asked, content)
    return keys


def main() -> None:
    """Print the keys, those that most interviews ask first."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    assessor = Assessor(open_graph())
    counts: Counter[str] = Counter()
    for path in sorted((root() / "data" / "programmes").glob("*.yaml")):
        counts.update(asked_of(path, assessor))
    vocabulary = assessor.vocabulary
    for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:number]:
        question = (vocabulary.aspects.get(key) or vocabulary.dimensions[key]).question
        print(f"{count:>3}  {key}: {question}")


if __name__ == "__main__":
    main()
