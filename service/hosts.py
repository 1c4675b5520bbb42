"""Who is answered at all: requests that name this server, from this machine unless people sign in."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from service.settings import HOSTS, READ_ONLY, SIGN_IN, Settings

HEALTH = frozenset({"/healthz", "/readyz"})
"""Asked by whoever watches the server, by its number and not its name; they say nothing of what is kept."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSED = 1008
"""The code of a WebSocket that is closed because of a policy (RFC 6455, 7.4.1)."""


def is_loopback(host: str | None) -> bool:
    """Tell whether a name or an address means this machine.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "192.0.2.7", "localhost.example.org")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def refuse_binding(address: str | None, settings: Settings) -> str:
    """Return why the server may not listen at an address, "" where it may.

    >>> refuse_binding("127.0.0.1", Settings())
    ''
    """
    if settings.sign_in or is_loopback(address):
        return ""
    return (
        f"{address or 'every address'}: without sign-in the server answers to its own machine only. Listen at "
        f"127.0.0.1, or name in {SIGN_IN} the file that says how people sign in (README.md, Serve it to others)."
    )


def refuse_request(scope: Scope, settings: Settings) -> str:
    """Return why a request is not answered, in a sentence for who runs the server; "" where it is.

    A request from elsewhere, a name that is not ours (DNS rebinding: a stranger's page whose name was made to point
    here) and a change asked for by a page of another server are refused.
    """
    server, client = (scope.get(end) or ("", None) for end in ("server", "client"))
    local = is_loopback(server[0]) and (settings.read_only or is_loopback(client[0]))
    if not settings.sign_in and not local:
        return f"This server answers to its own machine only. To serve others, set {SIGN_IN} (see README.md)."
    if scope["path"] in HEALTH:
        return ""
    hosts = Headers(scope=scope).getlist("host")
    host = _name_host(hosts[0]) if len(hosts) == 1 else ""
    if not is_loopback(host) and host not in settings.hosts:
        return f"This server is not called {host or 'that'}. Names other than localhost stand in {HOSTS}, for a server \
where people sign in ({SIGN_IN}) or nothing can be written ({READ_ONLY}=1)."
    return _refuse_origin(scope, hosts[0])


def _refuse_origin(scope: Scope, host: str) -> str:
    origin = Headers(scope=scope).get("origin")
    changes = scope["type"] == "websocket" or scope.get("method") not in _SAFE
    if origin and changes and urlsplit(origin).netloc != host:
        return "A page of another server may not use this one."
    return ""


def _name_host(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


class HostGuard:
    """Middleware that turns away what ``refuse_request`` refuses."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take the settings that say who is answered."""
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the reason, or pass the request on."""
        reason = refuse_request(scope, self.settings) if scope["type"] in {"http", "websocket"} else ""
        if not reason:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(f"{reason}\n", status_code=403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": _REFUSED, "reason": reason})
