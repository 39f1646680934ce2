"""Writes a filled form as YAML, without comments. (template.py writes the form with comments.)"""

from __future__ import annotations

import json

from ..content import FormContent, Slots, Words


def to_yaml(form: FormContent) -> str:
    """A filled form as YAML; `read_form` gives the same description again."""
    lines = [
        f"{key}: {json.dumps(words[0], ensure_ascii=False) if key == 'title' else value(words)}"
        for key, words in form.head.items()
    ]
    if form.defaults:
        lines.append(f"answered: {inline(form.defaults)}")
    if form.groups:
        lines.append("groups:")
        for name, facts in form.groups.items():
            lines.append(f"  {_word(name)}: {inline(facts) if facts else ''}".rstrip())
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
    return "{" + ", ".join(f"{key}: {value(words)}" for key, words in pairs.items()) + "}"


def value(words: Words) -> str:
    """One word, a list of words, or nothing if no word is given."""
    if not words:
        return ""
    return _word(words[0]) if len(words) == 1 else f"[{', '.join(map(_word, words))}]"


def _word(word: str) -> str:
    """A word as YAML; `null` needs quotes, because the reader takes it for a blank without them."""
    return f'"{word}"' if word == "null" else word
