"""The page on which a description is handed in; what comes back is the report, or what to correct.

The description goes to a process of its own and is forgotten with the answer: nothing is written to
the disk, and nothing is logged.
"""

from __future__ import annotations

import base64
import hashlib

from starlette.requests import Request
from starlette.responses import Response

from ..form.readers import ENDINGS
from ..markup.html_writer import STYLE
from ..parsing.files import LARGEST, HeldFile
from . import media
from .answering import Answer
from .assessing import WRITERS, AssessmentLine, HandedIn
from .form_posts import read_form
from .page_source import PageSource
from .pages_of_ours import page
from .refusals import Refusal
from .settings import Settings

_PASTED = ("yaml", "csv", "ttl", "jsonld")
# The report has its style in itself, and no other may stand in it.
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
REPORT_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


class AssessPage:
    """Answers at /assess."""

    def __init__(self, line: AssessmentLine, pages: PageSource, settings: Settings) -> None:
        self._line = line
        self._pages = pages
        self._settings = settings

    async def show(self, request: Request) -> Response:
        """The empty page."""
        return self._page(request)

    async def answer(self, request: Request) -> Response:
        """The report on the description that was posted.

        Raises Refusal; who likes HTML best gets the reason on the page.
        """
        chosen = media.best(request.headers.get("accept"), WRITERS)
        if chosen is None:
            reason = f"A report is written in {', '.join(WRITERS)}."
            raise Refusal(406, reason, {"Vary": "Accept"})
        try:
            upload = await self._upload(request)
            where = upload.name
            report = await self._line.answer(request, HandedIn(upload, chosen), where)
            assert isinstance(report, Answer)
        except Refusal as refusal:
            if chosen != media.HTML:
                raise
            return self._page(request, refusal)
        kind = media.with_charset(chosen)
        headers = {"Content-Type": kind, "Vary": "Accept", "Cache-Control": "no-store"}
        if chosen == media.HTML:
            headers["Content-Security-Policy"] = REPORT_POLICY
        return Response(report.body, headers=headers)

    def _page(self, request: Request, refusal: Refusal | None = None) -> Response:
        response = page(
            self._pages,
            "assess",
            "Assess a description",
            refusal.status if refusal else 200,
            reason=str(refusal) if refusal else None,
            endpoint=f"{request.base_url}assess",
            endings=ENDINGS,
            pasted=_PASTED,
            largest=LARGEST // 1_000_000,
        )
        if refusal:
            response.headers.update(refusal.headers)
        return response

    async def _upload(self, request: Request) -> HeldFile:
        posted = await read_form(request, self._settings.upload_body, 4, "the description")
        if posted.file is not None:
            return posted.file
        text, ending = posted.one("text"), posted.one("format")
        if text.strip():
            return HeldFile(f"pasted.{ending if ending in _PASTED else _PASTED[0]}", text.encode())
        raise Refusal(400, "Nothing was handed in. Choose a file, or paste a description.")
