"""The page that each address of the dashboard starts from: Streamlit's own, with our style and the server's address.

Without the address the browser first asks below the page's own ("/timeline/_stcore/health"), is refused, says so in its
console, and asks again above it.
"""

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MARK = "window.prerenderReady = false"
"""What Streamlit's only script in the page says; ours goes behind it."""

_ROOT = '<div id="root">'
"""What Streamlit draws in. A style before it holds drawing back, and counts after Streamlit's in the head."""


def write_start(index: Path, style: str, scripts: Sequence[str], base: str = "") -> str:
    """Return Streamlit's page with links to our style and scripts and, in its own script, the server's address.

    All addresses are below ``base``. Our scripts run behind Streamlit's, while that waits for the server. A page of
    another version, without its own script, works too, and asks twice.
    """
    page = index.read_text(encoding="utf-8")
    path = f"/{base.strip('/')}".rstrip("/")
    told = f'{_MARK}; window.__streamlit = {{ BACKEND_BASE_URL: window.location.origin + "{path}" }}'
    run = "".join(f'<script defer src="{path}{script}"></script>' for script in scripts)
    linked = f'<link rel="stylesheet" href="{path}{style}">{run}{_ROOT}'
    return page.replace(_MARK, told, 1).replace(_ROOT, linked, 1)


class Start:
    """Middleware that gives our page wherever Streamlit gives its own."""

    def __init__(self, app: ASGIApp, index: Path, page: str) -> None:
        """Take Streamlit's file, and the page to give instead."""
        self.app = app
        self.theirs = index.read_bytes()
        self.ours = page.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold an answer in HTML back until it is whole, and exchange it if it is theirs."""
        asks = scope["type"] == "http" and scope["method"] == "GET"
        if not asks or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        # What is compressed already cannot be told from other pages.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        held: list[Message] = []

        async def send_ours(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body", False):
                    for one in self._exchange(held):
                        await send(one)

        await self.app({**scope, "headers": plain}, receive, send_ours)

    def _exchange(self, held: list[Message]) -> list[Message]:
        start, *parts = held
        if b"".join(part.get("body", b"") for part in parts) != self.theirs:
            return held
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(self.ours))
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]  # they are those of their file
        return [start, {"type": "http.response.body", "body": self.ours}]


def _is_page(start: Message) -> bool:
    kind = MutableHeaders(scope=start).get("content-type", "")
    return bool(start["status"] == 200 and kind.startswith("text/html"))  # noqa: PLR2004  # found
