"""What an import did, as the line at its end says it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What an import did so far."""

    added: int = 0
    there: int = 0
    figures: int = 0
    unread: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    told: set[str] = field(default_factory=set)

    def has_anything(self) -> bool:
        """Tell whether anything came in, or failed to."""
        return bool(self.added or self.unread)

    def take(self, other: "Tally") -> None:
        """Add what another part of the import did."""
        self.added += other.added
        self.there += other.there
        self.figures += other.figures
        self.unread += other.unread
        self.languages += other.languages

    def __str__(self) -> str:
        """Return the summary line.

        >>> print(Tally(added=152, there=3, figures=640, unread=2))
        152 reports added, 3 already there, 640 figures; 2 could not be read
        >>> print(Tally(added=3, languages=Counter(de=2)))
        3 reports added, 0 already there, 0 figures; 2 kept without figures, for lack of words (de 2)
        """
        added = f"{self.added} {'report' if self.added == 1 else 'reports'} added"
        figures = f"{self.figures} {'figure' if self.figures == 1 else 'figures'}"
        languages = +self.languages
        each = ", ".join(f"{language} {count}" for language, count in languages.most_common())
        kept = f"; {languages.total()} kept without figures, for lack of words ({each})" if each else ""
        unread = f"; {self.unread} could not be read" if self.unread else ""
        return f"{added}, {self.there} already there, {figures}{kept}{unread}"
