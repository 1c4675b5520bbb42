"""Pieces of HTML, as feeds and mails carry them, become paragraphs; scripts, styles and hidden parts fall out."""

from reports.characters import tidy
from reports.tables import write_rows

_DROPPED = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "form", "button")
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote", "section",
     "article", "header", "footer", "pre", "hr", "figure", "figcaption", "dd", "dt"}
)  # fmt: skip


def strip_markup(html: str) -> str:
    r"""Return the text of a piece of HTML, a line for each block, rows of tables as lines.

    >>> strip_markup("<p>Nine <b>people</b> died.</p><script>alert(1)</script><p>Six &amp; more were hurt.</p>")
    'Nine people died.\n\nSix & more were hurt.'
    """
    if "<" not in html and "&" not in html:
        return tidy(html)
    from lxml import etree
    from lxml import html as parser

    # libxml2 refuses what is nested deeper than a few hundred elements unless it is told otherwise.
    root = parser.fromstring(f"<div>{html}</div>", parser=parser.HTMLParser(recover=True, huge_tree=False))
    etree.strip_elements(root, *_DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for table in list(root.iter("table")):
        _flatten(table)
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.text = "\n\n" * (element.tag != "br") + (element.text or "")
            element.tail = "\n" + "\n" * (element.tag != "br") + (element.tail or "")
    return tidy(root.text_content())


def _flatten(table: "object") -> None:
    """Put the rows of a table in its place as lines; what stands in an inner table is told within its cell."""
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td", "th")] for row in table.iter("tr")]  # type: ignore[attr-defined]
    for child in list(table):  # type: ignore[call-overload]
        table.remove(child)  # type: ignore[attr-defined]
    table.text = write_rows(rows)  # type: ignore[attr-defined]
