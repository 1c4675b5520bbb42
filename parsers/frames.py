"""The frames of the grammar: each rule is a phrase with holes, its pattern over chunks, and who its victims are.

A frame links counted groups (the victims) with the words that say what happened to them (the triggers). The rules
stand in order: where two claim the same group, the earlier one has it. One rule to an idea, so the module is longer
than most.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.grammar import ACTS, CAME, CLAIMED, CROSSED, DRIVEN, DRIVEN_INTO, DRIVEN_OVER, LEFT, LOST_THEIRS, STATES
from parsers.records import Unit

# What a hole of a rule may hold. Names in angle brackets are roles of chunks and words; braces insert another line.
MACROS: Mapping[str, str] = {
    # noun phrases
    "any": """<group|unknown|elliptic|event|thing|people|one|events|named|np|he|they|other|another|toll|number>""",
    "object": """<share|group|unknown|elliptic|thing|people|one|events|event|named|he|they|another|home|self>""",
    "victim": """(?P<victim><group|elliptic|unknown|one|people|he|they|named|another|self>)""",
    "counted": """(?P<victim><group|elliptic|unknown>)""",
    "crowd": """
        (?: <np|the>? <crowd> (?=<group|elliptic>)
          | <what> <np|people|one|named|name|they|he>{1,3} <say|ved> <be|prep>{0,2} {adv} (?=<group|elliptic>) )
    """,
    "conj": """<comma|and|or|but|slash>{1,3} {adv}""",
    "list": """<comma|and|or|slash>{1,3} {adv}""",
    # A look at the first of them spares the looks back, at most places of most sentences.
    "subjects": """
        (?= <np|the|crowd|people|group|elliptic|unknown|one|he|they|named|another|self|share> )
        (?<! <takes.ed|takes.ing|takes.base|weak.ed|weak.ing|force.ed|force.ing|lose.ed|lose.ing> {adv} )
        (?! (?<=<ved>) <elliptic> {list} <elliptic> {adv} <be|have>
            | (?<=<including>) {any} <comma> <elliptic>
            | (?<=<including>) <group> {astride} <and> <group|elliptic> {adv} <be|have> )
        (?<! <reach.ed|reach.ing|reach.base> {adv} <to|at|prep> {adv} | <adverb><prep> | <than|attributing> )
        (?: <share|people> <comma|dash> {adv} (?P<victim><group>) (?:<comma|and>{1,2}(?P<victim><group>)){0,4}
              <comma|dash>
          | (?:<np|the>?<crowd>|<people><of>)? (?: (?<!<prep>) | (?!<one|people|named>) )
              (?: (?<!<with>) | (?!<he|they>) )
              (?! (?<= <prep><np>? ) <elliptic> <comma> <group> ) {victim}
          | (?P<victim><share>) )
        (?: (?:{pp}|{aside}|{ages}){0,2}? {list} <with>? {victim} )*
        (?: {list} <np|thing> (?= {adv} <plural> ) )?
    """,
    # "among them four children, and 30 were hurt", "... in Adra on Monday, and 30 were hurt"
    "astride": """<comma>? (?:{pp}|<adverb>){0,3} <comma>""",
    "objects": """
        (?! <nominative> ) (?: {crowd}? {victim}
          | (?:<thing>(?:{conj}<with>?|<comma>?<including>{adv})){1,2} {victim}
            (?! {adv} <be|have|modal|who|say|state|takes.ed|weak.ed|does.ed> ) )
        (?: (?:{pp}|{aside}){0,2}? {conj} <with>? {crowd}? {victim}
            (?! (?:{pp}){0,2}? {adv} (?: <be|have|modal|say|state|takes.ed|weak.ed|does.ed> | {astir} ) ) )*
    """,
    # "shot a guard and a girl who ran": not of "a girl who ran was hurt"
    "astir": """<who> (?> {aux} ) <!stop|comma> <!stop|comma|and>{0,10}?
        <be|have|modal|say|state|takes.ed|weak.ed|does.ed|ved>""",
    "counts": """
        (?:<np|the>?<crowd>)? {counted}
        (?: (?:{pp}){0,2}? (?: <comma> {adv} <elliptic> <theirs> {any}{1,2} )? {conj} <with>?
            (?! <elliptic> <theirs> ) (?P<victim><group|elliptic|unknown|kin>)
            (?! {adv} <be|have|modal|say|state|takes.ed|weak.ed> ) )*
    """,
    # what may stand between a subject and its verb
    "adv": """<adverb>{0,3}""",
    "aux": """<have|modal|not|adverb|say|semi|to|be|attempt|plan>{0,6}""",
    "pp": """
        <and|or>? <prep|of|by|with|to|ving> (?:<or|and>?<prep|of|by|with|to|ving>){0,2}
        (?: {adv} {any}+ (?:<poss>{any})* | <adverb> | {adv} <month> <np>? )
        | <outdoors|tohospital|inhospital>
        | <after> {adv} <thing|people|one|events|named|np|he|they|ving>+
        | <of|prep> <ving> (?= <open|comma|dash|stop> | $ )
    """,
    "aside": """
        <open> <!close|open>{0,15} <close>
        | <dash>{1,2} <!dash|stop>{1,12} <dash>{1,2}
        | <comma> <!comma|stop|be|have|modal>{1,9} <comma>
        | <comma> <np> (?:<comma> <np>){1,8} <comma>? <and> <np> <comma>
        | <comma> (?:<np> <comma>)? <of> <named> (?:<comma> <named>)? <comma>
    """,
    "relative": """
        <comma>? <who> (?: (?! <comma> <adverb>{0,2} <say> ) <!stop|who> ){0,12}?
        | <ving|does.ing> {any}? (?:{pp}){0,3}
        | <ved|takes.ed|weak.ed|claim.ed|move.ed> (?:{pp}){1,3}
        | <when> <ving|does.ing|live.ing|adverb> (?:{any}|{pp}){0,4} <comma>
        | <comma>? <including> {any} (?: <comma|and>{1,2} (?!<elliptic><state|takes.ed>) {any} ){0,4} <comma>?
        | {ages}
    """,
    "ages": """<aged> <np> (?:<comma|and>{1,2}<np>){0,6}""",
    "post": """{pp} | {aside} | {relative} | <or> <other> | <adverb|poss|including>""",
    # what happened
    "killed": """(?P<trigger><takes.ed|weak.ed>)""",
    "killing": """(?P<trigger><takes.ed|weak.ed|takes.ing|weak.ing|takes.base|weak.base>)""",
    "died": """
        (?P<trigger> (?! (?<=<be>{adv}) <leave.ed> ) <does.ed|does.base|does.ing>)
        (?! {adv} <group|elliptic|event> (?:<state|takes.ed|comma|stop>|$) )
    """,
    "dead": """(?P<trigger><state>)""",
    "hurt": """(?P<trigger><state|takes.ed|weak.ed>)""",
    "verb": """
        <ved|lower|np|does.ed|takes.ed|weak.ed|leave.ed|claim.ed|cause.ed|force.ed|live.ed|reach.ed|drag.ed|say|state|hitby>
    """,
    "led": """(?: {verb} {adv} {any}? (?:{pp}){0,3} {conj} {aux} ){0,3}?""",
    "found": """<cause.ed|say|leave.ed|make.ed|ved> (?P<trigger><state|takes.ed>)""",
    "moved": """<move.ed|move.ing|move.base|force.ed|force.ing|force.base>""",
    "labelled": """(?: ^ | (?<=<bar|comma|stop|dash|colon|elliptic|open>) )""",
    # "were seized and later shot", "who were seized on Monday were found dead"
    "then": """(?: {adv} (?:{pp}){0,4} (?: (?:{conj}|<stop>{adv}) {aux} | {adv} <comma>? <have>? <be> {aux} )
        (?:{found}|{killed}) )*""",
    # verbs and joints that carry a number
    "left": """<leave.ed|leave.ing|leave.base|make.ed|make.ing|make.base>""",
    "forced": """<force.ed|force.ing|force.base>""",
    "claimed": """<claim.ed|claim.ing|claim.base>""",
    "suffered": """<suffer.ed|suffer.ing|suffer.base>""",
    "tolls": """
        (?: (?!<including>) <reach.ed|reach.base|reach.ing|be|to|at|of|colon|comma|claim.ed|cause.ed|have|prep> ){1,4}
        {adv}
    """,
    "brought": """
        <reach.ed|reach.ing|reach.base|make.ed|make.ing|make.base> <to|prep> {adv} {counts} (?:{aside})?
        <np|the|adverb|lower|reach.base>{0,3}
    """,
    "located": """<named|np>{1,2} <colon|dash|open>? {adv} (?P<victim><elliptic>) <close>?""",
    "whole": """(?P<whole><group|elliptic|unknown|event>)""",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule: its name (the phrase with holes), its pattern, and the roles of its trigger that give the metric.

    Where the pattern names a ``kind``, its words say who was counted: "the number of civilians killed rose to 12".
    ``fixed`` names the metric by the unit of the victims, where the words of the frame themselves give it.
    """

    name: str
    pattern: str
    needs: frozenset[str]
    fixed: Mapping[Unit | None, str] | None = None


def _frame(name: str, pattern: str, *roles: str) -> Frame:
    return Frame(name, pattern, frozenset(roles))


def _fixed(name: str, pattern: str, needs: str, metrics: Mapping[Unit | None, str]) -> Frame:
    return Frame(name, pattern, frozenset(needs.split()), metrics)


TAKES = ("takes.ed", "weak.ed")
ANY_TAKES = (*TAKES, "takes.ing", "weak.ing", "takes.base", "weak.base")
DOES = ("does.ed", "does.base", "does.ing")
PEOPLE_EVACUATED: Mapping[Unit | None, str] = dict.fromkeys((Unit.PERSON, Unit.HOUSEHOLD, None), "evacuated")
PEOPLE_DISPLACED: Mapping[Unit | None, str] = dict.fromkeys((Unit.PERSON, Unit.HOUSEHOLD, None), "displaced")
PEOPLE_ABROAD: Mapping[Unit | None, str] = dict.fromkeys((Unit.PERSON, Unit.HOUSEHOLD), "refugees")
FAMILIES_DISPLACED: Mapping[Unit | None, str] = {Unit.HOUSEHOLD: "displaced"}
PEOPLE_TAKEN: Mapping[Unit | None, str] = {Unit.PERSON: "abducted"}
PEOPLE_OR_THEM_TAKEN: Mapping[Unit | None, str] = {Unit.PERSON: "abducted", None: "abducted"}
PEOPLE_HELD: Mapping[Unit | None, str] = {Unit.PERSON: "detained"}
PEOPLE_WOUNDED: Mapping[Unit | None, str] = {Unit.PERSON: "injured", None: "injured"}
PEOPLE_HURT: Mapping[Unit | None, str] = {Unit.PERSON: "injured"}
PEOPLE_DEAD: Mapping[Unit | None, str] = {Unit.PERSON: "killed"}
PEOPLE_LOST: Mapping[Unit | None, str] = {Unit.PERSON: "killed", None: "killed"}
DWELLINGS_LOST: Mapping[Unit | None, str] = {Unit.DWELLING: "homes_destroyed"}
LOST: Mapping[Unit | None, str] = {Unit.PERSON: "killed", Unit.DWELLING: "homes_destroyed"}

IN_CONDITION = "<victims> were taken in <condition>"
"""The frame of how those are who were hurt, most of whom were counted before."""

TREATED = "<victims> were treated"
"""The frame of those who were treated, which tells of wounds only beside the dead and the wounded."""

TAKEN_TOO = "they took <victims>"
"""The frame of those whom somebody took: who has just killed others has abducted them."""

HOUSED = "<families> had their homes <destroyed>"
"""The frame in which the victims own what was harmed."""

WHO_DIED = "stabbed <victims>, who <died>"
"""The frame of those who are hurt and die of it."""

SHIFTED = "moved <victims> to <church>"
"""The frame of people who are taken to schools and the like, as pupils are on other days."""

TAKEN_IN = "took in <families>"
"""The frame of families who come to others, which schools and schemes take in as well."""

COUNTED_IN = "counted <victims> in <camps>"
"""The frame of those whom somebody counts where the displaced stay, place by place."""

AMONG = "<victims> were among the <dead>"
"""The frame of some who are among those counted."""

TAKEN_BY = "<victims> were taken by <gunmen>"
"""The frame of people who are taken, which is an abduction where armed men do it."""

NUMBERED = "<idps> number <number>"
"""The frame of people whose number is said of them."""

LOSSES = "put <losses> at <victims>"
"""The frame of what a force has lost, in men: "put its losses at nine soldiers"."""

MADE_UP = "<people> make up half of them"
"""The rule of a share whose people stand before it."""

BRACKETED = "<people> (<people>, <people>)"
"""The rule of the parts that brackets name, where they may give ages."""

MAIMED = "<victims> lost <limbs>"
"""The frame of those who are maimed, who may be among the wounded already counted."""

ALONG = "were <killed> along with <victims>"
"""The frame of those who were killed beside somebody."""

GAPPED = "<killed> <victims>, and <cause> <victims>"
"""The frame of clauses that leave out their verb: "the flood killed ten, the storm six"."""

LISTED = "<label>: <place> <number>, <place> <number>"
"""The frame of a list behind the words that say what it counts: "Refugees by country: Egypt 255,000; Chad 179,000"."""

ARRIVED = "bringing the number of <arrivals> to <number>"
"""The frame of people who have come, whom the sentence may call refugees."""

FRAMES: tuple[Frame, ...] = (
    _frame(
        "<homes> <destroyed>: <number>",
        """{labelled} <crowd>? {adv} (?: (?P<kind><home|people|one>) {adv} (?P<trigger><takes.ed|state>)
             | (?P<trigger><takes.ed|state>) <slash>? (?P<kind><home|people|one>)
             | (?P<kind>(?P<trigger><people|one>)) | (?P<trigger><state>)(?=<elliptic>) )
           (?:{conj} <!stop|colon|elliptic|group>)? (?:{aside})? <reach.base|be>?
           (?: <colon|dash|bar>{1,2} {adv} (?P<victim><elliptic>)
             | (?P<victim><elliptic>) (?=<stop|bar|open|comma>|$) )""",
        *("state", "victim", *TAKES),
    ),
    _fixed(
        "<camps> with <victims>",
        """(?=<thing>) <safe> (?:{pp}|<be> {adv} <lower|np|ved>?){0,2}? <with> {adv} (?P<victim><dweller>)
           (?: <slash|and|or>? (?P<victim><dweller>) )?""",
        "camp",
        PEOPLE_DISPLACED,
    ),
    _frame(
        LISTED,
        """{labelled} (?:<np|the>?<crowd>)? {adv}
           (?: (?P<kind><home|people|one>) {adv} (?P<trigger><takes.ed|state>)
             | (?P<trigger><takes.ed|state>) (?P<kind><home|people|one>)
             | (?P<kind>(?P<trigger><people>)) | (?P<trigger><events|toll|takes.ed|state>) )
           (?:{pp}|{aside}|<np|adverb>){0,4}? <colon|dash> {located} (?:<comma|stop|and|bar>{1,2}{located})+""",
        *("victim", "event", "toll", "state", *TAKES),
    ),
    _frame(
        "<number> of them <fatally>",
        "(?P<victim><elliptic>) <including> (?P<trigger><outcome>) (?=<comma|stop|close>|$)",
        "outcome",
    ),
    _frame(
        AMONG,
        """{subjects} {post}{0,4} {aux} <be> {adv} <among> {any}? (?:<who>{aux})?
           (?P<trigger><takes.ed|state|people|one|victim|does.ed|group>)""",
        *("state", "victim", "does.ed", *TAKES),
    ),
    _frame("the <body> of <victims>", "(?P<trigger><one|people|group>) <of> {adv} {subjects}", "victim"),
    _frame(
        "<victims> were taken in with <wounds>",
        """{subjects} {post}{0,3} {aux} <be|have> {aux}
           <cause.ed|claim.ed|leave.ed|make.ed|move.ed|live.ed|lower|ved>
           <named|np>? (?:{pp}|<to>{any}|<prep>{any}){0,3}? <with> {adv} (?P<trigger><events|wound>)""",
        "wound",
    ),
    _fixed(
        IN_CONDITION,
        """{subjects} {post}{0,3} {aux} <be> {aux} {led}
           (?: <takes.ed|cause.ed|claim.ed|move.ed|ved|lower> {adv} (?:{pp}){0,2}? )? <condition>""",
        "condition",
        PEOPLE_WOUNDED,
    ),
    _fixed(
        TREATED,
        """(?P<victim><group|elliptic>) {post}{0,3} {aux} (?:<be>{aux})?
           (?: <treat.ed> (?= <and> <ved|weak.ed> | {adv} <at> )
             | <claim.ed|move.ed|ved> {adv} (?:{pp}){0,1}? <tohospital>
             | (?<=<elliptic>{aux}<be>{adv}) <heal.ing>? {adv} <inhospital>
             | (?<=<elliptic>{aux}<be>{adv}<be>{adv}) <treat.ed> )""",
        "treat tohospital inhospital",
        PEOPLE_WOUNDED,
    ),
    _fixed(
        "sent <victims> to hospital",
        "(?!<claim.ed>)<force.ed|force.ing|make.ed|make.ing> {adv} {objects} (?: <tohospital> | <inhospital> )",
        "tohospital inhospital",
        PEOPLE_WOUNDED,
    ),
    _fixed(
        "<bullets> hit <victims>",
        """(?<= <projectile|gunfire> (?:<!stop|pause>{0,14}) )
           (?: <strike.ed|strike.ing> {adv} {objects} (?! {adv} <takes.ed|state|outcome> )
             | {subjects} {aux} <be> {adv} <strike.ed> )""",
        "strike",
        PEOPLE_WOUNDED,
    ),
    _frame("<victims> were <killed>", "{subjects} {post}{0,5} {aux} <be> {aux} {led} {killed} {then}", *TAKES),
    _frame(
        "<victims> were found <dead>",
        """{subjects} {post}{0,4} {aux} <be> {aux}
           (?: <cause.ed> {adv} (?P<trigger><takes.ed>)
             | <cause.ed|say|leave.ed|make.ed|claim.ed|lower|np|ved|weak.ed|strike.ed>? <or>? {adv} {dead} )
           (?:{conj}(?P<trigger><state|takes.ed>))*""",
        *("state", *TAKES),
    ),
    _frame(
        ALONG,
        """(?P<trigger><takes.ed|weak.ed|does.ed>) (?:{pp}|{aside}){0,5} <comma>?
           (?: <alongside> | <with> (?=<kin|kith>) ) {adv} {subjects}""",
        *("does.ed", *TAKES),
    ),
    _frame(
        "shot <victims> <dead>",
        """<weak.ed|weak.ing|takes.ed|takes.ing|weak.base> {adv}
           (?: {objects} | {victim} (?:{conj}{victim}){1,4} ) {adv} (?P<trigger><outcome>)""",
        "outcome",
    ),
    _frame(
        "crushed <victims> to <death>",
        """(?<!<be|hyperbole> {adv}) (?!<hyperbole>)<ved> {adv} (?P<victim><group>) (?:{pp}){0,1}?
           (?P<trigger><outcome>)""",
        "outcome",
    ),
    _frame(
        "<victims> were crushed to <death>",
        """{subjects} {post}{0,3} {aux} <be> {adv} (?!<hyperbole>)<ved|lower|weak.ed>
           (?: <and|or> (?!<hyperbole>)<ved|lower|weak.ed> )? {adv} (?P<trigger><outcome>)""",
        "outcome",
    ),
    _frame(
        "<victims> to their <deaths>",
        """(?: <ved|ving|lower|np|cause.ed|make.ed|force.ed> {adv} {objects} {adv}
             | {subjects} {post}{0,2} {aux} <ved|lower|rise.ed|reach.ed> {adv} ) (?P<trigger><doom>)""",
        "doom",
    ),
    _frame(
        LEFT,
        "(?!<say>)(?:{left}|{forced}) {adv} {objects} {post}{0,1}? {hurt} (?:{conj}(?P<trigger><state|takes.ed>))*",
        *("state", *TAKES),
    ),
    _fixed(
        "moved <victims> to <camp>",
        "{moved} {adv} {objects} (?:{pp}){0,2}? <prep|of|to>{1,3} <safe>",
        "move",
        PEOPLE_EVACUATED,
    ),
    _fixed(
        "<victims> were moved to <camp>",
        """{subjects} {post}{0,3} {aux} <be> {aux}
           (?: <move.ed> {adv} (?:{pp}){0,2}? <prep|of|to>{1,3} | <moveto.ed> {adv} ) <safe>""",
        "move moveto",
        PEOPLE_EVACUATED,
    ),
    _fixed(
        SHIFTED,
        """{moved} {adv} (?P<victim><dweller>) (?:{pp}|{aside}){0,2}? <to> {adv} <refuge>
           | (?P<victim><dweller>) {post}{0,2} {aux} <be> {aux}
             (?: <move.ed> {adv} (?:{pp}){0,1}? <to> {adv} | <moveto.ed> {adv} ) <refuge>""",
        "move moveto",
        PEOPLE_EVACUATED,
    ),
    _fixed(
        DRIVEN_OVER,
        "{forced} {adv} (?P<victim><dweller|national>) (?:{pp}){0,1}? <overborder>",
        "force",
        PEOPLE_ABROAD,
    ),
    _fixed(
        DRIVEN_INTO,
        """{forced} {adv} (?P<victim><dweller>) (?:{conj} {adv} (?P<victim><dweller>))*
           (?: {pp} (?=<into>) )? (?: <into> <named|home|camp> | <outof> <named|home|group> )""",
        "force",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        DRIVEN,
        """{forced} {adv} (?P<victim><dweller>) (?:{conj} {adv} (?P<victim><dweller>))*
           (?: <to|towards> (?=<named>) | <outof> (?=<np|thing>) )""",
        "force",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<emptied> of <victims>",
        "<emptied> {adv} (?P<victim><dweller>)",
        "emptied",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "forced <victims> from home",
        """{forced} {adv} {objects} (?:{pp}){0,2}? (?:<to> {adv} <live.base|sleep.base> {adv})?
           <prep|of|to>{1,3} <home|camp>""",
        "force",
        PEOPLE_DISPLACED,
    ),
    _frame(
        "forced <victims> to <flee>",
        """{forced} {adv} {objects} (?:{pp}){0,3}? <to> {adv}
           (?: (?P<trigger><does.base>) | (?P<trigger><takes.base>) (?! {adv} {object} )
             | <be> {adv} (?P<trigger><takes.ed>) )""",
        *("does.base", "takes.base", "takes.ed"),
    ),
    _frame(
        "sent <victims> <fleeing>",
        "(?:{forced}|<make.ed|make.ing>) {adv} {objects} (?:{pp}){0,2}? {adv} (?P<trigger><does.ing>)",
        "does.ing",
    ),
    _frame(
        WHO_DIED,
        """<takes.ed|weak.ed|takes.ing|weak.ing> {adv} (?P<victim><group>) (?:{pp}){0,2}? <comma>? <who> {aux}
           (?P<trigger><does.ed|does.base>)""",
        *DOES,
    ),
    _frame(
        "<killed> <victims>",
        """{killing} (?: {adv} {conj} {aux} (?P<trigger><takes.ed|weak.ed|takes.ing|takes.base>) )* {adv} {objects}""",
        *ANY_TAKES,
    ),
    _frame(
        GAPPED,
        """{killing} {adv} {counted} (?:{pp}){0,2} (?: <comma|and|stop>{1,2} <np> (?:{pp}){0,1} {counted} )+
           (?= <stop> | $ )""",
        *ANY_TAKES,
    ),
    _fixed(
        "<victims> were forced from home",
        "{subjects} {post}{0,4} {aux} <be> {aux} <force.ed|ved|takes.ed> {adv} <prep|of|to>{1,3} <home>",
        "force",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<victims> stay in <camp>",
        """{subjects} {post}{0,3} {aux} (?:(?!<escape>)<live.ed|live.base|live.ing|be|force.ed|ved|lower>){1,2} {adv}
           (?:{pp}){0,2}? <prep|of|to>{1,3} <camp>""",
        "camp",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<victims> sleep in <church>",
        """(?<!<of>) (?P<victim><dweller|elliptic>) (?:{pp}){0,2}? {aux}
           <sleep.ed|sleep.base|sleep.ing> {adv} (?:{pp}){0,1}?
           (?: <prep|of|to|into>{1,3} <refuge|camp> | <outdoors> )""",
        "sleep",
        PEOPLE_DISPLACED,
    ),
    _frame(
        "<victims> sleep <homeless>",
        """(?P<victim><dweller|elliptic>) (?:{pp}){0,2}? {aux}
           (?: <sleep.ed|sleep.base|sleep.ing> | (?:<be>{adv})? <live.ed|live.base|live.ing> ) {adv} {dead}""",
        "state",
    ),
    _fixed(
        "<families> live in <church>",
        """(?P<victim><dweller>) (?:{pp}|{relative}){0,2}? {aux} (?: <be> {adv} <live.ing> {adv} | <be> <adverb>{1,2} )
           <prep|of|to>{1,3} <refuge>""",
        "refuge",
        FAMILIES_DISPLACED,
    ),
    _fixed(
        "<families> are staying with relatives",
        "(?P<victim><dweller>) (?:{pp}){0,2}? <be> {adv} <housed>",
        "housed",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<victims> in <number> <camps>",
        """{labelled} (?P<victim><dweller>) (?:{pp})?? <prep> (?=<thing>) <safe> (?=<stop|comma|bar|close>|$)""",
        "camp",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        COUNTED_IN,
        """<cause.ed|cause.ing> {adv} (?P<victim><dweller>) (?:{aside})? <prep> {adv} (?=<np|thing>) <camp>
           (?: <comma|and>{1,2} (?P<victim><elliptic>) <prep> {adv} (?=<np|thing>) <camp> )*""",
        "camp",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<camp> holds <victims>",
        """(?=<np|thing|thing.many>) <camp>
           (?: <!stop|one|named|camp>{0,8} <comma|and|but>{1,2} <np>? | (?:{pp}){0,2}? )
           {adv} <have>? {adv} <housing> {adv} (?P<victim><dweller>)""",
        "camp",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        TAKEN_IN,
        "<takein.ed|takein.base|takein.ing> {adv} (?P<victim><dweller>)",
        "takein",
        FAMILIES_DISPLACED,
    ),
    _fixed(
        CROSSED,
        """(?P<victim><dweller|national|elliptic>) (?:{pp}|<state>|{aside}){0,2}? {aux}
           (?: <cross.ed|cross.base|cross.ing> {adv} (?: <np|named> (?:{pp}){0,1}? | <from> <named|np> )
               (?: <into|to> (?=<named>) | <to> (?=<does.base>) )
             | <crossinto.ed|crossinto.base|crossinto.ing> (?=<named|np>) )""",
        "cross crossinto",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "took <victims> with them",
        """(?<= <takes.ed|weak.ed|culprit> <!stop>{0,14} ) <claim.ed|claim.ing> {adv} {objects} {adv} <with> <they>
           | (?<= <culprit> (?:{pp}){0,1} {adv} ) <claim.ed> {adv} {counts} <from> <refuge|np|home|named|camp>""",
        "claim",
        PEOPLE_TAKEN,
    ),
    _fixed(
        "whisked <victims> away",
        "(?<= <culprit> <!stop>{0,24} ) <drag.ed|drag.ing> {adv} {objects} (?= <away> )",
        "drag",
        PEOPLE_OR_THEM_TAKEN,
    ),
    _fixed(
        "made off with <victims>",
        """(?<= <culprit> <!stop>{0,24} )
           (?: <makeoff> {adv} {objects} | <claim.ed> {adv} {objects} (?= <away> ) )""",
        "makeoff claim",
        PEOPLE_TAKEN,
    ),
    _fixed("the <abductors> of <victims>", "<captorof> {adv} {counts}", "captorof", PEOPLE_TAKEN),
    _fixed(
        "<ransom> for <victims>",
        "(?<= <ransom> <!stop>{0,6} ) <for> (?: <np|events>{1,2} <weak.base>? <of> )? {adv} {counts}",
        "for",
        PEOPLE_TAKEN,
    ),
    _fixed(
        "took <victims> into custody",
        "<claim.ed|claim.ing> {adv} {objects} (?:{pp}){0,1}? {adv} <custody>",
        "custody",
        PEOPLE_HELD,
    ),
    _fixed(
        TAKEN_TOO,
        """(?<= ^ <they|he> {adv} ) <claim.ed> {adv} {objects} (?= <stop|comma|and|prep> | <adverb>{1,2}<stop> )""",
        "claim",
        PEOPLE_TAKEN,
    ),
    _fixed(
        TAKEN_BY,
        "{subjects} {post}{0,3} {aux} <be> {aux} <claim.ed|makeoff|takenby> (?= {adv} (?:{pp}){0,2}? <by> )",
        "claim makeoff takenby",
        PEOPLE_TAKEN,
    ),
    _fixed(
        "the remains of <victims>",
        """<cause.ed|cause.ing|cause.base> {adv} <bodies> {adv} {counted}
           | <bodies> {adv} (?P<victim><group>)
           | <bodies> {adv} {counted} (?:{pp}){0,2} {aux} <be> {aux} <cause.ed|ved|claim.ed|takes.ed|weak.ed|lower>""",
        "bodies",
        PEOPLE_DEAD,
    ),
    _frame(
        HOUSED,
        """{subjects} {post}{0,2} {adv} <have> {adv} <home> {adv} (?:{left})? {hurt}
           (?:{conj}(?P<trigger><state|takes.ed>))*
           | (?P<victim><dweller>) <whose> {adv} <home> {adv} {aux} <be> {adv} {hurt}""",
        *("state", *TAKES),
    ),
    _frame(
        "<victims> <died> or were <injured>",
        """{subjects} {post}{0,2} {aux} (?P<trigger><does.ed>) {adv} <or> {adv} <be> {adv} (?P<trigger><takes.ed>)""",
        *("does.ed", "takes.ed"),
    ),
    _frame(
        "<victims> escaped with <wounds>",
        "{subjects} {post}{0,3} {aux} <does.ed|ved> {adv} (?:{pp}){0,2}? <with> {adv} (?P<trigger><events|wound>)",
        "wound",
    ),
    _frame(
        ACTS,
        "{subjects} {post}{0,4} (?:<comma|weak.ed|takes.ed>(?=<have>))? {aux} {led} {died}",
        *DOES,
    ),
    _fixed(
        CAME,
        "(?P<victim><dweller>) (?:{pp}){0,2}? <have> {adv} <arrive.ed> (?= {adv} <prep|at> <named|camp> )",
        "arrive",
        PEOPLE_DISPLACED,
    ),
    _fixed(
        "<victims> did not <survive>",
        "(?P<victim><group|elliptic>) {post}{0,3} <survive> (?= <stop|comma|and|dash|close> | $ )",
        "survive",
        PEOPLE_LOST,
    ),
    _frame(
        "<victims> suffered <injuries>",
        """{subjects} {post}{0,3} {aux} {led} (?:{suffered}|<have>) {adv}
           (?: <ving>? <np> <of> (?=<wound>) )? (?P<trigger><events|wound>)""",
        *("event", "wound"),
    ),
    _fixed(
        "<victims> were hit by <bullets>",
        """{subjects} {post}{0,3} {aux} <be> {adv} (?: <ved|lower|takes.ed|weak.ed|strike.ed> <or|and> )?
           <hitby> {adv} <projectile>""",
        "hitby",
        PEOPLE_WOUNDED,
    ),
    _fixed(MAIMED, "{subjects} {post}{0,2} {aux} <lose.ed> {adv} <limb>", "lose", PEOPLE_HURT),
    _frame(
        "left <victims> with <wounds>",
        """<leave.ed|leave.ing> {adv}
           (?: {objects} | {object} {adv} <state> (?:{pp})? <and|comma>{1,2} {adv} (?P<victim><group|elliptic>) )
           <with> {adv} (?P<trigger><events|wound>)""",
        "wound",
    ),
    _frame(
        "inflicted <wounds> on <victims>",
        "<inflict.ed|inflict.ing> {adv} (?P<trigger><events|wound>) <prep|to> {adv} {objects}",
        "wound",
    ),
    _frame(
        "<victims> recover after being <shot>",
        """{subjects} {post}{0,3} {aux} (?:<be|have>{aux})? (?:<ving|ved|lower|move.ed|claim.ed|inhospital|condition>)
           (?:{pp}){0,2}? <after> <be> {adv} {killed}""",
        *TAKES,
    ),
    _frame(
        "<victims> are recovering from <wounds>",
        "{subjects} {post}{0,3} {aux} (?:<be> {adv})? <heal.ing> {adv} <from> {adv} (?P<trigger><events|wound>)",
        "wound",
    ),
    _frame(
        "treated <victims> for <wounds>",
        """(?: <treat.ed|treat.ing|treat.base> {adv} {objects} (?:{pp}){0,1}? <with|prep>
             | <cause.ed|cause.ing> {adv} {counted} <with> )
           {adv} (?P<trigger><events|wound>)""",
        "wound",
    ),
    _frame(
        "<victims> with <wounds> were taken in",
        """(?P<victim><group|elliptic>) <with> {adv} (?P<trigger><events|wound>) {aux} <be> {aux}
           <claim.ed|cause.ed|treat.ed|move.ed> (?=<to|prep|adverb|comma|stop>)""",
        "wound",
    ),
    _frame(
        "<victims>, <killed> by <perpetrators>",
        "{subjects} <comma> {adv} (?P<trigger><takes.ed>) {adv} <by>",
        "takes.ed",
    ),
    _frame(
        "<victims> were treated for <injuries>",
        "{subjects} {post}{0,3} {aux} <be> {aux} <treat.ed> {adv} <prep> {adv} (?P<trigger><events|wound>)",
        *("event", "wound"),
    ),
    _frame(
        "<deaths> of <name> and <victims>",
        """(?P<trigger><events>) <of> (?: <one> <np>? | <np|named> )
           (?: <comma> {adv} (?:{counted}|<one|named|np>) ){0,4}?
           <comma>? <and> {adv} {victim}
           (?! {pp}{0,2} {adv} <be|have|modal|lower|ved|does.ed|takes.ed|weak.ed|say|to> )""",
        "event",
    ),
    _frame(
        "<deaths> on <day> of <victims>",
        """(?P<trigger><events>) (?:<adverb>|<prep><adverb|named|month>|<prep><the|np|time>{1,2}<of>{any}){1,2}
           <of> {adv} {counts}""",
        "event",
    ),
    _frame(
        "<deaths> of <victims>",
        """(?: (?P<trigger><events>) <or|and|slash>{1,2} )? (?P<trigger><events|event>) <open>?
           (?: <of> (?:{aside})? {adv} {subjects} (?! (?<= <comma|and> {adv} <elliptic> ) {adv} <be|have|modal> )
             | <to> (?:{aside})? {adv} {counts} )""",
        "event",
    ),
    _frame(
        "<massacres> with <victims>",
        "(?P<trigger><events>) {adv} (?:{pp})?? <with> {adv} (?P<victim><sufferer>)",
        "event",
    ),
    _frame(
        "the <body> was found",
        """(?P<victim>(?P<trigger><one>|(?=<kin>)<people>)) (?! <of> ) {post}{0,3} {aux} <be> {aux}
           <cause.ed|ved|lower|claim.ed>""",
        "victim",
    ),
    _frame(
        "the <toll> rose to <number>, up from <number>",
        """(?P<trigger><toll>) (?:<!stop|who|when|toll>){0,10}?
           (?: <rise.ed|rise.ing> {adv} <to> {adv} {counted} {adv} (?:{pp}{0,1}? <comma>? <up> | <prep>)
             | <rise.ed|rise.ing> {adv} <prep> {counted} (?:{pp}|{adv}){0,2} <to>
             | {tolls} {counted} {pp}{0,2}? <comma>? {adv} <up> )
           {adv} (?P<victim><elliptic>)""",
        "toll",
    ),
    _frame(
        "the <toll> rose to <number>",
        """(?P<trigger><toll>) (?: <comma> <!stop|comma>{1,8} <elliptic> <comma> (?=<be|have|reach.ed>) )?
           (?! <comma> <adverb|np|when>{0,2} <reach.ed|say> <at> <elliptic|group> (?:{pp}){0,2} <comma> )
           (?:<!stop|who|when|toll>){0,10}? {tolls} (?:<elliptic|group|unknown> (?:{pp}){0,2}? <to>)? {counts}""",
        "toll",
    ),
    _frame(
        "put the <dead> at <number>",
        """(?: <say|reach.ed|reach.ing> | (?<=<at> <elliptic|group>) <comma>? <and> )
           (?P<trigger><people|one>) (?:(?!<at>)<prep|of>(?:{any}|<month>)(?:<and>{any})?)?
           <at> {adv} (?P<victim><elliptic|group>)
           (?= <stop|comma|and|pause|when|prep|but> | $ )""",
        *("state", "victim", *TAKES),
    ),
    _frame(
        "the <toll>, put at <number>, was lowered to <number>",
        """(?P<trigger><toll>) <comma|who|be|have|adverb|np|when>{0,4} <reach.ed|say> <at> <elliptic|group>
           (?:{pp}){0,2} <comma> <be|have|adverb|np>{0,3} <reach.ed|ved> <to> {adv} {counts}""",
        "toll",
    ),
    _frame(
        "the number of <idps> rose to <number>",
        """<crowd> (?P<kind>(?P<trigger><people>)) (?:{pp}|{relative}){0,3} <adverb|comma|lower|np|prep>{0,4}
           {tolls} (?:<elliptic|group|unknown> (?:{pp}){0,2}? <to>)? {counts}""",
        *("victim", "state", "event"),
    ),
    _frame(
        "bringing <returns> to <number>",
        """<reach.ing|reach.ed> {adv} (?P<trigger><events|event>) (?:{pp}|<np|adverb|time>){0,3}?
           <to> {adv} {counts}""",
        "event",
    ),
    _frame(
        ARRIVED,
        """<reach.ing|reach.ed|reach.base> {adv} <np|the>? <crowd> (?P<kind>(?P<trigger><events>)) (?:{pp}){0,3}
           <to> {adv} {counts}""",
        "event",
    ),
    _frame(
        "the number of <people> <killed> rose to <number>",
        """<crowd|reach.base> (?!<group>) (?P<kind>{any})? (?:<who|be|have>){0,3} {adv}
           (?:{hurt}|(?P<trigger><does.ed>)) <home>?
           (?: (?:{pp}|{aside}|<adverb|prep|np>){0,5}
             | {adv} <when> <!stop|comma|say|toll|crowd>{1,9}? <comma>? <have> )
           {tolls} (?:<elliptic|group|unknown> (?:{pp}){0,2}? <to>)? {counts}""",
        *("state", "does.ed", *TAKES),
    ),
    _frame(
        "<number>: the number of <people> <killed>",
        """^ {counts} <dash|colon|stop|comma>{1,2} <np|the>? <crowd> (?P<kind>{any}) (?:<who|be|have>){0,3} {adv}
           {hurt}""",
        *("state", *TAKES),
    ),
    _frame(
        "brought to <number> the number of <killed>",
        "{brought} <crowd> (?P<kind>{any}) (?:<who|be|have>){0,3} {hurt}",
        *("state", *TAKES),
    ),
    _frame(
        "brought to <number> the number who <died>",
        """{brought} (?: <who> {aux} (?: (?P<trigger><does.ed|does.base>) | <be> {adv} {killed} )
             | (?<=<np>) {hurt} )""",
        *("does.ed", "does.base", "state", *TAKES),
    ),
    _frame(
        "brought to <number> the <toll>",
        "{brought} (?P<trigger><toll>)",
        "toll",
    ),
    _frame(
        "brought to <number> the number of <deaths>",
        "{brought} <crowd> (?P<trigger><events|people>)",
        *("event", "victim"),
    ),
    _frame(
        NUMBERED,
        """(?P<trigger><people|events|one>) (?:{pp}){0,3} (?:<comma>?<who>)? <have|adverb>{0,2}
           <reach.base|reach.ed> {adv} <to|at>? {counts}""",
        *("victim", "event", "state", *TAKES),
    ),
    _fixed(
        LOST_THEIRS,
        """<lose.ed|lose.ing|lose.base> {adv} (?:<thing>{conj}){0,3} (?: (?P<victim><group>) {list} )?
           (?P<victim><fallen>) (?:{list}(?P<victim><fallen>))*""",
        "lose",
        LOST,
    ),
    _fixed(
        "<homes> were lost",
        """(?P<victim><fallen>) (?:{pp}){0,2}
           (?: <have>? <be> {adv} <lose.ed> | <lose.ed> (?=<comma|stop|and|close>|$) )""",
        "lose",
        DWELLINGS_LOST,
    ),
    _fixed(
        LOSSES,
        """<losses> (?:<prep>{any})? <at|of|be|have|reach.ed|prep|to>{1,3} {adv} (?P<victim><fallen>)
           (?:{list}(?P<victim><fallen>))*""",
        "losses",
        {Unit.PERSON: "killed"},
    ),
    _fixed(
        "cost <side> <victims>",
        """{claimed} {adv} {any} (?:{pp})? {adv} (?P<victim><fallen>) (?:{list}(?P<victim><fallen>))*
           (?! {adv} <people> )""",
        "claim",
        {Unit.PERSON: "killed"},
    ),
    _fixed("cost <victims> their lives", "{claimed} {adv} {objects} <people>", "lives", {Unit.PERSON: "killed"}),
    _frame(
        "the <dead> were <victims>", "(?P<trigger><people|one>) <be> {adv} {subjects}", *("state", "victim", *TAKES)
    ),
    _frame(CLAIMED, "(?:{claimed}|<lose.ed>) {adv} (?P<victim>(?P<trigger><group>))", "lives"),
    _frame("<lives> were lost", "(?P<victim>(?P<trigger><group>)) {aux} <claim.ed|lose.ed>", "lives"),
    _frame("home to <victims>", "(?P<trigger><hometo>) {adv} {counts}", "hometo"),
    _frame(
        "<killed> in <place> and <number> in <place>",
        """(?: (?P<trigger><takes.ed|weak.ed|does.ed|state>) {any}?
             | (?:{claimed}|<cause.ed|cause.ing>) {adv} (?P<trigger><group|event>) )
           (?: (?:{pp}|{aside}|<adverb>){1,5} <comma|and>{1,2} {adv}
               (?P<victim><elliptic>) (?=<prep|by|inhospital>) )+""",
        *("state", "does.ed", "lives", "victim", "event", *TAKES),
    ),
    _frame(
        "<dead> in <place> and in <place> <number>",
        """(?P<trigger><takes.ed|weak.ed|does.ed|state>)
           (?: <comma|and>{1,2} <prep> <named>
             | {adv} <group|elliptic> (?:{pp}){0,2}? <comma|and|pause>{1,2} <prep> <named|month|adverb> ) {adv}
           (?P<victim><elliptic>) (?=<stop|comma|and|pause>|$)""",
        *("state", "does.ed", *TAKES),
    ),
    _frame(
        "<label>: <number>",
        """{labelled}
           (?P<trigger><people|events|event.many|one|toll|state|takes.ed|victim>)
           (?:{pp}|{aside}|<ved|np|lower|home|adverb|comma|reach.base>){0,5}
           (?: <colon|dash|bar> (?P<victim><elliptic|group|unknown>)
                 (?: (?:<comma>|<comma>?<and>) (?P<victim><group>) (?=<comma|and|stop|open>|$) )*
             | <comma> (?P<victim><elliptic>) (?=<stop>|$) )
           (?! {adv} {hurt} )""",
        *("victim", "event", "toll", "state", *TAKES),
    ),
    _frame(
        STATES,
        """{subjects} (?: {post}{0,2}? (?<!<whole><elliptic>) )?? {adv} <say>? {led}
           (?> {hurt} {then} (?:{adv}{conj}{adv}{hurt})* )
           (?! {adv}{object} | (?<=<weak.ed>) <at> <people|anyone|employed|culprit> )""",
        *("state", *TAKES),
    ),
    _frame("<number> <deaths>", "(?P<victim>(?P<trigger><event>))", "event"),
    _frame(
        "<number> people <affected>",
        "(?P<victim>(?P<trigger><toll>)) (?= <stop|comma|and|bar|dash|close|pause> | <prep|into> <named|thing> | $ )",
        "toll",
    ),
    _frame("<number> <wounded> people", "(?P<victim>(?P<trigger><group>))", *("victim", "state", *TAKES)),
    _frame("<number> <fatally>", "(?P<victim>(?P<trigger><elliptic>)) (?=<comma|stop|close>|$)", "outcome"),
)

# What a sentence names as a part of a number: the whole is captured, or is the figure before.
PARTS: tuple[tuple[str, str], ...] = (
    (
        "<people>, including <people>",
        """{whole} (?:{pp}){0,3} (?: (?!<comma><including>) {aside} )? <comma|open|dash>?
           (?!(?<=<elliptic>)<theirs>) <including> {adv} {counts}""",
    ),
    (
        "including <people>, among them <people>",
        """(?: (?<=<including|open> {adv} (?:<group><comma|and>{1,2}){0,4}) {whole} (?:{pp}){0,2}
             | (?<=<comma> {adv}) (?P<whole><elliptic>) <including> <be>? {adv} <people> )
           <comma|open|dash>? <including> {adv} {counts}""",
    ),
    (
        "<families> comprising <people>, including <people>",
        "<comprising> {adv} {whole} (?:{pp}){0,3} <comma|open|dash>? <including> {adv} {counts}",
    ),
    (
        "<people> were killed, including <people>",
        """(?P<trigger><takes.ed|weak.ed|state|does.ed|does.base>) <np|named|thing>{0,2} (?:{pp}|<adverb>){0,4}
           <comma|dash>? <including|open> {adv} {counts}""",
    ),
    (
        "<deaths>, <number> in <place> and <number> in <place>",
        """(?P<whole><event>) <comma|colon|dash|open>{1,2} {adv} (?P<victim><elliptic>) <prep> <named>{1,2}
           (?: <comma|and>{1,2} {adv} (?P<victim><elliptic>) <prep> <named>{1,2} )+""",
    ),
    (
        "<number> of them in <place>",
        """(?: <comma|open|dash|and|pause>{1,2} {adv} (?: (?P<victim><elliptic>) <theirs> | (?P<victim><share>) )
             | ^ {adv} (?P<victim><elliptic>) <theirs> ) {adv} (?: <be> {adv} )?
           (?: <condition> | <prep|by|from> (?:{any} <comma>? <and> (?P<victim><elliptic>) <prep>)?
             | <open><!open|close|stop>{1,4}<close> {adv} (?:<prep|by|from|np>|<stop>|$) )""",
    ),
    (
        "of <people> <killed>, <number> were <people>",
        """^ <of> {whole} (?:{relative})? <who|have|be>{0,3} <takes.ed|state|does.ed>{0,2} (?:{pp}){0,2} <comma>
           (?P<victim><elliptic>) <be> {adv} (?P<kind><people|one>)
           (?: <comma|and>{1,2} (?P<victim><elliptic>) <be>? {adv} (?P<kind><people|one>) )*""",
    ),
    (
        "of the <displaced>, <share> ...",
        "^ <of|among> {whole} (?:{relative})? <comma> {adv} (?P<victim><share>) (?!<of|comma|stop>)",
    ),
    (
        "of the <number>, <number> were <people>",
        """(?:^|<stop|comma|dash|and|but>) {adv} <of|among> (?P<same><elliptic>)
           (?:<who>?<have|be>{0,2}<takes.ed|state|does.ed>)? <comma>?
           (?P<victim><elliptic>) <have|be>{1,2} {adv} (?P<kind><people|one>)""",
    ),
    (
        "<number> of them were <charged>",
        "<comma> (?P<victim><elliptic>) <including> <have>? <be>? {adv} (?P<kind><ved|lower>) (?!{any})",
    ),
    (
        "the bodies of <people>; <number> had been <shot>",
        """<of> {whole} (?:<!stop|bar>){0,12}? <stop|and|comma>{1,2} (?P<victim><elliptic>) <have> <be> {adv}
           <takes.ed|weak.ed>""",
    ),
    ("<number> of them of <people>", "(?P<victim><elliptic>) <including> <of> (?P<kind><people|one>)"),
    ("<number> <seriously>", "<comma|open|and|dash> (?P<victim><degree>) (?=<comma|stop|close|and|dash>|$)"),
    (
        "caused <number> of them",
        "<cause.ed|claim.ed> {adv} (?P<victim><elliptic>) <including|theirs> (?=<comma|stop>|$)",
    ),
    ("<people> were among them", "{counts} {aux} <be> {adv} <including>"),
    ("<people> among <number> <dead>", "{counts} <among> (?P<whole><group|elliptic>)"),
    ("<people> among them", "{counts} <including> (?=<comma|stop|close|dash>|$)"),
    ("among the dead were <people>", "^ (?:<among>{any}|<including>) (?:{pp})? <be> {adv} {counts}"),
    (
        "of these, <number> were <people>",
        """^ <of|among> <the|np|they|people> <comma> {counts} {aux} <be>
           (?:{adv} (?P<kind><people|one>) (?! <and|or|comma> <people|one|group> ))?""",
    ),
    (
        "of whom <number> were <people>",
        """<including> (?P<victim><elliptic>) <be> (?P<kind><people|one>)
           (?: (?:<comma>|<comma>?<and>) (?P<victim><group>) (?=<comma|and|stop|close|dash>|$) )*""",
    ),
    (
        "<number> of them were <people>",
        """(?P<victim><elliptic>) <including> <be> (?P<kind><people|one>)
           (?: <comma|and>{1,2} (?P<victim><elliptic>) <be> (?P<kind><people|one>) )*""",
    ),
    (
        "<number> of the <number> <abducted>",
        "(?P<victim><elliptic>) <of> (?P<whole><group|elliptic>) (?:(?<=<group>)|(?=<state|takes.ed|people|one>))",
    ),
    (
        "<number> of whom were <released>",
        "(?P<victim><elliptic>) <including> {aux} <prep>? {aux} <be> {adv} <weak.ed|takes.ed|ved|lower>",
    ),
    ("<number> of them <people>", "(?P<victim><elliptic>) <including> (?P<kind><people|one|state>)"),
    (
        "<number> of them <seriously>",
        "(?P<victim><elliptic>) <including> (?!<outcome>) (?P<kind><adverb>) (?=<comma|stop|close>|$)",
    ),
    ("<number> of the dead were <people>", "(?P<victim><partitive>) <be> (?P<kind><people|one|group>)"),
    (
        "<number> were <people>",
        """^ (?P<victim><elliptic>) <be> (?P<kind><people|one>)
           (?: <comma|and>{1,2} (?P<victim><elliptic>) <be> (?P<kind><people|one>) )*""",
    ),
    (
        "half of the <number> <wounded> were <people>",
        """(?P<victim><share>) (?P<whole><group|event>) (?:{pp}|<ved|move.ed|make.ed>{pp}){0,2} <be> {adv}
           (?P<kind><people>)""",
    ),
    (
        MADE_UP,
        """(?: ^ | <comma|pause|and|stop|when|with> ) {adv}
           (?: <people> <comma|and>{1,2} <people> | (?P<kind><people|one>) ) {adv} <makeup>
           {adv} (?P<victim><share>)""",
    ),
    ("half of them <people>", "(?P<victim><share>) <be>? (?P<kind><people|one>)"),
    ("the number includes <people>", "^ {any} <including> {counts}"),
    (
        BRACKETED,
        """{whole} <open> {counts}
           (?: <comma> <including> {adv} <group> (?:<and><group>)? <comma>? <and> {adv} (?P<victim><group>) )?
           <close>""",
    ),
    (
        "<people>: <people>, <people>",
        """{whole} (?:{pp}|<be|have|adverb|ved|cause.ed|takes.ed|state|does.ed>){0,5}
           (?:<colon|pause>|<dash>{1,2}) {counts}
           (?: (?:{pp}|{aside}){1,2} <and> (?P<victim><elliptic>) )* (?:{pp}){0,2} (?=<stop|dash|close>|$)""",
    ),
)

# Another claimant's number for what the figure before it counts, by itself: the words of its metric are not repeated.
RIVALS: tuple[tuple[str, str], ...] = (
    (
        "put <toll> at <number>, <source> at <number>",
        """<say|reach.ed> {any} <at> {adv} <elliptic|group> (?:{pp}){0,2} <comma|pause|and|when>{1,2}
           <np|people|one|named|name> <at> {adv} (?P<victim><elliptic>) (?=<stop|comma|pause>|$)""",
    ),
    (
        "<source> said it was <number>",
        """<np|people|one|named|name|group> (?:{aside})? {adv} <have>? {adv} <say|claimed> {adv}
           (?: (?:<np|toll|crowd|they>) {adv} <be|prep|reach.ed>{1,2} {adv} )?
           (?P<victim><elliptic>) (?:<be|have>|<prep><adverb>)? (?=<stop|comma|pause|dash>|$)""",
    ),
    (
        "we counted <number>",
        "<nominative> {adv} <have>? {adv} <cause.ed> {adv} (?P<victim><elliptic>) (?=<stop|comma>|$)",
    ),
    (
        "<source> has it at <number>",
        """<np|people|one|named|name|group> {adv} <have|say> (?P<count><np|they>) <at> {adv} (?P<victim><elliptic>)
           (?=<stop|comma|pause|dash|but|and>|$)""",
    ),
    (
        "<count> is <number>",
        """(?P<count><np>) (?:{pp}){0,1} {adv} (?:<be|reach.ed|have|prep|to>{1,3}|<colon>) {adv} (?P<victim><elliptic>)
           (?=<stop|comma|pause|dash|but|and>|$)""",
    ),
    (
        "<source> speaks of <number>",
        """<np|people|one|named|name|group> (?:{aside})? {adv} <have>? {adv} <speak> <of> {adv}
           (?P<victim><elliptic>) (?=<stop|comma|pause|dash>|$)""",
    ),
    (
        "the <number> that <source> estimated",
        "<prep|when> (?P<victim><elliptic>) <who> (?:<np|people|one|named|they>){1,2} {aux} <say>",
    ),
    (
        "revised the <count> to <number>",
        """<reach.ed|reach.ing> (?P<count><np>) (?:{pp}){0,1} {adv} <to> {adv} (?P<victim><elliptic>)
           (?=<stop|comma|pause|dash|but|and>|<from><elliptic>|$)""",
    ),
    (
        "<source> gave a figure of <number>",
        "<np|people|one|named> <ved|np> <np> <of> {adv} (?P<victim><elliptic>) (?=<stop>|$)",
    ),
)

FELL = "fell to <number> from <number>"
"""The rule of a number that was another before, which a revision withdraws: it stands where a time is said of it."""

# The number of an earlier time for what the figure before it counts: "84 abductions in April, down from 131 in March".
EARLIER: tuple[tuple[str, str], ...] = (
    (
        FELL,
        """(?!<revise.ed|revise.ing>)<reach.ed|reach.ing> {adv} <to> {adv} <elliptic|group> (?:{pp}|<prep><month>){0,2}?
           <comma>? <from> {adv} (?:<np|crowd|adverb>{1,2} <of>? {adv})? (?P<victim><elliptic>)
           (?= <prep>{0,2} (?P<month><month> (?:<of><np>|<np>)?)
             | (?:<prep>{0,2} (?:<time|adverb> | (?!<camp>)<np>{1,2}) (?:<of><np|month>)? <adverb|after>*)?
               (?: <stop|comma|close|and> | $ ) )""",
    ),
    (
        "<number>, down from <number>",
        """<comma|dash|open> {adv} <than> {adv} (?P<victim><elliptic>)
           (?= <prep>{0,2} (?:<month|time|adverb> | (?!<camp>)<np>{1,2}) (?:<of><np|month>)? <adverb|after>*
               (?=<stop|comma|close>|$) )""",
    ),
)

TOTALLED = "bringing the total to <number>"
"""The rule of a running total that does not say again what it counts."""

TOTALS: tuple[tuple[str, str], ...] = (
    (
        TOTALLED,
        """<reach.ing|make.ing|claim.ing|force.ing|reach.ed|make.ed|claim.ed>
           (?P<sum><np|the>{1,2} <reach.base>? <np>?) (?:{pp}|<prep><month>){0,2}? <to> {adv} (?P<victim><elliptic>)
           (?= <stop|comma|close|dash|prep|when|adverb|and> | $ )""",
    ),
)

SAME_PEOPLE = """
    (?P<whole><group>) (?: <comma|open>? <or>? {adv} (?P<victim><group>) <comma|close>
                         | <slash> (?P<victim><group>)
                         | <from|of|comprising> {adv} (?P<victim><group>) )
"""
"""The same people in another unit: "932,000 people, about 163,600 families, ...", "900 people from 210 households"."""

KINDS = (
    """(?P<victim><elliptic|partitive>) (?:<state|takes.ed> (?=<and|be>))?
       (?:<and> (?P<victim><elliptic|partitive>) <state|takes.ed>?)? <be> (?P<kind><people|one>)""",
    "(?P<victim><elliptic>) <of> (?P<kind><group>)",
    "(?P<victim><group|elliptic>) <comma|dash>? <wholly> (?P<kind><people>) (?=<stop|comma|close|dash>|$)",
)
"""Where a sentence says of the people it has counted what they all were: "all of them students"."""
