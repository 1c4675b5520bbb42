"""Lists of words in patterns: a trie finds what the list finds that is tried word by word."""

import pytest
import regex

from parsers.tries import compile_lists, write_trie

WORDS = ["dead", "deadly", "dying", "d", "12", "co-op", "so far", "so", "U.N.", "#9", "été"]
TEXT = "So far the dead, the DEADLY and the dying of a co-op; d 12 so. U.N. #9 deadlyso far en été"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\L<words>",
        r"(?<!\w)\L<words>(?!\w)",
        r"\L<words>\ \L<words>",
        r"(?r)\L<words>",
        r"(?r)\w\L<words>",
        r"(?<=\L<words>)\ (?:\w++)",
        r"(?<!\b\L<words>\ )(?<=(?:\L<words>|the)\W)\w+ # (after a word",
        r"[\(<](?=\L<words>)|\(?\L<words>",
    ],
)
@pytest.mark.parametrize("flags", [regex.X, regex.X | regex.I])
def test_compile_lists_finds_what_named_lists_find(pattern: str, flags: int) -> None:
    expected = [m.span() for m in regex.finditer(pattern, TEXT, flags, words=WORDS)]
    assert [m.span() for m in compile_lists(pattern, flags, words=WORDS).finditer(TEXT)] == expected
    assert expected or "(?=" in pattern


def test_write_trie_shares_endings_for_what_is_read_from_the_right() -> None:
    assert write_trie(frozenset({"killed", "wounded"}), backward=True) == "(?:(?:wound|kill)ed)"
