"""A figure's number inside the sentence that it was read from."""


def split_quote(quote: str, text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence before the number, the number's words, and the sentence after it.

    ``start`` and ``end`` count characters of the report's ``text``. Where the sentence cannot be found there, the
    first place in it that reads like the number is taken; else all of it comes first.

    >>> split_quote("It said 12 died.", "War. It said 12 died.", 13, 15)
    ('It said ', '12', ' died.')
    """
    opening = text.rfind(quote, 0, start + len(quote))
    if 0 <= opening <= start and end <= opening + len(quote):
        at = start - opening
    else:
        at = quote.find(text[start:end]) if text[start:end] else -1
    if at < 0:
        return quote, "", ""
    stop = at + end - start
    return quote[:at], quote[at:stop], quote[stop:]
