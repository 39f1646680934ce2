"""Writes what the wheel needs at run time, as CycloneDX JSON: `make build`.

cyclonedx-py lists whatever is installed where it looks. So it is shown a folder with the metadata
of only those packages that the wheel needs, on the Python and the system of this run. It writes
neither the time nor a random number: the same packages give the same file.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from locked import pinned, plain, read_lock
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"


@dataclasses.dataclass
class Package:
    """An installed package, with the names of those that it needs here."""

    distribution: importlib.metadata.Distribution
    needs: set[str]


def direct_requirements() -> list[Requirement]:
    """What pyproject.toml says that the wheel needs."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return [Requirement(one) for one in project["dependencies"]]


def needed_at_run_time() -> dict[str, Package]:
    """The installed packages that the wheel needs, and those that they need in turn, by name."""
    found: dict[str, Package] = {}
    seen: set[tuple[str, str]] = set()
    wanted = direct_requirements()
    while wanted:
        requirement = wanted.pop()
        name = plain(requirement.name)
        if name not in found:
            found[name] = Package(importlib.metadata.distribution(name), set())
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                for one in map(Requirement, found[name].distribution.requires or ()):
                    if one.marker is None or one.marker.evaluate({"extra": extra}):
                        found[name].needs.add(plain(one.name))
                        wanted.append(one)
    return found


def not_as_locked(found: dict[str, Package]) -> list[str]:
    """How the packages differ from the lock, in words; nothing if they are as locked."""
    locked = {
        plain(one.name): pinned(one)
        for one in read_lock("run")
        if one.marker is None or one.marker.evaluate()
    }
    installed = {name: package.distribution.version for name, package in found.items()}
    return [
        f"{name}: installed {installed.get(name, 'not')}, locked {locked.get(name, 'not')}"
        for name in sorted(locked.keys() | installed.keys())
        if locked.get(name) != installed.get(name)
    ]


def sbom_of(found: dict[str, Package]) -> str:
    """The packages with their versions, licences and needs, below hrge itself."""
    with tempfile.TemporaryDirectory() as folder:
        for package in found.values():
            [metadata] = {
                Path(str(file.locate())).parent
                for file in package.distribution.files or ()
                if file.name == "METADATA" and file.parent.suffix == ".dist-info"
            }
            (Path(folder) / metadata.name).symlink_to(metadata)
        command = [
            *(sys.executable, "-m", "cyclonedx_py", "environment"),
            *("-S", sys.executable),  # without what is installed: only PYTHONPATH and Python itself
            *("--pyproject", str(PYPROJECT), "--mc-type", "library", "--output-format", "JSON"),
            *("--spec-version", "1.6", "--output-reproducible", "--no-validate"),
        ]
        environment = {**os.environ, "PYTHONPATH": folder}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"cyclonedx-py stopped:\n{run.stderr}")
    sbom = json.loads(run.stdout)
    # cyclonedx-py counts what extras need as well, also of extras that nobody asked for.
    names = {one["bom-ref"]: plain(one["name"]) for one in sbom["components"]}
    refs = {name: ref for ref, name in names.items()}
    direct = {plain(one.name) for one in direct_requirements()}
    for one in sbom["dependencies"]:
        needs = found[names[one["ref"]]].needs if one["ref"] in names else direct
        one["dependsOn"] = sorted(refs[name] for name in needs)
    return json.dumps(sbom, indent=2, sort_keys=True) + "\n"


def fault_in(sbom: str) -> str | None:
    """What the schema of CycloneDX says against it; nothing if it is well."""
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom)
    return None if fault is None else str(fault)


def main() -> int:
    """Writes the file beside the wheel in the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found = needed_at_run_time()
    if different := not_as_locked(found):
        print("What is installed is not what is locked. Remove .venv and build again.")
        print(*different, sep="\n")
        return 1
    sbom = sbom_of(found)
    if fault := fault_in(sbom):
        print(f"cyclonedx-py wrote what is not CycloneDX: {fault}")
        return 1
    [wheel] = folder.glob("*.whl")
    name, version = wheel.name.split("-")[:2]
    (folder / f"{name}-{version}.cdx.json").write_text(sbom, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
