"""The frames of the grammar: each rule is a phrase with holes, its pattern over chunks, and who its victims are.

A frame links counted groups (the victims) with the words that say what happened to them (the triggers). The rules
stand in order: where two claim the same group, the earlier one has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# What a hole of a rule may hold. Names in angle brackets are roles of chunks and words; braces insert another line.
MACROS: Mapping[str, str] = {
    "any": "<group|unknown|elliptic|event|thing|people|one|events|named|np|he|they|other|another|toll>",
    "victims": "(?P<victim><group|elliptic|unknown|one|people|he|they|named|another>)",
    "counted": "(?P<victim><group|elliptic|unknown>)",
    "adv": "<adverb>{0,3}",
    "aux": "<have|modal|not|adverb|say|semi|to|be|attempt>{0,6}",
    "prepositions": "<prep|of|by|with|to|and>{1,2}",
    "pp": "<prep|of|by|with|to|ving>{1,3}{adv}{any}+(?:<poss>{any})*",
    "aside": "<open><!close>{0,15}<close>|<dash><!dash|stop>{1,12}<dash>|<comma><!comma|stop|be|have|modal>{1,9}<comma>",
    "relative": "<comma>?<who><!stop>{0,12}?|<ving>{any}?(?:{pp}){0,3}|<ved|takes.ed|weak.ed>(?:{pp}){1,3}|<comma>?<including>{any}(?:(?:<comma|and>){1,2}{any}){0,4}<comma>?",
    "post": "(?:{pp}|{aside}|{relative}|<adverb|poss>|<including>)",
    "conj": "<comma|and|or|but|slash>{1,3}{adv}",
    "list": "{victims}(?:(?:{pp}){0,2}{conj}<with>?{victims}(?!{adv}<be|have|modal|who>))*",
    "countlist": "{counted}(?:(?:{pp}){0,2}{conj}<with>?{counted}(?!{adv}<be|have|modal>))*",
    "deed": "(?P<trigger><takes.ed|weak.ed>)",
    "deeds": "(?:<ved|lower|does.ed|leave.ed|claim.ed|cause.ed|say|state>(?:{pp}){0,3}{conj}{aux})*{deed}(?:<adverb>?(?:{pp}){0,3}{conj}{aux}{deed})*",
    "states": "(?P<trigger><state>)(?:{conj}(?P<trigger><state|takes.ed>))*",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule: its name (the phrase with holes), its pattern, and the roles of its trigger that give the metric."""

    name: str
    pattern: str
    roles: tuple[str, ...]
    needs: frozenset[str]


def _frame(name: str, pattern: str, *roles: str) -> Frame:
    return Frame(name, pattern, roles, frozenset(roles))


TAKES = ("takes.ed", "weak.ed")
ANY_TAKES = ("takes.ed", "weak.ed", "takes.ing", "weak.ing", "takes.base", "weak.base")
DOES = ("does.ed", "does.base", "does.ing")
LEAVES = "<leave.ed|leave.ing|leave.base|make.ed|make.ing|make.base>"
TOLLS = "<reach.ed|reach.base|reach.ing|be|to|at|of|colon|comma|more|claim.ed|cause.ed>"

FRAMES: tuple[Frame, ...] = (
    _frame("<victims> were <killed>", "{list}{post}{0,5}{aux}<be>{aux}{deeds}", *TAKES),
    _frame("<victims> were found <dead>", "{list}{post}{0,4}{aux}<be>{aux}<cause.ed|say|leave.ed|lower|ved|find>*{states}", "state", *TAKES),
    _frame("left <victims> <dead>", LEAVES + "{adv}{list}{post}{0,1}?(?P<trigger><state|takes.ed|weak.ed>)(?:{conj}(?P<trigger><state|takes.ed>))*", "state", *TAKES),
    _frame("forced <victims> to <flee>", "<force.ed|force.ing|force.base>{adv}{list}<to>{adv}(?P<trigger><does.base|takes.base>)", "does.base", "takes.base"),
    _frame("<killed> <victims>", "(?P<trigger><takes.ed|weak.ed|takes.ing|weak.ing|takes.base|weak.base>)(?:{adv}{conj}{aux}(?P<trigger><takes.ed|weak.ed|takes.ing|takes.base>))*{adv}{list}", *ANY_TAKES),
    _frame("<victims> have <died>", "{list}{post}{0,4}{aux}(?:<ved|lower>{conj}{aux})?(?P<trigger><does.ed|does.base|does.ing>)", *DOES),
    _frame("<victims> were <ved> and <died>", "{list}{post}{0,4}{aux}<be>?{aux}<ved|weak.ed|takes.ed>(?:{pp}){0,3}{conj}{aux}(?P<trigger><does.ed>)", "does.ed"),
    _frame("<deaths> of <victims>", "(?P<trigger><events|event>)<of>{list}", "event"),
    _frame("the <toll> rose to <number>", "(?P<trigger><toll>)(?:<!stop|who|when|toll>){0,10}?" + TOLLS + "{1,4}{adv}{countlist}", "toll"),
    _frame("claimed <lives>", "<claim.ed|claim.ing|claim.base>{adv}(?P<victim>(?P<trigger><group>))", "lives"),
    _frame("<lives> were lost", "(?P<victim>(?P<trigger><group>)){aux}<claim.ed>", "lives"),
    _frame("home to <victims>", "(?P<trigger><hometo>){adv}{countlist}", "hometo"),
    _frame("<label>: <number>", "(?P<trigger><people|events|one|toll|state|takes.ed|victim>)(?:{pp})?<open|close>?<colon|dash|bar>(?P<victim><elliptic|group|unknown>)", "victim", "event", "toll", "state", *TAKES),
    _frame("<victims> <dead>", "{list}{post}{0,2}?{adv}(?P<trigger><state|takes.ed|weak.ed>)(?:{adv}{conj}{adv}(?P<trigger><state|takes.ed|weak.ed>))*(?!{adv}{any})", "state", *TAKES),
    _frame("<number> <deaths>", "(?P<victim>(?P<trigger><event>))", "event"),
    _frame("<number> <wounded> people", "(?P<victim>(?P<trigger><group>))", "victim", "state", *TAKES),
)

INCLUDING = "(?P<whole><group|elliptic|unknown|event>)(?:{pp}){0,3}<comma|open|dash>?<including>{adv}{countlist}"
PARTS = (
    ("<people>, including <people>", INCLUDING),
    ("<people> were killed, including <people>", "(?P<trigger><takes.ed|weak.ed|state|does.ed|does.base>)(?:{pp}){0,4}<comma|dash>?<including|open>{adv}{countlist}"),
    ("<number> of them <people>", "(?P<victim><elliptic>)<including><people|one|state>"),
    ("<people> (<people>, <people>)", "(?P<whole><group|elliptic|unknown|event>)<open>{countlist}<close>"),
)  # fmt: skip
