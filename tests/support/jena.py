"""Apache Jena, Debian's libapache-jena-java, run by tests/java/AskJena.java."""

from __future__ import annotations

import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from owl import JAVA_SHARE, cannot_run, needs_java
from paths import TESTS

ASK_JENA = TESTS / "java" / "AskJena.java"
JARS = (
    "jena-arq",
    "jena-base",
    "jena-core",
    "jena-iri",
    "jena-shacl",
    "commons-compress",
    "guava",
    "thrift",
)
"""The least of the package and of what it depends on, found by leaving out one jar at a time."""


def needs_jena() -> None:
    """End the test unless AskJena can run."""
    needs_java(compiler=True)
    if missing := [jar for jar in JARS if not (JAVA_SHARE / f"{jar}.jar").exists()]:
        cannot_run(f"not in {JAVA_SHARE} (apt-get install libapache-jena-java): {missing}")


def ask_jena(*words: str | Path) -> None:
    """Run AskJena with these words.

    Raises RuntimeError with what it says where it ends with an error.
    """
    with tempfile.TemporaryDirectory() as folder:
        _write_messages(Path(folder))
        jars = [str(JAVA_SHARE / f"{jar}.jar") for jar in JARS]
        classpath = os.pathsep.join([folder, *jars])
        run = subprocess.run(
            [
                "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classpath,
                str(ASK_JENA),
                *map(str, words),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(run.stdout + run.stderr)


def _write_messages(folder: Path) -> None:
    """Write the messages of Xerces where Debian's Jena looks for them.

    The package has moved the classes, but not the messages, and does not start without them.
    """
    moved = "org/apache/jena/ext/"
    with zipfile.ZipFile(JAVA_SHARE / "jena-core.jar") as packed:
        for name in packed.namelist():
            if name.startswith(moved + "xerces/") and name.endswith(".properties"):
                path = folder / name.removeprefix(moved)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed.read(name))
