"""A note is told once, with its first place and how many there are."""

from __future__ import annotations

import pytest

from hrge_kg.parsing.notes import Notes


def test_each_kind_is_told_once_in_order(caplog: pytest.LogCaptureFixture) -> None:
    notes = Notes("form.xlsx")
    notes.add("one", line=2, cell="Answers!B2")
    notes.add("two")
    notes.add("one", line=2, cell="Answers!B2")
    notes.add("one", line=3, cell="Answers!B3")
    assert notes.told() == (
        "form.xlsx:2: Answers!B2: one (here first, at 2 places)",
        "form.xlsx: two",
    )
    notes.log()
    assert [record.getMessage() for record in caplog.records] == list(notes.told())
    assert {record.levelname for record in caplog.records} == {"WARNING"}
