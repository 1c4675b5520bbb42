"""Who may do what: roles out of identities, and every change of the store behind one question."""

import ast
from datetime import date
from pathlib import Path

import pytest

import store
from pages.shared.roles import rule
from reports.records import Report
from service.roles import Role, RulesError, find_role, read_rules
from service.settings import HOSTS, READ_ONLY, SIGN_IN, Settings, SettingsError, SignIn, read_settings, read_sign_in

ROOT = Path(__file__).parent.parent
NOW = 1_800_000_000
RULES = {"viewer": ["*"], "reviewer": ["ana@example.org"], "steward": ["Ben@example.org"], "hours": 8}
WRITERS = {"add_report", "add_review", "withdraw_review", "keep_reports", "add_entry", "delete_reports"}
"""What changes the store."""


def sign(email: str, *, verified: object = True, hours: float = 1, **more: object) -> dict[str, object]:
    issued = NOW - hours * 3600
    return {"is_logged_in": True, "email": email, "email_verified": verified, "iat": issued, **more}


@pytest.mark.parametrize(
    ("identity", "role"),
    [
        ({}, None),
        (sign("cleo@example.org"), Role.VIEWER),
        (sign("ANA@example.org"), Role.REVIEWER),
        (sign("ben@example.org"), Role.STEWARD),
        (sign("ben@example.org", verified=False), Role.VIEWER),
        (sign("ben@example.org", verified="true"), Role.VIEWER),
        (sign("ben@example.org", hours=8.1), None),
        (sign("ben@example.org") | {"iat": None}, None),
        (sign("ben@example.org") | {"is_logged_in": False}, None),
        (sign("ben@example.org.evil.example"), Role.VIEWER),
    ],
)
def test_roles_come_from_what_the_provider_says(identity: dict[str, object], role: Role | None) -> None:
    assert find_role(identity, read_rules(RULES), NOW) is role


def test_roles_may_come_from_groups() -> None:
    rules = read_rules({"claim": "groups", "viewer": ["staff"], "steward": ["desk"]})
    assert find_role(sign("x@example.org", groups=["staff", "desk"]), rules, NOW) is Role.STEWARD
    assert find_role(sign("x@example.org", groups="staff"), rules, NOW) is Role.VIEWER
    assert find_role(sign("desk", groups=[7]), rules, NOW) is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"editor": []}, "editor: not known"),
        ({"steward": ["*"]}, "steward: everybody may at most look"),
        ({"viewer": "ana@example.org"}, "viewer: write a list"),
        ({"hours": 0}, "hours: write"),
        ({"claim": ""}, "claim: write"),
        ({"visitors": "yes"}, "visitors: write true"),
    ],
)
def test_roles_rules_that_cannot_be_read_say_why(table: dict[str, object], told: str) -> None:
    with pytest.raises(RulesError, match=told):
        read_rules(table)


@pytest.mark.parametrize(
    ("settings", "address", "role"),
    [
        (Settings(), "127.0.0.1", Role.STEWARD),
        (Settings(), "192.0.2.7", None),
        (Settings(), None, None),
        (Settings(read_only=True), "127.0.0.1", Role.VIEWER),
        (Settings(sign_in=SignIn({}, read_rules(RULES))), "127.0.0.1", None),
    ],
)
def test_roles_without_sign_in_belong_to_the_machine(settings: Settings, address: str | None, role: Role) -> None:
    assert rule(settings, {}, address, NOW) is role


def test_roles_on_a_read_only_server_are_viewers() -> None:
    settings = Settings(read_only=True, sign_in=SignIn({}, read_rules(RULES)))
    assert rule(settings, sign("ben@example.org"), "127.0.0.1", NOW) is Role.VIEWER
    assert rule(settings, {}, "127.0.0.1", NOW) is None


GOOD = """
[auth]
redirect_uri = "https://figures.example.org/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "who-counts"
client_secret = "hidden"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
[roles]
viewer = ["*"]
"""


def test_settings_read_who_signs_in(tmp_path: Path) -> None:
    (tmp_path / "sign-in.toml").write_text(GOOD)
    settings = read_settings({SIGN_IN: str(tmp_path / "sign-in.toml"), HOSTS: "Maps.example.org"})
    assert settings.hosts == {"figures.example.org", "maps.example.org"}
    assert settings.sign_in is not None
    assert not settings.read_only


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (GOOD.replace('client_id = "who-counts"', ""), "lacks client_id"),
        (GOOD.replace("0123456789abcdef0123456789abcdef", "short"), "cookie_secret: write 32"),
        (GOOD + "editor = []", r"\[roles\] editor"),
        ("[auth", "not TOML"),
    ],
)
def test_settings_that_cannot_be_used_say_why(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "sign-in.toml").write_text(content)
    with pytest.raises(SettingsError, match=told):
        read_settings({SIGN_IN: str(tmp_path / "sign-in.toml")})


def test_settings_file_of_the_readme_is_read(tmp_path: Path) -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```toml\n[auth]")[1].split("```")[0]
    (tmp_path / "sign-in.toml").write_text(f"[auth]{shown}")
    rules = read_sign_in(tmp_path / "sign-in.toml").rules
    assert (rules.claim, rules.hours, rules.visitors) == ("email", 12, False)
    assert rules.members[Role.STEWARD] == {"ben@example.org"}


def test_settings_name_hosts_only_where_that_is_safe() -> None:
    with pytest.raises(SettingsError, match="only where people sign in"):
        read_settings({HOSTS: "figures.example.org"})
    assert read_settings({HOSTS: "figures.example.org", READ_ONLY: "1"}).hosts == {"figures.example.org"}
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings({SIGN_IN: "nowhere.toml"})


def test_roles_every_change_in_the_pages_opens_the_store_by_role() -> None:
    """A page may call what changes the store only on what ``open_as`` gives."""
    loose = []
    for path in sorted((ROOT / "pages").rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for call in (node for node in nodes if isinstance(node, ast.Call)):
            written = _name(call.func) in WRITERS and any(_name(one) == "open_store" for one in call.args)
            if written or (_name(call.func) == "connect" and path.name not in {"roles.py", "doors.py", "upgrades.py"}):
                loose.append(f"{path.name}:{call.lineno}")
    assert loose == []


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_store_opened_to_be_read_refuses_every_change(address: str) -> None:
    report = Report(id="r1", text="Nine people died in Aden.", published=date(2020, 1, 5))
    with pytest.raises(store.StoreError):
        store.connect(address, create=False, write=False)
    store.connect(address).close()
    kept = store.connect(address, create=False, write=False)
    with pytest.raises(store.StoreError, match=r"only be read|may not be written"):
        store.add_report(kept, report, [])
    assert store.is_current(kept)
    assert not store.has_report(kept, "r1")
    kept.close()
