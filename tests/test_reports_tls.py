"""The connection goes to the IP address that was checked, and the certificate must be of the name that was asked."""

import socket
import ssl
from typing import Any

import pytest
import trustme

from reports.addresses import Caps, Fetcher
from reports.errors import AnswerError
from reports.guards import Guard
from tests.server.misbehaving import serve

NAME = "reports.example"
CAPS = Caps(wait=5.0, seconds=10.0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were looked up; each leads to this machine the first time, and nowhere after that."""
    asked: list[str] = []
    here = socket.getaddrinfo

    def resolve(host: str, port: int, *given: Any, **more: Any) -> Any:
        asked.append(host)
        if host == NAME:
            return here("127.0.0.1", port, *given, **more)
        return here(host, port, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def certify(authority: trustme.CA, *names: str) -> tuple[ssl.SSLContext, list[str | None]]:
    """The context of a server with a certificate for these names, and the names that clients ask it for."""
    context, asked = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[str | None]()
    authority.issue_cert(*names).configure_cert(context)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    return context, asked


def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def fetch(port: int, believed: ssl.SSLContext | None) -> str:
    with Fetcher(Guard(frozenset({("127.0.0.1", port)})), CAPS, believed) as fetcher:
        answer = fetcher.fetch(f"https://{NAME}:{port}/page")
        assert answer.file
        return answer.file.read_text(encoding="utf-8")


def test_tls_certificate_of_the_name_is_taken_at_the_pinned_address(authority: trustme.CA, resolved: list[str]) -> None:
    context, asked = certify(authority, NAME)
    server: Any
    with serve(context) as server:
        port = server.server_port
        assert "Four passengers" in fetch(port, trust(authority))
        assert {headers["Host"] for _, headers in server.asked} == {f"{NAME}:{port}"}
    assert set(asked) == {NAME}
    # The name is looked up by the guard alone, once for each request; the connection is made to the number.
    assert resolved.count(NAME) == len(resolved) - resolved.count("127.0.0.1")
    assert "127.0.0.1" in resolved


@pytest.mark.parametrize("names", [("other.example",), ("127.0.0.1",), ("example",)])
def test_tls_certificate_of_another_name_is_refused(authority: trustme.CA, names: tuple[str, ...]) -> None:
    context, _ = certify(authority, *names)
    server: Any
    with serve(context) as server:
        with pytest.raises(AnswerError, match=r"(?i)hostname mismatch|not valid for"):
            fetch(server.server_port, trust(authority))
        assert server.asked == []


def test_tls_certificate_of_an_unknown_authority_is_refused(authority: trustme.CA) -> None:
    context, _ = certify(authority, NAME)
    server: Any
    with serve(context) as server:
        with pytest.raises(AnswerError, match="certificate verify failed"):
            fetch(server.server_port, None)
        assert server.asked == []
