"""The form as one HTML file, for a computer without a network: it collects answers, and saves YAML.

It assesses nothing, and says so. Questions and choices are data in the file; the script is ours,
and the file allows no other. Nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from ..assessment.wording import capital
from ..form.content import DEFAULTS, EMPTY, FormContent
from ..form.vocabulary import Vocabulary
from ..languages.language import ENGLISH, Language
from ..languages.pages import translated_page
from ..parsing.dates import AS_IN_THE_FORM, month_names, spellings
from .filled import More, more_of
from .model import Ask, Choice
from .people import can_be_closed, wider_kinds
from .questions import answer_choices, choice, of_aspect, of_dimension

_FOLDER = Path(__file__).parent / "offline"
_Json = dict[str, object]


def offline_page(
    vocabulary: Vocabulary,
    form: FormContent = EMPTY,
    questions: Iterable[str] | None = None,
    language: Language = ENGLISH,
) -> str:
    """The file; it begins with what `form` has, and asks `questions` (keys; None: all).

    In another language, the script looks up what it shows among the texts of the language.
    """
    page, style, file, script = (
        (_FOLDER / name).read_text(encoding="utf-8")
        for name in ("page.html", "page.css", "file.js", "page.js")
    )
    words = {"language": language.tag, "words": dict(language.texts)}
    data = json.dumps(_data(vocabulary, form, questions) | words, ensure_ascii=False)
    filled = {
        "STYLE": style,
        "STYLE-HASH": _hash(style),
        "FILE": file,
        "FILE-HASH": _hash(file),
        "SCRIPT": script,
        "SCRIPT-HASH": _hash(script),
        # Nothing in the data can end the element that holds it.
        "DATA": data.replace("<", "\\u003c"),
    }
    page = translated_page(page, language)
    return re.sub(r"<!--([A-Z-]+)-->", lambda found: filled[found[1]], page)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(vocabulary: Vocabulary, form: FormContent, questions: Iterable[str] | None) -> _Json:
    answered = {key for key, _ in form.answers}
    wanted = set(vocabulary.aspects) if questions is None else {*questions} | answered
    topics: dict[str, list[_Json]] = {}
    for aspect in vocabulary.aspects.values():
        if aspect.key in wanted:
            asked = of_aspect(vocabulary, aspect, ())
            more = [one.slot for one in more_of(asked, vocabulary) if one.wanted]
            label = capital(vocabulary.concepts[aspect.topic].label)
            one = _asked(asked) | {"of": aspect.of_scheme, "wanted": more}
            topics.setdefault(label, []).append(one)
    schemes = sorted({one.of_scheme for one in vocabulary.aspects.values() if one.of_scheme})
    slots = more_of(Ask("", "", "", ()), vocabulary)
    return {
        "programme": _facts(vocabulary, programme=True),
        "people": _facts(vocabulary, programme=False),
        "answers": [_choice(one) for one in answer_choices(vocabulary)],
        "things": {
            scheme: [_choice(choice(concept)) for concept in vocabulary.concepts_in(scheme)]
            for scheme in schemes
        },
        "slots": [_slot(one) for one in slots],
        "defaults": list(DEFAULTS),
        "dates": [AS_IN_THE_FORM, *spellings(f"({'|'.join(month_names())})").values()],
        "topics": [{"label": label, "asked": asked} for label, asked in topics.items()],
        "begin": {
            "head": {key: list(words) for key, words in form.head.items() if form is not EMPTY},
            "defaults": {key: list(words) for key, words in form.defaults.items()},
            "groups": [
                [name, {key: list(words) for key, words in facts.items()}]
                for name, facts in form.groups.items()
                if form is not EMPTY
            ],
            "answers": [
                [key, {name: list(words) for name, words in slots.items()}]
                for key, slots in form.answers
            ],
        },
    }


def _facts(vocabulary: Vocabulary, *, programme: bool) -> list[_Json]:
    found = []
    for dimension in vocabulary.dimensions_of(programme=programme).values():
        if dimension.asked_as is None:
            asked = _asked(of_dimension(vocabulary, dimension, "" if programme else "group"))
            if can_be_closed(vocabulary, dimension.key):
                asked["wider"] = wider_kinds(vocabulary, dimension)
            found.append(asked)
    return found


def _asked(asked: Ask) -> _Json:
    return {
        "key": asked.key,
        "text": asked.text,
        "hint": asked.hint,
        "why": asked.why,
        "quotes": list(asked.quotes),
        "several": asked.several,
        "choices": [_choice(one) for one in asked.choices],
    }


def _slot(one: More) -> _Json:
    return {
        "name": one.slot,
        "label": one.label,
        "choices": [[each.word, each.label] for each in one.choices],
    }


def _choice(one: Choice) -> list[str]:
    return [one.word, capital(one.label), one.meaning]
