"""The door of the room: ``python -m store backup FILE``, ``restore FILE``, ``reread`` and ``search WORD ...``."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from store import Store, StoreError, connect, search_quotes, search_reports
from store.backups import Content, restore_backup, write_backup
from store.rereads import count_reread, reread_reports
from store.workers import count_cores

DONE, FAILED, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 done, 1 something failed, 2 wrong use."""
    options = _build_options().parse_args(arguments)
    try:
        store = connect(options.database, create=options.command == "restore")
        try:
            return _run(store, options)
        finally:
            store.close()
    except StoreError as error:
        print(f"stopped: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return INTERRUPTED


def _build_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m store", description="What is kept is backed up and read again.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    backup = commands.add_parser("backup", help="write all that is kept into one new file, while serving")
    restore = commands.add_parser("restore", help="put what a backup holds into the store, while serving")
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE", help="the backup, such as figures.backup")
    restore.add_argument("--replace", action="store_true", help="where the store holds reports: remove them first")
    reread = commands.add_parser("reread", help="read all reports again with the present rules; reviews are kept")
    search = commands.add_parser("search", help="print the reports, or the figures, that hold all of some words")
    search.add_argument(
        "words", nargs="+", metavar="WORD", help="words; those in double quotes stand together: '\"a b\"'"
    )
    search.add_argument("--quotes", action="store_true", help="search the sentences of figures, not whole reports")
    search.add_argument("--limit", type=int, default=50, metavar="N", help="how many at most, the newest first")
    for command in (backup, restore, reread, search):
        command.add_argument("--database", metavar="ADDRESS", help="the store, such as sqlite:///figures.db")
    return parser


def _run(store: Store, options: argparse.Namespace) -> int:
    if options.command == "reread":
        return _reread(store)
    if options.command == "search":
        return _search(store, options)
    if options.command == "backup":
        _tell("backed up", write_backup(store, options.file))
    else:
        _tell("restored", restore_backup(store, options.file, replace=options.replace))
    return DONE


def _search(store: Store, options: argparse.Namespace) -> int:
    find = search_quotes if options.quotes else search_reports
    hits = find(store, " ".join(options.words), limit=options.limit)
    for hit in hits:
        about = (str(hit.published or ""), hit.publisher or "", hit.figure or hit.report, " ".join(hit.excerpt.split()))
        print("\t".join(about))
    print(f"{len(hits)} found", file=sys.stderr)
    return DONE


def _tell(done: str, contents: Mapping[str, Content]) -> None:
    counts = ", ".join(f"{contents[name].rows} {name}" for name in ("reports", "figures", "reviews"))
    print(f"{done} and verified: {counts}", file=sys.stderr)


def _reread(store: Store) -> int:
    changed = moved = foreign = 0
    outcomes = reread_reports(store, processes=count_cores())
    for outcome in tqdm(outcomes, total=count_reread(store), unit=" reports", disable=None, leave=False):
        changed += outcome.changed
        moved += len(outcome.moved)
        foreign += outcome.error is not None
        for one in outcome.moved:
            tqdm.write(str(one), file=sys.stderr)
    left = f"; {foreign} left alone, for lack of words in their language" if foreign else ""
    print(f"{changed} reports read differently, {moved} reviews moved{left}", file=sys.stderr)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
