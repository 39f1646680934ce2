"""Begins a form with groups in words, as on the command line, or with an existing description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import InputError
from ..parsing.files import is_short_name
from ..suggest import did_you_mean
from .content import EMPTY, FormContent, Words, content_of
from .form_names import with_form_names
from .readers import ENDINGS, read_one
from .vocabulary import Concept, Vocabulary


def prefilled(words: Sequence[str], vocabulary: Vocabulary) -> FormContent:
    """The form that begins with these groups.

    Each of `words` is a file with a description, or a group: kinds of people with commas between
    them, with or without a name and = before them, as in women=identified-victims,female.

    Raises InputError for unknown kinds, for two groups of one name and for more than one file.
    """
    form = EMPTY
    files = [word for word in words if word == "-" or word.lower().endswith(ENDINGS)]
    if len(files) > 1:
        raise InputError(
            "--for", "only one file can be given", "Name one; you can add groups in words."
        )
    for file in files:
        form = content_of(with_form_names(read_one(Path(file), vocabulary))[0], vocabulary)
    groups = dict(form.groups) if files else {}
    for word in words:
        if word not in files:
            name, facts = _group(word, vocabulary)
            if name in groups:
                raise InputError(
                    "--for",
                    f"there are two groups named “{name}”",
                    "Name them, as in NAME=KIND,KIND.",
                )
            groups[name] = facts
    return replace(form, groups=groups or EMPTY.groups)


def _group(words: str, vocabulary: Vocabulary) -> tuple[str, dict[str, Words]]:
    named, _, kinds = words.rpartition("=")
    facts: dict[str, Words] = {}
    concepts = []
    for word in filter(None, re.split(r"[,;]", kinds)):
        dimension, concept = _kind(word, vocabulary)
        concepts.append(concept)
        facts[dimension] = (*facts.get(dimension, ()), concept.answer or concept.key)
    name = named.strip() or "-".join(concept.key for concept in concepts)
    if not concepts or not is_short_name(name):
        raise InputError(
            "--for",
            f"“{words}” does not describe a group",
            "Write kinds of people, as in women=identified-victims,female,adults.",
        )
    return name, {
        key: ("some",) if set(stated) == {"yes", "no"} else stated for key, stated in facts.items()
    }


def _kind(word: str, vocabulary: Vocabulary) -> tuple[str, Concept]:
    known = []
    for key, dimension in vocabulary.dimensions.items():
        scheme = dimension.scheme
        if not dimension.of_programme:
            concept = vocabulary.in_scheme(scheme, word)
            if concept:
                return key, concept
            known += [concept.key for concept in vocabulary.by_scheme.get(scheme, ())]
    raise InputError(
        "--for",
        f"“{word}” is not a kind of people",
        f"Use some of: {', '.join(known)}.{did_you_mean(word, known)}",
    )
