"""The server beside its pages: the data API, health, headers, and who is answered at all."""

import gc
import io
import json
import threading
import weakref
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.file_util import get_static_dir

import store
from reports.records import Report
from series.figures import prepare_figures
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import Options
from series.tables import Table, make_table
from service import tables
from service.headers import SecurityHeaders, hash_source, write_policy
from service.health import list_health
from service.hosts import HostGuard, refuse_binding
from service.openapi import describe_api
from service.roles import read_rules
from service.routes import list_api
from service.scripts import LINES, MAPS, list_scripts
from service.settings import Settings, SignIn
from service.starts import Start, write_start
from service.styles import list_own, name_own
from service.sweeps import begin_sweeping
from service.tables import RESOURCES, Kept
from tests.dashboards import fill
from tests.worlds import build_figures

SIGN_IN = SignIn({"redirect_uri": "https://figures.example.org/oauth2callback"}, read_rules({}))
HERE = ("127.0.0.1", 40000)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[store.Store]:
    address = f"sqlite:///{tmp_path / 'served.db'}"
    fill(address)
    opened = store.connect(address)
    yield opened
    opened.close()


def build_client(kept: store.Store, *, signed_in: bool = True) -> TestClient:
    source = Kept(lambda: kept, lambda: prepare_figures(store.read_figures(kept)))
    app = Starlette(routes=[*list_health(lambda: kept), *list_api(source, lambda _: signed_in)])
    return TestClient(app, base_url="http://127.0.0.1:8501")


@pytest.fixture
def client(kept: store.Store) -> Iterator[TestClient]:
    with build_client(kept) as client:
        yield client


def read_links(response: Any) -> dict[str, str]:
    return {name: link["url"] for name, link in response.links.items()}


@pytest.mark.parametrize(("region", "found"), [("Maputo", 2), ("Maputo (MZ-L)", 1), ("MZ-MPM", 1), ("Mozambique", 2)])
def test_api_finds_divisions_of_one_name_together_and_apart(kept: store.Store, region: str, found: int) -> None:
    place = {"country": "MOZ", "place": "-"}
    figures = build_figures(
        [
            {"figure": "a", "number": "9", "admin1": "MZ-L", **place},
            {"figure": "b", "number": "9", "admin1": "MZ-MPM", **place},
        ]
    )
    source = Kept(lambda: kept, lambda: prepare_figures(figures))
    with TestClient(Starlette(routes=list_api(source, lambda _: True)), base_url="http://127.0.0.1:8501") as client:
        response = client.get("/api/figures", params={"region": region})
    assert (response.status_code, len(response.json())) == (200, found)


@pytest.mark.parametrize("name", [resource.name for resource in RESOURCES])
def test_api_gives_each_table_in_each_format(client: TestClient, name: str) -> None:
    records = client.get(f"/api/{name}").json()
    assert records
    columns = list(records[0])
    assert columns == list(next(one.columns for one in RESOURCES if one.name == name))
    csv = pd.read_csv(io.StringIO(client.get(f"/api/{name}?format=csv").text))
    parquet = pd.read_parquet(io.BytesIO(client.get(f"/api/{name}?format=parquet").content))
    hxl = client.get(f"/api/{name}", params={"format": "hxl"}).text.splitlines()
    assert [list(csv), list(parquet), hxl[0].split(",")] == [columns] * 3
    assert len(csv) == len(parquet) == len(records) == len(hxl) - 2


def test_api_figures_are_what_the_filters_let_through(client: TestClient) -> None:
    found = client.get("/api/figures", params={"source": "Observatory", "since": "2020-02-01"}).json()
    assert [(one["value"], one["source"], one["start"]) for one in found] == [(12, "Observatory", "2020-02-09")]
    several = client.get("/api/figures?source=Observatory&source=Civil Defence&region=SYR&metric=killed")
    assert several.headers["x-total-count"] == "4"
    assert client.get("/api/figures?until=2019-12-31").json() == []


def test_api_takes_the_address_of_the_dashboard_as_it_is(client: TestClient) -> None:
    query = "metric=killed&basis=new&unit=person&bin=month&best=median&vague=low&spread=even&as_known=2020-02-01"
    assert client.get(f"/api/figures?{query}").headers["x-total-count"] == "3"
    best = {one["source"]: one["best"] for one in client.get(f"/api/estimates?{query}").json()}
    assert best == {"Observatory": 9, "Civil Defence": 8}


def test_api_estimates_are_those_of_the_series(client: TestClient, kept: store.Store) -> None:
    served = client.get("/api/estimates?metric=killed&bin=month").json()
    made = make_table(store.read_figures(kept), Table.ESTIMATES, Filters(metric=("killed",)), Options())
    assert [one["best"] for one in served] == made["best"].tolist()
    assert [one["used"] for one in served] == made["used"].tolist()


def test_api_estimates_share_one_ledger_until_the_store_changes(
    client: TestClient, kept: store.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def count(figures: pd.DataFrame) -> Ledger:
        made.append(len(figures))
        return make_ledger(figures)

    monkeypatch.setattr(tables, "make_ledger", count)
    for query in ("metric=killed", "metric=injured", "bin=week", "source=Observatory&vague=acled"):
        assert client.get(f"/api/estimates?{query}").status_code == 200
    assert len(made) == 1
    store.add_report(kept, Report(id="r9", text="Nothing.", published=date(2020, 3, 1)), [])
    client.get("/api/estimates?metric=killed")
    assert len(made) == 2


def test_api_pages_follow_links_to_the_end_and_miss_nothing(client: TestClient) -> None:
    seen: list[str] = []
    response = client.get("/api/figures?limit=3&metric=killed")
    while True:
        seen += [one["id"] for one in response.json()]
        links = read_links(response)
        if "next" not in links:
            break
        response = client.get(links["next"])
    assert seen == ["f0", "f1", "f3", "f2"] or sorted(seen) == ["f0", "f1", "f2", "f3"]
    assert len(seen) == len(set(seen))
    assert [one["id"] for one in client.get(links["prev"]).json()] == seen[:3]
    assert client.get(links["first"]).json() == client.get("/api/figures?limit=3&metric=killed").json()


def test_api_refuses_the_next_page_of_a_store_that_has_changed(client: TestClient, kept: store.Store) -> None:
    onward = read_links(client.get("/api/figures?limit=2"))["next"]
    store.add_report(kept, Report(id="r9", text="Nothing.", published=date(2020, 3, 1)), [])
    problem = client.get(onward)
    assert (problem.status_code, problem.json()["parameter"]) == (409, "revision")


def test_api_answers_304_until_the_store_changes(client: TestClient, kept: store.Store) -> None:
    first = client.get("/api/figures?metric=killed")
    again = client.get("/api/figures?metric=killed", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/figures?metric=killed&format=csv", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    store.add_report(kept, Report(id="r9", text="Nothing.", published=date(2020, 3, 1)), [])
    changed = client.get("/api/figures?metric=killed", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json;q=0.2, text/csv", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ],
)
def test_api_gives_what_is_accepted(client: TestClient, accept: str, media: str) -> None:
    assert client.get("/api/figures", headers={"Accept": accept}).headers["content-type"] == media


@pytest.mark.parametrize(
    ("address", "status", "parameter", "remedy"),
    [
        ("/api/figures?metrc=killed", 400, "metrc", "you may mean metric"),
        ("/api/figures?metric=kiled", 400, "metric", "you may mean killed"),
        ("/api/figures?source=Observatry", 400, "source", "you may mean Observatory; /api/sources lists them all"),
        ("/api/regions?region=Idlip", 400, "region", "/api/regions"),
        ("/api/figures?group=bees", 400, "group", "all people"),
        ("/api/estimates?best=Nobody", 400, "best", "median, lowest, highest"),
        ("/api/figures?since=May", 400, "since", "2020-02-29"),
        ("/api/figures?since=2020-01-01&since=2021-01-01", 400, "since", "write it once"),
        ("/api/figures?limit=0", 400, "limit", "write 1 to 10000"),
        ("/api/figures?limit=10001", 400, "limit", "write 1 to 10000"),
        ("/api/figures?offset=-1", 400, "offset", "write one"),
        ("/api/figures?offset=" + "9" * 5000, 400, "offset", "write one"),
        ("/api/figures?format=xml", 400, "format", "json, csv, hxl, parquet"),
        ("/api/claims", 404, None, "/api/figures"),
    ],
)
def test_api_says_what_is_wrong_and_what_to_do(
    client: TestClient, address: str, status: int, parameter: str | None, remedy: str
) -> None:
    response = client.get(address)
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, problem["status"], problem.get("parameter")) == (status, status, parameter)
    assert remedy in problem["remedy"]


def test_api_is_only_read(client: TestClient) -> None:
    assert client.post("/api/figures").status_code == 405
    assert client.get("/api/figures", headers={"Accept": "image/png"}).json()["status"] == 406


def test_api_asks_who_may_look(kept: store.Store) -> None:
    with build_client(kept, signed_in=False) as client:
        for resource in RESOURCES:
            response = client.get(resource.path, headers={"If-None-Match": "*"})
            assert (response.status_code, response.headers["cache-control"]) == (401, "no-store")
        assert client.get("/api/openapi.json").status_code == 200


def test_api_describes_itself_without_a_script_or_another_server(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described == json.loads(json.dumps(describe_api()))
    assert set(described["paths"]) == {f"/api/{name}" for name in ("figures", "estimates", "sources", "regions")}
    manual = client.get("/api")
    assert "script" not in manual.text
    assert "http:" not in manual.text.replace("http-equiv", "")
    style = manual.text.split("<style>")[1].split("</style>")[0]
    assert hash_source(style) in manual.headers["content-security-policy"]
    for resource in described["paths"].values():
        for parameter in resource["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in manual.text


def test_api_describes_the_columns_that_it_gives(client: TestClient) -> None:
    kinds: dict[str, Any] = {"integer": int, "number": (int, float), "string": str, "boolean": bool, "null": type(None)}
    for path, operation in client.get("/api/openapi.json").json()["paths"].items():
        properties = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"][
            "properties"
        ]
        for row in client.get(path).json():
            for column, value in row.items():
                assert any(isinstance(value, kinds[kind]) for kind in properties[column]["type"]), (column, value)


def test_sweeps_collect_what_only_holds_itself() -> None:
    class Knot:
        pass

    knot = Knot()
    knot.own = knot  # type: ignore[attr-defined]
    gone = threading.Event()
    weakref.finalize(knot, gone.set)
    gc.disable()
    enough = begin_sweeping(0.01)
    try:
        del knot
        assert gone.wait(30)
    finally:
        enough.set()
        gc.enable()


def test_health_says_when_the_store_cannot_answer(kept: store.Store, tmp_path: Path) -> None:
    def lost() -> store.Store:
        return store.connect(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", create=False)

    with TestClient(Starlette(routes=list_health(lost))) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
        assert (response.status_code, "nowhere" in response.text) == (503, False)
    with TestClient(Starlette(routes=list_health(lambda: kept))) as client:
        assert client.get("/readyz").text == "ready\n"
    with TestClient(Starlette(routes=list_health(lambda: kept, lambda: False))) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        with kept.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        assert client.get("/readyz").status_code == 503


def page(request: Request) -> Response:  # noqa: ARG001
    response = HTMLResponse("<p>page</p>")
    response.set_cookie("key", "value")
    return response


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def guard(settings: Settings, base: str = "http://127.0.0.1:8501", client: tuple[str, int] = HERE) -> TestClient:
    routes = [Route("/", page, methods=["GET", "POST"]), Route("/healthz", page), WebSocketRoute("/talk", talk)]
    layers = [Middleware(SecurityHeaders, policy="default-src 'self'"), Middleware(HostGuard, settings=settings)]
    return TestClient(Starlette(routes=routes, middleware=layers), base_url=base, client=client)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"])
def test_guard_answers_its_own_machine(host: str) -> None:
    assert guard(Settings()).get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8501", "", "[::"])
def test_guard_turns_away_names_that_are_not_its_own(host: str) -> None:
    """DNS rebinding: a stranger's page whose name was made to point at this machine."""
    for settings in (Settings(), Settings(sign_in=SIGN_IN), Settings(read_only=True)):
        response = guard(settings).get("/", headers={"Host": host})
        assert response.status_code == 403
        assert response.text.startswith("This server is not called")
        assert response.headers["x-content-type-options"] == "nosniff"


def test_guard_without_sign_in_answers_nobody_from_elsewhere() -> None:
    assert guard(Settings(), client=("192.0.2.7", 5000)).get("/").status_code == 403
    response = guard(Settings(), base="http://192.0.2.1:8501").get("/", headers={"Host": "localhost"})
    assert (response.status_code, "its own machine only" in response.text) == (403, True)
    assert guard(Settings(), base="http://192.0.2.1:8501").get("/healthz").status_code == 403
    public = Settings(read_only=True, hosts=frozenset({"figures.example.org"}))
    proxied = guard(public, client=("192.0.2.7", 5000))
    assert proxied.get("/", headers={"Host": "figures.example.org"}).status_code == 200
    assert guard(public, base="http://192.0.2.1:8501").get("/").status_code == 403


def test_guard_with_sign_in_answers_by_its_names() -> None:
    served = guard(Settings(hosts=frozenset({"figures.example.org"}), sign_in=SIGN_IN), base="http://192.0.2.1:80")
    assert served.get("/", headers={"Host": "figures.example.org"}).status_code == 200
    assert served.get("/", headers={"Host": "192.0.2.1"}).status_code == 403
    assert served.get("/healthz").status_code == 200


def test_guard_lets_no_other_page_change_anything() -> None:
    client = guard(Settings())
    assert client.post("/", headers={"Origin": "http://127.0.0.1:8501"}).status_code == 200
    for origin in ("http://evil.example", "null", "http://127.0.0.1:9999"):
        assert client.post("/", headers={"Origin": origin}).status_code == 403
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("ws://127.0.0.1:8501/talk", headers={"Origin": origin}),
        ):
            pass
    with client.websocket_connect("ws://127.0.0.1:8501/talk", headers={"Origin": "http://127.0.0.1:8501"}) as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(
            "ws://127.0.0.1:8501/talk", headers={"Host": "evil.example", "Origin": "http://evil.example"}
        ),
    ):
        pass


def test_headers_keep_cookies_and_pages_on_https() -> None:
    plain = guard(Settings()).get("/")
    assert "strict-transport-security" not in plain.headers
    assert "secure" not in plain.headers["set-cookie"].lower()
    safe = guard(Settings(), base="https://127.0.0.1:8501").get("/")
    assert safe.headers["strict-transport-security"] == "max-age=31536000"
    assert safe.headers["set-cookie"].endswith("; Secure")


def test_policy_knows_the_script_in_the_page_by_its_hash() -> None:
    policy = write_policy("<script src='x.js'></script><script>\n one()\n</script>")
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert scripts == f"script-src 'self' blob: {hash_source(chr(10) + ' one()' + chr(10))}"
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ["::", "192.0.2.7", None, "example.org"])
def test_binding_beyond_the_machine_needs_sign_in(address: str | None) -> None:
    assert "its own machine only" in refuse_binding(address, Settings())
    assert "its own machine only" in refuse_binding(address, Settings(read_only=True))
    assert refuse_binding(address, Settings(sign_in=SIGN_IN)) == ""


def test_start_is_exchanged_only_for_streamlits_own_page(tmp_path: Path) -> None:
    index = tmp_path / "index.html"
    theirs = "<p>theirs</p>" * 40_000
    index.write_text(f'<script>\n  window.prerenderReady = false\n</script>{theirs}<div id="root"></div>')

    def give(request: Request) -> Response:
        own = request.url.path == "/other"
        return HTMLResponse("<p>other</p>") if own else FileResponse(index, headers={"X-Kept": "yes"})

    routes = [Route(path, give) for path in ("/", "/timeline", "/other")]
    start = Middleware(Start, index=index, page=write_start(index, "/assets/own.css", ["/assets/own.js"], "maps"))
    app = Starlette(routes=routes, middleware=[start, Middleware(GZipMiddleware)])
    client = TestClient(app, headers={"Accept": "text/html,*/*;q=0.8"})
    for path in ("/", "/timeline"):
        response = client.get(path)
        assert 'BACKEND_BASE_URL: window.location.origin + "/maps"' in response.text
        assert '<link rel="stylesheet" href="/maps/assets/own.css">' in response.text
        assert '<script defer src="/maps/assets/own.js"></script><div id="root">' in response.text
        assert response.headers["content-length"] == str(len(response.content))
        assert ("etag" in response.headers, response.headers["x-kept"]) == (False, "yes")
    assert client.get("/other").text == "<p>other</p>"


def test_start_knows_the_page_of_the_installed_streamlit() -> None:
    page = write_start(Path(get_static_dir()) / "index.html", "/assets/own.css", ["/assets/own.js"])
    assert page.count('BACKEND_BASE_URL: window.location.origin + ""') == 1
    body = page.partition("<body>")[2]
    assert body.count('<link rel="stylesheet" href="/assets/own.css">') == 1
    assert body.count('<script defer src="/assets/own.js"></script><div id="root">') == 1


@pytest.mark.parametrize("address", [LINES, MAPS])
def test_builds_of_plotly_are_of_the_version_that_draws_the_pictures(address: str) -> None:
    whole = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    client = TestClient(Starlette(routes=list_scripts()))
    for packing in ("gzip", "identity"):
        response = client.get(address, headers={"Accept-Encoding": packing})
        assert response.headers.get("content-encoding", "identity") == packing
        assert "immutable" in response.headers["cache-control"]
        said = response.text[:100].splitlines()[1]
        assert said.split()[-1] == whole[:100].splitlines()[1].split()[-1], "update static/plotly (CONTRIBUTING)"
        assert len(response.text) < len(whole) / 3
        assert response.text.rstrip().endswith(f"[{json.dumps(address)}] = window.Plotly;")


def test_style_is_given_at_an_address_of_its_own_words() -> None:
    client = TestClient(Starlette(routes=list_own("h1 { margin: 0 }", "css")))
    response = client.get(name_own("h1 { margin: 0 }", "css"))
    assert response.text == "h1 { margin: 0 }"
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
    assert name_own("h1 { margin: 1px }", "css") != name_own("h1 { margin: 0 }", "css")
