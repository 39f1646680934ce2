"""Kills commands at random moments, and looks whether the next run is right (make kill).

A moment is a share of the time that the command takes, or when what it writes is first seen in its
folder, and a little later. Only the command itself is killed. Then its processes have to end, what
it was to write has to be what stood there before or the whole result, and the next run has to write
the same bytes as one that nobody disturbed. After that run nothing else may stand there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paths import FIXTURES, ROOT

HRGE = [sys.executable, "-m", "hrge_kg"]
PROGRAMMES = ROOT / "data" / "programmes"
BEFORE = b"What stood here before.\n"
"""What a file that a command replaces holds before."""
GRACE = 10.0
"""Seconds after which no process of a killed command may live."""


@dataclass(frozen=True)
class Act:
    """A command to be killed, and what it writes below its folder ("{}" in its arguments)."""

    name: str
    arguments: Sequence[str]
    output: str
    replaces: bool = True
    """Whether a file stands there before."""
    builds: bool = False
    """Whether it has a cache of its own, which is empty before."""

    def command(self, folder: Path) -> list[str]:
        """The command as it is run."""
        return [*HRGE, *(argument.replace("{}", str(folder)) for argument in self.arguments)]


CACHE = "cache/hrge-builds"
_PROGRAMMES = [str(path) for path in sorted(PROGRAMMES.glob("c*.yaml"))]
_FORM = str(PROGRAMMES / "closed-shelter.yaml")
_FIXTURE = str(sorted((FIXTURES / "norms").rglob("*.yaml"))[0])
ACTS = (
    Act("build", ["build"], CACHE, replaces=False, builds=True),
    Act(
        "validate --jobs 2",
        ["validate", *_PROGRAMMES, "--jobs", "2", "--format", "json", "-o", "{}/out/report.json"],
        "out",
    ),
    Act("convert", ["convert", _FORM, "--to", "ttl", "--force", "-o", "{}/out/form.ttl"], "out"),
    Act("build --out", ["build", "--out", "{}/out/dist"], "out", replaces=False),
    Act("trail", ["trail", "ICCPR 9", "--format", "svg", "-o", "{}/out/trail.svg"], "out"),
    Act("new", ["new", "--format", "csv", "--force", "-o", "{}/out/form.csv"], "out"),
    Act("validate", ["validate", _FIXTURE, "--format", "html", "-o", "{}/out/report.html"], "out"),
    Act("text", ["text", "-o", "{}/out/text.xml"], "out"),
)
_NEXT = {"build": Act("query", ["query", "norms", "--format", "csv"], CACHE, builds=True)}
"""The run after that of an act, where it is not the same."""


@dataclass(frozen=True)
class Done:
    """What a run that nobody disturbed came to: its seconds, exit code, output and files."""

    seconds: float
    code: int
    out: bytes
    files: Mapping[str, str]


@dataclass
class Figures:
    """What killing one act came to."""

    moments: int = 0
    ended_before: int = 0
    while_writing: int = 0
    """How often something that is not whole stood in the folder after the kill."""
    faults: list[str] = field(default_factory=list)


class Killer:
    """Kills acts in folders below one; `cache` is one that is built."""

    def __init__(self, base: Path, cache: Path, seed: int) -> None:
        self._base = base
        self._cache = cache
        self._draw = random.Random(seed)
        self._undisturbed: dict[str, Done] = {}

    def kill(self, acts: Iterable[Act], figures: dict[str, Figures]) -> None:
        """Kill each act once, and count what came of it."""
        for act in acts:
            with self._folder() as folder:
                self._kill(act, folder, figures.setdefault(act.name, Figures()))

    def _kill(self, act: Act, folder: Path, figures: Figures) -> None:
        expected = self._expected(act)
        self._prepare(act, folder, expected)
        wait = self._draw.uniform(0, 1.05) * expected.seconds
        on_sight = self._draw.random() < 0.5
        after_sight = self._draw.choice((0.0, 0.001, 0.01, 0.1, 0.5)) * self._draw.random()
        what = f"{act.name}, killed " + (
            f"{after_sight:.4f} s after its first sign" if on_sight else f"after {wait:.3f} s"
        )
        before = set(_paths(folder / act.output))
        run = subprocess.Popen(
            act.command(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(act, folder),
            cwd=folder,
            start_new_session=True,
        )
        until = time.monotonic() + (60 if on_sight else wait)
        while time.monotonic() < until and run.poll() is None:
            if on_sight and set(_paths(folder / act.output)) - before:
                time.sleep(after_sight)
                break
            time.sleep(0.0002 if on_sight else 0.005)
        run.send_signal(signal.SIGKILL)
        figures.moments += 1
        figures.ended_before += run.wait() != -signal.SIGKILL
        if not group_ends(run.pid):
            figures.faults.append(f"{what}: a process lives on")
        figures.while_writing += self._judge_rest(act, folder, expected, what, figures.faults)
        again = self._run(_NEXT.get(act.name, act), folder)
        if (again.code, again.out) != (expected.code, expected.out):
            figures.faults.append(f"{what}: the next run ended with {again.code} or wrote other")
        if again.files != expected.files:
            differ = sorted(set(again.files.items()) ^ set(expected.files.items()))
            figures.faults.append(f"{what}: afterwards the files differ: {differ[:3]}")

    def _judge_rest(
        self, act: Act, folder: Path, expected: Done, what: str, faults: list[str]
    ) -> bool:
        """Whether something half-written stands there; nothing may, under a name that is used."""
        half = False
        for name, content in _files(folder / act.output, act.builds).items():
            ours = ".part" in name or name.startswith("building-")
            half = half or ours
            whole = content in (expected.files.get(name), hashlib.sha256(BEFORE).hexdigest())
            if not ours and not whole:
                faults.append(f"{what}: {name} is half-written")
        return half

    def _expected(self, act: Act) -> Done:
        if act.name not in self._undisturbed:
            with self._folder() as folder:
                self._prepare(act, folder, None)
                done = self._run(act, folder)
                if act.name in _NEXT:
                    # A graph has other files each time; what is asked of it is the same.
                    after = self._run(_NEXT[act.name], folder)
                    done = Done(done.seconds, after.code, after.out, after.files)
                self._undisturbed[act.name] = done
        return self._undisturbed[act.name]

    def _prepare(self, act: Act, folder: Path, expected: Done | None) -> None:
        (folder / "tmp").mkdir()
        (folder / act.output).mkdir(parents=True)
        for name in expected.files if expected and act.replaces else ():
            (folder / act.output / name).write_bytes(BEFORE)

    def _run(self, act: Act, folder: Path) -> Done:
        for path in (folder / "out").glob("dist"):
            shutil.rmtree(path)  # it was whole, and is to be written again
        start = time.monotonic()
        done = subprocess.run(
            act.command(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self._environment(act, folder),
            cwd=folder,
            check=False,
        )
        seconds = time.monotonic() - start
        out = done.stdout.replace(str(folder).encode(), b"")
        assert done.returncode in (0, 1), done.stderr.decode()
        return Done(seconds, done.returncode, out, _files(folder / act.output, act.builds))

    def _environment(self, act: Act, folder: Path) -> dict[str, str]:
        path = os.pathsep.join(filter(None, sys.path))
        cache = folder / "cache" if act.builds else self._cache
        changed = {"PYTHONPATH": path, "HRGE_CACHE": str(cache), "TMPDIR": str(folder / "tmp")}
        return {**os.environ, **changed}

    @contextlib.contextmanager
    def _folder(self) -> Iterator[Path]:
        folder = self._base / f"{self._draw.getrandbits(32):08x}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def _paths(folder: Path) -> Iterator[str]:
    """What stands in a folder, while others write there."""
    with contextlib.suppress(OSError):
        yield from (path.name for path in folder.iterdir())


def _files(folder: Path, of_cache: bool) -> dict[str, str]:
    """The checksum of each file below a folder; of a cache only which folders there are."""
    if of_cache:
        return dict.fromkeys(_paths(folder), "")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def group_ends(group: int) -> bool:
    """Whether the processes of a group end in time; those that do not are ended here."""
    until = time.monotonic() + GRACE
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(0.02)
        os.killpg(group, signal.SIGKILL)
        return False
    return True


def table(figures: Mapping[str, Figures]) -> str:
    """The figures in Markdown."""
    rows = ["| command | killed at | of these while it wrote | had ended before | faults |"]
    rows.append("|---|--:|--:|--:|--:|")
    rows += [
        f"| `hrge {name}` | {one.moments} | {one.while_writing} | {one.ended_before} "
        f"| {len(one.faults)} |"
        for name, one in figures.items()
    ]
    return "\n".join(rows)
