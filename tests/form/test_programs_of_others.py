"""One description as the programs that people use write it: read through each, it is the same.

The description has what programs are known to change: dates, numbers, yes and no, names that look
like dates, quotation marks, other scripts.
"""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyoxigraph as ox
import pytest
import rdflib
import ruamel.yaml
import yaml
from paths import FIXTURES, ROOT
from programs import javascript, libreoffice
from pyld import jsonld

from hrge_kg.cli.main import main
from hrge_kg.form.convert import convert, to_fill_in
from hrge_kg.form.jsonld_context import context
from hrge_kg.form.readers import read_one
from hrge_kg.form.table_layout import HEADINGS
from hrge_kg.form.vocabulary import Vocabulary

FORM = FIXTURES / "descriptions" / "valid" / "what-programs-change.yaml"
SAME = "says the same"
Says = Callable[[Path], set[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def says(vocabulary: Vocabulary) -> Says:
    """What a file states."""
    return lambda path: set(read_one(path, vocabulary).triples)


@pytest.fixture
def written(vocabulary: Vocabulary, tmp_path: Path) -> Callable[[str], Path]:
    """The description as hrge writes it in a format."""

    def as_file(to: str) -> Path:
        path = tmp_path / f"form.{to}"
        path.write_bytes(convert(read_one(FORM, vocabulary), to, vocabulary).content)
        return path

    return as_file


# YAML


def by_pyyaml(text: str) -> str:
    return yaml.safe_dump(yaml.safe_load(text), allow_unicode=True, width=60)


def by_ruamel(text: str) -> str:
    out = io.StringIO()
    editor = ruamel.yaml.YAML()
    editor.dump(editor.load(text), out)
    return out.getvalue()


def by_ruamel_plain(text: str) -> str:
    out = io.StringIO()
    ruamel.yaml.YAML(typ="safe", pure=True).dump(ruamel.yaml.YAML(typ="safe").load(text), out)
    return out.getvalue()


def js_yaml(version: str) -> Callable[[str], str]:
    return lambda text: javascript("rewrite.js", version, given=text)


def yaml_program(tool: str, rewrite: Callable[[str], str]) -> Any:
    mark = pytest.mark.works_with(tool, tried="the form in YAML, loaded and dumped", result=SAME)
    return pytest.param(
        rewrite, marks=mark, id=f"{tool}-{rewrite.__name__}".removesuffix("-<lambda>")
    )


@pytest.mark.parametrize(
    "rewrite",
    [
        yaml_program("PyYAML", by_pyyaml),
        yaml_program("ruamel.yaml", by_ruamel),
        yaml_program("ruamel.yaml", by_ruamel_plain),
        yaml_program("js-yaml 4", js_yaml("js-yaml-4")),
        yaml_program("js-yaml 5", js_yaml("js-yaml")),
    ],
)
def test_yaml_that_was_loaded_and_dumped(
    rewrite: Callable[[str], str], says: Says, tmp_path: Path
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(rewrite(FORM.read_text(encoding="utf-8")), encoding="utf-8")
    assert says(path) == says(FORM)


NAMES = ("on", "no", "y", "null", "012", "1e3", "2025-03-01", "0x1f", "true", "women")
"""Of these YAML 1.1 takes all but the last for something else than text."""


@pytest.mark.parametrize("rewrite", [by_pyyaml, by_ruamel, by_ruamel_plain])
@pytest.mark.parametrize("name", NAMES)
def test_names_of_groups_stay_names(
    name: str, rewrite: Callable[[str], str], says: Says, tmp_path: Path
) -> None:
    form, written = tmp_path / "form.yaml", tmp_path / "written.yaml"
    form.write_text(
        f'programme: "{name}"\ntitle: "{name}"\ngroups:\n  "{name}": {{sex: women}}\n'
        f'answers:\n  turned-away: {{holds: yes, for: "{name}"}}\n',
        encoding="utf-8",
    )
    assert main(["convert", str(form), "--to", "yaml", "-o", str(written)]) == 0
    written.write_text(rewrite(written.read_text(encoding="utf-8")), encoding="utf-8")
    assert says(written) == says(form)


# spreadsheets


def type_in(book: openpyxl.Workbook) -> None:
    """Fill the empty workbook with the description, as a person would type it."""
    form = yaml.load(FORM.read_text(encoding="utf-8"), yaml.BaseLoader)
    start, groups, questions = (book[name] for name in ("Start here", "Groups", "Questions"))
    columns = {cell.value: place for place, cell in enumerate(questions[1], 1)}
    row_of = {
        sheet: {row[key].value: place for place, row in enumerate(sheet.iter_rows(), 1)}
        for sheet, key in ((start, 0), (groups, 0), (questions, columns["Key"] - 1))
    }
    for name in ("programme", "title", "run-by"):
        type_into(start.cell(row_of[start][name], 3), form[name])
    for name, value in form["answered"].items():
        type_into(start.cell(row_of[start][f"answered-{name}"], 3), value)
    for column, (name, facts) in enumerate(form["groups"].items(), 3):
        type_into(groups.cell(1, column), name)
        for key, words in facts.items():
            type_into(groups.cell(row_of[groups][key], column), words)
    for key, given in form["answers"].items():
        row = row_of[questions][key]
        for number, slots in enumerate(given if isinstance(given, list) else [given]):
            if number:  # the same question again, in a row at the end
                question = questions.cell(row, columns["Question"]).value
                row = questions.max_row + 1
                questions.cell(row, columns["Question"]).value = question
            for slot, words in (slots if isinstance(slots, dict) else {"holds": slots}).items():
                of_percent = slot == "quantity" and slots["unit"] == "percent"
                place = columns[HEADINGS["answer" if slot == "holds" else slot]]
                type_into(questions.cell(row, place), f"{words}%" if of_percent else words)


def type_into(cell: Any, words: str | list[str]) -> None:
    """Give a cell the value that a spreadsheet makes of what is typed, unless it is for text."""
    text = "; ".join(words) if isinstance(words, list) else words
    cell.value = text
    if cell.number_format == "@":
        return
    if re.fullmatch(r"[0-9]+%", text):
        cell.value, cell.number_format = int(text[:-1]) / 100, "0%"
    elif re.fullmatch(r"[0-9.]+", text):
        cell.value = float(text)
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        cell.value, cell.number_format = datetime.datetime.fromisoformat(f"{text}-01"), "mmm-yy"
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        cell.value, cell.number_format = datetime.datetime.fromisoformat(text), "yyyy-mm-dd"


@pytest.fixture
def filled(vocabulary: Vocabulary, tmp_path: Path) -> Path:
    """The empty workbook, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(to_fill_in("xlsx", vocabulary)))
    type_in(book)
    path = tmp_path / "filled.xlsx"
    book.save(path)
    return path


@pytest.mark.works_with(
    "openpyxl",
    tried="the workbook of `hrge new`, filled in with dates and percentages",
    result=SAME,
)
def test_a_workbook_that_was_filled_in(filled: Path, says: Says) -> None:
    assert says(filled) == says(FORM)


@pytest.mark.works_with(
    "pandas",
    tried="the workbook, filled in, as frames, saved again",
    result="says the same, but for cells that show 50% (pandas saves 0.5, and hrge tells of it) or "
    "Mar-25 (pandas saves the first day)",
)
def test_a_workbook_that_pandas_saved(
    filled: Path, says: Says, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    book = tmp_path / "saved.xlsx"
    with pandas.ExcelWriter(book) as out:
        for name, sheet in pandas.read_excel(filled, sheet_name=None).items():
            sheet.to_excel(out, sheet_name=str(name), index=False)
    said, meant = says(book), says(FORM)
    assert {value.value for _, _, value in said - meant} == {"0.5", "2025-03-01"}
    assert {value.value for _, _, value in meant - said} == {"50", "2025-03"}
    assert "“0.5” is read as 0.5 percent; write 50 if the cell showed that" in caplog.text


@pytest.mark.works_with("pandas", tried="the CSV, as a frame, saved again", result=SAME)
def test_a_table_that_pandas_saved(
    written: Callable[[str], Path], says: Says, tmp_path: Path
) -> None:
    table = tmp_path / "saved.csv"
    pandas.read_csv(written("csv")).to_csv(table, index=False)
    assert says(table) == says(FORM)


AS_TABLE = "csv:Text - txt - csv (StarCalc):{},34,76,1,,0,false,true,false"
"""UTF-8, as the cells show, with this separator."""


@pytest.mark.works_with(
    "LibreOffice",
    tried="the workbook of `hrge new`, filled in, saved as .xlsx, and as .ods and then .xlsx; the "
    "CSV, with numbers and dates recognised, saved as CSV",
    result=SAME,
)
def test_tables_that_libreoffice_saved(
    filled: Path, written: Callable[[str], Path], says: Says, tmp_path: Path
) -> None:
    out = tmp_path / "saved"
    [own] = libreoffice([filled], "ods", out)
    books = libreoffice([filled, own.rename(out / "through-ods.ods")], "xlsx", out)
    for book in books:
        assert says(book) == says(FORM)
    [table] = libreoffice(
        [written("csv")], AS_TABLE.format(59), out, opened_as="CSV:44,34,76,1,,0,false,true"
    )
    assert says(table) == says(FORM)


# RDF


@pytest.mark.works_with("rdflib", tried="the Turtle and the JSON-LD, parsed and saved", result=SAME)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of its own reader of JSON-LD
def test_rdf_that_rdflib_saved(written: Callable[[str], Path], says: Says, tmp_path: Path) -> None:
    for to, form in (("ttl", "turtle"), ("jsonld", "json-ld")):
        path = tmp_path / f"saved.{to}"
        rdflib.Graph().parse(written(to), format=form).serialize(path, format=form)
        assert says(path) == says(FORM)


@pytest.mark.works_with("PyLD", tried="the JSON-LD, compacted with our context", result=SAME)
def test_json_ld_that_pyld_compacted(
    written: Callable[[str], Path], says: Says, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / "compacted.jsonld"
    things = json.loads(written("jsonld").read_text(encoding="utf-8"))
    path.write_text(json.dumps(jsonld.compact(things, dict(context(vocabulary)))), encoding="utf-8")
    assert says(path) == says(FORM)


@pytest.mark.works_with("pyoxigraph", tried="the Turtle, loaded and dumped", result=SAME)
def test_turtle_that_pyoxigraph_saved(
    written: Callable[[str], Path], says: Says, tmp_path: Path
) -> None:
    store = ox.Store()
    store.load(path=written("ttl"))
    path = tmp_path / "saved.ttl"
    store.dump(path, ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    assert says(path) == says(FORM)


# editors

SCHEMA = ROOT / "docs" / "schemas" / "form.schema.json"


@pytest.mark.works_with(
    "yaml-language-server",
    tried="the JSON Schema of the form, as the YAML extensions of VS Code and others use it",
    result="marks nothing in the examples, marks mistakes on their lines, offers slots and words",
)
def test_an_editor_marks_and_completes_forms(tmp_path: Path) -> None:
    examples = sorted((ROOT / "data" / "programmes").glob("*.yaml"))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("programme: p\ntitel: T\nanswers:\n  turned-away: perhaps\n", encoding="utf-8")
    begun = tmp_path / "begun.yaml"
    begun.write_text("programme: p\nanswers:\n  turned-away:\n    ", encoding="utf-8")
    files = [*examples, FORM, wrong, begun]
    shown = json.loads(javascript("editor.js", str(SCHEMA), *map(str, files)))
    assert [path.stem for path in [*examples, FORM] if shown[str(path)]["marked"]] == []
    assert {one["line"] for one in shown[str(wrong)]["marked"]} == {2, 4}
    assert {"holds", "of", "for", "ground"} <= set(shown[str(begun)]["offered"])
