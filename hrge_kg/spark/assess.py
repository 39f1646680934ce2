"""From a dataframe of descriptions to a dataframe with the columns of a results file.

The descriptions are shared out by Spark; each is assessed by the same code as on one machine.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, MissingExtra
from ..file_writer import write_folder
from ..results.columns import COLUMNS
from .worker import assess_batches

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {
    "text": "STRING",
    "number": "INT",
    "yes or no": "BOOLEAN",
    "texts": "ARRAY<STRING>",
    "facts": "ARRAY<STRUCT<dimension: STRING, value: STRING>>",
}
_SCHEMA = ", ".join(f"`{column.name}` {_TYPES[column.kind]}" for column in COLUMNS)
FILES_A_TASK = 200
"""Files of one task of Spark at least: it opens the graph once for them."""


def assess(descriptions: DataFrame) -> DataFrame:
    """The results of descriptions: one row for each programme, norm and group.

    `descriptions` has the columns `file` (a name, whose ending says the format) and `content`
    (binary, or text). A description that cannot be used becomes one row with its error.

    Raises InputError where the dataframe lacks one of these columns.
    """
    types = dict(descriptions.dtypes)
    if types.get("file") != "string" or types.get("content") not in ("binary", "string"):
        raise InputError(
            "the dataframe",
            "it needs the columns `file` (string) and `content` (binary or string)",
            "Select them, as docs/reference/spark.md shows.",
        )
    held = descriptions.selectExpr("file", "CAST(content AS BINARY) AS content")
    return _mapped(held, partial(assess_batches, held=True))


def assess_to_folder(files: Sequence[Path], out: Path) -> int:
    """Assess files on the Spark that is configured, else on this machine, into Parquet files.

    Where there are several machines, each has to see the files and `out` under these paths. Returns
    how many files cannot be used. Raises InputError where the folder cannot be written or Spark
    fails, MissingExtra without pyspark.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("--on spark", "pyspark", "spark") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else any python3 of the path
    try:
        with SparkSession.builder.appName("hrge").getOrCreate() as spark:
            results = _assess_paths(spark, files)

            def fill(folder: Path) -> None:
                results.write.mode("overwrite").parquet(folder.resolve().as_uri())

            write_folder(out, fill)
            written = spark.read.parquet(out.resolve().as_uri())
            return written.where("error IS NOT NULL").count()
    except (PySparkException, Py4JError) as error:
        told = " ".join(str(error).split())[:300]
        raise InputError(
            "--on spark", f"Spark fails: {told}", "Check that Java 17 and the extra are there."
        ) from error


def _assess_paths(spark: SparkSession, files: Sequence[Path]) -> DataFrame:
    """The results of files, in their order."""
    least = spark.sparkContext.defaultParallelism
    tasks = max(1, min(len(files), max(least, len(files) // FILES_A_TASK)))
    paths = spark.sparkContext.parallelize([(str(path),) for path in files], tasks)
    named = spark.createDataFrame(paths, "file STRING")
    return _mapped(named, partial(assess_batches, held=False))


def _mapped(
    descriptions: DataFrame,
    assessed: Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]],
) -> DataFrame:
    with warnings.catch_warnings():
        # Spark warns of a pandas that is newer than it knows. No frame of pandas is made here.
        warnings.simplefilter("ignore", FutureWarning)
        return descriptions.mapInArrow(assessed, _SCHEMA)
