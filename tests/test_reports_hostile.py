"""Hostile input is refused by name and hurts nobody: each error is one line with its remedy, the rest goes on."""

import gzip
import io
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import reports.__main__ as door
from reports.errors import (
    BombError,
    DamagedError,
    EmptyReportError,
    EncryptedError,
    JsonLineError,
    LimitError,
    NotTextError,
    OversizeError,
    ReportError,
    UnreadableInputError,
    UnsafePathError,
)
from reports.fields import Item, Origin
from reports.formats import get_format
from reports.readers import Known, read_path
from reports.records import Report
from reports.workers import Limits, Worker
from store import connect, read_report

FILES = Path(__file__).parent / "files"
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


def write_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def nest(depth: int) -> bytes:
    content = zip_of(**{"note.txt": b"Nine people died."})
    for _ in range(depth):
        content = zip_of(**{"inner.zip": content})
    return content


def lock(content: bytes) -> bytes:
    """Set the flag that says a zip's part is locked, in both of its headers."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def link_in_zip(target: str) -> bytes:
    out = io.BytesIO()
    part = zipfile.ZipInfo("a.txt")
    part.create_system, part.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, target)
    return out.getvalue()


def tar_of(kind: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        part = tarfile.TarInfo(name)
        part.type, part.linkname = kind, "/etc/passwd"
        archive.addfile(part)
    return out.getvalue()


def word_with(**parts: bytes) -> bytes:
    """The Word file of the tests with some parts put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(FILES / "sitrep.docx") as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


LAUGHING_FEED = f"{LAUGHS}]><rss><channel><title>&j;</title></channel></rss>"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHING_WORD = f'<?xml version="1.0"?>{LAUGHS}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'  # fmt: skip  # noqa: E501
FOREIGN_WORD = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Nine died&x;</w:t></w:r></w:p></w:body></w:document>'  # fmt: skip  # noqa: E501
UNSEEN = ("script", "style", "template", "noscript")
MINE = "Nine people were killed at Selba on Monday, the owners of the mine said in a statement."
ROAD = "The road was closed for the whole week, and the office of the mine was closed for longer than that."
DEEP_HTML = b"<div>" * 100_000 + b"<p>Nine people were killed at Selba on Monday, the mine's owners said.</p>"


@pytest.mark.parametrize(
    ("name", "content", "kinds", "said"),
    [
        ("pages.pdf", lambda: write_pages(2000), {OversizeError}, "2,000 pages; 1,000 are read at most"),
        ("locked.pdf", (FILES / "locked.pdf").read_bytes, {EncryptedError}, "locked by a password"),
        ("cut.pdf", lambda: (FILES / "sitrep.pdf").read_bytes()[:20_000], {DamagedError}, "no PDF"),
        ("empty.pdf", lambda: b"", {DamagedError}, "no PDF"),
        ("pictures.pdf", lambda: write_pages(2), {ReportError}, "only pictures"),
        ("old.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(1000), {EncryptedError}, "locked by a password"),
        ("bomb.docx", lambda: word_with(**{"word/media/a.bin": bytes(350_000_000)}), {BombError}, "unpacks to"),
        ("laughs.docx", lambda: word_with(**{"word/a.xml": LAUGHING_WORD.encode()}), {OversizeError}, "entities"),
        ("wide.docx", lambda: word_with(**{"word/a.xml": LAUGHING_WORD.encode("utf-16")}), {OversizeError}, "entities"),
        ("laughs.xlsx", lambda: zip_of(**{"xl/a.xml": f"{LAUGHS}]><a/>".encode()}), {OversizeError}, "entities"),
        ("old.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(1000), {EncryptedError}, "locked by a password"),
        ("cut.docx", lambda: (FILES / "sitrep.docx").read_bytes()[:3000], {DamagedError}, "no zip"),
        ("bomb.xlsx", lambda: zip_of(**{"xl/a.xml": bytes(350_000_000)}), {BombError}, "unpacks to"),
        ("bomb.zip", lambda: zip_of(**{"a.txt": bytes(100_000_000)}), {BombError}, "unpack to 100,000,000"),
        ("deep.zip", lambda: nest(5), {OversizeError}, "files inside each other"),
        ("locked.zip", lambda: lock(zip_of(**{"a.txt": b"Nine died."})), {EncryptedError}, "without a password"),
        ("up.zip", lambda: zip_of(**{"../../a.txt": b"Nine died."}), {UnsafePathError}, "points out of the archive"),
        ("root.zip", lambda: zip_of(**{"/etc/a.txt": b"Nine died."}), {UnsafePathError}, "points out of the archive"),
        ("cut.zip", lambda: nest(0)[:60], {DamagedError}, "no zip"),
        ("link.zip", lambda: link_in_zip("/etc/passwd"), {UnsafePathError}, "a link, no file"),
        ("none.zip", zip_of, {EmptyReportError}, "holds no report"),
        ("none.tar.gz", lambda: gzip.compress(bytes(10_000)), {EmptyReportError}, "holds no report"),
        ("link.tar", lambda: tar_of(tarfile.SYMTYPE, "a.txt"), {UnsafePathError}, "a link or a device"),
        ("device.tar", lambda: tar_of(tarfile.CHRTYPE, "a.txt"), {UnsafePathError}, "a link or a device"),
        ("cut.tar", lambda: b"no tar", {DamagedError}, "no tar"),
        ("bomb.txt.gz", lambda: gzip.compress(bytes(120_000_000)), {OversizeError}, "larger than 100 MB"),
        ("cut.txt.gz", lambda: gzip.compress(b"Nine died." * 100)[:20], {DamagedError}, "cannot be unpacked"),
        ("laughs.rss", LAUGHING_FEED.encode, {OversizeError}, "declares entities"),
        ("wide.rss", lambda: LAUGHING_FEED.encode("utf-16"), {OversizeError}, "declares entities"),
        ("none.rss", lambda: b"<html>", {DamagedError}, "no RSS or Atom"),
        ("nul.html", lambda: b"<p>Nine\x00 people died.</p>", {NotTextError}, "NUL"),
        ("nul.csv", lambda: b"text\nNine\x00 people died.\n", {NotTextError}, 'line 2: "text" holds NUL'),
        ("nul.eml", lambda: b"From: a@b.example\n\nNine\x00 people died.", {NotTextError}, "NUL"),
        ("nul.txt", lambda: b"Nine\x00 people died.", {NotTextError}, "NUL"),
        ("empty.html", lambda: b"<html><script>99 killed</script></html>", {ReportError}, "no article"),
        ("deep.json", lambda: b"[" * 200_000, {JsonLineError}, "JSON"),
        ("deep.jsonl", lambda: b'{"text":' + b"[" * 200_000, {JsonLineError}, "JSON"),
        ("long.jsonl", lambda: b'{"text": "' + b"a" * 21_000_000, {OversizeError}, "a line of more than"),
        ("long.txt", lambda: b"Nine died. " * 500_000, {OversizeError}, "5,000,000 are read at most"),
        ("none.parquet", lambda: b"PAR1" + bytes(100) + b"PAR1", {DamagedError}, "no Parquet"),
        ("none.warc", lambda: b"WARC/9.9 nothing", {DamagedError}, "no web archive"),
        ("zeros.csv", lambda: bytes(30_000_000), {OversizeError}, "a line of more than 20,000,000"),
        ("none.jsonl", lambda: b"\n", {EmptyReportError}, "holds no report"),
        ("none.csv", lambda: b'text\n"Nine died' + b"x" * 3_000_000, {DamagedError}, "no CSV"),
        ("wide.csv", lambda: b"a," * 5000 + b"\n", {OversizeError}, "a table of"),
    ],
)  # fmt: skip
def test_hostile_file_is_refused_by_name(
    tmp_path: Path, worker: Worker, name: str, content: Callable[[], bytes], kinds: set[type[ReportError]], said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    items = list(read_path(path, known=Known(), worker=worker))
    errors = [item for item in items if isinstance(item, ReportError)]
    assert len(errors) == 1, items
    assert isinstance(errors[0], tuple(kinds))
    assert said in str(errors[0])
    assert str(errors[0]).startswith(str(path))
    assert "\n" not in str(errors[0])
    assert not any(isinstance(item, Report) for item in items)
    # The same worker, or the next one, reads on.
    (report,) = read_path(FILES / "sitrep.html", worker=worker)
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("deep.html", lambda: DEEP_HTML, None),
        ("foreign.docx", lambda: word_with(**{"word/document.xml": FOREIGN_WORD.encode()}), "Nine died"),
    ],
)
def test_hostile_markup_gives_its_words_or_a_named_error(
    tmp_path: Path, worker: Worker, name: str, content: Callable[[], bytes], text: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    (item,) = read_path(path, worker=worker)
    assert isinstance(item, Report | ReportError)
    if isinstance(item, Report):
        assert "root:" not in item.text
        assert text is None or item.text == text


def test_hostile_scripts_and_what_nobody_sees_are_no_words_of_a_page(tmp_path: Path, worker: Worker) -> None:
    hidden = "".join(f"<{tag}>{at} people were killed at Orvela.</{tag}>" for at, tag in enumerate(UNSEEN, start=70))
    page = (
        f"<html><head>{hidden}</head><body><article>{hidden}<h1>Mine</h1><p onclick=\"alert('81 killed')\">{MINE}</p>"
    )
    (tmp_path / "page.html").write_text(
        f"{page}{hidden}<!-- 82 killed --><p>{ROAD}</p></article>{hidden}</body></html>"
    )
    (report,) = read_path(tmp_path / "page.html", worker=worker)
    assert isinstance(report, Report)
    assert MINE in report.text
    assert not set(map(str, range(70, 83))).intersection(report.text.replace(".", " ").split())


def test_hostile_names_do_not_reach_the_terminal_as_they_are(tmp_path: Path, worker: Worker) -> None:
    (tmp_path / "a\x1b[2J\n.zip").write_bytes(zip_of(**{"b\u202egnp.png": b"Nine died."}))
    (error,) = read_path(tmp_path, worker=worker)
    assert str(error).startswith(f"{tmp_path}/a\\x1b[2J\\n.zip!b\\u202egnp.png: no reader for .png; ")


def test_hostile_large_file_is_refused_before_it_is_in_memory(tmp_path: Path, worker: Worker) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    text = tmp_path / "large.txt"
    with text.open("wb") as file:
        file.truncate(500_000_000)
    for one in (path, text):
        (error,) = read_path(one, worker=worker)
        assert type(error) is OversizeError
        assert "larger than 100 MB" in str(error)


def test_hostile_pipe_in_a_folder_holds_up_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Nine died.")
    error, report = read_path(tmp_path)
    assert type(error) is UnreadableInputError
    assert isinstance(report, Report)


def test_hostile_locked_file_is_named(tmp_path: Path, worker: Worker) -> None:
    (tmp_path / "a.html").symlink_to(tmp_path / "b.html")
    (error,) = read_path(tmp_path / "a.html", worker=worker)
    assert isinstance(error, ReportError)


@pytest.fixture
def reader() -> Callable[[str, Limits], list[Item]]:
    """Run a reader of a test's own in a worker: its words are put in the place of the reader of web pages."""

    def run(words: str, limits: Limits) -> list[Item]:
        start = (
            "import sys; sys.path.insert(0, sys.argv.pop()); import reports.webpages as pages\n"
            f"def read(content, origin):\n    {words}\n"
            "pages.read_webpage = read\nfrom reports.workshops import serve; serve()"
        )
        with pytest.MonkeyPatch.context() as patch, Worker(limits) as one:
            patch.setattr("reports.workers._START", start)
            file = FILES / "sitrep.html"
            items = list(one.read(file, get_format("web page"), Origin("page.html")))
            again = list(one.read(FILES / "html.eml", get_format("mail"), Origin("mail.eml")))
            assert [type(item) for item in again] == [Report]
        return items

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("while True: pass", "took more than 1 seconds to read"),
        ("import time; time.sleep(60)", "no report in 20 seconds"),
        ("return bytearray(1 << 40)", "needs more than 1024 MB of memory"),
        ("import os; os.kill(os.getpid(), 11)", "broke its reader down (status -11)"),
        ("import os; os._exit(3)", "broke its reader down (status 3)"),
        ("raise MemoryError", "needs more than 1024 MB of memory"),
    ],
)
def test_workers_limits_end_a_reader_and_the_next_file_is_read(
    reader: Callable[[str, Limits], list[Item]], words: str, said: str
) -> None:
    start = time.monotonic()
    (error,) = reader(words, Limits(memory=1 << 30, seconds=1, patience=20))
    assert type(error) is LimitError
    assert said in str(error)
    assert str(error).startswith("page.html: ")
    assert time.monotonic() - start < 100


def test_workers_what_a_library_prints_does_not_disturb(reader: Callable[[str, Limits], list[Item]]) -> None:
    (error,) = reader("print('{}'); raise ValueError('no\\nsense')", Limits())
    assert str(error) == (
        "page.html: damaged, or no web page (ValueError: no sense); open it in its own program, and save it again"
    )


def test_workers_read_one_file_at_a_time() -> None:
    with Worker() as one:
        items = one.read(FILES / "feed.rss", get_format("feed"), Origin("a"))
        next(items)
        with pytest.raises(RuntimeError, match="one file at a time"):
            next(one.read(FILES / "feed.rss", get_format("feed"), Origin("b")))
        items.close()
        assert len(list(one.read(FILES / "feed.rss", get_format("feed"), Origin("c")))) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_workers_end_with_their_parent() -> None:
    code = (
        "import sys, time; from pathlib import Path; from reports.workers import Worker\n"
        "from reports.fields import Origin; from reports.formats import get_format\n"
        "one = Worker(); list(one.read(Path('tests/files/html.eml'), get_format('mail'), Origin('a')))\n"
        "print(one._process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=FILES.parent.parent, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _is_alive(child):
        time.sleep(0.1)
    assert not _is_alive(child)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_door_mixed_folder_goes_in_with_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sixty files of eight kinds, one in six broken: each broken one is named, all others are there, twice over."""
    folder = tmp_path / "in"
    folder.mkdir()
    page = (FILES / "sitrep.html").read_text()
    makers: list[tuple[str, Callable[[int], bytes]]] = [
        (
            "txt",
            lambda at: f"Some {at + 100} miners were rescued at Selba in week {at}; {at + 3} were killed.".encode(),
        ),
        ("html", lambda at: page.replace("31 people", f"{at + 31} people").encode()),
        ("jsonl", lambda at: f'{{"text": "{at + 5} people were killed at Orvela in week {at}."}}'.encode()),
        ("eml", lambda at: f"From: a@example.org\nSubject: {at}\n\n{at + 7} people were killed at Selba.".encode()),
        ("csv", lambda at: f"text\n{at + 9} people were injured in a fire at Orvela\n".encode()),
        ("zip", lambda at: zip_of(**{"a.txt": f"{at + 11} people were killed at Orvela by a storm.".encode()})),
    ]
    for at in range(60):
        ending, make = makers[at % 6]
        broken = at % 10 == 9
        content = b"\x00\x01\x02" if broken else make(at)
        (folder / f"{at:02}.{ending}").write_bytes(content)
    command = ["add", "--database", f"sqlite:///{tmp_path}/a.db", str(folder)]
    assert door.main(command) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("54 reports added, 0 already there, ")
    assert lines[-1].endswith("; 6 could not be read")
    named = sorted(line.split(":")[0].rpartition("/")[2].split("!")[0] for line in lines[:-1] if "; " in line)
    assert named == [f"{at:02}.{makers[at % 6][0]}" for at in range(60) if at % 10 == 9]
    assert door.main(command) == 1
    assert "0 reports added, 54 already there" in capsys.readouterr().err.splitlines()[-1]


def test_door_language_without_words_is_kept_marked_and_counted(tmp_path: Path, capsys: Any) -> None:
    note = tmp_path / "meldung.txt"
    note.write_text("Bei dem Erdbeben sind nach Angaben der Behörden zwölf Menschen ums Leben gekommen.", "utf-8")
    command = ["add", "--database", f"sqlite:///{tmp_path}/a.db", str(note)]
    assert door.main(command) == 0
    assert capsys.readouterr().err.splitlines() == [
        "1 report added, 0 already there, 0 figures; 1 kept without figures, for lack of words (de 1)"
    ]
    (report,) = read_path(note, known=Known(identifies=True))
    assert isinstance(report, Report)
    kept = connect(f"sqlite:///{tmp_path}/a.db")
    assert read_report(kept, report.id) == report
    kept.close()
