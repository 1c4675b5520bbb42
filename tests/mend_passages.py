"""Print the passages that do not hold, and take "Known gap" away from under those that do again.

``python -m tests.mend_passages [CHAPTER ...]`` prints for each wording that fails what is missing and what is too much.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from parsers.pipeline import extract
from tests.test_passages import CORPUS, WORDING, Passage, Row, read_passages, write_row


def compare(passage: Passage) -> tuple[list[str], list[str]]:
    """Return the rows that the parsers miss, and those that they give too much."""
    figures = extract(passage.report)
    by_id = {figure.id: figure for figure in figures}
    found = Counter(write_row(figure, passage.fields, by_id) for figure in figures)
    wanted = Counter(passage.figures)
    return _show((wanted - found).elements()), _show((found - wanted).elements())


def _show(rows: Iterable[Row]) -> list[str]:
    return [" | ".join(cell for _, cell in row) for row in rows]


def mend_section(section: str, held: set[tuple[str, str]]) -> str:
    """Return a section without the gaps of the wordings that hold."""
    heading = section.partition("\n")[0]
    for number, m in reversed(list(enumerate(WORDING.finditer(section), start=1))):
        if m["gap"] and (heading, str(number)) in held:
            section = section[: m.end("quotation")] + section[m.end() :].removeprefix("\n")
    return section


def main(chapters: Sequence[str]) -> None:
    """Print what fails in the chapters (all, where none is named), and mend their files."""
    for path in sorted(CORPUS.glob("*.md")):
        if chapters and path.stem not in chapters:
            continue
        held = set()
        for passage in read_passages(path):
            missing, extra = compare(passage)
            if missing or extra:
                print(f"{'known' if passage.gap else 'NEW  '} {passage}: {' '.join(passage.report.text.split())}")
                print(f"      missing {missing}, too much {extra}")
            elif passage.gap:
                print(f"mended {passage}")
                held.add((passage.heading, passage.report.id))
        first, *sections = path.read_text(encoding="utf-8").split("\n## ")
        path.write_text("\n## ".join([first, *(mend_section(one, held) for one in sections)]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
