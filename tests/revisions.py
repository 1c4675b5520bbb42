"""The same measure on an earlier revision of the parsers: today's corpora, the parsers and their tables of then."""

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.corpora import Trial
from tests.floors import Shares
from tests.sample import ROOT

THEN = ("parsers", "reports", "data")
"""What an earlier revision is made of; the corpora and the measure are those of now."""


class RevisionError(RuntimeError):
    """An earlier revision could not be measured; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one measure came to: the shares, what was found, and what was read that is not stated."""

    shares: Shares
    found: Counter[str]
    false: Counter[str]


def summarise(trials: Sequence[Trial], shares: Shares) -> Summary:
    """Return what can be compared between two revisions."""
    outcomes = [outcome for trial in trials for outcome in trial.outcomes]
    found = Counter(f"{one.corpus}/{one.where}: {one.stated}" for one in outcomes if one.right)
    false = Counter(f"{one.corpus}/{one.where}: {one.read}" for one in outcomes if one.figure and not one.right)
    return Summary(shares, found, false)


def write_summary(summary: Summary) -> str:
    """Write a summary as one JSON object."""
    return json.dumps({"shares": summary.shares, "found": summary.found, "false": summary.false})


def read_summary(line: str) -> Summary:
    """Read what ``write_summary`` wrote."""
    content: dict[str, Any] = json.loads(line)
    return Summary(content["shares"], Counter(content["found"]), Counter(content["false"]))


def measure_revision(revision: str) -> Summary:
    """Measure the parsers of a revision in a folder of their own; raises RevisionError."""
    with tempfile.TemporaryDirectory(prefix="accuracy-") as name:
        folder = Path(name)
        _unpack(revision, folder)
        shutil.rmtree(folder / "data" / "reports", ignore_errors=True)
        shutil.copytree(ROOT / "data" / "reports", folder / "data" / "reports")
        shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        return read_summary(_run([sys.executable, "-m", "tests.accuracy", "--json"], folder).decode())


def _unpack(revision: str, folder: Path) -> None:
    archive = _run(["git", "archive", "--format=tar", revision, *THEN], ROOT)
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def _run(command: Sequence[str], folder: Path) -> bytes:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise RevisionError(f"{' '.join(command[:4])}: {last[0]}; name a revision with today's records")
    return done.stdout


def compare(before: Summary, now: Summary, revision: str) -> Iterator[str]:
    """Yield a line for each share that changed since a revision, and each figure won, lost, or newly false."""
    yield f"since {revision}"
    for corpus, measures in now.shares.items():
        for name, share in measures.items():
            was = before.shares.get(corpus, {}).get(name, 0.0)
            yield f"  {corpus + ' ' + name:24} {was:.3f} -> {share:.3f}  {share - was:+.3f}"
    for title, some, others in (
        ("found now", now.found, before.found),
        ("lost", before.found, now.found),
        ("false now", now.false, before.false),
        ("no longer false", before.false, now.false),
    ):
        yield from (f"  {title}: {figure}" for figure in (some - others).elements())
