"""Addresses are fetched from a real server that misbehaves, through the guard that lets its one port in."""

import json
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import reports.__main__ as door
import store
from reports.addresses import PUBLIC, Caps, Fetcher
from reports.errors import AddressError, AnswerError, ForbiddenError, SubscriptionError
from reports.guards import Guard, is_public
from reports.readers import Known
from reports.records import Report
from reports.subscriptions import load_states, load_subscriptions, read_address
from reports.workers import Worker
from tests.server.misbehaving import serve

CAPS = Caps(size=1_000_000, wait=1.0, seconds=2.0, redirects=3)


@pytest.fixture
def server() -> Iterator[Any]:
    with serve() as running:
        yield running


@pytest.fixture
def site(server: Any) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def fetcher(server: Any) -> Iterator[Fetcher]:
    with Fetcher(Guard(frozenset({("127.0.0.1", server.server_port)})), CAPS) as running:
        yield running


def test_addresses_page_becomes_a_report(server: Any, site: str, fetcher: Fetcher) -> None:
    with Worker() as worker:
        (report,) = read_address(f"{site}/moved", Known(), fetcher, worker)
        (latin,) = read_address(f"{site}/latin", Known(identifies=True), fetcher, worker)
    assert isinstance(report, Report)
    assert report.text.startswith("Four passengers were killed and")
    assert (report.publisher, report.published, report.url) == ("Selba Gazette", date(2024, 3, 25), f"{site}/page")
    assert isinstance(latin, Report)
    assert "ont été tués à Selba" in latin.text
    assert [path for path, _ in server.asked] == ["/robots.txt", "/moved", "/page", "/latin"]
    assert {headers["User-Agent"] for _, headers in server.asked} == {
        "WhoCounts/0.1 (reads reports; respects robots.txt)"
    }
    assert {headers["Host"] for _, headers in server.asked} == {site.removeprefix("http://")}


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/missing", AnswerError, "the server answered 404"),
        ("/error", AnswerError, "the server answered 500"),
        ("/picture", AnswerError, "content of the kind image/png"),
        ("/endless", AnswerError, "more than 1 MB"),
        ("/bomb", AnswerError, "more than 1 MB"),
        ("/drip", AnswerError, "took more than 2 seconds"),
        ("/silent", AnswerError, "the server says nothing for too long"),
        ("/cut", AnswerError, "no answer"),
        ("/broken-gzip", AnswerError, "cannot be unpacked"),
        ("/no-http", AnswerError, "no answer"),
        ("/round", AnswerError, "more than 3 redirects"),
        ("/to-private", AddressError, "10.0.0.1 is no public address"),
        ("/to-metadata", AddressError, "169.254.169.254 is no public address"),
        ("/to-loopback", AddressError, "port 1"),
        ("/to-file", AddressError, "no web address"),
        ("/closed", ForbiddenError, "robots.txt does not allow it"),
        ("/to-closed", ForbiddenError, "robots.txt does not allow it"),
    ],
)
def test_addresses_misbehaving_server_is_named(
    site: str, fetcher: Fetcher, path: str, kind: type[AddressError], said: str
) -> None:
    with pytest.raises(AddressError) as caught:
        fetcher.fetch(f"{site}{path}")
    assert type(caught.value) is kind
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (301, False)])
def test_addresses_robots_follow_the_standard(
    server: Any, site: str, fetcher: Fetcher, status: int, *, allowed: bool
) -> None:
    server.robots = (status, "")
    if allowed:
        assert fetcher.fetch(f"{site}/page").file
    else:
        with pytest.raises(ForbiddenError):
            fetcher.fetch(f"{site}/page")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://",
        "http://[::1/",
        "http://user:word@example.org/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/",
        "http://168.63.129.16/",
        "http://224.0.0.1/",
        "http://9.9.9.9:22/",
        "http://9.9.9.9:8080/",
    ],
)
def test_guards_refuse(address: str) -> None:
    with pytest.raises(AddressError):
        Guard().check(address)


def test_guards_resolve_once_and_refuse_a_name_with_one_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(*ips: str) -> None:
        def answer(host: str, port: int, **_: object) -> list[Any]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

        monkeypatch.setattr(socket, "getaddrinfo", answer)

    resolve("9.9.9.9")
    target = Guard().check("https://example.org/a")
    assert (target.ip, target.port, target.host) == ("9.9.9.9", 443, "example.org")
    assert asked == ["example.org"]
    resolve("9.9.9.9", "10.0.0.1")
    with pytest.raises(AddressError, match=r"10\.0\.0\.1 is no public address"):
        Guard().check("https://example.org/a")


def test_addresses_connection_goes_to_the_address_that_was_checked(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another machine at the second look is asked for once, and never again."""
    answers = iter(["127.0.0.1", "127.0.0.1"])
    real = socket.getaddrinfo

    def answer(host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host != "gazette.test":
            return real(host, port, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    guard = Guard(frozenset({("127.0.0.1", server.server_port)}))
    with Fetcher(guard, CAPS) as fetcher:
        assert fetcher.fetch(f"http://gazette.test:{server.server_port}/page").file
    assert {headers["Host"] for _, headers in server.asked} == {f"gazette.test:{server.server_port}"}


@pytest.mark.parametrize("ip", ["9.9.9.9", "2620:fe::fe"])
def test_guards_public_addresses_are_let_through(ip: str) -> None:
    assert is_public(ip)


def test_addresses_public_server_fetches_nothing(site: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC, "1")
    with pytest.raises(AddressError, match="a public server fetches no addresses"):
        fetcher.fetch(f"{site}/page")


def test_addresses_reliefweb_wants_the_users_own_name(fetcher: Fetcher) -> None:
    with pytest.raises(AddressError, match="add appname=YOUR-NAME"):
        fetcher.fetch("https://api.reliefweb.int/v2/reports?limit=5")


def test_door_names_an_address_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Nine miners were killed at Selba on Monday.")
    addresses = ["http://127.0.0.1/", "ftp://relief.example.org/4.pdf"]
    assert door.main(["add", "--database", f"sqlite:///{tmp_path}/a.db", *addresses, str(note)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "http://127.0.0.1/: 127.0.0.1 is no public address; save the file, and add it from there",
        "ftp://relief.example.org/4.pdf: no web address; write it as https://example.org/report",
        "1 report added, 0 already there, 1 figure; 2 could not be read",
    ]


@pytest.fixture
def fetch(
    tmp_path: Path, server: Any, site: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    guard = Guard(frozenset({("127.0.0.1", server.server_port)}))
    monkeypatch.setattr(door, "Fetcher", lambda: Fetcher(guard, CAPS))
    table = tmp_path / "feeds.toml"

    def run(path: str = "/feed", more: str = "") -> tuple[int, list[str]]:
        table.write_text(f'[[feeds]]\nname = "Gazette"\naddress = "{site}{path}"\n{more}\n')
        at = [f"--feeds={table}", f"--state={tmp_path}/var/feeds.json", f"--database=sqlite:///{tmp_path}/a.db"]
        status = door.main(["fetch", *at])
        return status, capsys.readouterr().err.splitlines()

    return run


def test_fetch_says_what_was_new_and_asks_for_no_more(server: Any, site: str, fetch: Any) -> None:
    server.entries = [(f"{site}/a", "Two workers were killed in a fire at Orvela on Monday.")]
    assert fetch() == (
        0,
        ["Gazette: 1 report added, 0 already there, 1 figure", "1 report added, 0 already there, 1 figure"],
    )
    assert fetch() == (0, ["Gazette: nothing new", "0 reports added, 0 already there, 0 figures"])
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    server.entries.append((f"{site}/b", "Three workers were killed in a fire at Selba on Monday."))
    assert fetch()[1][0] == "Gazette: 1 report added, 1 already there, 1 figure"


def test_fetch_follows_the_entries_once(server: Any, site: str, fetch: Any) -> None:
    server.entries = [(f"{site}/page", "A bus."), (f"{site}/missing", "Two workers were killed at Orvela.")]
    status, lines = fetch(more="follow = true")
    assert status == 1
    assert lines[0].startswith(f"{site}/missing: the server answered 404; ")
    assert lines[1] == "Gazette: 2 reports added, 0 already there, 3 figures; 1 could not be read"
    server.entries.append((f"{site}/latin", "x"))
    server.asked.clear()
    fetch(more="follow = true")
    assert [path for path, _ in server.asked].count("/page") == 0


def list_articles(folder: Path, site: str) -> Path:
    """A list of articles as GDELT's DOC API gives it: headlines with addresses."""
    pages = [("/page", "A bus"), ("/closed", "Nine people were killed at Orvela"), ("/missing", "A market")]
    articles = [
        {"url": f"{site}{path}", "title": title, "seendate": "20240326T101500Z", "domain": "gazette.example"}
        for path, title in pages
    ]
    path = folder / "articles.json"
    path.write_text(json.dumps({"articles": articles}), encoding="utf-8")
    return path


def test_add_follows_headlines_where_robots_and_the_guard_let_it(
    tmp_path: Path, server: Any, site: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guard = Guard(frozenset({("127.0.0.1", server.server_port)}))
    monkeypatch.setattr(door, "Fetcher", lambda: Fetcher(guard, CAPS))
    address = f"sqlite:///{tmp_path}/a.db"
    assert door.main(["add", str(list_articles(tmp_path, site)), "--follow", "--database", address]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert "3 headlines from a list of articles (to read the pages behind them: --follow)" in lines[0]
    assert [line.split("; ")[0].split(": ", 1)[1] for line in lines[1:3]] == [
        "the site's robots.txt does not allow it", "the server answered 404",
    ]  # fmt: skip
    assert lines[-1] == "3 reports added, 0 already there, 3 figures; 2 could not be read"
    kept = store.connect(address)
    # The page in place of its headline, with the day that it says itself; the others are their headlines.
    texts = store.read_figures(kept)["quote"].tolist()
    assert sorted(set(texts))[1] == "Nine people were killed at Orvela"
    assert texts[0].startswith("Four passengers were killed")
    kept.close()


def test_add_without_follow_asks_no_server(
    tmp_path: Path, server: Any, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    door.main(["add", str(list_articles(tmp_path, site)), "--database", f"sqlite:///{tmp_path}/a.db"])
    assert capsys.readouterr().err.splitlines()[-1] == "3 reports added, 0 already there, 1 figure"
    assert server.asked == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[[feeds]", "no TOML"),
        ('[[feeds]]\nname = "a"', "feed 1 is not as it should be"),
        ('[[feeds]]\nname = "a"\naddress = "b"\nfollow = "yes"', "feed 1 is not as it should be"),
        ('[[feeds]]\nname = "a"\naddress = "b"\n[[feeds]]\nname = "a"\naddress = "c"', "two feeds of one name"),
    ],
)
def test_subscriptions_bad_table_is_named(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(table)
    with pytest.raises(SubscriptionError, match=said):
        load_subscriptions(path)


def test_subscriptions_table_of_the_project_is_read() -> None:
    assert load_subscriptions() == []


def test_subscriptions_broken_state_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feeds.json"
    path.write_text(json.dumps({"a": 1}))
    with pytest.raises(SubscriptionError, match="remove it"):
        load_states(path)
