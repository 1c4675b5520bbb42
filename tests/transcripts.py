"""The transcripts of the README, run again: ``python -m tests.transcripts --write`` puts in what is printed today.

A transcript is a block of ``console``: ``$ `` and a command, below it what it printed. ``cat NAME`` makes the file
that it shows, for the commands after it. A last line ``...`` stands for the figures after the first.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from tests.floors import Shares, load_floors

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = regex.compile(r"(?<=^```console\n)(?P<content>.*?)(?=^```$)", regex.M | regex.S)
FLOOR = regex.compile(r"^\|\ (?P<corpus>\w+)\ \|\ (?P<name>\w+)\ \|\ (?P<share>\d+)\ %\ (?=\|)", regex.M | regex.X)
REST = "..."
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a transcript and the lines below it."""

    command: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in (f"$ {self.command}", *self.lines))


def read_steps(content: str) -> list[Step]:
    """Return the steps of one block.

    >>> read_steps("$ cat a.txt\\nNine people died.\\n")
    [Step(command='cat a.txt', lines=('Nine people died.',))]
    """
    steps = [part.splitlines() for part in regex.split(r"^\$ ", content, flags=regex.M)[1:]]
    return [Step(lines[0], tuple(lines[1:])) for lines in steps]


def run_again(documentation: str) -> Iterator[tuple[Step, Step]]:
    """Yield each step of a page beside what the same command prints today, in one folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for block in BLOCK.finditer(documentation):
            for step in read_steps(block["content"]):
                yield step, Step(step.command, run_step(step, Path(folder)))


def run_step(step: Step, folder: Path) -> tuple[str, ...]:
    """Return what a command prints, errors included; ``python`` is the one that runs this."""
    program, *arguments = shlex.split(step.command)
    if program == "cat":
        (folder / arguments[0]).write_text("\n".join((*step.lines, "")), encoding="utf-8")
        return step.lines
    if program != "python":
        raise ValueError(f"{step.command}: a transcript runs cat and python, not {program}")
    settings = os.environ | {"PYTHONPATH": str(ROOT), "WHO_COUNTS_DATABASE": f"sqlite:///{folder}/default.db"}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    lines = tuple(line.rstrip() for line in run.stdout.splitlines())
    return (*_first_figure(lines), REST) if step.lines and step.lines[-1] == REST else lines


def _first_figure(lines: tuple[str, ...]) -> tuple[str, ...]:
    others = [number for number, line in enumerate(lines) if number and not line.startswith(" ")]
    return lines[: others[0]] if others else lines


def read_floors(documentation: str) -> dict[tuple[str, str], int]:
    """Return the percentages of the table of accuracy, by corpus and measure.

    >>> read_floors("| sample | recall | 85 % | of the stated facts |")
    {('sample', 'recall'): 85}
    """
    return {(m["corpus"], m["name"]): int(m["share"]) for m in FLOOR.finditer(documentation)}


def refresh(documentation: str, floors: Shares) -> str:
    """Return the page with today's output in its transcripts and today's floors in its table."""
    again = iter([str(new) for _, new in run_again(documentation)])
    printed = BLOCK.sub(lambda m: "".join(next(again) for _ in read_steps(m["content"])), documentation)
    return FLOOR.sub(lambda m: _write_floor(m["corpus"], m["name"], floors), printed)


def _write_floor(corpus: str, name: str, floors: Shares) -> str:
    return f"| {corpus} | {name} | {round(100 * floors[corpus][name])} % "


def main() -> int:
    """Say whether the README prints what the program prints; with ``--write``, make it so."""
    options = argparse.ArgumentParser(prog="python -m tests.transcripts", description=__doc__.split("\n")[0])
    options.add_argument("--write", action="store_true", help="put today's output in the README")
    given = options.parse_args()
    old = README.read_text(encoding="utf-8")
    new = refresh(old, load_floors())
    if given.write:
        README.write_text(new, encoding="utf-8")
    print("The README is as the program prints." if new == old else f"The README {'was' if given.write else 'is'} old.")
    return int(new != old and not given.write)


if __name__ == "__main__":
    sys.exit(main())
