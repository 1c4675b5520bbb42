"""The chart bundle: pictures where a browser is there, data that can be read back, a README that can be cited."""

import io
import json
import zipfile
from datetime import date

import pandas as pd
import pytest

from series.bundles import describe_bundle, pack_bundle, write_readme
from series.captions import write_footer
from series.charts import chart_by_source
from series.downloads import read_table
from series.figures import prepare_figures
from series.filters import Filters
from series.images import HEIGHT, WIDTH, Words, dress, put_on
from series.looks import LIGHT
from series.options import Options, Vague
from series.pictures import PictureError, draw_pictures, find_browser
from series.timelines import COLUMNS, draw_points
from tests.test_series import world

OPTIONS = Options(vague=Vague.ACLED)


@pytest.fixture
def figures() -> pd.DataFrame:
    rows = prepare_figures(world({"n": 9, "start": "2020-01-05", "end": "2020-01-05"}))
    return rows.assign(publisher="Daily", title="A report", url="https://example.org/1", quote="Nine died.")


def write_words(figures: pd.DataFrame) -> Words:
    filters = Filters(metric=("killed",), basis=("new",), region=("Idlib",))
    title = "People killed, new in each month"
    return Words(title, "By source. Idlib.", write_footer(title, filters, OPTIONS, figures, date(2026, 11, 22)))


def test_bundles_hold_data_readme_and_pictures(figures: pd.DataFrame) -> None:
    rows, words = draw_points(figures, OPTIONS), write_words(figures)
    readme = write_readme(words, rows, figures, address="http://127.0.0.1/timeline?source=a")
    described = describe_bundle(rows[COLUMNS], figures, Filters(), OPTIONS)
    content = pack_bundle({"png": b"picture"}, rows[COLUMNS], figures, readme=readme, described=described)
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    assert set(files) == {"chart.png", "timeline.csv", "figures.csv", "README.md", "metadata.json"}
    assert read_table(files["timeline.csv"], ".csv")["best"].tolist() == [9]
    assert read_table(files["figures.csv"], ".csv")["quote"].tolist() == ["Nine died."]
    assert json.loads(files["metadata.json"])["options"]["vague"] == "acled"
    said = files["README.md"].decode()
    for words_ in ("# People killed", "dozens 12", "Cite as: ", "1 figure in 1 report", "Daily, A report", "source=a"):
        assert words_ in said


def test_images_carry_their_words_and_leave_the_chart_alone(figures: pd.DataFrame) -> None:
    words = write_words(figures)
    chart = chart_by_source(draw_points(figures, OPTIONS), words=words, width=OPTIONS.width)
    layout = put_on(chart)["layout"]
    assert "Source Sans" not in layout["font"]["family"], "an image is drawn without the fonts of the page"
    assert (layout["width"], layout["height"]) == (WIDTH, HEIGHT)
    assert words.title in layout["title"]["text"]
    assert "Cite as:" in layout["annotations"][-1]["text"]
    assert "title" not in chart["layout"]
    assert "meta" not in layout


def test_images_make_room_for_long_legends() -> None:
    few = [{"name": "OCHA"}]
    many = [{"name": "a source with a rather long name"}] * 20
    margins = [dress({"data": data, "layout": {}}, Words("t"), LIGHT)["layout"]["meta"]["image"]["margin"]["b"]
               for data in (few, many)]  # fmt: skip
    assert margins[1] > margins[0] + 50


@pytest.mark.browser
def test_pictures_are_drawn_by_the_browser_of_this_machine(figures: pd.DataFrame) -> None:
    if find_browser() is None:
        pytest.skip("no chromium")
    chart = chart_by_source(draw_points(figures, OPTIONS), words=write_words(figures), width=OPTIONS.width)
    pictures = draw_pictures(chart, ("pdf", "svg"))
    assert pictures["pdf"].startswith(b"%PDF")
    assert b"Cite as: " in pictures["svg"]


def test_pictures_need_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("series.pictures.shutil.which", lambda _name: None)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    with pytest.raises(PictureError, match="has no Chromium"):
        draw_pictures({"data": [], "layout": {}}, ("pdf",))
