"""Download: any table of the view in any format, the chart with its data, and the addresses that give them again."""

from dataclasses import replace

import streamlit as st

from pages.shared.boards import choose_look
from pages.shared.marks import note
from pages.shared.takeaways import BUNDLES, find_address, find_data, load_table, make_bundle, say_bundle
from pages.shared.views import open_view, read_view
from series.downloads import WRITERS
from series.options import By
from series.phrases import say_count
from series.pictures import NO_BROWSER, find_browser
from series.tables import Table

ABOUT = {
    Table.FIGURES: "Every figure as it was read: number, group, source, place, period, sentence, address.",
    Table.CLAIMS: "Figures that say the same are one claim; why a claim does not count stands in its reason.",
    Table.ESTIMATES: "What is made of the claims in each bin, with the figures used and those left out.",
    Table.TIMELINE: "What the charts draw: one row for each line and bin.",
}
ROWS = {Table.FIGURES: "figure", Table.CLAIMS: "claim", Table.ESTIMATES: "estimate", Table.TIMELINE: "row"}
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "parquet": ".parquet", "json": ".json", "hxl": ".hxl.csv"}
SHOWN = 100


def choose_one(label: str, key: str, options: list[str]) -> str:
    """Show a switch that lives in the address, and return what is chosen."""
    chosen = st.segmented_control(label, options, default=options[0], required=True, key=key, bind="query-params")
    return str(chosen or options[0])


def table() -> None:
    """Offer one table in one format; the button says how many rows it has."""
    view = read_view()
    if view is None:
        return
    st.subheader("A table", anchor=False)
    name = Table(choose_one("Table", "table", list(map(str, Table))))
    by = choose_one("Lines", "by", list(map(str, By))) if name in {Table.ESTIMATES, Table.TIMELINE} else By.SOURCE
    ending = choose_one("Format", "format", list(ENDINGS))
    st.html(note(ABOUT[name]))
    rows = load_table(name, view.choices, replace(view.choices.options, by=By(by)))
    suffix = ENDINGS[ending]
    st.download_button(
        f"Download {say_count(len(rows), ROWS[name])} ({ending.upper()})",
        data=lambda: WRITERS[suffix](rows),
        file_name=view.choices.filters.name_file(str(name), suffix.removeprefix(".")),
        type="primary",
        icon=":material/download:",
        key="take_table",
        disabled=rows.empty,
        on_click="ignore",
    )
    if len(rows):
        st.dataframe(rows.head(SHOWN), hide_index=True, width="stretch", height=240, placeholder="")
        st.caption(f"The first {min(SHOWN, len(rows))} of {say_count(len(rows), ROWS[name])}.")
    if data := find_data(name, view.choices, by):
        st.html(note("The same table for a program; the address stays the same while the store grows:"))
        st.code(data, language=None, wrap_lines=True)


def bundle() -> None:
    """Offer the chart with all that it takes to defend it."""
    view = read_view()
    if view is None:
        return
    st.subheader("The chart, with what stands behind it", anchor=False)
    kind = choose_one("Chart", "bundle", list(BUNDLES))
    st.html(note("Pictures for a slide, the rows that are drawn, the figures with their sentences, and what to cite."))
    if not find_browser():
        st.html(note(NO_BROWSER))
    page, more = ("map", {}) if kind == "map" else ("timeline", {"chart": kind})
    link, look = find_address(page, view.choices, **more), choose_look()
    st.download_button(
        say_bundle(),
        data=lambda: make_bundle(view, kind, link, look),
        file_name=view.choices.filters.name_file(f"bundle-{kind.replace(' ', '-')}", "zip"),
        mime="application/zip",
        icon=":material/folder_zip:",
        key="take_bundle",
        on_click="ignore",
    )


def address() -> None:
    """Show the address of the view."""
    if view := read_view():
        st.subheader("This view", anchor=False)
        st.html(note("Whoever opens this address sees the same filters, conventions and dates, on this server:"))
        st.code(find_address("timeline", view.choices), language=None, wrap_lines=True)


open_view("Download", table, bundle, address)
