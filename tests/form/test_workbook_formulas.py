"""What the workbook works out, in LibreOffice: whom questions concern, and what to mend."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from programs import libreoffice
from workbooks import column, places

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.relevance import find_relevance
from hrge_kg.form.content import Words
from hrge_kg.form.convert import to_fill_in
from hrge_kg.form.relevance import Relevance
from hrge_kg.form.table_layout import HEADINGS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.wording import fact_label


@pytest.fixture(scope="module")
def relevance(assessor: Assessor) -> Relevance:
    return find_relevance(assessor)


@pytest.fixture(scope="module")
def written(vocabulary: Vocabulary, relevance: Relevance) -> bytes:
    return to_fill_in("xlsx", vocabulary, relevance=relevance)


GROUPS: dict[str, dict[str, Words]] = {
    "women": {"age": ("adult",), "status": ("identified-victim", "witness"), "only": ("yes",)},
    "men": {"age": ("adult",), "status": ("witness",), "only": ("yes",)},
}


def fill_groups(
    book: openpyxl.Workbook, vocabulary: Vocabulary, of: dict[str, dict[str, Words]]
) -> None:
    row_of = places(book)["Groups"]
    for place, (name, facts) in enumerate(of.items(), 3):
        book["Groups"].cell(1, place).value = name
        for key, words in facts.items():
            labels = [fact_label(vocabulary, key, word, programme=False) for word in words]
            book["Groups"].cell(row_of[key], place).value = " ; ".join(labels).upper()


@pytest.mark.works_with(
    "LibreOffice",
    tried="the workbook of `hrge new`, filled in: what it works out of groups and answers",
    result="the same questions turn grey as hrge leaves out, and what is to mend is told",
)
def test_the_workbook_says_what_concerns_the_groups_and_what_to_mend(
    written: bytes, vocabulary: Vocabulary, relevance: Relevance, tmp_path: Path
) -> None:
    filled, out, of_each = [], tmp_path / "out", {}
    variants: dict[str, dict[str, dict[str, Words]]] = {
        "none": {},
        "two": GROUPS,
        "men": {"men": GROUPS["men"]},
        "mixed": {"all": {"age": ("adult", "child"), "return": ("no-return",)}},
    }
    to_mend: dict[str, dict[str, Any]] = {
        "leaving-restricted": {"Answer": "yes", "Which of these": "locked door; nonsense"},
        "care-free": {"Answer": "perhaps"},
        "compulsory-test": {"Which of these": "HIV test"},
        "turned-away": {"Answer": "no", "For whom": "womn"},
        "curfew-or-sign-out": {"Answer": "yes", HEADINGS["quantity"]: 8},
        "told-of-rights": {"Answer": "yes", HEADINGS["level"]: "custom"},
    }
    mended = {key: cells for key, cells in to_mend.items() if key in vocabulary.aspects}
    assert len(mended) > 4
    done = {"care-adequate"}
    for name, of in variants.items():
        book = openpyxl.load_workbook(io.BytesIO(written))
        if name == "none":
            book["Groups"]["C1"].value = None
        fill_groups(book, vocabulary, of)
        questions, row_of = book["Questions"], places(book)["Questions"]
        if name == "two":
            for key, cells in mended.items():
                for heading, value in cells.items():
                    questions.cell(row_of[key], column(questions, heading)).value = value
            for key in done:
                questions.cell(row_of[key], 3).value = "In part"
                questions.cell(row_of[key], 5).value = "women;men ; adults"
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        filled.append(path)
        of_each[name] = (of, row_of)
    for path in libreoffice(filled, "xlsx", out):
        of, row_of = of_each[path.stem]
        shown = openpyxl.load_workbook(path, data_only=True)
        check = column(shown["Questions"], "Check")
        states = {
            key: shown["Questions"].cell(row_of[key], check).value for key in vocabulary.aspects
        }
        answered = mended.keys() | done if path.stem == "two" else set()
        apart = {key for key, state in states.items() if state == "not about your groups"}
        assert apart == {
            key
            for key in vocabulary.aspects
            if key not in answered
            and of
            and not any(relevance.concerns(key, {}, facts) for facts in of.values())
        }
        assert bool(apart) is (path.stem in ("two", "men", "mixed"))
        told = {row[0].value: row[1].value for row in shown["Check"].iter_rows()}
        assert told["Groups that are named"] == (len(of) or "missing")
        assert told["Questions that do not concern your groups"] == len(apart)
        if answered:
            assert {key for key, state in states.items() if str(state).startswith("mend")} == set(
                mended
            )
            assert {key for key, state in states.items() if state == "answered"} == done
            assert told["Rows to mend"] == len(mended)
            assert {vocabulary.aspects[key].question for key in mended} <= told.keys()
