"""Relatives: people who are named together as one, "a farmer, his wife and their four children"."""

from collections.abc import Sequence

from parsers.chunks import make_chunk, several
from parsers.grammar import Piece

COUPLE = "a <couple>"


def join_relatives(chunks: Sequence[Piece]) -> list[Piece]:
    """Count people who are named together as one: "a farmer, his wife and their four children" are six."""
    joined: list[Piece] = []
    at = 0
    while at < len(chunks):
        end, value = _relatives_end(chunks, at)
        if end > at + 1:
            span = (chunks[at].start, chunks[end - 1].end)
            quantity = several(*span, value, "<person> and <their> <people>")
            head = chunks[at].pieces[-1]
            heads = " ".join(chunk.group.head for chunk in chunks[at:end] if chunk.group)
            joined_chunk = make_chunk(chunks[at:end], "group", head=head._replace(text=heads), quantity=quantity)
            joined.append(joined_chunk._replace(roles=joined_chunk.roles | (chunks[at].roles & {"kin"})))
        else:
            joined.append(chunks[at])
        at = max(end, at + 1)
    return joined


def _relatives_end(chunks: Sequence[Piece], at: int) -> tuple[int, int]:
    """Return where a person's relatives end and how many they are together; (at, 0) where none follow."""
    first = chunks[at].group
    if first is None or not chunks[at].pieces or not (first.quantity or first.definite):
        return at, 0
    one = first.single or (first.quantity and (first.quantity.value == 1 or first.quantity.rule == COUPLE))
    if not one or first.of_whole:
        return at, 0
    value, end = (first.quantity.value or 0) if first.quantity else first.implied or 1, at + 1
    while True:
        follow = end
        while follow < len(chunks) and chunks[follow].roles & {"comma", "and"}:
            follow += 1
        more = _relative(chunks[follow]) if end < follow < len(chunks) else 0
        if not more:
            return (end, value) if end > at + 1 else (at, 0)
        value += more
        end = follow + 1


def _relative(chunk: Piece) -> int:
    """Return how many a chunk such as "their four children", or a bare "son", counts, 0 where it does not say."""
    if not chunk.pieces or chunk.group is None:
        return 0
    if "related" in chunk.pieces[0].roles and "one" in chunk.roles:
        return 1
    if "his" not in chunk.pieces[0].roles:
        return 0
    if any(sense.role == "victim" for sense in chunk.group.senses):
        return 0  # "a man and his body"
    if chunk.group.quantity is not None:
        return chunk.group.quantity.value or 0
    return 1 if "one" in chunk.roles else chunk.group.implied
