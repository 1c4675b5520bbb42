"""Who asks for something beside the pages: Streamlit's own cookie says who has signed in, where people sign in."""

import json
import time
from typing import Any

import streamlit as st
from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from pages.shared.roles import rule
from service.settings import load_settings


def may_read(request: Request) -> bool:
    """Tell whether a request comes from somebody who may look."""
    settings = load_settings()
    identity = read_identity(request) if settings.sign_in else {}
    return rule(settings, identity, st.get_option("server.address"), time.time()) is not None


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
