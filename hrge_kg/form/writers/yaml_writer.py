"""A filled form as YAML, without comments. (The commented one: hrge_kg/template.py.)"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..content import FormContent, Words
from ..vocabulary import Vocabulary


def to_yaml(filled: FormContent, vocabulary: Vocabulary) -> str:
    """A filled form as YAML; `read_form` gives the same description again."""
    lines = [
        f"{key}: {json.dumps(words[0], ensure_ascii=False) if key == 'title' else value(words)}"
        for key, words in filled.head.items()
    ]
    if filled.defaults:
        lines.append(f"answered: {inline(filled.defaults)}")
    if filled.groups:
        lines += [
            "groups:",
            *(
                f"  {_word(name)}: {inline(facts) if facts else ''}".rstrip()
                for name, facts in filled.groups.items()
            ),
        ]
    given: dict[str, list[Mapping[str, Words]]] = {}
    for question, slots in filled.answers:
        given.setdefault(question, []).append(slots)
    if given:
        lines.append("answers:")
    for question, rows in given.items():
        if len(rows) == 1:
            lines.append(f"  {question}: {answer(rows[0])}")
        else:
            lines += [f"  {question}:", *(f"    - {answer(row)}" for row in rows)]
    return "\n".join(lines) + "\n"


def answer(slots: Mapping[str, Words]) -> str:
    """The slots of one answer, short where there is only the answer itself."""
    return value(slots["holds"]) if set(slots) == {"holds"} else inline(slots)


def inline(pairs: Mapping[str, Words]) -> str:
    """A mapping on one line."""
    return "{" + ", ".join(f"{key}: {value(words)}" for key, words in pairs.items()) + "}"


def value(words: Words) -> str:
    """One word, a list of them, or nothing where it is left blank."""
    if not words:
        return ""
    return _word(words[0]) if len(words) == 1 else f"[{', '.join(map(_word, words))}]"


def _word(word: str) -> str:
    return f'"{word}"' if word == "null" else word
