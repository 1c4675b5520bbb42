"""Who may do what on this server: pages ask before they offer to change the store, and open it for that here only."""

import os
import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

import store
from pages.shared.revisions import forget_revision
from reports.addresses import PUBLIC
from service.hosts import is_loopback
from service.roles import Role, find_role
from service.settings import Settings, load_settings

LOCAL = "local"
"""Who changes the store of a server without sign-in: whoever sits at the machine."""


class RoleError(Exception):
    """Somebody may not do what they asked for; the message says who may."""


def find_own_role() -> Role | None:
    """Return the role of the person at the page; None for somebody who may not even look."""
    settings = load_settings()
    identity = st.user.to_dict() if settings.sign_in else {}
    return rule(settings, identity, st.get_option("server.address"), time.time())


def rule(settings: Settings, identity: Mapping[str, Any], address: str | None, now: float) -> Role | None:
    """Return the role of an identity on a server that listens at an address.

    Without sign-in whoever sits at the machine is its steward. On a read-only server nobody may do more than look.

    >>> rule(Settings(read_only=True), {}, "127.0.0.1", now=0)
    <Role.VIEWER: 'viewer'>
    """
    if settings.sign_in:
        role = find_role(identity, settings.sign_in.rules, now)
    else:
        role = Role.STEWARD if is_loopback(address) else None
    return Role.VIEWER if role and settings.read_only else role


def may(role: Role) -> bool:
    """Tell whether the person at the page may do what a role may."""
    own = find_own_role()
    return own is not None and own.includes(role)


def may_write() -> bool:
    """Tell whether the person at the page may add reports to the store and take them out."""
    return may(Role.STEWARD)


def may_review() -> bool:
    """Tell whether the person at the page may accept, correct and reject figures."""
    return may(Role.REVIEWER)


def may_fetch() -> bool:
    """Tell whether the person at the page may have addresses fetched."""
    return may_write() and os.environ.get(PUBLIC, "0") in {"", "0"}


def refuse(role: Role) -> str:
    """Return why somebody may not do what needs a role."""
    if load_settings().read_only:
        return "This server is read-only: nothing can be changed here."
    return f"This needs the role of a {role}. Ask whoever runs the server for it."


def name_visitor() -> str:
    """Return the name under which the person at the page judges figures: as the provider says, not as they say."""
    if load_settings().sign_in is None:
        return LOCAL
    identity = st.user.to_dict()
    names = [identity.get(claim) for claim in ("email", "preferred_username", "name", "sub")]
    return next((name for name in names if isinstance(name, str) and name.strip()), "unnamed")


def open_as(role: Role) -> store.Store:
    """Return the store open for writing to somebody who has the role; else raise RoleError.

    Every change that a page makes goes through here: the store that the pages read from refuses to be written.
    """
    if load_settings().read_only or not may(role):
        raise RoleError(refuse(role))
    forget_revision()
    return _open_to_write()


@st.cache_resource
def _open_to_write() -> store.Store:
    return store.connect()
