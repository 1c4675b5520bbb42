"""Events drawn as ranges: one block an event, one bar a source from the lowest to the highest number of its words."""

import numpy as np
import pandas as pd

from series.charts import Chart
from series.event_names import name_days, name_event, say_gap, say_side
from series.figures import WHOLE_GROUP
from series.images import Words, dress
from series.looks import LIGHT, SYMBOLS, Look, describe_template
from series.phrases import say_count
from series.traces import Trace, trace

EVENTS_A_PAGE = 8
_LONGEST_NAME = 46
_ROW, _HEAD, _GAP = 1.0, 1.35, 0.4
_PIXELS = 32
_WIDE = 40
"""Where the highest number drawn is more than so many times the lowest, the scale is logarithmic."""


def chart_events(sides: pd.DataFrame, events: pd.DataFrame, *, words: Words, look: Look = LIGHT) -> Chart:
    """Draw events (``series.events.rank_events``, in their order) with the sides of each; the numbers are printed.

    Bars of one source have its colour and marker. An open bound has an arrow; "about" has a hollow marker. Where the
    numbers lie far apart the scale is logarithmic: see ``say_scale``.
    """
    drawn = _place(sides, events)
    log = _is_wide(drawn)
    rows = drawn["y"].max() + _ROW / 2 if len(drawn) else 1
    layout = {
        "template": describe_template(look),
        "height": int(_PIXELS * rows) + 48,
        "margin": {"t": 12},
        "showlegend": False,
        "hovermode": "closest",
        "shapes": [*_lead_to_marks(drawn, look), *_shade_gaps(events, drawn, look)],
        "annotations": [*_write_heads(events, drawn, look), *_write_sides(drawn, look, log=log)],
        "yaxis": {"visible": False, "range": [rows, 0], "fixedrange": True},
        "xaxis": {"showgrid": True, "gridcolor": look.grid, "griddash": "dot", **_scale(drawn, log=log)},
    }
    return dress({"data": _draw_sources(drawn, look, log=log), "layout": layout}, words, look, tall=int(_PIXELS * rows))


def say_scale(sides: pd.DataFrame, events: pd.DataFrame) -> str:
    """Return what the scale of the chart of events is."""
    if _is_wide(sides[sides["event"].isin(events.index)]):
        return "The scale is logarithmic: each line is ten times the one before it."
    return "The scale begins at 0."


def describe_events(sides: pd.DataFrame, events: pd.DataFrame) -> str:
    """Return what a reader who cannot see the chart should know of it."""
    if events.empty:
        return "An empty chart."
    first = next(iter(events.to_dict("records")))
    own = sides[sides["event"].eq(events.index[0])]
    said = ", ".join(f"{row['claimant']} {say_side(row)}" for row in own.to_dict("records"))
    return (
        f"Range chart of {say_count(len(events), 'event')}, a bar for each source. "
        f"The first is {name_event(first)}: {said}. The numbers are in the table below the chart."
    )


def _place(sides: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the sides of the events with the height ``y`` of each bar, the largest number of an event first."""
    drawn = sides[sides["event"].isin(events.index)]
    block = pd.Index(events.index).get_indexer(drawn["event"])
    drawn = drawn.assign(block=block).sort_values(["block", "best"], ascending=[True, False], kind="stable")
    y = np.arange(len(drawn)) * _ROW + (drawn["block"] + 1) * _HEAD + drawn["block"] * _GAP + 0.78
    return drawn.assign(y=y)


def _is_wide(drawn: pd.DataFrame) -> bool:
    best = drawn.loc[drawn["best"].gt(0), "best"]
    return bool(len(best) and best.max() > _WIDE * best.min())


def _scale(drawn: pd.DataFrame, *, log: bool) -> dict[str, object]:
    most = np.nanmax(drawn[["best", "high"]].to_numpy(float), initial=1)
    if not log:
        return {"range": [0, most * 1.12], "tickformat": ",d", "nticks": 5}
    positive = drawn.loc[drawn["best"].gt(0), ["low", "best"]].to_numpy(float)
    least = np.nanmin(positive[positive > 0])
    first, last = np.floor(np.log10(least)), np.log10(most * 1.6)
    return {"type": "log", "range": [first, last], "tickformat": ",d", "dtick": 1}


def _draw_sources(drawn: pd.DataFrame, look: Look, *, log: bool) -> list[Trace]:
    traces: list[Trace] = []
    names = list(drawn["claimant"].value_counts().index)
    most = np.nanmax(drawn[["best", "high"]].to_numpy(float), initial=1)
    for at, name in enumerate(names):
        color = look.lines[at] if at < len(look.lines) else look.faint
        rows = drawn[drawn["claimant"].eq(name)]
        traces += [_draw_bars(rows, color, most, log=log), _draw_marks(rows, color, SYMBOLS[at % len(SYMBOLS)])]
        traces += _draw_open(rows, color, most, log=log)
    return traces


def _draw_bars(rows: pd.DataFrame, color: str, most: float, *, log: bool) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for row in rows.to_dict("records"):
        low, high = (row["best"] if pd.isna(row[end]) else row[end] for end in ("low", "high"))
        if pd.isna(row["high"]) and pd.notna(row["low"]):
            high = _reach(row["best"], most, log=log)
        if pd.isna(row["low"]) and pd.notna(row["high"]):
            low = _reach(row["best"], most, log=log, back=True)
        x += [low, high, None]
        y += [row["y"], row["y"], None]
    return trace(x=x, y=y, mode="lines", line={"color": color, "width": 6}, opacity=0.45, hoverinfo="skip")


def _reach(best: float, most: float, *, log: bool, back: bool = False) -> float:
    """Return where the arrow of an open bound ends: it says that there is more, not how much."""
    if log:
        return best / 1.25 if back else best * 1.25
    return max(0.0, best - most * 0.05) if back else best + most * 0.05


def _draw_marks(rows: pd.DataFrame, color: str, symbol: str) -> Trace:
    about = rows["low"].isna() & rows["high"].isna()
    return trace(
        x=rows["best"].tolist(),
        y=rows["y"].tolist(),
        mode="markers",
        name=str(rows["claimant"].iloc[0]),
        cliponaxis=False,
        customdata=[[int(claim)] for claim in rows["claim"]],
        marker={
            "color": color,
            "size": 10,
            "symbol": [symbol + ("-open" if hollow else "") for hollow in about],
        },
        hovertext=[
            "<br>".join(
                [f"<b>{row['claimant']}</b>", name_event(row), say_side(row), say_count(int(row["claims"]), "claim")]
            )
            for row in rows.to_dict("records")
        ],
        hoverinfo="text",
    )


def _draw_open(rows: pd.DataFrame, color: str, most: float, *, log: bool) -> list[Trace]:
    arrows = []
    for bound, other, back, symbol in (("high", "low", False, "right"), ("low", "high", True, "left")):
        opened = rows[rows[bound].isna() & rows[other].notna()]
        if len(opened):
            x = [_reach(best, most, log=log, back=back) for best in opened["best"]]
            mark = {"color": color, "size": 8, "symbol": f"triangle-{symbol}-open"}
            arrows.append(trace(x=x, y=opened["y"].tolist(), mode="markers", marker=mark, hoverinfo="skip"))
    return arrows


def _write_heads(events: pd.DataFrame, drawn: pd.DataFrame, look: Look) -> list[dict[str, object]]:
    top = drawn.groupby("event")["y"].min() - 0.78
    words = []
    for number, event in zip(events.index, events.to_dict("records"), strict=True):
        group = "" if event["counted_group"] == WHOLE_GROUP else f", {event['counted_group']}"
        words.append(_write(top[number] - _HEAD + 0.4, f"<b>{event['region']}{group}</b>", look.text, 13))
        said = f"{name_days(event)}: {say_gap(event)}"
        words.append(_write(top[number] - _HEAD + 0.95, said, look.faint, 12))
    return words


def _shade_gaps(events: pd.DataFrame, drawn: pd.DataFrame, look: Look) -> list[dict[str, object]]:
    """Return a shade from the lowest to the highest number of each event whose sources disagree."""
    ends = drawn.groupby("event")["y"].agg(["min", "max"])
    shade = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": look.faint, "opacity": 0.13}
    return [
        {**shade, "x0": x0, "x1": x1, "y0": ends["min"][number] - 0.2, "y1": ends["max"][number] + 0.2}
        for number, x0, x1, agree in zip(
            events.index, events["lowest"], events["highest"], events["agree"], strict=True
        )
        if not agree and x0 > 0
    ]


def _lead_to_marks(drawn: pd.DataFrame, look: Look) -> list[dict[str, object]]:
    """Return a thin line below the words of each side, which leads to its mark."""
    line = {"type": "line", "layer": "below", "line": {"color": look.grid, "width": 1}}
    return [{**line, "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y} for y in drawn["y"]]


def _write_sides(drawn: pd.DataFrame, look: Look, *, log: bool) -> list[dict[str, object]]:
    words = []
    for row in drawn.to_dict("records"):
        name = row["claimant"]
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
        undated = " (period not stated)" if row["undated"] else ""
        nowhere = " (0 has no place on this scale)" if log and not row["best"] else ""
        words.append(_write(row["y"] - 0.42, f"<b>{say_side(row)}</b> {short}{undated}{nowhere}", look.text, 12))
    return words


def _write(y: float, words: str, color: str, size: float) -> dict[str, object]:
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yanchor": "middle",
        "text": words,
        "showarrow": False,
        "align": "left",
        "font": {"color": color, "size": size},
    }
