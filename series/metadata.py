"""What stands beside an export: which filters, options and conventions made it, and the reports to cite."""

import json
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from series.conventions import NAMES
from series.filters import Filters
from series.flags import FLAGS
from series.options import Options

_PACKAGES = ("pandas", "numpy", "pyarrow", "openpyxl")
NOTES = {
    "low, best, high": "what the words of the claims support; an open bound is empty",
    "start, end": "the first and last day of the bin; weeks begin on Monday",
    "sources": "who claims; ten papers that cite one source are one source",
    "households": "the average sizes are of UN DESA, Household Size and Composition 2019",
}


def describe_export(
    table: pd.DataFrame, figures: pd.DataFrame, *, name: str, filters: Filters, options: Options
) -> dict[str, Any]:
    """Return the metadata of an export: what it holds, how it was made, and where its figures were printed."""
    return {
        "table": name,
        "rows": len(table),
        "columns": list(table.columns),
        "filters": filters.to_query(),
        "options": options.describe(),
        "convention": NAMES[options.vague],
        "flags": FLAGS,
        "notes": NOTES,
        "versions": {"who counts": read_version(), "python": platform.python_version(), **_list_packages(_PACKAGES)},
        "citations": list_citations(figures),
    }


def write_metadata(described: dict[str, Any]) -> bytes:
    """Return the metadata as JSON."""
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def read_version() -> str:
    """Return the version of this program, as its project file has it."""
    project = Path(__file__).parent.parent / "pyproject.toml"
    lines = project.read_text(encoding="utf-8").splitlines() if project.is_file() else []
    found = [line.partition("=")[2].strip(' "') for line in lines if line.startswith("version")]
    return found[0] if found else "unknown"


def list_citations(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the reports behind the figures, each with publisher, title, day and address, the oldest first."""
    columns = ["report", "publisher", "title", "published", "url", "paraphrased"]
    reports = figures[[name for name in columns if name in figures]].drop_duplicates("report")
    reports = reports.sort_values(["published", "report"], kind="stable")
    days = pd.to_datetime(reports["published"]).dt.strftime("%Y-%m-%d")
    rows = reports.assign(published=days).astype(object).to_dict("records")
    return [{str(name): None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


def _list_packages(names: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
