"""Rival counts: another's bare number for what was counted before, an earlier time's, or the total of both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from parsers.alphabets import Spelled
from parsers.frames import EARLIER, FELL, RIVALS, TOTALLED, TOTALS
from parsers.grammar import Draft, Group, Piece
from parsers.records import HOMES, Metric
from parsers.tables import load_section

OTHERS = (*RIVALS, *EARLIER, *TOTALS)
RIVAL_RULES = frozenset(name for name, _ in RIVALS)
TOLLS = HOMES | {Metric.KILLED, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING}
"""What never becomes less: a number of them that fell was wrong, unless both are of their own months."""
FARTHEST = 20
"""How many times as many another may count of the same people; what lies farther off counts something else."""


def find_rivals(
    chunks: Sequence[Piece], spelled: Spelled, drafts: dict[int, Draft], before: Draft | None
) -> Iterator[tuple[int, Draft]]:
    """Give a bare number that another claimant states the metric and the people of the count before it.

    ``before`` is the figure that the sentence before ended with. A number that is a figure of its own stays one.
    """
    if not drafts and before is None:
        return
    for name, m in spelled.find_rules(OTHERS):
        victim = m.start("victim")
        earlier = [at for at, draft in drafts.items() if at < victim and draft.whole is None]
        told = drafts[max(earlier)] if earlier else before
        group = chunks[victim].group
        if told is None or victim in drafts or group is None or group.quantity is None:
            continue
        summed = chunks[m.start("sum") : m.end("sum")] if name == TOTALLED else ()
        if name == TOTALLED and not (_are_alike([drafts[at] for at in earlier]) and _is_sum(summed)):
            continue  # "bringing the price to 30", or a total of who knows which
        if name == FELL and told.metric in TOLLS and not m.capturesdict()["month"]:
            continue  # "the toll was cut to 84 from 95"
        if name in RIVAL_RULES and not (_is_called_a_count(chunks, m) and _is_near(told.group, group)):
            continue
        like = told.group.like or told.group.span
        yield (
            victim,
            replace(
                told,
                group=replace(group, unit=told.group.unit, like=like),
                roles=chunks[victim].roles,
                trigger=(summed[0].start, summed[-1].end) if summed else told.trigger if earlier else group.span,
                clause=(chunks[0].start, chunks[-1].end),
                rule=name,
            ),
        )


def _are_alike(drafts: Sequence[Draft]) -> bool:
    return len({draft.metric for draft in drafts}) == 1


def _is_sum(chunks: Sequence[Piece]) -> bool:
    """Whether words name a number of those who are counted: "the total", "the overall figure"."""
    return not load_section("en", "quantities").words("sums").isdisjoint(chunks[-1].text.split()[-1:])


def _is_called_a_count(chunks: Sequence[Piece], m: "regex.Match[str]") -> bool:
    """Whether the words that a rule takes for a count name one: "its own count", "the union's figure"."""
    if "count" not in m.re.groupindex:
        return True
    said, words = chunks[m.start("count")].text, load_section("en", "rivals").words("account")
    return said in words or any(said.endswith(f" {word}") for word in words)


def _is_near(told: Group, rival: Group) -> bool:
    one, other = (group.quantity.low if group.quantity else None for group in (told, rival))
    return not one or not other or max(one, other) <= FARTHEST * min(one, other)
