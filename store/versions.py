"""An updated report at the same address: a new version beside the old one, each with the days when it was newest."""

from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, or_, select, update

from reports.fields import derive_id
from reports.records import Report
from store.tables import REPORTS
from store.texts import fold_words, share_of_pieces

RESEMBLES = 0.3
"""The share of common pieces from which a text at the address of another is an update of it."""

_RECENT = 20
_MARK = "@"
_NEVER = date(1, 1, 1)


def read_address(report: Report) -> str | None:
    """Return the address that versions of a report share: without the fragment, the host in small letters.

    A paraphrase stands for one fact of what is at its address, and several may; it has no versions.

    >>> read_address(Report(id="a", text="Nine died.", url="https://Example.org/nine/#top"))
    'https://example.org/nine'
    """
    parts = urlsplit(report.url or "")
    if parts.scheme not in {"http", "https"} or not parts.netloc or report.paraphrased:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def derive_digest(report: Report) -> str:
    """Return what two reports of the same content share: the same words of one publisher on one day."""
    return derive_id(report.text, report.publisher, report.published)


def rename_version(report: Report) -> Report:
    """Return the report under an id of its own, made from the content, for where another version has its id."""
    return replace(report, id=f"{report.id}{_MARK}{derive_digest(report)}")


def link_version(connection: Connection, report: Report) -> dict[str, Any]:
    """Return what the new report's row says of versions; the version before it is told from when it is superseded."""
    address = read_address(report)
    row = {"address": address, "first_version": None, "known": report.published, "superseded": None}
    first = find_first(connection, report, address) if address else None
    if first is None:
        return {**row, "first_version": report.id if address else None}
    query = select(REPORTS.c.id, REPORTS.c.known).where(REPORTS.c.first_version == first)
    chain = sorted(connection.execute(query.order_by(REPORTS.c.number)).all(), key=_stand)
    known = report.published or _stand(chain[-1])
    later = [one for one in chain if _stand(one) > known]
    before = chain[: len(chain) - len(later)]
    if before:
        connection.execute(update(REPORTS).where(REPORTS.c.id == before[-1].id).values(superseded=known))
    return {**row, "first_version": first, "known": known, "superseded": _stand(later[0]) if later else None}


def link_chain(connection: Connection, first: str) -> None:
    """Say again of the versions of a report from when each is superseded, where one of them went."""
    query = select(REPORTS.c.id, REPORTS.c.known).where(REPORTS.c.first_version == first)
    chain = sorted(connection.execute(query.order_by(REPORTS.c.number)).all(), key=_stand)
    for row, later in zip_longest(chain, chain[1:]):
        superseded = _stand(later) if later else None
        connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(superseded=superseded))


def _stand(row: Row[*tuple[Any, ...]]) -> date:
    known: date | None = row.known
    return known or _NEVER


def find_first(connection: Connection, report: Report, address: str) -> str | None:
    """Return the id of the first version of a report that stands at an address, None where it is the first itself."""
    columns = (REPORTS.c.id, REPORTS.c.first_version, REPORTS.c.text, REPORTS.c.digest)
    here = select(*columns).where(REPORTS.c.address == address)
    if report.id != derive_digest(report):
        # Who gave the reports their ids says which are the same: many records may cite one address. The first
        # version itself may have been deleted.
        base = report.id.partition(_MARK)[0]
        row = connection.execute(here.where(or_(REPORTS.c.id == base, REPORTS.c.first_version == base))).first()
        return row and str(row.first_version)
    rows = connection.execute(here.order_by(REPORTS.c.number.desc()).limit(_RECENT)).all()
    words = fold_words(report.text) if rows else []
    for row in rows:
        if row.id == row.digest and share_of_pieces(fold_words(row.text), words) >= RESEMBLES:
            return str(row.first_version)
    return None
