"""What a report can hold that the parsers do not read."""


class UnfinishedReportWarning(UserWarning):
    """A report took more than its time, and gave what had been read of it."""


class ContradictedTotalWarning(UserWarning):
    """A report states a total that the parts it names do not make; both are kept as printed."""


class UnknownLanguageError(Exception):
    """There are no words for the language of a report; the message names the report and the remedy."""

    def __init__(self, report: str, language: str) -> None:
        super().__init__(report, language)
        self.report = report
        self.language = language

    def __str__(self) -> str:
        """Return the one line that is printed.

        >>> print(UnknownLanguageError("a1", "de"))
        a1: no words for the language 'de'; add parsers/lexicon/de.toml, or correct the report's language
        """
        table = f"parsers/lexicon/{self.language}.toml"
        return (
            f"{self.report}: no words for the language {self.language!r}; add {table}, or correct the report's language"
        )
