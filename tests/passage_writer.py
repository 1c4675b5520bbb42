"""A wrong record becomes an example of the corpus: a passage with the table of what the parsers now give."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from parsers import extract
from reports.records import Report
from tests.test_passages import CORPUS, FIELDS, write_row

ALWAYS = ("metric", "number")
WHERE_SAID = {"unit": "person", "status": "reported", "share": "", "part of": ""}
"""Fields that a table has where they are not what goes without saying."""

REMINDER = """\
Now correct the table: it says what the parsers give, not what is right. Where they are wrong, write under the
quotation "Known gap: why", until they are right. The words must be your own: rewrite what was written by others."""


def add_passage(
    report: Report, *, chapter: str, point: str = "", fields: Sequence[str] = (), corpus: Path = CORPUS
) -> str:
    """Append a report to a chapter of the passages with the figures that it gives, and return what was written.

    ``point`` is the heading, by default the text's first words; ``fields`` are those of the table, by default metric,
    number and what is said of unit, status, share and whole. Raises ValueError for what a passage cannot hold.
    """
    path = corpus / f"{chapter}.md"
    if not path.is_file():
        chapters = ", ".join(sorted(one.stem for one in corpus.glob("*.md")))
        raise ValueError(f"no chapter {chapter!r}; there are {chapters}")
    if not (report.publisher and report.published):
        raise ValueError("a passage has a dateline; give --published and --publisher")
    if set(fields) - set(FIELDS):
        raise ValueError(f"no field {', '.join(set(fields) - set(FIELDS))}; there are {', '.join(FIELDS)}")
    content = path.read_text(encoding="utf-8")
    heading = point or " ".join(report.text.split()[:8]).rstrip(".,;:")
    if f"\n## {heading}\n" in content:
        raise ValueError(f"{path.name} has the point {heading!r} already; name another with --point")
    passage = "\n".join(write_passage(report, heading, fields))
    path.write_text(f"{content.rstrip()}\n\n{passage}\n", encoding="utf-8")
    return passage


def write_passage(report: Report, heading: str, fields: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of a passage: heading, dateline, quotation, and the table or "Nothing."."""
    yield from (f"## {heading}", "", f"*{report.publisher}, {report.published}*", "")
    yield from (f"> {line}".rstrip() for line in report.text.strip().splitlines())
    yield ""
    yield from _write_table(report, fields)


def _write_table(report: Report, fields: Sequence[str]) -> Iterator[str]:
    figures = extract(report)
    by_id = {figure.id: figure for figure in figures}
    rows = [dict(write_row(figure, tuple(FIELDS), by_id)) for figure in figures]
    if not rows:
        yield "Nothing."
        return
    said = [name for name, plain in WHERE_SAID.items() if any(row[name] != plain for row in rows)]
    header = [*ALWAYS, *(name for name in fields or said if name not in ALWAYS)]
    yield _write_line(header)
    yield "|" + "---|" * len(header)
    yield from (_write_line([row[name] for name in header]) for row in rows)


def _write_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
