"""Claims become points: what each line of a timeline has in each bin, which claims made it, and which were left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from series.bins import BOUNDS
from series.claims import gather_claims
from series.codes import count_distinct, find_first, number_rows, number_values
from series.counts import Placed, list_counts, place_counts
from series.definitions import place_totals
from series.figures import WHOLE_GROUP
from series.flags import raise_flag
from series.households import add_people
from series.kinds import KIND
from series.options import By, Options
from series.overlaps import Frames
from series.regions import LEVELS
from series.stocks import place_stocks
from series.tolls import Tolls, find_tolls


@dataclass(frozen=True, slots=True)
class Counted:
    """The claims of a set of figures, made once for every line that is drawn of them.

    ``claims`` are all of them, each with what became of it; ``live`` those that count, numbered; ``tolls`` what their
    running totals add. ``members`` has the claim and the publisher of each figure, ``figures`` the number of both.
    """

    claims: pd.DataFrame
    live: pd.DataFrame
    tolls: Tolls | None
    frames: Frames
    numbered: pd.DataFrame
    options: Options


@dataclass(frozen=True, slots=True)
class Points:
    """One row for each ``line`` and ``bin`` with bounds and counts; its claims (``members``); the claims ``left`` out.

    ``lines`` names each line: metric, unit, basis, status, group, region, region_code, region_level, source.
    """

    rows: pd.DataFrame
    members: pd.DataFrame
    left: pd.DataFrame
    lines: pd.DataFrame


def count_claims(numbered: pd.DataFrame, options: Options) -> Counted:
    """Return the claims of numbered figures (``number_claims``) with everything that all lines share."""
    claims = gather_claims(numbered, options, by_group=options.by is By.GROUP)
    if options.households:
        claims = add_people(claims)
    live = claims[claims["reason"].eq("")]
    live = live.assign(bits=_flag(live), who=live["claimant"])
    numbers = {
        "claimant": number_values(live["claimant"])[0],
        "region": number_rows(live, ["at_country", "at_admin1", "at_place"]),
        "group": number_rows(live, ["counted_group"]),
    }
    frames = Frames.of(live, numbers["region"], numbers["group"])
    vague = np.where(live["qualifier"].eq("vague"), live["best"], 0.0)
    live = live.assign(**numbers, vague=vague).reset_index(drop=True)
    running = np.flatnonzero(live["basis"].eq("cumulative").to_numpy(bool))
    tolls = _find_tolls(live, running) if len(running) else None
    if tolls is not None:
        flagged = tolls.claims.reindex(live["claim"].iloc[running]).to_numpy()
        bits = live["bits"].to_numpy(np.int64, copy=True)
        bits[running] |= flagged
        live = live.assign(bits=bits)
    return Counted(claims, live, tolls if options.totals else None, frames, numbered, options)


def _find_tolls(live: pd.DataFrame, running: np.ndarray) -> Tolls:
    tolls = find_tolls(live.iloc[running].reset_index(drop=True))
    return replace(tolls, chains=tolls.chains.assign(row=running[tolls.chains["row"].to_numpy()]))


def _flag(claims: pd.DataFrame) -> np.ndarray:
    bits = raise_flag("undated", claims["undated"].to_numpy(bool))
    bits |= raise_flag("vague", claims["qualifier"].eq("vague").to_numpy(bool))
    bits |= raise_flag("unverified", claims["status"].eq("unverified").to_numpy(bool))
    if "converted" in claims:
        bits |= raise_flag("converted", claims["converted"].to_numpy(bool))
    return bits


def list_points(counted: Counted) -> Iterator[Points]:
    """Yield the points of the lines that the options ask for: by source, by group, or by region at each level."""
    by, live = counted.options.by, counted.live
    if live.empty:
        return
    if by is By.REGION:
        for level in LEVELS:
            inside = np.flatnonzero(live[f"at_{level}"].notna().to_numpy())
            if len(inside):
                yield from _place(counted, inside, level)
        return
    yield from _place(counted, np.arange(len(live)), "all")


def _place(counted: Counted, inside: np.ndarray, level: str) -> Iterator[Points]:
    """Yield the points of all lines of one level, if it has any."""
    claims = counted.live.iloc[inside].assign(row=inside)
    things = _line_columns(counted.options.by, level)
    claims = claims.assign(line=number_rows(claims, ["metric", "unit", "basis", "status", *things]))
    flows = _line_flows(claims, counted, things)
    lines, placed = _name_lines(claims, flows, counted.options.by, level), []
    if not flows.empty:
        placed.append(place_counts(flows, counted.tolls, counted.frames, counted.options))
    stocks = claims[claims["basis"].eq("stock")]
    if not stocks.empty:
        placed.append(place_stocks(stocks, counted.frames, counted.options))
    running = claims[claims["basis"].eq("cumulative")]
    if level in LEVELS:
        running = running[running["region_level"].eq(level)]
    if not running.empty:
        totals = place_totals(running, counted.options)
        placed.append(totals)
        lines = _name_totals(lines, totals.rows, counted.live, counted.options.by)
    if placed:
        yield _join(placed, lines, counted)


def _line_columns(by: By, level: str) -> list[str]:
    """Return what tells the lines of one level apart: a town lies in its province, and that in its country."""
    if by is By.REGION:
        return [f"at_{one}" for one in LEVELS[: LEVELS.index(level) + 1]]
    return ["claimant"] if by is By.SOURCE else ["group"]


def _line_flows(claims: pd.DataFrame, counted: Counted, things: list[str]) -> pd.DataFrame:
    """Return what is counted within periods, each on its line: a running total's differences on that of new counts."""
    counts = list_counts(claims, None)
    counts["row"] = claims["row"].to_numpy()[counts["row"].to_numpy()]
    if counted.tolls is not None:
        chains = counted.tolls.chains
        chains = chains[chains["row"].isin(claims["row"])]
        counts = pd.concat([counts, chains.assign(claim=-1)[list(counts.columns)]], ignore_index=True)
    own = counted.live.iloc[counts["row"].to_numpy()].reset_index(drop=True)
    names = ["metric", "unit", "status", "claimant", "region", "group", "who", "vague", *things]
    counts = counts.assign(**{name: own[name] for name in dict.fromkeys(names)})
    shared = own["bits"].to_numpy(np.int64) & raise_flag("unverified", np.ones(len(own), dtype=bool))
    counts = counts.assign(bits=counts["bits"].to_numpy(np.int64) | shared)
    counts["vague"] = counts["vague"].where(counts["chain"].lt(0), 0.0)
    line = number_rows(counts, ["metric", "unit", "status", *things])
    return counts.assign(line=line + len(claims) + 1)


def _name_lines(claims: pd.DataFrame, flows: pd.DataFrame, by: By, level: str) -> pd.DataFrame:
    """Return the name of each line, by its number."""
    heads = [claims.iloc[find_first(_dense(claims["line"]))]]
    if not flows.empty:
        head = flows.iloc[find_first(_dense(flows["line"]))]
        own = claims.set_index("row").loc[head["row"]].reset_index()
        heads.append(own.assign(line=head["line"].to_numpy(), basis="new"))
    parts = [head.astype({"basis": object, "metric": object, "unit": object, "status": object}) for head in heads]
    both = pd.concat(parts, ignore_index=True)
    named = both[["line", *KIND, "status"]].assign(
        group="all", region="all", region_code=None, region_level="all", source="all"
    )
    if by is By.SOURCE:
        named["source"] = both["who"].astype(object)
    elif by is By.GROUP:
        named["group"] = both["counted_group"].astype(object)
    else:
        codes = {"country": both["country"], "admin1": both["admin1"]}
        code = codes[level].astype(object) if level in codes else None
        named = named.assign(region=both[f"at_{level}"].astype(object), region_code=code, region_level=level)
    return named.drop_duplicates("line").set_index("line")


def _dense(numbers: "pd.Series[int]") -> np.ndarray:
    return np.asarray(pd.factorize(numbers)[0])


def _name_totals(lines: pd.DataFrame, rows: pd.DataFrame, live: pd.DataFrame, by: By) -> pd.DataFrame:
    """Return the lines with the group and the place that running totals count, where the line does not say so."""
    heads = rows.drop_duplicates("line").set_index("line")["shown"]
    own = live.iloc[heads.to_numpy()].set_index(heads.index)
    place = (
        own["at_place"].astype(object).fillna(own["at_admin1"].astype(object)).fillna(own["at_country"].astype(object))
    )
    group, lines = own["counted_group"].astype(object), lines.copy()
    if by is not By.REGION:
        there = place[place.notna()]
        lines.loc[there.index, "region"] = there
        lines.loc[there.index, "region_level"] = own.loc[there.index, "region_level"].astype(object)
    if by is not By.GROUP:
        narrow = group[group.ne(WHOLE_GROUP)]
        lines.loc[narrow.index, "group"] = narrow
    return lines


def _join(placed: list[Placed], lines: pd.DataFrame, counted: Counted) -> Points:
    """Return the points of all kinds together, with how much stands behind each."""
    rows, members, shift = [], [], 0
    for one in placed:
        rows.append(one.rows if "begun" in one.rows else one.rows.assign(begun=pd.Timestamp("NaT")))
        members.append(one.members.assign(point=one.members["point"] + shift))
        shift += len(one.rows)
    joined = pd.concat(rows, ignore_index=True)
    behind = _name_steps(pd.concat(members, ignore_index=True), counted.tolls)
    joined = joined.assign(**_count_behind(behind, len(joined), counted))
    columns = ["line", "bin", *BOUNDS, "spread_best", "vague_best", "bits", "begun"]
    left = pd.concat([one.left for one in placed], ignore_index=True)
    return Points(joined[[*columns, "figures", "claims", "sources", "publishers"]], behind, left, lines)


def _name_steps(members: pd.DataFrame, tolls: Tolls | None) -> pd.DataFrame:
    """Return the members with every running total's claims in the place of one that was taken as a whole."""
    whole = members["chain"].ge(0) & members["claim"].lt(0)
    if tolls is None or not whole.any():
        return members[["point", "claim"]]
    steps = members[whole][["point", "chain"]].merge(tolls.steps[["chain", "claim"]], on="chain")
    return pd.concat([members.loc[~whole, ["point", "claim"]], steps[["point", "claim"]]], ignore_index=True)


def _count_behind(members: pd.DataFrame, size: int, counted: Counted) -> dict[str, np.ndarray]:
    """Return how many figures, claims, sources and publishers stand behind each point."""
    live = counted.live.drop_duplicates("claim").set_index("claim")
    pairs = members.drop_duplicates()
    point, own = pairs["point"].to_numpy(), live.loc[pairs["claim"], ["figures", "claimant"]]
    printed = counted.numbered[["claim", "publisher"]]
    codes, room = number_values(printed["publisher"])
    known = np.unique(printed["claim"].to_numpy(np.int64) * room + codes)
    known = known[known % room > 0]
    begins = np.searchsorted(known, pairs["claim"].to_numpy() * room)
    ends = np.searchsorted(known, (pairs["claim"].to_numpy() + 1) * room)
    repeats = ends - begins
    at = np.repeat(begins, repeats) + np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return {
        "figures": np.bincount(point, own["figures"].to_numpy(), minlength=size).astype(np.int64),
        "claims": np.bincount(point, minlength=size),
        "sources": count_distinct(point, own["claimant"].to_numpy(np.int64), size),
        "publishers": count_distinct(np.repeat(point, repeats), known[at] % room, size),
    }
