"""Figures of casualties and displacement out of a report's text.

>>> from reports.records import Report
>>> [(figure.metric.value, figure.value) for figure in extract(Report(id="r", text="Nine people were killed."))]
[('killed', 9)]
"""

from parsers.errors import UnknownLanguageError
from parsers.pipeline import extract, read_figures

__all__ = ["UnknownLanguageError", "extract", "read_figures"]
