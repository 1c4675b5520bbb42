"""Which language a report is in, told from its small words and its letters where nobody said."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import regex

READ = "en"
"""What a text counts as that is too short to tell: the language that the parsers know best."""
TABLE = Path(__file__).with_name("languages.toml")
_LETTER = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_HEAD, _FEWEST, _SUREST = 2000, 40, 0.9
_CODE = 2
_FEWEST_SMALL, _LEAD = 3, 3
"""How many small words of a language tell it, and how many times as many or as few as of English."""
_WORD = regex.compile(r"(?<![\p{L}\d-])\p{Ll}++(?![\p{L}\d-])")


def tell_language(text: str) -> str | None:
    """Return the language whose small words a text has, None where they do not tell.

    >>> tell_language("Unas 300 familias fueron evacuadas en el sur."), tell_language("Los Angeles: 12 dead")
    ('es', None)
    """
    head = text[:_HEAD]
    words = Counter(_WORD.findall(head.lower() if head.isupper() else head))
    told, alike = _load_small_words()
    counts = Counter({name: sum(words[word] for word in small) for name, small in (told | alike).items()})
    (best, most), (_, second) = counts.most_common(2)
    foreign, english = (second if best == READ else most), counts[READ]
    tells = most >= _FEWEST_SMALL and most > second and max(foreign, english) >= _LEAD * min(foreign, english)
    return best if tells and best in told else None


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; a short or mixed text in Latin letters counts as English.

    >>> identify_language("Neuf personnes ont été tuées lundi à Goma, selon la police.")
    'fr'
    """
    if told := tell_language(text):
        return told
    head = text[:_HEAD]
    letters = _LETTER.findall(head)
    if len(letters) < _FEWEST and not _is_other_script(letters):
        return READ
    language, certainty = _load_identifier().classify(head)
    return str(language) if certainty >= _SUREST or _is_other_script(letters) else READ


def code_language(name: object) -> str | None:
    """Return the ISO 639-1 code of a language's English name, None for one that is not known.

    >>> code_language("Arabic"), code_language("Klingon")
    ('ar', None)
    """
    from babel import Locale

    names = Locale("en").languages
    return next((code for code, one in names.items() if one == name and len(code) == _CODE), None)


def _is_other_script(letters: list[str]) -> bool:
    # Arabic or Cyrillic is no English, however short; names in other letters inside an English text do not count.
    return len(letters) > 2 * len(_LATIN.findall("".join(letters)))


@cache
def _load_small_words() -> tuple[dict[str, frozenset[str]], ...]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    told, alike = ({name: frozenset(words) for name, words in table[key].items()} for key in ("told", "alike"))
    return told, alike


@cache
def _load_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
