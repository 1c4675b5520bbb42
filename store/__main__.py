"""The door of the room: ``python -m store`` with backup, restore, reread, search, delete or deletions."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from store import (
    Loss,
    Store,
    StoreError,
    connect,
    delete_reports,
    find_returned,
    foresee_losses,
    read_deletions,
    say_losses,
    search_quotes,
    search_reports,
)
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
    parser = argparse.ArgumentParser(prog="python -m store", description="What is kept: saved, read again, taken out.")
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
    deletions = commands.add_parser("deletions", help="print who deleted which report, when and why")
    for command in (backup, restore, reread, search, _build_delete(commands), deletions):
        command.add_argument("--database", metavar="ADDRESS", help="the store, such as sqlite:///figures.db")
    return parser


def _build_delete(commands: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        "delete", help="take reports out for good, with their figures and the reviews of those"
    )
    command.add_argument("ids", nargs="+", metavar="ID", help="the id of a report, as python -m store search prints it")
    command.add_argument("--who", metavar="NAME", required=True, help="who deletes it; stands in the log")
    command.add_argument("--why", metavar="WORDS", required=True, help="why, without the words that have to go")
    command.add_argument("--versions", action="store_true", help="delete its other versions too")
    command.add_argument("--copies", action="store_true", help="delete the reports that print the same text too")
    command.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    command.add_argument("--yes", action="store_true", help="do not ask first")
    return command


def _run(store: Store, options: argparse.Namespace) -> int:
    if options.command == "reread":
        return _reread(store)
    if options.command == "search":
        return _search(store, options)
    if options.command == "delete":
        return _delete(store, options)
    if options.command == "deletions":
        return _list_deletions(store)
    if options.command == "backup":
        _tell("backed up", write_backup(store, options.file))
        return DONE
    _tell("restored", restore_backup(store, options.file, replace=options.replace))
    for report, deletion in find_returned(store):
        print(f"{report}: {deletion}, and there again", file=sys.stderr)
    return DONE


def _delete(store: Store, options: argparse.Namespace) -> int:
    taken = {"versions": options.versions, "copies": options.copies}
    losses = foresee_losses(store, options.ids, **taken)
    for loss in losses:
        print(_say_loss(loss), file=sys.stderr)
    count = say_losses(losses)
    if options.dry_run:
        print(f"would be deleted: {count}", file=sys.stderr)
        return DONE
    if not options.yes and not _is_sure(count):
        print("nothing was deleted", file=sys.stderr)
        return FAILED
    deleted = delete_reports(store, options.ids, who=options.who, why=options.why, **taken)
    print(f"deleted: {say_losses(deleted)}; backups that were made before still hold them", file=sys.stderr)
    return DONE


def _say_loss(loss: Loss) -> str:
    about = ", ".join(str(one) for one in (loss.publisher, loss.published) if one)
    words = [f"{loss.report}{f' ({about})' if about else ''}: {loss.figures} figures, {loss.reviews} reviews of them"]
    words += [f"other versions stay: {', '.join(loss.versions)}"] if loss.versions else []
    words += [f"copies of its text stay: {', '.join(loss.copies)}"] if loss.copies else []
    return "; ".join(words)


def _is_sure(count: str) -> bool:
    if not sys.stdin.isatty():
        print("add --yes, or answer at a terminal", file=sys.stderr)
        return False
    print(f"delete {count} for good? Write yes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == "yes"


def _list_deletions(store: Store) -> int:
    for one in read_deletions(store):
        about = (one.at.isoformat(), one.who, one.report, one.publisher or "", str(one.published or ""))
        counts = (f"{one.figures} figures", f"{one.reviews} reviews")
        print("\t".join(" ".join(words.split()) for words in (*about, *counts, one.why)))
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
