"""The interview in the browser: one question a screen, and the report in short beside it.

The form so far travels with each request, and is forgotten with the answer: nothing is written to
the disk, nothing is logged, and nothing is kept between two requests.
"""

from __future__ import annotations

import contextlib
import re

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ..errors import InputError
from ..form.readers import ENDINGS
from ..form.vocabulary import vocabulary_of
from ..interview.first_screen import first_screen
from ..interview.screens import Check, People, Place, Question, Screen, Start, Turn
from ..languages.catalogue import find_language, languages
from ..languages.language import ENGLISH, Language
from ..parsing.files import LARGEST, HeldFile, is_short_name
from ..report.phrases import counted
from . import media
from .answering import Answer
from .assess_page import REPORT_POLICY
from .assessing import FILES, AssessmentLine, HandedIn, Kept, Task
from .form_posts import Posted, read_form
from .page_source import PageSource
from .pages_of_ours import page
from .refusals import Refusal
from .settings import Settings

MOST_FIELDS = 500
"""Fields of a screen: the longest list has some forty ticks."""
_TITLE = "Describe a programme"
_NEVER_KEPT = {"Cache-Control": "no-store"}
_SCREENS = {Start: "start", People: "people", Question: "question", Check: "check"}


class DescribePage:
    """Answers at /describe and below."""

    def __init__(
        self, line: AssessmentLine, graph: ox.Store, pages: PageSource, settings: Settings
    ) -> None:
        self._line = line
        self._graph = graph
        self._pages = pages
        self._settings = settings

    async def show(self, request: Request) -> Response:
        """The first screen."""
        tag = request.query_params.get("language", "en")
        try:
            language = await run_in_threadpool(_language, tag)
        except Refusal as refusal:
            return self._page(await run_in_threadpool(self._first), refusal=refusal)
        return self._page(await run_in_threadpool(self._first), language)

    async def take_turn(self, request: Request) -> Response:
        """The screen after what somebody did."""
        posted = None
        try:
            posted = await self._posted(request)
            language = await run_in_threadpool(_language, _tag(posted))
            screen = await self._screen(request, _turn(posted))
        except Refusal as refusal:
            return await self._refused(request, refusal, posted)
        return self._page(screen, language)

    async def report(self, request: Request) -> Response:
        """The whole report on the form so far."""
        posted = None
        try:
            posted = await self._posted(request)
            await run_in_threadpool(_language, _tag(posted))
            task = HandedIn(_form(posted), media.HTML, _tag(posted))
            answer = await self._answer(request, task)
        except Refusal as refusal:
            return await self._refused(request, refusal, posted)
        headers = {"Content-Security-Policy": REPORT_POLICY, **_NEVER_KEPT}
        return Response(answer.body, media_type=media.with_charset(media.HTML), headers=headers)

    async def file(self, request: Request) -> Response:
        """The form so far as a file to keep."""
        posted = None
        try:
            posted = await self._posted(request)
            ending = posted.one("_ending")
            if ending not in FILES:
                raise Refusal(400, f"A form is kept as {', '.join(FILES)}.")
            answer = await self._answer(request, Kept(_form(posted), ending))
        except Refusal as refusal:
            return await self._refused(request, refusal, posted)
        found = re.search("^programme: *([a-z0-9-]+)", posted.one("_form"), re.MULTILINE)
        name = found[1] if found and is_short_name(found[1]) else "my-programme"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.{ending}"',
            **_NEVER_KEPT,
        }
        return Response(answer.body, media_type=answer.media, headers=headers)

    async def _posted(self, request: Request) -> Posted:
        return await read_form(request, self._settings.upload_body, MOST_FIELDS, "what you did")

    async def _screen(self, request: Request, turn: Turn) -> Screen:
        name = turn.form.name if turn.form else _TITLE
        screen = await self._line.answer(request, turn, name)
        assert isinstance(screen, Screen)
        return screen

    async def _refused(self, request: Request, refusal: Refusal, posted: Posted | None) -> Response:
        """The reason, above all answers; above the first screen where they cannot be read."""
        if refusal.status >= 499:
            raise refusal
        language = ENGLISH
        if posted:
            with contextlib.suppress(Refusal):
                language = await run_in_threadpool(_language, _tag(posted))
        if posted and posted.one("_form"):
            turn = Turn(("check",), _form(posted), _trail(posted.one("_trail")))
            with contextlib.suppress(Refusal):
                return self._page(await self._screen(request, turn), language, refusal)
        return self._page(await run_in_threadpool(self._first), language, refusal)

    def _first(self) -> Screen:
        """It waits for no process."""
        return first_screen(vocabulary_of(self._graph))

    async def _answer(self, request: Request, task: Task) -> Answer:
        answer = await self._line.answer(request, task, _TITLE)
        assert isinstance(answer, Answer)
        return answer

    def _page(
        self, screen: Screen, language: Language = ENGLISH, refusal: Refusal | None = None
    ) -> Response:
        response = page(
            self._pages,
            "describe",
            _title(screen),
            refusal.status if refusal else 200,
            language=language,
            names=screen.names,
            languages=languages(),
            screen=screen,
            kind=_SCREENS[type(screen.shown)],
            refusal=str(refusal) if refusal else "",
            trail="\n".join("=".join(place) for place in screen.trail),
            endings=ENDINGS,
            largest=LARGEST // 1_000_000,
            in_words=counted,
        )
        response.headers.update({**(refusal.headers if refusal else {}), **_NEVER_KEPT})
        return response


def _language(tag: str) -> Language:
    """The language with a tag. Raises Refusal where there is none."""
    try:
        return find_language(tag)
    except InputError as error:
        raise Refusal(400, str(error)) from error


def _tag(posted: Posted) -> str:
    return posted.one("_language") or "en"


def _title(screen: Screen) -> str:
    shown = screen.shown
    told = {Start: _TITLE, People: "Who is served", Check: "Check your answers"}
    title = shown.asked.text if isinstance(shown, Question) else told[type(shown)]
    return f"Mend: {title}" if screen.problem else title


def _turn(posted: Posted) -> Turn:
    """What was done on a screen; whatever of it is not as screens write it is left out."""
    form = posted.file or (_form(posted) if posted.one("_form") else None)
    number, step = posted.one("_number"), posted.one("_step")
    return Turn(
        tuple(posted.one("_act").split()),
        form,
        _trail(posted.one("_trail")),
        int(step) if re.fullmatch("[0-9]{1,4}", step) else None,
        (posted.one("_key"), posted.one("_whom")),
        int(number) if re.fullmatch("[0-9]{1,4}", number) else None,
        bool(posted.one("_reviewing")),
        {name: values for name, values in posted.fields.items() if not name.startswith("_")},
    )


def _trail(text: str) -> tuple[Place, ...]:
    pairs = (line.partition("=") for line in text.splitlines())
    return tuple((key, whom) for key, _, whom in pairs)


def _form(posted: Posted) -> HeldFile:
    return HeldFile("your-answers.yaml", posted.one("_form").encode())
