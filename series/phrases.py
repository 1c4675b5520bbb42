"""The one place for phrases: what is counted, on which basis, and how many of a thing there are."""

from collections.abc import Sequence

_PEOPLE = {"person": "people", "household": "households", "dwelling": "homes"}
_COUNTED = {
    "in_need": "{people} in need",
    "affected": "{people} affected",
    "homes_destroyed": "homes destroyed",
    "homes_damaged": "homes damaged",
    "casualties": "{people} killed or injured (one number for both)",
}
_OWN = {
    ("refugees", "person"): "refugees",
    ("refugees", "household"): "refugee households",
    ("population", "person"): "population",
    ("population", "household"): "households living there",
}
_BASES = {"new": "new in each {width}", "cumulative": "running total", "stock": "number at each date"}
_PLURALS = {"is": "are", "has": "have"}


def name_counted(metric: str, unit: str = "person") -> str:
    """Return what one metric counts, in words.

    >>> name_counted("killed"), name_counted("in_need", "household"), name_counted("homes_destroyed", "dwelling")
    ('people killed', 'households in need', 'homes destroyed')
    """
    if own := _OWN.get((metric, unit)):
        return own
    return _COUNTED.get(metric, "{people} " + metric.replace("_", " ")).format(people=_PEOPLE.get(unit, unit))


def title_view(metric: str, basis: str, unit: str, width: str) -> str:
    """Return the title of what is shown.

    >>> title_view("killed", "new", "person", "month")
    'People killed, new in each month'
    >>> title_view("refugees", "stock", "person", "month")
    'Refugees, number at each date'
    """
    words = f"{name_counted(metric, unit)}, {_BASES[basis].format(width=width)}"
    return words[0].upper() + words[1:]


def title_sources(metric: str, basis: str, unit: str, what: str) -> str:
    """Return the title of what sources are compared in.

    >>> title_sources("killed", "cumulative", "person", "who cites whom")
    'People killed, running totals: who cites whom'
    """
    kind = {"new": "", "cumulative": ", running totals", "stock": ", at each date"}[basis]
    words = f"{name_counted(metric, unit)}{kind}: {what}"
    return words[0].upper() + words[1:]


def pluralize(word: str, number: int) -> str:
    """Return a word as it stands beside a number.

    >>> pluralize("figure", 1), pluralize("claim counted", 3), pluralize("is", 2)
    ('figure', 'claims counted', 'are')
    """
    if number == 1:
        return word
    noun, _, rest = word.partition(" ")
    return " ".join([_PLURALS.get(noun, f"{noun}s"), rest]).strip()


def say_count(number: int, word: str) -> str:
    """Return a number with its word.

    >>> say_count(1, "figure"), say_count(1200, "source")
    ('1 figure', '1,200 sources')
    """
    return f"{number:,} {pluralize(word, number)}"


def say_left_out(number: int) -> str:
    """Return where the lines stand that a chart has no room for.

    >>> say_left_out(1), say_left_out(22), say_left_out(0)
    ('1 more is in the table.', '22 more are in the table.', '')
    """
    return f"{number} more {pluralize('is', number)} in the table." if number else ""


def say_all(names: Sequence[str]) -> str:
    """Return several names as one phrase.

    >>> say_all(["Idlib", "Hama", "Aleppo"])
    'Idlib, Hama and Aleppo'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
