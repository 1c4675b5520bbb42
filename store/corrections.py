"""What a correction may change, and the values that fit: nothing that contradicts itself is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from parsers.records import Basis, Metric, Precision, Qualifier, Status, Unit
from store.errors import ReviewError

FIELDS = (
    *("metric", "value", "low", "high", "qualifier", "unit", "group", "source", "status", "basis", "place"),
    *("admin1", "country", "latitude", "longitude", "start", "end", "precision"),
)
"""The fields of a figure that may be corrected; its words, its report and its rule are evidence."""

_CODES = {"metric": Metric, "qualifier": Qualifier, "unit": Unit, "status": Status, "basis": Basis}
_CODES_OR_NONE = {"precision": Precision}
_COUNTS, _DEGREES, DAYS = ("value", "low", "high"), ("latitude", "longitude"), ("start", "end")


def check_value(name: str, value: object) -> object:
    """Return the value of a field as it is kept; raises ReviewError where the field or the value does not fit.

    >>> check_value("value", "9"), check_value("high", None), check_value("end", "2020-02-02")
    (9, None, datetime.date(2020, 2, 2))
    """
    if name not in FIELDS:
        raise ReviewError(f"{name}: cannot be corrected; choose one of {', '.join(FIELDS)}")
    try:
        return _read_value(name, value)
    except (TypeError, ValueError) as error:
        raise ReviewError(f"{name}: {value!r} does not fit; {_name_form(name)}") from error


def _read_value(name: str, value: object) -> object:
    if name in _CODES:
        return str(_CODES[name](str(value)))
    if value is None or value == "":
        return None
    if name in _CODES_OR_NONE:
        return str(_CODES_OR_NONE[name](str(value)))
    if name in _COUNTS:
        return _read_count(value)
    if name in DAYS:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    return float(str(value)) if name in _DEGREES else str(value).strip()


def _read_count(value: object) -> int:
    number = int(str(value))
    if isinstance(value, bool) or not 0 <= number < 2**53:
        raise ValueError(value)
    return number


def _name_form(name: str) -> str:
    codes = {**_CODES, **_CODES_OR_NONE}.get(name)
    if codes:
        return f"write one of {', '.join(codes)}"
    return "write a day as 2020-02-02" if name in DAYS else "write a number, or leave it open"


def check_figure(figure: Mapping[str, Any]) -> None:
    """Raise ReviewError where the number, its bounds or the days of a figure contradict each other."""
    value, low, high = (figure[name] for name in _COUNTS)
    if low is not None and high is not None and low > high:
        raise ReviewError(f"the low bound {low} is above the high one {high}; correct both together")
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        raise ReviewError(f"the number {value} is not between its bounds; correct value, low and high together")
    if figure["start"] and figure["end"] and figure["start"] > figure["end"]:
        raise ReviewError(f"the period starts on {figure['start']}, after its end; correct both together")
