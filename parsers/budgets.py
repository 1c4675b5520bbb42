"""Budgets: how long one report may be read, so that no text, whatever it holds, holds up the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from time import thread_time
from warnings import warn

from parsers.alphabets import load_alphabet
from parsers.errors import UnfinishedReportWarning
from parsers.records import Document, Sentence

BUDGET = 10.0
"""Seconds of a core that one report may take, however busy the machine; a long one takes a hundredth."""
LOADING = 4
"""How many times as long the first report of a process may take: words and patterns are loaded as they are needed."""
FINDING = 0.4
"""What of that finding the figures may take: who claims them, where and when takes a little longer."""
ENDLESS, ENDLESS_BUDGET = 1_000, 0.3
"""Nobody writes sentences of so many characters; all of them in a report may take so many seconds."""
BEFORE = count()
"""Counts the reports that the process has read."""


@dataclass(slots=True)
class Progress:
    """How far the sentences of a document are read."""

    document: Document
    read: int = 0

    def take(self) -> Iterator[tuple[int, Sentence]]:
        """Yield the sentences with their indexes for as long as there is time."""
        grammar = load_alphabet()
        allowed = FINDING * BUDGET * (1 if next(BEFORE) else LOADING)
        deadline, endless, made = thread_time() + allowed, 0.0, grammar.spent
        for index, sentence in enumerate(self.document.sentences):
            start = thread_time()
            if start - (grammar.spent - made) > deadline or endless > ENDLESS_BUDGET:
                return
            yield index, sentence
            self.read = index + 1
            if len(sentence.text) > ENDLESS:
                endless += thread_time() - start

    def finish(self) -> Document:
        """Return the document as far as it is read, with a warning where that is not all."""
        report, sentences = self.document.report, self.document.sentences
        if self.read == len(sentences):
            return self.document
        reached = f"read up to character {sentences[self.read].start} of {len(self.document.text)}"
        advice = "split the report to read the rest"
        warn(f"{report.id}: {reached} before its time was up; {advice}", UnfinishedReportWarning, stacklevel=1)
        end = sentences[self.read].start
        return replace(self.document, text=self.document.text[:end], sentences=sentences[: self.read])
