"""Groups within groups: children are civilians, soldiers are combatants, and all of them are people."""

from collections.abc import Mapping
from functools import cache

from parsers.tables import load_rows
from series.figures import WHOLE_GROUP


@cache
def load_parents() -> Mapping[str, str]:
    """Return the wider group of each group that has one.

    >>> load_parents()["children"]
    'civilians'
    """
    rows = load_rows("groups", ("code", "parent", "words"))
    return {row["code"]: row["parent"] for row in rows if row["parent"]}


def find_wider_groups(group: str) -> list[str]:
    """Return the groups that contain a group, the nearest first.

    >>> find_wider_groups("military")
    ['combatants']
    """
    parents = load_parents()
    chain: list[str] = []
    while (wider := parents.get(group)) and wider not in chain:
        chain.append(wider)
        group = wider
    return chain


def contains_group(wider: str, group: str) -> bool:
    """Tell whether a group lies in another: by the tree, as everybody does, or as children in women and children.

    >>> contains_group("women and children", "children"), contains_group("children", "women")
    (True, False)
    """
    if wider == group:
        return False
    return wider == WHOLE_GROUP or wider in find_wider_groups(group) or group in wider.split(" and ")


def measure_depth(group: str) -> int:
    """Return how far down the tree of groups one stands; everybody stands at its root.

    >>> measure_depth("all people"), measure_depth("children")
    (0, 2)
    """
    return 0 if group == WHOLE_GROUP else 1 + len(find_wider_groups(group))
