"""Why a field has its value, in a sentence for a reader: the parsers name the rule, a reader wants the words."""

from collections.abc import Iterable

import regex

from parsers.records import Evidence

_ROLES = {
    "scene": "where it happened",
    "origin": "where people came from",
    "destination": "where people went",
    "mention": "named beside it",
}
_LONGEST = 90
"""Characters of a report's words that are given as a reason; a longer one is cut."""

_BY_RULE = regex.compile(r"'(?P<words>.+)' (?:read )?by the rule (?P<rule>.+)")
_DAYS = regex.compile(r"(?P<rule>[^:]*<[^:]*): (?P<how>.+)")
_PLACE = regex.compile(r"(?P<how>.+) \((?P<role>scene|origin|destination|mention): (?P<name>.+)\)")
_LEVEL = regex.compile(r"(?P<name>.+) as (?P<level>country|division|region|town)")
_GAZETTEER = regex.compile(r"the (?:first-level division|country) of .+")
_HOLE = regex.compile(r"[<>]")
_QUOTED = regex.compile(r"(?<!\w)'(?P<words>[^']+(?:'\w[^']*)*)'(?!\w)")


def say_reasons(evidence: Iterable[Evidence], text: str) -> str:
    """Return why a field has its value, each reason once; ``text`` is the report that the words stand in.

    >>> text = "Clashes killed four nurses on Monday, the ministry said."
    >>> say_reasons([Evidence("start", (27, 36), "<weekday>: said with the figure")], text)
    '“on Monday”, said with the figure'
    >>> say_reasons([Evidence("source", (38, 50), "'ministry' by the rule 'X said'")], text)
    'in the words of the report: ministry said'
    """
    told = (say_reason(one, text) for one in evidence if not one.field.endswith("_text"))
    return "; ".join(dict.fromkeys(told))


def say_reason(evidence: Evidence, text: str) -> str:
    """Return one reason in words; a reason that is plain already stays as it is, but for its quotation marks.

    >>> say_reason(Evidence("metric", (8, 14), "'killed' by the rule <killed> <victims>"), "Clashes killed four.")
    'read from “killed”'
    >>> say_reason(Evidence("place", None, "named with the figure (scene: Nayrab as town)"), "")
    'named with the figure: Nayrab, a town, where it happened'
    """
    why = evidence.why
    if m := _BY_RULE.fullmatch(why):
        # A rule of numbers or verbs is named after one of the things that it reads: its words would mislead.
        named = evidence.field in ("source", "via")
        return _say_source(m["words"], m["rule"]) if named else f"read from “{_cut(evidence, text) or m['words']}”"
    if m := _DAYS.fullmatch(why):
        words = _cut(evidence, text)
        return f"“{words}”, {m['how']}" if words else f"{_HOLE.sub('', m['rule'])}: {m['how']}"
    if m := _PLACE.fullmatch(why):
        return f"{m['how']}: {_say_place(m['name'])}, {_ROLES[m['role']]}"
    if _GAZETTEER.fullmatch(why):
        return "what it lies in, by the gazetteer"
    return str(_QUOTED.sub(r"“\g<words>”", why))


def _cut(evidence: Evidence, text: str) -> str:
    """Return the words that a value was read from, on one line; "" where there are none."""
    words = " ".join(text[slice(*evidence.span)].split()).rstrip(".,;:") if evidence.span else ""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _say_source(words: str, rule: str) -> str:
    # Of the two names in a rule the claimant is X; Y is whoever passes the number on.
    named = regex.sub(r"\bX\b", lambda _: words, regex.sub(r"\bY\b", "another", rule.strip("'")))
    return f"in the words of the report: {named}"


def _say_place(name: str) -> str:
    m = _LEVEL.fullmatch(name)
    return f"{m['name']}, a {m['level']}" if m else name
