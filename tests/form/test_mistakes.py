"""All mistakes of a file are told at once, in every format, and none that only follows from one."""

from __future__ import annotations

import pickle
from pathlib import Path

import openpyxl
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import MOST, MOST_GATHERED, InputError, InputErrors, Mistakes
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.suggest import did_you_mean

YAML = """programme: A shelter
answered: {on: 03/04/2025, by: NGO report, level: practise}
groups:
  women: {status: asylum-seeker, sx: female}
  Men 2: {sex: male}
answers:
  service-compulsory: nope
  turned-awya: no
  turned-away:
    - {holds: yes, for: [wimen, Men 2], since: soon, grounds: no-space}
    - {holds: no, quantity: many}
"""
YAML_LINES = [1, 2, 2, 2, 4, 4, 5, 7, 8, 10, 10, 10, 11, 11]

CSV = """part,name,question,answer,for,since
programme,,programme,A shelter,,
group,women,status,asylum-seeker,,
grup,men,sex,male,,
answer,,turned-away,nope,wimen;men,soon
answer,,turned-awya,no,,
"""
CSV_LINES = [2, 3, 4, 5, 5, 5, 6]

TURTLE = """@prefix hrge: <https://w3id.org/hrge/ns#> .
@prefix c: <https://w3id.org/hrge/id/concept/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<p> a hrge:Programe ;
  hrge:serves <w> ;
  hrge:turnedAwya [ hrge:holds c:no ] ;
  hrge:turnedAway [
    hrge:holds c:maybe ;
    hrge:since "soon"^^xsd:date ] .
<w> hrge:has c:asylum ;
  hrge:holds c:yes .
"""
TURTLE_LINES = [4, 6, 8, 9, 10, 11]

JSON = """{"@context": "https://w3id.org/hrge/context.jsonld",
 "@id": "p",
 "type": "Programme",
 "serves": [{"@id": "w",
   "type": "ServedGroup",
   "status": "asylum"}],
 "turned-away": [
  {"type": "Statement",
   "holds": "maybe",
   "since": "soon"}]}
"""
JSON_LINES = [6, 9, 10]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.yaml", YAML, YAML_LINES),
        ("a.csv", CSV, CSV_LINES),
        ("a.ttl", TURTLE, TURTLE_LINES),
        ("a.jsonld", JSON, JSON_LINES),
    ],
)
def test_all_mistakes_are_told_with_their_lines(
    name: str, text: str, lines: list[int], vocabulary: Vocabulary, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputErrors) as caught:
        read_file(tmp_path / name, vocabulary)
    assert [mistake.line for mistake in caught.value.mistakes] == lines, str(caught.value)
    assert all(mistake.remedy for mistake in caught.value.mistakes)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("*p", [1]),
        ("programme: *p", [1]),
        ("programme: a\ntitle: b\ngroups: *g\nanswers: *y", [3, 4]),
        ("programme: a\ntitle: b\ngroups: {women: *g}\nanswers: {turned-away: *y}", [3, 4]),
    ],
)
def test_an_alias_is_refused_wherever_it_stands(
    text: str, lines: list[int], vocabulary: Vocabulary, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_file(tmp_path / "a.yaml", vocabulary)
    for line in lines:
        assert f"a.yaml:{line}: aliases are not allowed here" in str(caught.value)


def test_all_mistakes_of_a_workbook_are_told_with_their_cells(
    vocabulary: Vocabulary, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in {
        "Programme": [["question", "answer"], ["programme", "A shelter"], ["title", "=1+1"]],
        "Groups": [["question", "women", "Men 2"], ["sex", "blue", "male"], ["sx", "male", ""]],
        "Answers": [["question", "answer", "for"], ["turned-away", "nope", "wimen; Men 2"]],
        "Notes": [["x"]],
    }.items():
        made = book.create_sheet(sheet)
        for row in rows:
            made.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputErrors) as caught:
        read_file(tmp_path / "a.xlsx", vocabulary)
    told = str(caught.value)
    cells = ("Programme!B2", "Programme!B3", "Groups!B2", "Groups!A3", "Groups!C1", "Answers!B2")
    for cell in (*cells, "“Notes”"):
        assert cell in told, told


def test_at_most_so_many_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.yaml", tmp_path / "out.ttl"
    questions = "".join(f"  question-{number}: yes\n" for number in range(MOST + 3))
    path.write_text(f"programme: p\nanswers:\n{questions}")
    assert main(["convert", str(path), "--to", "ttl", "-o", str(out)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == MOST + 1
    assert lines[-1].endswith("and 3 more")
    assert all(line.startswith("hrge: ") for line in lines)
    assert not out.exists()


def test_one_mistake_is_told_as_it_always_was() -> None:
    mistakes = Mistakes()
    for _ in range(2):
        with mistakes.gathered():
            raise InputError("a.yaml", "this is wrong", "Mend it.", line=3)
    with pytest.raises(InputError) as caught:
        mistakes.raise_found()
    assert not isinstance(caught.value, InputErrors)
    assert str(caught.value) == "a.yaml:3: this is wrong. Mend it."


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("unlocked", "locked"),
        ("doors-unlocked", "doors-locked"),
        ("never", "ever"),
        ("female", "male"),
        ("involuntary-return", "voluntary-return"),
        ("forced-return", "voluntary-return"),
        ("without-consent", "with-consent"),
        ("not-detained", "detained"),
        ("notdetained", "detained"),
        ("non-national", "national"),
        ("careless", "careful"),
        ("trafficker", "trafficked"),
        ("maximum", "minimum"),
        ("ngo-report", "published-report"),
    ],
)
def test_what_turns_the_meaning_round_is_not_offered(name: str, known: str) -> None:
    assert not did_you_mean(name, [known])
    assert not did_you_mean(known, [name])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("practise", "practice"),
        ("wimen", "women"),
        ("identified victim", "identified-victims"),
        ("turned-awya", "turned-away"),
        ("turnedaway", "turned-away"),
        ("mandatory-tests", "mandatory-testing"),
    ],
)
def test_a_slip_is_mended(name: str, known: str) -> None:
    assert known in did_you_mean(name, [known, "something-else"])


@pytest.mark.parametrize("beyond", [-1, 0, 40])
def test_reading_stops_where_there_are_too_many_mistakes(
    beyond: int, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """It is said that there may be more, and what comes after is not read."""
    wrong = "".join(f"  :p :x :o{number} .\n" for number in range(MOST_GATHERED + beyond))
    form = tmp_path / "a.ttl"
    form.write_text(
        "@prefix : <https://example.org/> .\n"
        f"@prefix hrge: <https://w3id.org/hrge/ns#> .\n:p a hrge:Programme .\n{wrong}",
        encoding="utf-8",
    )
    with pytest.raises(InputErrors) as caught:
        read_file(form, vocabulary)
    assert caught.value.stopped is (beyond >= 0)
    last = str(caught.value).splitlines()[-1]
    assert last.startswith(f"{form}: and at least " if beyond >= 0 else f"{form}: and ")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.stopped) == (str(caught.value), caught.value.stopped)
