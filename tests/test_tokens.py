"""Tokens of the data API: made, read, refused, taken back."""

import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import store
from pages.shared.visitors import may_read
from series.figures import prepare_figures
from service.__main__ import main
from service.openapi import describe_api
from service.routes import list_api
from service.settings import SIGN_IN, TOKENS
from service.tables import Kept
from service.tokens import PREFIX, Token, TokenError, find_token, make_token, read_tokens, revoke_token
from tests.dashboards import fill

TODAY = date(2026, 11, 22)
AUTH = """[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "only-for-this-test-only-for-this-test"
client_id = "who"
client_secret = "secret"
server_metadata_url = "http://127.0.0.1:1/none"
"""


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The data API of a server where people sign in; its tokens stand in ``tokens.toml``."""
    (tmp_path / "sign-in.toml").write_text(AUTH)
    monkeypatch.setenv(SIGN_IN, str(tmp_path / "sign-in.toml"))
    monkeypatch.setenv(TOKENS, str(tmp_path / "tokens.toml"))
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    fill(address)
    kept = store.connect(address)
    source = Kept(lambda: kept, lambda: prepare_figures(store.read_figures(kept)))
    with TestClient(Starlette(routes=[*list_api(source, may_read)]), base_url="http://127.0.0.1:8501") as client:
        yield client
    kept.close()


def ask(client: TestClient, header: str | None) -> int:
    return int(client.get("/api/sources", headers={"Authorization": header} if header else {}).status_code)


def test_tokens_let_a_program_read_until_they_are_taken_back(guarded: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "tokens.toml"
    assert ask(guarded, None) == 401
    assert ask(guarded, "Bearer whoc_anything") == 401, "no file of tokens yet"
    token, other = make_token(file, "notebook"), make_token(file, "bot")
    assert ask(guarded, f"Bearer {token}") == ask(guarded, f"bearer {other}") == 200
    for wrong in (token[:-1], token + "x", token.upper(), file.read_text().split('"')[1], ""):
        assert ask(guarded, f"Bearer {wrong}") == 401
    assert ask(guarded, f"Basic {token}") == ask(guarded, token) == 401
    assert guarded.get(f"/api/sources?token={token}").status_code == 401
    revoke_token(file, "notebook")
    assert (ask(guarded, f"Bearer {token}"), ask(guarded, f"Bearer {other}")) == (401, 200)


def test_tokens_a_refusal_says_how_to_get_in(guarded: TestClient) -> None:
    answer = guarded.get("/api/figures")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "Authorization: Bearer TOKEN" in answer.json()["remedy"]
    assert describe_api()["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_tokens_a_broken_file_lets_nobody_in(guarded: TestClient, tmp_path: Path) -> None:
    token = make_token(tmp_path / "tokens.toml", "bot")
    (tmp_path / "tokens.toml").write_text("[bot]\nsha256 = 7 8\n")
    assert ask(guarded, f"Bearer {token}") == 401


def test_tokens_are_kept_as_hashes_and_by_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "tokens.toml"
    token = make_token(file, "bot", until=TODAY)
    assert token.startswith(PREFIX)
    assert len(token) > 40
    assert token.removeprefix(PREFIX) not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_tokens(file)["bot"].until == TODAY
    assert make_token(file, "other") != token


@pytest.mark.parametrize(("later", "name"), [(0, "bot"), (1, None)])
def test_tokens_end_after_their_last_day(tmp_path: Path, later: int, name: str | None) -> None:
    token = make_token(tmp_path / "tokens.toml", "bot", until=TODAY)
    assert find_token(read_tokens(tmp_path / "tokens.toml"), token, TODAY + timedelta(days=later)) == name


@pytest.mark.parametrize("name", ["", "Bot", "a b", "a]\n[b", "-a", "x" * 65])
def test_tokens_refuse_names_that_would_break_the_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenError, match="small letters"):
        make_token(tmp_path / "tokens.toml", name)


def test_tokens_of_one_name_are_one(tmp_path: Path) -> None:
    make_token(tmp_path / "tokens.toml", "bot")
    with pytest.raises(TokenError, match="there is a token named bot"):
        make_token(tmp_path / "tokens.toml", "bot")
    with pytest.raises(TokenError, match="no token is named bit; there are bot"):
        revoke_token(tmp_path / "tokens.toml", "bit")


def test_tokens_command_makes_lists_and_revokes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = ["--file", str(tmp_path / "tokens.toml")]
    assert main([*file, "token", "bot", "--days", "30"]) == 0
    token = capsys.readouterr().out.strip()
    kept = read_tokens(tmp_path / "tokens.toml")
    assert isinstance(kept["bot"], Token)
    assert find_token(kept, token, kept["bot"].made) == "bot"
    assert main([*file, "tokens"]) == 0
    assert capsys.readouterr().out.startswith(f"bot\t{kept['bot'].made}\t{kept['bot'].until}")
    assert main([*file, "revoke", "bot"]) == 0
    assert main([*file, "revoke", "bot"]) == 1
    assert "no token is named bot; there are none" in capsys.readouterr().err
