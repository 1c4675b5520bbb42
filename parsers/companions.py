"""Companions: a name killed with relatives is one figure with them, "Anton Ruel was killed with his wife and sons"."""

from collections.abc import Mapping
from dataclasses import replace

from parsers.frames import ALONG
from parsers.grammar import NAMED_TOGETHER, Draft
from parsers.records import Qualifier, Quantity, Span


def count_with_relatives(drafts: Mapping[int, Draft]) -> dict[int, Draft]:
    """Return the drafts, each name and the relatives behind "with" as the one figure that they are together."""
    kept = dict(drafts)
    for at, kin in sorted(drafts.items()):
        counted = kin.group.quantity is not None or "one" in kin.roles
        first = _find_name(kept, kin) if kin.rule == ALONG and "kin" in kin.roles and counted else None
        if first is not None:
            kept[first] = _count_with(kept[first], kin)
            del kept[at]
    return kept


def _find_name(drafts: Mapping[int, Draft], kin: Draft) -> int | None:
    """Return the name whom the same verb befell, and nobody else, as it did the relatives behind it."""
    alike = [at for at, draft in drafts.items() if draft.trigger == kin.trigger and draft is not kin]
    return alike[0] if len(alike) == 1 and "named" in drafts[alike[0]].roles else None


def _count_with(name: Draft, kin: Draft) -> Draft:
    span = (name.group.span[0], kin.group.span[1])
    group = replace(kin.group, span=span, number=span, quantity=_one_more(kin.group.quantity, span), definite=False)
    return replace(name, group=group, roles=kin.roles)


def _one_more(others: Quantity | None, span: Span) -> Quantity:
    two = Quantity(*span, *span, 2, 2, 2, Qualifier.EXACT, NAMED_TOGETHER)
    if others is None:
        return two
    value, low, high = (None if count is None else count + 1 for count in (others.value, others.low, others.high))
    return replace(two, value=value, low=low, high=high, qualifier=others.qualifier)
