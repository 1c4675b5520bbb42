"""What can be wrong with a report that comes in: one tree, each error named by its cause.

    ReportError
    ├── MissingInputError       there is no such file or folder
    ├── UnreadableInputError    the file is there and the system does not let us read it
    ├── UnknownFormatError      no reader knows this kind of file
    ├── EncodingError           the bytes are not UTF-8
    ├── NotTextError            NUL characters or halves of characters: this is no text
    ├── FrontMatterError        the front matter of a Markdown file is broken
    ├── JsonLineError           a line of JSONL is not one JSON object
    ├── FieldError              a field holds something of the wrong kind
    │   └── WrongDateError      a publication date that is no day of the calendar
    ├── MissingTextError        a record without the field "text"
    └── EmptyReportError        a report that holds nothing but space

Readers yield these as values beside the reports, so that one bad report never stops the rest.
"""


class ReportError(Exception):
    """Something that came in is no report; the message names the input, the line and the remedy.

    >>> print(ReportError("notes.jsonl", "holds no text", "fill it in", line=3))
    notes.jsonl: line 3: holds no text; fill it in
    """

    def __init__(self, name: str, problem: str, remedy: str, line: int | None = None) -> None:
        super().__init__(name, problem, remedy, line)
        self.name = name
        self.problem = problem
        self.remedy = remedy
        self.line = line

    def __str__(self) -> str:
        """Return the one line that is printed: input, line, problem, remedy."""
        line = "" if self.line is None else f" line {self.line}:"
        return f"{self.name}:{line} {self.problem}; {self.remedy}"


class MissingInputError(ReportError):
    """There is no such file or folder."""


class UnreadableInputError(ReportError):
    """The file is there and the system does not let us read it."""


class UnknownFormatError(ReportError):
    """No reader knows this kind of file."""


class EncodingError(ReportError):
    """The bytes are not UTF-8."""


class NotTextError(ReportError):
    """The text holds NUL characters or halves of characters."""


class FrontMatterError(ReportError):
    """The front matter of a Markdown file is broken."""


class JsonLineError(ReportError):
    """A line of JSONL is not one JSON object."""


class FieldError(ReportError):
    """A field holds something of the wrong kind."""


class WrongDateError(FieldError):
    """A publication date is no day of the calendar."""


class MissingTextError(ReportError):
    """A record has no field "text"."""


class EmptyReportError(ReportError):
    """A report holds nothing but space."""
