"""English spelling of verb and noun forms, so that the tables hold each word once."""

from collections.abc import Mapping
from dataclasses import dataclass

import regex

DOUBLING = regex.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
SIBILANT = regex.compile(r"(?:s|x|z|ch|sh)$")
WITH_PROGRESSIVE = 3
"""How many forms an irregular verb has where the -ing form is not spelled by the rule either."""
LEADING_ADVERB = regex.compile(r"(?:\w+ly|pre-emptively|gang)[ -](?=\w)")


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one verb: base and present, past and participle, and the -ing form."""

    base: frozenset[str]
    ed: frozenset[str]
    ing: frozenset[str]


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _doubled(verb: str) -> str:
    # One syllable: stab, stabbed. Longer verbs double only when stressed at the end; the tables spell those out.
    one_syllable = len(regex.findall(r"[aeiouy]+", verb)) == 1
    return verb + verb[-1] if DOUBLING.search(verb) and one_syllable else verb


def _present(verb: str) -> str:
    if SIBILANT.search(verb):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _progressive(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def verb_forms(phrase: str, irregular: Mapping[str, list[str]]) -> Forms:
    """Return all forms of a verb phrase; the verb is its first word, or the second after an adverb.

    >>> sorted(verb_forms("gun down", {}).ed)
    ['gunned down']
    >>> sorted(verb_forms("fatally shoot", {"shoot": ["shot", "shot"]}).ed)
    ['fatally shot']
    """
    lead = LEADING_ADVERB.match(phrase)
    before = lead.group() if lead else ""
    verb, _, rest = phrase[len(before) :].partition(" ")
    after = f" {rest}" if rest else ""
    ed, ing = irregular.get(verb, [_past(verb)]), [_progressive(verb)]
    if len(ed) == WITH_PROGRESSIVE:
        ed, ing = ed[:-1], ed[-1:]
    return Forms(
        base=frozenset(before + form + after for form in (verb, _present(verb))),
        ed=frozenset(before + form + after for form in ed),
        ing=frozenset(before + form + after for form in ing),
    )


def plural(noun: str, irregular: Mapping[str, str]) -> str:
    """Return the plural of a noun phrase, whose head is its last word (or the one before "of").

    >>> plural("police officer", {}), plural("policeman", {}), plural("member of staff", {})
    ('police officers', 'policemen', 'members of staff')
    """
    if noun in irregular:
        return irregular[noun]
    head, of, complement = noun.partition(" of ")
    before, space, last = head.rpartition(" ")
    if last in irregular:
        last = irregular[last]
    elif last.endswith(("men", "people", "women")):
        pass
    elif last.endswith("man"):
        last = last[:-3] + "men"
    else:
        last = _present(last)
    return before + space + last + of + complement
