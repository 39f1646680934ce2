"""Connections with limits of time: who sends or reads too slowly is cut off.

uvicorn limits how long a connection may be idle, and nothing else.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from .settings import Settings

_BYTES_A_SECOND = 1_000_000


class Unread:
    """What clients have not yet taken of their answers, over all connections."""

    def __init__(self) -> None:
        self.connections: set[asyncio.Transport] = set()

    def size(self) -> int:
        """Its bytes."""
        return sum(each.get_write_buffer_size() for each in self.connections)


def limited_protocol(settings: Settings, unread: Unread) -> type[H11Protocol]:
    """The protocol of uvicorn, with the limits of these settings."""

    class LimitedProtocol(H11Protocol):
        """Ends a connection whose request does not come in time, or whose answer is not read."""

        receiving: asyncio.TimerHandle | None = None
        sending: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            super().connection_made(transport)
            # Paused as long as anything is unread, so that it is seen.
            transport.set_write_buffer_limits(high=0)
            unread.connections.add(transport)
            self._expect()

        def connection_lost(self, exc: Exception | None) -> None:
            unread.connections.discard(self.transport)
            self._stop_expecting()
            self.resume_writing()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            self._expect()
            super().data_received(data)
            if not getattr(self.cycle, "more_body", True):  # no request yet: more comes
                self._stop_expecting()

        def pause_writing(self) -> None:
            super().pause_writing()
            if self.sending is None:
                waiting = self.transport.get_write_buffer_size() / _BYTES_A_SECOND
                seconds = settings.seconds_to_send + waiting
                self.sending = self.loop.call_later(seconds, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self.sending is not None:
                self.sending.cancel()
                self.sending = None

        def _expect(self) -> None:
            if self.receiving is None:
                seconds = settings.seconds_to_receive
                self.receiving = self.loop.call_later(seconds, self.transport.abort)

        def _stop_expecting(self) -> None:
            if self.receiving is not None:
                self.receiving.cancel()
                self.receiving = None

    return LimitedProtocol
