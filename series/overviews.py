"""A slim chart of all days, to brush: how many figures there are, and which days are shown."""

from datetime import date

import pandas as pd

from series.charts import Chart
from series.looks import Look, describe_template
from series.traces import list_days

HEIGHT = 84
MOST_BINS = 2000


def chart_overview(counts: pd.DataFrame, since: date | None, until: date | None, look: Look) -> Chart:
    """Draw the figures of each bin (start, end, figures) as bars, with a frame around the days that are shown."""
    counts = counts.tail(MOST_BINS)
    begun = pd.Timestamp(since) if since else counts["start"].min()
    ended = pd.Timestamp(until) if until else counts["start"].max()
    inside = counts["end"].ge(begun) & counts["start"].le(ended)
    bars = {
        "type": "bar",
        "x": list_days(counts["start"]),
        "y": counts["figures"].tolist(),
        "marker": {"color": [look.lines[0] if shown else look.faint for shown in inside], "opacity": 0.8},
        "hovertemplate": "%{x|%-d %b %Y}: %{y} figures<extra></extra>",
    }
    layout = {
        "template": describe_template(look),
        "height": HEIGHT,
        "margin": {"t": 4, "b": 20, "l": 12, "r": 16},
        "dragmode": "select",
        "selectdirection": "h",
        "showlegend": False,
        "bargap": 0.1,
        "xaxis": {"type": "date", "fixedrange": True, "nticks": 6, "tickangle": 0},
        "yaxis": {"visible": False, "fixedrange": True},
        "shapes": [_frame(begun, ended, look)] if since or until else [],
    }
    return {"data": [bars], "layout": layout}


def _frame(begun: pd.Timestamp, ended: pd.Timestamp, look: Look) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": f"{begun:%Y-%m-%d}",
        "x1": f"{ended:%Y-%m-%d}",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": look.faint, "width": 1, "dash": "dot"},
        "fillcolor": "rgba(0,0,0,0)",
    }
