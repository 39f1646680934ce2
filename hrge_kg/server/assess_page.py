"""The page on which a description is handed in; what comes back is the report, or what to correct.

The description goes to a process of its own and is forgotten with the answer: nothing is written to
the disk, and nothing is logged.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncGenerator

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from ..assessment.assessor import Assessor
from ..form.readers import ENDINGS
from ..markup.html_writer import STYLE
from ..parsing.files import LARGEST, HeldFile
from . import media
from .answering import Answer
from .assessing import WRITERS, HandedIn
from .page_source import PageSource
from .pages_of_ours import page
from .refusals import Refusal
from .requests import media_type, read_body
from .settings import Settings
from .waiting_line import WaitingLine

AssessmentLine = WaitingLine[Assessor, HandedIn, Answer]

_PASTED = ("yaml", "csv", "ttl", "jsonld")
# The report has its style in itself, and no other may stand in it.
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
REPORT_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


class _InMemory(MultiPartParser):
    """Keeps a file in memory, whatever its size; the body was measured before."""

    spool_max_size = 2 * LARGEST


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
        if media_type(request) != "multipart/form-data":
            raise Refusal(415, "Send the description as a form (multipart/form-data).")
        body = await read_body(request, self._settings.upload_body)
        file, text, ending = await _fields(request.headers, body)
        if file is not None and file.name:
            return file
        if text.strip():
            return HeldFile(f"pasted.{ending if ending in _PASTED else _PASTED[0]}", text.encode())
        raise Refusal(400, "Nothing was handed in. Choose a file, or paste a description.")


async def _fields(headers: Headers, body: bytes) -> tuple[HeldFile | None, str, str]:
    """The file, the text and its format, of a form."""
    parser = _InMemory(headers, _once(body), max_files=1, max_fields=4, max_part_size=LARGEST)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refusal(400, f"The form cannot be read: {error.message}.") from error
    found = form.get("file")
    file = None
    if isinstance(found, UploadFile):
        file = HeldFile((found.filename or "")[:200], await found.read())
    text, ending = form.get("text"), form.get("format")
    return (
        file,
        text if isinstance(text, str) else "",
        ending if isinstance(ending, str) else "",
    )


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
