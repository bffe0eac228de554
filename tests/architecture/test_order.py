"""ARCHITECTURE.md tells the order that the contracts enforce."""

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ("foundation", "families", "aid", "sunlight", "faces")


def rooms_of_the_contract() -> list[str]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    rooms = []
    for storey in CONTRACTS:
        layers = parser[f"importlinter:contract:{storey}"]["layers"].split("\n")
        rooms += [
            {name.strip().strip("()") for name in layer.split("|")}
            for layer in reversed([line for line in layers if line.strip()])
        ]
    return rooms


def rooms_of_the_page() -> list[str]:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    table = page[: page.index("`lint-imports`")]
    return re.findall(r"^\| \w* ?\| `(\w+)` \|", table, re.M)


def test_the_page_lists_the_rooms_in_the_order_of_the_contract() -> None:
    page = rooms_of_the_page()
    for layer in rooms_of_the_contract():
        told, page = set(page[: len(layer)]), page[len(layer) :]
        assert told == layer
    assert page == []


@pytest.mark.parametrize("storey", CONTRACTS)
def test_every_folder_of_a_storey_has_its_place_in_the_order(storey: str) -> None:
    ordered = set().union(*rooms_of_the_contract())
    folders = {
        path.name
        for path in (ROOT / "src" / "yangguang" / storey).iterdir()
        if (path / "__init__.py").exists()
    }
    assert folders <= ordered
