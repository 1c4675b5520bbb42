"""Who may do what: three roles, each of which may also do what the one before it may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

EVERYBODY = "*"
_OPTIONS = frozenset({"claim", "hours", "visitors"})


class RulesError(ValueError):
    """The rules of the roles cannot be read; the message names the key and the remedy."""


class Role(StrEnum):
    """What somebody may do: look; judge figures; bring reports in and take them out."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    STEWARD = "steward"

    def includes(self, other: "Role") -> bool:
        """Tell whether this role may do what the other may.

        >>> Role.STEWARD.includes(Role.REVIEWER), Role.VIEWER.includes(Role.REVIEWER)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Rules:
    """Who has which role: the values of one ``claim`` of an identity, such as its email or its groups.

    ``hours`` is how long somebody stays signed in. With ``visitors`` whoever has not signed in may look.
    """

    members: Mapping[Role, frozenset[str]]
    claim: str = "email"
    hours: float = 12.0
    visitors: bool = False


def read_rules(table: Mapping[str, Any]) -> Rules:
    """Return the rules that a table holds; raises RulesError.

    >>> read_rules({"viewer": ["*"], "steward": ["Ana@example.org"]}).members[Role.STEWARD]
    frozenset({'ana@example.org'})
    """
    if unknown := sorted(set(table) - set(Role) - _OPTIONS):
        raise RulesError(f"{unknown[0]}: not known; the keys are {', '.join([*Role, *sorted(_OPTIONS)])}")
    claim, hours, visitors = table.get("claim", "email"), table.get("hours", 12), table.get("visitors", False)
    if not isinstance(claim, str) or not claim:
        raise RulesError('claim: write the name of one, such as "email" or "groups"')
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
        raise RulesError("hours: write how many hours somebody stays signed in, such as 12")
    if not isinstance(visitors, bool):
        raise RulesError("visitors: write true where everybody may look without signing in, else false")
    return Rules({role: _read_members(role, table.get(role, [])) for role in Role}, claim, float(hours), visitors)


def _read_members(role: Role, names: object) -> frozenset[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise RulesError(f'{role}: write a list, such as ["ana@example.org"], or ["*"] for everybody who signs in')
    if EVERYBODY in names and role is not Role.VIEWER:
        raise RulesError(f"{role}: everybody may at most look; name who may do more")
    return frozenset(name.casefold() for name in names)


def find_role(identity: Mapping[str, Any], rules: Rules, now: float) -> Role | None:
    """Return the highest role of an identity at a moment (seconds since 1970), None for somebody who may not look.

    The identity is what the provider said: its claims, with ``is_logged_in`` where somebody has signed in. An email
    counts only where the provider says that it has verified it.

    >>> rules = read_rules({"visitors": True, "reviewer": ["ana@example.org"]})
    >>> find_role({}, rules, now=0)
    <Role.VIEWER: 'viewer'>
    """
    visiting = Role.VIEWER if rules.visitors else None
    if not is_fresh(identity, rules, now):
        return visiting
    held = _list_values(identity, rules.claim)
    roles = [role for role in Role if rules.members[role] & held or (EVERYBODY in rules.members[role])]
    return roles[-1] if roles else visiting


def is_fresh(identity: Mapping[str, Any], rules: Rules, now: float) -> bool:
    """Tell whether somebody has signed in, and not too long ago."""
    issued = identity.get("iat")
    known = identity.get("is_logged_in") is True and isinstance(issued, int | float)
    return known and now - float(issued) < rules.hours * 3600  # type: ignore[arg-type]  # told apart above


def _list_values(identity: Mapping[str, Any], claim: str) -> frozenset[str]:
    value = identity.get(claim)
    if claim == "email" and identity.get("email_verified") is not True:
        return frozenset()
    values = value if isinstance(value, list | tuple) else [value]
    return frozenset(one.casefold() for one in values if isinstance(one, str))
