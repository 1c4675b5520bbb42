"""Which language a report is in, told from its letters where nobody said."""

from functools import cache
from typing import Any

import regex

READ = "en"
"""What a text counts as that is too short to tell: the language of the only word tables there are."""
_LETTER = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_HEAD, _FEWEST, _SUREST = 3000, 40, 0.9
_CODE = 2


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; a short or mixed text in Latin letters counts as English.

    >>> identify_language("Neuf personnes ont été tuées lundi à Goma, selon la police.")
    'fr'
    """
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
def _load_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
