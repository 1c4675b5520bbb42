"""The Report: one document as every other room knows it, and the counts that a dataset gives ready made."""

from dataclasses import dataclass
from datetime import date

from reports.errors import show_plainly


@dataclass(frozen=True, slots=True)
class Report:
    """One document with what is known of where it came from.

    ``id`` is the record's own where it had one, else derived from the content. ``text`` is plain text; every
    span in the project counts characters of it, start included, end excluded. ``published`` is the day of
    publication, None where nobody said. ``url`` is the address a reader can check.

    >>> Report(id="a1", text="Nine people died.").language
    'en'
    """

    id: str
    text: str
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str = "en"
    paraphrased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure that a dataset gives as a number: nothing was read out of words.

    ``metric``, ``unit`` and ``basis`` are the codes of the figure record; ``low`` and ``high`` are bounds, None where
    open. ``span`` holds the number in the text of its report. ``country`` is ISO 3166 alpha-3.
    """

    metric: str
    value: int
    low: int | None
    high: int | None
    span: tuple[int, int]
    qualifier: str = "exact"
    unit: str = "person"
    basis: str = "new"
    group: str | None = None
    source: str | None = None
    place: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    start: date | None = None
    end: date | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class CountedReport:
    """A row of a dataset: a report that says in words what the row holds, and its counts.

    ``dataset`` is the name of the dataset, such as "UCDP GED".
    """

    report: Report
    counts: tuple[Count, ...]
    dataset: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader did that its user should see and can correct, such as which column it took for the words.

    ``remedy`` is how a command corrects it. Of a table, ``header`` names its columns and ``columns`` says which of
    them was taken for which field.
    """

    name: str
    words: str
    remedy: str = ""
    header: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the one line that is printed.

        >>> print(Notice("notes.csv", "text from story", "to correct it: --columns text=NAME"))
        notes.csv: text from story (to correct it: --columns text=NAME)
        """
        return show_plainly(f"{self.name}: {self.words}" + (f" ({self.remedy})" if self.remedy else ""))
