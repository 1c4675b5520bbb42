"""What whoever runs the server decided, out of the environment: read-only or not, under which names, who signs in."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from service.roles import Rules, RulesError, read_rules

READ_ONLY = "WHO_COUNTS_READ_ONLY"
"""Where it is 1, nothing can be written to the store and no address is fetched."""

HOSTS = "WHO_COUNTS_HOSTS"
"""The names, parted by commas, under which a proxy passes requests on: ``figures.example.org``."""

SIGN_IN = "WHO_COUNTS_SIGN_IN"
"""The TOML file with the identity provider (``[auth]``, as Streamlit has it) and who may do what (``[roles]``)."""

TOKENS = "WHO_COUNTS_TOKENS"
"""The file of hashed tokens with which programs read the data API where people sign in (``service.tokens``)."""

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32
_OFF = frozenset({"", "0"})


class SettingsError(ValueError):
    """A setting cannot be used; the message names the variable or the file with its key, and the remedy."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An identity provider that people sign in with, and the rules that give them their roles."""

    auth: Mapping[str, Any]
    rules: Rules

    @property
    def host(self) -> str:
        """The name of this server that the provider leads back to."""
        return urlsplit(str(self.auth["redirect_uri"])).hostname or ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server runs. Without ``sign_in`` it answers to its own machine only."""

    read_only: bool = False
    hosts: frozenset[str] = frozenset()
    sign_in: SignIn | None = None
    tokens: Path | None = None


def load_settings() -> Settings:
    """Return the settings of this process; the file behind them is read once."""
    return _load(*(os.environ.get(name, "") for name in (READ_ONLY, HOSTS, SIGN_IN, TOKENS)))


@lru_cache(maxsize=8)
def _load(read_only: str, hosts: str, sign_in: str, tokens: str) -> Settings:
    return read_settings({READ_ONLY: read_only, HOSTS: hosts, SIGN_IN: sign_in, TOKENS: tokens})


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings that the environment holds; raises SettingsError.

    >>> sorted(read_settings({"WHO_COUNTS_READ_ONLY": "1", "WHO_COUNTS_HOSTS": "figures.example.org"}).hosts)
    ['figures.example.org']
    """
    read_only = environment.get(READ_ONLY, "").strip() not in _OFF
    hosts = frozenset(name.strip().lower() for name in environment.get(HOSTS, "").split(",") if name.strip())
    file = environment.get(SIGN_IN, "").strip()
    sign_in = read_sign_in(Path(file)) if file else None
    if hosts and not (read_only or sign_in):
        raise SettingsError(
            f"{HOSTS}: other machines are answered only where people sign in ({SIGN_IN}) or nothing can be written "
            f"({READ_ONLY}=1); set one of them"
        )
    tokens = environment.get(TOKENS, "").strip()
    names = hosts | {sign_in.host} if sign_in else hosts
    return Settings(read_only, names, sign_in, Path(tokens) if tokens else None)


def read_sign_in(path: Path) -> SignIn:
    """Return what a TOML file says of signing in; raises SettingsError that names the file, the key and the remedy."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}); {SIGN_IN} names the file") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error
    auth = table.get("auth", {})
    for key in _NEEDED:
        if not isinstance(auth.get(key), str) or not auth[key].strip():
            raise SettingsError(f"{path}: [auth] lacks {key}; README.md shows a whole file")
    if len(auth["cookie_secret"]) < _SHORTEST_SECRET:
        raise SettingsError(f"{path}: [auth] cookie_secret: write {_SHORTEST_SECRET} random characters or more")
    try:
        return SignIn(auth, read_rules(table.get("roles", {})))
    except RulesError as error:
        raise SettingsError(f"{path}: [roles] {error}") from error
