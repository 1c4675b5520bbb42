"""Tables to take away: exactly the rows shown, safe to open in a spreadsheet, the same when they are read back."""

import io
import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import pandas as pd

from series.hashtags import tag_columns
from series.kinds import KIND

FIGURE_COLUMNS = [
    *("id", "report", "metric", "value", "low", "high", "qualifier", "unit", "group", "group_text"),
    *("source", "source_text", "via", "publisher", "status", "basis", "place", "place_text", "admin1", "country"),
    *("latitude", "longitude", "start", "end", "precision", "published", "part_of", "share", "quote"),
    *("span_start", "span_end", "rule", "confidence", "title", "url", "paraphrased", "review", "copy_of"),
]
CLAIM_COLUMNS = [
    *("claim", *KIND, "group", "source", "region", "region_code", "region_level", "start", "end", "value", "low"),
    *("best", "high", "qualifier", "status", "published", "figures", "reports", "publishers", "printed_by", "reason"),
]
WHOLE = frozenset(
    {"value", "low", "best", "high", "claim", "figures", "claims", "sources", "publishers", "reports", "span_start"}
    | {"span_end"}
)
FRACTIONS = frozenset({"latitude", "longitude", "share", "confidence", "share_vague", "share_spread", "disagreement"})
DAYS = frozenset({"start", "end", "published"})
TRUTHS = frozenset({"open_low", "open_high", "paraphrased"})
LISTS = frozenset({"flags", "used", "left_out", "reason", "printed_by"})
"""Texts that are empty where they name nothing, and never missing."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text cell that opens with one of these would be run as a formula by a spreadsheet."""
_SHEET, _WIDEST = "who counts", 60
_MOST_ROWS = 1_048_575
"""What a sheet has room for below its header."""


class ExportError(ValueError):
    """A table cannot be written or read back; the message names the file and the remedy."""


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
    return _disarm_all(_prepare(table)).to_csv(index=False, lineterminator="\n").encode()


def write_hxl(table: pd.DataFrame) -> bytes:
    r"""Return the table as CSV with a row of HXL tags below the header.

    >>> write_hxl(pd.DataFrame({"best": [17.0]})).decode()
    'best\n#affected+best\n17\n'
    """
    head, _, rows = write_csv(table).partition(b"\n")
    tags = ",".join(tag_columns(list(table.columns))).encode()
    return b"\n".join([head, tags, rows])


def write_json(table: pd.DataFrame) -> bytes:
    """Return the table as a JSON list of records; an open bound is null."""
    records = json.loads(_prepare(table).to_json(orient="records", force_ascii=False, double_precision=15))
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def write_parquet(table: pd.DataFrame) -> bytes:
    """Return the table as Parquet, with its own types."""
    content = io.BytesIO()
    _type_columns(table).to_parquet(content, index=False)
    return content.getvalue()


def write_xlsx(table: pd.DataFrame) -> bytes:
    """Return the table as a workbook of one sheet; text that looks like a formula stays text, numbers are numbers."""
    if len(table) > _MOST_ROWS:
        raise ExportError(f"a sheet holds {_MOST_ROWS:,} rows, the table has {len(table):,}; write .csv or .parquet")
    content = io.BytesIO()
    with pd.ExcelWriter(content, engine="openpyxl") as book:
        cells = _disarm_all(_prepare(table))
        cells.to_excel(book, index=False, sheet_name=_SHEET, freeze_panes=(1, 0))
        sheet = book.sheets[_SHEET]
        for at, width in enumerate(_measure_columns(cells), start=1):
            sheet.column_dimensions[sheet.cell(1, at).column_letter].width = width
    return content.getvalue()


def _measure_columns(cells: pd.DataFrame) -> list[int]:
    """Return how wide each column of a sheet is, in characters: as its first cells need, sentences not whole."""
    seen = cells.head(200).astype(object).where(cells.head(200).notna(), "")
    longest = [max([len(str(name)), *map(len, map(str, seen[name]))]) for name in cells.columns]
    return [min(length + 2, _WIDEST) for length in longest]


WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".hxl.csv": write_hxl,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".parquet": write_parquet,
    ".json": write_json,
}


def find_ending(name: str) -> str | None:
    """Return the ending of a file's name that says how to write it, None where none does.

    >>> find_ending("floods.hxl.csv"), find_ending("floods.docx")
    ('.hxl.csv', None)
    """
    return next((ending for ending in WRITERS if PurePath(name).name.lower().endswith(ending)), None)


def read_table(content: bytes, ending: str) -> pd.DataFrame:
    """Return a table that was written by one of the ``WRITERS``, with the values it had; unreadable ones raise.

    >>> table = pd.DataFrame({"source": ["=1+1"], "low": [17.0], "high": [None]})
    >>> read_table(write_csv(table), ".csv").to_dict("records")
    [{'source': '=1+1', 'low': 17.0, 'high': nan}]
    """
    try:
        table = _read(content, ending)
    except (ValueError, OSError, KeyError) as error:
        raise ExportError(f"the {ending} file cannot be read back ({error}); export it again") from error
    return _type_columns(table.map(_arm) if ending not in {".json", ".parquet"} else table)


def _read(content: bytes, ending: str) -> pd.DataFrame:
    if ending == ".parquet":
        return pd.read_parquet(io.BytesIO(content))
    if ending == ".json":
        return pd.DataFrame(json.loads(content))
    texts: dict[str, Any] = {"dtype": str, "keep_default_na": False, "na_values": [""]}
    if ending == ".xlsx":
        return pd.DataFrame(pd.read_excel(io.BytesIO(content), engine="openpyxl", **texts))
    skipped = [1] if ending == ".hxl.csv" else None
    return pd.DataFrame(pd.read_csv(io.BytesIO(content), skiprows=skipped, **texts))


def _type_columns(table: pd.DataFrame) -> pd.DataFrame:
    frame = table.copy()
    for name in frame.columns:
        if name in WHOLE | FRACTIONS:
            frame[name] = pd.to_numeric(frame[name]).astype(float)
        elif name in DAYS:
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
        elif name in TRUTHS:
            frame[name] = frame[name].map(
                {"True": True, "False": False, "1": True, "0": False, True: True, False: False}
            )
        else:
            nothing = "" if name in LISTS else None
            frame[name] = frame[name].astype(object).where(frame[name].notna(), nothing)
    return frame


def _prepare(table: pd.DataFrame) -> pd.DataFrame:
    frame = table.copy()
    for column in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[column]):
            frame[column] = frame[column].dt.strftime("%Y-%m-%d").astype(object)
        elif column in WHOLE:
            frame[column] = pd.to_numeric(frame[column]).round().astype("Int64")
    return frame


def _disarm_all(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(_disarm) for name in texts})


def _disarm(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith((*_RUNS, "'")) else cell


def _arm(cell: object) -> object:
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell
