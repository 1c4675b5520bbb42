"""Back to the view after signing in: the page that somebody came from is remembered on the way to the provider."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN, CALLBACK = "/auth/login", "/oauth2callback"
COOKIE = "who_counts_back"
_MINUTES = 10
_LONGEST = 3000
"""Characters of an address: a browser keeps cookies of 4,096 bytes."""


class Returns:
    """Middleware around Streamlit's two addresses of signing in, which lead to the first page and forget the view."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep where somebody came from in a cookie, and lead there when the provider sends them back."""
        path = scope.get("path")
        if scope["type"] != "http" or path not in {LOGIN, CALLBACK}:
            await self.app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer, asked = MutableHeaders(scope=message), Headers(scope=scope)
                if path == LOGIN:
                    _remember(answer, asked)
                elif answer.get("location") == "/":
                    _lead_back(answer, asked)
            await send(message)

        await self.app(scope, receive, send_on)


def _remember(answer: MutableHeaders, asked: Headers) -> None:
    came = urlsplit(asked.get("referer", ""))
    view = f"{came.path}?{came.query}" if came.query else came.path
    if came.netloc == asked.get("host") and len(view) <= _LONGEST:
        life = f"Max-Age={_MINUTES * 60}; Path={CALLBACK}; HttpOnly; SameSite=Lax"
        answer.append("set-cookie", f"{COOKIE}={quote(view, safe='')}; {life}")


def _lead_back(answer: MutableHeaders, asked: Headers) -> None:
    view = find_view(cookie_parser(asked.get("cookie", "")).get(COOKIE, ""))
    if view:
        answer["location"] = view
        answer.append("set-cookie", f"{COOKIE}=; Max-Age=0; Path={CALLBACK}; HttpOnly; SameSite=Lax")


def find_view(cookie: str) -> str:
    """Return the view that a cookie remembers, "" for what is no address of this server.

    >>> find_view("%2Ftimeline%3Fmetric%3Dkilled"), find_view("%2F%2Fevil.example"), find_view("https%3A%2F%2Fx.org")
    ('/timeline?metric=killed', '', '')
    """
    view = unquote(cookie)
    own = view.startswith("/") and view[1:2] not in {"/", "\\"} and view.isprintable() and view.isascii()
    return view if own else ""
