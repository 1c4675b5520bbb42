"""The table of figures brought up to date after reviews: only the figures that were reviewed are read again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from store.connections import Store, reading
from store.corrections import FIELDS
from store.frames import read_frame, read_some
from store.tables import REVIEWS, REVISION

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Kept:
    """The table of figures (``store.frames.read_figures``), with the revision and the last line of the log it shows."""

    figures: "pd.DataFrame"
    revision: int
    line: int


def read_kept(store: Store) -> Kept:
    """Return the table of figures as the store holds it now."""
    with reading(store) as connection:
        return Kept(read_frame(connection), *_read_state(connection))


def refresh_kept(store: Store, kept: Kept) -> tuple[Kept, list[str]] | None:
    """Return the table as the store holds it now, and the ids of the figures that reviews may have changed.

    None where more than reviews came in since: then all of it has to be read again. The table that was kept stays as
    it is.
    """
    with reading(store) as connection:
        revision, line = _read_state(connection)
        reviewed = _find_reviewed(connection, kept, revision)
        if reviewed is None:
            return None
        ids = sorted(reviewed)
        figures = _replace(kept.figures, read_some(connection, ids)) if ids else kept.figures
    return Kept(figures, revision, line), ids


def _read_state(connection: Connection) -> tuple[int, int]:
    line = connection.execute(select(func.coalesce(func.max(REVIEWS.c.number), 0))).scalar_one()
    return int(connection.execute(select(REVISION.c.number)).scalar_one()), int(line)


def _find_reviewed(connection: Connection, kept: Kept, revision: int) -> set[str] | None:
    """Return the figures that were reviewed since, None where the store was changed in another way too.

    Each review is one change of the store. Two that cannot be told apart (one person, one reason, one second) are
    counted as one: then all is read again, which is slow and never wrong.
    """
    same = (REVIEWS.c.figure, REVIEWS.c.at, REVIEWS.c.who, REVIEWS.c.why, REVIEWS.c.verdict)
    acts = connection.execute(select(*same).where(REVIEWS.c.number > kept.line).distinct()).all()
    return {act.figure for act in acts} if len(acts) == revision - kept.revision else None


def _replace(figures: "pd.DataFrame", fresh: "pd.DataFrame") -> "pd.DataFrame":
    """Return the table with what a review may change taken from the fresh rows; columns that stay are shared."""
    rows = figures.index[figures["id"].isin(fresh["id"])]
    fresh = fresh.set_index("id").loc[figures.loc[rows, "id"]].set_index(rows)
    figures = figures.copy(deep=False)
    for name in (*FIELDS, "review"):
        if not figures.loc[rows, name].equals(fresh[name]):
            figures.loc[rows, name] = fresh[name]
    return figures
