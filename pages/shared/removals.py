"""A report is taken out of the store: looked up, shown with what goes and what stays, and deleted with a reason."""

from collections.abc import Iterator, Mapping

import streamlit as st

import store
from pages.shared.doors import open_store
from pages.shared.marks import list_lines
from pages.shared.roles import LOCAL, name_visitor, open_as
from series.phrases import say_count
from service.roles import Role
from store import Loss

_MOST, _MOST_LINES = 20, 20


def ask_to_delete() -> None:
    """Let a steward look a report up and delete it; raises RoleError for anybody else."""
    state = st.session_state
    with st.expander("Take a report out", expanded="removal" in state and bool(state.removal)):
        st.caption(
            "For a report that names a victim, or came by mistake. It goes for good, with its figures and the reviews "
            "of them. Who did it, when and why stays in a log."
        )
        if "removed" in state:
            st.success(f"Deleted: {state.pop('removed')}. Backups that were made before still hold them.")
        words = st.text_input("Its id, or words that stand in it", key="removal")
        if words.strip():
            _choose(words.strip())
        _show_log()


def find_reports(words: str) -> dict[str, str]:
    """Return the reports of an id, or that hold all words, each with how it is named; the newest first."""
    database = open_store()
    report = store.read_report(database, words)
    if report:
        return {report.id: _name(report.title or report.text, report.publisher, report.published)}
    hits = store.search_reports(database, words, limit=_MOST)
    return {hit.report: _name(hit.title or hit.excerpt, hit.publisher, hit.published) for hit in hits}


def _name(words: str, *about: object) -> str:
    return ", ".join([" ".join(words.split())[:80], *(str(one) for one in about if one)])


def _choose(words: str) -> None:
    found = find_reports(words)
    if not found:
        st.info("No report has this id, and none holds all of these words.")
        return
    report = st.selectbox("The report", list(found), format_func=found.__getitem__, key="removal_of")
    (alone,) = store.foresee_losses(open_store(), [report])
    taken = {"versions": _ask_along("version", alone.versions), "copies": _ask_along("copy", alone.copies)}
    losses = store.foresee_losses(open_store(), [report], **taken)
    st.html(list_lines(f"What goes: {store.say_losses(losses)}.", say_each(losses)))
    who = name_visitor() if name_visitor() != LOCAL else st.text_input("Your name", key="removal_by")
    why = st.text_input("Why (no names: this stays)", key="removal_why")
    sure = f"Delete {say_count(len(losses), 'report')} for good"
    if st.button(sure, key="removal_now", disabled=not (who.strip() and why.strip())):
        _delete(report, who, why, taken)


def _ask_along(what: str, others: tuple[str, ...]) -> bool:
    if not others:
        return False
    words = {"version": "its other versions", "copy": "the reports that print the same text"}[what]
    return st.checkbox(f"Delete {words} too ({len(others)})", key=f"removal_{what}")


def say_each(losses: list[Loss]) -> Iterator[str]:
    """Yield a line for each report that goes, and what stays of its versions and copies."""
    for loss in losses:
        counts = f"{say_count(loss.figures, 'figure')}, {say_count(loss.reviews, 'review')} of them"
        stays = [f"other versions that stay: {len(loss.versions)}"] if loss.versions else []
        stays += [f"copies of its text that stay: {len(loss.copies)}"] if loss.copies else []
        yield "; ".join([f"{_name(loss.title or loss.report, loss.publisher, loss.published)}: {counts}", *stays])


def _delete(report: str, who: str, why: str, taken: Mapping[str, bool]) -> None:
    losses = store.delete_reports(open_as(Role.STEWARD), [report], who=who, why=why, **taken)
    for key in [key for key in st.session_state if str(key).startswith("removal")]:
        del st.session_state[key]
    st.session_state.removed = store.say_losses(losses)
    st.rerun()


def _show_log() -> None:
    log = store.read_deletions(open_store())
    if log:
        lines = [f"{one.report}: {one}" for one in reversed(log[-_MOST_LINES:])]
        st.html(list_lines(f"{say_count(len(log), 'report')} taken out so far:", lines))
