"""Tables that have lost their lines: a line that heads columns, and lines of a place with its numbers below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers.grammar import UNITS, Draft, Group, Piece
from parsers.records import Basis, Document, Metric, Qualifier, Quantity, Sentence, Span, Unit
from parsers.tables import load_section
from parsers.tokens import split_pieces
from parsers.vocabulary import MetricTable, Vocabulary

RULE = "<place> <number> under <label>"
LONGEST_HEAD, MOST_COLUMNS, LONGEST_LABEL, LONGEST_MARK = 200, 12, 4, 5
"""In characters, columns, words and characters; a longer line is prose."""
MOST_ROWS = 2_000
"""A report has fewer; a data set is imported as a table."""
PARTED = regex.compile(r"\s*\|\s*|\s+/\s+|\t+\s*|[^\S\n]{2,}")
WORD = regex.compile(r"\S+")
CELL = regex.compile(r"\d{1,3}(?:,\d{3})++|\d{1,9}|\S+")
NUMBER = regex.compile(r"\d[\d,]*+")
LABEL_ROLES = ("takes.ed", "state", "event", "victim", "toll")
BY = regex.compile(r"(?P<label>.+?)\s(?:by|per)\s(?P<place>[^:]+):?")
BESIDE = frozenset({"of", "the", "adverb", "crowd", "reach.base", "dash", "open", "close"})


@dataclass(frozen=True, slots=True)
class Column:
    """What the numbers under a label count; ``span`` is the label's."""

    metric: Metric
    unit: Unit
    basis: Basis
    span: Span


@dataclass(frozen=True, slots=True)
class Head:
    """A line that heads a table: its columns of numbers, None for one of other things."""

    columns: tuple[Column | None, ...]

    @property
    def counts(self) -> bool:
        """Whether a column counts what befell people or homes; a table of populations alone is none of ours."""
        return any(column and column.metric is not Metric.POPULATION for column in self.columns)


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "columns").words(name)


def find_rows(document: Document, vocabulary: Vocabulary) -> dict[int, list[Draft]]:
    r"""Return the drafts of the rows of tables, by the sentences that they are.

    A row stands right under its head or another row, and has a number, or a mark for none, in each column.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> table = "District Deaths Houses destroyed\nSelba 12 310\nOrvela 3 -"
    >>> [(figure.metric.value, figure.value) for figure in extract(Report(id="t", text=table))]
    [('killed', 12), ('homes_destroyed', 310), ('killed', 3)]
    """
    found: dict[int, list[Draft]] = {}
    head: Head | None = None
    for at, row in enumerate(document.sentences[1:], start=1):
        if not _may_be_row(row):
            continue
        if len(found) == MOST_ROWS:
            break
        if at - 1 not in found:
            head = _read_head(document.sentences[at - 1], row, document, vocabulary)
        cells = _read_row(row, len(head.columns)) if head else None
        if head and cells:
            found[at] = _draft_row(row, head, cells)
    return found


def _may_be_row(sentence: Sentence) -> bool:
    """Whether a line ends as rows do, which hardly any sentence does."""
    last = sentence.text[-LONGEST_MARK:].lower().rpartition(" ")[2]
    return last[-1:].isdigit() or last[-1:] == "|" or last in _words("nothing")


def _read_head(sentence: Sentence, row: Sentence, document: Document, vocabulary: Vocabulary) -> Head | None:
    """Return the head that a line is to the row below it, None for a line of other things."""
    if len(sentence.text) > LONGEST_HEAD or any(sign.isdigit() for sign in sentence.text):
        return None
    words = sentence.text.lower().split()
    if not any(word.strip(":|/") in _words("places") for word in words):
        return None
    number = _count_numbers(row)
    if not 0 < number <= MOST_COLUMNS:
        return None
    if (m := BY.fullmatch(sentence.text)) and number == 1:
        head = Head((_read_label(Sentence(m["label"], sentence.start, sentence.paragraph), vocabulary),))
        return head if head.counts else None
    cells = list(_split_cells(sentence, document))
    if len(cells) > 1:
        columns = tuple(_read_label(cell, vocabulary) for cell in cells[-number:])
        named = len(cells) > number and all(_read_label(cell, vocabulary) is None for cell in cells[:-number])
    else:
        columns = _part_labels(sentence, number, vocabulary)
        named = True
    head = Head(columns)
    return head if named and head.counts else None


def _split_cells(sentence: Sentence, document: Document) -> Iterator[Sentence]:
    """Yield the cells of a line as the report parts them: by bars, tabs, strokes or wide gaps."""
    written = document.report.text[sentence.start : sentence.start + len(sentence.text)]
    at = 0
    for m in [*PARTED.finditer(written), None]:
        end = m.start() if m else len(written)
        if at < end:
            yield Sentence(sentence.text[at:end], sentence.start + at, sentence.paragraph)
        at = m.end() if m else end


def _part_labels(sentence: Sentence, number: int, vocabulary: Vocabulary) -> tuple[Column | None, ...]:
    """Return the labels that the words behind the name of the rows make, so many and no word left; () for none."""
    words = [m.span() for m in WORD.finditer(sentence.text)]

    @cache
    def part(end: int, left: int) -> tuple[Column, ...] | None:
        if not left:
            return () if 0 < end <= LONGEST_LABEL else None
        for start in range(end - 1, max(end - 1 - LONGEST_LABEL, 0), -1):
            span = words[start][0], words[end - 1][1]
            label = _read_label(Sentence(sentence.text[slice(*span)], sentence.start + span[0], 0), vocabulary)
            before = part(start, left - 1) if label else None
            if label and before is not None:
                return (*before, label)
        return None

    return part(len(words), number) or ()


def _read_label(cell: Sentence, vocabulary: Vocabulary) -> Column | None:
    """Return what a label counts: "Houses destroyed", "Affected families", "Deaths"; None for anything else."""
    pieces = split_pieces(cell, (), vocabulary)
    said = [piece for piece in pieces if piece.metrics(*LABEL_ROLES)]
    beside = [piece for piece in pieces if piece not in said]
    if len(said) != 1 or not all(_unit(piece) or piece.roles & BESIDE or not piece.text.isalpha() for piece in beside):
        return None
    unit = next((_unit(piece) for piece in beside if _unit(piece)), None) or _unit(said[0])
    tables = [vocabulary.metrics[metric] for metric in said[0].metrics(*LABEL_ROLES)]
    fitting = [table for table in tables if (unit or _main_unit(table)) in table.units]
    if not fitting:
        return None
    table = next((one for one in fitting if Unit.PERSON in one.units), fitting[0])
    standing = table.metric is Metric.DISPLACED and bool(said[0].metrics("victim"))
    basis = Basis.STOCK if standing else table.basis
    return Column(table.metric, unit or _main_unit(table), basis, (cell.start, cell.start + len(cell.text)))


def _unit(piece: Piece) -> Unit | None:
    return next((unit for roles, unit in UNITS if not roles.isdisjoint(piece.roles)), None)


def _main_unit(table: MetricTable) -> Unit:
    return Unit.PERSON if Unit.PERSON in table.units else min(table.units)


def _cells(sentence: Sentence) -> list[Span]:
    """Return the spans of the cells behind the name of a row, from the first that is a number or a mark for none."""
    cells = [m.span() for m in CELL.finditer(sentence.text.replace("|", " "))]
    first = next((at for at, span in enumerate(cells) if at and _is_cell(sentence.text[slice(*span)])), len(cells))
    return cells[first:]


def _is_cell(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None or text.lower() in _words("nothing")


def _count_numbers(row: Sentence) -> int:
    cells = _cells(row)
    return len(cells) if all(_is_cell(row.text[slice(*span)]) for span in cells) else 0


def _read_row(sentence: Sentence, number: int) -> list[Span] | None:
    """Return the spans of the numbers of a row, of which it has one in each column; None for no row."""
    return _cells(sentence) if _count_numbers(sentence) == number else None


def _draft_row(sentence: Sentence, head: Head, row: Sequence[Span]) -> list[Draft]:
    clause = (sentence.start, sentence.start + len(sentence.text))
    return [
        _draft(sentence, span, column, clause)
        for span, column in zip(row, head.columns, strict=True)
        if column and sentence.text[slice(*span)].strip("0") and NUMBER.fullmatch(sentence.text[slice(*span)])
    ]


def _draft(sentence: Sentence, span: Span, column: Column, clause: Span) -> Draft:
    value = int(sentence.text[slice(*span)].replace(",", ""))
    number = (span[0] + sentence.start, span[1] + sentence.start)
    quantity = Quantity(*number, *number, value, value, value, Qualifier.EXACT, "<number>")
    group = Group(number, number, quantity, column.unit, "", like=column.span)
    return Draft(group, column.metric, frozenset({"elliptic"}), column.span, clause, RULE, column.basis)


def join_totals(document: Document, rows: Mapping[int, list[Draft]]) -> dict[int, list[Draft]]:
    """Make the rows of a table parts of its last row, where that is their total."""
    joined, run = dict(rows), list[int]()
    for at in rows:
        run = [*run, at] if run and run[-1] == at - 1 else [at]
        first = document.sentences[at].text.split()[0].lower().strip(":|")
        if first in _words("sums"):
            wholes = {draft.trigger: draft.group.number for draft in rows[at]}
            for part in run[:-1]:
                joined[part] = [replace(draft, whole=wholes.get(draft.trigger)) for draft in rows[part]]
            run = []
    return joined
