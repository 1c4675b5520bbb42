"""How well the parsers read the project's own corpora: ``python -m tests.accuracy``.

Prints recall, precision and confusions by corpus, metric, magnitude and rule, and how far each share is from its
floor in tests/floors.toml; the exit status is 1 where one has fallen below it. With ``--gold`` it reads a file of
records with gold counts instead, and explains those that went wrong; with ``--to-corpus`` it writes a text into the
passages. The gold of tests/gold is measured field by field; its second half is kept back from ``--misses`` alone.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from parsers.confidences import COLUMNS
from reports.arguments import read_day
from reports.errors import ReportError
from reports.fields import Item
from reports.readers import read_path
from reports.records import Report
from tests.corpora import Outcome, Trial, try_corpora
from tests.fields import FIRST, GOLD, Judged, judge_gold, list_wrong_fields, measure_fields, write_fields
from tests.floors import Shares, find_falls, load_floors, raise_floors, write_floors
from tests.gold import explain_wrong, read_gold
from tests.passage_writer import REMINDER, add_passage
from tests.revisions import RevisionError, Summary, compare, measure_revision, summarise, write_summary
from tests.sample import ROOT, list_wrong_attributes, match_sample
from tests.tallies import TABLES, Tally, count_confusions, measure, tally, tally_rules, write_rules, write_table

PRECISION = ROOT / "data" / "precision.csv"
MOST_CONFUSIONS = 20
DONE, FALLEN, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 done, 1 a floor is not held, 2 wrong use."""
    given = _build_options().parse_args(arguments)
    try:
        if given.gold:
            print("\n".join(explain_wrong(read_gold(given.gold, given.metric), given.most)))
            return DONE
        if given.to_corpus is not None or given.text:
            return _add_to_corpus(given)
        return _measure(given)
    except (RevisionError, ReportError, ValueError, OSError) as error:
        print(f"python -m tests.accuracy: {error}", file=sys.stderr)
        return WRONG_USE


def _build_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__.split("\n")[0])
    measured = options.add_argument_group("the corpora")
    measured.add_argument("--misses", action="store_true", help="list all that was not read right")
    measured.add_argument("--kept", action="store_true", help="with --misses: those of the gold's second half, too")
    measured.add_argument("--since", metavar="REV", help="compare with the parsers of a revision, such as HEAD")
    measured.add_argument("--json", action="store_true", help="print the measure as one JSON object, hold no floor")
    measured.add_argument("--write", action="store_true", help="raise the floors to what is measured")
    measured.add_argument("--lower", action="store_true", help="with --write: let floors fall, too")
    measured.add_argument("--write-precision", action="store_true", help="write each rule's precision to data/")
    gold = options.add_argument_group("a file of records")
    gold.add_argument("--gold", metavar="FILE", type=Path, help="explain the records that went wrong, JSON lines")
    gold.add_argument("--metric", metavar="M", action="append", default=[], help="judge this count only; repeatable")
    gold.add_argument("--most", metavar="N", type=int, default=sys.maxsize, help="print N of them at most")
    corpus = options.add_argument_group("a new passage")
    corpus.add_argument("--to-corpus", metavar="REPORT", type=Path, nargs="?", const=Path(), help="a report's file")
    corpus.add_argument("--text", help="or the text itself")
    corpus.add_argument("--published", metavar="DATE", type=read_day, help="as in 2020-02-02")
    corpus.add_argument("--publisher", metavar="NAME", default="Daily Example")
    corpus.add_argument("--chapter", metavar="NAME", default="metrics", help="the file under tests/corpus/en/passages")
    corpus.add_argument("--point", metavar="WORDS", default="", help="the heading; else the text's first words")
    corpus.add_argument("--fields", metavar="A,B", default="", help="the table's fields beside metric and number")
    return options


def measure_all() -> Shares:
    """Return the shares of the corpora and of the gold, by corpus."""
    return measure(try_corpora(), match_sample()) | {GOLD: measure_fields(judge_gold())}


def _measure(given: argparse.Namespace) -> int:
    trials, gold, shares = try_corpora(), judge_gold(), measure_all()
    now = summarise(trials, shares)
    if given.json:
        print(write_summary(now))
        return DONE
    outcomes = [outcome for trial in trials for outcome in trial.outcomes]
    print("\n".join([*_write_measure(outcomes, gold), *_write_shares(shares)]))
    if given.misses:
        shown = [one for one in gold if given.kept or one.half == FIRST]
        print("\n".join([*_list_misses(trials), *list_wrong_fields(shown)]))
    if given.since:
        print("\n".join(_compare(given.since, now)))
    if given.write_precision:
        write_precision(tally_rules(outcomes))
    if given.write:
        write_floors(raise_floors(load_floors(), shares, lower=given.lower))
    return _hold_floors(shares)


def _write_measure(outcomes: Sequence[Outcome], gold: Sequence[Judged]) -> Iterator[str]:
    for title, name in TABLES.items():
        yield from write_table(title, tally(outcomes, name))
        yield ""
    yield from write_rules(tally_rules(outcomes))
    yield ""
    yield "confusions"
    confusions = count_confusions(outcomes).most_common()
    yield from (f"{count:6}  {confusion}" for confusion, count in confusions[:MOST_CONFUSIONS])
    yield f"{sum(count for _, count in confusions[MOST_CONFUSIONS:]):6}  others"
    yield ""
    yield from write_fields(gold)
    yield ""


def _write_shares(shares: Shares) -> Iterator[str]:
    floors = load_floors()
    yield f"{'measure':24} {'share':>6} {'floor':>6} {'above':>7}"
    for corpus, measures in shares.items():
        for name, share in measures.items():
            floor = floors.get(corpus, {}).get(name)
            held = f"{floor:6.2f} {share - floor:+7.3f}" if floor is not None else "     -"
            yield f"{corpus + ' ' + name:24} {share:6.3f} {held}"


def _list_misses(trials: Sequence[Trial]) -> Iterator[str]:
    yield ""
    for trial in trials:
        wrong = [outcome for outcome in trial.outcomes if not outcome.right]
        yield from map(str, wrong)
        if not (trial.exact or wrong):
            yield f"{trial.corpus}/{trial.where}: the numbers are right, another field is not"
    yield from list_wrong_attributes(match_sample())


def _compare(revision: str, now: Summary) -> Iterator[str]:
    yield ""
    yield from compare(measure_revision(revision), now, revision)


def write_precision(tallies: dict[str, Tally], path: Path = PRECISION) -> None:
    """Write each rule's figures and how many of them were right, for ``parsers.confidences``."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows((rule, one.read, one.right, f"{one.precision:.3f}") for rule, one in tallies.items())


def _hold_floors(shares: Shares) -> int:
    fallen = list(find_falls(load_floors(), shares))
    for line in fallen:
        print(line, file=sys.stderr)
    return FALLEN if fallen else DONE


def _add_to_corpus(given: argparse.Namespace) -> int:
    fields = [name.strip() for name in given.fields.split(",") if name.strip()]
    passage = add_passage(_read_report(given), chapter=given.chapter, point=given.point, fields=fields)
    print(f"{passage}\n\n{REMINDER}")
    return DONE


def _read_report(given: argparse.Namespace) -> Report:
    if given.text:
        report: Item = Report(id="new", text=given.text)
    elif given.to_corpus.is_file():
        report = next(read_path(given.to_corpus))
    else:
        raise ValueError(f"--to-corpus {given.to_corpus}: no such file; name a report's, or give --text")
    if not isinstance(report, Report):
        raise report if isinstance(report, ReportError) else ValueError(f"{given.to_corpus}: no report, but {report}")
    return replace(report, published=given.published or report.published, publisher=report.publisher or given.publisher)


if __name__ == "__main__":
    sys.exit(main())
