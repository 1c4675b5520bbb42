"""An address is fetched: guarded at every redirect, pinned to what was checked, with caps on what a server can do."""

import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from reports.errors import AddressError, AnswerError, ForbiddenError
from reports.formats import MEGABYTE, Format, find_format, find_media_format, guess_format
from reports.guards import Guard, Target
from reports.requests import AGENT, Opened, ask_for_news, name_failures

PUBLIC = "WHO_COUNTS_PUBLIC"
"""The variable that says that the server is public: then it fetches nothing for anybody."""
_OK, _UNCHANGED, _ERRORS, _OURS = 200, 304, 400, 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ANY_MEDIA = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip"}
)
_NOTHING = ("User-agent: *", "Disallow: /")
_RELIEFWEB = "api.reliefweb.int"


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that one address may take: bytes, seconds from one piece to the next and altogether, redirects."""

    size: int = 50 * MEGABYTE
    robots: int = MEGABYTE // 2
    wait: float = 20.0
    seconds: float = 120.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: the address at the end of the redirects, the file (None when unchanged) and its kind."""

    address: str
    file: Path | None
    kind: Format | None = None
    charset: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    """What the server wants to be asked with next time, to say that nothing is new."""


class Fetcher:
    """Fetches addresses one after the other; what it fetched is gone when it closes.

    ``trust`` says whose certificates are believed; without it those are that come with httpx (certifi's).
    """

    def __init__(self, guard: Guard | None = None, caps: Caps | None = None, trust: SSLContext | None = None) -> None:
        self.guard, self.caps = guard or Guard(), caps or Caps()
        # No proxies and no cookies from the environment: the connection goes where the guard said.
        self._client = httpx.Client(
            trust_env=False, follow_redirects=False, timeout=self.caps.wait, verify=trust or True
        )
        self._robots: dict[str, RobotFileParser] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="who-counts-")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._folder.cleanup()

    def fetch(self, address: str, marks: Mapping[str, str] | None = None) -> Answer:
        """Return what stands at an address; raises AddressError or one of its kinds, which name the address."""
        if os.environ.get(PUBLIC, "0") not in {"", "0"}:
            raise AddressError(address, "a public server fetches no addresses", "save the file, and add it from there")
        _check_reliefweb(address)
        return self._follow(address, ask_for_news(marks or {}))

    def _follow(self, address: str, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self.caps.seconds
        here = address
        for _ in range(self.caps.redirects + 1):
            target = self.guard.check(here)
            self._check_robots(here, target, deadline)
            with self._open(here, target, headers) as response:
                if response.status_code not in _REDIRECTS:
                    return self._keep(here, response, deadline)
                here = urljoin(here, response.headers.get("location", ""))
        raise AnswerError(address, f"more than {self.caps.redirects} redirects", "check the address")

    def _open(self, address: str, target: Target, headers: Mapping[str, str]) -> Opened:
        return Opened(self._client, address, target, {key: value for key, value in headers.items() if value})

    def _keep(self, address: str, response: httpx.Response, deadline: float) -> Answer:
        if response.status_code == _UNCHANGED:
            return Answer(address, None)
        if response.status_code != _OK:
            raise AnswerError(address, f"the server answered {response.status_code}", "check the address in a browser")
        media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        kind = find_media_format(media)
        if kind is None and media not in _ANY_MEDIA and find_format(urlsplit(address).path) is None:
            raise AnswerError(address, f"content of the kind {media[:60]}", "give the address of a document or a feed")
        content = self._read(address, response, self.caps.size, deadline)
        file = Path(self._folder.name) / f"{len(os.listdir(self._folder.name))}"  # noqa: PTH208
        file.write_bytes(content)
        shown = guess_format(content[:4096])
        known = shown or kind or find_format(urlsplit(address).path)
        marks = {name: response.headers[name] for name in ("etag", "last-modified") if name in response.headers}
        return Answer(address, file, known, response.charset_encoding, marks)

    def _read(self, address: str, response: httpx.Response, most: int, deadline: float) -> bytes:
        pieces, size = [], 0
        for piece in name_failures(address, response.iter_bytes()):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise AnswerError(address, f"more than {most / MEGABYTE:g} MB", "save it, and add it from there")
            if time.monotonic() > deadline:
                raise AnswerError(address, f"took more than {self.caps.seconds:g} seconds", "try again later")
        return b"".join(pieces)

    def _check_robots(self, address: str, target: Target, deadline: float) -> None:
        site = f"{target.parts.scheme}://{target.parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, deadline)
        if not self._robots[site].can_fetch(AGENT, address):
            raise ForbiddenError(
                address, "the site's robots.txt does not allow it", "ask its owner, or save it by hand"
            )

    def _read_robots(self, site: str, deadline: float) -> RobotFileParser:
        """Return the rules of a site, as RFC 9309 has them: all is allowed without the file."""
        rules, here = RobotFileParser(), f"{site}/robots.txt"
        try:
            for _ in range(self.caps.redirects + 1):
                with self._open(here, self.guard.check(here), {}) as response:
                    if response.status_code in _REDIRECTS:
                        here = urljoin(here, response.headers.get("location", ""))
                        continue
                    if _ERRORS <= response.status_code < _OURS:
                        rules.parse([])
                    elif response.status_code == _OK:
                        content = self._read(here, response, self.caps.robots, deadline)
                        rules.parse(content.decode("utf-8", "replace").splitlines())
                    else:
                        rules.parse(_NOTHING)
                    return rules
        except AddressError as error:
            # A site that cannot be reached at all is named as that; its rules are no reason.
            if isinstance(error, AnswerError) and here == f"{site}/robots.txt":
                raise
        rules.parse(_NOTHING)
        return rules


def _check_reliefweb(address: str) -> None:
    # ReliefWeb gives its API to those who say who they are (https://apidoc.reliefweb.int): the name is the user's own.
    parts = urlsplit(address)
    if parts.hostname == _RELIEFWEB and not parse_qs(parts.query).get("appname"):
        remedy = "add appname=YOUR-NAME to the address, as ReliefWeb gave it to you"
        raise AddressError(address, "ReliefWeb's API wants a name of yours", remedy)
