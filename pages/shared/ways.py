"""The ways in on the page Add reports: pasted text, files, addresses and feeds, each a form that gives an intake."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages.shared.batches import batch_address, batch_feed, batch_fields, batch_upload, copy_state
from pages.shared.intakes import Intake
from pages.shared.roles import may_fetch, may_write
from reports import subscriptions
from reports.errors import ReportError
from reports.formats import FORMATS
from reports.readers import Known
from reports.subscriptions import load_states, load_subscriptions

EXAMPLE = {
    "text": "At least 17 civilians, six of them children, were killed on Tuesday when shells hit a market in Idlib, "
    "the Syrian Observatory for Human Rights said.\n\nThe White Helmets put the number of dead at 15 and said that "
    "40 to 50 people were injured.\n\nSince 1 December, 832,000 people have been displaced in north-west Syria, "
    "according to OCHA.",
    "publisher": "An example of our own",
    "title": "Shells hit a market",
    "url": "",
    "published": date(2020, 2, 12),
}
FOLLOW = "Read the page behind each headline"
ENDINGS = tuple(sorted({ending for one in FORMATS for ending in one.endings}))


def ask_for_text() -> Intake | None:
    """Ask for one report as text; return it when the reader wants it read."""
    st.button("Fill in an example", on_click=_fill_in_example)
    with st.form("paste", border=False):
        st.text_area("Text of the report", key="text", height=220)
        _ask_for_origin("Who printed it.")
        title, url = st.columns(2)
        title.text_input("Title", key="title")
        url.text_input("Address", key="url", placeholder="https://")
        asked = st.form_submit_button("Read the figures", type="primary")
    if not (st.session_state.pop("example_asked", False) or asked):
        return None
    fields = {name: st.session_state[name] or None for name in ("text", "publisher", "title", "url")}
    if not fields["text"] or not fields["text"].strip():
        st.info("Paste the text of a report first, or fill in the example.")
        return None
    known = Known(published=st.session_state.published, identifies=True)
    return Intake([batch_fields(fields, known)])


def ask_for_files() -> Intake | None:
    """Ask for files of any format, many at once."""
    with st.form("files", border=False):
        # No types: what cannot be read is better named than refused without a word.
        uploads = st.file_uploader("Files", accept_multiple_files=True, key="uploads", help=", ".join(ENDINGS))
        _ask_for_origin("For reports that do not name theirs.")
        follow = _ask_to_follow()
        asked = st.form_submit_button("Read the files", type="primary")
    if not asked:
        return None
    if not uploads:
        st.info("Choose one or more files first.")
        return None
    known = Known(st.session_state.published, st.session_state.publisher or None, identifies=True)
    return Intake([batch_upload(upload, known, follow=follow) for upload in uploads], "file")


def ask_for_addresses() -> Intake | None:
    """Ask for web addresses, one a line."""
    with st.form("addresses", border=False):
        st.text_area("Addresses, one a line", key="addresses", height=120, placeholder="https://example.org/report")
        _ask_for_origin("For reports that do not name theirs.")
        follow = _ask_to_follow()
        asked = st.form_submit_button("Fetch and read", type="primary")
    if not asked:
        return None
    addresses = list(dict.fromkeys(filter(None, map(str.strip, st.session_state.addresses.splitlines()))))
    if not addresses:
        st.info("Write one or more addresses first.")
        return None
    known = Known(st.session_state.published, st.session_state.publisher or None, identifies=True)
    return Intake([batch_address(address, known, follow=follow) for address in addresses], "page")


def ask_for_feeds() -> Intake | None:
    """Ask which of the feeds in feeds.toml are to be polled."""
    try:
        feeds, states = load_subscriptions(subscriptions.TABLE), load_states(subscriptions.STATE)
    except ReportError as error:
        st.error(str(error))
        return None
    if not feeds:
        st.info("No feeds are listed yet. Write them into feeds.toml, beside app.py; the file shows how.")
        return None
    with st.form("feeds", border=False):
        names = st.multiselect("Feeds", [feed.name for feed in feeds], [feed.name for feed in feeds], key="feeds_asked")
        st.caption("Only what is new since the last time is asked for. The same for cron: python -m reports fetch")
        asked = st.form_submit_button("Look for new reports", type="primary")
    if not asked:
        return None
    chosen = {feed.address: copy_state(states.get(feed.address)) for feed in feeds if feed.name in names}
    batches = [batch_feed(feed, chosen[feed.address]) for feed in feeds if feed.address in chosen]
    return Intake(batches, "feed", chosen)


_WAYS = {"Paste": ask_for_text, "Files": ask_for_files, "Addresses": ask_for_addresses, "Feeds": ask_for_feeds}


def choose_way() -> Callable[[], Intake | None]:
    """Ask by which way reports come, of those that the person at the page may take; return what asks for them."""
    ways = [way for way in _WAYS if way == "Paste" or (may_write() if way == "Files" else may_fetch())]
    way = st.segmented_control(
        "From", ways, default="Paste", key="way", required=True, label_visibility="collapsed", on_change=_leave_failures
    )
    return _WAYS[way]


def _leave_failures() -> None:
    """Leave behind what one way could not read; reports that wait to be saved stay."""
    if "intake" in st.session_state and not st.session_state.intake.pieces:
        del st.session_state.intake


def _fill_in_example() -> None:
    # It is read at once: a form sends what its fields held before they were filled from here.
    st.session_state.update(EXAMPLE, example_asked=True)


def _ask_for_origin(told: str) -> None:
    publisher, published = st.columns(2)
    publisher.text_input("Publisher", key="publisher", help=told)
    told = "Days such as “Tuesday” are counted from it. A report's own day goes first."
    published.date_input("Published", key="published", value=None, help=told)


def _ask_to_follow() -> bool:
    told = "For lists of articles, such as GDELT's, and feeds that hold headlines only. What a site's robots.txt "
    return st.checkbox(FOLLOW, help=f"{told}forbids is not read.")
