"""An import that is killed again and again: ``python -m tests.crashes ADDRESS EXPECTED FILE KILLS SEED``.

EXPECTED is the address of a store that was filled from FILE without disturbance. Each time a child imports FILE into
the store at ADDRESS until it is killed with signal 9 at a random instant, and the store is looked at; at last a child
is left alone. Prints what was found wrong, and how many reports there were after each kill.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import ColumnClause, column, func, select, table

import store
from reports.readers import read_path
from reports.records import Report
from store.backups import TABLES, measure
from store.connections import reading
from store.imports import keep_reports
from store.tables import EVIDENCE, FIGURES, REPORTS
from store.words import HANDFUL
from store.workers import load_tables

OPENING = 8
"""One kill in so many comes while the store is opened; the others when reports are kept."""

READY = b"\0"


def start_import(address: str, reports: Sequence[Report]) -> tuple[int, int]:
    """Fork a child that imports; return its id and the pipe on which it acknowledges each report."""
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    try:
        kept = store.connect(address)
        os.write(into, READY)
        for outcome in keep_reports(kept, reports):
            if outcome.error is not None:
                os.write(2, f"{outcome.error}\n".encode())
            elif outcome.is_new:
                os.write(into, f"{outcome.report}\n".encode())
    finally:
        os._exit(0)


def read_pipe(out: int) -> list[str]:
    """Return what a child that is gone had acknowledged."""
    with os.fdopen(out, "rb") as pipe:
        return pipe.read().replace(READY, b"").decode().split()


def count_rows(kept: store.Store) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Return the figures and the evidence of each report, the revision, and how many reports can be searched.

    These are in the index of words, or came so lately that a search looks through them.
    """
    figures = select(FIGURES.c.report, func.count()).group_by(FIGURES.c.report)
    evidence = select(FIGURES.c.report, func.count()).join(EVIDENCE, EVIDENCE.c.figure == FIGURES.c.id)
    with reading(kept) as connection:
        ids = connection.execute(select(REPORTS.c.id)).scalars().all()
        by_figures = Counter({row[0]: row[1] for row in connection.execute(figures)})
        found = connection.execute(evidence.group_by(FIGURES.c.report))
        by_evidence = Counter({row[0]: row[1] for row in found})
        number: ColumnClause[int] = column("id" if kept.is_file else "number")
        words = table("report_words_docsize" if kept.is_file else "report_words", number)
        indexed, last = connection.execute(
            select(func.count(), func.coalesce(func.max(number), 0)).select_from(words)
        ).one()
        waiting = connection.scalar(select(func.count()).where(REPORTS.c.number > last)) or 0
        searched = indexed + waiting if waiting < HANDFUL else indexed
    return {name: (by_figures[name], by_evidence[name]) for name in ids}, store.revision(kept), searched


def find_wrongs(address: str, whole: dict[str, tuple[int, int]], acknowledged: set[str], kills: int) -> Iterator[str]:
    """Yield what is wrong with a store after a kill."""
    kept = store.connect(address)
    rows, revision, searched = count_rows(kept)
    kept.close()
    if lost := acknowledged - rows.keys():
        yield f"after kill {kills}: {len(lost)} acknowledged reports are lost"
    if half := [name for name, counts in rows.items() if whole[name] != counts]:
        yield f"after kill {kills}: {half} are there in part"
    if len(rows) - len(acknowledged) > kills:
        yield f"after kill {kills}: {len(rows)} reports, {len(acknowledged)} acknowledged"
    if not len(rows) == revision == searched:
        yield f"after kill {kills}: {len(rows)} reports, revision {revision}, {searched} can be searched"


def measure_all(kept: store.Store) -> dict[str, object]:
    """Return the digests of all tables."""
    with reading(kept) as connection:
        return {table.name: measure(connection, table) for table in TABLES}


def main() -> int:
    """Kill and look; return 1 where anything was wrong."""
    address, expected, file, kills, seed = sys.argv[1:]
    reports = [one for one in read_path(Path(file)) if isinstance(one, Report)]
    undisturbed = store.connect(expected)
    whole, wanted = count_rows(undisturbed)[0], measure_all(undisturbed)
    undisturbed.close()
    load_tables()
    chance = random.Random(int(seed))  # noqa: S311
    acknowledged: set[str] = set()
    sizes: list[int] = []
    wrongs: list[str] = []
    waited, share = 0.02 * len(reports) / int(kills), len(reports) / int(kills)
    for kill in range(1, int(kills) + 1):
        child, out = start_import(address, reports)
        if kill % OPENING == 0:
            time.sleep(chance.uniform(0, 0.1))
        else:
            os.read(out, 1)
            # So long, by the pace so far, that the kills are spread over the whole import.
            pause = chance.uniform(0, 2) * waited / (len(acknowledged) + share) * share
            time.sleep(pause)
            waited += pause
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged.update(read_pipe(out))
        wrongs += find_wrongs(address, whole, acknowledged, kill)
        sizes.append(len(acknowledged))
    child, out = start_import(address, reports)
    read_pipe(out)
    os.waitpid(child, 0)
    kept = store.connect(address)
    wrongs += [
        f"{name}: not as in the undisturbed store" for name, one in measure_all(kept).items() if wanted[name] != one
    ]
    kept.close()
    print(*wrongs, sep="\n")
    print("sizes", *sizes)
    return bool(wrongs)


if __name__ == "__main__":
    sys.exit(main())
