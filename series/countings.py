"""Claims are judged and set in order: all that the lines of a view share, before any of them is drawn."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from series.bins import BOUNDS
from series.claims import COUNTS, judge_claims
from series.flags import raise_flag
from series.flows import Flows, list_flows
from series.households import add_people
from series.ledgers import Ledger
from series.numberings import RUNNING
from series.options import By, Options
from series.rows import Rows
from series.stocks import Held, hold_stocks
from series.strings import find_strings
from series.tolls import Tolls, find_tolls

_KEPT = [
    *("head", "basis", "metric", "unit", "status", "claimant", "region", "group"),
    *("start", "from", "till", "published"),
]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The claims of a ledger that a filter lets through, judged: the same for every width of bin and rule for best.

    ``why`` says for each claim of the ledger why it does not count (``series.claims``); ``numbers`` has the bounds of
    those let through; ``live`` has a row for each that counts, with ``at`` (its place in the ledger), codes, days,
    bounds and flags; ``tolls`` what running totals add. The ledger itself is not among them: it remembers them, and a
    circle would be freed late.
    """

    inside: np.ndarray
    why: np.ndarray
    numbers: Rows
    live: Rows
    tolls: Tolls | None
    flows: Flows


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Judged claims with the stocks in the bins in which they stand, as the options ask."""

    ledger: Ledger
    options: Options
    judged: Judged
    held: Held

    @property
    def preferred(self) -> int:
        """The code of the source that was chosen, -1 where none was or it says nothing."""
        found = np.flatnonzero(self.ledger.coded.names["claimant"] == self.options.best)
        return int(found[0]) if len(found) else -1


def count_claims(
    ledger: Ledger, options: Options, inside: np.ndarray | None = None, *, name: Hashable = None
) -> Counted:
    """Return the claims of a ledger with all that its lines share; ``inside`` says which a filter let through.

    With a ``name`` of what is inside, the ledger remembers how these claims were judged: other bins, another rule for
    best and lines of another kind ask for nothing new.
    """
    chosen = _keep_judging(options)
    if name is None:
        judged = _judge(ledger, chosen, inside)
        return Counted(ledger, options, judged, hold_stocks(judged.live, ledger.frames, options))
    judged = ledger.judged.find((name, chosen), lambda: _judge(ledger, chosen, inside))
    stood = (name, chosen, options.width, options.carry, options.as_known)
    held = ledger.held.find(stood, lambda: hold_stocks(judged.live, ledger.frames, options))
    return Counted(ledger, options, judged, held)


def _keep_judging(options: Options) -> Options:
    """Return the options without the choices that no claim is judged by."""
    by = By.GROUP if options.by is By.GROUP else By.SOURCE
    usual = Options()
    return replace(
        options, by=by, width=usual.width, best=usual.best, spread=usual.spread, carry=usual.carry, as_known=None
    )


def _judge(ledger: Ledger, options: Options, inside: np.ndarray | None) -> Judged:
    why, numbers = judge_claims(ledger, options, inside)
    there = np.ones(len(why), dtype=bool) if inside is None else inside
    at = np.flatnonzero((why == COUNTS) & there)
    live = ledger.claims.pick(at, _KEPT)
    live = live.assign(at=at, **{name: numbers[name][at] for name in BOUNDS})
    if options.households:
        live = add_people(live, ledger, there)
    vague = (ledger.coded.names["qualifier"] == "vague")[ledger.claims["qualifier"][live["at"]]]
    live = live.assign(vague=np.where(vague, live["best"], 0.0), bits=_flag(live, ledger, vague))
    if options.totals:
        strung = find_strings(live)
        basis = np.where(strung, RUNNING, live["basis"])
        live = live.assign(basis=basis, bits=live["bits"] | raise_flag("strung", strung))
    running = np.flatnonzero(live["basis"] == RUNNING)
    tolls = _find_tolls(live, running) if len(running) else None
    counted = tolls if options.totals else None
    return Judged(there, why, numbers.pick(there), live, counted, list_flows(live, counted, ledger.frames, options))


def _find_tolls(live: Rows, running: np.ndarray) -> Tolls:
    """Return what running totals add, with rows of the live claims, and flag the totals themselves."""
    tolls = find_tolls(live.pick(running))
    live["bits"][running] |= tolls.bits
    chains = tolls.chains.assign(row=running[tolls.chains["row"]])
    steps = tolls.steps.assign(**{name: running[tolls.steps[name]] for name in ("row", "before")})
    return replace(tolls, chains=chains, steps=steps, baselines=running[tolls.baselines])


def _flag(live: Rows, ledger: Ledger, vague: np.ndarray) -> np.ndarray:
    undated = ledger.claims["undated"][live["at"]]
    unverified = (ledger.coded.names["status"] == "unverified")[live["status"]]
    bits = raise_flag("undated", undated) | raise_flag("vague", vague) | raise_flag("unverified", unverified)
    if "converted" in live:
        bits |= raise_flag("converted", live["converted"])
    return np.asarray(bits)
