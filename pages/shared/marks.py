"""Words made safe for the pages, marked and linked: nothing in a report can act as HTML."""

import html
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import quote as escape

_ENDS = 5
"""So many words at each end of a sentence find it."""

FIELDS = ("number", "group", "source", "place", "period")


def mark(words: str, field: str = "number") -> str:
    """Return words as HTML, marked in the colour of a field.

    >>> mark("<b>12</b>")
    '<mark class="number" title="number">&lt;b&gt;12&lt;/b&gt;</mark>'
    """
    return f'<mark class="{field}" title="{field}">{html.escape(words)}</mark>' if words else ""


def mark_spans(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return a text as HTML with spans (start, end, field) marked; where two overlap, the first of FIELDS shows.

    >>> mark_spans("9 men died", [(0, 5, "group"), (0, 1, "number")])
    '<mark class="number" title="number">9</mark> <mark class="group" title="group">men</mark> died'
    """
    paint: list[str] = [""] * len(text)
    for start, end, field in sorted(spans, key=lambda span: FIELDS.index(span[2]), reverse=True):
        paint[start:end] = [field] * len(paint[start:end])
    runs = groupby(zip(text, paint, strict=True), key=lambda letter: letter[1])
    pieces = ((field, "".join(letter for letter, _ in run)) for field, run in runs)
    return "".join(_mark_run(words, field) for field, words in pieces)


def _mark_run(words: str, field: str) -> str:
    """Return one run of words as HTML; the spaces at its ends belong to no field."""
    inner = words.strip() if field else ""
    if not inner:
        return html.escape(words)
    before, _, after = words.partition(inner)
    return f"{before}{mark(inner, field)}{after}"


def explain_marks() -> str:
    """Return the legend of the colours."""
    return f'<div class="who-legend">{"".join(mark(field, field) for field in FIELDS)}</div>'


def explain_classes(classes: Iterable[tuple[str, str]], *, night: bool) -> str:
    """Return the legend of a map: the colour of each class with its words; ``night`` where the theme is dark."""
    shown = "".join(f'<span><i style="background:{color}"></i>{html.escape(words)}</span>' for color, words in classes)
    return f'<div class="who-legend who-classes{" night" * night}">{shown}</div>'


def link(address: object, words: str) -> str:
    """Return a link to a web address, or the words alone where it is none."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return html.escape(words)
    return f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">{html.escape(words)}</a>'


def link_figure(figure: str, words: str, view: str) -> str:
    """Return a link to a figure in its report, on the page Evidence, with the filters of a view (``Choices.address``).

    >>> link_figure("r1:15:killed", "its words", "metric=killed")
    '<a href="evidence?figure=r1%3A15%3Akilled&amp;metric=killed">its words</a>'
    """
    return f'<a href="evidence?figure={escape(figure, safe="")}&amp;{html.escape(view)}">{html.escape(words)}</a>'


def point_to_sentence(address: str, quote: str) -> str:
    """Return the address of a page with a text fragment, at which a browser opens the page and marks the sentence.

    >>> point_to_sentence("https://example.org/1", "Nine people died on Tuesday.")
    'https://example.org/1#:~:text=Nine%20people%20died%20on%20Tuesday.'
    """
    words = quote.split()
    if not words or "#" in address:
        return address
    ends = [words] if len(words) <= 2 * _ENDS else [words[:_ENDS], words[-_ENDS:]]
    return f"{address}#:~:text={','.join(escape(' '.join(end), safe='').replace('-', '%2D') for end in ends)}"


def list_lines(head: str, lines: Iterable[str]) -> str:
    """Return lines as a list under a head.

    >>> list_lines("Left out:", ["a <b>"])
    '<div class="who-note">Left out:<ul><li>a &lt;b&gt;</li></ul></div>'
    """
    listed = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<div class="who-note">{html.escape(head)}<ul>{listed}</ul></div>'


def link_report(report: str, words: str, view: str) -> str:
    """Return a link to a report on the page Evidence, with the filters of a view; ``words`` are HTML.

    >>> link_report("r1", "Post", "metric=killed")
    '<a href="evidence?report=r1&amp;metric=killed">Post</a>'
    """
    return f'<a href="evidence?report={escape(report, safe="")}&amp;{html.escape(view)}">{words}</a>'


def note(words: str) -> str:
    """Return a caption of several sentences."""
    return f'<p class="who-note">{html.escape(words)}</p>'
