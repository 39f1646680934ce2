"""The JSON Schema of the form and the reader of forms: whether each accepts a form."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import yaml

from hrge_kg.errors import InputError
from hrge_kg.form.readers.nodes import FormReader
from hrge_kg.form.vocabulary import Vocabulary

Accepts = Callable[[Any], bool]


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def check_pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> list[jsonschema.ValidationError]:
    """As jsonschema does it, but with every pattern compiled once: `re` forgets all but 512."""
    if not isinstance(instance, str) or compiled(pattern).search(instance):
        return []
    return [jsonschema.ValidationError(f"{instance!r} does not match")]


extend: Callable[..., type[jsonschema.Draft202012Validator]] = jsonschema.validators.extend
Validator = extend(jsonschema.Draft202012Validator, {"pattern": check_pattern})


def schema_accepting(schema: dict[str, Any]) -> Accepts:
    """Whether the schema accepts a form, as JSON shows it."""
    return Validator(schema).is_valid


def reader_accepting(vocabulary: Vocabulary) -> Accepts:
    """Whether the reader accepts a form, as YAML nodes."""

    def accepts(root: yaml.Node) -> bool:
        try:
            FormReader("form.yaml", vocabulary).read(root)
        except InputError:
            return False
        return True

    return accepts


def compose(text: str) -> yaml.Node:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return root
