"""Phrasings: the patterns of a language in which a text says whose words it gives."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from parsers.patterns import Cues, compile_late
from parsers.tables import load_section
from parsers.tries import compile_lists


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The patterns of a language in which a source is named."""

    sparks: Mapping[str, tuple[str, ...]]
    """The phrases that a naming of a source begins with, by their first words."""
    in_words: frozenset[str]
    figures: Cues
    names_too: frozenset[str]
    trigger: regex.Pattern[str]
    stop: regex.Pattern[str]
    clause: regex.Pattern[str]
    aside: regex.Pattern[str]
    tail: regex.Pattern[str]
    tail_ends: frozenset[str]
    """The last words of a tail, where it is neither an adverb nor a number."""
    rest: regex.Pattern[str]
    contrast: regex.Pattern[str]
    number: regex.Pattern[str]
    passive: regex.Pattern[str]
    cited_by: regex.Pattern[str]
    citing: regex.Pattern[str]
    source_line: regex.Pattern[str]
    signature: regex.Pattern[str]
    heading: regex.Pattern[str]
    owned: regex.Pattern[str]
    own: regex.Pattern[str]
    relative: regex.Pattern[str]
    estimated: regex.Pattern[str]
    counted: regex.Pattern[str]
    toll_that: regex.Pattern[str]
    nouns_too: frozenset[str]
    complement: regex.Pattern[str]


LISTS = (
    "saying", "counting", "putting", "to_number", "other", "according", "counted_by", "figures", "joining", "citing",
    "cited_by", "source_lines", "between", "days", "months", "channels", "contrast", "clauses", "relatives", "numbers",
    "telling", "own", "lives", "claiming", "participles", "judging", "judged", "no_adverbs", "in_words", "seeing",
    "results", "then", "joined", "put_at", "put_by", "learning",
)  # fmt: skip


SPARKS = (
    "according", "cited_by", "counted_by", "figures", "telling", "saying", "putting", "other", "citing", "counting",
    "seeing", "judging", "put_at", "learning",
)  # fmt: skip
"""The lists of words that a naming of a source begins with, looked for before anything else."""
TAILS = ("between", "days", "channels", "months")


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        found[phrase.split()[0]].append(phrase)
    return {word: tuple(sorted(beginning, key=len)) for word, beginning in found.items()}


@cache
def load_phrasings(language: str) -> Phrasings:
    """Load the words of a language and compile its patterns; raises TableError."""
    section = load_section(language, "sources")
    lists: dict[str, Any] = {key: section.words(key) for key in LISTS}
    lists["plainly"] = lists["saying"] - section.words("nouns_too")
    lists["joints"] = lists["clauses"] | lists["contrast"] | lists["relatives"]
    lists["stops"] = lists["joints"].union(*(lists[key] for key in ("cited_by", "citing", "telling", "plainly")))

    def compiled(pattern: str, cues: str = "") -> regex.Pattern[str]:
        needed = (lambda: lists[cues]) if cues else None
        return compile_late(lambda: compile_lists(pattern, regex.X | regex.I, **lists), needed)

    return Phrasings(
        sparks=_by_first_word(phrase for key in SPARKS for phrase in lists[key]),
        in_words=section.words("in_words"),
        figures=Cues(lists["figures"]),
        names_too=section.words("names_too"),
        trigger=compiled(
            r"""
            (?<![\w-]) (?:
              (?P<according> \L<according> )
            | (?P<whose_count> \L<in_words> \s (?P<whose> (?:[\w-]++\s){0,5}? [\w-]++ (?:'s|s') )
                \s (?: own\s | [\w-]++\s )? \L<figures> (?= [\s,;.] ) (?! \s \L<joining> \s ) )
            | (?P<seeing> \L<seeing> )
            | (?P<learning> \L<learning> )
            | (?P<cited_by> \L<cited_by> )
            | (?P<put_at> \L<put_at> \s [^.;,"]{1,60}? \s \L<put_by> (?=\s) )
            | (?P<counted_by> \L<counted_by> )
            | (?P<figures> \L<figures> \s (?:\w+\s)? (?:\L<joining>|\L<counted_by>) (?=\s) )
            | (?P<telling> \L<telling> )
            | (?P<saying> (?! (?: \L<participles> | \L<claiming> \s (?: [\w,]+ \s ){0,4} \L<lives> ) (?!\w) )
                \L<saying> )
            | (?P<putting> \L<putting> (?= \s (?:[^.;]{0,160}? \s)? \L<to_number> \s ) )
            | (?P<other> \L<other> )
            | (?P<citing> \L<citing> )
            | (?P<judging> \L<judging> (?= \s (?:[^.;,"]{1,80}? \s)? \L<judged> \s ) )
            | (?P<counting> \L<counting>
                (?! \s\L<results>(?!\w) | (?: \s [\w-]++ ){2,4}? \s \L<then> (?!\w) )
                (?! (?: \s (?-i:\p{Lu})[\p{L}'-]*+ )++ \s (?: \L<telling> | \L<plainly> ) (?!\w) ) )
            ) (?![\w-])
            """
        ),
        stop=compiled(
            r"""
            [,;:"()?!] | \s--?\s
            | (?=\d) (?<! (?-i:\p{Lu}) [\p{L}]{0,20} \s ) \d
            | \d (?! \d?+ (?: [.,;)"] | \s (?:that|on|in|late|early)\s ) )
            | (?<!\w) \L<stops> (?!\w)
            | \s (?:(?:late|early|earlier)\s)? (?:on\s)? (?:\L<days>) (?!\w)
            | \s on \s \L<months> (?!\w) | \s in \s an?\s (?:\w+\s){0,2}? \L<channels> (?!\w) | \s (?:yesterday|today)\b
            """
        ),
        clause=compiled(r"[;:()\[\]\"] | , | \s--?\s | (?<!\w) (?P<soft> \L<joints> | and ) (?!\w)"),
        aside=compiled(r"\([^()]{1,60}\) | \L<joined>"),
        tail_ends=frozenset(phrase.split()[-1] for key in TAILS for phrase in lists[key]),
        tail=compiled(
            r"""
            (?: \s (?: \L<between> | (?!\L<no_adverbs>(?!\w))\w+ly | on\s\L<days>
              | (?:in|on|via|through|by|at) \s (?:(?:an?|the|its|his|her|their)\s)?
                (?: (?:\L<channels>|\L<days>|\L<months>|\d{1,4}) \s? )+ ) )++ \s* $
            """
        ),
        rest=compiled(
            r"""
            (?: \s (?: \L<between> (?!\w) | (?:late|early|earlier)\s(?:on\s)?\L<days>
              | (?:in|on|at|to|via|by|through|during|from|for)\s (?:(?:an?|the|its|his|her|their|this|last)\s)?
                (?: (?:\L<channels>|\L<days>|\L<months>|\d{1,4}|(?-i:\p{Lu})[\p{L}'.-]*) (?!\w) \s? ){1,5} (?<!\s) ) )*+
            """
        ),
        contrast=compiled(r"; | (?<!\w) \L<contrast> (?!\w) | ,\sand (?!\w) | ,\swith(?!\w)"),
        number=compiled(
            r"""
            (?<![\d,.]) (?! (?:19|20)\d\d (?![\d,]) ) (?! \d{1,2}(?:st|nd|rd|th)? \s \L<months> (?!\w) )
            (?<! \L<months> \s ) \d | (?<!\w) \L<numbers> (?!\w)
            """
        ),
        passive=compiled(
            r"""
            (?r) (?<![\w']) (?: was|were|been|being|be|is|are|to|not|of|the|an|a|at|which
                | by|from|with|after|amid|during|for ) \s (?:\w+ly\s)? \Z
            """
        ),
        cited_by=compiled(r"(?<!\w) \L<cited_by> (?!\w)"),
        citing=compiled(r"(?<!\w) \L<citing> (?!\w)"),
        source_line=compiled(r"(?: ^ | \( | [.] \s ) \s* \L<source_lines> \s? : \s*"),
        signature=compiled(
            r"(?P<mark> \s--?\s* | :\s | \( ) (?P<who> [^():,]{2,70}? ) (?:,[^():]{0,40})? \)? [.:\s]* $"
        ),
        heading=compiled(
            r"""^ (?: (?-i:\p{Lu})[^,;:()\"]{2,40}? , \s )? (?P<who> (?!\d) [^,;:()\"]{2,60}? )
                (?: ,\s (?=[^:]{0,30}?\d) [^:;()\"]{3,30} )?+ : \s (?=\S)"""
        ),
        owned=compiled(r"(?:'s?)? \s (?: [\w-]+ \s ){0,2}? \L<figures> (?!\w)", cues="figures"),
        own=compiled(r"\W* \L<own> \s (?: [\w-]+ \s ){0,2}? \L<figures> (?!\w)"),
        relative=compiled(r"\s? \L<relatives> (?!\w)"),
        estimated=compiled(r"\d[\d,.]*+ (?: \s (?:\w++\s){0,2}? ) \L<relatives> (?: \s (?:the)?+ )?+ \s*+ $"),
        counted=compiled(r"(?<![\d,.]) \d[\d,.]*+ (?: \s (?:\w++\s){0,3}? ) $"),
        toll_that=compiled(r", \s (?:an?|the) \s \L<figures> \s \L<relatives> (?: \s (?:the)?+ )?+ \s*+ $"),
        nouns_too=section.words("nouns_too"),
        complement=compiled(
            r"\s* (?: that(?!\w) | : | \" | \d | (?:at|some|about|around|nearly|more|over|an?|the|no) \s )"
        ),
    )
