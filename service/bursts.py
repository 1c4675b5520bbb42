"""What a page tells its browser, sent in bursts: the browser then draws once where it drew after each message."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SOON, LATEST = 0.01, 0.06
"""Seconds that a message waits for more, when the page has come to rest and while it runs.

Streamlit hands messages on in beats of five thousandths of a second. A filter runs its own part of a page, which comes
to rest, and then the parts that show something else.
"""

LARGE = 16_000
"""So many bytes are a chart or a table, which nothing is to keep waiting: with it goes what came before."""

PAUSE = 0.05
"""Seconds for which a browser draws what is large before it hears of more."""


AT_REST = b"J\x00"
"""Streamlit's message that the page has come to rest."""


class Bursts:
    """The ASGI app with the messages of its web sockets sent in bursts, in their order."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app to send for."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only web sockets are touched."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        with _gather(send) as burst:
            await self.app(scope, receive, burst.add)


class _Burst:
    """The messages of one web socket that wait to be sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[Message] = []
        self._latest = self._free = 0.0
        self._opened = False  # until its first chart a page is made by the browser while the server still makes it
        self._timer: asyncio.TimerHandle | None = None
        self._sending: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    async def add(self, message: Message) -> None:
        """Send a message with those before it, now or soon; raise what the last sending has raised."""
        if self._sending and self._sending.done():
            self._sending.result()
        self._waiting.append(message)
        large = len(message.get("bytes") or message.get("text") or "") >= LARGE
        if self._opened and not large and message["type"] == "websocket.send":
            self._wait(at_rest=message.get("bytes") == AT_REST)
            return
        await self._flush()
        if large:
            self._opened = True
            self._free = asyncio.get_running_loop().time() + PAUSE

    def _wait(self, *, at_rest: bool) -> None:
        loop = asyncio.get_running_loop()
        if len(self._waiting) == 1:
            self._latest = max(loop.time() + LATEST, self._free)
        self.stop()
        soon = max(loop.time() + SOON, self._free)
        self._timer = loop.call_at(min(soon, self._latest) if at_rest else self._latest, self._begin)

    def _begin(self) -> None:
        self._sending = asyncio.ensure_future(self._flush())
        self._sending.add_done_callback(_keep)

    async def _flush(self) -> None:
        self.stop()
        async with self._turn:
            waiting, self._waiting = self._waiting, []
            for message in waiting:
                await self._send(message)

    def stop(self) -> None:
        """Let what waits wait on."""
        if self._timer:
            self._timer.cancel()


def _keep(sending: "asyncio.Task[None]") -> None:
    """Have what a sending raised kept for the next message, instead of logged: mostly a browser is gone."""
    if not sending.cancelled():
        sending.exception()


@contextmanager
def _gather(send: Send) -> Iterator[_Burst]:
    burst = _Burst(send)
    try:
        yield burst
    finally:
        burst.stop()
