"""Tokens that let programs read the data API where people sign in: made once, kept as hashes, taken back by name."""

import hashlib
import hmac
import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

PREFIX = "whoc_"
"""How each token begins, so that one that leaked is known for what it is."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_BYTES = 32
_HEAD = "# Hashes of the tokens of the data API: python -m service token NAME makes one, revoke NAME takes it back.\n"


class TokenError(ValueError):
    """Tokens cannot be read or made; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: the SHA-256 of it, the day it was made, and the last day it is good for (None: no end).

    A token is 32 random bytes: nobody guesses it, so that a slow hash would guard nothing more.
    """

    digest: str
    made: date
    until: date | None = None


Tokens = Mapping[str, Token]


def make_token(path: Path, name: str, until: date | None = None) -> str:
    """Make a token under a name, keep its hash in the file, and return it; nobody can read it again.

    Raises TokenError where the name is taken, or is not made of small letters, digits and hyphens.
    """
    kept = dict(read_tokens(path)) if path.exists() else {}
    if not _NAME.fullmatch(name):
        raise TokenError(f"{name!r}: write a name in small letters, digits and hyphens, such as ana-notebook")
    if name in kept:
        raise TokenError(f"{path}: there is a token named {name}; revoke it first, or choose another name")
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    _write(path, {**kept, name: Token(_hash(token), datetime.now(UTC).date(), until)})
    return token


def revoke_token(path: Path, name: str) -> None:
    """Take a token back: it is refused from now on, also by a server that runs. Raises TokenError for no such name."""
    kept = dict(read_tokens(path))
    if kept.pop(name, None) is None:
        raise TokenError(f"{path}: no token is named {name}; there are {', '.join(kept) or 'none'}")
    _write(path, kept)


def read_tokens(path: Path) -> Tokens:
    """Return the tokens of a file by their names; raises TokenError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Token(row["sha256"], row["made"], row.get("until")) for name, row in table.items()}
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(f"{path}: cannot be read ({error})") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise TokenError(f"{path}: no file of tokens ({error}); python -m service token makes one") from error


def find_token(tokens: Tokens, given: str, today: date) -> str | None:
    """Return the name of the token that somebody gives, None where it is not known or too old.

    All are compared, each in the same time however much of it is right.
    """
    digest = _hash(given)
    found = [name for name, one in tokens.items() if hmac.compare_digest(one.digest, digest)]
    good = (name for name in found if (end := tokens[name].until) is None or today <= end)
    return next(good, None)


def read_bearer(header: str) -> str | None:
    """Return the token of an Authorization header (RFC 6750, 2.1), None where it is of another kind.

    >>> read_bearer("Bearer whoc_x"), read_bearer("bearer  whoc_x "), read_bearer("Basic eA=="), read_bearer("Bearer")
    ('whoc_x', 'whoc_x', None, None)
    """
    scheme, _, token = header.strip().partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _write(path: Path, tokens: Tokens) -> None:
    """Write the file whole or not at all; only its owner may read it."""
    parts = [_HEAD]
    for name, token in tokens.items():
        until = f"until = {token.until}\n" if token.until else ""
        parts.append(f'\n[{name}]\nsha256 = "{token.digest}"\nmade = {token.made}\n{until}')
    number, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write("".join(parts))
    Path(fresh).replace(path)
