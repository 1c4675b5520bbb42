"""Tables to take away: exactly the rows shown, safe to open in a spreadsheet."""

import json

import pandas as pd

from series.kinds import KIND

FIGURE_COLUMNS = [
    *("id", "report", "metric", "value", "low", "high", "qualifier", "unit", "group", "group_text"),
    *("source", "source_text", "via", "publisher", "status", "basis", "place", "place_text", "admin1", "country"),
    *("latitude", "longitude", "start", "end", "precision", "published", "part_of", "share", "quote"),
    *("span_start", "span_end", "rule", "confidence", "title", "url", "paraphrased"),
]
CLAIM_COLUMNS = [
    *("claim", *KIND, "group", "source", "region", "region_code", "region_level", "start", "end", "value", "low"),
    *("best", "high", "qualifier", "status", "published", "figures", "reports", "publishers", "printed_by", "reason"),
]
_COUNTS = ("value", "low", "best", "high")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text cell that opens with one of these would be run as a formula by a spreadsheet."""


def select_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with the columns of the figure record and of their report."""
    return figures[[column for column in FIGURE_COLUMNS if column in figures]]


def select_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with the columns that a reader can use; a claim without a source is its publisher's own."""
    own = claims.assign(source=claims["claimant"])
    return own[CLAIM_COLUMNS]


def write_csv(table: pd.DataFrame) -> bytes:
    r"""Return the table as CSV in UTF-8: whole numbers without a point, dates as ISO, an open bound empty.

    >>> write_csv(pd.DataFrame({"source": ["=1+1"], "low": [17.0], "high": [None]})).decode()
    "source,low,high\n'=1+1,17,\n"
    """
    return _prepare(table).map(_disarm).to_csv(index=False, lineterminator="\n").encode()


def write_json(table: pd.DataFrame) -> bytes:
    """Return the table as a JSON list of records; an open bound is null."""
    records = json.loads(_prepare(table).to_json(orient="records", force_ascii=False))
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def _prepare(table: pd.DataFrame) -> pd.DataFrame:
    frame = table.copy()
    for column in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[column]):
            frame[column] = frame[column].dt.strftime("%Y-%m-%d").astype(object)
        elif column in _COUNTS:
            frame[column] = pd.to_numeric(frame[column]).round().astype("Int64")
    return frame


def _disarm(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell
