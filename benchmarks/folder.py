"""A mixed folder goes in with one command: ``python -m benchmarks.folder`` makes 1,000 files out of those of the tests.

Each is a real file of one of the formats with other numbers or other words in it, and one in ten is broken in a way
that happens to files. It fails where the command's list of what did not go in is not the list of what was broken.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pypdfium2
import pypdfium2.raw as pdfium
import regex
from pyarrow import parquet
from sqlalchemy import select

from reports.errors import ReportError
from reports.readers import read_path
from reports.workers import Worker
from store import connect
from store.connections import reading
from store.tables import REPORTS

ROOT = Path(__file__).parent.parent
FILES = ROOT / "tests" / "files"
BROKEN = 10
"""One file in so many is broken."""

_OWN = regex.compile(r"people were killed at Selba in week (?P<week>\d+)\.")


def name_number(at: int) -> str:
    """Return a number of three digits that no other file has."""
    return str(100 + at % 900)


def change_words(name: str, old: bytes, encoding: str = "utf-8") -> Callable[[int], bytes]:
    """Return what makes a file of another number of dead, in a sentence of its own."""
    content = (FILES / name).read_bytes()
    if old not in content:
        raise ValueError(f"{name}: no {old!r} in it")

    def make(at: int) -> bytes:
        words = f"{name_number(at)} people were killed at Selba in week {at}. "
        return content.replace(old, words.encode(encoding) + old, 1)

    return make


def change_package(name: str, part: str, old: bytes) -> Callable[[int], bytes]:
    """Return what makes a Word file, spreadsheet or archive with other words in one of its parts."""

    def make(at: int) -> bytes:
        out = io.BytesIO()
        words = f"{name_number(at)} people were killed at Selba in week {at}. ".encode()
        with zipfile.ZipFile(FILES / name) as old_file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old_file.infolist():
                content = old_file.read(one)
                new.writestr(one.filename, content.replace(old, words + old, 1) if one.filename == part else content)
        return out.getvalue()

    return make


def change_pdf(at: int) -> bytes:
    """Return the PDF with a line of other words on its first page."""
    document = pypdfium2.PdfDocument(FILES / "sitrep.pdf")
    page = document[0]
    words = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 10.0)
    line = f"{name_number(at)} people were killed at Selba in week {at}.\x00".encode("utf-16-le")
    pdfium.FPDFText_SetText(words, pdfium.cast(line, pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPageObj_Transform(words, 1, 0, 0, 1, 72, 120)
    pdfium.FPDFPage_InsertObject(page, words)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def change_parquet(at: int) -> bytes:
    """Return the Parquet file with other words in its first column of words."""
    table: Any = parquet.read_table(FILES / "notes.parquet")
    rows = table.to_pylist()
    for row in rows:
        longest = max((key for key in row if isinstance(row[key], str)), key=lambda key: len(row[key]))
        row[longest] = f"{name_number(at)} people were killed at Selba in week {at}. {row[longest]}"
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=table.schema), out)
    return out.getvalue()


MAKERS: dict[str, Callable[[int], bytes]] = {
    "note.txt": change_words("note.txt", b"Nine miners"),
    "utf16.txt": lambda at: f"\ufeff{name_number(at)} people were killed at Selba in week {at}.".encode("utf-16-le"),
    "page.html": change_words("sitrep.html", b"At least 31"),
    "sitrep.pdf": change_pdf,
    "sitrep.docx": change_package("sitrep.docx", "word/document.xml", b"At least"),
    "notes.xlsx": change_package("notes.xlsx", "xl/sharedStrings.xml", b"Five farmers"),
    "notes.csv": change_words("notes.csv", b"Four passengers"),
    "notes.parquet": change_parquet,
    "lines.jsonl": lambda at: f'{{"text": "{name_number(at)} people were killed at Selba in week {at}."}}'.encode(),
    "mail.eml": change_words("html.eml", b"<p>"),
    "feed.rss": change_words("feed.rss", b"Seven people"),
    "reliefweb.json": change_words("reliefweb.json", b"<p>The floods in Orvela"),
    "folder.zip": change_package("folder.zip", "2024/note.txt", b"Nine miners"),
}
FAULTS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("cut.pdf", lambda _: (FILES / "sitrep.pdf").read_bytes()[:300]),
    ("cut.docx", lambda _: (FILES / "sitrep.docx").read_bytes()[:-400]),
    ("empty.txt", lambda _: b""),
    ("zeros.txt", lambda _: bytes(500)),
    ("picture.png", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("page.pdf", lambda _: b"<html><body>Please sign in.</body></html>"),
    ("broken.json", lambda _: b'{"data": [{"id": 1, '),
    ("lines.jsonl", lambda _: b"no JSON\n"),
    ("archive.zip", lambda content: b"PK\x03\x04" + content[:50]),
    ("columns.csv", lambda _: b"a,b\n1,2\n3,4\n"),
)


def make_folder(folder: Path, count: int) -> tuple[dict[int, str], set[str]]:
    """Write the files; return the whole ones by their number, and the names of those that are broken."""
    whole, broken = {}, set()
    makers = list(MAKERS.items())
    for at in range(count):
        if at % BROKEN == BROKEN - 1:
            name, spoil = FAULTS[at // BROKEN % len(FAULTS)]
            content = spoil(name_number(at).encode())
            broken.add(f"{at:04}-{name}")
        else:
            name, make = makers[at % len(makers)]
            content = make(at)
            whole[at] = f"{at:04}-{name}"
        (folder / f"{at:04}-{name}").write_bytes(content)
    return whole, broken


def find_faulty() -> set[str]:
    """Return the kinds of whole files that hold something that is no report, such as a row with a day that is none."""
    with tempfile.TemporaryDirectory() as folder, Worker() as worker:
        for name, make in MAKERS.items():
            (Path(folder) / name).write_bytes(make(0))
        named = [item.name for item in read_path(Path(folder), worker=worker) if isinstance(item, ReportError)]
        return {name[len(folder) + 1 :].split("!")[0] for name in named}


def find_named(lines: Iterable[str], folder: Path) -> set[str]:
    """Return the files that the command names as those in which something did not go in."""
    own = [line[len(str(folder)) + 1 :] for line in lines if line.startswith(str(folder))]
    # What it took for which column is no failure; those have their remedy behind a semicolon.
    return {line.split(":")[0].split("!")[0] for line in own if "; " in line}


def find_weeks(address: str) -> set[int]:
    """Return the numbers of the files whose own sentence is kept."""
    kept = connect(address)
    with reading(kept) as connection:
        texts = connection.execute(select(REPORTS.c.text)).scalars().all()
    kept.close()
    return {int(m["week"]) for text in texts for m in _OWN.finditer(text)}


def find_wrongs(folder: Path, address: str, lines: list[str], count: tuple[dict[int, str], set[str]]) -> Iterator[str]:
    """Yield what is not as it should be: lost without a word, or named without a reason."""
    whole, broken = count
    faulty, named, weeks = find_faulty(), find_named(lines, folder), find_weeks(address)
    yield from (f"broken, and not named: {name}" for name in sorted(broken - named))
    yield from (f"not kept: {name}" for at, name in whole.items() if at not in weeks)
    without = {name for name in named - broken if name.partition("-")[2] not in faulty}
    yield from (f"whole, and named: {name}" for name in sorted(without))


def main() -> int:
    """Make the folder, add it, and compare what was named with what was broken."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.folder", description=__doc__.split("\n")[0])
    options.add_argument("--files", metavar="N", type=int, default=1000, help="how many files")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, address = Path(place) / "in", f"sqlite:///{place}/kept.db"
        folder.mkdir()
        made = make_folder(folder, given.files)
        command = [sys.executable, "-m", "reports", "add", str(folder), "--database", address]
        start = perf_counter()
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        seconds = perf_counter() - start
        wrongs = list(find_wrongs(folder, address, lines := run.stderr.splitlines(), made))
        print(lines[-1])
        print(f"{len(made[0])} whole files and {len(made[1])} broken ones in {seconds:.0f} seconds")
        print(f"{len(find_named(lines, folder))} files named; {len(wrongs)} wrongs", *wrongs, sep="\n")
    return bool(wrongs)


if __name__ == "__main__":
    sys.exit(main())
