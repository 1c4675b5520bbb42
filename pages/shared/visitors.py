"""Who asks for something beside the pages: Streamlit's cookie says who has signed in, a token which program."""

import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from pages.shared.roles import rule
from service.settings import load_settings
from service.tokens import TokenError, find_token, read_bearer, read_tokens

_LOG = logging.getLogger(__name__)


def may_read(request: Request) -> bool:
    """Tell whether a request comes from somebody who may look."""
    settings = load_settings()
    if settings.sign_in and "authorization" in request.headers:
        return settings.tokens is not None and brings_token(request.headers["authorization"], settings.tokens)
    identity = read_identity(request) if settings.sign_in else {}
    return rule(settings, identity, st.get_option("server.address"), time.time()) is not None


def brings_token(header: str, file: Path) -> bool:
    """Tell whether an Authorization header has a token that is good today; the file is read each time.

    So a token that is taken back is refused at once. Where the file cannot be read, nobody is let in by a token.
    """
    given = read_bearer(header)
    try:
        tokens = read_tokens(file) if given else {}
    except TokenError:
        _LOG.warning("no token is taken", exc_info=True)
        return False
    return given is not None and find_token(tokens, given, datetime.now(UTC).date()) is not None


def read_identity(request: Request) -> dict[str, Any]:
    """Return what the provider said of who asks, out of the cookie that this server signed; {} where there is none."""
    secret = get_cookie_secret()

    def read_cookie(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    signed = get_cookie_with_chunks(read_cookie, AUTH_COOKIE_NAME)
    try:
        identity = json.loads(signed) if signed else {}
    except ValueError:
        return {}
    return identity if isinstance(identity, dict) else {}
