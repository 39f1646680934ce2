"""The vocabulary answers every question of the field, and every aspect has its question.

In fixtures/questions/ are questions.csv, the questions with their possible answers in their own
words; answers.csv, how the form says each of these answers; and norms.csv, the source's words that
each question bears on.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from itertools import combinations

import pyoxigraph as ox
import pytest
import yaml
from paths import FIXTURES, ROOT

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import CONCEPT, HRGE, kebab, local_name
from hrge_kg.resources import root

Form = dict[str, object]
HOLDS, HAS = HRGE + "holds", (HRGE + "has", HRGE + "hasNot")


def table(name: str) -> list[dict[str, str]]:
    with (FIXTURES / "questions" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


QUESTIONS, ANSWERS, NORMS = table("questions"), table("answers"), table("norms")
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in sorted((root() / "data" / "sources").glob("*/text.txt"))
]


def parts(answers: str) -> list[str]:
    """The single answers of a list of them, whose separators are · ; , and / outside brackets."""
    depth, found = 0, [""]
    for letter in answers:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter in "·;,/" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found]


def said(row: dict[str, str]) -> Form:
    """The keys of the form in a cell; every value is a word, a list or a mapping of words."""
    keys: Form = yaml.load(f"{{{row['says']}}}", yaml.BaseLoader)
    return keys


def flow(value: object) -> str:
    """YAML on one line, with no quotes: `yes` and `no` are answers."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]" if isinstance(value, list) else str(value)


def read(keys: Form, vocabulary: Vocabulary) -> Description:
    """The description of a programme with one group of which these keys are said."""
    answers = {key: value for key, value in keys.items() if key in vocabulary.aspects}
    group = {
        key: value
        for key, value in keys.items()
        if key in vocabulary.dimensions and not vocabulary.dimensions[key].of_programme
    }
    head = {key: value for key, value in keys.items() if key not in answers | group}
    form = {"programme": "p", **head, "groups": {"people": group}, "answers": answers}
    return parse_form(flow(form), "p.yaml", vocabulary)


def statements(description: Description) -> frozenset[str]:
    """What is stated, without the names of the statements."""
    slots = defaultdict(list)
    for subject, predicate, value in description.triples:
        slots[str(subject)].append(f"{predicate} {value}")
    made = {
        str(subject) for subject, predicate, _ in description.triples if predicate.value == HOLDS
    }
    return frozenset(
        f"{predicate} {sorted(slots[str(value)]) if str(value) in made else value}"
        for subject, predicate, value in description.triples
        if str(value) in made or predicate.value in HAS
    )


def stated(keys: Form, vocabulary: Vocabulary) -> list[Form]:
    """The answers of a cell, one mapping of slots each."""
    values = [value for key, value in keys.items() if key in vocabulary.aspects]
    return [
        one if isinstance(one, dict) else {"holds": one}
        for value in values
        for one in (value if isinstance(value, list) else [value])
    ]


def test_every_question_has_every_answer_of_its_list() -> None:
    assert [row["number"] for row in QUESTIONS] == [
        str(number + 1) for number in range(len(QUESTIONS))
    ]
    for row in QUESTIONS:
        listed = [answer["answer"] for answer in ANSWERS if answer["number"] == row["number"]]
        again = [one for at, one in enumerate(listed) if at == 0 or one != listed[at - 1]]
        assert again == parts(row["answers"]), row["question"]


@pytest.mark.parametrize(
    "row", ANSWERS, ids=lambda row: f"{row['number']}-{row['answer']}-{row['says']}"
)
def test_the_form_says_each_answer_and_its_opposite(
    row: dict[str, str], vocabulary: Vocabulary
) -> None:
    keys = said(row)
    assert statements(read(keys, vocabulary))
    for answer in ("yes", "in part", "no", "don't know", "does not apply"):
        turned: Form = {
            key: {
                "holds": answer,
                **{
                    slot: of
                    for slot, of in stated({key: value}, vocabulary)[0].items()
                    if slot in ("of", "for")
                },
            }
            for key, value in keys.items()
            if key in vocabulary.aspects
        }
        assert len(statements(read(turned, vocabulary))) == len(turned)


def test_no_two_answers_of_a_question_are_said_alike(vocabulary: Vocabulary) -> None:
    for question in QUESTIONS:
        mine = [
            (row["answer"], statements(read(said(row), vocabulary)))
            for row in ANSWERS
            if row["number"] == question["number"]
        ]
        assert [
            (one[0], other[0]) for one, other in combinations(mine, 2) if one[1] == other[1]
        ] == [], question["question"]


def test_every_answer_takes_for_whom_how_often_by_what_right_since_when_and_who_says_so(
    vocabulary: Vocabulary,
) -> None:
    slots = {
        "for": "people",
        "frequency": "mostly",
        "level": "policy",
        "since": "2025-01-01",
        "by": "residents",
        "on": "2025-03-01",
    }
    for key, aspect in vocabulary.aspects.items():
        fitting = {
            slot: value for slot, value in slots.items() if slot != "for" or not aspect.of_programme
        }
        assert statements(read({key: {"holds": "yes", **fitting}}, vocabulary)), key


def test_every_aspect_and_dimension_answers_a_question(vocabulary: Vocabulary) -> None:
    used = {key for row in ANSWERS for key in said(row)}
    beside = {row["key"] for row in table("beside")}
    assert sorted(beside & used) == []
    assert sorted({*vocabulary.aspects, *vocabulary.dimensions} - used - beside) == []
    assert all(row["why"] for row in table("beside"))


@pytest.mark.parametrize(
    ("kind", "heading"), [("quality", "qualities"), ("conclusion", "conclusions")]
)
def test_the_notes_list_the_questions_of_each_kind(
    kind: str, heading: str, graph: ox.Store
) -> None:
    notes = (ROOT / "docs" / "reference" / "aspects-notes.md").read_text(encoding="utf-8")
    listed = notes.split(f"These are {heading}:\n", 1)[1].split("\n\n", 1)[0]
    aspects = graph.quads_for_pattern(None, HRGE("aspectKind"), CONCEPT(kind), None)
    assert re.findall(r"`(.+?)`", listed) == sorted(
        kebab(local_name(quad.subject.value))
        for quad in aspects
        if isinstance(quad.subject, ox.NamedNode)
    )


def test_the_words_of_slots_are_defined(vocabulary: Vocabulary) -> None:
    page = (ROOT / "docs" / "reference" / "slot-words.md").read_text(encoding="utf-8")
    rows = [
        f"| `{concept.key}` | {concept.label} | {' '.join(concept.definition.split())} |"
        for name, slot in SLOTS.items()
        if slot.scheme and name != "denies"
        for concept in vocabulary.by_scheme[slot.scheme]
    ]
    assert [line for line in page.splitlines() if line.startswith("| `")] == rows


def test_every_word_for_what_reports_state_can_be_said(vocabulary: Vocabulary) -> None:
    """Words between backquotes in docs/records/form-gaps.md."""
    page = (ROOT / "docs" / "records" / "form-gaps.md").read_text(encoding="utf-8")
    words = {
        word
        for said in re.findall(r"`([^`]+)`", page)
        for word in re.findall(r"[a-z][a-z-]+(?![a-z-])", said)
    }
    known = {*vocabulary.aspects, *vocabulary.dimensions, *vocabulary.concepts, *SLOTS}
    known |= {name for concept in vocabulary.concepts.values() for name in concept.names}
    assert sorted(words - known - {"a", "b", "hrge", "explain"}) == []


QUANTITY_UNITS = ("hours", "days", "weeks", "months", "years", "persons", "percent", "places")


def test_questions_read_alone_and_name_the_units_of_a_number(
    vocabulary: Vocabulary, graph: ox.Store
) -> None:
    dangling = re.compile(r"\b(this|these|such things|like this)\b")
    asking = {
        quad.subject.value
        for quad in graph.quads_for_pattern(None, HRGE("asksQuantity"), None, None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    for aspect in vocabulary.aspects.values():
        assert not dangling.search(aspect.question), aspect.key
        if aspect.iri in asking:
            assert any(unit in aspect.question for unit in QUANTITY_UNITS), aspect.key
    for dimension in vocabulary.dimensions.values():
        words = set(re.findall("[a-z]+", dimension.question.lower()))
        assert not {"they", "it", "this", "these"} & words or "people" in words, dimension.key


@pytest.mark.parametrize(
    "words", ["Maria Ivanova", "maria-ivanova", "12 Main Street", "+49 151 12345678"]
)
def test_no_place_but_the_title_takes_words_of_ones_own(words: str, vocabulary: Vocabulary) -> None:
    """No slot of an answer, no dimension, and no key of another name.

    A name of a group is a short name of the form.
    """
    answers = [{"holds": "yes", slot: words} for slot in (*SLOTS, "note")]
    tried: list[Form] = [{"turned-away": one} for one in [words, *answers]]
    tried += [
        {key: words}
        for key in (*vocabulary.aspects, *vocabulary.dimensions, "name", "address", "note")
    ]
    tried += [{"answered": {slot: words}} for slot in ("on", "by", "level", "name")]
    tried += [{"without": [words]}]
    for keys in tried:
        with pytest.raises(InputError):
            read(keys, vocabulary)


@pytest.mark.parametrize(
    "row", NORMS, ids=lambda row: f"{row['number']}-{row['line']}-{row['words']}"
)
def test_a_norm_looks_at_the_question_that_bears_on_it_or_it_is_said_why_none_does(
    row: dict[str, str], assessor: Assessor
) -> None:
    """The words stand in the source on that line.

    And a check of each norm, or a fact that bears on it, looks at an answer of the question.
    """
    words, line = _folded(row["words"]), int(row["line"])
    assert any(
        words in _from(one, line, 3) and words not in _from(one, line + 1, 2) for one in SOURCES
    ), "they begin on another line"
    aspects = {aspect.iri: key for key, aspect in assessor.vocabulary.aspects.items()}
    asked = {key for answer in ANSWERS if answer["number"] == row["number"] for key in said(answer)}
    norms = {local_name(norm.iri): norm for norm in assessor.norms}
    named = [norms[key] for key in row["norms"].split("; ") if key]
    looked = {
        local_name(norm.iri)
        for norm in named
        for one in (norm.checks if row["why"] else norm.criteria)
        if aspects.get(one.aspect) in asked
    }
    assert looked == (set() if row["why"] else {local_name(norm.iri) for norm in named})
    assert looked or row["why"]


def _from(source: str, line: int, lines: int) -> str:
    return _folded("\n".join(source.splitlines()[line - 1 : line - 1 + lines]))


def _folded(words: str) -> str:
    return " ".join(words.translate(str.maketrans("“”‘’", "\"\"''")).split())
