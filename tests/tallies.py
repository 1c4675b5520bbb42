"""Outcomes counted: recall and precision by corpus, metric, magnitude and rule, and what was confused with what."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.corpora import PASSAGE, SAMPLE, WORLD, Outcome, Stated, Trial
from tests.sample import ATTRIBUTES, Match, Number

MAGNITUDES = (
    (1, "none or one"), (9, "2-9"), (99, "10-99"), (999, "100-999"), (999_999, "thousands"), (math.inf, "millions"),
)  # fmt: skip
ORDERS = tuple(name for _, name in MAGNITUDES)


@dataclass(slots=True)
class Tally:
    """How many figures are stated and read, and how many of either are right."""

    stated: int = 0
    found: int = 0
    read: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """The share of what is stated that was read right."""
        return share(self.found, self.stated)

    @property
    def precision(self) -> float:
        """The share of what was read that is stated."""
        return share(self.right, self.read)


def share(part: int, whole: int) -> float:
    """Return a part of a whole; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def magnitude(number: Number) -> str:
    """Return the order of a number, of the first of its bounds that there is.

    >>> magnitude((7,)), magnitude((None, 1500)), magnitude((3_000_000,))
    ('2-9', 'thousands', 'millions')
    """
    first = next((bound for bound in number if bound is not None), 0)
    return next(name for most, name in MAGNITUDES if first <= most)


def tally(outcomes: Iterable[Outcome], name: Callable[[Outcome, Stated], str]) -> dict[str, Tally]:
    """Count outcomes by a name, which may differ between what is stated and what was read."""
    tallies: dict[str, Tally] = {}
    for outcome in outcomes:
        if outcome.stated:
            one = tallies.setdefault(name(outcome, outcome.stated), Tally())
            one.stated += 1
            one.found += outcome.right
        if outcome.read:
            one = tallies.setdefault(name(outcome, outcome.read), Tally())
            one.read += 1
            one.right += outcome.right
    return tallies


TABLES: dict[str, Callable[[Outcome, Stated], str]] = {
    "corpus": lambda outcome, _: outcome.corpus,
    "chapter": lambda outcome, _: outcome.where.partition("/")[0],
    "metric": lambda _, stated: stated.metric,
    "magnitude": lambda _, stated: magnitude(stated.number),
}


def tally_rules(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Count what each rule read; what is stated belongs to no rule."""
    tallies: dict[str, Tally] = {}
    for outcome in outcomes:
        if outcome.figure:
            one = tallies.setdefault(outcome.figure.rule, Tally())
            one.read += 1
            one.right += outcome.right
    return dict(sorted(tallies.items()))


def count_confusions(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Count what was read as what, where that is wrong."""
    return Counter(_confuse(outcome) for outcome in outcomes if not outcome.right)


def _confuse(outcome: Outcome) -> str:
    stated, read = outcome.stated, outcome.read
    if stated and read and stated.metric == read.metric:
        return f"{stated.metric} with another number"
    return f"{stated.metric if stated else 'nothing'} read as {read.metric if read else 'nothing'}"


def measure_sample(matches: Sequence[Match]) -> dict[str, float]:
    """Return the shares of the sample: recall, precision, and of the recovered facts each attribute."""
    found = [(match.fact, match.figure) for match in matches if match.figure]
    figures = {figure.id for match in matches for figure in match.figures}
    shares = {"recall": share(len(found), len(matches)), "precision": share(len(found), len(figures))}
    for name, is_right in ATTRIBUTES.items():
        answers = [is_right(fact, figure) for fact, figure in found]
        shares[name] = share(answers.count(True), len(answers) - answers.count(None))
    return shares


def measure(trials: Sequence[Trial], matches: Sequence[Match]) -> dict[str, dict[str, float]]:
    """Return the shares that have a floor, by corpus.

    Of the passages, ``exact`` is the share that gives its whole table and nothing else; of the other worlds,
    ``clean`` is the share that gives nothing.
    """
    tallied = tally((outcome for trial in trials for outcome in trial.outcomes), TABLES["corpus"])
    exact = {name: [trial.exact for trial in trials if trial.corpus == name] for name in (PASSAGE, WORLD)}
    passages = tallied.get(PASSAGE, Tally())
    return {
        SAMPLE: measure_sample(matches),
        PASSAGE: {
            "recall": passages.recall,
            "precision": passages.precision,
            "exact": share(sum(exact[PASSAGE]), len(exact[PASSAGE])),
        },
        WORLD: {"clean": share(sum(exact[WORLD]), len(exact[WORLD]))},
    }


def write_table(title: str, tallies: dict[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table with recall and precision."""
    yield f"{title:28} {'stated':>6} {'found':>6} {'recall':>7} {'read':>6} {'right':>6} {'precision':>9}"
    for name in sorted(tallies, key=lambda name: ORDERS.index(name) if name in ORDERS else -tallies[name].stated):
        one = tallies[name]
        yield (
            f"{name:28} {one.stated:6} {one.found:6} {_write(one.recall, one.stated):>7} "
            f"{one.read:6} {one.right:6} {_write(one.precision, one.read):>9}"
        )


def write_rules(tallies: dict[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table of the rules, those with the most wrong figures first."""
    yield f"{'read':>6} {'wrong':>6} {'precision':>9}  rule"
    for rule, one in sorted(tallies.items(), key=lambda item: (item[1].right - item[1].read, -item[1].read)):
        yield f"{one.read:6} {one.read - one.right:6} {_write(one.precision, one.read):>9}  {rule}"


def _write(share: float, whole: int) -> str:
    return f"{share:.1%}" if whole else "-"
