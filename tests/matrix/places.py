"""Neighbouring areas of Jinan, and how an object's area stands to somebody's own."""

PROVINCE = "370000000000"
CITY = "370100000000"
COUNTY, OTHER_COUNTY = "370112000000", "370102000000"
TOWN, NEXT_TOWN, OTHER_TOWN = "370112001000", "370112002000", "370102001000"
VILLAGE, NEXT_VILLAGE = "370112001001", "370112001002"
NEXT_TOWNS_VILLAGE, OTHER_VILLAGE = "370112002002", "370102001002"

VILLAGES = (VILLAGE, NEXT_VILLAGE, NEXT_TOWNS_VILLAGE, OTHER_VILLAGE)
OFFICES = (COUNTY, TOWN, NEXT_TOWN, OTHER_COUNTY)
AREAS = (PROVINCE, CITY, COUNTY, OTHER_COUNTY, TOWN, NEXT_TOWN, OTHER_TOWN, *VILLAGES)

_LENGTHS = (2, 4, 6, 9, 12)


def prefix(code: str) -> str:
    """Give the digits of an area code that say something: 4 for a city, 12 for a village."""
    return next(code[:n] for n in _LENGTHS if not code[n:].strip("0"))


def place(own: str, area: str) -> str:
    """Say how an object's area stands to one's own: the word of the table's column.

    Who has no own area, and what has no area or does not exist, stands nowhere.
    """
    if not own or not area:
        return "nowhere"
    mine, its = prefix(own), prefix(area)
    if mine == its:
        return "own"
    if its.startswith(mine):
        return "child"
    if mine.startswith(its):
        return "parent"
    if len(mine) == len(its) and _above(mine) == _above(its):
        return "sibling"
    return "elsewhere" if mine[:6] == its[:6] else "other-county"


def _above(short: str) -> str:
    return short[: _LENGTHS[_LENGTHS.index(len(short)) - 1]]
