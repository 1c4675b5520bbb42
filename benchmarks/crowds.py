"""Ten people who click at once and have a machine each: what their browsers say is said again, and nobody draws.

A browser clicks once for each source, and what goes over its socket is kept. Then ten sockets say the same to the
server in one moment. What is measured is the server under ten sessions, without the ten browsers on its processors.
"""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from service.bursts import LARGE

_QUIET = 1.5
"""Seconds without a word after which a page is taken to be at rest."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser said: the socket's address, what opened the page, and what a click said."""

    address: str
    opening: Sequence[bytes]
    clicked: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """Milliseconds from a click's message to the first chart and to the last word of what came back, and its bytes."""

    chart: float
    last: float
    size: int


class Listener:
    """Keeps what a page says over its socket."""

    def __init__(self, page: Page) -> None:
        """Listen to the sockets that a page is about to open."""
        self.address = ""
        self.said: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.address = socket.url
        socket.on("framesent", lambda said: self.said.append(said if isinstance(said, bytes) else said.encode()))

    def keep(self, opened: int) -> Visit:
        """Return what was said: the first ``opened`` messages opened the page."""
        return Visit(self.address, self.said[:opened], self.said[opened:])


def ask_at_once(visits: Sequence[Visit], rounds: int) -> list[Answer]:
    """Return the answers to all visits, which open their pages and then click in one moment, so many times."""
    with ThreadPoolExecutor(1) as own:  # a browser that is open has a loop in this thread
        return [answer for _ in range(rounds) for answer in own.submit(asyncio.run, _ask_all(visits)).result()]


async def _ask_all(visits: Sequence[Visit]) -> list[Answer]:
    opened = asyncio.Barrier(len(visits))
    return await asyncio.gather(*(_ask(visit, opened) for visit in visits))


async def _ask(visit: Visit, opened: asyncio.Barrier) -> Answer:
    origin = Origin(f"http://{urlsplit(visit.address).netloc}")
    async with connect(visit.address, origin=origin, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        await _say(socket, visit.opening)
        async with opened:
            begun = time.perf_counter()
            heard = await _say(socket, visit.clicked)
    chart = next(at for at, size in heard if size >= LARGE)
    return Answer((chart - begun) * 1000, (heard[-1][0] - begun) * 1000, sum(size for _, size in heard))


async def _say(socket: ClientConnection, messages: Sequence[bytes]) -> list[tuple[float, int]]:
    """Say something; return when each message came back and its bytes, until a chart came and the page is at rest."""
    for message in messages:
        await socket.send(message)
    heard: list[tuple[float, int]] = []
    drawn = False
    with suppress(TimeoutError):
        while True:
            word = await asyncio.wait_for(socket.recv(), _QUIET if drawn else None)
            heard.append((time.perf_counter(), len(word)))
            drawn = drawn or len(word) >= LARGE
    return heard
