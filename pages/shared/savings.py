"""Reports that were read go into the store, one transaction each, and what became of them is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pages.shared.intakes import Intake
from pages.shared.pieces import Piece
from reports.subscriptions import STATE, load_states, save_states
from reports.tallies import Tally
from store import Store, StoreError, find_copies
from store.errors import RefusedError
from store.imports import Outcome, keep_reading


@dataclass(slots=True)
class Saving:
    """What was saved so far; ``copies`` says of which publisher a report prints the text, by the report's title."""

    tally: Tally = field(default_factory=Tally)
    errors: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_whole: bool = False

    def note(self, piece: Piece, outcome: Outcome) -> None:
        """Take down what became of a report."""
        if outcome.error is not None:
            self.tally.unread += 1
            self.errors.append(str(outcome.error))
            return
        self.notes += [words for words in outcome.warnings if words not in piece.notes]
        self.tally.added += outcome.is_new
        self.tally.there += not outcome.is_new
        self.tally.figures += outcome.figures
        self.tally.languages[piece.report.language] += outcome.is_new and not piece.is_readable


def save(open_store: Callable[[], Store], intake: Intake, saving: Saving) -> Iterator[int]:
    """Keep the reports that are not left out, and yield how many are done after each.

    The store is opened for each of them: whoever may not write any more is refused there, by an error of its own.
    It ends where the store fails, with its error in ``saving``: what was kept is kept, and saving again goes on there.
    """
    new: dict[str, str] = {}
    pieces = intake.chosen
    for done, piece in enumerate(pieces, start=1):
        outcome = keep_reading(open_store(), piece.report, piece.readings, given=piece.given)
        saving.note(piece, outcome)
        if outcome.is_new and outcome.report:
            new[outcome.report] = piece.report.title or piece.report.text[:80]
        if isinstance(outcome.error, StoreError) and not isinstance(outcome.error, RefusedError):
            return
        yield done
    found = find_copies(open_store(), list(new))
    saving.copies = [f"{new[name]}: printed by {publisher or 'another'} too" for name, publisher in found.items()]
    _keep_states(intake)
    saving.is_whole = True


def _keep_states(intake: Intake) -> None:
    # Only now: what was not saved must be asked for again.
    if intake.states and not intake.left_out and not intake.unread:
        save_states(load_states(STATE) | intake.states, STATE)
