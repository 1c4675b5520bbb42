"""HXL: the tags that some tools of the field still read, one for each column; the default headers go without them."""

TAGS = {
    "metric": "#indicator+name",
    "unit": "#indicator+unit",
    "basis": "#indicator+basis",
    "status": "#status",
    "group": "#affected+group",
    "region": "#loc+name",
    "region_code": "#loc+code",
    "region_level": "#loc+level",
    "place": "#loc+name",
    "admin1": "#adm1+code",
    "country": "#country+code",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "source": "#meta+source",
    "publisher": "#meta+publisher",
    "url": "#meta+url",
    "quote": "#description",
    "start": "#date+start",
    "end": "#date+end",
    "published": "#date+published",
    "value": "#affected+value",
    "low": "#affected+min",
    "best": "#affected+best",
    "high": "#affected+max",
    "figures": "#meta+figures+num",
    "claims": "#meta+claims+num",
    "sources": "#meta+source+num",
    "publishers": "#meta+publisher+num",
    "flags": "#meta+flags",
    "id": "#meta+id",
}


def tag_columns(columns: list[str]) -> list[str]:
    """Return the HXL tag of each column, a general one for those without their own.

    >>> tag_columns(["best", "rule"])
    ['#affected+best', '#meta+rule']
    """
    return [TAGS.get(column, f"#meta+{column}") for column in columns]
