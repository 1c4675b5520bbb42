"""The command line of the server: ``python -m service token NAME`` lets a program read the data API."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.settings import TOKENS, SettingsError, load_settings
from service.tokens import TokenError, make_token, read_tokens, revoke_token


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; 0 done, 1 it could not be done, 2 wrong use."""
    options = argparse.ArgumentParser(prog="python -m service", description=__doc__.split("\n")[0])
    options.add_argument("--file", metavar="FILE", type=Path, help=f"the file of tokens; usually {TOKENS} names it")
    commands = options.add_subparsers(dest="command", required=True)
    made = commands.add_parser("token", help="make a token and print it; it is shown this once")
    made.add_argument("name", metavar="NAME", help="who or what it is for, such as ana-notebook")
    made.add_argument("--days", metavar="N", type=int, help="how long it is good for; without it, until it is revoked")
    revoked = commands.add_parser("revoke", help="take a token back, at once")
    revoked.add_argument("name", metavar="NAME")
    commands.add_parser("tokens", help="list the names, since when and until when")
    given = options.parse_args(arguments)
    try:
        file = given.file or load_settings().tokens
        if file is None:
            options.error(f"name the file of tokens: --file FILE, or {TOKENS} as the server has it")
        _do(given, file)
    except (TokenError, SettingsError, OSError) as error:
        print(f"service: {error}", file=sys.stderr)
        return 1
    return 0


def _do(given: argparse.Namespace, file: Path) -> None:
    if given.command == "token":
        today = datetime.now(UTC).date()
        print(make_token(file, given.name, today + timedelta(days=given.days) if given.days else None))
    elif given.command == "revoke":
        revoke_token(file, given.name)
    else:
        for name, token in read_tokens(file).items():
            print(f"{name}\t{token.made}\t{token.until or ''}")


if __name__ == "__main__":
    sys.exit(main())
