"""The form for phones: pyxform and ODK Validate accept it, it asks what concerns the groups, and
what it exports comes back as the same description.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xform
from xform import XForm

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.relevance import find_relevance
from hrge_kg.form.content import FormContent, Slots, Words
from hrge_kg.form.convert import described
from hrge_kg.form.readers import read_file
from hrge_kg.form.relevance import Relevance
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.xlsform_writer import to_xlsform
from hrge_kg.form.xlsform_fields import xml_name

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def relevance(assessor: Assessor) -> Relevance:
    return find_relevance(assessor)


@pytest.fixture(scope="module")
def loaded(
    vocabulary: Vocabulary, relevance: Relevance, tmp_path_factory: pytest.TempPathFactory
) -> XForm:
    path = tmp_path_factory.mktemp("phone") / "form.xlsx"
    path.write_bytes(to_xlsform(vocabulary, relevance=relevance))
    return xform.load(path)


@pytest.fixture
def phone(loaded: XForm) -> Iterator[XForm]:
    """The form, blank again after each test."""
    before = loaded.values()
    yield loaded
    for name, value in before.items():
        loaded.put(name, value)


# what it asks


@pytest.mark.works_with(
    "pyxform",
    tried="the form of `hrge new --format xlsform`; ODK Validate, which it brings, on the XForm",
    result="accepted without a warning",
)
def test_it_asks_every_question_with_why_and_choices(phone: XForm, vocabulary: Vocabulary) -> None:
    for key, aspect in vocabulary.aspects.items():
        name = xml_name(key)
        assert phone.labels[phone.paths[name]] == aspect.question
        assert list(phone.choices[name].values()) == [
            "yes",
            "in part",
            "no",
            "don't know",
            "does not apply",
        ]
        if aspect.of_scheme:
            labels = {concept.label for concept in vocabulary.concepts_in(aspect.of_scheme)}
            assert set(phone.choices[f"{name}__of"].values()) == labels
    for key, dimension in vocabulary.dimensions.items():
        if dimension.asked_as is None:
            assert xml_name(f"p_{key}" if dimension.of_programme else f"g1_{key}") in phone.paths


def test_every_question_stands_alone(phone: XForm) -> None:
    """So an export with questions as columns can be read."""
    questions = [label for path, label in phone.labels.items() if path in phone.paths.values()]
    assert len(questions) == len(set(questions))


def drawn(vocabulary: Vocabulary, seed: int) -> FormContent:
    """What a person might say: facts about the programme and some groups, and some answers."""
    draw = random.Random(seed)

    def facts(*, programme: bool) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for key, dimension in vocabulary.dimensions_of(programme=programme).items():
            if dimension.asked_as is None and draw.random() < 0.5:
                concepts = vocabulary.concepts_in(dimension.scheme)
                words = [concept.answer or concept.key for concept in concepts]
                most = 1 if concepts[0].answer else 3
                found[key] = tuple(draw.sample(words, min(len(words), draw.randint(1, most))))
        return found

    names = draw.sample(["women", "men", "children", "new-arrivals", "5-12"], draw.randint(1, 4))
    groups = {
        name: facts(programme=False) | ({"only": ("yes",)} if draw.random() < 0.5 else {})
        for name in names
    }
    answers: list[tuple[str, Slots]] = []
    for key in sorted(
        draw.sample(list(vocabulary.aspects), 40), key=list(vocabulary.aspects).index
    ):
        aspect = vocabulary.aspects[key]
        holds = draw.choice(["yes", "in-part", "no", "dont-know", "does-not-apply"])
        slots: dict[str, Words] = {"holds": (holds,)}
        said = holds in ("yes", "in-part", "no")
        if aspect.of_scheme and said and draw.random() < 0.7:
            things = [concept.key for concept in vocabulary.concepts_in(aspect.of_scheme)]
            slots["of"] = tuple(draw.sample(things, min(len(things), draw.randint(1, 3))))
        if not aspect.of_programme and said and len(names) > 1 and draw.random() < 0.5:
            named = draw.sample(names, draw.randint(1, len(names)))
            slots["for"] = tuple(name for name in names if name in named)
            answers.append((key, slots))
            others = tuple(name for name in names if name not in named)
            if others and draw.random() < 0.5:
                answers.append((key, {"holds": ("no",), "for": others}))
        else:
            answers.append((key, slots))
    head = {"programme": (f"p-{seed}",), "title": (f"Programme “{seed}”, by day",)}
    defaults: dict[str, Words] = {"on": ("2025-03",), "by": ("staff", "visit"), "level": ("law",)}
    return FormContent(head | facts(programme=True), defaults, groups, tuple(answers))


def fill(phone: XForm, form: FormContent) -> None:
    """Fill the form in as a person would, from top to bottom."""
    for name in phone.paths:
        if name != "hrge_form":
            phone.put(name, "")
    phone.put("all_topics", "yes")
    phone.put("title", form.head["title"][0])
    phone.put("short_name", form.head["programme"][0])
    for key, words in form.head.items():
        if key not in ("title", "programme"):
            phone.put(f"p_{xml_name(key)}", ticked(words))
    for key, words in form.defaults.items():
        phone.put(f"answered_{key}", words[0] if key == "on" else ticked(words))
    numbers = {name: number for number, name in enumerate(form.groups, 1)}
    for name, number in numbers.items():
        phone.put(f"g{number}_name", name)
        for key, words in form.groups[name].items():
            phone.put(f"g{number}_{xml_name(key)}", ticked(words))
        if number > 1:
            phone.put(f"more_groups_{number - 1}", "yes")
    seen: set[str] = set()
    for key, slots in form.answers:
        name = xml_name(key)
        if key in seen:
            phone.put(f"{name}__others", ticked(slots["holds"]))
            continue
        seen.add(key)
        phone.put(name, ticked(slots["holds"]))
        if "of" in slots:
            phone.put(f"{name}__of", ticked(slots["of"]))
        if "for" in slots:
            phone.put(f"{name}__for", " ".join(f"g{numbers[one]}" for one in slots["for"]))
    phone.settle()


def ticked(words: Words) -> str:
    return " ".join(map(xml_name, words))


def asked_of(form: FormContent, phone: XForm) -> FormContent:
    """The form without the answers that the phone did not ask for."""
    kept = tuple(pair for pair in form.answers if phone.is_asked(xml_name(pair[0])))
    return replace(form, answers=kept)


@pytest.mark.parametrize("seed", range(12))
def test_it_asks_what_concerns_the_groups(
    seed: int, phone: XForm, vocabulary: Vocabulary, relevance: Relevance
) -> None:
    form = drawn(vocabulary, seed)
    fill(phone, form)
    for key in vocabulary.aspects:
        concerned = any(relevance.concerns(key, form.head, facts) for facts in form.groups.values())
        assert phone.is_asked(xml_name(key)) is concerned, key


def test_what_the_programme_does_shortens_it_only_if_the_person_agrees(
    phone: XForm, vocabulary: Vocabulary, relevance: Relevance
) -> None:
    def asked() -> set[str]:
        phone.settle()
        return {key for key in vocabulary.aspects if phone.is_asked(xml_name(key))}

    for name in phone.paths:
        if name != "hrge_form":
            phone.put(name, "")
    assert asked() == set(vocabulary.aspects)
    (dimension, word), topics = min(relevance.topics.items())
    phone.put(f"p_{xml_name(dimension)}", xml_name(word))
    phone.put("all_topics", "no")
    sorted_topics = set().union(*relevance.topics.values())
    assert asked() == {
        key
        for key, aspect in vocabulary.aspects.items()
        if aspect.topic in topics or aspect.topic not in sorted_topics
    }
    phone.put("all_topics", "yes")
    assert asked() == set(vocabulary.aspects)


# exports


def export(
    phone: XForm,
    submissions: Rows,
    *,
    by: str = "names",
    separator: str = "/",
    ticks: str = "both",
    marks: tuple[str, str] = ("1", "0"),
) -> list[list[str]]:
    """The rows of an export: `by` names or labels; with the groups before each name, or not (no
    separator); what was ticked in one column, in a column for each choice, or both.
    """
    columns = [("start", ["2026-11-30T10:00:00.000Z"] * len(submissions))]
    for name in phone.paths:
        steps = phone.paths[name].split("/")[2:] if by == "names" else phone.headings(name)
        heading = separator.join(steps) if separator else steps[-1]
        given = [row[name] for row in submissions]
        labels = phone.choices.get(name, {})
        if name not in phone.several or ticks != "split":
            shown = given
            if by == "labels" and labels:
                shown = [" ".join(labels[word] for word in one.split()) for one in given]
            columns.append((heading, shown))
        if name in phone.several and ticks != "joined":
            for choice, label in labels.items():
                ticked_or_not = [marks[choice not in one.split()] if one else "" for one in given]
                last = choice if by == "names" else label
                columns.append((f"{heading}{separator or '/'}{last}", ticked_or_not))
    theirs = ("__version__", "_id", "_uuid", "_submission_time", "_index")
    columns += [(name, ["12"] * len(submissions)) for name in theirs]
    return [
        [heading for heading, _ in columns],
        *([values[number] for _, values in columns] for number in range(len(submissions))),
    ]


def save(rows: list[list[str]], path: Path) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Describe a programme"
        for row in rows:
            sheet.append([int(cell) if cell in ("0", "1") else cell or None for cell in row])
        book.save(path)
    else:
        out = io.StringIO()
        csv.writer(out, delimiter=";" if "semicolons" in path.stem else ",").writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path


KINDS: dict[str, dict[str, Any]] = {
    "names-csv": {"file": "a.csv"},
    "names-xlsx": {"file": "a.xlsx"},
    "names-joined": {"file": "a.csv", "ticks": "joined"},
    "names-split": {"file": "semicolons.csv", "ticks": "split", "marks": ("TRUE", "FALSE")},
    "names-without-groups": {"file": "a.xlsx", "separator": "", "ticks": "split"},
    "names-with-hyphens": {"file": "a.csv", "separator": "-", "ticks": "joined"},
    "labels-csv": {"file": "a.csv", "by": "labels"},
    "labels-xlsx": {"file": "a.xlsx", "by": "labels", "marks": ("True", "False")},
    "labels-without-groups": {"file": "a.csv", "by": "labels", "separator": ""},
    "labels-split": {"file": "a.csv", "by": "labels", "ticks": "split"},
}


@pytest.mark.works_with(
    "pyxform",
    tried="the XForm, filled in by its own rules and exported as KoboToolbox and ODK do, by names "
    "and labels, in CSV and XLSX",
    result="says the same",
)
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_says_what_was_filled_in(
    kind: str, phone: XForm, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    options = dict(KINDS[kind])
    path = tmp_path / str(options.pop("file"))
    wanted, submissions = [], []
    for seed in range(20, 23):
        form = drawn(vocabulary, seed)
        fill(phone, form)
        submissions.append(phone.values())
        wanted.append(described(asked_of(form, phone), "drawn", vocabulary))
    found = read_file(save(export(phone, submissions, **options), path), vocabulary)
    assert [one.title for one in found] == [one.title for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert set(one.triples) == set(other.triples)
    assert found[0].notes == ()
