"""Writes a filled form as YAML, without comments. (template.py writes the form with comments.)"""

from __future__ import annotations

import json
from collections.abc import Callable

from ..content import FormContent, Slots, Words

_NO_TEXT = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))


def to_yaml(form: FormContent) -> str:
    """A filled form as YAML; `read_form` gives the same description again."""
    lines = [f"{key}: {_head(key, words)}" for key, words in form.head.items()]
    if form.defaults:
        lines.append(f"answered: {inline(form.defaults)}")
    if form.groups:
        lines.append("groups:")
        for name, facts in form.groups.items():
            lines.append(f"  {_name(name)}: {inline(facts) if facts else ''}".rstrip())
    by_question = form.answers_by_question()
    if by_question:
        lines.append("answers:")
    for question, answers in by_question.items():
        if len(answers) == 1:
            lines.append(f"  {question}: {answer(answers[0])}")
        else:
            lines += [f"  {question}:", *(f"    - {answer(slots)}" for slots in answers)]
    return "\n".join(lines) + "\n"


def answer(slots: Slots) -> str:
    """One answer: only its word (`no`) if no other slot is filled, else a mapping of its slots."""
    return value(slots["holds"]) if set(slots) == {"holds"} else inline(slots)


def inline(pairs: Slots) -> str:
    """A mapping on one line."""
    shown = (
        f"{key}: {value(words, _name if key == 'for' else _word)}" for key, words in pairs.items()
    )
    return f"{{{', '.join(shown)}}}"


def value(words: Words, write: Callable[[str], str] | None = None) -> str:
    """One word, a list of words, or nothing if no word is given; `write` writes a word."""
    one = write or _word
    if not words:
        return ""
    return one(words[0]) if len(words) == 1 else f"[{', '.join(map(one, words))}]"


def _head(key: str, words: Words) -> str:
    if key == "title":
        return json.dumps(words[0], ensure_ascii=False)
    return value(words, _name if key == "programme" else _word)


def _word(word: str) -> str:
    """A word as YAML; `null` needs quotes, because the reader takes it for a blank without them."""
    return f'"{word}"' if word == "null" else word


def _name(name: str) -> str:
    """A name that an author gave, as YAML. Other programs read some names as numbers, dates, or yes
    and no, unless they have quotes. (YAML 1.1, 10.2)

    >>> _name("women"), _name("on"), _name("012")
    ('women', '"on"', '"012"')
    """
    is_text = name[:1].isalpha() and name.casefold() not in _NO_TEXT
    return name if is_text else json.dumps(name, ensure_ascii=False)
