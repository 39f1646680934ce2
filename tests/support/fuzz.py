"""Fuzzes what hrge reads, led by which lines of hrge an input runs (make fuzz).

Each kind runs in a process of its own under Atheris, which also ends what takes two minutes or
1 GB. An input that is found is written to build/fuzz/found/KIND-…: look at it, mend the
kind of fault, and keep the input in tests/corpus/KIND/.

    python tests/support/fuzz.py [RUNS [KIND …]]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time

from paths import ROOT

SEED, RUNS, SECONDS, MEGABYTES = 18, 5_000, 120, 1_000
FOLDER = ROOT / "build" / "fuzz"
FORMS = ("yaml", "csv", "xlsx", "jsonld", "ttl", "nt")
KINDS = (*FORMS, "name", "parameter", "query", "answer", "source", "rule")


def fuzz(kind: str, runs: int) -> None:
    """Fuzz one kind, and end this process."""
    import atheris

    with atheris.instrument_imports(include=["hrge_kg"]):
        from fuzz_kinds import CORPUS, Fuzzed
    fuzzed = Fuzzed().__enter__()
    corpus = FOLDER / "corpus" / kind
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir(parents=True)
    (FOLDER / "found").mkdir(exist_ok=True)
    kept = [path.read_bytes() for path in sorted((CORPUS / kind).glob("*"))]
    seeds = [*fuzzed.kinds[kind].seeds(), *kept]
    for number, data in enumerate(seeds):
        (corpus / f"{number:04}").write_bytes(data)
    words = FOLDER / f"{kind}.words"
    told = (re.sub(r"[^ -!#-\[\]-~]", _escaped, word) for word in fuzzed.kinds[kind].words)
    words.write_text("".join(f'"{word}"\n' for word in told), encoding="ascii")

    options = {"runs": runs + len(seeds), "seed": SEED, "timeout": SECONDS, "dict": words}
    options |= {"rss_limit_mb": MEGABYTES, "max_len": 20_000, "len_control": 0, "verbosity": 0}
    options |= {"print_final_stats": 1, "artifact_prefix": FOLDER / "found" / f"{kind}-"}
    arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items())]
    atheris.Setup([*arguments, str(corpus)], lambda data: fuzzed.take(kind, data) and None)
    atheris.Fuzz()


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in match[0].encode())


def main(arguments: list[str]) -> int:
    """Fuzz kinds one after the other, and print a row for each; 1 where something was found."""
    runs, kinds = int(arguments[0]) if arguments else RUNS, arguments[1:] or KINDS
    print(
        "| kind | inputs | seconds | most memory, MB | found |\n|---|--:|--:|--:|---|", flush=True
    )
    found = 0
    for kind in kinds:
        start = time.monotonic()
        log = FOLDER / f"{kind}.log"
        FOLDER.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            done = subprocess.run(
                [sys.executable, __file__, "--one", kind, str(runs)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
        text = log.read_text(encoding="utf-8", errors="replace")
        inputs, memory = (
            int(number[1]) if (number := re.search(rf"stat::{name}:\s*(\d+)", text)) else 0
            for name in ("number_of_executed_units", "peak_rss_mb")
        )
        what = "nothing" if done.returncode == 0 else f"exit {done.returncode}: {log}"
        found += done.returncode != 0
        seconds = time.monotonic() - start
        print(f"| {kind} | {inputs:,} | {seconds:.0f} | {memory} | {what} |", flush=True)
    return int(found > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], int(sys.argv[3]))
    sys.exit(main(sys.argv[1:]))
