"""What hrge is made from: the locked versions, the list of what the wheel needs (SBOM), and builds
that give the same bytes each time.
"""

from __future__ import annotations

import importlib.metadata
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import write_sbom
from locked import LOCKS, pinned, plain, read_lock
from packaging.requirements import Requirement
from paths import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]

PYTHONS = [
    one.rpartition(" ")[2] for one in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", one)
]
SYSTEMS = [
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
]
PLACES = [
    {"python_version": python, "python_full_version": f"{python}.0", **system}
    for python, system in itertools.product(PYTHONS, SYSTEMS)
]


def extras() -> Iterator[Requirement]:
    """What the extras ask for; those that only name other extras of ours do not count."""
    for one in itertools.chain(*PROJECT["optional-dependencies"].values()):
        requirement = Requirement(one)
        if plain(requirement.name) != PROJECT["name"]:
            yield requirement


WHEEL = [Requirement(one) for one in PROJECT["dependencies"]]
BACKEND = [Requirement(one) for one in PYPROJECT["build-system"]["requires"]]
EVERYTHING = [*WHEEL, *extras()]


def gaps(wanted: Iterable[Requirement], locked: list[Requirement]) -> list[str]:
    """Where a lock does not have one version of what is wanted, which serves it."""
    found = []
    for place, one in itertools.product(PLACES, wanted):
        if one.marker and not one.marker.evaluate(place):
            continue
        versions = [
            pinned(pin)
            for pin in locked
            if plain(pin.name) == plain(one.name)
            and (pin.marker is None or pin.marker.evaluate(place))
        ]
        if len(versions) != 1 or not one.specifier.contains(versions[0], prereleases=True):
            where = f"Python {place['python_version']}, {place['sys_platform']}"
            found.append(f"{one} ({where}): locked {versions}")
    return found


@pytest.mark.parametrize(
    ("lock", "wanted"), [("build", BACKEND), ("run", WHEEL), ("dev", EVERYTHING)]
)
def test_lock_has_what_pyproject_wants(lock: str, wanted: list[Requirement]) -> None:
    assert len(PYTHONS) >= 3
    assert gaps(wanted, read_lock(lock)) == [], "run `make lock`"


@pytest.mark.parametrize(("lock", "wanted"), [("run", WHEEL), ("dev", EVERYTHING)])
def test_lock_has_nothing_that_pyproject_no_longer_wants(
    lock: str, wanted: list[Requirement]
) -> None:
    pins = re.split(r"\n(?=\S)", (LOCKS / f"{lock}.txt").read_text(encoding="utf-8"))
    direct = {plain(pin.partition("==")[0]) for pin in pins if "hrge-kg (pyproject.toml)" in pin}
    assert direct == {plain(one.name) for one in wanted}, "run `make lock`"


def test_locks_agree() -> None:
    """What runs, and what builds, is what the tests run with."""
    every = {str(pin) for pin in read_lock("dev")}
    assert {str(pin) for pin in read_lock("run")} <= every
    fast = {str(pin) for pin in read_lock("fast")}
    assert fast <= every
    assert [Requirement(pin).name for pin in fast - {str(pin) for pin in read_lock("run")}] == [
        Requirement(one).name for one in PROJECT["optional-dependencies"]["fast"]
    ]
    of_dev = {plain(pin.name): pin for pin in read_lock("dev")}
    for pin in read_lock("build"):
        assert str(of_dev.get(plain(pin.name), pin)) == str(pin)


@pytest.mark.parametrize(
    ("wanted", "locked", "gap"),
    [
        ("one>=2", ["one==2.1"], False),
        ("one>=2", ["one==1.9"], True),
        ("one>=2", ["two==2.1"], True),
        ("One_Two", ["one-two==1"], False),
        ("one", ['one==1; python_version >= "3.12"'], True),
        ("one", ['one==1; python_version < "3.12"', 'one==2; python_version >= "3.12"'], False),
        ('one>=2; sys_platform == "win32"', [], False),
        ('one>=2; sys_platform == "darwin"', ['one==2; sys_platform == "linux"'], True),
    ],
)
def test_gaps_are_found(wanted: str, locked: list[str], gap: bool) -> None:
    assert bool(gaps([Requirement(wanted)], [Requirement(one) for one in locked])) == gap


def test_sbom_lists_what_the_wheel_needs_and_nothing_else() -> None:
    found = write_sbom.needed_at_run_time()
    text = write_sbom.sbom_of(found)
    assert write_sbom.fault_in(text) is None
    assert write_sbom.sbom_of(found) == text
    assert str(ROOT) not in text

    sbom = json.loads(text)
    assert sbom["metadata"]["component"]["version"] == PROJECT["version"]
    listed = {plain(one["name"]): one for one in sbom["components"]}
    assert {name: one["version"] for name, one in listed.items()} == {
        name: importlib.metadata.version(name) for name in found
    }
    assert all(one["licenses"] and one["purl"] for one in listed.values())

    needs = {one["ref"]: one["dependsOn"] for one in sbom["dependencies"]}
    root = sbom["metadata"]["component"]["bom-ref"]
    direct = {plain(ref.partition("==")[0]) for ref in needs[root]}
    assert direct == {plain(one.name) for one in WHEEL}
    reached, ahead = set(), [root]
    while ahead:
        ref = ahead.pop()
        reached.add(ref)
        ahead += [one for one in needs[ref] if one not in reached]
    assert reached == needs.keys() == {root, *(one["bom-ref"] for one in listed.values())}

    # The lock was resolved by another program.
    locked = {
        plain(pin.name) for pin in read_lock("run") if pin.marker is None or pin.marker.evaluate()
    }
    assert listed.keys() == locked


def test_sbom_that_is_none_and_other_versions_are_found() -> None:
    assert write_sbom.fault_in('{"bomFormat": "CycloneDX", "specVersion": "1.6", "parts": []}')
    found = write_sbom.needed_at_run_time()
    del found["rdflib"]
    [gone] = [one for one in write_sbom.not_as_locked(found) if one.startswith("rdflib:")]
    assert gone.startswith("rdflib: installed not, locked ")


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, with other dates and rights of files, time zone and order of sets."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    copy = tmp_path / "elsewhere"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".git", *(one.strip("/") for one in ignored))
    )
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    built = []
    for folder, seed, zone in ((ROOT, "1", "UTC"), (copy, "2", "Asia/Kathmandu")):
        out = tmp_path / f"built-{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        environment.pop("SOURCE_DATE_EPOCH", None)
        run = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        built.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(built[0]) == 2
    assert built[0].keys() == built[1].keys()
    assert [name for name in built[0] if built[0][name] != built[1][name]] == []
