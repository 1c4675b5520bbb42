"""Method: what is counted and how, what it cannot do, and how well it reads; written for a journalist."""

import tomllib
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.shared.doors import open_page

FLOORS = Path(__file__).parent.parent / "tests" / "floors.toml"
TEXT = """
**Who Counts reads reports and keeps every figure in them as a claim.** A claim is not a fact: it says that somebody
counted something and that somebody printed it. The dashboard sets the claims side by side. It does not decide who is
right.

### The words

| word | meaning |
|---|---|
| report | one document, with its publisher, title, address and day of publication |
| source | who claims the figure: an observatory, a ministry, an agency of the United Nations |
| publisher | who printed it. Ten papers that cite one source are one source |
| figure | one number of people or homes in one report, with the sentence that it stands in |
| claim | the same number of the same source for the same group, place and period, however often printed |
| new | counted within a period: “nine people died on Tuesday” |
| cumulative | a running total: “832,000 have fled since 1 December” |
| stock | people in a state on a date: “three million people live in the province” |

### How a text is read

Rules, not a language model. A table of words says what counts as “killed” or “displaced”, who may be counted, which
words name a source or a place; rules put them together, sentence by sentence. The same text always gives the same
figures, and each figure keeps the words and the rule that it came from: see *Add reports*.

What the words leave open stays open. “At least 17” has no upper bound, “up to 800,000” no lower one, and “hundreds of
thousands” is the range from 200,000 to 999,999. A number that the text takes back, or that a bracket says it does not
count, is no figure. A place that no gazetteer has keeps its words. Where no source is named, the publisher is shown as
*unnamed (publisher)*.

### How a point on the chart is made

- **One claim counts once.** Repeated printings of a source's number for the same thing are one claim.
- **A later number replaces an earlier one** of the same source for the same group, place and days.
- **A whole is not added to its parts.** “17 people, six of them children” is 17. A week's total is not added to the
  days in it, nor a province's to its towns', nor everybody's to the civilians'. If the parts add up to more than the
  whole, the parts stand and the point is flagged *below*.
- **New counts are added up** over places and days within one source. A count whose days lie in several
  bins is spread evenly over its days, so that days add up to months: a small marker on a dotted line. One without
  a stated period stands on the day of publication, flagged *undated*. Two counts that share only some of their days
  are not added: the larger stands, flagged *shared*.
- **Running totals and stocks are never added up over time.** The last one in a bin stands; a stock is carried forward
  for 90 days, flagged *carried*, and a source's stocks in different places add up. A total that falls is flagged
  *drop*. Of running totals only those of the same group, place
  and start are set side by side. Of each source the count of everybody is drawn, or of the widest group that it
  counts; children or aid workers among the dead are parts, drawn when you choose that group. A wider group that a
  source names fewer than three times does not silence a narrower one that it names more often.
- **Sources are compared, never added.** By region, numbers of several sources for the same group, place and period
  become one: the median, unless you choose the lowest or the highest; the band shows all of them. Where one source's
  wider count meets another's narrower one, the larger stands.
- **Vague words count at their low end** (“dozens” is 24), the careful choice.
- **Projected and denied figures never count.** Unverified ones count only when you choose them under *Status*,
  and are drawn apart.

### What it cannot do

- It reads English.
- It reads what is printed. A number in a picture, a map or a table without words is not seen.
- It can misread: a wrong place, a wrong group, a number of something else. Check the sentence before you cite.
- Two sources that copied each other look independent.
- A gap in a line means that no claim was found, not that nobody died.
- A town that bears the name of its province is shown with the province.
- The sample reports are paraphrases, in our own words, of facts cited at their addresses. Cite those, not these.
"""


def show_accuracy() -> None:
    """Show how well the parsers read the sample, as the tests last fixed it."""
    st.subheader("How well it reads")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    rows = [
        {"measured on": name.replace("_", " "), "what": what.replace("_", " "), "at least": f"{share:.0%}"}
        for name, measures in floors.items()
        for what, share in measures.items()
        if isinstance(share, float) and share > 0
    ]
    if not rows:
        st.markdown("No accuracy has been measured for this version yet.")
        return
    st.markdown(
        "The tests hold these floors on every change. *recall* is the share of the stated facts that were found; "
        "*precision* the share of found figures that were stated; the others say how often that field was right."
    )
    st.table(pd.DataFrame(rows).set_index("measured on"))


open_page()
st.title("Method")
st.markdown(TEXT)
show_accuracy()
