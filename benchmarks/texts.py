"""What the benchmarks read: the sample's reports, ordinary prose, and input that no one should have to read."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from reports.records import Report
from tests.corpora import read_worlds
from tests.sample import read_sample

PASSAGES_A_REPORT = 12
"""How many passages of other worlds make a report of about the length of a newspaper's."""

PARAGRAPHS_A_REPORT = 4
MEGABYTE = 1_000_000


def read_reports() -> list[Report]:
    """Return the reports of the sample."""
    return list(read_sample().values())


def read_prose() -> list[Report]:
    """Return the passages of the other worlds, joined into reports of about the length of a newspaper's."""
    texts = [text for _, text in read_worlds()]
    starts = range(0, len(texts), PASSAGES_A_REPORT)
    return [Report(id=f"prose-{at}", text="\n\n".join(texts[at : at + PASSAGES_A_REPORT])) for at in starts]


def read_news() -> list[Report]:
    """Return ordinary news, written for this: finance, sport, politics and culture, where no sentence counts people."""
    paragraphs = Path(__file__).with_name("news.md").read_text(encoding="utf-8").split("\n\n")
    starts = range(0, len(paragraphs), PARAGRAPHS_A_REPORT)
    return [Report(id=f"news-{at}", text="\n\n".join(paragraphs[at : at + PARAGRAPHS_A_REPORT])) for at in starts]


def read_lines(path: Path) -> list[Report]:
    """Return the texts of a JSONL file, one record with a ``text`` a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Report(id=f"{path.stem}-{at}", text=json.loads(line)["text"]) for at, line in enumerate(lines)]


def repeat(words: str) -> Callable[[int], str]:
    """Return a writer of the words again and again, up to a number of characters."""
    return lambda length: (words * (length // len(words) + 1))[:length]


def spoil(words: str, times: int = 90) -> Callable[[int], str]:
    """Return a writer of the words with a count of the dead in every sentence, so that all the grammar is run."""
    return repeat(f"{words * times}killed 9 people ")


def _write_nested(length: int) -> str:
    return "(" * (length // 2) + ")" * (length // 2)


ENDLESS = "and the men of the village who saw the 12 lorries that the army had sent to the town were killed "
GARBAGE: dict[str, Callable[[int], str]] = {
    "1 1 1 1": repeat("1 "),
    "111111": repeat("1"),
    "brackets, open": repeat("("),
    "brackets, nested": _write_nested,
    "brackets, paired": repeat("()[]"),
    "one endless sentence": repeat(ENDLESS),
    "endless, without numbers": repeat(ENDLESS.replace("12 ", "")),
    "killing verbs": repeat("killed shot stabbed bombed murdered massacred slain executed "),
    "in Idlib, Aleppo": repeat("in Idlib, Aleppo, Homs, Hama, Daraa, "),
    "five five five": repeat("five "),
    "one endless word": repeat("killed"),
    "a hundred and a hundred and": repeat("a hundred and "),
    "said said said": repeat("said "),
    "killed killed killed": repeat("killed "),
    "commas": repeat(", "),
    "full stops": repeat(". "),
    "quotes": repeat('"'),
    "lines": repeat("\n"),
    "capitals": repeat("Aa Bb "),
    "1,000,1,000,": repeat("1,000,"),
    "1 1 1 1 killed": spoil("1 "),
    "(((( killed": spoil("("),
    "()() killed": spoil("( ) "),
    "a hundred and killed": spoil("a hundred and "),
    "said said killed": spoil("said "),
    "commas killed": spoil(", "),
    "quotes killed": spoil('" '),
    "people people killed": spoil("people "),
    "9 people and killed": spoil("9 people and "),
    "including 9 killed": spoil("including 9 men, "),
    "in Idlib in Aleppo killed": spoil("in Idlib, Aleppo, "),
    "on Monday since killed": spoil("since Monday 3 March until "),
    "the ministry said killed": spoil("the ministry said according to Reuters "),
    "killed 9 people.": repeat("The army said on Monday that shelling in Idlib killed 9 people. "),
}
"""Names of bad input, each with its writer."""


def read_garbage(length: int = MEGABYTE) -> Iterator[tuple[str, Report]]:
    """Yield reports of a megabyte each (or of ``length`` characters) that hold nothing and are hard to read."""
    yield from ((name, Report(id=name, text=write(length))) for name, write in GARBAGE.items())


def count_bytes(reports: list[Report]) -> int:
    """Return the size of the reports' texts in UTF-8."""
    return sum(len(report.text.encode()) for report in reports)
