"""The floors that measured shares hold, by corpus: tests/floors.toml, which only an explicit flag lowers."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.toml"

Shares = Mapping[str, Mapping[str, float]]
"""Of each corpus, each of its measures, 0 to 1."""


def load_floors() -> dict[str, dict[str, float]]:
    """Load the floors by corpus and measure; none where they were never written."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def raise_floors(floors: Shares, shares: Shares, *, lower: bool = False) -> dict[str, dict[str, float]]:
    """Return the floors at what is measured, two digits, rounded down; none falls unless ``lower``."""
    raised = {corpus: dict(measures) for corpus, measures in floors.items()}
    for corpus, measures in shares.items():
        for name, share in measures.items():
            floor = math.floor(share * 100) / 100
            before = raised.setdefault(corpus, {}).get(name, 0.0)
            raised[corpus][name] = floor if lower else max(floor, before)
    return raised


def write_floors(floors: Shares) -> None:
    """Write all floors to tests/floors.toml."""
    sections = [
        "\n".join([f"[{corpus}]", *(f"{name} = {floor:.2f}" for name, floor in measures.items())])
        for corpus, measures in floors.items()
    ]
    FLOORS.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def find_falls(floors: Shares, shares: Shares) -> Iterator[str]:
    """Yield a line for each floor that is not held, and for each that nothing measures any more."""
    for corpus, measures in floors.items():
        for name, floor in measures.items():
            share = shares.get(corpus, {}).get(name)
            if share is None:
                yield f"{corpus} {name}: floor {floor:.2f}, not measured"
            elif share < floor:
                yield f"{corpus} {name}: {share:.4f}, below its floor {floor:.2f}"
