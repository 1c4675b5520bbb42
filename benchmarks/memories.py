"""How much memory a process and all that it started hold: what they share is counted once (Linux)."""

import os
from pathlib import Path

KILOBYTES = 1024


def read_tree(process: int | None = None) -> int:
    """Return the megabytes that a process and those under it hold now, this one's by default."""
    return sum(map(_read_share, list_tree(process or os.getpid()))) // KILOBYTES


def list_tree(process: int) -> list[int]:
    """Return a process and all that it started and that are still there."""
    tree = [process]
    for one in tree:
        tree.extend(_list_children(one))
    return tree


def _list_children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _read_share(process: int) -> int:
    """Return kilobytes: pages that several processes hold count by their share (proc(5), smaps_rollup)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
