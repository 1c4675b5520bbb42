"""Counts that a dataset gives ready made become figures: the same record, with the dataset named as their rule."""

from collections.abc import Iterator

from parsers.gazetteers import Level, Place, find_country, find_named
from parsers.records import Basis, Evidence, Figure, Metric, Precision, Qualifier, Reading, Unit
from reports.records import Count, CountedReport

_ALPHA_3 = 3


def read_counts(counted: CountedReport) -> list[Reading]:
    """Return the figures of a row of a dataset, with its place looked up in the gazetteer.

    >>> from reports.records import Count, Report
    >>> count = Count(metric="killed", value=9, low=9, high=9, span=(7, 8), country="Syria", place="Idlib")
    >>> row = CountedReport(Report(id="a", text="ACLED: 9 people killed. Idlib."), (count,), "ACLED")
    >>> [(one.figure.value, one.figure.admin1, one.figure.rule) for one in read_counts(row)]
    [(9, 'SY-ID', 'dataset: ACLED')]
    """
    return list(_read_all(counted))


def _read_all(counted: CountedReport) -> Iterator[Reading]:
    report, rule = counted.report, f"dataset: {counted.dataset}"
    for count in counted.counts:
        place = _find_place(count)
        figure = Figure(
            id=f"{report.id}-{count.span[0]}",
            report=report.id,
            metric=Metric(count.metric),
            value=count.value,
            low=count.low,
            high=count.high,
            qualifier=Qualifier(count.qualifier),
            unit=Unit(count.unit),
            group=count.group,
            source=count.source,
            source_text=counted.dataset,
            publisher=report.publisher,
            basis=Basis(count.basis),
            place=place.name if place else count.place,
            place_text=count.place or count.country,
            admin1=place.admin1 if place else None,
            country=place.country if place else None,
            latitude=count.latitude if count.latitude is not None or place is None else place.latitude,
            longitude=count.longitude if count.longitude is not None or place is None else place.longitude,
            start=count.start,
            end=count.end,
            precision=Precision(count.precision) if count.precision else None,
            published=report.published,
            quote=report.text,
            span=count.span,
            rule=rule,
        )
        why = (Evidence("value", count.span, f"given by the dataset {counted.dataset}"),)
        yield Reading(figure, sentence=0, clause=(0, len(report.text)), trigger=count.span, evidence=why)


def _find_place(count: Count) -> Place | None:
    """Return the division, else the place, that bears the name in the country; without a name the country."""
    country = _find_country(count.country)
    if country is None:
        return None
    there = [one for one in find_named(count.place or "") if one.country == country.country]
    if not count.place:
        return country
    return next((one for one in there if one.level is Level.DIVISION), there[0] if there else None) or Place(
        count.place, Level.REGION, None, country.country, count.latitude, count.longitude
    )


def _find_country(name: str | None) -> Place | None:
    if not name:
        return None
    if len(name) == _ALPHA_3 and name.isupper():
        return find_country(name)
    # UCDP writes "Yemen (North Yemen)": the former name stands in brackets.
    plain = name.partition(" (")[0]
    return next((one for one in find_named(plain) if one.level is Level.COUNTRY), None)
