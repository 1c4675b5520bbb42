"""Method: what is counted and how, what it cannot do, and how well it reads; written for a journalist."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.doors import open_page
from parsers.confidences import ENOUGH
from parsers.tables import DATA
from series.conventions import NAMES, apply_convention
from series.definitions import SERIES
from series.flags import FLAGS
from series.metadata import read_version
from series.numberings import REPRINT
from series.options import USUAL, Vague

FLOORS = Path(__file__).parent.parent / "tests" / "floors.toml"
CORPORA = {
    "sample": "the sample reports",
    "passages": "passages that make one difficulty plain each",
    "gold": "invented reports, more than half written after the rules",
    "other_worlds": "prose on sport, finance, history and the like",
}
MEASURES = {
    "recall": "of the figures stated, those found",
    "precision": "of the figures found, those stated",
    "exact": "passages with no figure missing, wrong or too many",
    "clean": "passages that rightly give no figure",
}
VAGUE_WORDS = {"several, a few": (3, 9), "dozens": (24, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}


def write_table(rows: list[list[str]]) -> str:
    """Return rows, the first of them the head, as a Markdown table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def write_vague() -> str:
    """Return which number stands for vague words by each convention, out of the conventions themselves."""
    claims = pd.DataFrame(list(VAGUE_WORDS.values()), columns=["low", "high"]).assign(value=np.nan, qualifier="vague")
    best = {name: apply_convention(claims, name)["best"] for name in Vague}
    rows = [["word", "range", *map(str, Vague)]]
    for at, (word, (low, high)) in enumerate(VAGUE_WORDS.items()):
        rows.append([word, f"{low:,} to {high:,}", *(f"{best[name].iloc[at]:,.0f}" for name in Vague)])
    return "\n".join([write_table(rows), "", *(f"- *{name}*: {words}." for name, words in NAMES.items())])


def write_floors() -> str:
    """Return what the tests hold the parsers to: a row a measure, a column a kind of text."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    corpora = [name for name in CORPORA if name in floors]
    measures = list(dict.fromkeys(name for corpus in corpora for name in floors[corpus]))
    rows = [["share right, at least", *(name.replace("_", " ") for name in corpora)]]
    for name in measures:
        shares = [f"{floors[corpus][name]:.0%}" if name in floors[corpus] else "" for corpus in corpora]
        rows.append([f"{name.replace('_', ' ')}{': ' if name in MEASURES else ''}{MEASURES.get(name, '')}", *shares])
    return write_table(rows) if corpora else "No accuracy has been measured for this version yet."


def show_rules() -> None:
    """Show how often each rule was right, when it was last measured."""
    rules = pd.read_csv(DATA / "precision.csv").sort_values("figures", ascending=False)
    often = rules[rules["figures"].ge(ENOUGH)]
    rows = [[f"`{row.rule}`", f"{row.figures:,}", f"{row.precision:.1%}"] for row in often.itertuples()]
    with st.expander(f"The {len(often)} rules seen {ENOUGH} times or more, and how often each was right"):
        st.markdown(write_table([["rule", "figures", "right"], *rows]))


def read_text(name: str, **holes: object) -> str:
    """Return one of the texts of this page, its holes filled."""
    return (Path(__file__).parent / "shared" / f"{name}.md").read_text(encoding="utf-8").format(**holes)


open_page()
st.title("Method", anchor=False)
flags = write_table([["flag", "what it says"], *([name, words] for name, words in FLAGS.items())])
corpora = "; ".join(f"*{name.replace('_', ' ')}*, {words}" for name, words in CORPORA.items())
numbers = {"reprint": REPRINT, "carry": USUAL.carry, "series": SERIES}
with st.container(key="method"):
    st.markdown(
        read_text("method", flags=flags, vague=write_vague(), floors=write_floors(), corpora=corpora, **numbers)
    )
    show_rules()
    st.markdown(read_text("limits", version=read_version()))
