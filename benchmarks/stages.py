"""Where the time goes: the seconds that each stage of the pipeline takes, and the functions that take most."""

import cProfile
import io
import pstats
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from parsers import pipeline
from reports.records import Report

STAGES = {
    "sentences": ("read_document",),
    "candidates": ("may_count",),
    "quantities": ("find_quantities", "find_shares"),
    "groups": ("split_pieces", "find_groups", "classify_group"),
    "frames": ("find_figures",),
    "references": ("resolve", "drop_repeats"),
    "statuses": ("weigh",),
    "sources": ("attribute",),
    "places": ("locate", "settle"),
    "periods": ("date_figures",),
    "parts": ("relate",),
}
"""The functions of the pipeline by stage. What the pipeline calls beside them is counted as "the rest"."""


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Time the stages for as long as the block runs; the dictionary fills with seconds by stage."""
    seconds: dict[str, float] = defaultdict(float)
    names = {name: stage for stage, some in STAGES.items() for name in some if hasattr(pipeline, name)}
    before = {name: getattr(pipeline, name) for name in names}
    for name, stage in names.items():
        setattr(pipeline, name, _time(before[name], stage, seconds))
    try:
        yield seconds
    finally:
        for name, function in before.items():
            setattr(pipeline, name, function)


def _time(function: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    """Return the function timed; what it calls of other stages is theirs."""

    def timed(*values: Any, **named: Any) -> Any:
        start, others = perf_counter(), sum(seconds.values())
        try:
            return function(*values, **named)
        finally:
            seconds[stage] += perf_counter() - start - (sum(seconds.values()) - others)

    return timed


def share_stages(reports: Sequence[Report]) -> dict[str, float]:
    """Return the share of the time that each stage takes over the reports, the longest first."""
    with timed_stages() as seconds:
        start = perf_counter()
        for report in reports:
            pipeline.read_figures(report)
        whole = perf_counter() - start
    shares = {stage: taken / whole for stage, taken in sorted(seconds.items(), key=lambda item: -item[1])}
    return shares | {"the rest": 1 - sum(shares.values())}


def profile(reports: Sequence[Report], most: int = 25) -> str:
    """Return the functions that take most time, their own and with what they call, over reports read once before."""
    for report in reports:
        pipeline.read_figures(report)
    profiler = cProfile.Profile()
    profiler.enable()
    for report in reports:
        pipeline.read_figures(report)
    profiler.disable()
    lines = io.StringIO()
    for order in ("tottime", "cumtime"):
        pstats.Stats(profiler, stream=lines).strip_dirs().sort_stats(order).print_stats(most)
    return lines.getvalue()
