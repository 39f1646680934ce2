"""The results file: the same as the report, whole or not at all, and refused if it is foreign."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from paths import ROOT
from pyarrow import parquet

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.portfolio import make_of_each
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.resources import root
from hrge_kg.results import writers
from hrge_kg.results.columns import COLUMNS, VERSION, Row, arrow_schema, record_batch, rows_of
from hrge_kg.results.formats import write_portfolio
from hrge_kg.results.questions import questions
from hrge_kg.results.reader import open_results

EXAMPLES = root() / "data" / "programmes"
PAGE = ROOT / "docs" / "reference" / "results.md"
SEEN = ("closed-shelter", "new-project", "shelter-for-men")
BAD = "programme: bad\nanswers:\n  no-such-question: yes\n"


@pytest.fixture(scope="module")
def folder(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three examples and a file that cannot be used."""
    made = tmp_path_factory.mktemp("portfolio")
    for name in SEEN:
        shutil.copy(EXAMPLES / f"{name}.yaml", made)
    (made / "a-bad-one.yaml").write_text(BAD, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def results(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their results file."""
    out = tmp_path_factory.mktemp("results") / "results.parquet"
    assert main(["validate", str(folder), "-o", str(out)]) == 2
    return out


def test_it_has_every_finding_as_the_report_has_it(
    results: Path, folder: Path, assessor: Assessor
) -> None:
    rows = parquet.read_table(results).to_pylist()
    error, *found = rows
    assert {name for name, value in error.items() if value is not None} == {"file", "error"}
    assert "no-such-question" in error["error"]
    expected = []
    for name in SEEN:
        assessment = assessor.assess(read_form(folder / f"{name}.yaml", assessor.vocabulary))
        for finding in assessment.findings:
            label = assessment.groups[finding.group] if finding.group else None
            expected.append((finding.norm.iri, label, finding.outcome, finding.message))
    got = [(row["norm"], row["group"], row["outcome"], row["message"]) for row in found]
    assert got == expected


def test_setting_and_people_are_what_is_stated(results: Path) -> None:
    rows = parquet.read_table(results).to_pylist()
    shelter = next(row for row in rows if row["file"].endswith("closed-shelter.yaml"))
    text = (EXAMPLES / "closed-shelter.yaml").read_text(encoding="utf-8")
    dimensions = {fact["dimension"] for fact in shelter["setting"]}
    assert ("run-by:" in text) == ("who runs it" in dimensions)
    women = next(row for row in rows if row["group"] == "women" and "closed-shelter" in row["file"])
    assert {"dimension": "sex or gender", "value": "women and girls"} in women["people"]
    assert all(row["people"] == [] for row in rows if row["norm"] and not row["group"])


def test_the_page_has_the_columns_of_the_file(results: Path) -> None:
    stated = re.findall(
        r"^\| `(\w+)` \| ([a-z ]+) \| (yes|no) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert stated == [(name, kind, "yes" if empty else "no") for name, kind, empty in COLUMNS]
    schema = parquet.read_schema(results)
    assert schema.equals(arrow_schema())
    about = {name.decode(): value.decode() for name, value in schema.metadata.items()}
    assert about["hrge.columns"] == VERSION
    assert set(about) == set(re.findall(r"`(hrge\.\w+)`", PAGE.read_text(encoding="utf-8")))


@pytest.mark.works_with(
    "DuckDB",
    tried="`hrge validate -o results.duckdb`, read as Arrow",
    result="the rows of `hrge validate -o results.parquet`",
)
def test_more_processes_and_a_database_have_the_same_rows(
    results: Path, folder: Path, tmp_path: Path
) -> None:
    again, database = tmp_path / "again.parquet", tmp_path / "results.duckdb"
    assert main(["validate", str(folder), "-o", str(again), "--jobs", "2"]) == 2
    assert again.read_bytes() == results.read_bytes()
    assert main(["validate", str(folder), "-o", str(database), "--jobs", "2"]) == 2
    with duckdb.connect(database, read_only=True) as opened:
        table = opened.sql("FROM results").to_arrow_table()
        about = dict(opened.execute("FROM about").fetchall())
    assert table.to_pylist() == parquet.read_table(results).to_pylist()
    assert about["hrge.columns"] == VERSION


def test_it_is_written_batch_by_batch(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "BATCH", 100)
    held: list[int] = []

    def counted(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
        held.append(len(rows))
        return record_batch(rows, schema)

    monkeypatch.setattr(writers, "record_batch", counted)
    files = [folder / f"{name}.yaml" for name in SEEN]
    rows = (
        row
        for _, made in make_of_each(rows_of, files)
        if isinstance(made, list)
        for of_programme in made
        for row in of_programme
    )
    writers.write_results(tmp_path / "r.parquet", "parquet", rows)
    assert len(held) > 3
    assert max(held) == 100
    assert sum(held) == parquet.read_metadata(tmp_path / "r.parquet").num_rows


@pytest.mark.parametrize("form", ["parquet", "duckdb"])
def test_what_is_stopped_leaves_the_file_that_was_there(form: str, tmp_path: Path) -> None:
    out = tmp_path / f"results.{form}"
    out.write_text("before", encoding="utf-8")

    def rows() -> Iterator[Row]:
        yield (("a.yaml", *[None] * (len(COLUMNS) - 1)))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writers.write_results(out, form, rows())
    assert out.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_results_are_not_printed_and_replace_no_description(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.yaml"
    shutil.copy(EXAMPLES / "new-project.yaml", form)
    assert main(["validate", str(form), "--format", "parquet"]) == 2
    assert "-o results.parquet" in capsys.readouterr().err
    assert main(["validate", str(form), "--format", "parquet", "-o", str(form)]) == 2
    assert "holds a description" in capsys.readouterr().err
    assert main(["validate", str(form), "-o", str(tmp_path), "--format", "duckdb"]) == 2
    assert "this is no file" in capsys.readouterr().err


def foreign(path: Path, results: Path) -> dict[str, Path]:
    """Files that are no results files, by what is wrong with them."""
    table = parquet.read_table(results)
    made = {
        "no Parquet": b"PAR1 but not really PAR1",
        "cut off": results.read_bytes()[:-2000],
        "empty": b"",
        "altered": results.read_bytes()[:2000] + b"\0" * 300 + results.read_bytes()[2300:],
    }
    found = {}
    for name, content in made.items():
        found[name] = path / f"{name}.parquet"
        found[name].write_bytes(content)
    other = pa.array(["fine"] * len(table))
    newer = {**(table.schema.metadata or {}), b"hrge.columns": b"99"}
    at = table.schema.names.index
    tables = {
        "no column": table.drop_columns(["norm"]),
        "of another kind": table.set_column(at("page"), "page", table["label"]),
        "of other facts": table.set_column(at("setting"), "setting", table["topics"]),
        "version 99": table.replace_schema_metadata(newer),
        "outcomes": table.set_column(at("outcome"), "outcome", other),
    }
    for name, one in tables.items():
        found[name] = path / f"{name}.parquet"
        parquet.write_table(one, found[name])
    return found


def test_a_foreign_file_is_refused_and_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none").mkdir()
    others = (tmp_path / "none", tmp_path / "missing.parquet", EXAMPLES / "new-project.yaml")
    for path in (*foreign(tmp_path, results).values(), *others):
        with pytest.raises(InputError) as refused, open_results(path) as opened:
            write_portfolio(opened, questions(), "text")
        assert refused.value.where == str(path)
    assert main(["portfolio", str(tmp_path / "cut off.parquet")]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "cut off.parquet: this is no results file" in err


def test_a_database_with_a_view_reaches_no_file(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "view.duckdb"
    with duckdb.connect(path) as database:
        database.execute(f"CREATE VIEW results AS FROM '{results}'")
    with pytest.raises(InputError, match="no table `results`"), open_results(path):
        pass
    path.write_bytes(b"no database")
    with pytest.raises(InputError, match="no results file"), open_results(path):
        pass


def test_a_folder_of_files_is_one_and_reaches_no_other_file(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's a [folder]"
    folder.mkdir()
    for name in ("part-1.parquet", "part-*.parquet"):
        shutil.copy(results, folder / name)
    (folder / "_SUCCESS").touch()
    rows = parquet.read_metadata(results).num_rows
    with open_results(folder) as opened:
        assert opened.execute("SELECT count(*) FROM results").fetchone() == (2 * rows,)
    with (
        pytest.raises(InputError, match="Permission"),
        open_results(folder) as opened,
    ):
        opened.execute(f"FROM read_parquet('{results}')")
    with (
        pytest.raises(InputError, match="locked"),
        open_results(results) as opened,
    ):
        opened.execute("SET enable_external_access = true")
    table = parquet.read_table(results)
    parquet.write_table(table.drop_columns(["error"]), folder / "part-3.parquet")
    with pytest.raises(InputError, match="no column `error`"), open_results(folder):
        pass
