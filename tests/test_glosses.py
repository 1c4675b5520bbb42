"""Reports in languages that are read through English: what is given back is the report's own words and places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import glossaries
from parsers.glossaries import load_glossary
from parsers.glosses import gloss_report
from parsers.pipeline import extract, read_figures
from parsers.tables import LEXICON, TableError, load_table
from reports.languages import tell_language
from reports.records import Report

THROUGH = tuple(path.stem for path in sorted(LEXICON.glob("??.toml")) if "through" in load_table(path))
TEXT = (
    "Puno\n\nAl menos 1.200 personas, entre ellas 40 niños, fueron desplazadas el lunes en Norte de Santander, según la"
    " Cruz Roja de Cúcuta."
)


def read_gloss(text: str, language: str) -> str:
    gloss = gloss_report(Report(id="a", text=text, language=language))
    assert gloss
    return gloss.report.text


def test_gloss_languages_are_those_of_the_house() -> None:
    assert THROUGH == ("es", "fr", "pt")
    assert gloss_report(Report(id="a", text="Nine people died.")) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Murieron 1.200 personas", "Killed 1,200 people"),
        ("es", "1,5 millones de niños", "1.5 million children"),
        ("es", "unas 40 familias y unas mujeres", "about 40 families and unas women"),
        ("es", "treinta y dos mil", "thirty-two thousand"),
        ("es", "el 3 de mayo de 2024", "the 3 May 2024"),
        ("es", "en Norte de Santander, al norte", "in Norte de Santander, to the north"),
        ("es", "el Gobierno de Chile", "the Government of Chile"),
        ("es", "M\ufffds de 12 fallecidos", "More than 12 dead"),
        ("es", "de acuerdo\ncon la policía", "according to the police"),
        ("es", "la protecci\ufffdn", "the proteccien"),
        ("es", "MUEREN 12 PERSONAS", "KILLED 12 PEOPLE"),
        ("fr", "l’ONU et d'autres", "the United Nations and of other"),
        ("fr", "quatre-vingt-dix-sept morts", "ninety-seven dead"),
        ("fr", "au Tchad, une réunion", "in the Chad, a réunion"),
        ("pt", "vinte e três em Mocímboa da Praia", "twenty-three in Mocímboa da Praia"),
    ],
)
def test_gloss_puts_phrases_into_english(language: str, text: str, expected: str) -> None:
    assert read_gloss(text, language) == expected


def test_gloss_gives_back_the_words_and_places_of_the_report() -> None:
    whole, part = read_figures(Report(id="r", text=TEXT, published=date(2024, 5, 10), language="es"))
    assert TEXT[slice(*whole.figure.span)] == "1.200"
    assert whole.figure.id == f"r:{TEXT.index('1.200')}:displaced"
    assert part.figure.part_of == whole.figure.id
    assert whole.figure.quote == TEXT.partition("\n\n")[2]
    assert (whole.figure.group_text, part.figure.group_text) == ("Al menos 1.200 personas", "40 niños")
    assert (whole.figure.source, whole.figure.source_text) == ("Cruz Roja de Cúcuta", "Cruz Roja de Cúcuta")
    assert (whole.figure.place, whole.figure.place_text) == ("Norte de Santander", "Norte de Santander")
    assert (whole.figure.start, whole.figure.end) == (date(2024, 5, 6), date(2024, 5, 6))
    spans = {one.field: TEXT[slice(*one.span)] for one in whole.evidence if one.span}
    assert (spans["value"], spans["metric"]) == ("Al menos 1.200", "desplazadas")
    (gloss,) = (one.why for one in whole.evidence if one.why.startswith("read phrase by phrase as"))
    assert "'At least 1,200 people, among them 40 children, were displaced on Monday in Norte de Santander" in gloss


def test_gloss_keeps_the_name_of_a_source_that_has_a_row() -> None:
    text = "Según el Observatorio Sirio de Derechos Humanos, 14 civiles murieron en Idlib."
    (figure,) = extract(Report(id="r", text=text, language="es"))
    assert figure.source == "Syrian Observatory for Human Rights"
    assert figure.source_text == "Observatorio Sirio de Derechos Humanos"


@pytest.mark.parametrize("language", THROUGH)
def test_gloss_numbers_are_read_as_what_they_say(language: str) -> None:
    numbers = load_table(LEXICON / f"{language}.toml")["numbers"]["words"]
    assert len(numbers) == 100
    people = {"es": "personas", "fr": "personnes", "pt": "pessoas"}[language]
    killed = {"es": "fueron asesinadas", "fr": "ont été tuées", "pt": "foram assassinadas"}[language]
    for value, written in list(enumerate(numbers))[2:]:
        word = next(glossaries._spell_out(written))
        (figure,) = extract(Report(id="r", text=f"{word} {people} {killed}.", language=language))
        assert (figure.metric, figure.value) == ("killed", value), word


@pytest.mark.parametrize("language", THROUGH)
@given(text=st.text(st.sampled_from("el 1.2,5'’d lM\ufffdá\nmuertos de 40 000 tuées Norte Chile"), max_size=60))
def test_gloss_finds_its_way_back_from_every_word(language: str, text: str) -> None:
    gloss = gloss_report(Report(id="r", text=text, language=language))
    assert gloss
    glossed = gloss.report.text
    last = 0
    for at, letter in enumerate(glossed):
        start, end = gloss._find((at, at + 1))
        assert 0 <= start < end <= len(text)
        assert start >= last or not letter.isdigit()
        last = max(last, start)
        if letter.isdigit():
            assert any(one.isdigit() for one in text[start:end])


def test_glossary_refuses_a_phrase_that_stands_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"phrases": {"{muertos,heridos}": "dead", "heridos": "wounded"}}
    monkeypatch.setattr(glossaries, "load_table", lambda _: table)
    with pytest.raises(TableError, match=r"es\.toml: \[phrases\] heridos: stands twice; remove one"):
        glossaries._read_phrases("es")


@pytest.mark.parametrize("language", THROUGH)
def test_glossary_words_are_plain(language: str) -> None:
    glossary = load_glossary(language)
    assert glossary
    kinds = glossary.phrases.items()
    assert [
        words for kind, some in kinds for words in some.values() if kind != "names" and words != words.strip()
    ] == []
    assert glossary.through == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Unas 300 familias fueron evacuadas en el sur del país.", "es"),
        ("Neuf personnes ont été tuées lundi dans une attaque à Goma, selon la police.", "fr"),
        ("Doze pessoas foram mortas em Palma, segundo a polícia, na segunda-feira.", "pt"),
        ("M\ufffds de diez familias han sido evacuadas a otra comunidad por las lluvias.", "es"),
        ("Nine people were killed in Las Vegas and El Paso, the police said.", "en"),
        ("GUNMEN KILLED 12 PEOPLE IN THE TOWN AND BURNED HOMES, THE ARMY SAID.", "en"),
        ("Dodici persone sono morte nel naufragio e altre tre sono disperse, dice la polizia.", None),
        ("Smatra se da su u ovom poplavnom valu stradale 343 kuće i da je voda na cesti.", None),
        ("12 dead", None),
        ("De la Rua, Rio de la Plata", None),
    ],
)
def test_language_is_told_by_small_words(text: str, language: str | None) -> None:
    assert tell_language(text) == language
