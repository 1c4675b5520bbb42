"""The dashboard as a service: app.py inside an ASGI app with security headers, health and the data API."""

import logging
import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir

from pages.shared.doors import load_figures, open_store
from pages.shared.upgrades import find_upgrade
from pages.shared.visitors import may_read
from pages.shared.warmups import warm_up
from reports.addresses import PUBLIC
from service.bursts import Bursts
from service.headers import SecurityHeaders, write_policy
from service.health import list_health
from service.hosts import HostGuard, refuse_binding
from service.returns import Returns
from service.routes import list_api
from service.scripts import LINES, list_scripts
from service.settings import SettingsError, load_settings
from service.starts import Start, write_start
from service.styles import list_own, name_own
from service.sweeps import begin_sweeping
from service.tables import Kept

try:
    settings = load_settings()
    reason = refuse_binding(st.get_option("server.address"), settings)
except SettingsError as error:
    reason = str(error)
if reason:
    print(f"server.py: {reason}", file=sys.stderr)
    sys.exit(2)
if settings.read_only:
    os.environ[PUBLIC] = "1"
index = Path(get_static_dir()) / "index.html"
shared = Path(__file__).parent / "pages" / "shared"
style, *own = ((shared / file).read_text(encoding="utf-8") for file in ("page.css", "links.js", "typed.js"))
scripts = [*(name_own(script, "js") for script in own), LINES]
page = write_start(index, name_own(style, "css"), scripts, st.get_option("server.baseUrlPath"))
# The API reads the figures that the pages have read; Streamlit wonders each time that no page asks.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
warming = warm_up()
begin_sweeping()
app = st.App(
    Path(__file__).with_name("app.py"),
    secrets={"auth": dict(settings.sign_in.auth)} if settings.sign_in else None,
    routes=[
        *list_health(open_store, lambda: not warming.is_alive() and not find_upgrade().is_running),
        *list_scripts(),
        *list_own(style, "css"),
        *(route for script in own for route in list_own(script, "js")),
        *list_api(Kept(open_store, load_figures), may_read),
    ],
    middleware=[
        Middleware(SecurityHeaders, policy=write_policy(page)),
        Middleware(HostGuard, settings=settings),
        Middleware(Returns),
        Middleware(Bursts),
        Middleware(Start, index=index, page=page),
    ],
)

if __name__ == "__main__":
    app.run()
