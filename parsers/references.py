"""References: who "he", "the workers" and "all four" are, and which words count nobody new."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from parsers.classes import names_no_others
from parsers.frames import AMONG, COUNTED_IN, IN_CONDITION, MAIMED, NUMBERED
from parsers.grammar import ACTS, NAMED_TOGETHER, STATES, TOGETHER, Draft, Group, Piece
from parsers.records import GRAVE, HOMES, OLDEST, Metric, Qualifier, Quantity, Span, Unit

Chunks = Callable[[int], Sequence[Piece]]
"""Returns the chunks of a sentence, by its index."""
WINDOW = 4
"""How many sentences back the words for a group refer."""
BEFORE_VERBS = frozenset({"have", "modal", "not", "adverb", "say", "semi", "to", "be"})
BEFORE_DEEDS = frozenset({"have", "adverb"})
DEEDS = frozenset({"ved", "takes.ed", "weak.ed", "does.ed", "gunfire"})
"""What those do who harm others, behind the words for them."""
HARMED = frozenset({Metric.KILLED, Metric.INJURED})
OF_PEOPLE = HARMED | {Metric.DETAINED, Metric.DISPLACED}
"""What befalls people alone, if not in a manner of speaking; tanks and bases are captured too."""
WITH_SPEAKERS = frozenset({"prep", "of", "np", "named", "with", "adverb", "have"})
"""What may stand between who speaks and the verb."""
OF_THE_TOLD = frozenset({"state", "to", "by", "prep", "victim", "comma"})
"""What stands behind a participle of those told of: "12 soldiers reported missing", "the 40 species listed, 12 ..."."""
RECENT = 100
"""How many figures back a figure may be told."""
COUNTED = frozenset({"group", "unknown", "thing"})
THE_PERSON = "the <person>"
"""The rule that counts one who is named without a number: "the driver was hurt"."""
TOLL = "<toll>"
"""What stands in the rules of a toll, which is one of all and not of those who were named last."""
DEATHS_OF = "<deaths> of <victims>"
CLOSING = frozenset({"<number> <deaths>", "<label>: <number>"})
SHORT = 4
"""How many chunks a sentence of a number and its label has, with its stop."""
LESS = frozenset({Metric.INJURED, Metric.ABDUCTED, Metric.MISSING})
EVENTS = frozenset({Metric.KILLED, Metric.INJURED, Metric.ABDUCTED, Metric.DETAINED, Metric.MISSING})


@dataclass(frozen=True, slots=True)
class Mention:
    """A counted group that later words may refer to."""

    sentence: int
    group: Group
    thing: bool = False
    agent: bool = False
    """Whether the words name who did it: "shot by a gunman"."""
    animal: bool = False
    figurative: bool = False
    """Whether they are things that may be killed or hurt in a manner of speaking: "two bills"."""
    speaker: bool = False
    """Whether the words name who says it: "a medic said"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A draft with the sentence it stands in."""

    sentence: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Scene:
    """What a draft may refer to: its sentence, the chunks of it and of those before, and the figures so far."""

    sentence: int
    read: Chunks
    found: Sequence[Found]

    def near(self, metric: Metric) -> list[Found]:
        """Return the figures of a metric that stand a few sentences back at most."""
        return [e for e in self.found if e.draft.metric is metric and self.sentence - e.sentence <= WINDOW]

    def mentions(self, draft: Draft, reach: int) -> Iterator[Mention]:
        """Yield the counted groups before a draft, the last first, of its sentence and so many before it."""
        for sentence in range(self.sentence, max(self.sentence - reach, 0) - 1, -1):
            for mention in reversed(list(_mentions(sentence, self.read(sentence)))):
                if sentence < self.sentence or mention.group.span[1] <= draft.group.span[0]:
                    yield mention


FULL_NAME = 2
"""How many words a first and a last name are."""
BESIDE_NAMES = frozenset({"named", "comma", "and", "of", "be", "have", "adverb"})
"""What may stand between the names of several victims and their verb, besides their ages."""


def _exactly(value: int, span: Span, phrase: str) -> Quantity:
    return Quantity(*span, *span, value, value, value, Qualifier.EXACT, phrase)


def _as_one(draft: Draft, phrase: str) -> Draft:
    """Count the words of a draft as one person."""
    return replace(draft, group=replace(draft.group, quantity=_exactly(1, draft.group.span, phrase), single=True))


def _mentions(sentence: int, chunks: Sequence[Piece]) -> Iterator[Mention]:
    for index, chunk in enumerate(chunks):
        animal = "animal" in chunk.roles or ("thing" in chunk.roles and _holds_animals(chunk))
        if chunk.group and chunk.group.quantity and chunk.roles & COUNTED:
            agent = index > 0 and "by" in chunks[index - 1].roles
            figurative = any("figurative" in piece.roles for piece in (chunk, *chunk.pieces))
            said = _speaks(chunks, index)
            yield Mention(sentence, chunk.group, "thing" in chunk.roles, agent, animal, figurative, said)
        elif animal and _are_many(chunk):
            span = (chunk.start, chunk.end)
            yield Mention(sentence, Group(span, span, None, None, chunk.text), animal=True)


def _speaks(chunks: Sequence[Piece], at: int) -> bool:
    """Whether a group tells of others: "a doctor at the hospital said 17 had died"; not "two men said to be rebels"."""
    if at and "attributing" in chunks[at - 1].roles:
        return True
    behind = next((i for i in range(at + 1, len(chunks)) if not chunks[i].roles & WITH_SPEAKERS), len(chunks))
    told = chunks[behind : behind + 2]
    return len(told) > 1 and "say" in told[0].roles and not told[1].roles & OF_THE_TOLD


def _holds_animals(chunk: Piece) -> bool:
    """Whether a part is one of animals: "212 of the 400 mice"."""
    return any("animal" in piece.roles for piece in chunk.pieces)


def _are_many(chunk: Piece) -> bool:
    """Whether the animals stand in a plural of their own: "bats", and no place such as Elk Grove."""
    roles = frozenset(role for piece in chunk.pieces for role in piece.roles)
    return "thing.many" in roles and "thing.one" not in roles


def _speaks_of_animals(draft: Draft, scene: Scene) -> bool:
    """Whether what was named last, people and homes or animals, was animals."""
    named = (mention for mention in scene.mentions(draft, WINDOW) if mention.animal or mention.group.unit is not None)
    return any(mention.animal for mention in islice(named, 1))


def _subject(draft: Draft, chunks: Sequence[Piece]) -> Span | None:
    """Return the subject of a verb whose object is a pronoun, who is somebody else: "an officer killed him"."""
    if draft.group.span[0] < draft.trigger[0]:
        return None
    before = [chunk for chunk in chunks if chunk.end <= draft.trigger[0]]
    while before and before[-1].roles & BEFORE_VERBS:
        before.pop()
    return (before[-1].start, before[-1].end) if before else None


def _antecedent(draft: Draft, scene: Scene, *, single: bool, subject: Span | None = None) -> Mention | None:
    for mention in scene.mentions(draft, WINDOW):
        if single and (mention.agent or mention.group.span == subject):
            continue
        quantity = mention.group.quantity
        if (
            quantity
            and not mention.thing
            and mention.group.unit is not Unit.DWELLING
            and (quantity.value == 1) == single
        ):
            return mention
    return _told_alone(scene) if single else None


def _told_alone(scene: Scene) -> Mention | None:
    """Return the one person who was counted last without a number: "the mayor was taken; his body was found"."""
    for earlier in reversed(scene.found):
        quantity = earlier.draft.group.quantity
        if quantity and quantity.rule == THE_PERSON and scene.sentence - earlier.sentence <= WINDOW:
            return Mention(earlier.sentence, earlier.draft.group)
    return None


def resolve(sentences: Iterable[tuple[int, Sequence[Draft]]], read: Chunks) -> list[Found]:
    """Give every draft a number: pronouns and definite groups take that of the group they refer to.

    ``sentences`` holds the drafts of the sentences that have any, with their indexes, in order; ``read`` returns the
    chunks of any sentence. What refers to a group that has its figure already is no second figure.
    """
    found: list[Found] = []
    retold: dict[Span, Span] = {}
    for index, drafts in sentences:
        for told in drafts:
            draft = replace(told, whole=retold.get(told.whole, told.whole)) if told.whole else told
            recent = found[-RECENT:]
            scene = Scene(index, read, recent)
            resolved = _resolved(draft, scene)
            if resolved:
                kept = [earlier for earlier in recent if not _outdone(earlier, resolved, recent)]
                found[-RECENT:] = _summed_up(kept, resolved, scene)
                found.append(Found(index, resolved))
            else:
                retold |= _retold(draft, recent)
    return found


def _summed_up(found: Sequence[Found], draft: Draft, scene: Scene) -> list[Found]:
    """Make parts of those before a sum that stands by itself behind them: "... six were killed. Fatalities: 10."."""
    if not _closes(draft, scene):
        return list(found)
    parts = _counted_before(draft, scene)
    if len(parts) < len(("one", "other")) or _total([part.draft for part in parts]) != _value(draft.group):
        return list(found)
    whole = draft.group.number
    return [replace(one, draft=replace(one.draft, whole=whole)) if one in parts else one for one in found]


def _counted_before(draft: Draft, scene: Scene) -> list[Found]:
    return [one for one in scene.near(draft.metric) if one.draft.whole is None and one.sentence < scene.sentence]


def _closes(draft: Draft, scene: Scene) -> bool:
    """Whether a sentence holds nothing but a number, as the last of a coder's note: "Fatalities: 6.", "1 fatality."."""
    return draft.rule in CLOSING and len(scene.read(scene.sentence)) <= SHORT


def _retold(draft: Draft, found: Sequence[Found]) -> dict[Span, Span]:
    """Return the number that a dropped one repeats, so that its parts find their whole: "all four ..., two badly"."""
    same = (earlier.draft for earlier in reversed(found) if earlier.draft.metric is draft.metric)
    first = next((earlier for earlier in same if _same_number(earlier.group, draft.group)), None)
    return {draft.group.number: first.group.number} if first else {}


def _resolved(draft: Draft, scene: Scene) -> Draft | None:
    if draft.group.quantity is not None:
        return _counted(draft, scene)
    if draft.metric not in EVENTS:
        return None
    if draft.roles & {"named", "another"}:
        return _alone(draft, scene)
    if draft.group.implied:
        return _several(draft, scene)
    if draft.roles & {"he", "one"}:
        return _single(draft, scene)
    return _several(draft, scene) if draft.roles & {"they", "people"} else None


def _counted(draft: Draft, scene: Scene) -> Draft | None:
    same = [earlier.draft for earlier in scene.found if earlier.draft.metric is draft.metric]
    if _is_told(draft, same) or _repeats(draft, scene) or _are_dead(draft, scene):
        return None
    group = draft.group
    whole = next((earlier for earlier in reversed(same) if _holds(earlier.group, group)), None)
    among = draft.rule == AMONG
    if (_is_condition(draft, scene) or _names_the_dead(draft)) and not group.other:
        before = [one for one in scene.near(draft.metric) if draft.rule == STATES or one.sentence < scene.sentence]
        wholes = (one.draft for one in reversed(before) if one.draft.whole is None)
        whole = next((one for one in wholes if _holds(one.group, group)), None)
        among = whole is not None  # "four were hurt. Two were in critical condition."
    if (group.of_whole or among) and whole and whole.whole is None and "culprit" not in draft.roles:
        return replace(draft, whole=whole.group.number)
    if group.unit is None and (not group.definite or draft.metric in HOMES):
        return _with_noun(draft, scene)  # "we buried the six"
    return draft


def _is_condition(draft: Draft, scene: Scene) -> bool:
    """Whether the words say how the wounded are: "two were in critical condition", "four were hurt, one critically"."""
    state = draft.rule == STATES and draft.metric is Metric.INJURED and "elliptic" in draft.roles
    return draft.rule == IN_CONDITION or (
        state and any("condition" in c.roles for c in scene.read(scene.sentence) if c.start == draft.trigger[0])
    )


def _names_the_dead(draft: Draft) -> bool:
    """Whether people are told who were counted before: "three died. The dead were two brothers and a policeman"."""
    return draft.rule == NUMBERED and draft.group.unit is not None and "group" in draft.roles


def _is_told(draft: Draft, same: Sequence[Draft]) -> bool:
    """Whether a count adds nothing: "the 12 victims", "the two were released", "nobody else was hurt"."""
    group = draft.group
    value = group.quantity.value if group.quantity else None
    if group.other and value == 0:
        return True
    if (draft.weak or draft.rule == MAIMED) and same and _total(same) >= (value or 0):
        return True
    if group.quantity and group.quantity.rule == NAMED_TOGETHER and draft.whole is None:
        return _total(same) >= (group.quantity.low or 0)  # by their names, who are among the dead already counted
    if group.definite and _sum_of_all(same) == value:
        return True  # "murdered an officer and two of his brothers ... The three were ..."
    return group.definite and any(_same_number(e.group, group) and not _is_family(e, draft) for e in same)


def _sum_of_all(same: Sequence[Draft]) -> int | None:
    """Return how many several figures count together, without their parts; None of one or of none."""
    wholes = [draft for draft in same if draft.whole is None]
    return _total(wholes) if len(wholes) > 1 else None


def _are_dead(draft: Draft, scene: Scene) -> bool:
    """Whether the wounds are those of the dead: "six priests were murdered ... The six had been shot in the head"."""
    all_ = draft.metric is Metric.INJURED and draft.group.definite and draft.group.unit is None
    return all_ and any(_same_number(one.draft.group, draft.group) for one in scene.near(Metric.KILLED))


def _repeats(draft: Draft, scene: Scene) -> bool:
    """Whether the sum of a note is the one number that it has told: "A trader was shot dead. 1 fatality."."""
    if not _closes(draft, scene):
        return False
    before = _counted_before(draft, scene)
    return len(before) == 1 and _same_number(before[0].draft.group, draft.group)


def _is_family(earlier: Draft, draft: Draft) -> bool:
    """Whether another's relatives were counted: "a man and his wife were killed with their two sons"."""
    rule = earlier.group.quantity.rule if earlier.group.quantity else ""
    return rule in {TOGETHER, NAMED_TOGETHER} and "kin" in draft.roles


def _with_noun(draft: Draft, scene: Scene) -> Draft | None:
    """Give a bare number the noun of the group named last: "35 were wounded"; a thing's number counts nobody."""
    group, index = draft.group, scene.sentence
    parts = () if draft.whole else _parts(scene)
    wholes = (mention for mention in scene.mentions(draft, 1) if draft.whole and mention.group.number == draft.whole)
    others = (
        m
        for m in scene.mentions(draft, 1)
        if not (m.speaker or m.group.number in parts or (m.thing and _are_too_few(m, draft, scene)))
    )
    last = next(wholes, None) or next(others, None)
    if _speaks_of_animals(draft, scene):
        return None  # "Wolves killed 61 sheep. Eighteen more were hurt."
    if draft.metric in HOMES and (last is None or last.group.unit is not Unit.DWELLING):
        return None
    if last is None:
        return draft
    apart = draft.rule in {DEATHS_OF, COUNTED_IN} or _is_object(draft, scene)
    bare = "elliptic" in draft.roles and not group.other and not apart
    if (
        last.thing
        and last.sentence == index
        and bare
        and not (_has_people(draft, scene) or _befalls(draft, last, scene))
    ):
        return None  # "60,000 notes, of which 51,000 were captured"
    of_homes = last.group.unit is Unit.DWELLING and draft.metric not in HOMES
    if last.group.unit is None or of_homes or (group.quantity and group.quantity.value == 0):
        return draft  # "twelve houses collapsed; no one was injured"
    of_all = TOLL in draft.rule and not last.group.other  # "two soldiers died, bringing the toll to 41"
    of_others = last.sentence != index or names_no_others(last.group, group) or _is_one_of_two(last, scene)
    of_others = of_others or _did_it(draft, last, scene)
    alone = group.other or of_all or of_others
    like = None if alone else last.group.like or last.group.span
    return replace(draft, group=replace(group, unit=last.group.unit, like=like))


def _parts(scene: Scene) -> set[Span]:
    """Return the numbers of a sentence that are parts: "killed 12 people, including four children, and wounded 60"."""
    return {one.draft.group.number for one in scene.found if one.draft.whole and one.sentence == scene.sentence}


def _has_people(draft: Draft, scene: Scene) -> bool:
    """Whether what a draft is a part of are people: "killed 59 people in three countries, including 40 in Chad"."""
    return any(mention.group.number == draft.whole and not mention.thing for mention in scene.mentions(draft, 1))


def _befalls(draft: Draft, last: Mention, scene: Scene) -> bool:
    """Whether only people can be meant, though things were counted before: "a strike on two cars killed six"."""
    if draft.weak or last.figurative or _is_of_them(draft, last, scene):
        return False
    verb = next((chunk for chunk in scene.read(scene.sentence) if chunk.start == draft.trigger[0]), None)
    if verb is None or {sense.metric for sense in verb.senses} != {draft.metric}:
        return False  # shirts burn as homes do
    return draft.metric in OF_PEOPLE or any(role.startswith("personal") for role in verb.roles)


def _is_of_them(draft: Draft, last: Mention, scene: Scene) -> bool:
    """Whether a bare number says that it is of what was counted before: "another 60", "60 of them", "of 90 ..., 60"."""
    group, chunks = draft.group, scene.read(scene.sentence)
    led = group.quantity is not None and group.span[0] < group.quantity.phrase_start
    opened = "whole" in chunks[0].roles and chunks[1].start <= last.group.span[0] < chunks[1].end
    return led or opened or _is_of_some(group, chunks)


def _is_of_some(group: Group, chunks: Sequence[Piece]) -> bool:
    """Whether a number is said to be part of another: "60 of them", "60 of the 90"."""
    behind = next((chunk for chunk in chunks if chunk.start >= group.span[1]), None)
    return group.of_whole or (behind is not None and "theirs" in behind.roles)


def _are_too_few(things: Mention, draft: Draft, scene: Scene) -> bool:
    """Whether a number cannot be of those: "moved 5,600 people out of 12 villages; 3,100 of them ..."."""
    return _is_of_some(draft.group, scene.read(scene.sentence)) and not _holds(things.group, draft.group)


def _is_one_of_two(last: Mention, scene: Scene) -> bool:
    """Whether the last are one group of several: "killed 12 soldiers and four civilians, and wounded 60"."""
    here = [one.draft for one in scene.found if one.sentence == scene.sentence and one.draft.whole is None]
    same = next((one for one in here if one.group.number == last.group.number), None)
    beside = (one for one in here if same and one is not same and one.trigger == same.trigger)
    return any(one.group.unit and not _same_head(one.group, last.group) for one in beside)


def _did_it(draft: Draft, last: Mention, scene: Scene) -> bool:
    """Whether those named last did it to others: "two gunmen opened fire, killing four", not "attacked two gunmen"."""
    if draft.group.span[0] < draft.trigger[0]:
        return False
    behind = (chunk for chunk in scene.read(scene.sentence) if chunk.start >= last.group.span[1])
    verb = next((chunk for chunk in behind if not chunk.roles & BEFORE_DEEDS), None)
    return verb is not None and verb.start < draft.trigger[0] and bool(verb.roles & DEEDS)


def _is_object(draft: Draft, scene: Scene) -> bool:
    """Whether what was done to somebody has a bare number for its object: "attacked three villages, killing 30"."""
    verb = next((chunk for chunk in scene.read(scene.sentence) if chunk.start == draft.trigger[0]), None)
    harms = verb is not None and "takes.ing" in verb.roles and draft.trigger[0] < draft.group.span[0]
    return harms and draft.metric in HARMED


def _single(draft: Draft, scene: Scene) -> Draft | None:
    """Read "he died", "the driver was injured" as one person, unless that person has the figure already."""
    if _is_his(draft):
        draft = replace(draft, roles=draft.roles | {"he"})
    subject = _subject(draft, scene.read(scene.sentence)) if "he" in draft.roles else None
    before = _antecedent(draft, scene, single=True, subject=subject)
    if "he" in draft.roles or (before and _same_head(before.group, draft.group)):
        return _as_before(draft, before, scene)
    if not draft.group.definite or draft.group.unit is not Unit.PERSON or _is_counted(draft, scene):
        return None
    return _as_one(draft, THE_PERSON)


def _as_before(draft: Draft, before: Mention | None, scene: Scene) -> Draft | None:
    """Read the words as the one person who was named before; None where that person has the figure already."""
    if before is None or any(_covers(earlier.draft, draft, before.group) for earlier in scene.found):
        return None
    worse = any(earlier.draft.group.span == before.group.span for earlier in scene.found)
    alike = [e for e in scene.near(draft.metric) if _value(e.draft.group) == 1]
    if "he" in draft.roles and any(not worse or e.sentence == scene.sentence for e in alike):
        return None
    return replace(draft, group=replace(before.group, definite=True))


def _is_counted(draft: Draft, scene: Scene) -> bool:
    """Whether "the driver" is told already, or may be one of those who are."""
    told = [earlier for earlier in scene.found if earlier.draft.metric is draft.metric]
    if any(_same_head(earlier.draft.group, draft.group) for earlier in (*told, *scene.near(Metric.KILLED))):
        return True
    if "culprit" in draft.roles and any(earlier.draft.metric in HARMED for earlier in scene.found):
        return True  # the dead gunman is none of his victims
    listed = any(e.sentence == scene.sentence and e.draft.trigger == draft.trigger for e in told)
    apart = listed or _is_of_the_last(draft, told, scene)
    return bool(told) and not (apart and _is_whole(draft.group, scene.read(scene.sentence)))


def _is_of_the_last(draft: Draft, told: Sequence[Found], scene: Scene) -> bool:
    """Whether somebody is called after the one told last: "the driver was killed, and his assistant died later"."""
    if "kin" not in draft.roles or draft.weak or not told:
        return False
    last = told[-1]
    return scene.sentence - last.sentence <= 1 and last.draft.group.single and _value(last.draft.group) == 1


def _is_whole(group: Group, chunks: Sequence[Piece]) -> bool:
    """Whether no name goes on behind a noun: "the guard" (of them), not "the Syrian" of "the Syrian Observatory"."""
    after = next((chunk for chunk in chunks if chunk.start >= group.span[1]), None)
    return after is None or "ving" in after.roles or not after.roles & {"named", "name", "np", "lower", "poss"}


def _covers(earlier: Draft, draft: Draft, group: Group) -> bool:
    """Whether the person has the figure already, or is among the dead."""
    return earlier.group.span == group.span and earlier.metric in {draft.metric, Metric.KILLED}


def _is_his(draft: Draft) -> bool:
    """Whether the words speak of a man already named: "his body was found"."""
    return draft.rule.startswith("the <body>")


def _alone(draft: Draft, scene: Scene) -> Draft | None:
    """Count "another" as one, and so a victim named where the report counts nobody yet."""
    same = [earlier.draft for earlier in scene.found if earlier.draft.metric is draft.metric]
    if "named" in draft.roles and (draft.weak or same or not (draft.group.single or _is_person(draft, scene))):
        return None
    if draft.weak and (_total(same) or not any(earlier.draft.metric in EVENTS for earlier in scene.found)):
        return None  # one side beat the other; two were abducted, and the other was released
    chunks = scene.read(scene.sentence)
    if "another" in draft.roles and _is_plural(draft, chunks):
        return None  # "a third were children"
    if "named" in draft.roles and _is_aside(draft, chunks):
        return None  # "in Oromia, Ethiopia, three guards were shot dead"
    return _as_many(draft, chunks) or _as_one(draft, "<one>")


def _as_many(draft: Draft, chunks: Sequence[Piece]) -> Draft | None:
    """Count a name and those that "and" joins to it before their verb: "Ana Bell, 34, of Ardo, and Jon Hall, were"."""
    between = [chunk for chunk in chunks if draft.group.span[1] <= chunk.start < draft.trigger[0]]
    homes = _origins(between)
    names = [chunk for index, chunk in enumerate(between) if "named" in chunk.roles and index not in homes]
    listed = all(chunk.roles & BESIDE_NAMES or chunk.text.isdecimal() for chunk in between)
    joined = any("and" in chunk.roles for chunk in between[:-1])
    if "named" not in draft.roles or not names or not listed or not joined:
        return None
    span = (draft.group.span[0], names[-1].end)
    quantity = _exactly(len(names) + 1, span, "<name> and <name>")
    return replace(draft, group=replace(draft.group, span=span, quantity=quantity))


def _origins(chunks: Sequence[Piece]) -> set[int]:
    """Return which names only say where somebody is from: "Ana Bell, of Ardo, Ohio"."""
    homes: set[int] = set()
    for at, chunk in enumerate(chunks):
        if "named" not in chunk.roles or at == 0:
            continue
        goes_on = at - 2 in homes and "comma" in chunks[at - 1].roles and not _is_described(chunks, at)
        if goes_on or chunks[at - 1].roles & {"of", "prep"}:
            homes.add(at)
    return homes


def _is_described(chunks: Sequence[Piece], at: int) -> bool:
    """Whether an age or a home stands behind a name, in commas."""
    behind = chunks[at + 1 : at + 3]
    return len(behind) > 1 and "comma" in behind[0].roles and ("of" in behind[1].roles or behind[1].text.isdecimal())


def _is_person(draft: Draft, scene: Scene) -> bool:
    """Whether a name is plainly a person's: by what befell him, "was murdered", his age, or "with his wife"."""
    all_ = scene.read(scene.sentence)
    chunks = [chunk for chunk in all_ if chunk.start >= draft.trigger[0]]
    at = next((index for index, chunk in enumerate(all_) if chunk.start == draft.group.span[0]), None)
    if draft.rule != ACTS and at is not None and (_is_aged(draft, all_, at) or _are_two_names(draft, all_, at)):
        return True  # "19-year-old Ali Khan was killed"; at 89 he may just have died
    kin = any("with" in one.roles | before.roles and "kin" in one.roles for before, one in pairwise(chunks))
    return kin or any("personal.ed" in chunk.roles for chunk in chunks[:1])


def _is_aged(draft: Draft, chunks: Sequence[Piece], at: int) -> bool:
    """Whether an age stands before a name, or behind that of one who was not only hurt, as players are."""
    if any("ofage" in piece.roles for piece in chunks[at].pieces):
        return True
    behind = chunks[at + 1 : at + 4]
    closed = len(behind) > FULL_NAME and "comma" in behind[0].roles and "comma" in behind[2].roles
    return closed and draft.metric in GRAVE and behind[1].text.isdecimal() and int(behind[1].text) < OLDEST


def _are_two_names(draft: Draft, chunks: Sequence[Piece], at: int) -> bool:
    """Whether full names before "were" are people's: "Ana Bell and Jon Hall were killed", not "The Daily Mail and"."""
    if draft.metric not in GRAVE or (at and chunks[at - 1].roles & {"np", "the", "prep"}):
        return False
    names = [
        chunk for chunk in chunks if draft.group.span[0] <= chunk.start < draft.trigger[0] and "named" in chunk.roles
    ]
    full = all(
        len(name.pieces) == FULL_NAME and all(piece.roles == {"name"} for piece in name.pieces) for name in names
    )
    return full and len({name.pieces[0].text for name in names}) == len(names) > 1 and _is_plural_verb(draft, chunks)


def _is_plural_verb(draft: Draft, chunks: Sequence[Piece]) -> bool:
    return any("plural" in chunk.roles and chunk.end <= draft.trigger[0] for chunk in chunks)


def _is_aside(draft: Draft, chunks: Sequence[Piece]) -> bool:
    """Whether a name only stands before several who are the subject of the verb, and is not one of them."""
    between = [chunk for chunk in chunks if draft.group.span[1] <= chunk.start < draft.trigger[0]]
    roles = {role for chunk in between for role in chunk.roles}
    return {"group", "plural"} <= roles and "and" not in roles


def _is_plural(draft: Draft, chunks: Sequence[Piece]) -> bool:
    """Whether the verb behind the words is of several: "a third were"."""
    after = next((chunk for chunk in chunks if chunk.start >= draft.group.span[1]), None)
    return after is not None and "plural" in after.roles


def _several(draft: Draft, scene: Scene) -> Draft | None:
    """Read "they were abducted" as those who were counted last, unless they have the figure already."""
    if "people" in draft.roles and not draft.group.definite:
        return None
    if _is_his(draft):
        draft = replace(draft, roles=draft.roles | {"they"})  # "their bodies were found"
    if any(earlier.draft.metric is draft.metric for earlier in scene.found):
        return None
    before = _antecedent(draft, scene, single=False)
    if before is None or ("they" not in draft.roles and not _same_head(before.group, draft.group)):
        return _implied(draft)
    if draft.metric is Metric.INJURED and any(_covers(earlier.draft, draft, before.group) for earlier in scene.found):
        return None  # "five bodies were found; all had been shot"
    return replace(draft, group=replace(before.group, definite=True))


def _implied(draft: Draft) -> Draft | None:
    """Count "both pilots" and "his parents", whom no number counted before; None where the words leave it open."""
    group = draft.group
    acted = draft.rule == STATES or (draft.rule == ACTS and "kin" in draft.roles)
    if not group.implied or group.unit is not Unit.PERSON or acted:
        return None  # "the couple killed two hours", "his parents died when he was six"
    return replace(draft, group=replace(group, quantity=_exactly(group.implied, group.span, "both <people>")))


def _outdone(earlier: Found, later: Draft, recent: Sequence[Found]) -> bool:
    """Whether a later, graver figure speaks of the same people ("wounded ... he died")."""
    if later.metric is not Metric.KILLED or earlier.draft.metric not in LESS:
        return False
    if earlier.draft.weak and "another" in later.roles:  # "two were shot; one was killed, the other died"
        since = recent[recent.index(earlier) :]
        dead = [one.draft for one in since if one.draft.metric is Metric.KILLED]
        return _total(dead) + 1 == _value(earlier.draft.group)
    return earlier.draft.group.span == later.group.span


def _total(drafts: Sequence[Draft]) -> int:
    """Return how many the drafts that say so outright count together."""
    return sum(draft.group.quantity.value or 0 for draft in drafts if draft.group.quantity and not draft.weak)


def _holds(whole: Group, part: Group) -> bool:
    a, b = whole.quantity, part.quantity
    return a is not None and b is not None and (a.low is None or b.low is None or b.low <= a.low)


def _value(group: Group) -> int | None:
    return group.quantity.value if group.quantity else None


def _same_number(one: Group, other: Group) -> bool:
    a, b = one.quantity, other.quantity
    if a is None or b is None:
        return False
    return a.value == b.value if a.value is not None else (a.low, a.high) == (b.low, b.high)


def _same_head(one: Group, other: Group) -> bool:
    return not _stems(one).isdisjoint(_stems(other))


def _stems(group: Group) -> set[str]:
    return {word.removesuffix("s") for word in group.head.split()}
