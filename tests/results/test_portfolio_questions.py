"""What `hrge portfolio` answers: counted anew from the rows, in every format, without ranking."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from paths import ROOT
from pyarrow import parquet

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.processes import Limits
from hrge_kg.resources import root
from hrge_kg.results import picture_data
from hrge_kg.results.formats import write_portfolio
from hrge_kg.results.limited import limited_answers
from hrge_kg.results.questions import find_question, questions
from hrge_kg.results.reader import open_results
from hrge_kg.results.signs import SIGNS

EXAMPLES = root() / "data" / "programmes"
SEEN = ("closed-shelter", "government-home", "new-project", "shelter-for-men")
HOSTILE = (
    'programme: p\ntitle: "=1+1 <script>alert(1)</script> | `x`"\nanswered: {level: practice}\n'
    "groups:\n  people: {status: trafficked-person}\n"
    "answers:\n  compulsory-test: {holds: yes, of: hiv-test}\n"
)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def results(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    (folder / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    (folder / "bad.yaml").write_text("programme: [", encoding="utf-8")
    files = [*(EXAMPLES / f"{name}.yaml" for name in SEEN), folder / "hostile.yaml"]
    out = folder / "results.parquet"
    code = main(["validate", *map(str, files), str(folder / "bad.yaml"), "-o", str(out)])
    assert code == 2
    return out


@pytest.fixture(scope="module")
def rows(results: Path) -> Rows:
    found: Rows = parquet.read_table(results).to_pylist()
    return found


def asked(results: Path, form: str = "text", *names: str) -> str:
    """What the command prints, without a process of its own."""
    with open_results(results) as opened:
        return write_portfolio(opened, [find_question(n) for n in names] or questions(), form)


def answer(results: Path, name: str) -> Rows:
    found: Rows = json.loads(asked(results, "json", name))[name]["rows"]
    return found


def test_norms_count_programmes_by_their_worst_outcome(results: Path, rows: Rows) -> None:
    worst: dict[tuple[object, object], Outcome] = {}
    for row in rows:
        if row["norm"]:
            key, outcome = (row["norm"], row["file"]), Outcome(str(row["outcome"]))
            worst[key] = min(worst.get(key, outcome), outcome, key=lambda one: one.rank)
    counted: defaultdict[object, Counter[str]] = defaultdict(Counter)
    for (norm, _), outcome in worst.items():
        counted[norm][outcome] += 1
    told = answer(results, "norms")
    names = {"needsReview": "needs-review", "notStated": "not-stated", "inPart": "in-part"}
    names |= {"concern": "concern", "met": "met", "notApplicable": "not-applicable"}
    for row in told:
        assert {names[c]: row[c] for c in names if row[c]} == dict(counted[row["norm"]])
    assert {row["norm"] for row in told} == set(counted)
    concerns = [int(str(row["concern"])) for row in told]
    assert concerns == sorted(concerns, reverse=True)
    assert concerns[0] > 1


def test_where_has_each_concern_with_its_place(results: Path, rows: Rows) -> None:
    told = {(row["norm"], row["file"]): row for row in answer(results, "where")}
    concerns = [row for row in rows if row["outcome"] == "concern"]
    assert set(told) == {(row["norm"], row["file"]) for row in concerns}
    for row in concerns:
        if row["group"]:
            assert row["group"] in str(told[row["norm"], row["file"]]["groups"]).split("; ")
    assert all(row["line"] and row["key"] for row in told.values())


def test_questions_left_open_are_counted_by_programme(results: Path, rows: Rows) -> None:
    open_in: defaultdict[str, set[object]] = defaultdict(set)
    for row in rows:
        for question in row["questions"] or ():
            open_in[question].add(row["file"])
    told = {row["question"]: row["programmes"] for row in answer(results, "not-stated")}
    assert told == {question: len(files) for question, files in open_in.items()}


def test_settings_and_people_count_only_their_own(results: Path, rows: Rows) -> None:
    for name, column in (("settings", "setting"), ("people", "people")):
        told = answer(results, name)
        assert told
        for row in told:
            fact = {"dimension": row["dimension"], "value": row["value"]}
            there = [one for one in rows if fact in (one[column] or ())]
            assert row["programmes"] == len({one["file"] for one in there})
            of_concern = {
                one["file"]
                for one in there
                if one["norm"] == row["norm"] and one["outcome"] == "concern"
            }
            assert row["programmesOfConcern"] == len(of_concern) > 0


def test_programmes_are_not_ranked_and_bad_files_are_told(results: Path, rows: Rows) -> None:
    told = answer(results, "programmes")
    files = [str(row["file"]) for row in told]
    assert files == sorted({str(row["file"]) for row in rows if row["norm"]})
    [unusable] = answer(results, "unusable")
    assert str(unusable["file"]).endswith("bad.yaml")
    page = asked(results)
    assert "not a ranking" in page
    assert "score" not in page.lower()


def test_every_question_is_answered_on_the_page_and_named_in_the_reference(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {form: asked(results, form) for form in ("text", "markdown", "html")}
    for question in questions():
        for form, page in pages.items():
            words = question.words.upper() if form == "text" else question.words
            assert words in page, (form, question.name)
    reference = (ROOT / "docs" / "reference" / "portfolio.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| `([\w-]+)` \| (.*\?) \|$", reference, re.MULTILINE)
    assert stated == [(question.name, question.words) for question in questions()]
    with pytest.raises(SystemExit):
        main(["portfolio", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert ", ".join(q.name for q in questions()[:-1]) + " or unusable" in shown


def test_words_of_authors_are_shown_and_not_run(results: Path) -> None:
    page = asked(results, "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    table = list(csv.DictReader(io.StringIO(asked(results, "csv", "where"))))
    hostile = [row["title"] for row in table if row["file"].endswith("hostile.yaml")]
    assert hostile and all(title.startswith("'=1+1") for title in hostile)


def test_the_picture_has_the_sign_of_each_outcome_with_its_words(results: Path, rows: Rows) -> None:
    svg = ET.fromstring(asked(results, "svg"))
    titles = [title.text or "" for title in svg.iter("{http://www.w3.org/2000/svg}title")][1:]
    shelter = next(str(r["title"]) for r in rows if str(r["file"]).endswith("closed-shelter.yaml"))
    norms = {str(row["label"]) for row in rows if row["raised"]}
    assert {title.split(": ")[1] for title in titles} <= norms
    concerns = {
        f"{shelter}: {row['label']}: concern"
        for row in rows
        if row["title"] == shelter and row["outcome"] == "concern"
    }
    assert concerns <= set(titles)
    assert int(svg.attrib["width"]) <= 736


def test_many_programmes_become_bars(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_data, "MOST_PROGRAMMES", 3)
    monkeypatch.setattr(picture_data, "MOST_NORMS", 4)
    svg = ET.fromstring(asked(results, "svg"))
    words = "".join(svg.itertext())
    assert all(" ".join(sign.words.split()[:1]) in words for sign in SIGNS.values())
    assert "in 5 programmes" in words and "more, which are so less often, are left out" in words
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}rect"))) > 4


def test_signs_differ_in_form_and_are_dark_enough_to_read() -> None:
    forms = {(sign.form, sign.filled, sign.half) for sign in SIGNS.values()}
    assert len(forms) == len(SIGNS) == len(Outcome)
    for sign in SIGNS.values():
        assert _contrast_on_white(sign.colour) >= 4.5, sign.words


def _contrast_on_white(colour: str) -> float:
    """WCAG 2.2, contrast ratio."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--format", "csv"], "one table"),
        (["norms", "--format", "svg"], "all norms"),
        (["norm"], "Did you mean “norms”"),
    ],
)
def test_what_does_not_go_together_is_refused(
    results: Path, words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["portfolio", str(results), *words]) == 2
    assert problem in capsys.readouterr().err


def test_the_command_prints_the_same_and_has_limits(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "portfolio.html"
    assert main(["portfolio", str(results), "--format", "html", "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == asked(results, "html")
    assert main(["portfolio", str(results), "norms"]) == 0
    assert capsys.readouterr().out == asked(results, "text", "norms")
    with pytest.raises(InputError, match=r"more than 0\.01 seconds"):
        limited_answers(results, questions(), "html", Limits(seconds=0.01))
