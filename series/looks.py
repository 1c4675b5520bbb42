"""How charts look: colours that colour-blind readers can tell apart, each with its own marker."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types

MOST_LINES = 7
"""More lines than this on one chart can no longer be told apart."""

SYMBOLS = ("circle", "square", "diamond", "triangle-down", "x", "pentagon", "star")
FONT = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme; ``lines`` after Okabe and Ito (2008), darkened or lightened for the background."""

    paper: str
    text: str
    faint: str
    grid: str
    lines: tuple[str, ...]

    @property
    def halo(self) -> str:
        """The shadow of words that lines lie under."""
        return write_halo(self.paper)


def write_halo(color: str) -> str:
    """Return the shadow, in a colour, of words that something lies under."""
    return ", ".join([f"0 0 3px {color}"] * 3)


LIGHT = Look(
    paper="#ffffff",
    text="#1f2933",
    faint="#5b6673",
    grid="#e6e9ed",
    lines=("#0072b2", "#c4500a", "#00805c", "#b0467f", "#8a6d00", "#2f8fc4", "#444444"),
)
DARK = Look(
    paper="#14181d",
    text="#e8ecf0",
    faint="#a3adb8",
    grid="#2b323a",
    lines=("#5cb8f0", "#f0924c", "#3fc99f", "#e79ac6", "#e8c93a", "#9fb4ff", "#c8ced6"),
)


def describe_template(look: Look) -> dict[str, Any]:
    """Return the template of ours in the colours of a theme, as a plain dict."""
    axis = {
        "gridcolor": look.grid,
        "linecolor": look.grid,
        "tickfont": {"color": look.faint, "size": 12},
        "zeroline": False,
        "automargin": True,
        "fixedrange": False,
    }
    return {
        "layout": {
            "paper_bgcolor": look.paper,
            "plot_bgcolor": look.paper,
            "font": {"family": FONT, "color": look.text, "size": 13},
            "colorway": list(look.lines),
            "title": {"x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 12, "t": 12}, "font": {"size": 18}},
            "hoverlabel": {"bgcolor": look.paper, "bordercolor": look.faint, "font": {"color": look.text}},
            "legend": {"orientation": "h", "x": 0, "y": -0.13, "yanchor": "top", "font": {"size": 12}, "maxheight": 1},
            "margin": {"l": 12, "r": 16, "t": 92, "b": 12},
            "xaxis": {**axis, "showgrid": False, "showline": True, "ticks": "outside", "tickcolor": look.grid},
            "yaxis": {**axis, "rangemode": "tozero", "tickformat": ",d", "nticks": 5, "griddash": "dot"},
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.faint, "activecolor": look.text},
        }
    }


def load_template(look: Look) -> go.layout.Template:
    """Return the Plotly template of ours in the colours of a theme."""
    return go.layout.Template(describe_template(look))
