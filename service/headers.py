"""The headers that tell a browser what pages of this server may do: little more than Streamlit needs."""

import base64
import hashlib
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script>(?P<code>.*?)</script>", re.DOTALL)
_YEAR = 31_536_000

PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join(
        [f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi")]
        + [f"{name}=(self)" for name in ("clipboard-write", "fullscreen")]
    ),
}

DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For answers that are no page."""


def write_policy(page: str) -> str:
    """Return the Content-Security-Policy for the page that every address of the dashboard starts from.

    Scripts come from this server only, without ``eval``. The one that stands in the page is known by its hash.
    ``blob:`` is how Streamlit loads the script of a component that is given as text (our buttons below a chart).
    Styles may stand in the page: Streamlit's and Plotly's are made while they run, each with other words, so that no
    hash fits and the server never sees them to give them a nonce. Images are also ``data:`` and ``blob:``, which is
    how a chart becomes a picture in the browser, and tables save themselves.
    """
    codes = [m["code"] for m in _INLINE.finditer(page)]
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "blob:", *map(hash_source, codes)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def hash_source(code: str) -> str:
    """Return how a policy names a script or a style that stands in the page.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


class SecurityHeaders:
    """Middleware that puts the headers on every answer; one that brings a header of its own keeps it."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        """Take the policy for answers that bring none."""
        self.app = app
        self.headers: Mapping[str, str] = {"Content-Security-Policy": policy, **PLAIN}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and put the headers on what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
                    message["headers"] = [_keep_secure(name, value) for name, value in headers.raw]
            await send(message)

        await self.app(scope, receive, send_guarded)


def _keep_secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; a cookie given over HTTPS never travels without it (Streamlit leaves that out)."""
    if name.lower() == b"set-cookie" and b"secure" not in value.lower().split(b"; "):
        return name, value + b"; Secure"
    return name, value
