"""One request on its way: pinned to the IP address that was checked, under a plain user agent, its failures named."""

from collections.abc import Iterator, Mapping
from types import TracebackType
from urllib.parse import urlunsplit

import httpx

from reports.errors import AnswerError
from reports.guards import Target

AGENT = "WhoCounts"
USER_AGENT = f"{AGENT}/0.1 (reads reports; respects robots.txt)"


class Opened:
    """One request on its way: to the IP address that was checked, under the name that was asked."""

    def __init__(self, client: httpx.Client, address: str, target: Target, headers: Mapping[str, str]) -> None:
        ip = f"[{target.ip}]" if ":" in target.ip else target.ip
        pinned = target.parts._replace(netloc=f"{ip}:{target.port}", fragment="")
        request = client.build_request(
            "GET",
            urlunsplit(pinned),
            headers={**headers, "Host": target.parts.netloc, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
            extensions={"sni_hostname": target.host},
        )
        self._client, self._address, self._request = client, address, request
        self._response: httpx.Response | None = None

    def __enter__(self) -> httpx.Response:
        try:
            self._client.cookies.clear()
            self._response = self._client.send(self._request, stream=True)
        except httpx.HTTPError as error:
            raise _name(self._address, error) from error
        return self._response

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._response is not None:
            self._response.close()


def name_failures(address: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an answer; what the client raises becomes an AnswerError that names the address."""
    try:
        yield from pieces
    except httpx.HTTPError as error:
        raise _name(address, error) from error


def _name(address: str, error: httpx.HTTPError) -> AnswerError:
    if isinstance(error, httpx.TimeoutException):
        return AnswerError(address, "the server says nothing for too long", "try again later")
    if isinstance(error, httpx.DecodingError):
        return AnswerError(address, "packed content that cannot be unpacked", "save it, and add it from there")
    said = " ".join(str(error).split())[:100] or type(error).__name__
    return AnswerError(address, f"no answer ({said})", "check the address, and try again later")


def ask_for_news(marks: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that ask for what is new since an earlier answer."""
    return {"If-None-Match": marks.get("etag", ""), "If-Modified-Since": marks.get("last-modified", "")}
