"""Assessing on Spark, two executors on this machine: the same as without it, also if one is killed.

Without pyspark or Java the tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.resources import root

sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (extra spark)")
if shutil.which("java") is None:
    pytest.skip("Java is not installed (Debian: default-jdk-headless)", allow_module_level=True)

# It is of pyspark itself, at its import.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")

EXAMPLES = root() / "data" / "programmes"
BAD = "programme: bad\nanswers:\n  no-such-question: yes\n"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def spark(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two executors; a task whose process is killed is tried again."""
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        yield from started(folder)


def started(folder: Path) -> Iterator[Any]:
    session = (
        sql.SparkSession.builder.master("local[2,3]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two examples, and two files that cannot be used."""
    folder = tmp_path_factory.mktemp("descriptions")
    for name in ("closed-shelter", "new-project"):
        shutil.copy(EXAMPLES / f"{name}.yaml", folder)
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    (folder / "empty.csv").write_bytes(b"")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def expected(
    files: list[Path], assessor: Assessor, tmp_path_factory: pytest.TempPathFactory
) -> Rows:
    """What the command gives without Spark."""
    out = tmp_path_factory.mktemp("local") / "results.parquet"
    assert main(["validate", *map(str, files), "-o", str(out)]) == 2
    found: Rows = parquet.read_table(out).to_pylist()
    return found


def assessed(spark: Any, files: list[Path]) -> Rows:
    """The results of files whose contents stand in a dataframe."""
    from hrge_kg.parsing.files import file_name
    from hrge_kg.spark import assess

    held = [(file_name(path), path.read_bytes()) for path in files]
    frame = spark.createDataFrame(held, "file STRING, content BINARY").repartition(2)
    return [row.asDict(recursive=True) for row in assess(frame).collect()]


def in_order(rows: Rows) -> Rows:
    """Rows of one file stay as they are: their order is that of the report."""
    return sorted(rows, key=lambda row: str(row["file"]))


@pytest.mark.works_with(
    "Apache Spark",
    tried="`hrge_kg.spark.assess` on a dataframe of descriptions, some of which are none",
    result="the rows of `hrge validate -o results.parquet`",
)
def test_rows_are_those_of_one_machine_and_bad_files_have_their_error(
    spark: Any, files: list[Path], expected: Rows
) -> None:
    rows = in_order(assessed(spark, files))
    assert rows == in_order(expected)
    errors = [row["error"] for row in rows if row["error"]]
    assert len(errors) == 2
    assert any("no-such-question" in error for error in errors)


def test_a_killed_process_changes_nothing(spark: Any, files: list[Path], expected: Rows) -> None:
    spark.sparkContext.setLogLevel("OFF")
    killed: list[int] = []
    before = workers()  # idle ones of an earlier job may serve again

    def kill_the_first_that_works() -> None:
        until = time.monotonic() + 60
        while not killed and time.monotonic() < until:
            for process in workers():
                if process not in before or busy(process):
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)
                    return
            time.sleep(0.02)

    killer = threading.Thread(target=kill_the_first_that_works)
    killer.start()
    rows = assessed(spark, files)
    killer.join()
    assert killed
    assert in_order(rows) == in_order(expected)


def workers() -> set[int]:
    """The processes that run Python for Spark: children of its daemon."""
    parents: dict[int, int] = {}
    daemons: set[int] = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        if b"pyspark.daemon" in words:
            daemons.add(int(folder.name))
            parents[int(folder.name)] = parent
    return {process for process, parent in parents.items() if parent in daemons}


def busy(process: int) -> bool:
    """Whether it uses the processor just now."""
    before = ticks(process)
    time.sleep(0.1)
    return ticks(process) > before + 1


def ticks(process: int) -> int:
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def test_a_dataframe_without_descriptions_is_refused(spark: Any) -> None:
    from hrge_kg.spark import assess

    with pytest.raises(InputError, match="needs the columns"):
        assess(spark.createDataFrame([("a.yaml", 3)], "file STRING, content INT"))


# It ends the session, so no test with `spark` may follow.
def test_the_command_writes_a_folder_that_the_portfolio_reads(
    spark: Any,
    files: list[Path],
    expected: Rows,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "results.parquet"
    assert main(["validate", *map(str, files), "--on", "spark", "-o", str(out)]) == 2
    assert "2 of 4 files cannot be used" in capsys.readouterr().err
    assert len(list(out.glob("part-*.parquet"))) > 1
    assert in_order(parquet.read_table(out).to_pylist()) == in_order(expected)
    assert main(["portfolio", str(out), "unusable", "--format", "csv"]) == 0
    assert capsys.readouterr().out.count("\r\n") == 3
    assert main(["validate", *map(str, files), "--on", "spark", "-o", str(out)]) == 2
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "-o results.parquet"),
        (["-o", "r.parquet", "--jobs", "2"], "--jobs"),
        (["-o", "r.parquet", "--engine", "pyshacl"], "--engine"),
        (["-o", "r.parquet", "--fail-on", "concern"], "--fail-on concern"),
        (["-o", "r.duckdb"], "folder of Parquet files"),
    ],
)
def test_what_spark_does_not_take_is_refused(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(EXAMPLES / "new-project.yaml")
    assert main(["validate", file, "--on", "spark", *options]) == 2
    assert told in capsys.readouterr().err
