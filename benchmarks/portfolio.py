"""How long ten thousand descriptions take, from files to a results file, and how much memory.

Run: python benchmarks/portfolio.py [COUNT [PEERS]]. It makes a frozen mix of COUNT descriptions out
of the examples, assesses them with one and with two processes, and has plain pyshacl validate PEERS
of them, entailed already; 0 leaves a part out. Beside the time on the clock stands that of the
processors, which other work on the machine changes less.
"""

from __future__ import annotations

import hashlib
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyshacl
import rdflib
from pyarrow import parquet

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.preparation import entailed
from hrge_kg.assessment.shacl import Shapes, data_graph, to_rdflib
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.graph.store import open_graph
from hrge_kg.resources import root

GOAL = 10_000
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else GOAL
PEERS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
_ANSWER = re.compile(r"^  \S.*\n(?:^(?:   |  -).*\n)*", re.MULTILINE)


def mixed(number: int) -> str:
    """One description of the mix: an example of which some answers are left out."""
    chance = random.Random(f"portfolio-{number}")
    text = chance.choice(EXAMPLES).read_text(encoding="utf-8")
    head, answers = text.split("answers:\n", 1)
    kept = chance.uniform(0.4, 1)
    answers = _ANSWER.sub(lambda one: one[0] if chance.random() < kept else "", answers)
    named = re.sub(r"^(programme: \S+)", rf"\1-{number}", head, flags=re.MULTILINE)
    return f"{named}answers:\n{answers}" if answers.strip() else named


def write_mix(folder: Path, count: int) -> str:
    """Write the first descriptions of the mix; returns a hash of them."""
    folder.mkdir()
    digest = hashlib.sha256()
    for number in range(count):
        text = mixed(number).encode()
        digest.update(text)
        (folder / f"{number:06}.yaml").write_bytes(text)
    return digest.hexdigest()[:12]


class Usage(threading.Thread):
    """Looks at a process and those that it started while they run: their memory and their time."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.sizes: list[int] = []
        self.ticks: dict[int, int] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        """Add up proportional set sizes, every half second."""
        while not self.ended.wait(0.5):
            tree = _tree(self.process)
            self.sizes.append(sum(map(_size, tree)))
            self.ticks |= {each: _ticks(each) for each in tree}

    def seconds(self) -> float:
        """Of the processors."""
        return sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """MB."""
        return max(self.sizes, default=0) / 1000

    def growth(self) -> float:
        """MB: the last quarter of the time less the second."""
        quarter = len(self.sizes) // 4
        if not quarter:
            return 0.0
        second, last = self.sizes[quarter : 2 * quarter], self.sizes[-quarter:]
        return (sum(last) / len(last) - sum(second) / len(second)) / 1000


def _tree(process: int) -> list[int]:
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _size(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    size = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
    return int(size[1]) if size else 0


def _ticks(process: int) -> int:
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def assessed(folder: Path, jobs: int) -> tuple[float, Usage, int]:
    """Seconds on the clock, usage and rows of one run of the command."""
    out = folder.with_suffix(f".{jobs}.parquet")
    command = [sys.executable, "-m", "hrge_kg", "validate", str(folder), "--jobs", str(jobs)]
    start = time.perf_counter()
    with subprocess.Popen(
        [*command, "--fail-on", "never", "-o", str(out)], stderr=subprocess.DEVNULL
    ) as process:
        usage = Usage(process.pid)
        usage.start()
        assert process.wait() == 0
    taken = time.perf_counter() - start
    usage.ended.set()
    usage.join()
    return taken, usage, parquet.read_metadata(out).num_rows


def ours(made: Path) -> None:
    """Print what hrge takes for a hundredth, a tenth and all of the mix."""
    print("| descriptions | processes | clock, s | processors, s | ms each | peak MB | growth MB |")
    print("|---|---|---|---|---|---|---|")
    each: dict[int, float] = {}
    for count in sorted({max(1, COUNT // 100), max(1, COUNT // 10), COUNT}):
        folder = made / f"mix-{count}"
        digest = write_mix(folder, count)
        for jobs in (1, 2):
            taken, usage, rows = assessed(folder, jobs)
            each[jobs] = taken / count
            print(
                f"| {count:,} | {jobs} | {taken:.1f} | {usage.seconds():.1f} "
                f"| {usage.seconds() / count * 1000:.0f} | {usage.peak():.0f} "
                f"| {usage.growth():+.0f} |",
                flush=True,
            )
    print(f"\nThe mix of {COUNT:,}: {digest}, {rows:,} rows.")
    print(f"Two processes, on the clock: {each[1] / each[2]:.2f} times as fast as one.")


def pyshacl_alone(made: Path) -> None:
    """Print what plain pyshacl takes for the first descriptions, whose data is entailed."""
    folder = made / "mix-of-peers"
    write_mix(folder, PEERS)
    graph = open_graph()
    assessor = Assessor(graph)
    shapes: rdflib.Graph = to_rdflib(Shapes(graph).every, "default")
    taken: list[float] = []
    for number in range(PEERS):
        form = folder / f"{number:06}.yaml"
        store = entailed(read_form(form, assessor.vocabulary), assessor.background)
        data = data_graph(store)
        start = time.process_time()
        pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
        taken.append(time.process_time() - start)
        if len(taken) % 10 == 0:
            mean, error = statistics.mean(taken), statistics.stdev(taken) / len(taken) ** 0.5
            print(
                f"pyshacl, {len(taken)} descriptions: {mean * 1000:.0f} ± {error * 1000:.0f} ms "
                f"each; {GOAL:,} would take {mean * GOAL / 3600:.1f} h of one processor",
                flush=True,
            )


def main() -> None:
    """Print both parts."""
    Assessor(open_graph()).run_self_test()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as made:
        if COUNT:
            ours(Path(made))
        if PEERS:
            pyshacl_alone(Path(made))


if __name__ == "__main__":
    main()
