"""The order of the stages: from a report's text to its figures. No other module knows it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from warnings import warn

from parsers.bodies import find_body, name_staff
from parsers.budgets import Progress
from parsers.classes import ANY_TRADE, classify_group
from parsers.columns import find_rows, join_totals
from parsers.confidences import confidence
from parsers.contradictions import find_contradictions
from parsers.crossings import cross
from parsers.errors import ContradictedTotalWarning, UnknownLanguageError
from parsers.figures import find_figures
from parsers.frames import EARLIER
from parsers.gazetteers import name_country
from parsers.glosses import gloss_report
from parsers.grammar import NAMED_TOGETHER, TOGETHER, Draft, Piece
from parsers.groups import find_groups
from parsers.homelands import find_homes, settle
from parsers.parts import relate
from parsers.periods import date_figures
from parsers.places import locate
from parsers.quantities import find_quantities
from parsers.records import Document, Evidence, Figure, Quantity, Reading, Sentence, Unit
from parsers.references import Found, resolve
from parsers.repeats import drop_repeats
from parsers.sentences import read_document
from parsers.setasides import drop_set_aside
from parsers.shares import find_shares
from parsers.sources import attribute, drop_speakers
from parsers.statuses import is_question, is_rate, weigh
from parsers.tokens import split_pieces
from parsers.triggers import may_count
from parsers.vocabulary import Vocabulary, has_language, load_vocabulary
from parsers.worlds import Stories, is_elsewhere
from reports.records import Report

EARLIER_RULES = frozenset(name for name, _ in EARLIER)
TOGETHER_RULES = frozenset({TOGETHER, NAMED_TOGETHER})
Chunks = Callable[[int], Sequence[Piece]]
"""Returns the chunks of a sentence, by its index; they are made when first asked for."""


def extract(report: Report) -> list[Figure]:
    """Return the figures of a report, in text order.

    >>> [figure.value for figure in extract(Report(id="r", text="Twelve miners died and 30 were hurt."))]
    [12, 30]
    """
    return [reading.figure for reading in read_figures(report)]


def read_figures(report: Report) -> list[Reading]:
    """Return the figures of a report with the evidence for every field, in text order.

    Warns with ContradictedTotalWarning of a total that its parts do not make. Raises UnknownLanguageError where there
    are no words for the report's language.
    """
    if not has_language(report.language):
        raise UnknownLanguageError(report.id, report.language)
    gloss = gloss_report(report)
    readings = gloss.restore(_read_all(gloss.report)) if gloss else _read_all(report)
    for contradiction in find_contradictions(readings):
        warn(str(contradiction), ContradictedTotalWarning, stacklevel=1)
    return readings


def _read_all(report: Report) -> list[Reading]:
    """Return the figures of a report in a language that has a grammar."""
    vocabulary = load_vocabulary(report.language)
    document = read_document(report)
    chunks = cache(lambda index: _chunk(document.sentences[index], vocabulary))
    progress = Progress(document)
    drafts = _draft_all(progress, vocabulary, chunks)
    found = sorted(resolve(drafts, chunks), key=lambda item: item.draft.group.number)
    document = progress.finish()
    if not found:
        return []
    readings = list(name_staff([_reading(document, item) for item in found], report.language, report.text))
    wholes = [item.draft.whole for item in found]
    shares = [item.draft.group.quantity.open_share if item.draft.group.quantity else None for item in found]
    readings = weigh(readings, document)
    readings = attribute(readings, document)
    homes = find_homes(readings, document)
    parts = frozenset(reading.figure.span for reading, whole in zip(readings, wholes, strict=True) if whole)
    readings = settle(locate(cross(readings, document, homes), document, homes, parts), document, name_country)
    readings = date_figures(readings, document)
    return drop_repeats(drop_speakers(relate(readings, wholes, shares)))


def _draft_all(progress: Progress, vocabulary: Vocabulary, chunks: Chunks) -> Iterator[tuple[int, Sequence[Draft]]]:
    """Yield the drafts of the sentences that have any, with their indexes: of those that count or follow a count."""
    before: Sequence[Draft] = ()
    language, stories = progress.document.report.language, Stories(progress.document)
    rows = join_totals(progress.document, find_rows(progress.document, vocabulary))
    for index, sentence in progress.take():
        if index in rows:
            before = ()
            yield index, rows[index]
            continue
        wanted = may_count(sentence.text, language, follows=bool(before))
        drafts = _draft(sentence, chunks(index), vocabulary, before) if wanted and not is_question(sentence) else ()
        if drafts and stories.is_told(index):
            drafts = ()
        parts_alone = bool(drafts) and all(draft.whole for draft in drafts)
        before = before if parts_alone else [draft for draft in reversed(drafts) if _goes_on(draft)]
        if drafts:
            yield index, drafts


def _goes_on(draft: Draft) -> bool:
    """Whether the next sentence may name parts of a number: not of an earlier year's, nor of a part."""
    return draft.whole is None and draft.group.quantity is not None and draft.rule not in EARLIER_RULES


def _chunk(sentence: Sentence, vocabulary: Vocabulary) -> Sequence[Piece]:
    quantities = _merged(find_quantities(sentence), find_shares(sentence))
    return find_groups(split_pieces(sentence, quantities, vocabulary))


def _draft(
    sentence: Sentence, chunks: Sequence[Piece], vocabulary: Vocabulary, before: Sequence[Draft]
) -> Sequence[Draft]:
    drafts = drop_set_aside(find_figures(chunks, vocabulary, before), sentence)
    return [
        draft
        for draft in drafts
        if not is_rate(sentence, draft.group.span, draft.trigger) and not is_elsewhere(draft, sentence)
    ]


def _merged(quantities: Sequence[Quantity], shares: Sequence[Quantity]) -> list[Quantity]:
    """Put shares among the quantities; a share takes the numbers inside it."""
    free = [
        quantity
        for quantity in quantities
        if not any(share.phrase_start < quantity.end and quantity.start < share.phrase_end for share in shares)
    ]
    return sorted([*free, *shares], key=lambda quantity: quantity.phrase_start)


def _classify(words: str, language: str) -> str | None:
    """Return the group that words name; who serves a body is of its group, unless they say more: "two WHO doctors"."""
    body = find_body(words, language)
    if body is None:
        return classify_group(words, language)
    named = classify_group(body.others, language)
    return body.group if named in {None, ANY_TRADE} else named


def _reading(document: Document, item: Found) -> Reading:
    draft, sentence = item.draft, document.sentences[item.sentence]
    quantity = draft.group.quantity
    if quantity is None:  # resolve gives every draft a number
        raise ValueError(f"{document.report.id}: a figure without a number at {draft.group.span}")
    words = document.report.text[slice(*draft.group.span)]
    like = document.report.text[slice(*draft.group.like)] if draft.group.like else None
    report = document.report
    group = _classify(words, report.language) or (like and _classify(like, report.language))
    figure = Figure(
        id=f"{report.id}:{quantity.start}:{draft.metric}",
        report=report.id,
        metric=draft.metric,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=draft.group.unit or Unit.PERSON,
        group=None if quantity.rule in TOGETHER_RULES else group,  # a farmer and his wife are not all farmers
        group_text=words,
        publisher=report.publisher,
        status=draft.status,
        basis=draft.basis,
        published=report.published,
        quote=report.text[sentence.start : sentence.end].strip(),
        share=None if quantity.open_share else quantity.share,
        span=(quantity.start, quantity.end),
        rule=draft.rule,
        confidence=confidence(draft.rule),
    )
    number = document.report.text[quantity.start : quantity.end]
    evidence = (
        Evidence("value", (quantity.phrase_start, quantity.phrase_end), f"'{number}' read by the rule {quantity.rule}"),
        Evidence("metric", draft.trigger, f"'{document.report.text[slice(*draft.trigger)]}' by the rule {draft.rule}"),
        Evidence("group", draft.group.like or draft.group.span, f"of the words '{like or words}'"),
        Evidence("unit", draft.group.span, f"what is counted in '{words}'"),
    )
    return Reading(figure, item.sentence, draft.clause, draft.trigger, evidence)
