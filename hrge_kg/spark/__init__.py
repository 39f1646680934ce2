"""Assesses descriptions on Apache Spark: `assess` takes a dataframe of them, and gives results.

    from hrge_kg.spark import assess

    files = spark.read.format("binaryFile").load("s3://bucket/descriptions/*.yaml")
    results = assess(files.selectExpr("path AS file", "content"))
    results.write.parquet("s3://bucket/results")

Needs the extra `spark`, also where the executors run. (docs/reference/spark.md)
"""

from .assess import assess

__all__ = ["assess"]
