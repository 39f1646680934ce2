"""Reads a form that is posted, with its file, in memory: nothing of it touches the disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ..parsing.files import LARGEST, HeldFile
from .refusals import Refusal
from .requests import media_type, read_body

_LONGEST_NAME = 200


class _InMemory(MultiPartParser):
    """Keeps a file in memory, whatever its size; the body was measured before."""

    spool_max_size = 2 * LARGEST


@dataclass(frozen=True)
class Posted:
    """The fields of a form, each with its values in order, and the file if one was chosen."""

    fields: dict[str, tuple[str, ...]]
    file: HeldFile | None = None

    def one(self, name: str) -> str:
        """The first value of a field; empty where it has none."""
        return next(iter(self.fields.get(name, ())), "")


async def read_form(request: Request, most: int, fields: int, what: str) -> Posted:
    """The form that a request posts; `most` are its bytes, `fields` how many it may have.

    Raises Refusal where it is no such form, or too large. `what` is what should be sent.
    """
    if media_type(request) != "multipart/form-data":
        raise Refusal(415, f"Send {what} as a form (multipart/form-data).")
    body = await read_body(request, most)
    parser = _InMemory(
        request.headers, _once(body), max_files=1, max_fields=fields, max_part_size=LARGEST
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refusal(400, f"The form cannot be read: {error.message}.") from error
    found: dict[str, tuple[str, ...]] = {}
    file = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                file = HeldFile(value.filename[:_LONGEST_NAME], await value.read())
        else:
            found[name] = (*found.get(name, ()), value)
    return Posted(found, file)


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
