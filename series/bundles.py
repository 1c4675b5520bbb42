"""The bundle of a chart: its pictures, the data behind it and a README with filters, conventions and citations."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd

from series.downloads import select_figures, write_csv
from series.filters import Filters
from series.flags import FLAGS
from series.images import Words
from series.metadata import describe_export, list_citations, write_metadata
from series.options import Options

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The same content makes the same file."""


def pack_bundle(
    pictures: Mapping[str, bytes], rows: pd.DataFrame, figures: pd.DataFrame, *, readme: str, described: dict[str, Any]
) -> bytes:
    """Return a zip of the pictures (by format), the rows drawn, the figures behind them, README and metadata."""
    files = {f"chart.{ending}": content for ending, content in pictures.items()}
    files |= {
        "timeline.csv": write_csv(rows),
        "figures.csv": write_csv(select_figures(figures)),
        "README.md": readme.encode(),
        "metadata.json": write_metadata(described),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def describe_bundle(rows: pd.DataFrame, figures: pd.DataFrame, filters: Filters, options: Options) -> dict[str, Any]:
    """Return the metadata of a bundle."""
    return describe_export(rows, figures, name="timeline", filters=filters, options=options)


def write_readme(words: Words, rows: pd.DataFrame, figures: pd.DataFrame, *, address: str, note: str = "") -> str:
    """Return the README of a bundle: what is counted, by which conventions, what the flags mean, what to cite."""
    flags = sorted({flag for flags in rows["flags"].fillna("") for flag in str(flags).split(";") if flag})
    parts = [
        f"# {words.title}",
        words.subtitle,
        *words.footer,
        f"This view: <{address}>" if address else "",
        note,
        "## Files",
        (
            "- `chart.*`: the chart, with its title, filters, sources, conventions and citation in it\n"
            f"- `timeline.csv`: the {len(rows):,} rows that are drawn; an open bound is empty\n"
            f"- `figures.csv`: the {len(figures):,} figures behind them, each with its sentence, source and address\n"
            "- `metadata.json`: the filters, options and versions that made them"
        ),
        "## Flags" if flags else "",
        "\n".join(f"- {flag}: {FLAGS[flag]}" for flag in flags if flag in FLAGS),
        "## Reports to cite",
        "\n".join(_cite(report) for report in list_citations(figures)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _cite(report: Mapping[str, Any]) -> str:
    named = ", ".join(str(report[name]) for name in ("publisher", "title", "published") if report.get(name))
    return f"- {named}{': ' + str(report['url']) if report.get('url') else ''}"
