"""The data API described for people: one page of HTML without a script, which asks nothing of anybody."""

from html import escape

from service.headers import hash_source
from service.parameters import Kind, Parameter, Resource
from service.tables import RESOURCES

STYLE = """
  :root { color-scheme: light dark; --line: rgba(128, 140, 152, .35); --link: #0b5f97; }
  @media (prefers-color-scheme: dark) { :root { --link: #7fbdf0; } body { background: #14181d; color: #e8ecf0; } }
  body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2.5rem auto; padding: 0 1rem; }
  a { color: var(--link); }
  code { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
  section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem; }
  div { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; }
  th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); }
  pre { border-left: 3px solid var(--line); padding-left: .8rem; overflow-x: auto; }
"""

POLICY = (
    f"default-src 'none'; style-src {hash_source(STYLE)}; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The manual's own Content-Security-Policy: no script at all, and this one style."""

_RULES = """
Answers come a page at a time: the header <code>Link</code> has the next one, <code>X-Total-Count</code> says how many
rows there are. The links are of one revision of the store; when it changes, the next page is refused, so that no row is
missed or counted twice.

<code>ETag</code> changes with the store: send it back as <code>If-None-Match</code>, and what you have already is
answered with <code>304</code>.

The kind of table is <code>format=</code> or the header <code>Accept</code>: JSON, CSV, CSV with HXL tags, Parquet.

Where people sign in, a program sends a token, which whoever runs the server makes and takes back:
<code>Authorization: Bearer TOKEN</code>. It reads, and changes nothing. It is never a part of an address.

A parameter that is not known, or a source that the store does not have, is refused with the reason and a remedy
(<code>application/problem+json</code>): a misspelt name never reads as nobody.

Each figure is a claim: cite its source and its publisher. A part is never added to its whole, sources are compared and
never added, running totals are not summed.
"""
_NO_LIST = {Kind.DAY: "2020-02-29", Kind.NUMBER: "a whole number", Kind.WORD: "a name"}


def write_manual() -> str:
    """Return the page."""
    rules = "".join(f"<li>{rule}</li>" for rule in _RULES.strip().split("\n\n"))
    sections = "".join(map(_write_resource, RESOURCES))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Who Counts: the data API</title><style>{STYLE}</style></head><body><main>"
        "<h1>The data API</h1><p>Four addresses give what the <a href='/'>dashboard</a> shows, by the names of its own "
        "filters: put the address of a view behind one of them. For programs: "
        '<a href="/api/openapi.json">openapi.json</a>.</p>'
        f"<ul>{rules}</ul>{sections}</main></body></html>"
    )


def _write_resource(resource: Resource) -> str:
    shown = [one for one in resource.parameters if one.example][:1]
    query = "&".join([*(f"{one.name}={one.example}" for one in shown), "limit=5"])
    rows = "".join(map(_write_parameter, resource.parameters))
    columns = ", ".join(f"<code>{column}</code>" for column in resource.columns)
    return (
        f'<section id="{resource.name}"><h2><code>{resource.path}</code></h2><p>{escape(resource.about)}</p>'
        f'<p>Try <a href="{resource.path}?{escape(query)}"><code>{resource.path}?{escape(query)}</code></a></p>'
        f"<div tabindex='0' role='region' aria-label='Parameters of {resource.path}'><table><thead><tr>"
        "<th scope='col'>parameter</th><th scope='col'>what it says</th><th scope='col'>values</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div><p>Columns: {columns}</p></section>"
    )


def _write_parameter(parameter: Parameter) -> str:
    values = ", ".join(parameter.values) or _NO_LIST[parameter.kind]
    usual = f"; usually {parameter.default}" if parameter.default else ""
    often = "; may be repeated" if parameter.several else ""
    return (
        f"<tr><th scope='row'><code>{parameter.name}</code></th><td>{escape(parameter.about)}</td>"
        f"<td>{escape(values + usual + often)}</td></tr>"
    )
