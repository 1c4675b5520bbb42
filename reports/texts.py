"""Plain text and Markdown files: one file is one report."""

import yaml
from frontmatter.default_handlers import YAMLHandler

from reports.errors import EmptyReportError, FrontMatterError, WrongDateError
from reports.fields import Origin, build_report, decode
from reports.records import Report

_FRONT_MATTER = YAMLHandler()


def read_text(content: bytes, origin: Origin) -> Report:
    """Return the report in a plain text file.

    >>> read_text(b"Nine people died.", Origin("note.txt", publisher="AFP")).publisher
    'AFP'
    """
    return build_report({"text": decode(content, origin).strip()}, origin)


def read_markdown(content: bytes, origin: Origin) -> Report:
    r"""Return the report in a Markdown file; its front matter, where it has one, says what is known of it.

    Keys of the front matter: ``id``, ``title``, ``publisher``, ``published``, ``address`` (or ``url``),
    ``language`` and ``paraphrased``; others are passed over.

    >>> read_markdown(b"---\npublisher: AFP\n---\nNine people died.", Origin("note.md")).publisher
    'AFP'
    """
    text = decode(content, origin).strip()
    if not text:
        raise EmptyReportError(origin.name, "the report is empty", "fill it in or remove it")
    if not text.startswith("---"):
        return build_report({"text": text}, origin)
    try:
        head, body = _FRONT_MATTER.split(text)
    except ValueError as error:
        raise FrontMatterError(origin.name, "the front matter has no end", "close it with ---", 1) from error
    fields = _load_front_matter(head, origin)
    return build_report({**fields, "url": fields.get("address") or fields.get("url"), "text": body.strip()}, origin)


def _load_front_matter(head: str, origin: Origin) -> dict[str, object]:
    try:
        fields = _FRONT_MATTER.load(head)
    except yaml.YAMLError as error:
        raise _name_yaml_error(error, origin) from error
    except ValueError as error:
        # YAML builds dates itself, and its error is Python's own: "day is out of range for month".
        raise WrongDateError(origin.name, f"a date that is none: {error}", "write it as 2020-02-02") from error
    except RecursionError as error:
        raise FrontMatterError(origin.name, "the front matter is nested too deep", "write plain keys") from error
    if not isinstance(fields, dict):
        raise FrontMatterError(origin.name, "the front matter holds no keys", "write it as key: words", 2)
    return fields


def _name_yaml_error(error: yaml.YAMLError, origin: Origin) -> FrontMatterError:
    # YAML counts lines from 0 and from the one after the opening dashes, which the split leaves as an empty first.
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "not YAML"
    line = mark.line + 1 if mark else None
    return FrontMatterError(origin.name, f"broken front matter ({problem})", "put the words in quotes", line)
