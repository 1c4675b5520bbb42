"""How much of what the sample reports state the parsers recover: ``python -m tests.measure_sample``.

``recall`` is the share of the facts that are recovered (metric and number). Of those that are, and state it, the
measure is then how many have the right source, country and period; and of the figures, how many are a fact
(``precision``).

``--misses`` lists what was not recovered or is wrong, ``--write`` raises the floors in tests/floors.toml to what is
measured; a floor falls only with ``--lower`` beside it.
"""

import argparse
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import regex

from parsers.records import Figure
from tests.sample import ATTRIBUTES, ROOT, Fact, Match, match_sample, number_of

FLOORS = ROOT / "tests" / "floors.toml"
SECTION = "sample"


def measure(matches: Sequence[Match]) -> dict[str, float]:
    """Return the shares that have a floor: recall, precision, and of the recovered facts each attribute."""
    found = [(match.fact, match.figure) for match in matches if match.figure]
    figures = {figure.id for match in matches for figure in match.figures}
    shares = {"recall": _share(len(found), len(matches)), "precision": _share(len(found), len(figures))}
    for name, is_right in ATTRIBUTES.items():
        answers = [is_right(fact, figure) for fact, figure in found]
        shares[name] = _share(answers.count(True), len(answers) - answers.count(None))
    return shares


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def write_table(matches: Sequence[Match]) -> Iterator[str]:
    """Yield the lines of a table: story and metric, facts, facts recovered, and what became of the others."""
    yield f"{'story':26} {'metric':16} {'facts':>5} {'found':>5} {'share':>6}  not found, read as"
    facts = Counter((match.fact.story, match.fact.metric) for match in matches)
    found = Counter((match.fact.story, match.fact.metric) for match in matches if match.figure)
    for kind in sorted(facts):
        missed = [match for match in matches if (match.fact.story, match.fact.metric) == kind and not match.figure]
        read_as = Counter(map(explain_miss, missed))
        words = ", ".join(f"{reason} {count}" for reason, count in read_as.most_common())
        yield f"{kind[0]:26} {kind[1]:16} {facts[kind]:5} {found[kind]:5} {found[kind] / facts[kind]:6.0%}  {words}"


def explain_miss(match: Match) -> str:
    """Say what the parsers made of a fact that was not recovered: its number as another metric, or nothing."""
    same = [
        figure.metric.value
        for figure in match.figures
        if match.fact.number == number_of(figure.value, figure.low, figure.high)
    ]
    return next((metric for metric in same if metric != match.fact.metric), "taken" if same else "nothing")


def list_misses(matches: Sequence[Match]) -> Iterator[str]:
    """Yield a line for each fact that was not recovered, and for each that was with a wrong attribute."""
    for match in matches:
        if not match.figure:
            yield f"{match.fact} <- {explain_miss(match)}"
            continue
        for name, is_right in ATTRIBUTES.items():
            if is_right(match.fact, match.figure) is False:
                yield f"{match.fact}: {name} {_state(match.fact, name)} <- {_read(match.figure, name)}"


def _state(fact: Fact, attribute: str) -> str:
    return f"{fact.row['start']}..{fact.row['end']}" if attribute == "period" else fact.row[attribute]


def _read(figure: Figure, attribute: str) -> str:
    return f"{figure.start or ''}..{figure.end or ''}" if attribute == "period" else str(getattr(figure, attribute))


def load_floors() -> dict[str, float]:
    """Load the floors of this measure; none where they were never written."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return dict(floors.get(SECTION, {}))


def raise_floors(floors: Mapping[str, float], shares: Mapping[str, float], *, lower: bool = False) -> dict[str, float]:
    """Return the floors at what is measured, two digits, rounded down; none falls unless ``lower``."""
    measured = {name: math.floor(share * 100) / 100 for name, share in shares.items()}
    return {name: share if lower else max(share, floors.get(name, 0.0)) for name, share in measured.items()}


def write_floors(floors: Mapping[str, float]) -> None:
    """Write the floors into their section of tests/floors.toml, leaving the others as they are."""
    content = FLOORS.read_text(encoding="utf-8") if FLOORS.exists() else ""
    others = regex.sub(rf"(?ms)^\[{SECTION}\]\n.*?(?=^\[|\Z)", "", content).strip()
    section = "\n".join([f"[{SECTION}]", *(f"{name} = {floor:.2f}" for name, floor in floors.items())])
    FLOORS.write_text(f"{others}\n\n{section}\n".lstrip(), encoding="utf-8")


def main() -> int:
    """Print the table and the shares; with ``--write``, write the floors."""
    options = argparse.ArgumentParser(prog="python -m tests.measure_sample", description=__doc__.split("\n")[0])
    options.add_argument("--misses", action="store_true", help="list what was not recovered or is wrong")
    options.add_argument("--write", action="store_true", help="raise the floors to what is measured")
    options.add_argument("--lower", action="store_true", help="with --write: let floors fall, too")
    given = options.parse_args()
    matches = match_sample()
    shares = measure(matches)
    lines = [*write_table(matches), "", *(f"{name:10} {share:.3f}" for name, share in shares.items())]
    if given.misses:
        lines += ["", *list_misses(matches)]
    print("\n".join(lines))
    if given.write:
        write_floors(raise_floors(load_floors(), shares, lower=given.lower))
    return 0


if __name__ == "__main__":
    sys.exit(main())
