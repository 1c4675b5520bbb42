"""The server in a real browser: a strict policy on every page, and people who sign in and do what their role says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import PATIENCE, find_port, rest, run_dashboard, watch
from tests.dashboards import fill
from tests.identities import CLIENT, SECRET, Provider, run_provider

ROOT = Path(__file__).parent.parent
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")
CHARTS = {"timeline": 1}
expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_browser_page_keeps_the_policy_and_asks_nobody(
    chromium: Browser, looked_at: str, name: str, scheme: str
) -> None:
    with watch(chromium, scheme) as page:
        response = page.goto(f"{looked_at}/{name}")
        assert response is not None
        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy
        expect(page.locator("h1")).to_have_count(1)
        if CHARTS.get(name):
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
            expect(page.locator(".js-plotly-plot .scatterlayer path").first).to_be_attached()
        rest(page)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_test_id("stException")).to_have_count(0)


BREAK = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
}"""


def run_watched(browser: Browser, address: str, code: str) -> object:
    with watch(browser) as page:
        page.goto(address)
        return page.evaluate(code)


def test_browser_watch_sees_what_a_page_may_not_do(chromium: Browser, looked_at: str) -> None:
    """An inline script is refused and noticed, and so is a request of another machine."""
    with pytest.raises(AssertionError, match="broke the Content-Security-Policy"):
        run_watched(chromium, f"{looked_at}/method", BREAK)
    with pytest.raises(AssertionError, match="asked another machine"):
        run_watched(chromium, "about:blank", "fetch('https://example.org/').catch(() => null)")


def test_browser_manual_of_the_api_keeps_its_policy(looked_at: str, page: Page) -> None:
    page.goto(f"{looked_at}/api")
    expect(page.get_by_role("heading", name="The data API")).to_be_visible()
    assert page.locator("section").first.evaluate("one => getComputedStyle(one).borderTopWidth") == "1px"
    page.get_by_role("link", name="/api/figures?metric=killed").click()
    expect(page).to_have_url(re.compile(r"/api/figures\?metric=killed&limit=5$"))
    rows = json.loads(page.locator("body").inner_text())
    assert {row["metric"] for row in rows} == {"killed"}


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[tuple[Provider, str]]:
    """A provider, and a server where Ana reviews, Ben is steward and everybody who signs in may look."""
    port = find_port()
    with run_provider(f"http://127.0.0.1:{port}/oauth2callback") as provider:
        rules = '[roles]\nviewer = ["*"]\nreviewer = ["ana@example.org"]\nsteward = ["ben@example.org"]\n'
        auth = {
            "redirect_uri": provider.redirect,
            "cookie_secret": "only-for-this-test-" * 2,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
        }
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in auth.items())
        (tmp_path / "sign-in.toml").write_text(f"[auth]\n{lines}{rules}")
        database = f"sqlite:///{tmp_path / 'guarded.db'}"
        fill(database)
        with run_dashboard(database, {"WHO_COUNTS_SIGN_IN": str(tmp_path / "sign-in.toml")}, port=port) as address:
            yield provider, address


def sign_in(page: Page, who: str) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    rest(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=who).click()


def test_browser_signs_in_and_comes_back_to_the_view(provider: tuple[Provider, str], page: Page) -> None:
    server, address = provider
    view = f"{address}/timeline?metric=killed&basis=new&unit=person&source=Observatory&bin=month&best=median"
    page.goto(view)
    expect(page.get_by_text("shown to people who have signed in")).to_be_visible()
    expect(page.get_by_text("Observatory")).to_have_count(0)
    assert page.request.get(f"{address}/api/figures").status == 401
    sign_in(page, "ana")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page).to_have_url(re.compile("source=Observatory"))
    expect(page.get_by_text("ana@example.org, reviewer")).to_be_visible()
    assert server.issued == 1
    assert page.request.get(f"{address}/api/figures").status == 200
    rest(page)
    with page.expect_response(re.compile("/auth/logout")):  # what takes the cookie away; the page is told before
        page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("shown to people who have signed in")).to_be_visible()
    assert page.request.get(f"{address}/api/figures").status == 401


@pytest.mark.parametrize(
    ("who", "role"), [("ana", "reviewer"), ("ben", "steward"), ("cleo", "viewer"), ("dan", "viewer")]
)
def test_browser_gives_each_their_role(provider: tuple[Provider, str], page: Page, who: str, role: str) -> None:
    page.goto(f"{provider[1]}/method")
    sign_in(page, who)
    expect(page.get_by_text(re.compile(rf"@example.org, {role}"))).to_be_visible()
    expect(page).to_have_url(f"{provider[1]}/method")


def test_browser_forged_cookie_lets_nobody_in(provider: tuple[Provider, str], page: Page) -> None:
    address = provider[1]
    forged = json.dumps({"is_logged_in": True, "email": "ben@example.org", "email_verified": True, "iat": 4e9})
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged.replace('"', "'"), "url": address}])
    assert page.request.get(f"{address}/api/figures").status == 401
    page.goto(f"{address}/timeline")
    expect(page.get_by_text("shown to people who have signed in")).to_be_visible()
