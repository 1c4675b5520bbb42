"""What can be wrong with a report that comes in: one tree, each error named by its cause.

    ReportError
    ├── MissingInputError       there is no such file or folder
    ├── UnreadableInputError    the file is there and the system does not let us read it
    ├── UnknownFormatError      no reader knows this kind of file
    ├── EncodingError           the bytes are in no encoding that can be told with certainty
    ├── NotTextError            NUL characters or halves of characters: this is no text
    ├── FrontMatterError        the front matter of a Markdown file is broken
    ├── JsonLineError           a line of JSONL is not one JSON object
    ├── FieldError              a field holds something of the wrong kind
    │   └── WrongDateError      a publication date that is no day of the calendar
    ├── MissingTextError        a record without the field "text"
    ├── EmptyReportError        a report that holds nothing but space
    ├── DamagedError            the file is broken, or not what its ending says
    ├── EncryptedError          the file is locked by a password
    ├── OversizeError           larger than what is read: bytes, pages, lines, nesting
    │   └── BombError           a small file that unpacks to far more than it should
    ├── LimitError              the reader took more time or memory than it may, or broke down
    ├── UnsafePathError         a name in an archive that points out of it
    ├── ColumnError             a table without a column of words, or a mapping to a column that is not there
    ├── AddressError            an address that is not fetched: private, no web address, too many redirects ...
    │   ├── ForbiddenError      the site's robots.txt does not allow it
    │   └── AnswerError         the server answered with an error, too much, too slowly or not at all
    └── SubscriptionError       feeds.toml, or what is kept beside it, is broken

Readers yield these as values beside the reports, so that one bad report never stops the rest.
"""

from unicodedata import category


class ReportError(Exception):
    r"""Something that came in is no report; the message names the input, the line and the remedy.

    >>> print(ReportError("notes.jsonl", "holds no text", "fill it in", line=3))
    notes.jsonl: line 3: holds no text; fill it in

    Names come from outside: what a terminal would obey in them is spelled out.

    >>> print(ReportError("a\x1b[2J.png", "no reader for .png", "save it as .pdf"))
    a\x1b[2J.png: no reader for .png; save it as .pdf
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
        return show_plainly(f"{self.name}:{line} {self.problem}; {self.remedy}")


def show_plainly(words: str) -> str:
    r"""Return words on one line, with every character that is not to be printed spelled out.

    >>> show_plainly("a\n\x1b[31mb.png")
    'a\\n\\x1b[31mb.png'
    """
    if words.isprintable():
        return words
    return "".join(map(_spell_out, words))


def _spell_out(character: str) -> str:
    is_shown = character.isprintable() or category(character) == "Zs"
    return character if is_shown else character.encode("unicode_escape").decode()


class MissingInputError(ReportError):
    """There is no such file or folder."""


class UnreadableInputError(ReportError):
    """The file is there and the system does not let us read it."""


class UnknownFormatError(ReportError):
    """No reader knows this kind of file."""


class EncodingError(ReportError):
    """The bytes are in no encoding that can be told with certainty."""


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


class DamagedError(ReportError):
    """The file is broken, or not what its ending says."""


class EncryptedError(ReportError):
    """The file is locked by a password."""


class OversizeError(ReportError):
    """Larger than what is read: bytes, pages, lines, nesting."""


class BombError(OversizeError):
    """A small file that unpacks to far more than it should."""


class LimitError(ReportError):
    """The reader took more time or memory than it may, or broke down."""


class UnsafePathError(ReportError):
    """A name in an archive points out of it."""


class ColumnError(ReportError):
    """A table has no column of words, or a mapping names a column that is not there."""


class AddressError(ReportError):
    """An address that is not fetched."""


class ForbiddenError(AddressError):
    """The site's robots.txt does not allow it."""


class AnswerError(AddressError):
    """The server answered with an error, too much, too slowly or not at all."""


class SubscriptionError(ReportError):
    """The table of feeds, or what is kept beside it, is broken."""
