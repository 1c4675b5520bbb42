"""What went wrong with a request, for machines and for people: problem details, after RFC 9457."""

import json
from dataclasses import asdict, dataclass
from http import HTTPStatus

from starlette.responses import Response

from service.headers import DATA_POLICY

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the parameter that has it, where one does, and what to do."""

    status: HTTPStatus
    detail: str
    remedy: str
    parameter: str | None = None


class ProblemError(Exception):
    """A request cannot be answered; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refuse(parameter: str, detail: str, remedy: str) -> ProblemError:
    """Return the error of a parameter that cannot be read.

    >>> refuse("limit", "limit is 0", "write 1 to 10000").problem.status
    <HTTPStatus.BAD_REQUEST: 400>
    """
    return ProblemError(Problem(HTTPStatus.BAD_REQUEST, detail, remedy, parameter))


def answer_problem(problem: Problem, *, method: str = "GET") -> Response:
    """Return a problem as an answer; what is known of no parameter leaves that out."""
    told = {name: value for name, value in asdict(problem).items() if value is not None}
    content = {"type": "about:blank", "title": problem.status.phrase, **told}
    body = json.dumps(content, ensure_ascii=False, indent=1).encode() if method != "HEAD" else b""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": DATA_POLICY}
    if problem.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="Who Counts"'  # RFC 9110, 15.5.2: a 401 says how to get in
    return Response(body, status_code=problem.status, media_type=MEDIA, headers=headers)
