"""Descriptions of programmes that several tests read."""

from __future__ import annotations

from pathlib import Path

GIRLS = """
programme: home
title: "Home <b>for</b> girls & *1.* [boys](http://x)"
run-by: NGO
answered: {on: 2025-03-01, by: [visit, residents], level: practice}
groups:
  girls: {status: [identified-victims, smuggled-migrant], sex: women, age: child,
          nationality: non-nationals, asylum-seekers: no}
  men: {status: identified-victims, sex: men, age: adults, nationality: non-nationals}
answers:
  leaving-restricted: {holds: yes, of: locked-door}
  shelter-safe: yes
  violence-reported: {holds: yes, of: violence-by-staff, for: girls, on: 2025-04-01}
  compulsory-test: {holds: yes, of: covid-19-test, for: men, ground: public-health-emergency}
"""


def written(folder: Path, text: str) -> Path:
    """A description as a file in a folder."""
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return path
