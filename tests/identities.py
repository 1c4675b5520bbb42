"""An identity provider of our own for the tests: OpenID Connect on a free port of this machine, with keys made now."""

import base64
import hashlib
import html
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "who-counts", "between-us"
PEOPLE = {
    "ana": {"email": "ana@example.org", "email_verified": True},
    "ben": {"email": "ben@example.org", "email_verified": True},
    "cleo": {"email": "cleo@example.org", "email_verified": True},
    "dan": {"email": "ben@example.org", "email_verified": False},
}
"""Who has an account; the last one says that he is Ben, which nobody has verified."""


@dataclass
class Provider:
    """A provider: its address, its key, and the codes that it gave out, each to be used once."""

    address: str
    redirect: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    issued: int = 0

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    def show_people(self, asked: dict[str, str]) -> str:
        """A page on which somebody chooses who they are; wrong requests are told so."""
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != self.redirect:
            return "<p>No such client.</p>"
        links = [f'<a href="/choose?{html.escape(urlencode({**asked, "who": who}))}">{who}</a>' for who in PEOPLE]
        return f"<h1>Who are you?</h1>{' '.join(links)}"

    def choose(self, asked: dict[str, str]) -> str:
        """The address that leads back, with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{self.redirect}?{urlencode({'code': code, 'state': asked['state']})}"

    def give_token(self, asked: dict[str, str], client: tuple[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, None where the code, the client or the proof (RFC 7636) is wrong."""
        given = self.codes.pop(asked.get("code", ""), None)
        if given is None or client != (CLIENT, SECRET) or asked.get("redirect_uri") != self.redirect:
            return None
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != given.get("code_challenge"):
            return None
        self.issued += 1
        return {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 3600,
                "id_token": self.sign(given["who"], given.get("nonce", ""))}  # fmt: skip

    def sign(self, who: str, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "sub": who, "aud": CLIENT, "iat": now, "exp": now + 3600, "nonce": nonce}
        return jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **PEOPLE[who]}, self.key)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:  # the name that the library calls
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._send(json.dumps(self.provider.describe()), "application/json")
        elif parts.path == "/keys":
            self._send(json.dumps({"keys": [self.provider.key.as_dict(private=False)]}), "application/json")
        elif parts.path == "/authorize":
            self._send(self.provider.show_people(asked), "text/html")
        elif parts.path == "/choose":
            self._send("", "text/html", status=302, location=self.provider.choose(asked))
        else:
            self._send("", "text/html", status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        client = (asked.get("client_id", ""), asked.get("client_secret", ""))
        basic = self.headers.get("Authorization", "")
        if basic.startswith("Basic "):
            name, _, secret = base64.b64decode(basic.removeprefix("Basic ")).decode().partition(":")
            client = (unquote(name), unquote(secret))
        token = self.provider.give_token(asked, client) if self.path == "/token" else None
        error = {"error": "invalid_grant"}
        self._send(json.dumps(token or error), "application/json", status=200 if token else 400)

    def _send(self, content: str, media: str, *, status: int = 200, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def run_provider(redirect: str) -> Iterator[Provider]:
    """Give a running provider that leads back to an address; it is gone afterwards."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_address[1]}", redirect)
        handler.provider = provider  # type: ignore[attr-defined]  # a class of this provider's own
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
