"""The look of the pages beyond Streamlit's own, and words made safe for it: nothing in a report can act as HTML."""

import html
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import quote as escape

_ENDS = 5
"""So many words at each end of a sentence find it."""

FIELDS = ("number", "group", "source", "place", "period")

STYLE = """
<style>
  .stMainBlockContainer { padding-top: 3.6rem; padding-bottom: 3rem; max-width: 1180px; }
  .stMainBlockContainer .stVerticalBlock, .stSidebar .stVerticalBlock { gap: .6rem; }
  .stMainBlockContainer h1 { font-size: 1.05rem; padding: 0 0 .6rem; opacity: .75; }
  .stMainBlockContainer [data-testid=stHeading] h3 { font-size: 1.25rem; padding: .4rem 0 0; }
  .who-title { font-size: 1.45rem; line-height: 1.25; padding: 0; margin: 0; }
  .who-said { font-size: .95rem; opacity: .85; margin: .15rem 0 0; max-width: 100ch; }
  .who-picked { font-size: 1.05rem; padding: 0; margin: 0; }
  .st-key-bin button, .st-key-basis button { padding: .25rem .5rem; min-width: 0; }
  .st-key-chips button { font-size: .85rem; }
  .st-key-story p { margin: 0 0 .3rem; }
  .st-key-story p, .st-key-story li { font-size: .92rem; line-height: 1.5; max-width: 105ch; }
  .who-story { font-size: 1.1rem; padding: 0; margin: 0; }
  .st-key-story summary { cursor: pointer; font-size: .92rem; }
  .st-key-story { gap: .3rem; padding: .8rem 1rem; }
  .who-steps { margin: 0; padding-left: 1.2rem; display: grid; gap: .1rem 1.6rem;
    grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
  .who-keys { display: flex; flex-wrap: wrap; gap: .25rem 1.7rem; }
  .who-keys b { display: block; font-size: 1.1rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
  .who-keys span { font-size: .8rem; opacity: .8; }
  .who-figure { border-left: 3px solid rgba(128, 140, 152, .5); padding: .1rem 0 .1rem .8rem; margin: 0 0 1.1rem; }
  .who-figure.uncounted { border-left-style: dotted; }
  .who-figure q { font-size: 1rem; line-height: 1.5; }
  .who-figure p { margin: .2rem 0 0; font-size: .85rem; line-height: 1.45; opacity: .85; }
  .who-note { font-size: .85rem; line-height: 1.5; opacity: .85; margin: 0; max-width: 110ch; }
  .who-text { white-space: pre-wrap; line-height: 1.9; overflow-wrap: anywhere; max-width: 75ch; }
  .who-legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; font-size: .85rem; }
  .who-classes i { display: inline-block; width: 1.1em; height: .8em; margin-right: .35em; border-radius: 2px; }
  .who-note ul { margin: .2rem 0 .9rem; padding-left: 1.2rem; }
  .who-table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
  .who-table th { text-align: left; font-weight: 500; opacity: .75; }
  .who-table th, .who-table td { padding: .3rem .6rem .3rem 0; border: 0; vertical-align: top; }
  .who-table tr { border-bottom: 1px solid rgba(128, 140, 152, .3); }
  .st-key-method { max-width: 48rem; }
  .st-key-method h2 { font-size: 1.3rem; padding: 1.2rem 0 .3rem; }
  .st-key-method td, .st-key-method th { padding: .25rem .6rem; }
  .stApp :is([data-testid=stCaptionContainer], [data-testid=stRadioCaption], [data-testid=stRadioCaption] *,
    blockquote, blockquote p) { color: light-dark(#545e69, #b4bdc7); opacity: 1; }
  .stApp [data-testid=stIconMaterial], .stApp button kbd { color: inherit; opacity: 1; }
  .stApp div:has(> [data-testid=stIconMaterial]) { opacity: 1; color: light-dark(#545e69, #b4bdc7); }
  .stButtonGroup :is([data-selected=true], [aria-checked=true], [aria-pressed=true]) p {
    color: light-dark(#00507d, #9fd2f5);
  }
  .stApp [data-testid^=stBaseButton-primary] { background: light-dark(#0072b2, #1c6ea4); }
  .who-text.boxed { border-left: 3px solid rgba(128, 140, 152, .5); padding-left: .8rem; margin: .3rem 0 .6rem; }
  .who-card h2 { font-size: 1.25rem; font-weight: 400; padding: 0; margin: 0 0 .2rem; }
  .who-card p { margin: .1rem 0; font-size: .9rem; line-height: 1.5; }
  .who-table.grouped { margin-top: 1rem; }
  .who-table tbody th { font-weight: 600; opacity: 1; max-width: 16rem; }
  .stHtml a { color: inherit; }
  @media (max-width: 640px) {
    .who-table tbody th { display: block; max-width: none; padding-bottom: 0; }
    .who-table thead { display: none; }
    .who-table tr { display: block; padding: .5rem 0; line-height: 1.5; }
    .who-table td { display: inline; padding: 0; }
    .who-table td[data-of=metric], .who-table td[data-of=count], .who-table td[data-of=group] { font-weight: 600; }
    .who-table td:not(:last-child)::after { content: " · "; }
  }
  @media print {
    [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar], [data-testid=stStatusWidget],
    [data-testid=stDownloadButton], [data-testid=stExpander], [data-testid=stPagination], .modebar-container,
    [class*=_images], .st-key-only,
    .st-key-chart, .st-key-added, .st-key-overview, .st-key-story, .stMainBlockContainer button {
      display: none !important;
    }
    .st-key-chips button { display: inline-flex !important; }
    .stApp, [data-testid=stMain], [data-testid=stAppViewContainer] {
      position: static !important; overflow: visible !important;
    }
    .who-figure, .js-plotly-plot { break-inside: avoid; }
    .who-figure a::after { content: " <" attr(href) ">"; overflow-wrap: anywhere; }
  }
  mark { color: inherit; border-radius: 3px; padding: .05em .2em; }
  mark.number { background: rgba(230, 159, 0, .38); border-bottom: 2px solid #e69f00; font-weight: 600; }
  mark.group { background: rgba(86, 180, 233, .3); text-decoration: underline wavy #56b4e9 1.5px; }
  mark.source { background: rgba(0, 158, 115, .26); border-bottom: 2px dashed #009e73; }
  mark.place { background: rgba(204, 121, 167, .3); border-bottom: 2px dotted #cc79a7; }
  mark.period { background: rgba(213, 94, 0, .22); border-bottom: 4px double #d55e00; }
</style>
"""


def tint(text: str, faint: str) -> str:
    """Return what the theme's own colours leave too faint, in those of the look: switches that are on, captions.

    >>> "#1f2933" in tint("#1f2933", "#5b6673")
    True
    """
    return (
        f"<style>[data-selected=true] p {{ color: {text} !important; }} "
        "[data-testid=stCaptionContainer] { opacity: 1 !important; } "
        f"[data-testid=stCaptionContainer] p {{ color: {faint} !important; opacity: 1 !important; }}</style>"
    )


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


def explain_classes(classes: Iterable[tuple[str, str]]) -> str:
    """Return the legend of a map: the colour of each class with its words."""
    shown = "".join(f'<span><i style="background:{color}"></i>{html.escape(words)}</span>' for color, words in classes)
    return f'<div class="who-legend who-classes">{shown}</div>'


def link(address: object, words: str) -> str:
    """Return a link to a web address, or the words alone where it is none."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return html.escape(words)
    return f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">{html.escape(words)}</a>'


def link_figure(figure: str, words: str) -> str:
    """Return a link to a figure in its report, on the page Evidence.

    >>> link_figure("r1:15:killed", "its words")
    '<a href="evidence?figure=r1%3A15%3Akilled">its words</a>'
    """
    return f'<a href="evidence?figure={escape(figure, safe="")}">{html.escape(words)}</a>'


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


def link_report(report: str, words: str) -> str:
    """Return a link to a report on the page Evidence; ``words`` are HTML.

    >>> link_report("r1", "Post")
    '<a href="evidence?report=r1">Post</a>'
    """
    return f'<a href="evidence?report={escape(report, safe="")}">{words}</a>'


def note(words: str) -> str:
    """Return a caption of several sentences."""
    return f'<p class="who-note">{html.escape(words)}</p>'
